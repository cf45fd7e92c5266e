"""reports, texts → credits: the news organisations that a report names as where it got something.

A *line* credit covers the text ("--Reuters", "BEIRUT (AFP) —", "Original Source: www.…"), a *joint* one names several, a *cited*
one covers the passage that names it ("told AFP", "according to the Times"), a *photo* credit proves nothing about the words.
Organisations outside the list are recognised by the grammar of the sentence: people tell things to news organisations.
"""

import re
from collections.abc import Iterator, Sequence
from functools import cache

from headwater.lists import newsrooms
from headwater.records import Credit, Report, Text, ident
from headwater.settings import Settings

VERSION = 7
PROPER = r"(?:[Tt]he )?(?:[A-Z][\w’'-]{0,60}|al-[A-Z][\w’'-]{0,60})(?: (?:of|de|[Aa]l|[Aa]l-[A-Z][\w’'-]{0,60}|[A-Z][\w’'-]{0,60})){0,5}"
MEDIUM = r"(?:news(?:paper| agency| channel| site| website| network| service)?|agency|newspaper|daily|broadcaster|TV|television|radio|channel|newswire|weekly|magazine)"
NOT_TOLD = re.compile(
    r"^(?:President|Prime|Minister|Congress|Parliament|Senate|Council|Security|Members?|Mr|Mrs|Ms|Dr|Gen|General|Judge|Jurors?"
    r"|Police|Lebanese|Syrian|Russian|American|Turkish|Israeli|Iranian|US|U\.S|UN|U\.N|European|State|House|Trump|Obama|Clinton"
    r"|Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday|The|Official|Local|A|An|I|He|She|They|We|It|In|That)\b"
)
TITLED = re.compile(
    r"\b(?:Minister|President|Secretary|Ambassador|General|Senator|Governor|Mayor|King|Prince|Mr|Mrs|Dr|United Nations)\b"
)
POSSIBLE = re.compile(
    r"\b(?:[Tt]old|(?:said|revealed|confirmed) to|[Ss]aid on|[Ii]nterviewe?d? (?:with|by|on)|[Rr]eported by|[Cc]arried by|[Ss]peaking (?:to|on)|[Ss]poke to|[Qq]uoted by|[Cc]ited by)"
    r" (?:[Tt]he )?(?P<name>(?:[A-Z][\w’'-]*|al-[A-Z][\w’'-]*)(?: (?:[A-Z][\w’'-]*|al-[A-Z][\w’'-]*)){0,4})"
)
"""where a name of one word may be a news organisation's; only the rest of the pile can tell"""
LINE_IN_PLACE = re.compile(r"\(\s*(?P<name>[A-Z][\w .&-]{1,30}?)\s*\)")
AGENCIES = re.compile(r"\b(?:news )?agencies\b|\bwire (?:services|reports)\b", re.I)
DOMAIN = re.compile(
    r"\b(?:https?://)?(?:www\.)?((?:[\w-]{1,63}\.){1,8}(?:com|org|net|info|news|io|tv|press|co\.\w\w|\w\w))\b"
)


@cache
def _listed() -> re.Pattern[str]:
    return re.compile(rf"(?<![\w-])(?:{newsrooms.pattern()})(?![\w-])")


