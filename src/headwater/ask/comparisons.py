"""Two reports side by side: which words of one stand in the other, which were altered, and how much of each is the other's.

The sentences are laid beside one another where they are counterparts, and their words compared one by one. What the reuse stage calls
a quotation, boilerplate or background keeps that name here, since shared quotations are not copying.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from headwater.errors import NoSuchId
from headwater.records import Correction, Date, Derivation, Report, Reuse, Sentence
from headwater.stages.bags import shared
from headwater.stages.grades import closeness, grade
from headwater.stages.rewordings import counterparts, in_order
from headwater.stages.words import Word, significant, words_of
from headwater.store import Store

COUNTERPART = 0.25  # likeness from which two sentences are laid side by side
RUN = 3  # words; shorter equal runs of small words mean nothing
MARKS = ("copied", "one-text", "apart")
BEGIN = "before any evidence"
"""the first of the reasons of a derivation: what any pair begins with, and no reason by itself"""


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a sentence: `same` words stand in the counterpart too, `altered` ones do not."""

    text: str
    same: bool


@dataclass(frozen=True, slots=True)
class Row:
    """Two sentences side by side, or one alone; `kind` is text, agency, quotation, boilerplate, background, reworded or own."""

    a: tuple[Piece, ...]
    b: tuple[Piece, ...]
    kind: str
    a_start: int | None
    b_start: int | None


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two reports."""

    id: str
    name: str
    outlet: str | None
    published: str | None
    """as it came"""
    first: str | None
    last: str | None
    """days that the report is from, as they were worked out"""
    shared: float
    """share of its words that stand in common runs, 0 to 1"""
    grade: str
    """how far it is the other's text reworded"""


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two reports, what they share and what was made of it."""

    a: Side
    b: Side
    rows: tuple[Row, ...]
    derivations: tuple[str, ...]
    """what the case says of how one comes from the other, one sentence each"""
    corrections: tuple[Correction, ...]
    """what a person said of the two"""


def compare(store: Store, one: str, two: str) -> Comparison:
    """Compare two reports by id or by the name that they came with. Raise NoSuchId for an unknown or ambiguous one."""
    a, b = (_report(store, each) for each in (one, two))
    sentences = {
        report.id: sorted(
            (s for s in store.some(Sentence, "report", [report.id]) if not s.heading), key=lambda s: s.start
        )
        for report in (a, b)
    }
    left, right = ([_bag(report, each) for each in sentences[report.id]] for report in (a, b))
    words = {report.id: [w.folded for w in words_of(report.text)] for report in (a, b)}
    passages = [p for p in store.some(Reuse, "a", [a.id, b.id]) if {p.a, p.b} == {a.id, b.id}]
    derivations = store.some(Derivation, "child", [a.id, b.id])
    days = {each.report: each for each in store.some(Date, "report", [a.id, b.id])}
    return Comparison(
        _side(a, days.get(a.id), passages, closeness(words[a.id], words[b.id], left, right)),
        _side(b, days.get(b.id), passages, closeness(words[b.id], words[a.id], right, left)),
        _rows(a, b, sentences, left, right, passages),
        tuple(_told(each, a, b) for each in derivations if {each.child, each.parent} == {a.id, b.id}),
        tuple(each for each in store.all(Correction) if {each.name, each.into} == {a.id, b.id} and each.kind in MARKS),
    )


def _report(store: Store, wanted: str) -> Report:
    found = store.some(Report, "id", [wanted]) or store.some(Report, "name", [wanted])
    if len(found) != 1:
        what = "is no report of this case" if not found else "is the name of several reports"
        raise NoSuchId(wanted, what, hint="`headwater table CASE reports` shows ids and names")
    return found[0]


def _bag(report: Report, sentence: Sentence) -> frozenset[str]:
    return frozenset(significant(words_of(report.text, sentence.start, sentence.end)))


def _side(report: Report, date: Date | None, passages: Sequence[Reuse], close: float) -> Side:
    total = len(words_of(report.text))
    copied = sum(each.words for each in passages)
    return Side(
        report.id,
        report.name,
        report.outlet,
        report.published,
        date.first if date else None,
        date.last if date else None,
        min(1.0, copied / total) if total else 0.0,
        grade(close),
    )


def _rows(
    a: Report,
    b: Report,
    sentences: dict[str, list[Sentence]],
    left: Sequence[frozenset[str]],
    right: Sequence[frozenset[str]],
    passages: Sequence[Reuse],
) -> tuple[Row, ...]:
    table = [[shared(one, other).dice for other in right] for one in left]
    pairs = in_order(counterparts(table, COUNTERPART)) if left and right else []
    rows, next_a, next_b = [], 0, 0
    for one, two in [*pairs, (len(left), len(right))]:
        rows += [_alone(a, sentences[a.id][n], in_a=True) for n in range(next_a, one)]
        rows += [_alone(b, sentences[b.id][n], in_a=False) for n in range(next_b, two)]
        if one < len(left):
            rows.append(_beside(a, b, sentences[a.id][one], sentences[b.id][two], passages))
        next_a, next_b = one + 1, two + 1
    return tuple(rows)


def _alone(report: Report, sentence: Sentence, *, in_a: bool) -> Row:
    pieces = (Piece(_plain(report.text[sentence.start : sentence.end]), same=False),)
    start = sentence.start
    return Row(pieces, (), "own", start, None) if in_a else Row((), pieces, "own", None, start)


def _beside(a: Report, b: Report, one: Sentence, two: Sentence, passages: Sequence[Reuse]) -> Row:
    left, right = words_of(a.text, one.start, one.end), words_of(b.text, two.start, two.end)
    blocks = SequenceMatcher(
        None, [w.folded for w in left], [w.folded for w in right], autojunk=False
    ).get_matching_blocks()
    blocks = [block for block in blocks if _says_something(left[block.a : block.a + block.size])]
    same_a = {n for block in blocks for n in range(block.a, block.a + block.size)}
    same_b = {n for block in blocks for n in range(block.b, block.b + block.size)}
    return Row(
        _pieces(a.text, one, left, same_a),
        _pieces(b.text, two, right, same_b),
        _kind(a, one, passages),
        one.start,
        two.start,
    )


def _says_something(words: Sequence[Word]) -> bool:
    """Tell whether equal words are more than an "and" or a "the" that any two sentences share."""
    return len(words) >= RUN or bool(significant(words))


def _pieces(text: str, sentence: Sentence, words: Sequence[Word], same: set[int]) -> tuple[Piece, ...]:
    """The sentence cut where copied words and altered words meet; what stands between words goes with the one before."""
    pieces: list[Piece] = []
    start = sentence.start
    for number, word in enumerate(words):
        end = words[number + 1].start if number + 1 < len(words) else sentence.end
        kind = number in same
        if pieces and pieces[-1].same == kind:
            pieces[-1] = Piece(pieces[-1].text + _plain(text[start:end]), kind)
        else:
            pieces.append(Piece(_plain(text[start:end]), kind))
        start = end
        assert word.end <= end
    return tuple(pieces)


def _kind(a: Report, sentence: Sentence, passages: Sequence[Reuse]) -> str:
    """What the passages say that touch the sentence; reworded where none does."""
    found: dict[str, int] = {}
    for each in passages:
        start, end = (each.a_start, each.a_end) if each.a == a.id else (each.b_start, each.b_end)
        if (common := min(end, sentence.end) - max(start, sentence.start)) > 0:
            found[each.kind] = found.get(each.kind, 0) + common
    return max(sorted(found), key=lambda kind: found[kind]) if found else "reworded"


def _plain(text: str) -> str:
    return text.replace("\n", " ")


def _told(derivation: Derivation, a: Report, b: Report) -> str:
    child, parent = (a, b) if derivation.child == a.id else (b, a)
    way = {
        "certain": f"{child.name} comes from {parent.name}",
        "likely": f"{child.name} comes likely from {parent.name}",
        "undecidable": "which of the two came first cannot be told",
    }[derivation.direction]
    said = "overruled by a person; it was: " if derivation.overruled else ""
    return f"{said}{derivation.kind}: {way}: {'; '.join(each for each in derivation.evidence if each != BEGIN)}"
