"""Pages: main text, clues and where they stood, characters, and what hostile pages come to."""

import pytest

from headwater.intake import html
from headwater.intake.clue import Clue
from headwater.intake.items import Came, Item
from headwater.records import Candidate, Capture, Problem, Report

PARAGRAPHS = (
    "Two barges loaded with gravel sank in the river Tesk on Monday morning, police in Lower Korva said.",
    "Nobody was hurt, but the channel will stay closed to shipping until the end of the week, the river office announced.",
)
BODY = "".join(f"<p>{each}</p>" for each in PARAGRAPHS)
HEADLINE = "Two barges sink in the Tesk"


def page(*, head: str = "", above: str = "", body: str = BODY, below: str = "") -> str:
    """Return a page with a headline, and what stands above and below it."""
    return (
        f"<!doctype html><html><head><title>{HEADLINE} - River Gazette</title>{head}</head><body><nav>Home</nav><article>"
        f"<h1>{HEADLINE}</h1>{above}{body}</article>{below}<footer>All rights reserved</footer></body></html>"
    )


def read(content: str | bytes, *, address: str = "", media: str = "", came: Came | None = None) -> list[object]:
    """Read a page as one that came from an address."""
    told = (Clue("url", address, "http"),) if address else ()
    raw = content if isinstance(content, bytes) else content.encode("utf-8", "surrogatepass")
    return list(html.read(Item("page.html", "page.html", raw, media=media, clues=told, came=came)))


def report(rows: list[object]) -> Report:
    """Return the one report among rows."""
    (found,) = [each for each in rows if isinstance(each, Report)]
    return found


def said(rows: list[object], field: str) -> list[tuple[str, str]]:
    """Return place and value of each candidate for a field."""
    return [(each.place, each.value) for each in rows if isinstance(each, Candidate) and each.field == field]


def ld(text: str) -> str:
    """Return a JSON-LD script."""
    return f'<script type="application/ld+json">{text}</script>'


# ── text ─────────────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_each_paragraph_stands_on_its_own_line() -> None:
    """The main text is the paragraphs, one a line, without menus and footers."""
    lines = report(read(page())).text.split("\n")
    assert [each for each in lines if each != HEADLINE] == list(PARAGRAPHS)


def test_a_standfirst_is_part_of_the_text() -> None:
    """The paragraph under the headline stands first even where an extractor drops it; it is not put in twice."""
    lead = "A convoy of gravel barges broke up below the Korva lock, and the police look for its tug."
    above = f'<header class="standfirst">{lead}</header>'
    text = report(read(page(above=above))).text
    assert text.count(lead) == 1
    assert text.index(lead) < text.index(PARAGRAPHS[0])


@pytest.mark.parametrize(
    "line",
    [
        "Read more: The lock at Korva",
        "Lesen Sie auch: Die Schleuse",
        "Te puede interesar: La esclusa",
        "Subscribe now to our letter.",
    ],
)
def test_lines_that_lead_elsewhere_are_cut(line: str) -> None:
    """A line that asks to read on elsewhere is no part of a report."""
    text = report(read(page(body=f"{BODY}<p>{line}</p>{BODY.replace('Two', 'Three')}"))).text
    assert line not in text


@pytest.mark.parametrize(
    "line", ["(Reporting by Ilka Strand; editing by Tom Ree)", "© AFP 2024, all rights reserved by the agency"]
)
def test_credit_lines_stay(line: str) -> None:
    """What says whose text it is stays in it."""
    assert line in report(read(page(body=f"{BODY}<p>{line}</p>"))).text


def test_a_table_is_read() -> None:
    """The cells of a table are text: lists of names stand in them."""
    table = "<table><tr><td>Ana Korvin</td><td>tug master</td></tr><tr><td>Per Lund</td><td>deckhand</td></tr></table>"
    assert "Per Lund" in report(read(page(body=BODY + table))).text


# ── clues ────────────────────────────────────────────────────────────────────────────────────────────────────────────────

ARTICLE = (
    '{"@type": "NewsArticle", "headline": "Two barges sink in the Tesk", "datePublished": "2024-05-06T08:00:00+03:00"}'
)


