"""Places: which names in a text are places, and which place of that name is meant (the form of GeoVirus, Gritta and others 2018).

In: a folder with `GeoVirus.xml`: articles with the characters and coordinates of the places that they name. Out: a `Result` with precision
and recall of the names found (any overlap), the precision of those that are said to be where something is (`situated`), and of the towns
among the names found the share within 161 km (a hundred miles, the field's usual bound) of where they are. Regions and countries are
areas, and are not held to a point. Baseline: of each name the most populous place.
"""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree

from headwater.lists.places import Place, spelt
from headwater.measure.ratios import ratio
from headwater.measure.results import Number, Result, named, named_baselines, not_measured
from headwater.stages.wheres import Where, wheres

NEAR = 161.0  # kilometres
EARTH = 12742.0  # kilometres, the diameter


@dataclass(frozen=True, slots=True)
class Located:
    """A place that an annotator marked: characters and coordinates, in degrees."""

    start: int
    end: int
    latitude: float
    longitude: float


@dataclass(frozen=True, slots=True)
class Article:
    """A text with the places in it."""

    text: str
    places: tuple[Located, ...]


def places(folder: Path) -> Result:
    """Score the places that are found in the articles of a folder."""
    path = folder / "GeoVirus.xml"
    if not path.is_file():
        return not_measured("places", path)
    articles = list(read_articles(path))
    found = [(article, wheres(article.text)) for article in articles]
    note = f"{len(articles)} articles, {sum(len(article.places) for article in articles)} places marked"
    populous = ratio(*_near(found, populous=True))
    baseline: dict[str, Number] = {"towns.near most populous": populous}
    return Result("places", named("places", numbers(found)), named_baselines("places", baseline), note)


def read_articles(path: Path) -> Iterator[Article]:
    """Yield the articles; their offsets count from 1."""
    for each in ElementTree.parse(path).iter("article"):
        marked = tuple(
            Located(
                int(_of(one, "start")) - 1, int(_of(one, "end")) - 1, float(_of(one, "lat")), float(_of(one, "lon"))
            )
            for one in each.iter("location")
        )
        yield Article(_of(each, "text"), marked)


def _of(element: ElementTree.Element, name: str) -> str:
    return element.findtext(name) or ""


def numbers(found: Sequence[tuple[Article, Sequence[Where]]]) -> dict[str, Number]:
    """Return all measures, by name."""
    said = [(where, _marked(where, article)) for article, its in found for where in its]
    gold = sum(len(article.places) for article, _ in found)
    reached = sum(
        any(where.start < one.end and one.start < where.end for where in its)
        for article, its in found
        for one in article.places
    )
    situated = [one for where, one in said if where.situated]
    return {
        "found.p": ratio(sum(one is not None for _, one in said), len(said)),
        "found.r": ratio(reached, gold),
        "situated.p": ratio(sum(one is not None for one in situated), len(situated)),
        "towns.near": ratio(*_near(found, populous=False)),
    }


def _marked(where: Where, article: Article) -> Located | None:
    return next((one for one in article.places if where.start < one.end and one.start < where.end), None)


def _near(found: Sequence[tuple[Article, Sequence[Where]]], *, populous: bool) -> tuple[int, int]:
    """How many of the towns that were found are near where they are, and how many there are."""
    hit = of = 0
    for article, its in found:
        for where in its:
            one = _marked(where, article)
            if one is not None and where.place.kind == "town":
                chosen = (
                    next(iter(spelt(article.text[where.start : where.end])), where.place) if populous else where.place
                )
                of += 1
                hit += kilometres(chosen, one) <= NEAR
    return hit, of


def kilometres(place: Place, one: Located) -> float:
    """Return the distance along the great circle; of a place that is an area, infinite."""
    if place.latitude is None or place.longitude is None:
        return math.inf
    a, b = math.radians(place.latitude), math.radians(one.latitude)
    half = math.sin((b - a) / 2) ** 2 + math.cos(a) * math.cos(b) * (
        math.sin(math.radians(place.longitude - one.longitude) / 2) ** 2
    )
    return EARTH * math.asin(math.sqrt(half))
