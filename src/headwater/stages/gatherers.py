"""statements, credits, reuse, derivations → gatherers: who collected a statement, where only the rest of the pile can tell.

Two things show it. A name that another report is credited to, or that publishes a report here, is a news organisation also where
a text merely quotes it. And a passage that a report without credit shares with a kindred report was gathered by whom that report
names for it. Statements that need neither keep the gatherer that their own text gives.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any

from headwater.lists import newsrooms
from headwater.records import Gatherer, Statement, ident
from headwater.settings import Settings

VERSION = 2
COVERED = 0.5  # share of a statement that a shared passage must cover to tell its gatherer

KNOWN = """
    WITH names AS (
        SELECT DISTINCT outlet AS name FROM reports WHERE outlet IS NOT NULL
        UNION SELECT DISTINCT name FROM credits WHERE kind = 'line'
    ),
    links AS (SELECT id, report, unnest(chain[2:]) AS link, generate_subscripts(chain[2:], 1) AS place FROM statements),
    named AS (
        SELECT l.report, l.id, l.link AS name, l.place
        FROM links l JOIN names n ON lower(regexp_replace(n.name, '^(?i)the ', '')) = lower(regexp_replace(l.link, '^(?i)the ', ''))
        UNION ALL
        SELECT s.report, s.id, c.name, 0
        FROM credits c JOIN names n ON c.kind = 'possible'
            AND lower(regexp_replace(n.name, '^(?i)the ', '')) = lower(regexp_replace(c.name, '^(?i)the ', ''))
        JOIN sentences x ON x.report = c.report AND x.start <= c.start AND c.start < x."end"
        JOIN statements s ON s.sentence = x.id AND s.speaker IS NOT NULL
    )
    SELECT report AS key, id AS statement, max_by(name, place) AS name, max(place) AS place
    FROM named GROUP BY report, id ORDER BY report, id
"""
MARKED = """
    SELECT child AS key, unseen AS name, id AS derivation, rule = 'person@1' AS theirs
    FROM derivations WHERE unseen IS NOT NULL AND (rule = 'person@1' OR overruled) ORDER BY child, theirs DESC, unseen
"""
LENT = f"""
    WITH sides AS (
        SELECT a AS report, b AS other, a_start AS first, a_end AS last, b_start AS other_first, b_end AS other_last, id FROM reuse
            WHERE kind IN ('text', 'agency')
        UNION ALL SELECT b, a, b_start, b_end, a_start, a_end, id FROM reuse WHERE kind IN ('text', 'agency')
    ),
    kin AS (
        SELECT child AS report, parent AS other, id AS derivation, sure, direction <> 'undecidable' AS from_other
            FROM derivations WHERE parent IS NOT NULL AND NOT overruled
        UNION ALL SELECT parent, child, id, sure, false FROM derivations WHERE parent IS NOT NULL AND NOT overruled
    )
    SELECT s.report AS key, s.id AS statement, p.gatherer AS name, k.derivation, k.sure, u.id AS passage
    FROM kin k
    JOIN sides u ON u.report = k.report AND u.other = k.other
    JOIN statements s ON s.report = k.report
        AND least(s."end", u.last) - greatest(s.start, u.first) >= {COVERED} * (s."end" - s.start)
    JOIN statements p ON p.report = k.other
        AND least(p."end", u.other_last) - greatest(p.start, u.other_first) >= {COVERED} * (p."end" - p.start)
        AND least(p."end" - u.other_first, s."end" - u.first) > greatest(p.start - u.other_first, s.start - u.first)
    WHERE s.gatherer IS NOT DISTINCT FROM nullif(s.chain[1], 'unknown') AND p.gatherer IS NOT NULL
        AND (p.gatherer <> p.chain[1] AND p.gatherer_sure OR k.from_other)
    ORDER BY s.report, s.id, p.gatherer, k.derivation, u.id
"""


def gatherers(
    *,
    statements: Sequence[Statement],
    known: Sequence[dict[str, Any]],
    lent: Sequence[dict[str, Any]],
    marked: Sequence[dict[str, Any]],
    settings: Settings,
) -> Iterator[Gatherer]:
    """Yield the gatherers of a report's statements that the pile knows better than the report."""
    named = {row["statement"]: row for row in known}
    shared: dict[str, list[dict[str, Any]]] = {}
    for row in lent:
        shared.setdefault(row["statement"], []).append(row)
    for statement in statements:
        told, said = named.get(statement.id), _marked(statement, marked)
        if said is not None:
            yield said
        elif told is not None and _deeper(statement, told):
            yield _row(statement, told["name"], sure=True, rule="known-here@1", because=[])
        elif passages := shared.get(statement.id):
            yield _from_kin(statement, passages)


def _marked(statement: Statement, rows: Sequence[dict[str, Any]]) -> Gatherer | None:
    """Whom a person said that the report's text comes from, or the outlet where it does not come from whom it credits."""
    outlet = statement.chain[0]
    for row in rows:
        own = statement.gatherer in (None, outlet)
        if row["theirs"] and own:
            return _row(statement, row["name"], sure=True, rule="person@1", because=[row["derivation"]])
        covered = "credit-line" in statement.chain_rule and not any(
            each["theirs"] and newsrooms.same(each["name"], row["name"]) for each in rows
        )
        if covered and newsrooms.same(row["name"], statement.gatherer) and outlet != "unknown":
            return _row(statement, outlet, sure=True, rule="person@1", because=[row["derivation"]])
    return None


def _deeper(statement: Statement, row: dict[str, Any]) -> bool:
    """Tell whether a link of the chain, or whom the speaker told it, stands below the gatherer that the report itself gives."""
    places = [n for n, link in enumerate(statement.chain) if newsrooms.same(link, statement.gatherer)]
    if row["place"]:
        return int(row["place"]) > max(places, default=-1)
    return max(places, default=0) == 0 and not newsrooms.same(row["name"], statement.gatherer)


def _from_kin(statement: Statement, rows: Sequence[dict[str, Any]]) -> Gatherer:
    """Whom most kindred passages name; of equally many the first by alphabet."""
    counted = Counter(row["name"] for row in {(row["name"], row["derivation"]): row for row in rows}.values())
    name = min(counted, key=lambda each: (-counted[each], each))
    its = [row for row in rows if row["name"] == name]
    because = sorted({row["derivation"] for row in its} | {row["passage"] for row in its})
    return _row(statement, name, sure=any(row["sure"] for row in its), rule="kindred-passage@1", because=because)


def _row(statement: Statement, name: str, *, sure: bool, rule: str, because: list[str]) -> Gatherer:
    return Gatherer(
        id=ident("q", statement.id),
        report=statement.report,
        statement=statement.id,
        gatherer=name,
        sure=sure,
        rule=rule,
        because=because,
    )
