"""How well spans are found: exact spans, word overlap, and linked triples, on articles with gold spans.

Exact: kind, first word and last word agree. Overlap: words that carry the kind. Both are micro-averaged over all
articles. Linked: cue, speaker and content by the rule of `linking.py`; a triple counts when all three are exact
(`triple`), or when each overlaps a gold counterpart (`triple_overlap`). Of a gold attribution in several pieces any
piece will do.
Usage: `python training/evaluate.py RUN_FOLDER… --data ../shared/data [--stripped]`.
"""

import argparse
import json
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import torch
from linking import Triple, link
from minilm import package_folder
from polnear import KINDS, Article, Span, read_articles
from tagger import Committee, Tagger, collate
from tokenizers import Tokenizer
from torch import Tensor
from windows import COMMAS, LONGEST, QUOTES, TAGS, Window, spans_of, windows, without

OFFSETS = (256, 192, 128, 64)
"""room of an article's first window in each careful reading; the other windows take 256"""
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


def load_tokenizer() -> Tokenizer:
    """The encoder's tokenizer with nothing padded or cut."""
    tokenizer = Tokenizer.from_file(str(package_folder() / "tokenizer.json"))
    tokenizer.no_padding()
    tokenizer.no_truncation()
    return tokenizer


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


def torch_tagger(model: Tagger | Committee, *, batch: int = 16) -> Tag:
    """Tag windows with a torch model, the longest first so that little is padded."""

    def tag(items: Sequence[Window]) -> list[list[int]]:
        order = sorted(range(len(items)), key=lambda index: -len(items[index].pieces))
        answers: dict[int, list[int]] = {}
        for start in range(0, len(order), batch):
            chosen = order[start : start + batch]
            answers.update(zip(chosen, model.decode(collate([items[i] for i in chosen])), strict=True))
        return [answers[index] for index in range(len(items))]

    return tag


@torch.no_grad()
def read_carefully(
    articles: Sequence[Article], tokenizer: Tokenizer, model: Tagger | Committee, *, offsets: Sequence[int] = OFFSETS
) -> list[tuple[list[tuple[int, int]], list[int]]]:
    """Words and tags of each article, read several times with windows cut at other places.

    The scores of a word are averaged over the readings, and the whole article is decoded as one sequence: no span ends
    where a window happens to end. Slower by the number of readings; for teachers.
    """
    model.eval()
    cut = [[windows(article, tokenizer, first=first) for first in offsets] for article in articles]
    scores = iter(_emissions([window for readings in cut for parts in readings for window in parts], model))
    found = []
    for readings in cut:
        read = [[next(scores) for _ in parts] for parts in readings]
        places = [place for window in readings[0] for place in window.places]
        if not places:
            found.append(([], []))
            continue
        mean = torch.stack([torch.cat(parts) for parts in read]).mean(0)[None]
        found.append((places, model.crf.decode(mean, torch.ones(mean.shape[:2], dtype=torch.int64))[0]))
    return found


def _emissions(items: Sequence[Window], model: Tagger | Committee, batch: int = 16) -> list[Tensor]:
    order = sorted(range(len(items)), key=lambda index: -len(items[index].pieces))
    answers: dict[int, Tensor] = {}
    for start in range(0, len(order), batch):
        chosen = order[start : start + batch]
        scores = model.emissions(collate([items[index] for index in chosen]))
        answers |= {index: scores[row, : len(items[index].firsts)] for row, index in enumerate(chosen)}
    return [answers[index] for index in range(len(items))]


def evaluate_carefully(
    articles: Sequence[Article], tokenizer: Tokenizer, model: Tagger | Committee
) -> dict[str, Score]:
    """All scores of `read_carefully`."""
    tally = Tally()
    for article, (places, tags) in zip(articles, read_carefully(articles, tokenizer, model), strict=True):
        _count(tally, article, places, tags)
    return tally.scores()


def evaluate(articles: Sequence[Article], tokenizer: Tokenizer, tag: Tag, *, room: int = LONGEST) -> dict[str, Score]:
    """All scores over `articles`, cut to windows of at most `room` pieces (0: sentence by sentence)."""
    cut = [windows(article, tokenizer, first=room, rest=room) for article in articles]
    answers = iter(tag([window for parts in cut for window in parts]))
    tally = Tally()
    for article, parts in zip(articles, cut, strict=True):
        places = [place for window in parts for place in window.places]
        found = joined([next(answers) for _ in parts])
        _count(tally, article, places, found)
    return tally.scores()


def _count(tally: Tally, article: Article, places: list[tuple[int, int]], found_tags: list[int]) -> None:
    found = spans_of(found_tags, places)
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


def load_run(folder: Path) -> Tagger:
    """The model of a training run, from its `settings.json` and `model.pt`."""
    settings = json.loads((folder / "settings.json").read_text(encoding="utf-8"))
    model = Tagger(shared=settings.get("shared", 0))
    model.load_state_dict(torch.load(folder / "model.pt", weights_only=True))
    return model.eval()


def load_teacher(folders: Sequence[Path]) -> Tagger | Committee:
    """The model of one run, or the committee of several."""
    runs = [load_run(folder) for folder in folders]
    return runs[0] if len(runs) == 1 else Committee(runs).eval()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument(
        "run", type=Path, nargs="+", help="folders written by train_teacher.py or train_student.py; several vote"
    )
    parser.add_argument("--data", type=Path, default=Path("../shared/data"))
    parser.add_argument("--stripped", action="store_true", help="take commas and quotation marks out of the text first")
    parser.add_argument("--room", type=int, default=LONGEST, help="word pieces per window; 0: each sentence alone")
    parser.add_argument(
        "--careful", action="store_true", help="read four times with windows cut at other places, and vote"
    )
    arguments = parser.parse_args()
    articles = read_articles(arguments.data / "attribution" / "polnear" / "dev")
    if arguments.stripped:
        articles = [without(article, COMMAS | QUOTES) for article in articles]
    model = load_teacher(arguments.run)
    if arguments.careful:
        scores = evaluate_carefully(articles, load_tokenizer(), model)
    else:
        scores = evaluate(articles, load_tokenizer(), torch_tagger(model), room=arguments.room)
    for name, score in scores.items():
        print(f"{name:16} P {100 * score.precision:5.1f}  R {100 * score.recall:5.1f}  F1 {100 * score.f1:5.1f}")
    print(table_row(scores))


if __name__ == "__main__":
    main()
