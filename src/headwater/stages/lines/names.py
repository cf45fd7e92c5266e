"""names of origins → which of them mean one body or person, as an equivalence, and which could mean several.

Two names are the same by themselves or not at all: a class of names is one only where every two of them are the same, so a third name
never merges two others. "Haddad" beside Rami Haddad is he; beside Rami and Samir Haddad it could be either, and is neither's:
such a name stands alone, and says between whom it is open. A body and who speaks for it are tied by what a report says of them.

>>> classes = same_names(["Rami Haddad", "Haddad", "Russian army", "Syrian army", "the army"])
>>> classes.label["Haddad"], sorted(classes.open["the army"])
('Rami Haddad', ['Russian army', 'Syrian army'])
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from headwater.lists import countries, newsrooms
from headwater.lists.bodies import usual
from headwater.stages.words import fold

NAME_PARTS = frozenset("al el ul as abu bin ibn abd umm".split())
BRITISH = {"defense": "defence", "center": "centre", "labor": "labour", "program": "programme", "theater": "theatre"}
"""spellings that names of bodies have in two forms"""
SMALL_WORDS = frozenset(
    """the a an of for in on at to and with from by s group organisation organization spokesman spokeswoman head director chief
    official officials agency news media state based president minister mr mrs dr""".split()
)
GENERATIONS = frozenset(["jr", "sr"])
"""words behind a name that tell a son from a father"""
JOINING = frozenset("of for in on at to and with from by".split())
"""words behind which a name says of what or where the thing before them is"""
WORD = re.compile(r"[^\W_]+(?:['’.-][^\W_]+)*\.?")
SEAT = re.compile(r"\b[\w.]{1,40}+[- ]based\b", re.I)
"""where a body has its seat is no part of its name: "the Britain-based Observatory" """
LONGEST_COUNTRY = 4  # words
SHORTEST_ABBREVIATION = 3  # letters; of two, too many names are made


@dataclass(frozen=True, slots=True)
class Name:
    """A name as its words: those that tell it from others, in order, and the countries among them."""

    words: tuple[str, ...]
    countries: frozenset[str]
    head: str | None
    """the word that the others qualify: Observatory of "Syrian Observatory for Human Rights", Ali of "Hassan Ali"; None without words"""

    @property
    def bag(self) -> frozenset[str]:
        return frozenset(self.words)

    @property
    def of_country_alone(self) -> bool:
        """Whether it names a country and nothing of it, so that any of its bodies may be meant."""
        return bool(self.words) and self.bag <= self.countries


@dataclass(frozen=True, slots=True)
class Classes:
    """An equivalence of names: equal labels mean one body or person."""

    label: Mapping[str, str]
    """by name: the longest name of its class"""
    open: Mapping[str, frozenset[str]] = field(default_factory=dict)
    """by label, where it could be any of several, or is not surely one: the labels of those"""


def same_names(names: Iterable[str], speak_for: Iterable[tuple[str, str]] = ()) -> Classes:
    """Return the classes of names; `speak_for` gives speakers with the body that a report says each speaks for."""
    every = sorted(set(names), key=lambda name: (-len(parsed(name).bag), -len(name), name))
    classes: list[list[str]] = []
    doubts: dict[int, set[int]] = {}
    for group in _equal(every):
        near = [n for n, members in enumerate(classes) if any(_may_be(group[0], member) for member in members)]
        whole = [n for n in near if n not in doubts and all(is_same(group[0], member) for member in classes[n])]
        if len(whole) == 1 and len([n for n in near if n not in doubts]) == 1:
            classes[whole[0]] += group
            continue
        if near:
            doubts[len(classes)] = set(near)
        classes.append(group)
    return _tied(classes, doubts, frozenset(speak_for))


def _equal(names: Sequence[str]) -> Iterator[list[str]]:
    """Yield the names of equal words together, in order of the first."""
    groups: dict[frozenset[str] | str, list[str]] = defaultdict(list)
    for name in names:
        groups[parsed(name).bag or fold(name)].append(name)
    yield from groups.values()


def _tied(
    classes: Sequence[Sequence[str]], doubts: Mapping[int, set[int]], speak_for: frozenset[tuple[str, str]]
) -> Classes:
    """Tie who speaks for one body to it; who speaks for several is open between them."""
    place = {name: n for n, members in enumerate(classes) for name in members}
    speaks_for: dict[int, set[int]] = defaultdict(set)
    for speaker, body in sorted(speak_for):
        if body not in place:
            continue
        for name, n in place.items():
            if n != place[body] and parsed(name).words and is_same(name, speaker):
                speaks_for[n].add(place[body])
    home = {n: _home(n, speaks_for) for n in range(len(classes))}
    longest: dict[int, str] = {}
    for n, members in enumerate(classes):
        longest[home[n]] = max([longest.get(home[n], ""), *members], key=lambda name: (len(name), name))
    open_between = {
        longest[home[n]]: frozenset(longest[home[m]] for m in may | speaks_for[n] if home[m] != home[n])
        for n in range(len(classes))
        if home[n] == n and (may := doubts.get(n, set()) | (speaks_for[n] if len(speaks_for[n]) > 1 else set()))
    }
    return Classes(
        {name: longest[home[n]] for name, n in place.items()},
        {label: others for label, others in open_between.items() if others},
    )


def _home(start: int, speaks_for: Mapping[int, set[int]]) -> int:
    """Return the class that a class speaks for in the end; itself where it speaks for none, for several, or in a circle."""
    seen, here = [start], start
    while len(speaks_for.get(here, ())) == 1:
        (here,) = speaks_for[here]
        if here in seen:
            return min(seen[seen.index(here) :])
        seen.append(here)
    return here


def is_same(one: str, two: str) -> bool:
    """Tell whether two names mean the same by themselves: equal, one within the other, or spelt otherwise."""
    if newsrooms.same(one, two) or _abbreviates(one, two) or _abbreviates(two, one):
        return True
    a, b = parsed(one), parsed(two)
    if not a.words or not b.words:
        return fold(one) == fold(two)
    if a.bag == b.bag:
        return True
    short, long = sorted((a, b), key=lambda name: len(name.bag))
    if short.bag < long.bag:
        return long.head in short.bag and not short.of_country_alone and not _another(short, long)
    return _spelt(a.bag, b.bag) and not _another(short, long)


def _may_be(one: str, two: str) -> bool:
    """Tell whether two names may mean the same: they do, or all words of one stand in the other, whatever it is of."""
    a, b = parsed(one).bag, parsed(two).bag
    return is_same(one, two) or (bool(a and b) and (a <= b or b <= a))


def _abbreviates(short: str, name: str) -> bool:
    """Tell whether a word in capitals is made of a name's first letters: IRL of the International Relief League."""
    letters = re.sub(r"^[Tt]he |\.", "", short)
    if not (letters.isalpha() and letters.isupper() and len(letters) >= SHORTEST_ABBREVIATION):
        return False
    words = [word for word in WORD.findall(name) if word not in JOINING and word not in ("the", "The", "and")]
    return len(words) >= SHORTEST_ABBREVIATION and letters == "".join(word[0] for word in words)


