"""Which clue is taken for the day, headline, outlet, byline and credit of a report, and the words that say why."""

import csv
from importlib.resources import files

import pytest
from hypothesis import given
from hypothesis import strategies as st

from headwater.intake import days
from headwater.intake.metadata import Clue, choose
from headwater.lists import outlets

CASES: dict[str, tuple[str, str | None]] = {
    # place and value, in the order in which they came → the day taken
    "one place that says it well": ("json-ld 2024-05-06T08:00:00+03:00", "2024-05-06T08:00:00+03:00"),
    "the page as it is shown": ("visible 2024-05-06", "2024-05-06"),
    "hour and offset before a bare day": (
        "open-graph 2024-05-06, json-ld 2024-05-06T08:00:00+03:00",
        "2024-05-06T08:00:00+03:00",
    ),
    "a day in the head alone is too little": ("meta 2024-05-06", None),
    "two places against one": ("json-ld 2024-05-06, open-graph 2024-05-06, visible 2024-05-01", "2024-05-06"),
    "one against one": ("json-ld 2024-05-06, visible 2024-05-01", None),
    "the address names another day": ("json-ld 2024-05-06, visible 2024-05-06, address 2022-05-06", None),
    "the address names the month": ("open-graph 2024-05-06, visible 2024-04-01, address 2024-05", "2024-05-06"),
    "a month is no day": ("address 2024-05", None),
    "another time zone": (
        "json-ld 2024-05-07T02:25:00+00:00, address 2024-05-06, visible 2024-05-06",
        "2024-05-06",
    ),
    "another time zone, by offset": (
        "open-graph 2024-05-07T02:25:00+00:00, json-ld 2024-05-06T22:25:00-04:00",
        "2024-05-06T22:25:00-04:00",
    ),
    "the morning moves to no other day": ("open-graph 2024-05-07T08:30:00+00:00, visible 2024-05-08", None),
    "several days shown, later ones last": ("visible 2024-05-06, visible 2024-05-20", "2024-05-06"),
    "several days shown, earlier ones last": ("visible 2024-05-20, visible 2024-05-06", None),
    "shown is the day of the change": (
        "json-ld 2024-05-06, open-graph 2024-05-06, address 2024-05-06, visible 2024-05-09, modified 2024-05-09",
        "2024-05-06",
    ),
    "changed later, and nothing shown tells the first": (
        "json-ld 2024-05-06, visible 2024-05-09, modified 2024-05-09",
        None,
    ),
    "changed later, but shown": ("json-ld 2024-05-06, visible 2024-05-06, modified 2024-05-09", "2024-05-06"),
    "after the capture": ("json-ld 2024-05-06, visible 2024-04-01, captured 2024-04-03", "2024-04-01"),
    "the day of the capture is today's date": (
        "visible 2024-04-01, visible 2024-05-06, captured 2024-05-06",
        "2024-04-01",
    ),
    "published on the day of the capture": ("visible 2024-05-06, captured 2024-05-06", "2024-05-06"),
    "a server's date": ("http 2024-05-06", None),
    "an archive's date": ("archive 2024-05-06", None),
    "the feed": ("feed 2024-05-06T08:00:00+00:00", "2024-05-06T08:00:00+00:00"),
    "nothing": ("", None),
}


def clues(told: str) -> list[Clue]:
    """Return clues written as `place value, place value`; a change or a capture is named by its field."""
    found = []
    for each in filter(None, told.split(", ")):
        place, value = each.split(" ", 1)
        field = place if place in ("modified", "captured") else "published"
        found.append(Clue(field, value, {"modified": "json-ld", "captured": "archive"}.get(place, place)))
    return found


@pytest.mark.parametrize("kind", CASES)
def test_which_day_is_taken(kind: str) -> None:
    """Places that agree outweigh others; where they contradict each other without a reason the day stays unknown."""
    told, expected = CASES[kind]
    assert choose(clues(told)).values.get("published") == expected


@given(st.permutations(clues(CASES["two places against one"][0])))
def test_the_order_of_places_changes_no_day(order: list[Clue]) -> None:
    """Which place came first does not matter where each says one thing."""
    assert choose(order).values["published"] == "2024-05-06"


