"""The scorer for piles whose origins are written down, on one invented story."""

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from headwater.measure import origins
from headwater.measure.origins.gold import Interval
from headwater.measure.origins.matching import same

STATEMENTS = [  # report, start, end, speaker, gatherer, chain
    ("a", 0, 40, "Ilka Strand", "Norgate", ["Voice", "Norgate", "Ilka Strand"]),
    ("b", 10, 50, "Ilka Strand", "Norgate", ["Courier", "Norgate", "Ilka Strand"]),
    ("c", 5, 60, None, "Herald", ["Herald", "unknown"]),
]
CLAIMS = ["Nine people died.", "Eleven people died."]


def said(report: str, start: int, end: int, speaker: str | None, gatherer: str, chain: list[str]) -> dict[str, Any]:
    """One gold statement that asserts."""
    kept = {"report": report, "start": start, "end": end, "speaker": speaker, "gatherer": gatherer, "chain": chain}
    return {**kept, "stance": "asserts"}


@pytest.fixture
def gold(tmp_path: Path) -> origins.GoldStory:
    """A story of three reports: two cuts of one agency text, and a third report with another toll."""
    first = [said(*row) for row in STATEMENTS[:2]]
    story = {
        "story": "a silo",
        "reports": ["a", "b", "c"],
        "not_reports": ["old"],
        "derivations": [
            {"child": "a", "parent": "unseen:Norgate", "direction": "certain"},
            {"child": "b", "parent": "unseen:Norgate", "direction": "certain"},
            {"child": "c", "parent": "a", "direction": "likely"},
        ],
        "claims": [
            {"claim": CLAIMS[0], "statements": first, "lines": {"min": 1, "max": 1}},
            {"claim": CLAIMS[1], "statements": [said(*STATEMENTS[2])], "lines": {"min": 1, "max": 2}},
        ],
        "disputes": [{"a": 0, "b": 1, "kind": "number"}],
    }
    path = tmp_path / "story.json"
    path.write_text(json.dumps(story), encoding="utf-8")
    return origins.read_gold([path])[0]


PERFECT: dict[str, list[dict[str, Any]]] = {
    "statements": [
        {**said(*row), "origin": row[5][-1], "claims": ["m2" if row[0] == "c" else "m1"]} for row in STATEMENTS
    ],
    "derivations": [
        {"child": "a", "parent": None, "unseen": "Norgate", "direction": "certain"},
        {"child": "b", "parent": None, "unseen": "Norgate", "direction": "certain"},
        {"child": "c", "parent": "a", "unseen": None, "direction": "likely"},
    ],
    "stories": [{"id": "y1", "reports": ["a", "b", "c"]}, {"id": "y2", "reports": ["old"]}],
    "claims": [{"id": "m1", "lines_min": 1, "lines_max": 1}, {"id": "m2", "lines_min": 1, "lines_max": 2}],
    "disputes": [{"a": "m1", "b": "m2"}],
}


def scored(gold: origins.GoldStory, folder: Path, **changed: list[dict[str, Any]]) -> dict[str, Any]:
    """Score the perfect export with some tables changed."""
    for table, rows in {**PERFECT, **changed}.items():
        (folder / f"{table}.jsonl").write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    return origins.score([gold], origins.read_export(folder)).numbers


def test_perfect_system(gold: origins.GoldStory, tmp_path: Path) -> None:
    """A system that says what the gold says has every share at 1 and no error."""
    numbers = scored(gold, tmp_path)
    shares = ["story.joined", "kin.f", "unseen_parent.f", "direction.right", "statements.found", "statements.stance"]
    shares += ["statements.speaker", "statements.gatherer", "statements.origin", "claim_pairs.f", "lines.exact"]
    shares += ["lines.overlap", "lines_of_contested.exact", "disputes.f"]
    assert {name: numbers[name] for name in shares} == dict.fromkeys(shares, 1.0)
    assert (numbers["story.false_joins"], numbers["lines.error"], numbers["lines.no_claim"]) == (0.0, 0.0, 0)


def test_silent_system(gold: origins.GoldStory, tmp_path: Path) -> None:
    """A system that says nothing finds nothing, and is as far off as one that always says one line."""
    numbers = scored(gold, tmp_path, **{table: [] for table in PERFECT})
    assert [numbers[name] for name in ("story.joined", "kin.f", "statements.found", "claim_pairs.f")] == [0.0] * 4
    assert (numbers["lines.error"], numbers["lines.no_claim"], numbers["statements.stance"]) == (0.25, 2, None)


