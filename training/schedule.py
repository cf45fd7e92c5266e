"""What a training goes by: its settings, the windows of an epoch, batches of like length, and the learning rate of each step.

In: settings, articles. Out: windows in batches. No model is needed here, so none is loaded.
"""

import argparse
import random
from collections.abc import Sequence
from dataclasses import dataclass, fields
from typing import TypeVar

from tokenizers import Tokenizer

from polnear import Article
from windows import LONGEST, Window, roughen, windows

WARM = 0.1
"""share of the steps over which the rate rises"""


@dataclass(frozen=True)
class Settings:
    """Everything that a run depends on besides the data.

    `rate` is that of the top layer, `decay` what each layer below keeps of it. `average` is the weight of the past in
    the average of the weights. `roughen` and `alone` are shares of the articles: with punctuation lost, and cut
    sentence by sentence. `shared`: see `tagger.py`. `most_articles`: 0 for all.
    """

    epochs: int = 5
    batch: int = 8
    rate: float = 2e-4
    decay: float = 0.9
    head_rate: float = 1e-3
    weight_decay: float = 0.01
    dropout: float = 0.1
    average: float = 0.998
    roughen: float = 0.0
    alone: float = 0.0
    shared: int = 0
    seed: int = 1
    most_articles: int = 0


@dataclass(frozen=True)
class StudentSettings(Settings):
    """What the training of a student depends on besides: it is a training with two more numbers, and logged as one.

    `softness` is the weight of the teacher's probabilities beside its labels, `invented` the invented reports of an epoch, `start` the
    folder of the run that it goes on from, none where it is empty.
    """

    softness: float = 0.5
    invented: int = 400
    start: str = ""


def add_settings(parser: argparse.ArgumentParser, kind: type[Settings] = Settings) -> None:
    """One option per field of the settings."""
    for field in fields(kind):
        parser.add_argument(f"--{field.name.replace('_', '-')}", type=type(field.default), default=field.default)


Kind = TypeVar("Kind", bound=Settings)


def read_settings(arguments: argparse.Namespace, kind: type[Kind]) -> Kind:
    """Return the settings that were given."""
    return kind(**{field.name: getattr(arguments, field.name) for field in fields(kind)})


def cut_articles(articles: list[Article], tokenizer: Tokenizer, settings: Settings, epoch: int) -> list[Window]:
    """Windows for one epoch: cut at other places each time, and a share of the articles roughened."""
    chance = random.Random(f"{settings.seed} {epoch}")
    rows: list[Window] = []
    for article in articles:
        seen = roughen(article, chance) if chance.random() < settings.roughen else article
        alone = settings.alone and chance.random() < settings.alone
        rows += windows(seen, tokenizer, first=chance.randint(32, LONGEST), rest=0 if alone else LONGEST)
    return rows


def batches(items: Sequence[Window], size: int, chance: random.Random) -> list[list[Window]]:
    """Shuffle, then sort by length within pools of 50 batches: little padding, and no fixed order."""
    shuffled = list(items)
    chance.shuffle(shuffled)
    pools = (shuffled[start : start + size * 50] for start in range(0, len(shuffled), size * 50))
    rows = [sorted(pool, key=lambda window: len(window.pieces)) for pool in pools]
    cut = [row[start : start + size] for row in rows for start in range(0, len(row), size)]
    chance.shuffle(cut)
    return cut


def rate_at(step: int, steps: int) -> float:
    """Return the share of the rate that a step takes: up over the first tenth, then down in a straight line to nothing."""
    return min((step + 1) / (WARM * steps), max(0.0, (steps - step) / ((1 - WARM) * steps)))
