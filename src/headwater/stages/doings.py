"""The doers that a story's statements name, led back to one name each.

"Government forces" are those of the one country that the story's words name far more than any other,
and stay open where two are named nearly alike; "the coalition" is the one coalition that is
told with who leads it, and so is the leading country where it struck; names that differ only in how they are spelt out of another
script are one. What stays open stays as it was said.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from functools import cache

from headwater.lists import countries
from headwater.lists.places import skeleton
from headwater.stages.words import fold, stem

CLEARLY = 2.0  # times as often as any other a country is named whose government needs no name
LEAST = (
    3  # mentions of a country from which it can be the one that is meant, where nobody tells of its government's deeds
)
"""both by looking at which stories of syria-reports changed, with 1.0, 1.5 and 2.0; not calibrated on marked data"""
ARTICLES = frozenset("al el the an as ash ad ar at az".split())


def led_back(names: Iterable[str], stems: Iterable[str] = ()) -> Mapping[str, str]:
    """Return for each name the one that stands for it in this story; the more often told spelling wins, then the first.

    Whose government a bare "government" is, the story's words (stems) decide: the country, its people or its capital are named
    `CLEARLY` times as often as any other's, or it stays open;
    where no country is named, the government that acts so much more often.
    """
    told = Counter(names)
    order = sorted(told, key=lambda name: (-told[name], name))
    same: dict[str, str] = {}
    chosen = {name: same.setdefault(spelt(name), name) for name in order}
    coalition = next((name for name in order if name.endswith("-led coalition")), None)
    named = Counter(stems)
    governments = {name for name in order if name.endswith(" government")} | {
        f"{each} government" for each in _named(named)
    }
    often = {
        name: sum(named[each] for each in _stems_of(name))
        for name in sorted(governments)
        if not (coalition and _leads(name, coalition))
    }
    if not any(often.values()):
        often = {name: told[name] for name in often}
    most = sorted(often, key=lambda name: -often[name])[:2]
    clear = bool(most) and (len(most) < 2 or often[most[0]] >= CLEARLY * often[most[1]])
    clear = clear and (most[0] in told or often[most[0]] >= LEAST)
    government = most[0] if clear else None
    for name in told:
        if name == "government" and government:
            chosen[name] = chosen.get(government, government)
        elif coalition and (name == "coalition" or _leads(name, coalition)):
            chosen[name] = chosen[coalition]
    return chosen


def _stems_of(government: str) -> frozenset[str]:
    """The stems that a country has in the story's words: syrian, syria, damascus."""
    demonym = government.removesuffix(" government")
    return frozenset(stem(fold(word)) for word in (demonym, *countries.called(demonym)))


def _named(stems: Iterable[str]) -> Iterator[str]:
    """The demonyms of the countries that are named."""
    of_stem = _of_stem()
    yield from sorted({of_stem[word] for word in stems if word in of_stem})


@cache
def _of_stem() -> Mapping[str, str]:
    """Demonyms by the stems of all that names their country."""
    return {
        stem(fold(name)): demonym for demonym in countries.peoples() for name in (demonym, *countries.called(demonym))
    }


def _leads(government: str, coalition: str) -> bool:
    leader = coalition.split("-led")[0].replace(".", "")
    country = government.removesuffix(" government")
    return government.endswith(" government") and leader in (country, "US" if country == "American" else country)


def spelt(name: str) -> str:
    """Return the skeletons of a name's words without articles, so that its spellings meet: Jaish al-Islam, Jaysh al Islam; US-led, U.S.-led."""
    words = [fold(word) for word in re.split(r"[\s-]+", name.replace(".", ""))]
    return " ".join(skeleton(word) for word in words if word not in ARTICLES)