@pytest.mark.parametrize(
    ("told", "whys"),
    [
        ("json-ld 2024-05-06, address 2024-05-06", ["JSON-LD and the address say so", "left: same as JSON-LD"]),
        (
            "json-ld 2024-05-06, open-graph 2024-05-06, visible 2024-05-09",
            ["JSON-LD and Open Graph say so", "left: same as JSON-LD", "left: 3 days after what JSON-LD says"],
        ),
        (
            "visible 2024-04-01, json-ld 2024-05-06, captured 2024-04-03",
            ["the page as it is shown says so", "left: in the future of the capture"],
        ),
        ("meta 2024-05-06", ["left: too little to go by alone"]),
        ("http 2024-05-06", ["left: a server's date says when it answered"]),
        (
            "json-ld 2024-05-07T02:25:00+00:00, address 2024-05-06, visible 2024-05-06",
            [
                "left: the same time in another time zone",
                "the address and the page as it is shown say so",
                "left: same as the address",
            ],
        ),
    ],
)
def test_every_verdict_says_why(told: str, whys: list[str]) -> None:
    """Each clue gets a verdict, in the order in which they came, in words that a person understands."""
    assert [each.why for each in choose(clues(told)).verdicts] == whys


def test_nothing_is_thrown_away() -> None:
    """Every clue but the capture's has one verdict, and at most one clue of a field wins."""
    told = [
        Clue(field, f"{field} {name}", "meta")
        for field in ("title", "outlet", "byline", "credit", "url", "canonical")
        for name in ("Aa", "Bb")
    ]
    verdicts = choose(told).verdicts
    assert [each.clue for each in verdicts] == told
    assert sum(each.won for each in verdicts) == 6


TITLES = [
    ("meta Two barges sink - River Gazette, outlet River Gazette", "Two barges sink"),
    ("meta Two barges sink | River Gazette, json-ld Two barges sink", "Two barges sink"),
    ("open-graph River Gazette: Two barges sink, outlet River Gazette", "Two barges sink"),
    ("meta Barges - a history", "Barges - a history"),
    ("visible Two barges sink, meta Two barges sink on Monday - Gazette", "Two barges sink"),
    ("visible Our newsletter, open-graph Two barges sink", "Two barges sink"),
    ("visible River Gazette, meta River Gazette, open-graph Two barges sink, outlet River Gazette", "Two barges sink"),
    (
        "visible Korva Two barges sink in the Tesk, open-graph Two barges sink in the Tesk",
        "Two barges sink in the Tesk",
    ),
]


@pytest.mark.parametrize(("told", "expected"), TITLES)
def test_a_title_is_the_headline_without_the_site(told: str, expected: str) -> None:
    """The name of the site goes where another clue shows that it is one; a heading that nothing bears out is not the headline."""
    found = []
    for each in told.split(", "):
        place, value = each.split(" ", 1)
        found.append(Clue("outlet", value, "open-graph") if place == "outlet" else Clue("title", value, place))
    assert choose(found).values["title"] == expected


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        ([("json-ld", "River Gazette"), ("address", "rivergazette.example")], "River Gazette"),
        ([("address", "rivergazette.example")], "rivergazette.example"),
        ([("open-graph", "BBC News"), ("address", "BBC")], "BBC"),
        ([("json-ld", "River Gazette"), ("address", "MSN")], "River Gazette"),
        ([("meta", "https://x.example/"), ("address", "rivergazette.example")], "rivergazette.example"),
    ],
)
def test_which_outlet_is_taken(told: list[tuple[str, str]], expected: str) -> None:
    """A listed domain names its outlet, but one that carries others' texts gives way to whom it carries; a bare domain comes last."""
    assert choose([Clue("outlet", value, place) for place, value in told]).values["outlet"] == expected


@pytest.mark.parametrize(
    "nobody",
    ["admin", "Redaktion", "Staff Writer", "https://x.example/me", "Reuters", "River Gazette", "desk@x.example"],
)
def test_a_byline_is_a_persons(nobody: str) -> None:
    """What a machine, a desk, an agency or the outlet itself is called is no byline."""
    told = [
        Clue("byline", nobody, "json-ld"),
        Clue("byline", "Ilka Strand", "meta"),
        Clue("outlet", "River Gazette", "meta"),
    ]
    assert choose(told).values["byline"] == "Ilka Strand"


def test_an_outlet_is_no_credit_to_itself() -> None:
    """A credit names another organisation than the outlet."""
    told = [
        Clue("outlet", "River Gazette", "json-ld"),
        Clue("credit", "The River Gazette", "json-ld"),
        Clue("credit", "AFP", "meta"),
    ]
    assert choose(told).values["credit"] == "AFP"