@pytest.mark.parametrize(
    "script",
    [
        ARTICLE,
        f"[{ARTICLE}]",
        f'{{"@graph": [{{"@type": "WebSite", "name": "River Gazette"}}, {ARTICLE}]}}',
        f'{{"@type": "WebPage", "mainEntity": {ARTICLE}}}',
        ARTICLE.replace("NewsArticle", "ReportageNewsArticle"),
        ARTICLE.replace('"NewsArticle"', '["Article", "NewsArticle"]'),
        ARTICLE[:-1] + ",}",
        f"<!-- {ARTICLE} -->",
        ARTICLE[:-1],
    ],
    ids="plain list graph main-entity kind two-kinds comma comment broken".split(),
)
def test_json_ld_is_found_in_every_shape(script: str) -> None:
    """The article's day is found alone, in lists, in graphs, under a page, and in scripts that are broken in usual ways."""
    assert ("json-ld", "2024-05-06T08:00:00+03:00") in said(read(page(head=ld(script))), "published")


def test_only_the_article_of_the_page_counts() -> None:
    """Of several articles in JSON-LD the one with the page's headline is meant."""
    other = ARTICLE.replace("Two barges sink in the Tesk", "Rain").replace("05-06", "01-01")
    rows = read(page(head=ld(f"[{other}, {ARTICLE}]")))
    assert said(rows, "published") == [("json-ld", "2024-05-06T08:00:00+03:00")]


PLACES = {
    "open-graph": ('<meta property="article:published_time" content="2024-05-06T08:00:00+03:00">', "published", "2024-05-06T08:00:00+03:00"),
    "parsely": ('<meta name="parsely-pub-date" content="2024-05-06">', "published", "2024-05-06"),
    "Dublin Core": ('<meta name="DC.date.issued" content="2024-05-06">', "published", "2024-05-06"),
    "citation": ('<meta name="citation_publication_date" content="2024/05/06">', "published", "2024-05-06"),
    "microdata": ('<meta itemprop="datePublished" content="2024-05-06">', "published", "2024-05-06"),
    "site": ('<meta property="og:site_name" content="River Gazette">', "outlet", "River Gazette"),
    "author": ('<meta name="author" content="Ilka Strand">', "byline", "Ilka Strand"),
    "agency as author": ('<meta name="author" content="Reuters">', "credit", "Reuters"),
    "agency beside a person": ('<meta name="author" content="Ilka Strand und dpa">', "credit", "dpa"),
    "syndication": ('<meta name="syndication-source" content="https://basinpost.example/barges">', "credit", "https://basinpost.example/barges"),
    "modified": ('<meta property="article:modified_time" content="2024-05-07">', "modified", "2024-05-07"),
    "canonical": ('<link rel="canonical" href="https://rivergazette.example/barges">', "canonical", "https://rivergazette.example/barges"),
    "provider": (ld(ARTICLE[:-1] + ', "provider": {"@type": "Organization", "name": "AFP"}}'), "credit", "AFP"),
    "publisher by its id": (
        ld(f'{{"@graph": [{ARTICLE[:-1]}, "publisher": {{"@id": "#us"}}}}, {{"@id": "#us", "@type": "Organization", "name": "River Gazette"}}]}}'),
        "outlet",
        "River Gazette",
    ),
}  # fmt: skip


@pytest.mark.parametrize("kind", PLACES)
def test_what_the_head_says_is_found(kind: str) -> None:
    """Each usual way to say it in the head gives a candidate."""
    head, field, value = PLACES[kind]
    assert value in [found for _, found in said(read(page(head=head)), field)]


VISIBLE = {
    "time element": ('<time datetime="2024-05-06T08:00:00+03:00">today</time>', ["2024-05-06T08:00:00+03:00"]),
    "words": ("<p>By Ilka Strand, 6 May 2024</p>", ["2024-05-06"]),
    "German": ("<p>Veröffentlicht am 6. Mai 2024, 8 Uhr</p>", ["2024-05-06"]),
    "prose is passed over": (f"<p>The lock was built on 6 May 1924 {'by many hands ' * 20}</p>", []),
    "a dateline is not": (f"<p>6 May 2024 – {PARAGRAPHS[0]} {PARAGRAPHS[1]}</p>", ["2024-05-06"]),
    "changed": ("<p>Updated: 7 May 2024</p>", []),
    "both": ("<p>Published 6 May 2024, last updated 7 May 2024</p>", ["2024-05-06"]),
    "another's": ('<div class="related"><p>6 May 2024</p></div>', []),
    "a comment's": ('<div class="comments"><time datetime="2024-05-06">6 May 2024</time></div>', []),
    "no full date": ("<p>6 May</p>", []),
}


