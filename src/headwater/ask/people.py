"""Speakers and outlets: what each said, where else a speaker is the origin, and how much of an outlet's text is from others."""

import json
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from headwater.ask.reportpage import StatementLine
from headwater.ask.shown import called
from headwater.errors import NoSuchSpeaker
from headwater.store import Store

SHOWN = 100  # rows of one list on a page

HEARD = """
    SELECT s.id, s.report, s.start, s."end", coalesce(v.speaker, s.speaker) AS speaker,
        coalesce(v.origin, s.origin) AS origin, coalesce(v.origin_named, s.origin_named) AS named,
        coalesce(v.stance, s.stance) AS stance, coalesce(q.gatherer, s.gatherer) AS gatherer
    FROM statements s LEFT JOIN voices v ON v.report = s.report AND v.statement = s.id
    LEFT JOIN gatherers q ON q.report = s.report AND q.statement = s.id
"""


@dataclass(frozen=True, slots=True)
class Speaker:
    """An origin, and how often it says what."""

    name: str
    named: bool
    asserts: int
    denies: int
    doubts: int
    forecasts: int
    reports: int
    """all five count statements of which it is the origin"""
    for_others: int = 0
    """statements that it speaks and that rest on somebody else's word: on its own page"""


@dataclass(frozen=True, slots=True)
class Speakers:
    """The origins of a case, those of most reports first."""

    words: str | None
    every: int
    found: int
    page: int
    pages: int
    speakers: tuple[Speaker, ...]


@dataclass(frozen=True, slots=True)
class RestingClaim:
    """A claim of whose witnesses one is the speaker."""

    id: str
    story: str
    story_title: str
    text: str
    lines_min: int
    lines_max: int
    reports: int
    cover: bool
    """whether the claim rests on the speaker: without them, a line less"""


@dataclass(frozen=True, slots=True)
class SpeakerPage:
    """One origin."""

    speaker: Speaker
    statements: tuple[StatementLine, ...]
    left_out: int
    claims: tuple[RestingClaim, ...]
    outlets: tuple[tuple[str, int], ...]
    """outlets that carry it, and in how many reports; 'unknown' where a report has none"""


@dataclass(frozen=True, slots=True)
class Outlet:
    """An outlet and where its texts come from, in this case."""

    name: str
    reports: int
    from_others: int
    """reports with a derivation from another outlet's, or from an unseen text, that is sure"""
    likely: int
    """reports with one that is only likely"""
    share: float
    """mean share of a report's words that an outlet's report from which it surely comes has too; texts not in the pile count nothing"""
    whose: tuple[tuple[str, int], ...]
    """from whom, and in how many reports"""
    taken_by: tuple[tuple[str, int], ...]
    """by whom its reports are taken"""


@dataclass(frozen=True, slots=True)
class OutletReport:
    """A report of an outlet."""

    id: str
    name: str
    title: str | None
    first: str | None
    parent: str | None
    """from whom its text comes most"""
    share: float | None
    sure: bool | None


@dataclass(frozen=True, slots=True)
class OutletPage:
    """One outlet."""

    outlet: Outlet
    reports: tuple[OutletReport, ...]
    left_out: int


@dataclass(frozen=True, slots=True)
class Outlets:
    """The outlets of a case, those of most reports first; reports without one are counted beside it."""

    unknown: int
    outlets: tuple[Outlet, ...]


