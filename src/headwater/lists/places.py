"""Towns, first-order regions and countries with their spellings, from GeoNames (CC BY 4.0); built by training/gazetteer.py.

A hundred and seventy thousand towns of a thousand people and more. The two files are kept as sorted lines and read by bisection,
so that they are there in a tenth of a second.
"""

import gzip
import re
import unicodedata
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files

ARTICLES = frozenset("the al el an as ash ad ar at az ed er es et ez".split())
LETTERS = re.compile(r"[^\W_]+")
SOUNDS = (("ph", "f"), ("kh", "k"), ("gh", "g"), ("dh", "d"), ("q", "k"), ("c", "k"), ("z", "s"))
LONG = 6  # letters of a name that can be told by its sound
MARKS = re.compile(r"[’‘ʻʼʾʿ'`´ʹ.]")


@dataclass(frozen=True, slots=True)
class Place:
    """A place as GeoNames has it."""

    id: str
    """GeoNames' number for a town, ISO 3166 for a country, country and code for a region: SY.09"""
    name: str
    kind: str
    """town, region or country"""
    country: str
    region: str
    """id of the region, empty where none is known"""
    latitude: float | None
    longitude: float | None
    people: int
    larger: str
    """id of the city nearby of which some tell it to be a part, empty where there is none"""

    @property
    def full_name(self) -> str:
        """The name with the region and the country around it, as far as they are other names: Saraqib, Idlib, SY."""
        region = _row(_numbers()[self.region]).name if self.region and self.kind == "town" else ""
        return ", ".join(
            dict.fromkeys(filter(None, (self.name, region, "" if self.kind == "country" else self.country)))
        )

    def within(self, other: "Place") -> bool:
        """Tell whether it lies in another place: a town in its region, its country or the city around it."""
        return other.id in (self.id, self.region, self.country, self.larger)


@lru_cache(maxsize=100_000)
def folded(name: str) -> str:
    """Return a name in lower case without accents, apostrophes and articles: Deir ez-Zor and Deir al-Zor are one."""
    plain = "".join(c for c in unicodedata.normalize("NFKD", name) if not unicodedata.combining(c))
    words = LETTERS.findall(MARKS.sub("", plain.casefold()))
    return " ".join([word for word in words if word not in ARTICLES] or words)


@lru_cache(maxsize=100_000)
def sounded(name: str) -> str | None:
    """Return what the spellings of a name out of Arabic or Persian script share, with a mark before it: ~hsk for Hasakah and Hassakeh.

    None for a name too short to be told by it.
    """
    plain = folded(name)
    words = [skeleton(word) for word in plain.split()]
    heard = "".join([words[0], *(word.lstrip("aeiou") for word in words[1:])]) if words else ""
    return f"~{heard}" if len(heard) >= 3 and len(plain) >= LONG else None


def skeleton(name: str) -> str:
    """Return what the spellings of a transliterated word share: its consonants, related ones as one, none twice in a row."""
    plain = re.sub(r"^al-?(?=\w{3})", "", name)
    for written, heard in SOUNDS:
        plain = plain.replace(written, heard)
    return re.sub(r"(.)\1+", r"\1", plain[:1] + re.sub(r"[aeiouyh]", "", plain[1:]))


@cache
def _lines(name: str) -> Sequence[bytes]:
    return gzip.decompress((files(__package__) / name).read_bytes()).split(b"\n")


@cache
def _row(number: int) -> Place:
    id, name, kind, country, region, latitude, longitude, people, larger = (
        _lines("places.tsv.gz")[number].decode().split("\t")
    )
    where = [float(each) if each else None for each in (latitude, longitude)]
    return Place(id, name, kind, country, region, where[0], where[1], int(people), larger)


@lru_cache(maxsize=100_000)
def spelt(name: str) -> tuple[Place, ...]:
    """Return the places that are written so, the most populous first."""
    return _under(folded(name))


@lru_cache(maxsize=100_000)
def sounding(name: str) -> tuple[Place, ...]:
    """Return the places of the Arabic- and Persian-speaking countries that sound so, the most populous first."""
    heard = sounded(name)
    return _under(heard) if heard else ()


def _under(spelling: str) -> tuple[Place, ...]:
    key, lines = spelling.encode() + b"\t", _lines("spellings.tsv.gz")
    at = bisect_left(lines, key)
    if at == len(lines) or not lines[at].startswith(key):
        return ()
    found = [_row(int(number)) for number in lines[at][len(key) :].split()]
    return tuple(sorted(found, key=lambda place: (-place.people, place.id)))


@cache
def _numbers() -> dict[str, int]:
    return {line.split(b"\t", 1)[0].decode(): number for number, line in enumerate(_lines("places.tsv.gz"))}


def place(id: str) -> Place:
    """Return the place with this id."""
    return _row(_numbers()[id])
