"""Every script that fits or measures what ships runs, on ten rows of the newsroom or of invented stand-ins of the data sets."""

import csv
import json
import math
import random
from collections.abc import Mapping, Sequence
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest

import direction
import fit_claims
import fit_grades
import fit_kinship
import fit_stories
import score_stories
from fitting import fit_signed, folds_of, left_out, quality
from headwater import Case, Settings
from headwater.measure import logistic
from headwater.measure.logistic import Columns, Truths
from headwater.measure.piles import texts_of
from headwater.pipeline import STAGES
from headwater.records import Likeness, Report
from headwater.stages.claims import by_words
from piles import REPORTS, a_case, write_lines
from reportpairs import likenesses

TRUTH = REPORTS.parent / "truth"
TEN = 10
KINSHIP = frozenset("kin_words kin_longest kin_whole kin_days kin_apart kin_house kin_alike kin_throughout".split())


def write_table(path: Path, rows: Sequence[Mapping[str, object]]) -> str:
    """Write rows as CSV; return the path as an argument."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    return str(path)


def claim_rows() -> list[dict[str, object]]:
    """Return ten pairs of statements of the newsroom: five of one claim, five of two claims of one story."""
    one, two = [], []
    for path in sorted(TRUTH.glob("*.json")):
        claims = [
            [s for s in claim["statements"] if s.get("start") is not None]
            for claim in json.loads(path.read_text("utf-8"))["claims"]
        ]
        told = [statements for statements in claims if len(statements) > 1]
        one += [(statements[0], statements[1], 2) for statements in told]
        two += [(a[0], b[-1], 0) for a, b in pairwise(told)]
    return [
        {"pile": "newsroom", "label": label}
        | {
            f"{side}{part}": value
            for side, said in (("one", a), ("two", b))
            for part, value in (("", said["report"]), ("_start", said["start"]), ("_end", said["end"]))
        }
        for a, b, label in [*one[: TEN // 2], *two[: TEN // 2]]
    ]


def story_rows() -> list[tuple[str, str, bool]]:
    """Return ten pairs of reports of the newsroom: five of one story, five of two."""
    stories = [json.loads(path.read_text(encoding="utf-8"))["reports"] for path in sorted(TRUTH.glob("*.json"))]
    one = [(story[0], other, True) for story in stories for other in story[1:3]]
    two = [(a, b, False) for a, b in zip(stories[0], stories[1], strict=False)]
    return [*one[: TEN // 2], *two[: TEN // 2]]


def test_claims_are_fitted(newsroom: Case, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Every weight of two statements being one claim is printed beside the shipped one."""
    texts = texts_of(newsroom).items()
    (tmp_path / "newsroom").mkdir()
    write_lines(tmp_path / "newsroom" / "reports.jsonl", [{"id": name, "text": text} for name, text in texts])
    pairs = write_table(tmp_path / "pairs.csv", claim_rows())
    fit_claims.main(["--data", str(tmp_path), "--pairs", pairs])
    first, *lines, last = capsys.readouterr().out.splitlines()
    assert first == "10 pairs, 5 the same claim"
    assert [line.split()[0] for line in lines] == ["claim_bias", *fit_claims.WEIGHTS]
    assert all(float(line.split("shipped")[1].split()[0]) == getattr(Settings(), line.split()[0]) for line in lines)
    assert last.startswith("all, fold by fold ")


def test_columns_of_claims_are_those_of_the_stage() -> None:
    """The columns that are fitted, each times its shipped weight, are what the stage `claims` adds up."""
    a, b = (
        fit_claims.compared("The army shelled 12 homes in Norgate"),
        fit_claims.compared("In Norgate 14 homes were shelled"),
    )
    settings = Settings()
    _, *by_column = (
        getattr(settings, name) * value
        for name, value in zip(fit_claims.WEIGHTS, fit_claims.columns(a, b), strict=True)
    )
    assert math.isclose(sum(by_column), by_words(a, b, settings))