@cache
def _cited() -> tuple[tuple[re.Pattern[str], str], ...]:
    """Patterns for organisations named inside the text, each with the name of its rule; group `name` is the organisation."""
    listed = rf"(?P<name>(?:[Tt]he )?(?:{newsrooms.pattern()}))(?:[’']?s)?(?![\w-])"
    free = rf"(?P<name>{PROPER})"
    verb = r"(?:reports?|reported|said|says|quoted|cited|wrote|published|broadcast|added|claimed|showed|aired|citing|quoting)"
    to = r"(?:said|revealed|confirmed|explained|disclosed|admitted) to"
    staff = r"(?:correspondents?|journalists?|reporters?|photographers?|crew|team)"
    return (
        (re.compile(rf"\b(?:[Tt](?:old|ells|elling)|{to}) (?:\w+ ){{0,2}}?{listed}"), "told-listed@1"),
        (re.compile(rf"\b(?:told|{to}) {free}(?= (?:that|on|in|by|via|from|over|late|early|the|he|she|they|it|at|a|an|is|was)\b|[.,;:\"”]|\s*$)"), "told-named@1"),
        (re.compile(rf"\b(?:[Aa]ccording to|[Cc]it(?:ed by|ing)|[Qq]uot(?:ed by|ing)|[Rr]eported by|carried by|published (?:by|in|on)|interview(?:ed)? (?:with|by)|broadcast (?:by|on)|seen by|obtained by|speaking to|spoke to|statement to) (?:[\w-]+ ){{0,4}}?{listed}"), "by-listed@1"),
        (re.compile(rf"\b(?:[Aa]ccording to|[Cc]iting|[Cc]ited by|[Qq]uoted by|[Rr]eported by|carried by|published (?:by|in)|[Ii]nterviews? (?:with|by)|statement to) (?:the |its affiliated )?(?:[\w-]+ ){{0,2}}?{free} {MEDIUM}\b"), "by-medium@1"),
        (re.compile(rf"\b(?:carried|published|broadcast|aired|reported|quoted|cited|released|issued) (?:by|on|in) (?:the )?(?:[\w-]+ ){{0,3}}?{MEDIUM} {free}"), "by-called@1"),
        (re.compile(rf"(?<![\w-]){listed}(?: (?:news agency|agency|newspaper|TV|television|channel|broadcaster|news website|website|daily))*(?: (?:on|late|early|has|had|also|earlier|later|this|\w+day|morning)){{0,3}} {verb}\b"), "listed-reports@1"),
        (re.compile(rf"{free} {MEDIUM}(?: (?:on|late|early|has|had|also|earlier|later|this|\w+day|morning)){{0,3}} (?:reports?|reported|said|quoted|cited|wrote)\b"), "medium-reports@1"),
        (re.compile(rf"(?<![\w-]){listed} {staff}\b"), "staff-of-listed@1"),
        (re.compile(rf"\b(?:an?|the|one|our) {free} {staff}\b"), "staff-of-named@1"),
        (re.compile(rf"\b(?:first|originally) (?:reported|published|appeared) (?:by|in|on) (?:the )?{free}"), "first-reported@1"),
        (re.compile(rf"{free} reported (?:this|on|in|that|late|early|yesterday|today|\w+day)\b"), "named-reported@1"),
    )  # fmt: skip


def credits(*, reports: Sequence[Report], texts: Sequence[Text], settings: Settings) -> Iterator[Credit]:
    """Yield the credits of a report, once each span and kind."""
    for report in reports:
        seen: set[tuple[int, int]] = set()
        for credit in _found(report, sorted(texts, key=lambda each: each.start)):
            if not newsrooms.same(credit.name, report.outlet) and not any(
                a < credit.end and credit.start < b for a, b in seen
            ):
                seen.add((credit.start, credit.end))
                yield credit


def _found(report: Report, texts: Sequence[Text]) -> Iterator[Credit]:
    for stretch in texts:
        if stretch.kind == "caption":
            yield from _listed_in(report, stretch, "photo")
        elif stretch.kind == "dateline":
            yield from _in_place_line(report, stretch)
        elif stretch.kind == "credit":
            yield from _in_credit(report, stretch)
        elif stretch.kind == "body":
            yield from _in_body(report, stretch)


def _listed_in(report: Report, stretch: Text, kind: str) -> Iterator[Credit]:
    for m in _listed().finditer(report.text, stretch.start, stretch.end):
        yield _row(report, m.group(), kind, m.start(), m.end(), f"{kind}@1")


def _in_place_line(report: Report, stretch: Text) -> Iterator[Credit]:
    for m in LINE_IN_PLACE.finditer(report.text, stretch.start, stretch.end):
        yield _row(report, m["name"], "line", m.start("name"), m.end("name"), "place-line@1")


