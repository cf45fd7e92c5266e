"""The family tree: time across, outlets down, texts that are not in the pile before all of it, since nobody knows their time.

A column is a moment at which something was published; where there would be too many, a day, and then a span of days. Reports of one
outlet and one column stand under one another. A curve goes from parent to child, and back where a clock says otherwise; two of one
column are tied on their right side.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from headwater.ask import Edge, Member, Node, Tree

LABELS = 168.0  # width of the outlets' names
FULL = 1230.0  # width that a desk has
LEAST, WIDEST = 118.0, 300.0  # of a box, of a column
UNSEEN, GATE = 128.0, 86.0  # width of an unseen text's box, and of what its curves take up behind it
BESIDE, TIED = 34.0, 92.0  # between the boxes of two columns; where boxes of one column are tied
TALL = 40.0
GAP = 8.0  # between boxes of one cell
PAD = 10.0  # above and below the boxes of a row
HEAD = 40.0
MOST = 10  # columns
LETTER = 6.4  # width of a letter in a box
LANES, LANE = 6, 8.0  # curves inside a column keep apart
LOW = 26.0  # height of an unseen text
OUTLET_LETTERS = 22
UNKNOWN = "~"  # sorts behind every day


@dataclass(frozen=True, slots=True)
class Box:
    """A report or an unseen text."""

    id: str
    x: float
    y: float
    width: float
    height: float
    label: str
    below: str
    """a second, smaller line"""
    full: str
    day: str | None
    unseen: bool
    alone: bool
    """without any derivation here"""


@dataclass(frozen=True, slots=True)
class Branch:
    """A derivation: the path of its curve, the place of its label, and how it is drawn."""

    id: str
    child: str
    parent: str
    path: str
    label_x: float
    label_y: float
    share: str
    sure: bool
    directed: bool
    parent_unseen: bool
    told: str


@dataclass(frozen=True, slots=True)
class RowLabel:
    """The name of an outlet, or of nobody, beside its row."""

    y: float
    height: float
    label: str
    full: str
    shaded: bool


@dataclass(frozen=True, slots=True)
class ColumnLabel:
    """A moment over its column."""

    x: float
    label: str
    lower: str


@dataclass(frozen=True, slots=True)
class Family:
    """The picture of one story's tree."""

    width: float
    height: float
    rows: tuple[RowLabel, ...]
    columns: tuple[ColumnLabel, ...]
    boxes: tuple[Box, ...]
    branches: tuple[Branch, ...]


def draw_family(tree: Tree, members: Sequence[Member]) -> Family:
    """Draw a tree; the hours at which reports say that they came out put them in order inside a day."""
    moments = {each.id: _moment(each, each.published) for each in members}
    columns = _columns(sorted(set(moments.values())))
    place = {each.id: columns[moments[each.id]] for each in members}
    reports = [each for each in tree.nodes if each.id in place]
    unseen = [each for each in tree.nodes if each.unseen]
    tied = any(place.get(each.child) == place.get(each.parent) for each in tree.edges)
    grid = _grid(1 + max(place.values(), default=0), unseen=bool(unseen), tied=tied)
    rows, boxes, height = _rows(
        reports, place, {end for each in tree.edges for end in (each.child, each.parent)}, members, grid
    )
    boxes += _unseen(unseen, tree.edges, {each.id: each for each in boxes})
    at = {each.id: each for each in boxes}
    edges = [each for each in tree.edges if each.parent in at and each.child in at]
    inside = [each.id for each in edges if at[each.parent].x == at[each.child].x]
    branches = [_branch(each, at[each.parent], at[each.child], inside) for each in edges]
    names = sorted({number: label for label, number in columns.items()})
    labels = [_column_label(number, moments, columns, grid) for number in names]
    if unseen:
        labels.insert(0, ColumnLabel(LABELS + UNSEEN / 2, "not in the pile", ""))
    return Family(
        width=grid.left + grid.column * grid.count,
        height=max(height, *(box.y + box.height + PAD for box in boxes), HEAD),
        rows=tuple(rows),
        columns=tuple(labels),
        boxes=tuple(boxes),
        branches=tuple(sorted(branches, key=lambda each: (each.sure, each.id))),
    )


