"""Grades of rewriting: short answers of known grade beside the text that they were to be written from (Clough and Stevenson 2011).

In: a folder whose `Corpus` holds the originals, the answers and `all-plagiarised-files.txt` (original, answer, grade on each line).
Out: a `Result` with the F1 of each grade and their mean. The thresholds were found on this set; with
each task's thresholds found on the other four the mean is the same, .715 (training/fit_grades.py). Baseline: everything is its own text.
"""

import csv
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from headwater.intake.items import make_report
from headwater.measure.ratios import f1
from headwater.measure.results import Number, Result, named, named_baselines, not_measured
from headwater.settings import Settings
from headwater.stages.grades import GRADES, closeness, grade
from headwater.stages.sentences import sentences
from headwater.stages.texts import texts
from headwater.stages.words import significant, words_of

LABELS = {"non": "own text", "heavy": "heavy rewriting", "light": "light rewriting", "cut": "near copy"}
SHORTEST = 4  # significant words of a sentence that is compared


@dataclass(frozen=True, slots=True)
class Answer:
    """The words of a text and the significant stems of its sentences."""

    words: tuple[str, ...]
    sentences: tuple[frozenset[str], ...]


def clough(folder: Path) -> Result:
    """Score the grades of a folder in the form of the corpus."""
    listed = folder / "Corpus" / "all-plagiarised-files.txt"
    if not listed.is_file():
        return not_measured("clough", listed)
    with listed.open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.reader(file) if row]
    read = {name: read_answer(folder / "Corpus" / name) for row in rows for name in row[:2]}
    gold = [LABELS[row[2]] for row in rows]
    said = [graded(read[answer], read[original]) for original, answer, _ in rows]
    baselines = {"macro.f own text": score(gold, [GRADES[0]] * len(gold))["macro.f"]}
    return Result(
        "clough", named("clough", score(gold, said)), named_baselines("clough", baselines), f"{len(rows)} answers"
    )


def score(gold: Sequence[str], said: Sequence[str]) -> dict[str, Number]:
    """Return the F1 of each grade and their mean."""
    numbers: dict[str, Number] = {}
    for each in GRADES:
        hit = sum(g == s == each for g, s in zip(gold, said, strict=True))
        numbers |= {f"{each}.f": f1("x", hit=hit, said=said.count(each), gold=gold.count(each))["x.f"] or 0.0}
    return numbers | {"macro.f": sum(float(value or 0) for value in numbers.values()) / len(GRADES)}


def graded(answer: Answer, original: Answer) -> str:
    """Return the grade of an answer."""
    return grade(closeness(answer.words, original.words, answer.sentences, original.sentences))


def read_answer(path: Path) -> Answer:
    """Read a text, its lines joined: the answers are wrapped at will."""
    report = make_report(name=path.name, text=" ".join(path.read_text(encoding="utf-8", errors="replace").split()))
    settings = Settings()
    stretches = list(texts(reports=[report], settings=settings))
    bags = [
        frozenset(significant(words_of(report.text, each.start, each.end)))
        for each in sentences(reports=[report], texts=stretches, settings=settings)
    ]
    words = tuple(word.folded for word in words_of(report.text))
    return Answer(words, tuple(bag for bag in bags if len(bag) >= SHORTEST))
