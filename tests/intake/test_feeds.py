"""Feeds: an entry is the same in every kind, what a feed says of it, and what becomes of damaged and hostile feeds."""

import hashlib
import io
import json
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
from making import TEXT, an_item, problems, reports

from headwater.intake import feeds
from headwater.intake.items import Came, Item
from headwater.records import Problem

ENTRY = f"<p>{TEXT}</p><p>Nobody was hurt.</p>"
RSS = f"""<?xml version="1.0"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"
 xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>River &amp; Gazette</title><link>https://r.example/</link><item>
<title>Barges &lt;i&gt;sink&lt;/i&gt;</title><link>/barges</link><guid isPermaLink="false">rg-1</guid>
<description>{TEXT[:30]} …</description><content:encoded><![CDATA[{ENTRY}]]></content:encoded>
<pubDate>Mon, 06 May 2024 10:00:00 +0200</pubDate><dc:creator>Ann Example</dc:creator></item></channel></rss>"""
ATOM = f"""<feed xmlns="http://www.w3.org/2005/Atom" xml:base="https://r.example/"><title>River &amp; Gazette</title><entry>
<id>rg-1</id><title type="html">Barges &lt;i&gt;sink&lt;/i&gt;</title><link href="barges"/>
<published>2024-05-06T08:00:00Z</published><author><name>Ann Example</name></author>
<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml">{ENTRY}</div></content></entry></feed>"""
RDF = f"""<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"
 xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:content="http://purl.org/rss/1.0/modules/content/">
<channel rdf:about="https://r.example/"><title>River &amp; Gazette</title></channel><item rdf:about="https://r.example/barges">
<title>Barges sink</title><link>https://r.example/barges</link><dc:identifier>x</dc:identifier><dc:creator>Ann Example</dc:creator>
<dc:date>2024-05-06T08:00:00Z</dc:date><content:encoded><![CDATA[{ENTRY}]]></content:encoded></item></rdf:RDF>"""
JSON = json.dumps(
    {
        "version": "https://jsonfeed.org/version/1.1",
        "title": "River & Gazette",
        "home_page_url": "https://r.example/",
        "items": [
            {
                "id": "rg-1",
                "url": "/barges",
                "title": "Barges sink",
                "content_html": ENTRY,
                "date_published": "2024-05-06T10:00:00+02:00",
                "authors": [{"name": "Ann Example"}],
            }
        ],
    }
)
KINDS = {"rss": RSS, "atom": ATOM, "rdf": RDF, "json": JSON}


def spread(content: str | bytes, *, came: Came | None = None) -> list[Item | Problem]:
    """Return what is in a feed."""
    given = content if isinstance(content, bytes) else content.encode()
    return list(feeds.spread(Item("f.xml", "f.xml", b"", came=came), io.BytesIO(given)))


def entries(content: str | bytes) -> list[Item]:
    """Return the entries of a feed that is sound."""
    found = spread(content)
    assert problems(found) == []
    return [each for each in found if isinstance(each, Item)]


def clues(item: Item) -> dict[str, str]:
    """Return what the feed says of an entry."""
    assert {clue.place for clue in item.clues} <= {"feed"}
    return {clue.field: clue.value for clue in item.clues}


def with_entry(*tags: str) -> str:
    """Return an RSS feed with one entry."""
    return f"<rss version='2.0'><channel><title>R</title><item>{''.join(tags)}</item></channel></rss>"


# ── entries ──────────────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("kind", KINDS)
def test_an_entry_is_the_same_in_every_kind_of_feed(kind: str) -> None:
    """RSS, Atom, RDF and JSON Feed give one text and say the same of it."""
    (entry,) = entries(KINDS[kind])
    (report,) = reports(feeds.read_entry(entry))
    assert clues(entry) == {
        "title": "Barges sink",
        "byline": "Ann Example",
        "published": "2024-05-06T08:00:00Z",
        "outlet": "River & Gazette",
        "url": "https://r.example/barges",
    }
    assert report.text == f"{TEXT}\n\nNobody was hurt."
    assert (report.title, report.outlet) == ("Barges sink", "River & Gazette")


def test_an_entry_says_where_it_was_got() -> None:
    """Name, place and capture are those of the entry, and the digest is that of what is handed on."""
    (entry,) = entries(RSS)
    assert (entry.name, entry.place, entry.media) == ("rg-1", "f.xml#rg-1", feeds.ENTRY_MEDIA)
    assert entry.came == Came(
        way="feed", digest=hashlib.sha256(entry.content).hexdigest(), url="https://r.example/barges", record="rg-1"
    )


