"""What a page says of its own title, outlet, byline, dates, address and credits, and where it says so.

In go the tree of a page and its address, out come clues, within each field best first; `metadata.choose` decides between them.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from urllib.parse import urljoin

from lxml.html import HtmlElement

from headwater.intake import days, jsonld, visible
from headwater.intake.clue import Clue
from headwater.lists import newsrooms, outlets

GRAPH = {
    "title": ("og:title", "twitter:title"),
    "outlet": ("og:site_name",),
    "byline": ("article:author", "og:article:author", "article:author_name"),
    "published": (
        "article:published_time",
        "og:article:published_time",
        "og:published_time",
        "article:published",
        "og:pubdate",
    ),
    "modified": (
        "article:modified_time",
        "og:article:modified_time",
        "og:updated_time",
        "og:modified_time",
        "article:modified",
    ),
}
NAMED = {
    "title": ("citation_title", "parsely-title", "sailthru.title", "dc.title", "dcterms.title", "headline", "title", "fulltitle"),
    "outlet": ("citation_journal_title", "application-name", "dc.publisher", "dcterms.publisher", "publisher"),
    "byline": (
        "author", "parsely-author", "sailthru.author", "citation_author", "dc.creator", "dcterms.creator", "byl",
        "byline", "authors",
    ),
    "published": (
        "datepublished", "parsely-pub-date", "sailthru.date", "citation_publication_date", "citation_online_date", "citation_date",
        "dcterms.issued", "dc.date.issued", "dc.date.created", "dcterms.created", "dcterms.date", "dc.date", "publish-date", "publishdate",
        "publish_date", "publication_date", "publicationdate", "pubdate", "originalpublicationdate", "date.issued", "article_date_original",
        "article.published", "article.created", "cxenseparse:recs:publishtime", "rnews:datepublished", "displaydate", "ptime", "date",
        "pub_date",
        "datecreated", "created", "uploaddate",
    ),
    "modified": (
        "datemodified", "dcterms.modified", "dc.date.modified", "last-modified", "lastmod", "last_modified", "moddate", "revised",
        "article.updated",
        "date.modified", "utime",
    ),
    "credit": ("syndication-source", "original-source", "dc.source", "news_source", "article:agency", "agency", "copyright-holder"),
}  # fmt: skip
NAMED_ALL = {name: field for field, names in NAMED.items() for name in names}
PROPERTIES = {
    "datePublished": "published", "schema:datePublished": "published", "schema:dateCreated": "published", "dc:date": "published",
    "dc:created": "published", "dateModified": "modified", "schema:dateModified": "modified", "headline": "title", "author": "byline",
    "publisher": "outlet",
}  # fmt: skip
SOFT_HYPHEN = "\xad"
COMMENT = re.compile(r"comment|kommentar|respond|review", re.I)
FIRST_REPORTED = re.compile(
    r"\b(?:first|originally) (?:reported|published|appeared) (?:by|in|on"
    r"|at) (?:the )?((?:[A-Z][\w&.'’-]{1,30})(?: [A-Z][\w&.'’-]{1,30}){0,3})"
)
BETWEEN_NAMES = re.compile(r"(?:(?<!\s)\s++)?(?:[,;/|&+]|\b(?:and|und|et|y|e|mit|with|avec|con|com)\b)\s*+")


def find(tree: HtmlElement, *, address: str = "") -> tuple[Clue, ...]:
    """Return every clue of a page, in the order json-ld, open-graph, meta, address, visible; dates in ISO 8601."""
    metas = _metas(tree)
    language = (tree.get("lang") or tree.get("{http://www.w3.org/XML/1998/namespace}lang") or _one(metas, "og:locale"))[
        :8
    ]
    named = " ".join(tree.findtext("head/title", default="").split())
    title = _one(metas, "og:title") or named
    scripts = [str(each.text_content()) for each in tree.iter("script") if "ld+json" in each.get("type", "").lower()]
    own = _canonical(tree, metas, address)
    found = [
        *jsonld.clues(scripts, title=title),
        *_of(metas, GRAPH, "open-graph"),
        *_of(metas, NAMED, "meta"),
        *_microdata(tree),
        *_addresses(own, address),
        *visible.clues(tree, title=title, language=language),
    ]
    if named:
        found.append(Clue("title", named, "meta"))
    found += [credit for each in found if each.field == "byline" for credit in _agencies(each)]
    return tuple(dict.fromkeys(each for clue in found if (each := _tidy(clue, language))))


def first_reported(text: str) -> Iterator[Clue]:
    """Yield whom a text names as where it stood first."""
    yield from (Clue("credit", name.rstrip(".'’"), "visible") for name in dict.fromkeys(FIRST_REPORTED.findall(text)))


def _agencies(byline: Clue) -> Iterator[Clue]:
    """Yield the agencies in a byline: whose text it is."""
    for part in BETWEEN_NAMES.split(byline.value[:200]):
        listed = newsrooms.find(part) if part else None
        if listed and listed.agency:
            yield Clue("credit", listed.name, byline.place)


def _metas(tree: HtmlElement) -> dict[str, list[str]]:
    """Return what the page's meta elements say, by their name in lower case."""
    found: dict[str, list[str]] = {}
    for each in tree.iter("meta"):
        value = " ".join((each.get("content") or "").split())[:1_000]
        for key in ("property", "name", "itemprop"):
            if value and (name := (each.get(key) or "").strip().lower()) and not _in_comment(each):
                found.setdefault(name, []).append(value)
    return found


