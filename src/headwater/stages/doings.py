"""The doers that a story's statements name, led back to one name each.

"Government forces" are the government that the story's other statements name most; "the coalition" is the one coalition that is
told with who leads it, and so is the leading country where it struck; names that differ only in how they are spelt out of another
script are one. What stays open stays as it was said.
"""

import re
from collections import Counter
from collections.abc import Iterable, Mapping

from headwater.stages.openings import skeleton
from headwater.stages.words import fold, stem

ARTICLES = frozenset("al el the an as ash ad ar at az".split())


def led_back(names: Iterable[str], stems: Iterable[str] = ()) -> Mapping[str, str]:
    """Return for each name the one that stands for it in this story; the more often told spelling wins, then the first.

    Whose government a bare "government" is, the country that the story's words (stems) name most decides, then how often it acts.
    """
    told = Counter(names)
    order = sorted(told, key=lambda name: (-told[name], name))
    same: dict[str, str] = {}
    chosen = {name: same.setdefault(spelt(name), name) for name in order}
    coalition = next((name for name in order if name.endswith("-led coalition")), None)
    named = Counter(stems)
    governments = [
        name for name in order if name.endswith(" government") and not (coalition and _leads(name, coalition))
    ]
    government = max(governments, key=lambda name: named[_stem_of(name)], default=None)
    for name in told:
        if name == "government" and government:
            chosen[name] = chosen[government]
        elif coalition and (name == "coalition" or _leads(name, coalition)):
            chosen[name] = chosen[coalition]
    return chosen


def _stem_of(government: str) -> str:
    """The stem that a country's demonym has in the story's words: syrian."""
    return stem(fold(government.removesuffix(" government")))


def _leads(government: str, coalition: str) -> bool:
    leader = coalition.split("-led")[0].replace(".", "")
    country = government.removesuffix(" government")
    return government.endswith(" government") and leader in (country, "US" if country == "American" else country)


def spelt(name: str) -> str:
    """Return the skeletons of a name's words without articles, so that its spellings meet: Jaish al-Islam, Jaysh al Islam; US-led, U.S.-led."""
    words = [fold(word) for word in re.split(r"[\s-]+", name.replace(".", ""))]
    return " ".join(skeleton(word) for word in words if word not in ARTICLES)