def test_line_error_is_between_middles(gold: origins.GoldStory, tmp_path: Path) -> None:
    """An interval of 2 to 3 where the gold has 1 to 1 is 1.5 lines off, 0.75 on the mean of two claims."""
    claims = [{"id": "m1", "lines_min": 2, "lines_max": 3}, PERFECT["claims"][1]]
    numbers = scored(gold, tmp_path, claims=claims)
    assert (numbers["lines.error"], numbers["lines.exact"], numbers["lines.overlap"]) == (0.75, 0.5, 0.5)


def test_wrong_way_round(gold: origins.GoldStory, tmp_path: Path) -> None:
    """A derivation from child to parent links the pair and has its direction wrong."""
    turned = {"child": "a", "parent": "c", "unseen": None, "direction": "likely"}
    numbers = scored(gold, tmp_path, derivations=[*PERFECT["derivations"][:2], turned])
    assert (numbers["kin.f"], numbers["direction.linked"], numbers["direction.right"]) == (1.0, 1, 0.0)


def test_one_claim_for_all(gold: origins.GoldStory, tmp_path: Path) -> None:
    """Putting both tolls into one claim finds the one right pair among three and no dispute."""
    statements = [{**row, "claims": ["m1"]} for row in PERFECT["statements"]]
    numbers = scored(gold, tmp_path, statements=statements)
    assert (numbers["claim_pairs.p"], numbers["claim_pairs.r"], numbers["disputes.f"]) == (0.333, 1.0, 0.0)


def test_baselines_of_lines(gold: origins.GoldStory, tmp_path: Path) -> None:
    """Counting two reports where one line is gives 1, one report where 1 to 2 are gives 0.5: 0.75 on the mean."""
    scored(gold, tmp_path)
    baselines = origins.score([gold], origins.read_export(tmp_path)).baselines
    assert (baselines["lines.error counting reports"], baselines["lines.error always one"]) == (0.75, 0.25)


def test_kin_by_shared_grams(gold: origins.GoldStory) -> None:
    """Six words in a row in common make two reports kin for the baseline: one of two gold pairs."""
    shared = "an explosion tore through a grain terminal"
    texts = {"a": f"{shared} on Tuesday", "b": f"On Tuesday {shared}", "c": "an explosion tore through a silo"}
    assert origins.grams.baseline([gold], texts) == {"kin.f shared 6-grams": 0.667}


def test_quotes_are_looked_up(gold: origins.GoldStory) -> None:
    """A statement without offsets gets those of its quote, whatever the line breaks; one not in the text is lost."""
    lost = replace(gold.claims[0].statements[0], start=-1, end=-1, quote="nine people died")
    story = replace(gold, claims=(replace(gold.claims[0], statements=(lost,)),))
    found = origins.with_quotes(story, {"a": "In all nine\npeople died."})
    assert (found.claims[0].statements[0].start, found.claims[0].statements[0].end) == (7, 23)
    assert origins.lost_quotes([origins.with_quotes(story, {"a": "Nobody died."})]) == 1


def test_claims_that_tie_count_on_the_mean(gold: origins.GoldStory, tmp_path: Path) -> None:
    """Of two claims that agree equally well with the gold's 1 to 1, one right and one 2 off: half exact, one line of error."""
    claims = [{"id": "m1", "lines_min": 1, "lines_max": 1}, {"id": "m3", "lines_min": 3, "lines_max": 3}]
    statements = [{**row, "claims": ["m1", "m3"]} for row in PERFECT["statements"][:2]]
    numbers = scored(gold, tmp_path, claims=claims, statements=statements)
    assert (numbers["lines.exact"], numbers["lines.overlap"]) == (
        0.25,
        0.25,
    )  # of two claims; nothing answers the second
    assert (numbers["lines.error"], numbers["lines.no_claim"]) == (
        0.75,
        1,
    )  # 1 for the tie, 0.5 for the one without answer


def test_agreement_decides_and_not_votes(gold: origins.GoldStory, tmp_path: Path) -> None:
    """A claim that holds the two statements and nothing else answers, though one that holds every statement has the votes too."""
    statements = [{**row, "claims": [row["claims"][0], "m0"]} for row in PERFECT["statements"]]
    claims = [*PERFECT["claims"], {"id": "m0", "lines_min": 9, "lines_max": 9}]
    numbers = scored(gold, tmp_path, statements=statements, claims=claims)
    assert (numbers["lines.exact"], numbers["lines.error"]) == (1.0, 0.0)