@pytest.mark.parametrize("kind", VISIBLE)
def test_dates_shown_near_the_headline(kind: str) -> None:
    """A date beside the headline is a clue; one in prose, of a change, of other reports or of comments is none."""
    above, expected = VISIBLE[kind]
    assert [value for _, value in said(read(page(above=above)), "published")] == expected


def test_the_address_is_a_clue_to_day_and_outlet() -> None:
    """The day in the address and its domain are clues; without another the bare domain is the outlet."""
    rows = read(page(), address="https://www.rivergazette.example/2024/05/06/barges")
    assert said(rows, "published") == [("address", "2024-05-06")]
    assert (report(rows).outlet, report(rows).published) == ("rivergazette.example", "2024-05-06")
    assert report(rows).url == "https://www.rivergazette.example/2024/05/06/barges"


def test_a_canonical_address_elsewhere_is_a_credit() -> None:
    """A page that calls another house's address its own names whose text it is."""
    head = '<link rel="canonical" href="https://www.basinpost.example/barges">'
    rows = read(page(head=head), address="https://rivergazette.example/barges")
    assert said(rows, "credit") == [("meta", "basinpost.example")]
    assert said(read(page(head=head), address="https://m.basinpost.example/barges"), "credit") == []


def test_first_reported_by_is_a_credit() -> None:
    """A text that says where it stood first credits that outlet."""
    body = BODY + "<p>The accident was first reported by the Basin Post.</p>"
    assert said(read(page(body=body)), "credit") == [("visible", "Basin Post")]


def test_the_archives_date_is_a_bound_and_no_day() -> None:
    """The day on which the Wayback Machine took a page is no candidate, and what is later is left."""
    address = "https://web.archive.org/web/20240506120000/https://rivergazette.example/barges"
    rows = read(page(head='<meta property="article:published_time" content="2024-06-01">'), address=address)
    (only,) = [each for each in rows if isinstance(each, Candidate) and each.field == "published"]
    assert (only.won, only.why) == (False, "left: in the future of the capture")
    assert report(rows).outlet == "rivergazette.example"


def test_how_a_page_came_bounds_its_day() -> None:
    """A page that was fetched has a capture, and its day is not after it."""
    came = Came("link", "0" * 64, url="https://rivergazette.example/barges", at="2024-05-06T12:00:00+00:00")
    rows = read(page(above="<p>1 July 2024</p>"), came=came)
    assert report(rows).published is None
    assert len([each for each in rows if isinstance(each, Capture)]) == 1


# ── characters ───────────────────────────────────────────────────────────────────────────────────────────────────────────

CAFE = page(body=BODY.replace("Nobody", "“Café Żółw”: nobody"))
CYRILLIC = page(body=BODY.replace("Nobody", "Никто"))


@pytest.mark.parametrize(
    ("content", "media", "expected"),
    [
        (CAFE.encode(), "", "Żółw"),
        (b"\xef\xbb\xbf" + CAFE.encode(), "text/html; charset=iso-8859-1", "Żółw"),
        (CAFE.encode(), "text/html; charset=iso-8859-1", "Żółw"),
        (CAFE.encode("utf-16"), "", "Żółw"),
        (CAFE.encode("cp1250"), "text/html; charset=windows-1250", "Żółw"),
        (CYRILLIC.replace("<head>", '<head><meta charset="koi8-r">').encode("koi8-r"), "", "Никто"),
        (
            CYRILLIC.replace("<head>", '<head><meta charset="koi8-r">').encode("cp1251"),
            "text/html;charset=windows-1251",
            "Никто",
        ),
        (
            CAFE.replace("Ż", "Z").replace("ó", "o").replace("ł", "l").encode("cp1252"),
            "text/html; charset=iso-8859-1",
            "“Café",
        ),
        (CAFE.replace("Ż", "Z").replace("ł", "l").encode("cp1252"), "text/html; charset=klingon", "Café"),
        (CAFE.encode() + b"\xff", "", "Żółw"),
    ],
    ids="utf-8 mark wrong utf-16 http meta http-first latin-1 unknown damaged".split(),
)
def test_characters_are_those_that_were_meant(content: bytes, media: str, expected: str) -> None:
    """A mark decides, then UTF-8 that is no chance, then HTTP, then the page, then what the bytes look like."""
    assert expected in report(read(content, media=media)).text