def _in_credit(report: Report, stretch: Text) -> Iterator[Credit]:
    """Names in a credit line; one name covers the text, several share it."""
    found = [(m.group(), m.start(), m.end()) for m in _listed().finditer(report.text, stretch.start, stretch.end)]
    found += [("agencies", m.start(), m.end()) for m in AGENCIES.finditer(report.text, stretch.start, stretch.end)]
    if not found and (m := DOMAIN.search(report.text, stretch.start, stretch.end)):
        found = [(m.group(1), m.start(1), m.end(1))]
    if not found and not re.search(r"report(?:ing|ed) by|edit", report.text[stretch.start : stretch.end], re.I):
        found = _free_names(report.text, stretch)
    others = [each for each in found if not newsrooms.same(each[0], report.outlet)]
    kind = "line" if len({name for name, _, _ in found}) == 1 else "joint"
    for name, start, end in others:
        yield _row(report, name, kind, start, end, f"credit-{kind}@1")


def _free_names(text: str, stretch: Text) -> list[tuple[str, int, int]]:
    pattern = re.compile(
        rf"(?:(?<=[-–—(:])|(?<=by )|(?<=with )|(?<=from )|(?<=and ))\s*(?P<name>(?!Source|With|Original|First|Reporting|Originally){PROPER})"
    )
    return [(m["name"], m.start("name"), m.end("name")) for m in pattern.finditer(text, stretch.start, stretch.end)]


def _in_body(report: Report, stretch: Text) -> Iterator[Credit]:
    for m in re.compile(r"\((?P<inside>[^()]{2,40}?)(?: photo| file photo|/File)?\)").finditer(
        report.text, stretch.start, stretch.end
    ):
        if "photo" in m.group().lower() and (listed := _listed().search(m.group())):
            yield _row(report, listed.group(), "photo", m.start() + listed.start(), m.start() + listed.end(), "photo@1")
    for pattern, rule in _cited():
        for m in pattern.finditer(report.text, stretch.start, stretch.end):
            name = m["name"].removeprefix("the ").removeprefix("The ")
            if newsrooms.find(name) or _may_be_a_newsroom(name, rule):
                yield _row(report, m["name"], "cited", m.start("name"), m.end("name"), rule)
    for m in POSSIBLE.finditer(report.text, stretch.start, stretch.end):
        if not NOT_TOLD.match(m["name"]):
            yield _row(report, m["name"], "possible", m.start("name"), m.end("name"), "possible@1")


def _may_be_a_newsroom(name: str, rule: str) -> bool:
    """Tell whether an unlisted name can be a news organisation, given the rule that found it."""
    if NOT_TOLD.match(name) or TITLED.search(name) or len(name) < 3:
        return False
    if rule == "told-named@1":
        return " " in name
    return rule != "named-reported@1" or _like_a_paper(name)


def _like_a_paper(name: str) -> bool:
    """Without a medium word beside it, only a name that looks like a paper's counts: Asharq al-Awsat, Yemen Details."""
    return bool(
        re.search(
            r"\b(?:al-|Times|Post|News|Herald|Tribune|Gazette|Press|Journal|Telegraph|Chronicle|Courier|Star|Mail|Wire|Radio|TV|Observer|Monitor$)",
            name,
        )
    )


def _row(report: Report, name: str, kind: str, start: int, end: int, rule: str) -> Credit:
    listed = newsrooms.find(name)
    usual = listed.name if listed else re.sub(r"^(?:the|The) |[’']s(?: [A-Z]\S*)*$", "", name.strip())
    usual = re.sub(r"^al[- ](?=[A-Z])", "Al-", usual, flags=re.I)
    return Credit(
        id=ident("c", report.id, start, end, kind),
        report=report.id,
        name=usual,
        kind=kind,
        start=start,
        end=end,
        rule=rule,
    )