def _one(metas: Mapping[str, Sequence[str]], name: str) -> str:
    return next(iter(metas.get(name, ())), "")


def _of(metas: Mapping[str, Sequence[str]], names: Mapping[str, Sequence[str]], place: str) -> Iterator[Clue]:
    for field, its in names.items():
        for name in its:
            yield from (Clue(field, value, place) for value in metas.get(name, ())[:8])


def _in_comment(element: HtmlElement) -> bool:
    return any(
        COMMENT.search(f"{each.get('itemtype', '')} {each.get('class', '')}"[:300])
        for each in element.iterancestors("div", "li", "article", "section", "ol", "ul")
    )


def _microdata(tree: HtmlElement) -> Iterator[Clue]:
    """Yield what itemprop marks, outside comments; meta elements are read with the others."""
    for each in tree.xpath("//*[(@itemprop or @property) and not(self::meta)]")[:300]:
        names = f"{each.get('itemprop', '')} {each.get('property', '')}".split()
        field = next((PROPERTIES[name] for name in names if name in PROPERTIES), None)
        if (
            field
            and not _in_comment(each)
            and not each.xpath("ancestor::*[@itemprop='comment' or @itemprop='hasPart']")
        ):
            yield Clue(field, _value(each), "meta")


def _value(element: HtmlElement) -> str:
    inner = element.xpath(".//*[@itemprop='name']")[:1]
    if inner:
        return inner[0].get("content") or str(inner[0].text_content())
    return element.get("datetime") or element.get("content") or str(element.text_content())[:300]


def _canonical(tree: HtmlElement, metas: Mapping[str, Sequence[str]], address: str) -> str:
    links = [each.get("href", "") for each in tree.iter("link") if "canonical" in each.get("rel", "").lower().split()]
    for each in (*links, _one(metas, "og:url")):
        whole = _joined(address, each.strip())
        if days.host_of(whole):
            return whole
    return ""


def _joined(address: str, link: str) -> str:
    try:
        return urljoin(address, link)
    except ValueError:
        return ""


def _addresses(own: str, address: str) -> Iterator[Clue]:
    """Yield what the page's addresses tell: its own, the day in it, whose domain it is, and whose text it is if it lies elsewhere."""
    archived = days.unarchived(address)
    if archived:
        yield Clue("captured", archived.taken, "archive")
        address = archived.address
    if inner := days.unarchived(own):
        own = inner.address
    if own:
        yield Clue("canonical", own, "meta")
        yield Clue("url", own, "meta")
    for each in filter(days.host_of, dict.fromkeys((address, own))):
        if day := days.in_address(each):
            yield Clue("published", day, "address")
    host = days.host_of(address) or days.host_of(own)
    if host and not _is_number(host):
        yield Clue("outlet", outlets.name(host) or host, "address")
    if host and days.host_of(own) and outlets.house(days.host_of(own)) != outlets.house(host):
        yield Clue("credit", outlets.name(days.host_of(own)) or days.host_of(own), "meta")


def _tidy(clue: Clue, language: str) -> Clue | None:
    """Return a clue with its value in one line and its date in ISO 8601; None where nothing is left."""
    value = " ".join(clue.value.replace(SOFT_HYPHEN, "").split())[:1_000]
    if clue.field in ("published", "modified") and clue.place not in ("address", "visible"):
        value = days.iso(value, language=language) or ""
    if clue.field in ("published", "modified"):
        value = days.at_home(value, language)
    return Clue(clue.field, value, clue.place) if any(each.isalnum() for each in value) else None


def _is_number(host: str) -> bool:
    """Tell whether a host is an address in numbers or this machine, which publishes nothing."""
    return host == "localhost" or re.fullmatch(r"[\d.]+|\[?(?=[0-9a-fA-F.]*+:)[0-9a-fA-F:.]++\]?", host) is not None