# ── hostile pages ────────────────────────────────────────────────────────────────────────────────────────────────────────

HOSTILE = {
    "nesting": b"<html><body>" + b"<div>" * 100_000 + BODY.encode(),
    "spans": b"<html><body><article><h1>Two barges</h1>" + b"<span>" * 30_000 + BODY.encode(),
    "attribute": b'<html><body><div class="' + b"comment-" * 200_000 + b'">' + BODY.encode(),
    "elements": b"<html><body>" + b"<i></i>" * 310_000 + BODY.encode(),
    "nul": page().replace("barges", "bar\0ges").encode(),
    "base": page(
        head='<base href="http://[::1"><link rel="canonical" href="http://[bad"><meta property="og:url" content="//[">'
    ).encode(),
    "forms": b"<html><body>" + b"<form><table><tr><td>" * 500 + BODY.encode(),
    "deep JSON": page(head=ld("[" * 100_000)).encode(),
    "graphs": page(head=ld('{"@graph":' * 900 + "1" + "}" * 900)).encode(),
    "many articles": page(head=ld("[" + ",".join([ARTICLE] * 5_000) + "]")).encode(),
    "many metas": page(head='<meta name="date" content="2024-05-06">' * 10_000).encode(),
    "many dates": page(above="<div>" + "1.1.2020 " * 50_000 + "</div>").encode(),
    "figures": page(above="<div>" + "12 " * 50_000 + "</div>").encode(),
    "title": f"<html><head><title>{'x - ' * 100_000}</title></head><body>{BODY}".encode(),
    "scripts": page(above='<script>document.write("<p>x</p>")</script>' * 2_000).encode(),
    "senseless dates": page(
        head='<meta name="date" content="0000-00-00"><meta name="pubdate" content="99999999999999999999">'
        '<meta property="article:published_time" content="2020-13-45T99:99:99+99:99">'
    ).encode(),
    "charset": page(head='<meta charset="utf-7"><meta charset="undefined"><meta charset="\0">').encode(),
    "entities": page(body=BODY + "&#0;&#xd800;&#x110000;&#99999999;").encode(),
    "frames": b"<html><frameset><frame src=x></frameset></html>",
    "svg": b"<html><body>" + b"<svg><foreignObject><math><mi>" * 300 + BODY.encode(),
    "halves": page(above="<p>\ud800</p>").encode("utf-8", "surrogatepass"),
    "comments": b"<html><body>" + b"<!--" * 50_000 + BODY.encode(),
    "nothing": b" \n ",
}


@pytest.mark.parametrize("kind", HOSTILE)
def test_a_hostile_page_is_one_report_or_one_problem(kind: str) -> None:
    """A page made to break readers raises nothing, ends as one report or one problem, and has no senseless day."""
    rows = read(HOSTILE[kind])
    reports = [each for each in rows if isinstance(each, Report)]
    problems = [each for each in rows if isinstance(each, Problem)]
    assert len(reports) + len(problems) == 1
    assert all(each.code in ("HW204", "HW210", "HW205") for each in problems)
    assert all("\0" not in each.text for each in reports)


def test_a_page_with_too_many_elements_is_said_to_be_broken() -> None:
    """No report needs hundreds of thousands of elements, and such a page costs seconds."""
    (problem,) = read(HOSTILE["elements"])
    assert isinstance(problem, Problem)
    assert problem.code == "HW210"


def test_script_in_a_headline_is_no_headline() -> None:
    """What runs is not what is read."""
    rows = read(page(head="<title>x</title>").replace(f"<h1>{HEADLINE}", f"<h1><script>alert(1)</script>{HEADLINE}"))
    assert report(rows).title == HEADLINE
