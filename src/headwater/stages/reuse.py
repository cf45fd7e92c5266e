"""prints, dates, reports, texts → reuse: the passages that two reports share, and what kind of sharing each is.

Shared fingerprints say where to look; each is stretched to the longest run of equal words around it. A fingerprint that stands
in many reports on days far apart is stock: an outlet's own boilerplate when one outlet has it, common background otherwise.
Fingerprints are never dropped for being frequent: an agency text in 200 outlets is frequent. Above `crowd` holders each
report is joined to the earliest holder only, which keeps the join linear and still links every copy.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from headwater.records import Report, Reuse, Text, ident
from headwater.settings import Settings
from headwater.stages.words import Word, body_words

VERSION = 2
RULE = "equal-words@1"
QUOTED_FROM = 0.7  # share of quoted words from which a passage is a quotation

WHOLE = 8  # shared fingerprints from which even stock alone can be most of a report

_PAIRS = f"""
    held AS (SELECT p.*, d.first AS day, r.outlet FROM prints p JOIN reports r ON r.id = p.report LEFT JOIN dates d ON d.report = p.report),
    spread AS (
        SELECT hash, count(DISTINCT report) AS holders, min(coalesce(day, '9999') || report) AS earliest,
            date_diff('day', min(day)::DATE, max(day)::DATE) AS days
        FROM held GROUP BY hash HAVING holders > 1
    ),
    own AS (
        SELECT hash, outlet FROM held WHERE outlet IS NOT NULL GROUP BY hash, outlet
        HAVING count(DISTINCT report) >= 3 AND date_diff('day', min(day)::DATE, max(day)::DATE) >= getvariable('stock_days')
    ),
    shared AS (
        SELECT p.report AS a, q.report AS b, p.word AS a_word, q.word AS b_word,
            own.hash IS NOT NULL AS boilerplate, coalesce(s.holders >= 4 AND s.days >= getvariable('stock_days'), false) AS background
        FROM held p JOIN held q ON p.hash = q.hash AND p.report < q.report JOIN spread s ON s.hash = p.hash
        LEFT JOIN own ON own.hash = p.hash AND (own.outlet = p.outlet OR own.outlet = q.outlet)
        WHERE s.holders <= getvariable('crowd')
            OR s.earliest IN (coalesce(p.day, '9999') || p.report, coalesce(q.day, '9999') || q.report)
    ),
    worth AS (
        SELECT a, b FROM shared GROUP BY a, b
        HAVING count(*) FILTER (NOT boilerplate AND NOT background) > 0 OR count(DISTINCT a_word) >= {WHOLE}
    ),
    pairs AS (SELECT s.* FROM shared s JOIN worth w ON w.a = s.a AND w.b = s.b)
"""
SEEDS = f"""WITH {_PAIRS}
    SELECT DISTINCT a || '|' || b AS key, a, b, a_word, b_word, boilerplate, background FROM pairs ORDER BY ALL"""
REPORTS_OF_PAIR = f"""WITH {_PAIRS}, keys AS (SELECT DISTINCT a, b FROM pairs)
    SELECT r.*, a || '|' || b AS key FROM keys JOIN reports r ON r.id IN (a, b)"""
TEXTS_OF_PAIR = f"""WITH {_PAIRS}, keys AS (SELECT DISTINCT a, b FROM pairs)
    SELECT t.*, a || '|' || b AS key FROM keys JOIN texts t ON t.report IN (a, b)"""


@dataclass(frozen=True, slots=True)
class Run:
    """Equal words: where the run begins in both reports and how many words it has."""

    a: int
    b: int
    words: int


def reuse(
    *, seeds: Sequence[dict[str, Any]], reports: Sequence[Report], texts: Sequence[Text], settings: Settings
) -> Iterator[Reuse]:
    """Yield the shared passages of a pair of reports."""
    a, b = sorted(reports, key=lambda each: each.id)
    left = body_words(a.text, sorted((t for t in texts if t.report == a.id), key=lambda each: each.start))
    right = body_words(b.text, sorted((t for t in texts if t.report == b.id), key=lambda each: each.start))
    for run in longest_runs([(s["a_word"], s["b_word"]) for s in seeds], left, right):
        if run.words >= settings.shortest_passage:
            inside = [
                s
                for s in seeds
                if run.a <= s["a_word"] < run.a + run.words and s["a_word"] - s["b_word"] == run.a - run.b
            ]
            words = (left[run.a : run.a + run.words], right[run.b : run.b + run.words])
            yield _row(a.id, b.id, run, words, _kind(words, inside))


def longest_runs(seeds: Sequence[tuple[int, int]], left: Sequence[Word], right: Sequence[Word]) -> list[Run]:
    """Stretch every seed to both sides; of runs that overlap in either report the longer is kept."""
    runs: set[Run] = set()
    for a, b in seeds:
        start = 0
        while a - start > 0 and b - start > 0 and left[a - start - 1].folded == right[b - start - 1].folded:
            start += 1
        end = 0
        while a + end < len(left) and b + end < len(right) and left[a + end].folded == right[b + end].folded:
            end += 1
        runs.add(Run(a - start, b - start, start + end))
    kept: list[Run] = []
    for run in sorted(runs, key=lambda each: (-each.words, each.a, each.b)):
        if not any(_overlap(run, other) for other in kept):
            kept.append(run)
    return sorted(kept, key=lambda each: (each.a, each.b))


def _overlap(one: Run, other: Run) -> bool:
    in_a = one.a < other.a + other.words and other.a < one.a + one.words
    in_b = one.b < other.b + other.words and other.b < one.b + one.words
    return in_a or in_b


def _kind(words: tuple[Sequence[Word], Sequence[Word]], seeds: Sequence[dict[str, Any]]) -> str:
    if all(sum(word.quoted for word in side) >= QUOTED_FROM * len(side) for side in words):
        return "quotation"
    if sum(seed["boilerplate"] for seed in seeds) * 2 > len(seeds):
        return "boilerplate"
    return "background" if sum(seed["background"] for seed in seeds) * 2 > len(seeds) else "text"


def _row(a: str, b: str, run: Run, words: tuple[Sequence[Word], Sequence[Word]], kind: str) -> Reuse:
    left, right = words
    return Reuse(
        id=ident("u", a, b, left[0].start, right[0].start, run.words),
        a=a,
        b=b,
        a_start=left[0].start,
        a_end=left[-1].end,
        b_start=right[0].start,
        b_end=right[-1].end,
        words=run.words,
        kind=kind,
        rule=RULE,
    )
