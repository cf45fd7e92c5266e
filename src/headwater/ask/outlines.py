"""What a text that nobody put into the pile must have said: the sentences that its children share, in their order.

A sentence stands in the outline when at least half of it is shared, word for word or reworded, by two children of one unseen text: what
a single child has may be its own. It is shown as the child has it that shares most; the others may have cut or altered it.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from headwater.errors import NoSuchId
from headwater.records import Derivation, Report, Reuse, Rewording, Sentence, Story
from headwater.store import Store

COVERED = 0.5  # share of a sentence that another child must have


@dataclass(frozen=True, slots=True)
class OutlineSentence:
    """A sentence that several children share: where it stands in one of them, and who has it."""

    report: str
    start: int
    end: int
    text: str
    holders: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Outline:
    """An unseen text, by its name where somebody names it, with its children and what they share."""

    story: str
    unseen: str | None
    children: tuple[str, ...]
    sentences: tuple[OutlineSentence, ...]


@dataclass(frozen=True, slots=True)
class _Shared:
    """A stretch of a report that another one has too."""

    start: int
    end: int
    other: str


def outlines(store: Store, story: str | None = None) -> tuple[Outline, ...]:
    """Return the outlines of the unseen texts of one story, or of all, those of most children first. Raise NoSuchId."""
    stories = [each for each in store.all(Story) if story is None or each.id == story]
    if not stories and story is not None:
        raise NoSuchId(story, "is no story of this case", hint="`headwater brief` shows their ids")
    reports = {each.id: each for each in store.all(Report)}
    shared, sentences = _shared(store), _sentences(store)
    derivations = [each for each in store.all(Derivation) if not each.overruled]
    found = []
    for each in stories:
        for unseen, children in _families(each, derivations):
            lines = tuple(_lines(children, reports, shared, sentences))
            if lines:
                found.append(Outline(each.id, unseen, tuple(sorted(reports[child].name for child in children)), lines))
    return tuple(sorted(found, key=lambda each: (-len(each.children), each.story, each.unseen or "")))


def _families(story: Story, derivations: Iterable[Derivation]) -> list[tuple[str | None, list[str]]]:
    """The children of each named unseen text, and the siblings that nobody names a text for."""
    inside, named, nameless = set(story.reports), defaultdict[str, set[str]](set), list[tuple[str, str]]()
    for each in derivations:
        if each.child in inside and each.unseen:
            named[each.unseen].add(each.child)
        elif each.child in inside and each.parent in inside and each.parent and each.direction == "undecidable":
            nameless.append((each.child, each.parent))
    families: list[tuple[str | None, list[str]]] = [
        (name, sorted(its)) for name, its in sorted(named.items()) if len(its) > 1
    ]
    known = {frozenset((a, b)) for _, its in families for a in its for b in its}
    return families + [(None, its) for its in _connected([pair for pair in nameless if frozenset(pair) not in known])]


def _connected(pairs: Iterable[tuple[str, str]]) -> list[list[str]]:
    groups: list[set[str]] = []
    for pair in pairs:
        touched = [group for group in groups if group & set(pair)]
        groups = [group for group in groups if group not in touched] + [set(pair).union(*touched)]
    return sorted(sorted(group) for group in groups)


def _shared(store: Store) -> dict[str, list[_Shared]]:
    found = defaultdict[str, list[_Shared]](list)
    passages: Sequence[Reuse | Rewording] = [
        *(each for each in store.all(Reuse) if each.kind in ("text", "agency", "quotation")),
        *store.all(Rewording),
    ]
    for each in passages:
        found[each.a].append(_Shared(each.a_start, each.a_end, each.b))
        found[each.b].append(_Shared(each.b_start, each.b_end, each.a))
    return found


def _sentences(store: Store) -> dict[str, list[Sentence]]:
    found = defaultdict[str, list[Sentence]](list)
    for each in store.all(Sentence):
        if not each.heading:
            found[each.report].append(each)
    return {report: sorted(its, key=lambda each: each.start) for report, its in found.items()}


def _lines(
    children: Sequence[str],
    reports: dict[str, Report],
    shared: dict[str, list[_Shared]],
    sentences: dict[str, list[Sentence]],
) -> Iterable[OutlineSentence]:
    """The shared sentences of the child that shares most, then what the others share beside it."""
    held = {child: _held(child, set(children), shared, sentences) for child in children}
    told: set[str] = set()
    for child in sorted(children, key=lambda each: (-len(held[each]), each)):
        text = reports[child].text
        for sentence, others in held[child]:
            if not others & told:
                names = tuple(sorted(reports[each].name for each in {child, *others}))
                words = " ".join(text[sentence.start : sentence.end].split())
                yield OutlineSentence(reports[child].name, sentence.start, sentence.end, words, names)
        told.add(child)


def _held(
    child: str, family: set[str], shared: dict[str, list[_Shared]], sentences: dict[str, list[Sentence]]
) -> list[tuple[Sentence, set[str]]]:
    """The sentences of a child that others of the family have too, and who they are."""
    found = []
    for sentence in sentences.get(child, []):
        covered: dict[str, int] = defaultdict(int)
        for each in shared.get(child, []):
            if each.other in family and (common := min(each.end, sentence.end) - max(each.start, sentence.start)) > 0:
                covered[each.other] += common
        others = {other for other, length in covered.items() if length >= COVERED * (sentence.end - sentence.start)}
        if others:
            found.append((sentence, others))
    return found
