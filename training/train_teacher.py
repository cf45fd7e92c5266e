"""Train the teacher: speaker, cue and content on PolNeAR. Its weights must not be published (PolNeAR states no
licence).

In: the data folder. Out: a folder with `settings.json`, `log.txt` and `model.pt`.
Usage: `python training/train_teacher.py /tmp/teacher --data ../shared/data --epochs 5`.
"""

import argparse
import random
from dataclasses import fields
from pathlib import Path

import torch
from evaluate import evaluate, load_tokenizer, table_row, torch_tagger
from learning import Settings, learn
from polnear import Article, read_articles
from tagger import Tagger
from tokenizers import Tokenizer
from windows import LONGEST, Window, roughen, windows


def add_settings(parser: argparse.ArgumentParser) -> None:
    """One option per field of `Settings`."""
    for field in fields(Settings):
        kind = type(field.default)
        parser.add_argument(f"--{field.name.replace('_', '-')}", type=kind, default=field.default)


def read_settings(arguments: argparse.Namespace) -> Settings:
    return Settings(**{field.name: getattr(arguments, field.name) for field in fields(Settings)})


def start(settings: Settings, earlier: Path | None) -> Tagger:
    """A fresh tagger, or one with the weights of an earlier run of the same shape."""
    model = Tagger(shared=settings.shared, dropout=settings.dropout)
    if earlier is not None:
        model.load_state_dict(torch.load(earlier / "model.pt", weights_only=True))
    return model


def cut_articles(articles: list[Article], tokenizer: Tokenizer, settings: Settings, epoch: int) -> list[Window]:
    """Windows for one epoch: cut at other places each time, and a share of the articles roughened."""
    chance = random.Random(f"{settings.seed} {epoch}")
    rows: list[Window] = []
    for article in articles:
        seen = roughen(article, chance) if chance.random() < settings.roughen else article
        alone = settings.alone and chance.random() < settings.alone
        rows += windows(seen, tokenizer, first=chance.randint(32, LONGEST), rest=0 if alone else LONGEST)
    return rows


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--data", type=Path, default=Path("../shared/data"))
    parser.add_argument("--start", type=Path, help="go on from the weights of this run, not from the published ones")
    add_settings(parser)
    arguments = parser.parse_args()
    settings = read_settings(arguments)
    torch.manual_seed(settings.seed)
    tokenizer = load_tokenizer()
    polnear = arguments.data / "attribution" / "polnear"
    train, dev = read_articles(polnear / "train"), read_articles(polnear / "dev")
    learn(
        start(settings, arguments.start),
        settings,
        arguments.folder,
        epoch_windows=lambda epoch: cut_articles(train[: settings.most_articles or None], tokenizer, settings, epoch),
        loss_of=lambda model, batch, _: model.loss(batch),
        after_epoch=lambda model: table_row(evaluate(dev, tokenizer, torch_tagger(model))),
    )


if __name__ == "__main__":
    main()
