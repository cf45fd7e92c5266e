"""Progress: how far a reading is, how fast, and how long it will take, for people and for machines."""

import json
from pathlib import Path

import click
import pytest

from headwater.cli import main
from headwater.cli import progress as told
from headwater.cli.progress import Progress
from headwater.cli.spans import Place, Span
from headwater.runs import Step

TEXT = "Two barges sank in the Tesk on Monday, police said. Nobody was hurt."


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """A clock that stands still until its only number is changed."""
    now = [100.0]
    monkeypatch.setattr(told.time, "monotonic", lambda: now[0])
    return now


def lines(capsys: pytest.CaptureFixture[str]) -> list[dict[str, object]]:
    """Return what was said on standard error, an object a line; standard output must be empty."""
    out, said = capsys.readouterr()
    assert out == ""
    return [json.loads(line) for line in said.splitlines()]


def test_machines_get_an_object_a_line(clock: list[float], capsys: pytest.CaptureFixture[str]) -> None:
    """Stage, count, share, rate and seconds left; what is not known yet is null."""
    with Progress(as_json=True) as progress:
        progress.step(Step("reports", 0, 0, 0.0))
        clock[0] += 10
        progress.step(Step("reports", 500, 0, 0.25))
    assert lines(capsys) == [
        {"stage": "reports", "done": 0, "of": None, "share": 0.0, "per_second": None, "seconds_left": None},
        {"stage": "reports", "done": 500, "of": None, "share": 0.25, "per_second": 50.0, "seconds_left": 30.0},
    ]


@pytest.mark.parametrize(
    ("step", "seconds", "rate", "left"),
    [
        (Step("spans", 40, 200), 4.0, 10.0, 16.0),
        (Step("spans", 200, 200), 4.0, 50.0, 0.0),
        (Step("reports", 40, 0), 4.0, 10.0, None),
        (Step("reports", 40, 0, 0.0), 4.0, 10.0, None),
        (Step("spans", 40, 200), 1.0, None, None),
        (Step("spans", 0, 200), 9.0, None, None),
    ],
    ids=["a fifth", "all", "nobody knows of how many", "nothing read yet", "too early to say", "nothing done"],
)
def test_rate_and_time_left(
    step: Step,
    seconds: float,
    rate: float | None,
    left: float | None,
    clock: list[float],
    capsys: pytest.CaptureFixture[str],
) -> None:
    """They come from the stage's own beginning, once it has lasted long enough; unknown stays null."""
    with Progress(as_json=True) as progress:
        progress.step(Step(step.stage, 0, 0))
        clock[0] += seconds
        progress.step(step)
    last = lines(capsys)[-1]
    assert (last["per_second"], last["seconds_left"]) == (rate, left)


def test_a_terminal_gets_one_line_that_is_taken_away(
    clock: list[float], capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The line holds count, rate and time left, and is gone when the answer comes."""
    monkeypatch.setattr("sys.stderr.isatty", lambda: True)
    with Progress() as progress:
        progress.step(Step("reports", 0, 0, 0.0))
        clock[0] += 60
        progress.step(Step("reports", 3600, 0, 0.2))
    said = capsys.readouterr().err.split("\r\x1b[K")
    assert said == ["", "reports", "reports 3,600, 60/s, 4 min left", ""]


def test_a_log_gets_a_line_a_stage(clock: list[float], capsys: pytest.CaptureFixture[str]) -> None:
    """Where nobody looks on, a stage is named once."""
    with Progress() as progress:
        for step in (Step("texts", 0, 0), Step("texts", 5, 9), Step("dates", 0, 0)):
            clock[0] += 1
            progress.step(step)
    assert capsys.readouterr().err == "texts\ndates\n"


def test_reading_with_json_answers_in_json_and_tells_progress_in_json(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Standard output is one answer; every line of standard error is an object."""
    (tmp_path / "a.txt").write_text(TEXT)
    main(["read", str(tmp_path / "x.headwater"), str(tmp_path / "a.txt"), "--no-run", "--json"])
    out, said = capsys.readouterr()
    assert json.loads(out) == {"reports": 1, "new": 1, "problems": 0, "left": 0}
    assert [json.loads(line)["stage"] for line in said.splitlines()] == ["reports"] * len(said.splitlines())


@pytest.mark.parametrize(("written", "seconds"), [("30s", 30), ("10m", 600), ("2 h", 7200), ("1d", 86_400)])
def test_spans_of_time(written: str, seconds: int) -> None:
    """Spans are written with a letter for their unit."""
    assert Span().convert(written, None, None) == seconds


@pytest.mark.parametrize("written", ["", "10", "m", "0m", "-5s", "1.5h", "10 minutes"])
def test_what_is_no_span_is_refused(written: str) -> None:
    """Anything else is said to be none."""
    with pytest.raises(click.BadParameter, match="no span of time"):
        Span().convert(written, None, None)


@pytest.mark.parametrize(
    ("written", "place"),
    [("mirror.lan:80", "mirror.lan:80"), ("Mirror.LAN:8080", "mirror.lan:8080"), ("[::1]:80", "[::1]:80")],
)
def test_places_of_a_network(written: str, place: str) -> None:
    """A place is a host and a port, as links name them."""
    assert Place().convert(written, None, None) == place


@pytest.mark.parametrize(
    "written", ["", "mirror.lan", "127.0.0.1", "http://mirror.lan:80/", "x:0", "x:99999", "a b:80"]
)
def test_what_is_no_place_is_refused(written: str) -> None:
    """Anything else is said to be none, before anything is read."""
    with pytest.raises(click.BadParameter, match="no host and port"):
        Place().convert(written, None, None)
