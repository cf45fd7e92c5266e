"""Train the student, whose weights may be published: the teacher's labels on free text, and invented reports.

In: a teacher's folder and the data folder. Out: a folder with `settings.json`, `log.txt` and `model.pt`. No text of
PolNeAR is trained on; its dev articles are used to score. The teacher labels each text once (hard labels, for the CRF)
and each window again as it is seen (the probability of each tag at each word, for a cross-entropy beside the CRF).
Usage: `python training/train_student.py /tmp/student --teacher /tmp/teacher --data ../shared/data --shared 3`.
"""

import argparse
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import torch
from tokenizers import Tokenizer
from torch import Tensor

from corpora import free_texts
from evaluate import load_teacher, load_tokenizer, read_carefully, torch_tagger
from invented import invent
from learning import learn
from polnear import Article, read_articles
from schedule import StudentSettings, add_settings, cut_articles, read_settings
from scoring import evaluate, table_row
from tagger import Batch, Committee, Tagger
from train_teacher import start
from windows import Window, spans_of


def label(texts: Sequence[str], tokenizer: Tokenizer, teacher: Tagger | Committee) -> list[Article]:
    """Texts with the teacher's spans, read carefully."""
    articles = [Article(f"free-{index}", text) for index, text in enumerate(texts)]
    read = read_carefully(articles, tokenizer, teacher)
    return [
        replace(article, spans=tuple(spans_of(tags, places)))
        for article, (places, tags) in zip(articles, read, strict=True)
    ]


def taught_loss(student: Tagger, teacher: Tagger | Committee, batch: Batch, softness: float) -> Tensor:
    """CRF loss on the hard labels, and `softness` times cross-entropy with the teacher's probabilities."""
    emissions = student.emissions(batch)
    hard = student.crf.loss(emissions, batch.tags, batch.present)
    if softness == 0:
        return hard
    with torch.no_grad():
        teacher.eval()
        taught = teacher.emissions(batch)
    wanted = teacher.crf.marginals(taught, batch.present)
    soft = -(wanted * emissions.log_softmax(-1)).sum(-1) * batch.present
    return hard + softness * soft.sum() / batch.present.sum()


def main(words: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--teacher", type=Path, nargs="+", required=True, help="folders of teachers; several vote")
    parser.add_argument("--data", type=Path, default=Path("../shared/data"))
    add_settings(parser, StudentSettings)
    arguments = parser.parse_args(words)
    settings = read_settings(arguments, StudentSettings)
    torch.manual_seed(settings.seed)
    tokenizer, teacher = load_tokenizer(), load_teacher(arguments.teacher)
    labelled = label(free_texts(arguments.data), tokenizer, teacher)
    dev = read_articles(arguments.data / "attribution" / "polnear" / "dev")

    def epoch_windows(epoch: int) -> list[Window]:
        made = invent(settings.invented, settings.seed + 1000 * epoch)
        return cut_articles(labelled + made, tokenizer, settings, epoch)

    learn(
        start(settings, Path(settings.start) if settings.start else None),
        settings,
        arguments.folder,
        epoch_windows=epoch_windows,
        loss_of=lambda model, batch, _: taught_loss(model, teacher, batch, settings.softness),
        after_epoch=lambda model: table_row(evaluate(dev, tokenizer, torch_tagger(model))),
    )


if __name__ == "__main__":
    main()
