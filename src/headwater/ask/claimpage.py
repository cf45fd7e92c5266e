"""A claim's page: who says it in which words, through whom each report has it, and the graph from which its lines are counted."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from headwater.ask.rows import StoryRows, story_rows
from headwater.ask.storypage import ClaimLine, DisputeLine, claim_line, days_of, dispute_lines, named
from headwater.errors import NoSuchId
from headwater.lists import newsrooms
from headwater.records import Claim, Correction, Sentence, Statement
from headwater.stages.lines import Count, tally_of
from headwater.stages.lines.graph import Edge, cover_nodes
from headwater.store import Store


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a sentence: `marks` are content, speaker, cue and hedge, or nothing."""

    text: str
    marks: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Rung:
    """One link of a chain: a name, and what it is in it: outlet, gatherer, origin or link."""

    name: str
    role: str


@dataclass(frozen=True, slots=True)
class Said:
    """A statement of the claim in its sentence."""

    id: str
    report: str
    report_name: str
    outlet: str | None
    day: str | None
    published: str | None
    start: int
    pieces: tuple[Piece, ...]
    stance: str
    basis: str | None
    likelihood: str | None
    ladder: tuple[Rung, ...]
    gatherer_sure: bool
    witness: str | None
    """both, upper or lower: at which end of the interval it is a witness of a line of its own"""
    counted: bool
    """false where a person took it out"""
    visits: bool
    """whether its report stands in another story"""
    rules: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class GraphNode:
    """A gatherer or an origin in the picture; `cover` where the claim rests on it."""

    key: str
    label: str
    cover: bool
    reports: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class GraphEdge:
    """Statements between one gatherer and one origin; `witness` where one of them is a line."""

    gatherer: str
    origin: str
    statements: tuple[str, ...]
    witness: bool


@dataclass(frozen=True, slots=True)
class Graph:
    """The bipartite graph of one end of the interval."""

    bound: str
    lines: int
    gatherers: tuple[GraphNode, ...]
    origins: tuple[GraphNode, ...]
    edges: tuple[GraphEdge, ...]


@dataclass(frozen=True, slots=True)
class Merged:
    """Why gatherers are one: a derivation between two reports, or a person's word."""

    id: str
    told: str
    child: str | None
    parent: str | None


@dataclass(frozen=True, slots=True)
class ClaimPage:
    """One claim, whole or as it was known by a moment."""

    line: ClaimLine
    story: str
    story_title: str
    moment: str | None
    days: tuple[str, ...]
    not_out: int
    undated: int
    asserts: tuple[Said, ...]
    denies: tuple[Said, ...]
    doubts: tuple[Said, ...]
    forecasts: tuple[Said, ...]
    upper: Graph
    lower: Graph
    why: str
    rule: str
    merged: tuple[Merged, ...]
    disputes: tuple[DisputeLine, ...]
    siblings: tuple[ClaimLine, ...]
    """the other claims of the story that a person may want to merge it with: those of its kind"""
    corrections: tuple[Correction, ...]


