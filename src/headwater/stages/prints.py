"""reports, texts → prints: fingerprints of the body, thinned by winnowing.

Schleimer, Wilkerson and Aiken (2003): of every `window` neighbouring hashes the smallest is kept, so any run of
`gram + window - 1` shared words shares at least one fingerprint, wherever it stands.
"""

import hashlib
from collections.abc import Iterator, Sequence

from headwater.records import Print, Report, Text
from headwater.settings import Settings
from headwater.stages.words import Word, body_words

VERSION = 1
BASE, MASK = 1_000_003, (1 << 63) - 1


def prints(*, reports: Sequence[Report], texts: Sequence[Text], settings: Settings) -> Iterator[Print]:
    """Yield the fingerprints of a report, in order."""
    for report in reports:
        words = body_words(report.text, sorted(texts, key=lambda each: each.start))
        hashes = gram_hashes([word.folded for word in words], settings.gram)
        for position in winnow(hashes, settings.window):
            yield _row(report.id, hashes[position], position, words[position : position + settings.gram])


def gram_hashes(words: Sequence[str], gram: int) -> list[int]:
    """Return a 63-bit hash of every run of `gram` words; the same on every machine and in every process."""
    known: dict[str, int] = {}
    numbers = [known.setdefault(word, _word_hash(word)) if word not in known else known[word] for word in words]
    found = []
    for start in range(len(numbers) - gram + 1):
        value = 0
        for number in numbers[start : start + gram]:
            value = (value * BASE + number) & MASK
        found.append(value ^ (value >> 29))
    return found


def _word_hash(word: str) -> int:
    return int.from_bytes(hashlib.blake2b(word.encode(), digest_size=8).digest(), "big") & MASK


def winnow(hashes: Sequence[int], window: int) -> list[int]:
    """Return the positions kept: the rightmost smallest hash of every window."""
    kept: list[int] = []
    for start in range(max(1, len(hashes) - window + 1) if hashes else 0):
        part = hashes[start : start + window]
        smallest = min(part)
        position = start + len(part) - 1 - part[::-1].index(smallest)
        if not kept or kept[-1] != position:
            kept.append(position)
    return kept


def _row(report: str, value: int, position: int, words: Sequence[Word]) -> Print:
    return Print(
        id=f"f-{report[2:]}-{position:06d}",
        report=report,
        hash=value,
        word=position,
        start=words[0].start,
        end=words[-1].end,
        quoted=all(word.quoted for word in words),
    )