def test_corroborated(gold: origins.GoldStory, tmp_path: Path) -> None:
    """Two lines for sure said of both claims, where the gold has them for one: half right, and none is missing."""
    sure = replace(gold, claims=(replace(gold.claims[0], lines=Interval(2, 2)), gold.claims[1]))
    numbers = scored(sure, tmp_path, claims=[{"id": name, "lines_min": 2, "lines_max": 3} for name in ("m1", "m2")])
    assert [numbers[f"corroborated.{key}"] for key in ("p", "r", "f", "gold")] == [0.5, 1.0, 0.667, 1]


def test_corroborated_by_a_second_reading(gold: origins.GoldStory, tmp_path: Path) -> None:
    """Two lines for sure in a second reading of the gold are enough for a claim to be corroborated."""
    sure = replace(gold, claims=(replace(gold.claims[0], also=Interval(2, 2)), gold.claims[1]))
    assert scored(sure, tmp_path)["corroborated.gold"] == 1


@pytest.mark.parametrize(
    ("column", "value", "also", "number"),
    [
        ("stance", "doubts", {"stance_also": "doubts"}, "statements.stance"),
        ("speaker", "Joss Varga", {"speaker_also": "Varga"}, "statements.speaker"),
        ("gatherer", "Solvane", {"gatherer_also": "Solvane"}, "statements.gatherer"),
        ("origin", "Joss Varga", {"origin_also": "Joss Varga"}, "statements.origin"),
    ],
)
def test_a_second_reader_holds_too(
    column: str, value: str, also: dict[str, str], number: str, gold: origins.GoldStory, tmp_path: Path
) -> None:
    """What the system says otherwise than the gold is wrong, and right where the second reader says it too."""
    statements = [{**row, column: value} if row["report"] == "a" else row for row in PERFECT["statements"]]
    first, second = gold.claims[0].statements
    claims = (replace(gold.claims[0], statements=(replace(first, **also), second)), gold.claims[1])
    expected = 0.5 if column == "speaker" else 0.667  # of two with a speaker, of three
    assert scored(gold, tmp_path, statements=statements)[number] == expected
    assert scored(replace(gold, claims=claims), tmp_path, statements=statements)[number] == 1.0


def test_nobody_named_however_described(gold: origins.GoldStory, tmp_path: Path) -> None:
    """An origin that the system says is unnamed is right where the gold names nobody, whatever words describe it."""
    described = [{**row, "origin": "two dockers"} for row in PERFECT["statements"]]
    unnamed = [{**row, "origin_named": False} for row in described]
    assert scored(gold, tmp_path, statements=described)["statements.origin"] == 0.0
    assert scored(gold, tmp_path, statements=unnamed)["statements.origin"] == 0.333


@pytest.mark.parametrize(
    ("a", "b", "expected"),
    [
        ("Ilka Strand", "Strand", True),
        ("Syrian Observatory for Human Rights", "SOHR", True),
        ("Agence France-Presse", "AFP", True),
        ("the Islamic State", "IS", True),
        ("World Health Organisation", "WHO", True),
        ("Highland Fronts", "the Highland Front’s", True),
        ("a local official", None, True),
        ("unknown", None, True),
        ("an official", None, False),
        ("Norgate", "Solvane", False),
        ("Norgate", None, False),
        ("It is said", "Islamic State", False),
        ("An official who", "World Health Organization", False),
    ],
)
def test_same_name(a: str, b: str | None, expected: bool) -> None:
    """Short forms, abbreviations and possessives are one name; nobody named is nobody named and no one else."""
    assert same(a, b) == expected


WORDS = st.lists(st.sampled_from("is who it an was said by ap official that harbour two there".split()), min_size=1)
NAMES = st.one_of(
    st.none(), st.text(max_size=12), WORDS.map(" ".join), WORDS.map(lambda words: " ".join(words).title())
)


@given(WORDS)
def test_words_in_lower_case_are_no_organisation(words: list[str]) -> None:
    """However "is" and "who" stand in a sentence, they make no Islamic State and no World Health Organization of it."""
    sentence = " ".join(["it", *words])  # "a …" would name nobody
    assert not same(sentence, "Islamic State")
    assert not same(sentence, "World Health Organization")


@given(NAMES, NAMES)
def test_sameness_has_no_direction(a: str | None, b: str | None) -> None:
    """A name is the same as itself, and two names are the same in either order."""
    assert same(a, a)
    assert same(a, b) == same(b, a)
