"""Piles of reports whose origins are written down: `newsroom`, `origins`, `world`, and the reading that `assad` adds to.

In: a folder. Its reports are `reports/`, `reports.jsonl` or the `.txt` files in it (for a folder of gold alone: the
`reports.jsonl` in the folder of reports beside it); its gold is `truth/*.json`, `gold.json` or the `.json` files in it.
Out: a `Result` with the numbers of `measure/origins`.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from headwater.case import Case
from headwater.case import open as open_case
from headwater.measure import origins
from headwater.measure.results import Result, named, named_baselines, not_measured
from headwater.records import Report

SYRIA = Path("syria-reports")
WORLD = Path("world-reports")
LISTED = "reports.jsonl"


@dataclass(frozen=True, slots=True)
class Pile:
    """Files of reports, and files of gold over them."""

    reports: tuple[Path, ...]
    gold: tuple[Path, ...]


@dataclass(frozen=True, slots=True)
class Read:
    """A pile after the flow has run over it: the open case, its export and the gold with every offset known."""

    case: Case
    exported: origins.Exported
    stories: tuple[origins.GoldStory, ...]


def find_pile(folder: Path, *, beside: Path = SYRIA) -> Pile | None:
    """Return the reports and the gold of a folder, or None where either is missing.

    `beside` is the folder, beside one of gold alone, that holds the reports.
    """
    text = tuple(sorted(folder.glob("*.txt")))
    places = [(folder / "reports",), (folder / LISTED,), text, (folder.parent / beside / LISTED,)]
    golds = [sorted((folder / "truth").glob("*.json")), sorted(folder.glob("gold.json")), sorted(folder.glob("*.json"))]
    reports = next((paths for paths in places if paths and all(path.exists() for path in paths)), None)
    gold = next((paths for paths in golds if paths), None)
    return Pile(reports, tuple(gold)) if reports and gold else None


@contextmanager
def read_pile(pile: Pile) -> Iterator[Read]:
    """Run the flow over a pile in a folder that is thrown away afterwards."""
    with TemporaryDirectory(prefix="headwater-") as place, open_case(Path(place) / "pile.headwater") as case:
        case.read(*pile.reports)
        case.export(Path(place) / "export")
        texts = texts_of(case)
        stories = tuple(origins.with_quotes(story, texts) for story in origins.read_gold(pile.gold))
        yield Read(case, origins.read_export(Path(place) / "export"), stories)


def texts_of(case: Case) -> dict[str, str]:
    """Map the name of every report to its text as it was read."""
    return {report.name: report.text for report in case.store.all(Report)}


def result_of(name: str, read: Read) -> Result:
    """Return the numbers of a pile that has been read."""
    found = origins.score(read.stories, read.exported)
    baselines = {**found.baselines, **origins.grams.baseline(read.stories, texts_of(read.case))}
    lost = origins.lost_quotes(read.stories)
    note = f"{read.case.store.count(Report)} reports, {len(read.stories)} gold stories, {len(found.claims)} claims"
    return Result(
        name,
        named(name, found.numbers),
        named_baselines(name, baselines),
        note + (f"; {lost} quotations of the gold are not in the text that was read" if lost else ""),
    )


def measure(name: str, *, beside: Path = SYRIA) -> Callable[[Path], Result]:
    """Return the scorer that gives its numbers this name."""

    def scorer(folder: Path) -> Result:
        pile = find_pile(folder, beside=beside)
        if pile is None:
            return not_measured(name, folder)
        with read_pile(pile) as read:
            return result_of(name, read)

    return scorer


newsroom = measure("newsroom")
origins_of_syria = measure("origins")
origins_of_world = measure("world", beside=WORLD)
