"""How well spans are found: exact spans, word overlap, and linked triples, on articles with gold spans.

In: articles, and a function from windows to tag sequences. Out: precision, recall and F1 by name. Exact: kind, first word and last
word agree. Overlap: words that carry the kind. Both are micro-averaged over all articles. Linked: cue, speaker and content by the rule
of `linking.py`; a triple counts when all three are exact (`triple`), or when each overlaps a gold counterpart (`triple_overlap`). Of a
gold attribution in several pieces any piece will do.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from tokenizers import Tokenizer

from linking import Triple, link
from polnear import KINDS, Article, Span
from windows import LONGEST, TAGS, Window, spans_of, windows

COLUMNS = (*KINDS, *(f"{kind}_overlap" for kind in KINDS), "linked")
"""of a table of scores: exact spans, overlapping words, links whose parts overlap"""
Tag = Callable[[Sequence[Window]], list[list[int]]]


@dataclass(frozen=True)
class Group:
    """A gold attribution: the spans that belong together."""

    speakers: set[Span]
    cues: set[Span]
    contents: set[Span]


@dataclass(frozen=True)
class Score:
    precision: float
    recall: float
    f1: float


class Tally:
    """Counts of right, found and true things, by name."""

    def __init__(self) -> None:
        self.right: Counter[str] = Counter()
        self.found: Counter[str] = Counter()
        self.true: Counter[str] = Counter()

    def add(self, name: str, found: set[object], true: set[object]) -> None:
        self.right[name] += len(found & true)
        self.found[name] += len(found)
        self.true[name] += len(true)

    def scores(self) -> dict[str, Score]:
        return {name: self._score(name) for name in self.true}

    def _score(self, name: str) -> Score:
        precision = self.right[name] / max(1, self.found[name])
        recall = self.right[name] / max(1, self.true[name])
        return Score(precision, recall, 2 * precision * recall / max(1e-9, precision + recall))


def joined(parts: Sequence[list[int]]) -> list[int]:
    """Tags of an article from those of its windows. A span that ends one window goes on when the next begins with its kind."""
    tags: list[int] = []
    for part in parts:
        before, after = (TAGS[tags[-1]] if tags else "O"), (TAGS[part[0]] if part else "O")
        same = before[1:] == after[1:] and before[0] in "ES" and after[0] in "BS"
        if same:
            tags[-1] = TAGS.index(("I" if before[0] == "E" else "B") + before[1:])
            part = [TAGS.index(("I" if after[0] == "B" else "E") + after[1:]), *part[1:]]
        tags.extend(part)
    return tags


def evaluate(articles: Sequence[Article], tokenizer: Tokenizer, tag: Tag, *, room: int = LONGEST) -> dict[str, Score]:
    """All scores over `articles`, cut to windows of at most `room` pieces (0: sentence by sentence)."""
    cut = [windows(article, tokenizer, first=room, rest=room) for article in articles]
    answers = iter(tag([window for parts in cut for window in parts]))
    tally = Tally()
    for article, parts in zip(articles, cut, strict=True):
        places = [place for window in parts for place in window.places]
        found = joined([next(answers) for _ in parts])
        count(tally, article, places, found)
    return tally.scores()


def count(tally: Tally, article: Article, places: list[tuple[int, int]], tags: list[int]) -> None:
    """Add the spans and links of one article to a tally."""
    found = spans_of(tags, places)
    true = [_to_words(span, places) for span in article.spans]
    for kind in KINDS:
        ours = {span for span in found if span.kind == kind}
        gold = {span for span in true if span is not None and span.kind == kind}
        tally.add(kind, set(ours), set(gold))
        tally.add(f"{kind}_overlap", _inside(ours, places), _inside(gold, places))
    linked, groups = link(article.text, found), _gold_groups(article, true)
    _count_links(tally, "triple", linked, groups, _same)
    _count_links(tally, "triple_overlap", linked, groups, _touch)


def _to_words(span: Span, places: list[tuple[int, int]]) -> Span | None:
    """The span grown or cut to whole words, as tags would give it."""
    inside = [place for place in places if span.start <= place[0] < span.end]
    return Span(inside[0][0], inside[-1][1], span.kind) if inside else None


def _inside(spans: Iterable[Span], places: list[tuple[int, int]]) -> set[object]:
    return {start for span in spans for start, _ in places if span.start <= start < span.end}


def _gold_groups(article: Article, spans: Sequence[Span | None]) -> list[Group]:
    """The attributions that have a cue, as sets of speakers, cues and contents."""
    groups = []
    for indexes in article.attributions:
        present = [span for index in indexes if (span := spans[index]) is not None]
        parts = [{span for span in present if span.kind == kind} for kind in KINDS]
        if parts[1]:
            groups.append(Group(*parts))
    return groups


def _same(one: Span, other: Span) -> bool:
    return one == other


def _touch(one: Span, other: Span) -> bool:
    return one.start < other.end and other.start < one.end


def _matches(triple: Triple, group: Group, alike: Callable[[Span, Span], bool]) -> bool:
    """Each part of the triple is like one of the group's, or both have none."""
    parts = zip(triple, (group.speakers, group.cues, group.contents), strict=True)
    return all(any(alike(span, gold) for gold in golds) if span else not golds for span, golds in parts)


def _count_links(
    tally: Tally, name: str, ours: Sequence[Triple], gold: Sequence[Group], alike: Callable[[Span, Span], bool]
) -> None:
    pairs = [(i, j) for i, triple in enumerate(ours) for j, group in enumerate(gold) if _matches(triple, group, alike)]
    tally.right[name] += min(len({i for i, _ in pairs}), len({j for _, j in pairs}))
    tally.found[name] += len(ours)
    tally.true[name] += len(gold)


def table_row(scores: dict[str, Score]) -> str:
    """F1 in per cent, in a fixed order: the rows of EXPERIMENTS.md."""
    names = [*KINDS, *(f"{kind}_overlap" for kind in KINDS), "triple", "triple_overlap"]
    return " | ".join(f"{100 * scores[name].f1:.1f}" for name in names)