def claim_page(store: Store, claim: str, moment: str | None = None) -> ClaimPage:
    """Return the page of a claim. Raise NoSuchId, BadTime."""
    found = store.one(Claim, claim)
    if found is None:
        raise NoSuchId(
            claim, "is no claim of this case", hint="a correction or a new report may have given it another id"
        )
    rows = story_rows(store, found.story, moment)
    if claim not in rows.counts:
        raise NoSuchId(f"{claim} as of {moment}", "had not been made by then", hint="choose a later day")
    count = rows.counts[claim]
    disputes = tuple(each for each in dispute_lines(rows) if claim in (each.a, each.b))
    sentences = _sentences(store, rows, count)
    said = [_said(rows, each, count, sentences) for each in _in_time(rows, count.claim.statements)]
    tally = tally_of(count)
    siblings = [
        claim_line(rows, each, 0) for id_, each in rows.counts.items() if id_ != claim and each.claim.kind == found.kind
    ]
    about = {claim, *count.claim.statements, *count.claim.readings}
    made = {*count.claim.because, *tally.because}
    made |= {id_ for voice in rows.told.voices if voice.statement in about for id_ in voice.because}
    return ClaimPage(
        line=claim_line(rows, count, sum(each.kind != "update" for each in disputes)),
        story=rows.story.id,
        story_title=rows.story.title,
        moment=moment,
        days=days_of(store, rows.story.id),
        not_out=rows.not_out,
        undated=rows.undated,
        asserts=tuple(each for each in said if each.stance == "asserts"),
        denies=tuple(each for each in said if each.stance == "denies"),
        doubts=tuple(each for each in said if each.stance == "doubts"),
        forecasts=tuple(each for each in said if each.stance == "forecasts"),
        upper=_graph(rows, count, "upper"),
        lower=_graph(rows, count, "lower"),
        why=tally.why,
        rule=count.claim.rule,
        merged=tuple(_merged(rows, each) for each in tally.because),
        disputes=disputes,
        siblings=tuple(sorted(siblings, key=lambda each: (-each.reports, each.id))[:40]),
        corrections=tuple(each for each in store.all(Correction) if each.id in made or {each.name, each.into} & about),
    )


def _merged(rows: StoryRows, id_: str) -> Merged:
    found = next((each for each in rows.told.derivations if each.id == id_), None)
    if found is None or found.parent is None:
        return Merged(id_, "a person said so", None, None)
    verb = "shares text with" if found.direction == "undecidable" else "comes from"
    sure = "" if found.sure else ", only likely: it counts at the lower end alone"
    return Merged(id_, f"{rows.name(found.child)} {verb} {rows.name(found.parent)}{sure}", found.child, found.parent)


def _in_time(rows: StoryRows, ids: Sequence[str]) -> list[Statement]:
    days = {each.report: each.first for each in rows.dates.values()}
    its = [rows.statements[each] for each in ids]
    return sorted(its, key=lambda each: (days.get(each.report) or "9999", rows.name(each.report), each.start, each.id))


def _sentences(store: Store, rows: StoryRows, count: Count) -> dict[str, Sentence]:
    wanted = {rows.statements[each].sentence for each in count.claim.statements}
    return {each.id: each for each in store.some(Sentence, "id", wanted)}


def _said(rows: StoryRows, statement: Statement, count: Count, sentences: dict[str, Sentence]) -> Said:
    report = rows.report(statement.report)
    date = rows.dates.get(report.id)
    upper, lower = ({each.statement for each in end} for end in (count.most, count.least))
    ends = (statement.id in upper, statement.id in lower)
    return Said(
        id=statement.id,
        report=report.id,
        report_name=report.name,
        outlet=report.outlet,
        day=date.first if date else None,
        published=report.published,
        start=statement.start,
        pieces=pieces(report.text, statement, sentences.get(statement.sentence)),
        stance=statement.stance,
        basis=statement.basis,
        likelihood=statement.likelihood,
        ladder=ladder(statement, rows.name(report.id), _before(rows, statement)),
        gatherer_sure=statement.gatherer_sure,
        witness={(True, True): "both", (True, False): "upper", (False, True): "lower"}.get(ends),
        counted=statement in count.counted,
        visits=report.id not in rows.reports,
        rules=tuple(each for each in (statement.rule, statement.speaker_rule, statement.chain_rule) if each),
    )


def pieces(text: str, statement: Statement, sentence: Sentence | None) -> tuple[Piece, ...]:
    """Cut the sentence of a statement, or what it covers where that is longer, at the ends of everything marked in it."""
    spans = [
        ("content", statement.start, statement.end),
        ("cue", statement.cue_start, statement.cue_end),
        ("speaker", statement.speaker_start, statement.speaker_end),
        ("hedge", statement.hedge_start, statement.hedge_end),
    ]
    first = min(statement.start, sentence.start if sentence else statement.start)
    last = max(statement.end, sentence.end if sentence else statement.end)
    known = [(kind, start, end) for kind, start, end in spans if start is not None and end is not None]
    near = [(kind, max(start, first), min(end, last)) for kind, start, end in known if start < last and end > first]
    cuts = sorted({first, last, *(each for _, start, end in near for each in (start, end))})
    return tuple(
        Piece(text[start:end], tuple(kind for kind, a, b in near if a <= start and end <= b))
        for start, end in pairwise(cuts)
        if end > start
    )


