"""Shares, means and F1, rounded to three digits; unknown (None) where there is nothing to divide by."""

from collections.abc import Collection

from headwater.measure.results import Number


def ratio(hit: float, of: float) -> float | None:
    """Return hit / of."""
    return round(hit / of, 3) if of else None


def mean(values: Collection[float]) -> float | None:
    """Return the arithmetic mean."""
    return round(sum(values) / len(values), 3) if values else None


def f1(name: str, *, hit: float, said: float, gold: int) -> dict[str, Number]:
    """Return precision, recall, their harmonic mean and the number of gold items, under `name`.p, .r, .f and .gold."""
    return {
        f"{name}.p": ratio(hit, said),
        f"{name}.r": ratio(hit, gold),
        f"{name}.f": ratio(2 * hit, said + gold),
        f"{name}.gold": gold,
    }


def harmonic(precision: float, recall: float) -> float:
    """Return F1 from precision and recall; 0 where both are."""
    return 2 * precision * recall / (precision + recall) if precision + recall else 0.0
