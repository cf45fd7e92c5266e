"""Two small pictures: lines beside reports as bars on one scale, and how many reports came out when."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from headwater.ask import Day

WIDTH = 150.0
BINS = 30
SPARK_WIDTH, SPARK_HEIGHT = 120.0, 24.0


@dataclass(frozen=True, slots=True)
class Bars:
    """Lengths of three bars on one scale: reports, lines at the upper end, lines at the lower end."""

    width: float
    reports: float
    upper: float
    lower: float


def draw_bars(*, lines_min: int, lines_max: int, reports: int, most: int) -> Bars:
    """Draw a claim's lines beside its reports; `most` is the length of the scale, in reports."""
    one = WIDTH / max(most, reports, lines_max, 1)
    return Bars(WIDTH, round(one * reports, 1), round(one * lines_max, 1), round(one * lines_min, 1))


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar: its left and upper corner, its size, and what it stands for."""

    x: float
    y: float
    width: float
    height: float
    first: str
    last: str
    reports: int


@dataclass(frozen=True, slots=True)
class Sparkline:
    """Reports over time, in at most `BINS` spans of equal length."""

    width: float
    height: float
    bars: tuple[Bar, ...]


def draw_sparkline(days: Sequence[Day]) -> Sparkline:
    """Draw how many reports are of which day."""
    known = [(date.fromisoformat(each.day[:10]), each.reports) for each in days]
    if not known:
        return Sparkline(SPARK_WIDTH, SPARK_HEIGHT, ())
    first, last = known[0][0], known[-1][0]
    length = (last - first).days + 1
    per_bin = -(-length // BINS)
    bins = -(-length // per_bin)
    counts = [0] * bins
    for day, reports in known:
        counts[(day - first).days // per_bin] += reports
    wide, most = min(14.0, SPARK_WIDTH / bins), max(counts)
    bars = []
    for number, reports in enumerate(counts):
        if reports:
            height = max(2.0, SPARK_HEIGHT * reports / most)
            start = first + timedelta(days=number * per_bin)
            end = min(last, start + timedelta(days=per_bin - 1))
            bars.append(
                Bar(
                    round(number * wide, 1),
                    round(SPARK_HEIGHT - height, 1),
                    round(max(1.5, wide - 1.5), 1),
                    round(height, 1),
                    start.isoformat(),
                    end.isoformat(),
                    reports,
                )
            )
    return Sparkline(SPARK_WIDTH, SPARK_HEIGHT, tuple(bars))
