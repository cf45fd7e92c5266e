"""Scores training runs on PolNeAR dev, and reads carefully, as a teacher does when it labels. How scores are made: `scoring.py`.

In: folders of runs, and the data folder. Out, on standard output: every score, and the row for `EXPERIMENTS.md`.
Usage: `python training/evaluate.py RUN_FOLDER… --data ../shared/data [--stripped]`.
"""

import argparse
import json
from collections.abc import Sequence
from pathlib import Path

import torch
from tokenizers import Tokenizer
from torch import Tensor

from original import package_folder
from polnear import Article, read_articles
from scoring import Score, Tag, Tally, count, evaluate, table_row
from shipped import read_tokenizer
from tagger import Committee, Tagger, collate
from windows import COMMAS, LONGEST, QUOTES, Window, windows, without

OFFSETS = (256, 192, 128, 64)
"""room of an article's first window in each careful reading; the other windows take 256"""


def load_tokenizer() -> Tokenizer:
    """The encoder's tokenizer with nothing padded or cut."""
    return read_tokenizer(package_folder() / "tokenizer.json")


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
    found: list[tuple[list[tuple[int, int]], list[int]]] = []
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
        count(tally, article, places, tags)
    return tally.scores()


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


def main(words: Sequence[str] | None = None) -> None:
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
    arguments = parser.parse_args(words)
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
