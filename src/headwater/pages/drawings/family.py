"""The family tree: time across, outlets down, texts that are not in the pile in rows of their own above.

A column is a moment at which something was published; where there would be too many, a day, and then a span of days. Reports of one
outlet and one column stand under one another. A curve goes from parent to child, and back where a clock says otherwise.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from headwater.ask import Edge, Member, Node, Tree

LABELS = 168.0  # width of the outlets' names
COLUMN, BOX, TALL = 150.0, 122.0, 28.0
GAP = 8.0  # between boxes of one cell
PAD = 10.0  # above and below the boxes of a row
HEAD = 40.0
MOST = 10  # columns
LETTERS = 17
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
    unseen: bool
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
    children = defaultdict[str, list[str]](list)
    for edge in tree.edges:
        children[edge.parent].append(edge.child)
    for node in tree.nodes:
        if node.unseen:
            place[node.id] = min((place[each] for each in children[node.id] if each in place), default=0)
    shown = [each for each in tree.nodes if each.id in place]
    tied = {end for edge in tree.edges for end in (edge.child, edge.parent)}
    rows, boxes, height = _rows(shown, place, tied)
    names = sorted({number: label for label, number in columns.items()}.items())
    count = 1 + max(place.values(), default=0)
    at = {each.id: each for each in boxes}
    branches = tuple(
        _branch(edge, at[edge.parent], at[edge.child]) for edge in tree.edges if edge.parent in at and edge.child in at
    )
    return Family(
        width=LABELS + COLUMN * count,
        height=height,
        rows=tuple(rows),
        columns=tuple(_column_label(number, moments, columns) for number, _ in names),
        boxes=tuple(boxes),
        branches=tuple(sorted(branches, key=lambda each: (each.sure, each.id))),
    )


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


def _column_label(number: int, moments: Mapping[str, str], columns: Mapping[str, int]) -> ColumnLabel:
    its = sorted({each for each in moments.values() if columns[each] == number})
    x = LABELS + COLUMN * number + COLUMN / 2
    if its == [UNKNOWN]:
        return ColumnLabel(x, "no date", "")
    its = [each for each in its if each != UNKNOWN]
    first, last = its[0], its[-1]
    if len(its) == 1:
        return ColumnLabel(x, first[:10], first[11:])
    if first[:10] == last[:10]:
        return ColumnLabel(x, first[:10], " – ".join(each for each in (first[11:], last[11:]) if each))
    return ColumnLabel(x, first[:10], f"to {last[:10]}")


def _rows(nodes: Sequence[Node], place: Mapping[str, int], tied: set[str]) -> tuple[list[RowLabel], list[Box], float]:
    """Put unseen texts above and outlets below, in the order of their first column."""
    groups = defaultdict[tuple[bool, str], list[Node]](list)
    for node in nodes:
        groups[not node.unseen, node.name if node.unseen else node.outlet or ""].append(node)
    order = sorted(
        groups, key=lambda key: (key[0], not key[1] and key[0], min(place[each.id] for each in groups[key]), key[1])
    )
    rows, boxes, y = list[RowLabel](), list[Box](), HEAD
    for number, key in enumerate(order):
        cells = defaultdict[int, list[Node]](list)
        for node in groups[key]:
            cells[place[node.id]].append(node)
        deepest = max(len(its) for its in cells.values())
        height = 2 * PAD + deepest * TALL + (deepest - 1) * GAP
        full = key[1] or "outlet unknown"
        rows.append(RowLabel(y, height, _cut(full, OUTLET_LETTERS), full, not key[0], number % 2 == 1))
        for column, its in cells.items():
            for depth, node in enumerate(its):
                boxes.append(_box(node, column, y + PAD + depth * (TALL + GAP), alone=node.id not in tied))
        y += height
    return rows, boxes, y + PAD


def _box(node: Node, column: int, y: float, *, alone: bool) -> Box:
    x = LABELS + COLUMN * column + (COLUMN - BOX) / 2
    label = "not in the pile" if node.unseen else node.name
    return Box(node.id, x, y, BOX, TALL, _cut(label, LETTERS), node.name, node.day, node.unseen, alone)


def _cut(text: str, letters: int) -> str:
    plain = " ".join(text.split())
    return plain if len(plain) <= letters else plain[: letters - 1] + "…"


def _branch(edge: Edge, parent: Box, child: Box) -> Branch:
    path, x, y = _curve(parent, child)
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


def _curve(parent: Box, child: Box) -> tuple[str, float, float]:
    """The curve between two boxes and the place of its label: sideways between columns, bowed to the left inside one."""
    if child.x > parent.x:
        a, b = (parent.x + parent.width, parent.y + parent.height / 2), (child.x, child.y + child.height / 2)
        bend = max(14.0, (b[0] - a[0]) / 2)
    elif child.x < parent.x:
        a, b = (parent.x, parent.y + parent.height / 2), (child.x + child.width, child.y + child.height / 2)
        bend = min(-14.0, (b[0] - a[0]) / 2)
    elif parent.unseen:
        a, b = (parent.x + parent.width / 2, parent.y + parent.height), (child.x + child.width / 2, child.y)
        far = (b[1] - a[1]) / 2
        if far < 3 * TALL:
            return (
                f"M{a[0]} {a[1]} C{a[0]} {a[1] + far} {b[0]} {b[1] - far} {b[0]} {b[1]}",
                (a[0] + b[0]) / 2,
                (a[1] + b[1]) / 2,
            )
        return _bowed(parent, child)
    else:
        return _bowed(parent, child)
    path = f"M{a[0]} {a[1]} C{a[0] + bend} {a[1]} {b[0] - bend} {b[1]} {b[0]} {b[1]}"
    return path, (a[0] + b[0]) / 2, (a[1] + b[1]) / 2


def _bowed(parent: Box, child: Box) -> tuple[str, float, float]:
    a, b = (parent.x, parent.y + parent.height / 2), (child.x, child.y + child.height / 2)
    bow = min(26.0, 10.0 + abs(b[1] - a[1]) / 12)
    path = f"M{a[0]} {a[1]} C{a[0] - bow} {a[1]} {b[0] - bow} {b[1]} {b[0]} {b[1]}"
    return path, a[0] - bow * 0.75, (a[1] + b[1]) / 2