def test_kinship_is_fitted(newsroom_file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Every weight of kinship is printed beside the shipped one, from ten pairs and the newsroom's own."""
    rows = [{"a": a, "b": b, "kin": int(kin)} for a, b, kin in story_rows()]
    fit_kinship.main([str(newsroom_file), "--pairs", write_table(tmp_path / "pairs.csv", rows)])
    printed = capsys.readouterr().out
    weights = [line.split() for line in printed.splitlines() if " fitted " in line]
    assert [words[0] for words in weights] == [
        "kin_bias",
        *(name for name in Settings.__dataclass_fields__ if name in KINSHIP),
    ]
    assert all(float(words[-1]) == getattr(Settings(), words[0]) for words in weights)
    assert all(float(words[2]) <= 0 for words in weights if words[0] in fit_kinship.FALLING)
    assert "held out: AUC " in printed


def agency_and_children(folder: Path) -> Path:
    """Write ten reports: five of an agency, and five of a paper that credits each a day later and adds a paragraph of its own."""
    matters = {
        "ferry": "The ferry to Lower Korva ran aground on a sandbank in the fog early in the morning with 40 passengers and nine goats on board",
        "weir": "Flood water carried off the wheel of the old mill at the upper weir and left the miller without work for the whole winter",
        "bridge": "Engineers closed the iron bridge of Selmet to carts after a crack was seen in one of the two piers that stand in the river",
        "school": "Teachers of the only school of Dassar stayed at home because the stove in the great room has not been mended since autumn",
        "market": "Traders at the cattle market of Tal Ghurin refused to pay the new toll and drove their animals home by the mountain road",
    }
    rows = []
    for number, (name, text) in enumerate(matters.items(), 1):
        day = {"title": f"News of the {name}", "published": f"2024-05-{number:02}"}
        later = f"SELMET (Reuters) - {text}.\n\nReaders wrote to us about the {name} before."
        rows += [
            {**day, "id": f"{name}-1", "outlet": "Reuters", "text": f"{text}."},
            {**day, "id": f"{name}-2", "outlet": "The Herald", "published": f"2024-05-{number + 1:02}", "text": later},
        ]
    return write_lines(folder / "pile.jsonl", rows)


def test_directions_are_counted(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Five reports that credit an agency are counted as its children of a later day; they add to it, so less of each is shared."""
    a_case(tmp_path / "pile.headwater", agency_and_children(tmp_path)).close()
    direction.main([str(tmp_path / "pile.headwater")])
    pairs, tolls, weights = capsys.readouterr().out.splitlines()
    assert pairs == "5 pairs; {'later': 5}; {'less': 5}"
    assert tolls == "tolls: {}, 0.00"
    assert weights == "later: 2.40, more: -2.40"


def test_grades_are_fitted(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Three thresholds rise from own text to near copy on ten answers to two tasks."""
    corpus = tmp_path / "Corpus"
    corpus.mkdir()
    originals = {
        "orig_taska.txt": "The mill stands at the upper weir. Its wheel was carried off by the flood of last spring. Nobody has paid for it. "
        "The miller has written to the council four times. He grinds with a motor now.",
        "orig_taskb.txt": "The ferry to Solvane leaves at six in the morning. It carries goats, letters and two coaches. In winter it stops "
        "for the ice. Its captain has never learned to swim. The crossing takes three hours.",
    }
    answers = {"cut": lambda text: text, "light": lambda text: text.replace("The", "This").replace("It", "She")}
    answers |= {
        "heavy": lambda text: " ".join(reversed(text.replace("has", "had").split(". "))),
        "non": lambda text: f"Bread is dear this year, and {len(text)} loaves would not be enough for the valley.",
    }
    rows = []
    for name, text in originals.items():
        (corpus / name).write_text(text, encoding="utf-8")
        for grade in (*answers, "cut"):
            answer = f"g{len(rows)}_{name[5:]}"
            (corpus / answer).write_text(answers[grade](text), encoding="utf-8")
            rows.append(f"{name},{answer},{grade}")
    (corpus / "all-plagiarised-files.txt").write_text("\n".join(rows), encoding="utf-8")
    fit_grades.main([str(tmp_path)])
    left, least = capsys.readouterr().out.splitlines()
    thresholds = [float(part) for part in least.split("(")[1].split(")")[0].split(",")]
    assert len(rows) == TEN
    assert 0 <= float(left.removeprefix("left out: ")) <= 1
    assert thresholds == sorted(thresholds)


def stand_in(folder: Path) -> list[str]:
    """Write the truths that stories are fitted on, with the newsroom's reports; return the arguments that name them."""
    (folder / "origins-gold").mkdir()
    for path in TRUTH.glob("*.json"):
        (folder / "origins-gold" / path.name).write_bytes(path.read_bytes())
    rows = story_rows()
    for name in ("incident-reports", "report-pairs"):
        (folder / name).mkdir()
    incidents = {report: str(number) for number, (a, b, one) in enumerate(rows) if one for report in (a, b)}
    collected = [{"id": report, "story": story} for report, story in incidents.items()]
    write_lines(folder / "incident-reports" / "reports.jsonl", collected)
    labels = [{"a": a, "b": b, "label": "follow_up?" if one else "look_alike"} for a, b, one in rows]
    write_lines(folder / "report-pairs" / "pairs.jsonl", labels)
    marked = [{"pile": "newsroom", "one": a, "two": b, "label": int(one)} for a, b, one in rows]
    return ["--data", str(folder), "--pairs", write_table(folder / "pairs.csv", marked)]


def test_stories_are_fitted(newsroom_file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Every weight of two reports being one story is printed beside the shipped one, and every set is scored by both."""
    fit_stories.main([str(newsroom_file), *stand_in(tmp_path)])
    printed = capsys.readouterr().out.splitlines()
    weights = [line.split() for line in printed if line.startswith("story_")]
    tuned = [name for name in Settings.__dataclass_fields__ if name.startswith("story_")]
    besides = {"story_headline", "story_score", "story_faint"}
    assert {words[0] for words in weights} == set(tuned) - besides
    assert all(float(words[4]) == getattr(Settings(), words[0]) for words in weights)
    assert [line.split(":")[0] for line in printed if "pairs kept" in line] == list(fit_stories.SETS)
    assert sum("fold by fold" in line for line in printed) == 2
    assert "report-pairs: 10 pairs kept, 5 of one story; not kept 0 of one, 0 of two" in printed


def test_columns_of_stories_are_those_of_the_stage(newsroom_file: Path) -> None:
    """The columns that are fitted, each times its shipped weight, are the evidence that `likenesses` writes."""
    settings = Settings()
    kept = fit_stories.read_cases([newsroom_file], settings)
    weights = np.array([settings.story_bias, *(getattr(settings, name) for name in kept.names)])
    assert len(kept.at) > TEN
    np.testing.assert_allclose(logistic.score(weights, kept.x), kept.evidence, atol=1e-5)


def test_stories_of_a_case_are_scored(newsroom_file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Ten marked pairs of the newsroom are told as its truth has them."""
    rows = [{"pile": "newsroom", "one": a, "two": b, "label": int(one)} for a, b, one in story_rows()]
    score_stories.main([str(newsroom_file), "newsroom", "--pairs", write_table(tmp_path / "pairs.csv", rows)])
    assert (
        capsys.readouterr().out == "{'one story.p': 1.0, 'one story.r': 1.0, 'one story.f': 1.0, 'one story.gold': 5}\n"
    )


def test_likenesses_of_training_are_those_of_the_flow(newsroom: Case, newsroom_file: Path) -> None:
    """What training reads of a stage is what the flow has written, row by row."""
    rows = likenesses(newsroom_file, Settings()).rows.select(["id", "evidence"]).to_pylist()
    written = [{"id": row.id, "evidence": row.evidence} for row in newsroom.store.all(Likeness)]
    assert sorted(rows, key=lambda row: row["id"]) == sorted(written, key=lambda row: row["id"])
    assert {stage.name for stage in STAGES} > {"likenesses", "derivations"}
    assert newsroom.store.count(Report) == 28


def slowly(x: Columns, y: Truths, signs: Sequence[int]) -> Columns:
    """Return the same weights by gradient steps, each weight put back to its side after each step."""
    mean, spread = x.mean(0), x.std(0) + 1e-9
    z = np.c_[np.ones(len(x)), (x - mean) / spread]
    weights = np.zeros(z.shape[1])
    for _ in range(20_000):
        slope = z.T @ (1 / (1 + np.exp(-z @ weights)) - y) / len(y)
        slope[1:] += logistic.RIDGE * weights[1:] / len(y)
        weights -= 0.05 * slope
        for number, sign in enumerate(signs, 1):
            if weights[number] * sign < 0:
                weights[number] = 0.0
    plain = weights[1:] / spread
    return np.r_[weights[0] - plain @ mean, plain]


@pytest.mark.parametrize("seed", range(3))
def test_weights_held_to_a_sign_are_the_best_of_that_sign(seed: int) -> None:
    """The active set ends where slow projected gradient steps end."""
    chance = np.random.default_rng(seed)
    x = chance.normal(size=(120, 4))
    y = x @ np.array([1.0, -1.0, 0.4, 0.0]) + chance.normal(size=120) > 0
    signs = [1, 1, -1, 0]
    weights = fit_signed(x, y, signs)
    np.testing.assert_allclose(weights, slowly(x, y, signs), atol=1e-4)
    assert (weights[1:] * np.array(signs) >= 0).all()


def test_a_row_that_stands_for_three_counts_three_times() -> None:
    """A regression with counts is the regression on rows written down that often."""
    chance = np.random.default_rng(1)
    x, y, counts = chance.normal(size=(30, 2)), chance.random(30) > 0.5, np.array([1.0, 3.0] * 15)
    again = np.repeat(np.arange(30), counts.astype(int))
    assert logistic.fit(x, y, counts=np.ones(30)) == pytest.approx(logistic.fit(x, y))
    weighed = logistic.score(logistic.fit(x, y, counts=counts), x)
    assert quality(y, weighed).area == pytest.approx(
        quality(y, logistic.score(logistic.fit(x[again], y[again]), x)).area, abs=0.02
    )


def test_rows_are_scored_by_a_fit_that_left_their_group_out() -> None:
    """Changing the labels of a fold changes nothing of what is said of it."""
    chance = np.random.default_rng(2)
    x, y = chance.normal(size=(40, 3)), chance.random(40) > 0.5
    folds = folds_of([f"group {number % 8}" for number in range(40)], 4)
    other = np.where(folds == 2, ~y, y)
    assert (left_out(x, y, folds)[folds == 2] == left_out(x, other, folds)[folds == 2]).all()
    assert not (left_out(x, y, folds)[folds == 1] == left_out(x, other, folds)[folds == 1]).any()


def test_area_counts_ties_half() -> None:
    """The area under the curve is the share of pairs of both kinds that stand in order, as a plain count has it."""
    chance = random.Random(3)
    gold, said = [chance.random() > 0.6 for _ in range(50)], [float(chance.randint(0, 5)) for _ in range(50)]
    pairs = [
        (a > b) + (a == b) / 2
        for a, one in zip(said, gold, strict=True)
        if one
        for b, two in zip(said, gold, strict=True)
        if not two
    ]
    assert logistic.auc(np.array(gold), np.array(said)) == pytest.approx(sum(pairs) / len(pairs))
    assert logistic.auc(np.array([True, True]), np.array([1.0, 2.0])) is None
