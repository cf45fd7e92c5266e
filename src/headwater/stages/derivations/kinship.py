"""Whether two reports have text from one another or from a third: log-odds over what they share, whichever came first.

Shared text of their own speaks for it, by its words and its longest run; quotations and stock speak only as part of the share of
the report that has more of the other. Days between them, different happenings, and an outlet's own wording on different days
speak against it: those are an agency's formulas and an outlet's habits. The weights are a logistic regression on pairs marked by hand
(training/fit_kinship.py).
"""

from collections.abc import Mapping
from math import log
from typing import Any

from headwater.settings import Settings
from headwater.stages.derivations.direction import days
from headwater.stages.derivations.evidence import Evidence

LEAST_SHARE = 0.02  # added to shares before their logarithm, so that sharing nothing is not infinitely bad

THROUGHOUT, MANY_STEMS = 0.4, 20  # share of either report, and stems in common, of a text reworded as a whole


def is_house(outlet: str | None, pair: Mapping[str, Any]) -> bool:
    """Tell whether a pair is one outlet's reports of two days, which it words alike without copying either; not versions of a page."""
    if pair["one_page"]:
        return False
    gap = days(pair["day"], pair["other_day"])
    return outlet is not None and outlet == pair["other_outlet"] and gap is not None and abs(gap) > 1


def features(pair: Mapping[str, Any], *, house: bool) -> dict[str, float]:
    """Return what speaks for or against kinship, by the name of its weight; `house` for two days of one outlet."""
    return {
        "kin_words": log(1 + max(pair["words"] or 0, pair["stems"] or 0)),
        "kin_longest": log(1 + (pair["longest"] or 0)),
        "kin_whole": log(max(_most(pair, "whole"), _most(pair, "reworded")) + LEAST_SHARE),
        "kin_days": log(1 + abs(days(pair["day"], pair["other_day"]) or 0)),
        "kin_apart": float(not pair["one_happening"]),
        "kin_house": float(house),
        "kin_alike": pair["mean"] or 0.0,
        "kin_throughout": float(_throughout(pair)),
    }


def kinship(pair: Mapping[str, Any], *, house: bool, settings: Settings) -> list[Evidence]:
    """Return the evidence for a pair: each piece in words, with its log-odds."""
    weighed = {name: getattr(settings, name) * value for name, value in features(pair, house=house).items()}
    covered = max(_most(pair, "whole"), _most(pair, "reworded"))
    told = {
        "before any evidence": settings.kin_bias,
        f"{pair['words'] or 0} words of shared text, {pair['longest'] or 0} in one run": weighed["kin_words"]
        + weighed["kin_longest"],
        f"{covered:.0%} of the one that shares more, in the same or other words": weighed["kin_whole"],
    }
    if weighed["kin_days"]:
        told[f"{abs(days(pair['day'], pair['other_day']) or 0)} days lie between them"] = weighed["kin_days"]
    if not pair["one_happening"]:
        told["they tell of different happenings"] = weighed["kin_apart"]
    if house:
        told["one outlet words its reports of different days alike"] = weighed["kin_house"]
    if pair["sentences"]:
        common = ", ".join(pair["common"][:4])
        said = f"{pair['sentences']} sentences in one order in other words, {pair['mean']:.0%} alike on the mean, sharing {common}"
        told[said] = weighed["kin_alike"]
    if pair["one_page"]:
        told["they are versions of one page"] = settings.kin_page
    if weighed["kin_throughout"]:
        told["those are much of either report"] = weighed["kin_throughout"]
    return [Evidence(words, round(weight, 4)) for words, weight in told.items()]


def _throughout(pair: Mapping[str, Any]) -> bool:
    """Sentences that stand in the other in its order make up much of either report and share many words."""
    least = min(pair["reworded"] or 0.0, pair["other_reworded"] or 0.0)
    return least >= THROUGHOUT and (pair["stems"] or 0) >= MANY_STEMS


def _most(pair: Mapping[str, Any], name: str) -> float:
    return min(1.0, max(pair[name] or 0.0, pair[f"other_{name}"] or 0.0))
