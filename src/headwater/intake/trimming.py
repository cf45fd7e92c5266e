"""Main text as an extractor gives it → the report: its standfirst put back, lines that lead to other pages cut.

Extractors drop the paragraph under the headline more often than others, for it stands apart in the markup, and in a news report it
says most. What is cut are lines that ask to read on elsewhere, subscribe or follow; lines of credit and copyright stay, for they say
whose text it is.
"""

import re
from collections.abc import Iterator
from itertools import islice

from lxml.html import HtmlElement

STANDFIRST = re.compile(
    r"(?:^|[\s_-])(?:lead|lede|leadtext|intro(?:duction|text)?|standfirst|dek|deck|sub-?(?:title|head"
    r"|headline|line)|teaser-?text|vorspann|anleser|anriss"
    r"|chapo|bajada|sumario|entradilla|copete|ingress|kicker-text|abstract|summary|excerpt|occhiello|sommario)(?:$|[\s_-])",
    re.I,
)
SHORTEST, LONGEST = 60, 900  # characters of a standfirst
MOST_HEADINGS = 20  # that are compared with the first line
MOST_INSIDE = 3  # elements inside a paragraph; what has more is a part of the page
BEGINNING, COMPARED = 60, 200  # characters
ABOUT = ("og:description", "description")
LEADS_ON = re.compile(
    r"(?:read (?:more|also|next)|also read|see also|related(?: (?:articles?|stories|posts?))?|more on this"
    r"|recommended|lesen sie (?:auch|hier|mehr)|lies auch|auch lesen|auch interessant"
    r"|mehr (?:zum thema|themen|dazu)|das könnte (?:sie|dich|euch) auch interessieren|weitere (?:beiträge"
    r"|artikel|informationen)|(?:à )?lire aussi|voir aussi|(?:le|te) puede interesar|lea (?:también|además"
    r"|más)"
    r"|lee también|vea también|ver más|leia (?:também|mais)|veja também|leggi anche|dowiedz się więcej"
    r"|czytaj (?:też|także|więcej)|lees ook|læs også|les også|läs också|lue myös|читайте также"
    r"|читайте також)"
    r"(?:\s*[:\-–—»>|]|\s*$)",
    re.I,
)
ASKS = re.compile(
    r"(?:subscribe (?:now|to|here|today)|sign up (?:for|to|here)|follow (?:us|@)|like us on|join (?:us on"
    r"|our (?:newsletter|whatsapp|telegram))|get (?:the|our) .{0,40}(?:newsletter|edition|by email)"
    r"|download (?:the|our) .{0,30}\bapp|to (?:view|read|continue reading) (?:the|this) (?:full )?(?:story"
    r"|article)|abonnieren sie|jetzt abonnieren|melden sie sich .{0,30}newsletter|zum newsletter anmelden"
    r"|folgen sie uns|folge uns"
    r"|suscríbe(?:te|se)|síguenos|síganos|abonnez-vous|suivez-nous|iscriviti|seguici|assine|inscreva-se"
    r"|siga-nos|click here to|klicken sie hier|share this|teilen auf|kommentare? (?:insgesamt|schreiben)"
    r"|view comments)",
    re.I,
)
LONGEST_CUT = 220  # characters of a line that can be cut


def trimmed(text: str, tree: HtmlElement) -> str:
    """Return the main text with the standfirst that it lacks, without lines that lead elsewhere."""
    kept = [line for line in text.split("\n") if not _leads_elsewhere(line)]
    if not kept:
        return text
    lead = next(_standfirsts(tree, "\n".join(kept)), "")
    at = int(
        any(_folded(str(each.text_content())) == _folded(kept[0]) for each in islice(tree.iter("h1"), MOST_HEADINGS))
    )
    return "\n".join([*kept[:at], lead, *kept[at:]] if lead else kept)


def _leads_elsewhere(line: str) -> bool:
    told = line.strip(" \t-–—•*|>»")
    return 0 < len(told) <= LONGEST_CUT and bool(LEADS_ON.match(told) or ASKS.match(told))


def _standfirsts(tree: HtmlElement, text: str) -> Iterator[str]:
    """Yield the standfirst below the page's main heading if the text lacks it: it is called so, or is the page's description."""
    known, described = _folded(text), _descriptions(tree)
    passed = False
    for each in tree.iter("h1", "h2", "h3", "p", "div", "strong", "span"):
        passed = passed or each.tag == "h1"
        called = passed and bool(STANDFIRST.search(each.get("class", "")))
        if not called and (not passed or each.tag in ("h1", "h3", "span") or len(each) > MOST_INSIDE):
            continue
        told = " ".join(str(each.text_content()).split())
        its = _folded(told)
        if not SHORTEST <= len(told) <= LONGEST or not its:
            continue
        if its[:BEGINNING] in known:
            return  # here the main text begins
        if called or its[:COMPARED] in described:
            yield told


def _descriptions(tree: HtmlElement) -> set[str]:
    """Return what the page's head says that it is about."""
    named = [each for each in tree.iter("meta") if (each.get("property") or each.get("name") or "").lower() in ABOUT]
    return {_folded(each.get("content") or "")[:COMPARED] for each in named}


def _folded(text: str) -> str:
    return re.sub(r"\W+", "", text.casefold())