def test_a_link_is_relative_to_where_the_feed_was_got() -> None:
    """Links of a feed that was fetched are relative to the address that answered."""
    came = Came(way="link", digest="", url="https://old.example/feed", final="https://new.example/news/feed")
    (entry,) = spread(with_entry("<title>t</title><link>a/1</link>"), came=came)
    assert isinstance(entry, Item)
    assert clues(entry)["url"] == "https://new.example/news/a/1"


@pytest.mark.parametrize("link", ["javascript:alert(1)", "file:///etc/passwd", "http://[", "data:text/html,x"])
def test_what_is_no_address_of_the_web_is_no_link(link: str) -> None:
    """Links that lead elsewhere than to the web stay unknown."""
    (entry,) = entries(with_entry(f"<title>t</title><link>{link}</link>"))
    assert "url" not in clues(entry)


def test_whom_a_feed_took_an_entry_from_is_a_credit() -> None:
    """The `source` of an entry is whom it was taken from, not who publishes the feed."""
    (entry,) = entries(with_entry("<title>t</title><source url='https://w.example/'>Wire</source>"))
    assert (clues(entry)["credit"], clues(entry)["outlet"]) == ("Wire", "R")


@pytest.mark.parametrize(
    ("tag", "told"),
    [
        ("<pubDate>Mon, 06 May 2024 08:00:00 GMT</pubDate>", {"published": "2024-05-06T08:00:00Z"}),
        ("<pubDate>2024-05-06</pubDate>", {"published": "2024-05-06"}),
        ("<pubDate>2024-05-06T08:00:00</pubDate>", {"published": "2024-05-06T08:00:00"}),
        ("<pubDate>Mon, 06 May 2024 08:00:00 EST</pubDate>", {"published": "2024-05-06T13:00:00Z"}),
        ("<pubDate>soon</pubDate>", {}),
        ("<pubDate>99/99/9999</pubDate>", {}),
    ],
)
def test_a_date_is_as_exact_as_it_was_told(tag: str, told: dict[str, str]) -> None:
    """A day stays a day, a time without a zone gets none, and what is no date is unknown."""
    (entry,) = entries(with_entry("<title>t</title>", tag))
    assert {field: value for field, value in clues(entry).items() if field in ("published", "modified")} == told


def test_when_an_atom_entry_was_changed_is_no_publication() -> None:
    """Atom's `updated` is told as the change that it is."""
    (entry,) = entries(ATOM.replace("published>", "updated>"))
    assert clues(entry)["modified"] == "2024-05-06T08:00:00Z"
    assert "published" not in clues(entry)


def test_entries_of_one_id_are_both_kept_if_they_differ() -> None:
    """A feed that repeats itself gives one entry, one that changed it under the same id two."""
    one, other = (f"<item><guid>1</guid><title>{title}</title><description>x</description></item>" for title in "ab")
    feed = f"<rss version='2.0'><channel>{one}{other}{one}</channel></rss>"
    assert [json.loads(entry.content)["title"] for entry in entries(feed)] == ["a", "b"]


def test_an_entry_without_text_is_a_problem() -> None:
    """A feed that gives titles and links only says to follow them."""
    (entry,) = entries(with_entry("<title>t</title><link>https://r.example/1</link>"))
    (problem,) = feeds.read_entry(entry)
    assert isinstance(problem, Problem)
    assert problem.code == "HW204"
    assert "follow" in problem.hint


@pytest.mark.parametrize("content", [b"", b"[]", b"5", b"{", b"[" * 100_000, b'{"html": 5}', b"\xff"])
def test_what_is_no_entry_is_a_problem(content: bytes) -> None:
    """Bytes that were never made by a feed are a problem, not a crash."""
    (problem,) = feeds.read_entry(an_item(content))
    assert isinstance(problem, Problem)


# ── feeds ────────────────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "cp1252", "koi8-r"])
def test_a_feed_comes_through_every_encoding(encoding: str) -> None:
    """The encoding that the feed declares is the one in which it is read."""
    word = "Корва" if encoding == "koi8-r" else "Kœrva" if encoding == "cp1252" else "Kœrva Корва"
    feed = f'<?xml version="1.0" encoding="{encoding}"?>' + with_entry(f"<title>{word}</title>")
    (entry,) = entries(feed.encode(encoding))
    assert clues(entry)["title"] == word