def speakers(store: Store, words: str | None = None, page: int = 1, *, shown: int | None = SHOWN) -> Speakers:
    """Return the origins whose name holds the words, so many on a page, or all on one."""
    every = _counted(store)
    asked = (words or "").casefold().split()
    found = [row for row in every if all(word in row["name"].casefold() for word in asked)]
    length = shown or max(1, len(found))
    pages = max(1, -(-len(found) // length))
    page = min(max(1, page), pages)
    rows = found[length * (page - 1) : length * page]
    return Speakers(words, len(every), len(found), page, pages, tuple(_speaker(row) for row in rows))


def _counted(store: Store) -> list[dict[str, Any]]:
    """Every origin with its counts: those of the statements, put right by the few that a person corrected."""
    select = """
        SELECT origin AS name, origin_named AS named, stance, report, count(*) AS many FROM statements
        WHERE origin NOT NULL GROUP BY origin, stance, report, origin_named
    """
    corrected = store.select(
        "SELECT s.origin AS old, s.stance AS was, s.report, v.origin AS name, v.origin_named AS named, v.stance"
        " FROM voices v JOIN statements s ON s.id = v.statement"
    )
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    reports: dict[str, Counter[str]] = defaultdict(Counter)
    named: dict[str, bool] = defaultdict(bool)
    rows = [(row["name"], row["stance"], row["report"], row["many"], row["named"]) for row in store.select(select)]
    rows += [(row["old"], row["was"], row["report"], -1, False) for row in corrected]
    rows += [(row["name"], row["stance"], row["report"], 1, row["named"]) for row in corrected]
    for name, stance, report, many, is_named in rows:
        if name is not None:
            counts[name][stance] += many
            reports[name][report] += many
            named[name] |= bool(is_named)
    found = [
        {"name": name, "named": named[name], "reports": sum(each > 0 for each in reports[name].values())}
        | {stance: its[stance] for stance in ("asserts", "denies", "doubts", "forecasts")}
        for name, its in counts.items()
    ]
    kept = [row for row in found if row["reports"]]
    return sorted(kept, key=lambda row: (-row["reports"], -row["asserts"], row["name"]))


def _speaker(row: dict[str, Any]) -> Speaker:
    counts = {name: row[name] for name in ("asserts", "denies", "doubts", "forecasts", "reports")}
    return Speaker(name=row["name"], named=bool(row["named"]), **counts)


def speaker(store: Store, name: str) -> SpeakerPage:
    """Return what one origin, or one speaker, says. Raise NoSuchSpeaker."""
    heard = f"""
        SELECT h.*, r.outlet, r.name AS report_name, substr(r.text, h.start + 1, h."end" - h.start) AS words, d.first
        FROM ({HEARD}) h JOIN reports r ON r.id = h.report LEFT JOIN dates d ON d.report = h.report
        WHERE h.id IN (SELECT id FROM statements WHERE origin = ?1 UNION SELECT id FROM statements WHERE speaker = ?1
            UNION SELECT statement FROM voices WHERE origin = ?1 OR speaker = ?1)
        AND (h.origin = ?1 OR h.speaker = ?1) ORDER BY d.first IS NULL, d.first, r.name, h.start
    """
    rows = store.select(heard, name)
    if not rows:
        raise NoSuchSpeaker(name, "is no speaker or origin in this case", hint="the list of speakers can be searched")
    shown = rows[:SHOWN]
    claims = _claims_of(store, {row["id"]: row["report"] for row in shown})
    own = [row for row in rows if row["origin"] == name]
    stances = Counter(row["stance"] for row in own)
    carried = {(row["outlet"] or "unknown", row["report"]) for row in rows}
    return SpeakerPage(
        speaker=Speaker(
            name=name,
            named=any(row["named"] for row in own) or not own,
            asserts=stances["asserts"],
            denies=stances["denies"],
            doubts=stances["doubts"],
            forecasts=stances["forecasts"],
            reports=len({row["report"] for row in own}),
            for_others=len(rows) - len(own),
        ),
        statements=tuple(_statement(row, claims) for row in shown),
        left_out=len(rows) - len(shown),
        claims=_resting(store, name, {row["id"] for row in rows}),
        outlets=_most(outlet for outlet, _ in carried),
    )


def _statement(row: dict[str, Any], claims: dict[str, list[str]]) -> StatementLine:
    outlet, name = row["outlet"], row["report_name"]
    return StatementLine(
        id=row["id"],
        report=row["report"],
        report_name=called(outlet, name),
        text=" ".join(row["words"].split()),
        start=row["start"],
        speaker=row["speaker"],
        origin=row["origin"],
        gatherer=row["gatherer"],
        stance=row["stance"],
        claims=tuple(claims.get(row["id"], [])),
    )


def _claims_of(store: Store, statements: dict[str, str]) -> dict[str, list[str]]:
    """The claims of statements, given with their reports: looked for in the stories that those stand in or visit."""
    found = defaultdict[str, list[str]](list)
    select = """
        WITH told AS (SELECT value AS report FROM json_each(?))
        SELECT c.id, c.statements FROM claims c WHERE c.story IN (
            SELECT y.id FROM stories y, json_each(y.reports) r WHERE r.value IN (SELECT report FROM told)
            UNION SELECT story FROM visits WHERE report IN (SELECT report FROM told))
        ORDER BY c.id
    """
    for row in store.select(select, json.dumps(sorted(set(statements.values())))):
        for each in json.loads(row["statements"]):
            if each in statements:
                found[each].append(row["id"])
    return found


def _resting(store: Store, name: str, statements: set[str]) -> tuple[RestingClaim, ...]:
    """Claims in which one of the statements is a witness."""
    select = """
        SELECT c.id, c.story, y.title, t.lines_min, t.lines_max, t.reports, t.rests_on,
            substr(r.text, s.start + 1, s."end" - s.start) AS words
        FROM (SELECT DISTINCT claim FROM lines WHERE statement IN (SELECT value FROM json_each(?))) l
        JOIN claims c ON c.id = l.claim JOIN tallies t ON t.claim = c.id JOIN stories y ON y.id = c.story
        JOIN statements s ON s.id = c.statement JOIN reports r ON r.id = s.report
        ORDER BY t.reports DESC, c.id
    """
    rows = store.select(select, json.dumps(sorted(statements)))
    return tuple(
        RestingClaim(
            id=row["id"],
            story=row["story"],
            story_title=row["title"],
            text=" ".join(row["words"].split()),
            lines_min=row["lines_min"],
            lines_max=row["lines_max"],
            reports=row["reports"],
            cover=name in json.loads(row["rests_on"]),
        )
        for row in rows[:SHOWN]
    )


def outlets(store: Store) -> Outlets:
    """Return every outlet with where its texts come from."""
    reports = store.select("SELECT id, outlet FROM reports")
    of = {row["id"]: row["outlet"] for row in reports}
    counted = Counter(row["outlet"] for row in reports if row["outlet"])
    kin = _kin(store)
    found = [_outlet(name, many, kin, of) for name, many in counted.items()]
    unknown = sum(row["outlet"] is None for row in reports)
    return Outlets(unknown, tuple(sorted(found, key=lambda each: (-each.reports, each.name))))


def _kin(store: Store) -> list[dict[str, Any]]:
    """Derivations whose direction is known, or that lead to an unseen text."""
    return store.select(
        "SELECT child, parent, unseen, sure, share FROM derivations WHERE NOT overruled AND (parent IS NULL OR direction <> 'undecidable')"
        " ORDER BY id"
    )


def _outlet(name: str, reports: int, kin: list[dict[str, Any]], of: dict[str, str | None]) -> Outlet:
    mine = [each for each in kin if of.get(each["child"]) == name]
    others = [each for each in mine if each["parent"] is None or of.get(each["parent"]) != name]
    sure = {each["child"] for each in others if each["sure"]}
    whose = {(_whose(each, of), each["child"]) for each in others}
    taken = {
        (of.get(each["child"]) or "unknown", each["child"])
        for each in kin
        if each["parent"] is not None and of.get(each["parent"]) == name and of.get(each["child"]) != name
    }
    return Outlet(
        name=name,
        reports=reports,
        from_others=len(sure),
        likely=len({each["child"] for each in others} - sure),
        share=sum(_most_shared(others).values()) / reports,
        whose=_most(each for each, _ in whose),
        taken_by=_most(each for each, _ in taken),
    )


def _most_shared(kin: Iterable[dict[str, Any]]) -> dict[str, float]:
    """By report the largest share that one parent explains."""
    best: dict[str, float] = {}
    for each in kin:
        if each["sure"] and each["share"] is not None:
            best[each["child"]] = max(best.get(each["child"], 0.0), each["share"])
    return best


def _whose(row: dict[str, Any], of: dict[str, str | None]) -> str:
    if row["parent"] is not None:
        return of.get(str(row["parent"])) or "unknown"
    return f"{row['unseen'] or 'unknown'} (not in the pile)"


def _most(names: Iterable[str]) -> tuple[tuple[str, int], ...]:
    counted = Counter(names)
    return tuple(sorted(counted.items(), key=lambda each: (-each[1], each[0])))


def outlet(store: Store, name: str) -> OutletPage:
    """Return one outlet with its reports. Raise NoSuchSpeaker."""
    select = """
        SELECT r.id, r.name, r.title, d.first FROM reports r LEFT JOIN dates d ON d.report = r.id
        WHERE r.outlet = ? ORDER BY d.first IS NULL, d.first, r.name
    """
    rows = store.select(select, name)
    if not rows:
        raise NoSuchSpeaker(name, "is no outlet of this case", hint="the list of outlets shows all")
    of = {row["id"]: row["outlet"] for row in store.select("SELECT id, outlet FROM reports")}
    kin = _kin(store)
    best: dict[str, dict[str, Any]] = {}
    for each in sorted(kin, key=lambda row: (not row["sure"], -(row["share"] or 0))):
        best.setdefault(each["child"], each)
    reports = [_of_outlet(row, best.get(row["id"]), of) for row in rows[:SHOWN]]
    return OutletPage(_outlet(name, len(rows), kin, of), tuple(reports), max(0, len(rows) - SHOWN))


def _of_outlet(row: dict[str, Any], kin: dict[str, Any] | None, of: dict[str, str | None]) -> OutletReport:
    return OutletReport(
        id=row["id"],
        name=row["name"],
        title=row["title"],
        first=row["first"],
        parent=_whose(kin, of) if kin else None,
        share=kin["share"] if kin else None,
        sure=bool(kin["sure"]) if kin else None,
    )
