"""Evidence in log-odds, as Fellegi and Sunter (1969): each piece adds its weight, and what is decided is their sum."""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Evidence:
    """One piece of evidence: what it is, in a few words, and the log-odds that it adds."""

    told: str
    weight: float


def odds(evidence: Iterable[Evidence]) -> float:
    """Return the log-odds that the evidence adds up to."""
    return round(sum(each.weight for each in evidence), 4)