@pytest.mark.parametrize("kind", ["rss", "atom", "json"])
def test_an_empty_feed_holds_nothing(kind: str) -> None:
    """A sound feed without entries is neither an entry nor a problem."""
    empty = {
        "rss": "<rss version='2.0'><channel><title>R</title></channel></rss>",
        "atom": "<feed xmlns='http://www.w3.org/2005/Atom'><title>R</title></feed>",
        "json": '{"version": "https://jsonfeed.org/version/1", "items": []}',
    }
    assert spread(empty[kind]) == []


def test_a_damaged_feed_gives_the_entries_that_it_has() -> None:
    """Undeclared entities, open tags and a cut end lose nothing that came before."""
    feed = RSS.replace("</item></channel></rss>", "</item><item><title>Second &nbsp; &foo <b></title><guid>rg-2</guid>")
    assert [entry.name for entry in entries(feed)] == ["rg-1", "rg-2"]


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"text",
        b"http://127.0.0.1/",
        b"/etc/passwd",
        b"<html><p>x",
        b"<a/>",
        b"{}",
        b'{"items": 5}',
        b"{",
        b'{"a":' * 10_000,
    ],
)
def test_what_is_no_feed_is_one_problem(content: bytes) -> None:
    """Pages, texts, addresses and other JSON are a problem each."""
    (problem,) = spread(content)
    assert isinstance(problem, Problem)
    assert problem.code == "HW210"


def test_a_row_of_a_json_feed_that_is_no_object_is_a_problem() -> None:
    """The other entries are read."""
    entry, problem = spread('{"items": [5, {"id": 7, "content_text": "It sank."}]}')
    assert isinstance(entry, Item)
    assert isinstance(problem, Problem)
    assert (entry.name, problem.code, problem.thing) == ("7", "HW203", "f.xml:1")


def test_a_feed_that_is_too_large_is_a_problem() -> None:
    """A feed is read whole, and so not beyond 20 MB."""
    (problem,) = spread(b"<" * (feeds.LARGEST_FEED + 1))
    assert isinstance(problem, Problem)
    assert problem.code == "HW206"


# ── hostile ones ─────────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.fixture
def opened() -> Iterator[Sequence[str]]:
    """Names of the files that are opened, and of the hosts that are asked, while a test runs."""
    seen: list[str] = []
    watching = [True]

    def note(event: str, args: tuple[object, ...]) -> None:
        if watching and event in ("open", "socket.connect", "socket.getaddrinfo"):
            seen.append(str(args[0]))

    sys.addaudithook(note)
    yield seen
    watching.clear()  # a hook cannot be taken off


@pytest.mark.parametrize("declared", ["SYSTEM 'file://{path}'", "SYSTEM 'http://127.0.0.1:9/'", "'inner'"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "cp037"])
def test_entities_that_a_feed_declares_are_not_expanded(
    declared: str, encoding: str, tmp_path: Path, opened: Sequence[str]
) -> None:
    """Neither files nor addresses nor texts come in by entities, in whatever encoding they hide."""
    path = tmp_path / "secret"
    path.write_text("inner")
    spread(RSS)  # imports what it needs
    del opened[:]  # type: ignore[attr-defined]
    feed = f"<?xml version='1.0' encoding='{encoding}'?><!DOCTYPE rss [<!ENTITY x {declared.format(path=path)}>]>"
    found = spread((feed + with_entry("<title>t</title><description>a &x; b</description>")).encode(encoding))
    assert all("inner" not in str(each) for each in found)
    assert not [name for name in opened if "secret" in name or "127" in name]


def test_entities_inside_entities_stay_small() -> None:
    """A feed whose entities would unfold to gigabytes gives an entry of a few characters."""
    levels = "".join(f"<!ENTITY e{n} '{f'&e{n - 1};' * 10}'>" for n in range(1, 10))
    feed = f"<!DOCTYPE rss [<!ENTITY e0 'ha'>{levels}]>" + with_entry("<title>t</title><description>&e9;</description>")
    assert all(len(entry.content) < 200 for entry in entries(feed))


def test_what_is_read_from_an_entry_is_inert() -> None:
    """Scripts in the text and in the title of an entry are gone."""
    (entry,) = entries(
        with_entry(
            "<title>&lt;b&gt;Sunk&lt;/b&gt;&lt;script&gt;x()&lt;/script&gt;</title>",
            "<description>&lt;script&gt;x()&lt;/script&gt;It sank.&lt;img onerror='x()'&gt;</description>",
        )
    )
    (report,) = reports(feeds.read_entry(entry))
    assert (report.title, report.text) == ("Sunk", "It sank.")
