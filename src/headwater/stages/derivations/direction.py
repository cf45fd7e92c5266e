"""Which of two kindred reports is the child: log-odds over what only goes one way; time may veto and hardly decides.

Positive evidence says that this report is the child. A credit or a name settles it. One outlet's later text that holds its earlier
one makes it likely; so does an excerpt of an earlier day where nobody credits a third. Two cuts of one agency text stay undecidable.
The weights of day and share are counts over pairs whose truth a credit tells, with the credit hidden (training/direction.py).
"""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from headwater.lists import newsrooms
from headwater.records import Credit, Report
from headwater.settings import Settings
from headwater.stages.derivations.evidence import Evidence, odds

NO_WORDS = ("photo", "possible")
"""kinds of credits that say nothing of where the words come from"""
VETO = 3  # days by which a text that is older cannot come from a younger one, whatever it credits
EXCERPT = 0.1  # difference of the shares both ways from which the one that is explained the more can be an excerpt
TWINS = 0.9  # share of both from which they are the same text, stored twice
UNDECIDABLE = Evidence("nothing shows which came first", 0.0)


def direction(
    report: Report, pair: Mapping[str, Any], credits: Sequence[Credit], names: bool | None, settings: Settings
) -> list[Evidence]:
    """Return the evidence that this report is the child of the other (above 0), or its parent (below).

    `names` tells whether this report names the other's outlet as where somebody's words come from, or the other this one's.
    """
    found = _credited(report, pair, credits, names, settings) or _weak(report, pair, credits, settings)
    gap = days(pair["day"], pair["other_day"])
    if gap is not None and abs(gap) >= VETO and odds(found) * gap < 0:
        older = "it" if gap < 0 else "the other"
        found.append(Evidence(f"{older} is {abs(gap)} days older, which rules that out", -odds(found)))
    return found or [UNDECIDABLE]


def verdict(found: float, settings: Settings) -> str:
    """Return how certain a direction is, by the size of its log-odds."""
    if abs(found) >= settings.way_certain:
        return "certain"
    return "likely" if abs(found) >= settings.way_likely else "undecidable"


def _credited(
    report: Report, pair: Mapping[str, Any], credits: Sequence[Credit], names: bool | None, settings: Settings
) -> list[Evidence]:
    found = _by_address(pair, settings)
    other, same_outlet = pair["other_outlet"], report.outlet == pair["other_outlet"]
    if any(newsrooms.same(credit.name, other) for credit in credits if credit.kind not in NO_WORDS):
        found.append(Evidence(f"it credits {other}", settings.way_credit))
    if any(newsrooms.same(name, report.outlet) for name in pair["other_credits"]):
        found.append(Evidence(f"the other credits {report.outlet}", -settings.way_credit))
    if names is not None and not same_outlet and not found:
        told = (
            f"it names {other} as where it has this from"
            if names
            else f"the other names {report.outlet} as where it has this from"
        )
        found.append(Evidence(told, settings.way_named if names else -settings.way_named))
    return found


def _by_address(pair: Mapping[str, Any], settings: Settings) -> list[Evidence]:
    """Versions of one page, and pages that call another's address the original."""
    found = []
    if pair["newer"]:
        which = "it is a later version" if pair["newer"] > 0 else "the other is a later version"
        found.append(Evidence(f"{which} of the same page", _signed(settings.way_credit, pair["newer"])))
    if pair["calls"] != pair["is_called"]:
        which = "its page calls the other's" if pair["calls"] else "the other's page calls its"
        way = settings.way_credit if pair["calls"] else -settings.way_credit
        found.append(Evidence(f"{which} address the original", way))
    return found


def _weak(report: Report, pair: Mapping[str, Any], credits: Sequence[Credit], settings: Settings) -> list[Evidence]:
    """Days, shares, cuts: of one outlet the later text holds the earlier one; else each alone decides nothing, two together may."""
    gap = days(pair["day"], pair["other_day"])
    if report.outlet is not None and report.outlet == pair["other_outlet"]:
        if not gap or min(pair["whole"] or 0.0, pair["other_whole"] or 0.0) > TWINS:
            return []
        which = "the other one" if gap > 0 else "this one"
        return [Evidence(f"the same outlet printed {which} on an earlier day", _signed(settings.way_house, gap))]
    if pair["other_credits"] or any(credit.kind not in NO_WORDS for credit in credits):
        return [Evidence("a third is credited, whose text both may have cut", 0.0), *_moved_on(pair, 0.0)]
    found = _moved_on(pair, settings.way_toll)
    if gap:
        found.append(
            Evidence(f"it is of {'a later' if gap > 0 else 'an earlier'} day", _signed(settings.way_later, gap))
        )
    more = (pair["share"] or pair["reworded"] or 0.0) - (pair["other_share"] or pair["other_reworded"] or 0.0)
    if abs(more) >= EXCERPT:
        which = "it stands in the other" if more > 0 else "the other stands in it"
        found.append(Evidence(f"more of {which} than the other way round", _signed(settings.way_more, more)))
    fewer = pair["dropped"] - pair["added"]
    if fewer:
        which = "it drops words that the other has" if fewer > 0 else "the other drops words that it has"
        found.append(Evidence(f"{which} inside the text they share", _signed(settings.way_cut, fewer)))
    return found


def _moved_on(pair: Mapping[str, Any], weight: float) -> list[Evidence]:
    """Two states of a moving text: tolls rise more often than they are put right."""
    toll, other = pair["toll"], pair["other_toll"]
    if toll is None or other is None or toll == other:
        return []
    return [
        Evidence(f"two states of a moving text: its toll is {toll}, the other's {other}", _signed(weight, toll - other))
    ]


def _signed(weight: float, side: float) -> float:
    return weight if side > 0 else -weight


def days(day: str | None, other: str | None) -> int | None:
    """Days from the other report to this one; unknown where either has none."""
    return (date.fromisoformat(day) - date.fromisoformat(other)).days if day and other else None