def _before(rows: StoryRows, statement: Statement) -> str | None:
    """The origin of a statement before a person's corrections."""
    return next(each.origin for each in rows.told.statements if each.id == statement.id)


def ladder(statement: Statement, own: str, before: str | None) -> tuple[Rung, ...]:
    """Return the chain of a statement as people read it: the outlet first, its origin last.

    `own` is what to call a report without an outlet; `before` is the origin before a person's corrections, which takes its place.
    """
    names = list(statement.chain) or ["unknown"]
    if statement.origin and before != statement.origin and len(names) > 1 and names[-1] == before:
        names[-1] = statement.origin
    if names[0] == "unknown":
        names[0] = f"whoever wrote {own}"
    if statement.gatherer and not any(newsrooms.same(each, statement.gatherer) for each in names):
        names.insert(1, statement.gatherer)
    rungs = [Rung(each, _role(number, each, statement)) for number, each in enumerate(names)]
    if statement.origin and statement.origin != names[-1]:
        rungs.append(Rung(statement.origin, "origin"))
    elif len(rungs) > 1 or statement.origin:
        rungs[-1] = Rung(rungs[-1].name, "origin" if rungs[-1].role == "link" else rungs[-1].role)
    if statement.origin is None:
        rungs.append(Rung("unknown", "origin"))
    return tuple(rungs)


def _role(number: int, name: str, statement: Statement) -> str:
    if statement.gatherer and newsrooms.same(name, statement.gatherer):
        return "outlet and gatherer" if number == 0 else "gatherer"
    return "outlet" if number == 0 else "link"


def _graph(rows: StoryRows, count: Count, bound: str) -> Graph:
    edges, witnesses = (count.upper, count.most) if bound == "upper" else (count.lower, count.least)
    lines = {each.statement for each in witnesses}
    covering = {each.key for each in cover_nodes(edges, witnesses)}
    covering |= {_folded(each) for each in edges if each.origin.key in covering}
    pairs: dict[tuple[str, str], list[Edge]] = {}
    for edge in sorted(edges):
        pairs.setdefault((edge.gatherer.key, _folded(edge)), []).append(edge)
    return Graph(
        bound=bound,
        lines=count.lines_max if bound == "upper" else count.lines_min,
        gatherers=_nodes(rows, [(each.gatherer.key, each.gatherer.label, each.statement) for each in edges], covering),
        origins=_nodes(rows, [(_folded(each), each.origin.label, each.statement) for each in edges], covering),
        edges=tuple(
            GraphEdge(a, b, tuple(each.statement for each in its), any(each.statement in lines for each in its))
            for (a, b), its in sorted(pairs.items())
        ),
    )


def _folded(edge: Edge) -> str:
    """The key under which an origin is drawn: those that nobody names and that one gatherer tells of in one word are one dot.

    Each counts as its own, and of all that share a gatherer one at most can be a witness, so that nothing is lost from the picture.
    """
    unnamed = edge.origin.key == f"unknown {edge.statement}"
    return f"{edge.origin.label} of {edge.gatherer.key}" if unnamed else edge.origin.key


def _nodes(rows: StoryRows, ends: Sequence[tuple[str, str, str]], covering: set[str]) -> tuple[GraphNode, ...]:
    labels = {key: label for key, label, _ in ends}
    reports = {
        key: sorted({rows.name(rows.statements[statement].report) for its, _, statement in ends if its == key})
        for key in labels
    }
    order = sorted(labels, key=lambda key: (-len(reports[key]), labels[key], key))
    return tuple(GraphNode(key, named(rows, labels[key]), key in covering, tuple(reports[key])) for key in order)
