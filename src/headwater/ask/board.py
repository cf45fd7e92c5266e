"""The disputes board: what is disputed in a row, the lines in columns, who says what since when in the cells."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from headwater.ask.rows import StoryRows, story_rows
from headwater.ask.storypage import DisputeLine, dispute_lines, named, told_value
from headwater.store import Store

STORIES = 10  # on one page

SUBJECTS = {
    "doer": "who did it", "claimed": "who claims it", "means": "with what", "event": "what happened", "killed": "how many were killed",
    "wounded": "how many were wounded", "displaced": "how many were displaced", "arrested": "how many were arrested",
    "abducted": "how many were abducted", "missing": "how many are missing", "trapped": "how many are trapped",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class BoardClaim:
    """One side of a dispute: what it says, since when, and the lines that carry it (names of columns)."""

    id: str
    says: str
    text: str
    first: str | None
    lines_min: int
    lines_max: int
    reports: int
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class BoardRow:
    """Claims of which each is against another: what about, the kinds of disputes, and the sides in the order of time."""

    subject: str
    kinds: tuple[str, ...]
    only_updates: bool
    sides: tuple[BoardClaim, ...]
    disputes: tuple[DisputeLine, ...]


@dataclass(frozen=True, slots=True)
class Board:
    """The disputes of one story. A column is a line: an origin and through whom it came."""

    story: str
    title: str
    moment: str | None
    columns: tuple[str, ...]
    rows: tuple[BoardRow, ...]


@dataclass(frozen=True, slots=True)
class Boards:
    """The boards of the stories with most disputes; `kinds` counts the disputes of the whole case."""

    kind: str | None
    kinds: tuple[tuple[str, int], ...]
    stories: int
    page: int
    pages: int
    boards: tuple[Board, ...]


def boards(store: Store, kind: str | None = None, page: int = 1, *, shown: int | None = STORIES) -> Boards:
    """Return the boards of a case, or those with disputes of one kind, of so many stories on a page, or all on one."""
    kinds = store.select("SELECT kind, count(*) AS many FROM disputes GROUP BY kind ORDER BY many DESC, kind")
    wanted = """
        SELECT story FROM disputes WHERE ?1 IS NULL OR kind = ?1
        GROUP BY story ORDER BY sum(kind <> 'update') DESC, count(*) DESC, story
    """
    stories = [row["story"] for row in store.select(wanted, kind)]
    length = shown or max(1, len(stories))
    pages = max(1, -(-len(stories) // length))
    page = min(max(1, page), pages)
    made = [board(store, each, kind=kind) for each in stories[length * (page - 1) : length * page]]
    return Boards(kind, tuple((row["kind"], row["many"]) for row in kinds), len(stories), page, pages, tuple(made))


def board(store: Store, story: str, moment: str | None = None, *, kind: str | None = None) -> Board:
    """Return the board of a story. Raise NoSuchId, BadTime."""
    rows = story_rows(store, story, moment)
    disputes = [each for each in dispute_lines(rows) if kind in (None, each.kind)]
    found = [_row(rows, its) for its in _together(disputes)]
    found.sort(key=lambda row: (row.only_updates, -len(row.sides), row.subject, row.sides[0].id))
    columns = dict.fromkeys(line for row in found for side in row.sides for line in side.lines)
    return Board(rows.story.id, rows.story.title, moment, tuple(columns), tuple(found))


def _together(disputes: Sequence[DisputeLine]) -> list[list[DisputeLine]]:
    """Disputes that share a claim, directly or through others."""
    groups: list[tuple[set[str], list[DisputeLine]]] = []
    for each in disputes:
        touched = [group for group in groups if group[0] & {each.a, each.b}]
        claims = {each.a, each.b}.union(*(group[0] for group in touched))
        its = [dispute for group in touched for dispute in group[1]] + [each]
        groups = [group for group in groups if group not in touched] + [(claims, its)]
    return [its for _, its in groups]


def _row(rows: StoryRows, disputes: Sequence[DisputeLine]) -> BoardRow:
    claims = {each for dispute in disputes for each in (dispute.a, dispute.b)}
    sides = sorted((_side(rows, each) for each in claims), key=lambda each: (each.first or "9999", each.id))
    kinds = sorted({rows.counts[each].claim.kind for each in claims})
    return BoardRow(
        subject=", ".join(SUBJECTS.get(each, each) for each in kinds),
        kinds=tuple(sorted({each.kind for each in disputes})),
        only_updates=all(each.kind == "update" for each in disputes),
        sides=tuple(sides),
        disputes=tuple(disputes),
    )


def _side(rows: StoryRows, claim: str) -> BoardClaim:
    count = rows.counts[claim]
    days = {each.report: each.first for each in rows.dates.values()}
    dated = [day for each in count.claim.statements if (day := days.get(rows.statements[each].report))]
    return BoardClaim(
        id=claim,
        says=told_value(rows, count.claim) or rows.words(count.claim.statement),
        text=rows.words(count.claim.statement),
        first=min(dated, default=None),
        lines_min=count.lines_min,
        lines_max=count.lines_max,
        reports=len({each.report for each in count.asserting}),
        lines=_lines(rows, claim),
    )


def _lines(rows: StoryRows, claim: str) -> tuple[str, ...]:
    """The lines of a claim by name: its origins, each with the gatherers through whom it came."""
    through = defaultdict[str, set[str]](set)
    for edge in rows.counts[claim].most:
        through[named(rows, edge.origin.label)].add(named(rows, edge.gatherer.label))
    return tuple(sorted(_column(origin, gatherers) for origin, gatherers in through.items()))


def _column(origin: str, gatherers: Iterable[str]) -> str:
    name, _, behind = origin.partition(" (")
    origin = name if behind == f"{name})" else origin
    others = [each for each in sorted(gatherers) if each not in origin]
    return f"{origin}, through {', '.join(others)}" if others else origin