# ── dates as they are written ────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("written", "language", "expected"),
    [
        ("2024-05-06T08:00:00Z", "", "2024-05-06T08:00:00+00:00"),
        ("2024-05-06T08:00:00.123+0300", "", "2024-05-06T08:00:00+03:00"),
        ("2024-05-06 08:00", "", "2024-05-06T08:00:00"),
        ("2024/5/6", "", "2024-05-06"),
        ("20240506", "", "2024-05-06"),
        ("1714982400", "", "2024-05-06T08:00:00+00:00"),
        ("Mon, 06 May 2024 08:00:00 +0300", "", "2024-05-06T08:00:00+03:00"),
        ("6 May 2024", "", "2024-05-06"),
        ("May 6th, 2024", "", "2024-05-06"),
        ("6. Mai 2024", "", "2024-05-06"),
        ("6 de mayo de 2024", "", "2024-05-06"),
        ("le 6 août 2024", "", "2024-08-06"),
        ("6 maja 2024", "", "2024-05-06"),
        ("6 мая 2024", "", "2024-05-06"),
        ("2024年5月6日", "", "2024-05-06"),
        ("06.05.24", "de", "2024-05-06"),
        ("06/05/2024", "fr", "2024-05-06"),
        ("05/06/2024", "en-US", "2024-05-06"),
        ("05/06/2024", "en", None),
        ("05/16/2024", "en", "2024-05-16"),
        ("May 2024", "", None),
        ("2024-13-45", "", None),
        ("0001-01-01", "", None),
        ("1970-01-01T00:00:00Z", "", None),
        ("9999999999999", "", None),
        ("yesterday", "", None),
    ],
)
def test_a_date_is_read_as_it_was_meant(written: str, language: str, expected: str | None) -> None:
    """Machine forms and the big European languages are read; what is left open or senseless is no date."""
    assert days.iso(written, language=language) == expected


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("https://x.example/2024/05/06/barges", "2024-05-06"),
        ("https://x.example/2024/may/06/barges", "2024-05-06"),
        ("https://x.example/barges-20240506-abc", "2024-05-06"),
        ("https://x.example/2024/05/barges", "2024-05"),
        ("https://x.example/barges-120240506", None),
        ("https://x.example/barges?day=2024-05-06", None),
        ("https://x.example/2024/05/06-things", "2024-05"),
        ("https://x.example/2024-05-06/2023-01-02/", None),
        ("http://[", None),
    ],
)
def test_a_day_in_an_address(address: str, expected: str | None) -> None:
    """A path names a day or a month; longer numbers and what is asked after a question mark name none."""
    assert days.in_address(address) == expected


@pytest.mark.parametrize(
    ("moment", "language", "expected"),
    [
        ("2024-05-05T22:00:00+00:00", "de-DE", "2024-05-06T00:00:00+02:00"),
        ("2024-01-05T23:00:00+00:00", "fr", "2024-01-06T00:00:00+01:00"),
        ("2024-05-05T23:00:00+00:00", "de", "2024-05-05T23:00:00+00:00"),
        ("2024-05-05T22:00:00+00:00", "en", "2024-05-05T22:00:00+00:00"),
    ],
)
def test_midnight_in_central_europe(moment: str, language: str, expected: str) -> None:
    """A day that was written down as midnight and sent in universal time is the same moment and the day that was meant."""
    assert days.at_home(moment, language) == expected


@given(st.text(max_size=200))
def test_no_text_breaks_the_reading_of_dates(text: str) -> None:
    """Any text has dates or none, and reading them raises nothing."""
    assert all(days.day(each.day) for each in days.written(text))
    assert days.iso(text) is None or days.day(days.iso(text) or "")
    days.in_address(text)


def test_the_list_of_outlets() -> None:
    """Every domain is listed once, is a bare host, and is found with and without what stands before it."""
    with (files("headwater.lists") / "outlets.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    assert len({row["domain"] for row in rows}) == len(rows)
    assert all(row["domain"] == row["domain"].lower() and not row["domain"].startswith("www.") for row in rows)
    assert (outlets.name("www.bbc.co.uk"), outlets.name("news.bbc.co.uk"), outlets.name("x.example")) == (
        "BBC",
        "BBC",
        None,
    )
    assert (outlets.house("news.bbc.co.uk"), outlets.house("a.b.example")) == ("bbc.co.uk", "b.example")