def _another(short: Name, long: Name) -> bool:
    """Tell whether the longer of two names is somebody else's.

    Words before the country make another body of it: the Free Syrian Army is not the Syrian army. And Amos Tallis is not Amos Tallis Jr.
    """
    if len(short.words) > 1 and GENERATIONS & long.bag - short.bag:
        return True
    first = next((n for n, word in enumerate(long.words) if word in long.countries), 0)
    return not frozenset(long.words[:first]) <= short.bag


def _spelt(a: frozenset[str], b: frozenset[str]) -> bool:
    """Tell whether two names of two words or more differ by spelling alone: Karim Tannous and Karim Tanous."""
    short, long = sorted((a - NAME_PARTS, b - NAME_PARTS), key=len)
    return len(short) > 1 and {_sound(word) for word in short} <= {_sound(word) for word in long}


def _sound(word: str) -> str:
    """What the spellings of a transliterated word share: its first letter and its consonants, none twice in a row."""
    return re.sub(r"(.)\1+", r"\1", word[:1] + re.sub(r"[aeiouyh]", "", word[1:]))


@lru_cache(maxsize=20_000)
def parsed(name: str) -> Name:
    """Return the words of a name that tell it from others; a country, its people and its possessive are one word."""
    words: list[str] = []
    states: set[str] = set()
    head: str | None = None
    for word, is_country in _words(SEAT.sub(" ", usual(name) or name)):
        if word in JOINING and words:
            head = head or words[-1]
        if word not in SMALL_WORDS:
            words.append(word)
            states.update([word] if is_country else [])
    last = next((word for word in reversed(words) if word not in GENERATIONS), None)
    return Name(tuple(words), frozenset(states), head or last)


def _words(name: str) -> Iterator[tuple[str, bool]]:
    """Yield each word as it is compared, and whether it stands for a country."""
    written = WORD.findall(name)
    place = 0
    while place < len(written):
        for length in range(min(LONGEST_COUNTRY, len(written) - place), 0, -1):
            demonym = _demonym(" ".join(written[place : place + length]))
            if demonym is not None:
                yield fold(demonym), True
                break
        else:
            length = 1
            for part in re.split(r"[.-]", written[place]):
                if part:
                    plain = BRITISH.get(fold(part), fold(part))
                    yield re.sub(r"(?<=[a-z]{3})s$", "", plain), False
        place += length


def _demonym(words: str) -> str | None:
    """Return Syrian for Syria, Syria's and Syrian; None for what names no country."""
    return words if countries.country_of(words) is not None else countries.demonym_of(words)