@dataclass(frozen=True, slots=True)
class _Grid:
    """The columns of time: how many, where they begin, how wide one is, and how much of it stands free beside a box."""

    count: int
    left: float
    column: float
    beside: float


def _grid(count: int, *, unseen: bool, tied: bool) -> _Grid:
    left = LABELS + (UNSEEN + GATE if unseen else 0.0)
    beside = TIED if tied else BESIDE
    return _Grid(count, left, min(WIDEST, max(LEAST + beside, (FULL - left) / count)), beside)


def _moment(member: Member, published: str | None) -> str:
    """When a report came out: the hour, in UTC where a zone is given, if it is known and of that day; else the day, else unknown."""
    if member.first is None:
        return UNKNOWN
    if published and len(published) > len("2024-03-14") and published[:10] == member.first:
        return _in_utc(published) or member.first
    return member.first


def _in_utc(published: str) -> str | None:
    try:
        moment = datetime.fromisoformat(published)
    except ValueError:
        return None
    return (moment.astimezone(UTC) if moment.tzinfo else moment).strftime("%Y-%m-%d %H:%M")


def _columns(moments: Sequence[str]) -> dict[str, int]:
    """Which column each moment stands in: hours apart where they fit, else days, else months, else runs of them; no date comes last."""
    known = [each for each in moments if each != UNKNOWN]
    keys, length = list[str](), 0
    for length in (16, 10, 7):
        keys = list(dict.fromkeys(each[:length] for each in known))
        if len(keys) <= MOST:
            break
    per = max(1, -(-len(keys) // MOST))
    found = {each: keys.index(each[:length]) // per for each in known}
    return found | {each: 1 + max(found.values(), default=-1) for each in moments if each == UNKNOWN}


def _column_label(number: int, moments: Mapping[str, str], columns: Mapping[str, int], grid: _Grid) -> ColumnLabel:
    its = sorted({each for each in moments.values() if columns[each] == number})
    x = grid.left + grid.column * number + (grid.column - grid.beside) / 2 + BESIDE / 2
    if its == [UNKNOWN]:
        return ColumnLabel(x, "no date", "")
    its = [each for each in its if each != UNKNOWN]
    first, last = its[0], its[-1]
    if len(its) == 1:
        return ColumnLabel(x, first[:10], first[11:])
    if first[:10] == last[:10]:
        return ColumnLabel(x, first[:10], " – ".join(each for each in (first[11:], last[11:]) if each))
    return ColumnLabel(x, first[:10], f"to {last[:10]}")


def _rows(
    reports: Sequence[Node], place: Mapping[str, int], tied: set[str], members: Sequence[Member], grid: _Grid
) -> tuple[list[RowLabel], list[Box], float]:
    """A row an outlet, in the order of its first column; reports without an outlet last."""
    titles = {each.id: each.title for each in members}
    groups = defaultdict[str, list[Node]](list)
    for node in reports:
        groups[node.outlet or ""].append(node)
    rows, boxes, y = list[RowLabel](), list[Box](), HEAD
    for number, outlet in enumerate(
        sorted(groups, key=lambda key: (not key, min(place[each.id] for each in groups[key]), key))
    ):
        cells = defaultdict[int, list[Node]](list)
        for node in groups[outlet]:
            cells[place[node.id]].append(node)
        deepest = max(len(its) for its in cells.values())
        height = 2 * PAD + deepest * TALL + (deepest - 1) * GAP
        full = outlet or "outlet unknown"
        rows.append(RowLabel(y, height, _cut(full, OUTLET_LETTERS), full, number % 2 == 1))
        for column, its in cells.items():
            for depth, node in enumerate(its):
                top = y + PAD + depth * (TALL + GAP)
                boxes.append(_box(node, titles.get(node.id), column, top, grid, alone=node.id not in tied))
        y += height
    return rows, boxes, y + PAD


def _box(node: Node, title: str | None, column: int, y: float, grid: _Grid, *, alone: bool) -> Box:
    """A report under its headline, with the id that it came with below."""
    x, width = grid.left + grid.column * column + BESIDE / 2, grid.column - grid.beside
    letters = int((width - 10) / LETTER)
    below = _cut(node.name, letters) if title else ""
    label = _cut(title or node.name, letters)
    return Box(node.id, x, y, width, TALL, label, below, node.name, node.day, unseen=False, alone=alone)


def _unseen(nodes: Sequence[Node], edges: Sequence[Edge], at: Mapping[str, Box]) -> list[Box]:
    """Put unseen texts before the columns, each as near to the middle of its children as the others leave room."""
    middle = {}
    for node in nodes:
        its = [at[each.child].y + TALL / 2 for each in edges if each.parent == node.id and each.child in at]
        middle[node.id] = sum(its) / len(its) if its else HEAD
    boxes, next_y = list[Box](), HEAD + PAD
    for node in sorted(nodes, key=lambda each: (middle[each.id], each.name)):
        y = max(next_y, middle[node.id] - LOW / 2)
        label = _cut(node.name, int((UNSEEN - 12) / LETTER))
        boxes.append(Box(node.id, LABELS, y, UNSEEN, LOW, label, "", node.name, None, unseen=True, alone=False))
        next_y = y + LOW + GAP
    return boxes


def _cut(text: str, letters: int) -> str:
    plain = " ".join(text.split())
    return plain if len(plain) <= letters else plain[: letters - 1] + "…"


def _branch(edge: Edge, parent: Box, child: Box, inside: Sequence[str]) -> Branch:
    path, x, y = _curve(parent, child, inside.index(edge.id) % LANES if edge.id in inside else 0)
    return Branch(
        id=edge.id,
        child=edge.child,
        parent=edge.parent,
        path=path,
        label_x=round(x, 1),
        label_y=round(y, 1),
        share="" if edge.share is None else f"{edge.share:.0%}",
        sure=edge.sure,
        directed=edge.direction != "undecidable",
        parent_unseen=parent.unseen,
        told=_told(edge, parent, child),
    )


def _told(edge: Edge, parent: Box, child: Box) -> str:
    if edge.direction == "undecidable":
        how = f"{child.full} and {parent.full} share text; which came first cannot be told"
    else:
        how = f"{child.full} comes {'' if edge.direction == 'certain' else 'likely '}from {parent.full}"
    share = "" if edge.share is None else f", {edge.share:.0%} of it"
    return f"{how}: {edge.kind}{share}{'' if edge.sure else '; not sure that there is a derivation'}"


def _curve(parent: Box, child: Box, lane: int) -> tuple[str, float, float]:
    """The curve between two boxes and the place of its label: sideways between columns, bowed to the right inside one."""
    if child.x > parent.x:
        a, b = (parent.x + parent.width, parent.y + parent.height / 2), (child.x, child.y + child.height / 2)
        bend = max(14.0, (b[0] - a[0]) / 2)
    elif child.x < parent.x:
        a, b = (parent.x, parent.y + parent.height / 2), (child.x + child.width, child.y + child.height / 2)
        bend = min(-14.0, (b[0] - a[0]) / 2)
    else:
        right = parent.x + parent.width
        a, b = (right, parent.y + parent.height / 2), (right, child.y + child.height / 2)
        bow = 16.0 + LANE * lane
        path = f"M{a[0]} {a[1]} C{a[0] + bow} {a[1]} {b[0] + bow} {b[1]} {b[0]} {b[1]}"
        return path, right + bow * 0.75 + 8, (a[1] + b[1]) / 2
    path = f"M{a[0]} {a[1]} C{a[0] + bend} {a[1]} {b[0] - bend} {b[1]} {b[0]} {b[1]}"
    return path, (a[0] + b[0]) / 2, (a[1] + b[1]) / 2
