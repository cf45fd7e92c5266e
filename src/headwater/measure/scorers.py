"""Every data set that is measured, by name: where it stands, and the scorer that runs the flow over it.

In: names, the data folder and the newsroom. Out: one `Result` a name; a data set that is not there gives a result that
says so.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from headwater.errors import AskError
from headwater.measure import piles
from headwater.measure.assad import assad
from headwater.measure.besoin import besoin
from headwater.measure.claimdiff import claimdiff
from headwater.measure.clough import clough
from headwater.measure.dates import dates
from headwater.measure.ecb import ecb
from headwater.measure.furniture import furniture
from headwater.measure.hidden import hidden_in_mideast, hidden_in_syria
from headwater.measure.incidents import incidents
from headwater.measure.pages import pages
from headwater.measure.places import places
from headwater.measure.polnear import polnear
from headwater.measure.results import Result, not_measured


@dataclass(frozen=True, slots=True)
class Scorer:
    """The function that scores a folder of one form, and where it stands below the data; None for the newsroom."""

    score: Callable[[Path], Result]
    below: str | None


SCORERS: Mapping[str, Scorer] = {
    "newsroom": Scorer(piles.newsroom, None),
    "assad": Scorer(assad, "assad-reports"),
    "origins": Scorer(piles.origins_of_syria, "origins-gold"),
    "world": Scorer(piles.origins_of_world, "world-gold"),
    "polnear": Scorer(polnear, "attribution/polnear/dev"),
    "ecb": Scorer(ecb, "same-claim/ecbplus"),
    "claimdiff": Scorer(claimdiff, "same-claim/claimdiff"),
    "pages": Scorer(pages, "html"),
    "places": Scorer(places, "place"),
    "besoin": Scorer(besoin, "derivation/besoin"),
    "clough": Scorer(clough, "derivation/clough"),
    "hidden": Scorer(hidden_in_syria, "syria-reports"),
    "hidden-mideast": Scorer(hidden_in_mideast, "mideast-pile"),
    "incidents": Scorer(incidents, "incident-reports"),
    "furniture": Scorer(furniture, "."),
    "dates": Scorer(dates, "."),
}
NAMES: tuple[str, ...] = tuple(SCORERS)


def run(names: Sequence[str] | None, data: Path, newsroom: Path) -> tuple[Result, ...]:
    """Measure the data sets named, or all of them. Raises AskError for a name that is none."""
    chosen = {name: _scorer(name) for name in names or NAMES}
    return tuple(run_one(name, newsroom if each.below is None else data / each.below) for name, each in chosen.items())


def run_one(name: str, folder: Path) -> Result:
    """Measure one data set in any folder of its form. Raises AskError for a name that is none."""
    scorer = _scorer(name)
    return scorer.score(folder) if folder.is_dir() else not_measured(name, folder)


def _scorer(name: str) -> Scorer:
    if name not in SCORERS:
        raise AskError(name, "is nothing that is measured", hint=f"known are {', '.join(NAMES)}")
    return SCORERS[name]
