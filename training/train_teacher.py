"""Train the teacher: speaker, cue and content on PolNeAR. Its weights must not be published (PolNeAR states no
licence).

In: the data folder. Out: a folder with `settings.json`, `log.txt` and `model.pt`.
Usage: `python training/train_teacher.py /tmp/teacher --data ../shared/data --epochs 5`.
"""

import argparse
from collections.abc import Sequence
from pathlib import Path

import torch

from evaluate import load_tokenizer, torch_tagger
from learning import learn
from polnear import read_articles
from schedule import Settings, add_settings, cut_articles, read_settings
from scoring import evaluate, table_row
from tagger import Tagger


def start(settings: Settings, earlier: Path | None) -> Tagger:
    """A fresh tagger, or one with the weights of an earlier run of the same shape."""
    model = Tagger(shared=settings.shared, dropout=settings.dropout)
    if earlier is not None:
        model.load_state_dict(torch.load(earlier / "model.pt", weights_only=True))
    return model


def main(words: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--data", type=Path, default=Path("../shared/data"))
    parser.add_argument("--start", type=Path, help="go on from the weights of this run, not from the published ones")
    add_settings(parser)
    arguments = parser.parse_args(words)
    settings = read_settings(arguments, Settings)
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
