"""What a person puts right: kept with the case, beside the machine's values, and applied again by every run.

About speakers:

    merge A into B      two names are one speaker: B
    rename A to B       the speaker is called B
    split A in report R the A of that report is another one than the A of all others

About two reports:

    copied A B          the text of report A comes from that of B
    one-text A B        both are cuts of one text, and which came first is not said
    apart A B           neither has its text from the other

About a report and a text that is not in the pile:

    from A NAME         the text of report A comes from one of NAME's, which is not in the pile
    not-from A NAME     it does not, whatever it credits

About stories, claims and lines; the command names them by id, and what is kept are reports, readings and statements, whose ids
no other report changes:

    one-story A B       the stories of reports A and B are one
    other-story A B     report A is not of B's story; all that were taken from B's are one story
    one-claim A B       the claims of readings A and B are one, and say what B's does
    moved A B           reading A is of B's claim
    other-claim A B     reading A is not of B's claim; all that were taken from B's are one claim
    stance A S          statement A asserts, denies, doubts or forecasts
    no-line A           statement A counts for no line
    one-line A B        statements A and B are one line wherever both count
    own-line A          statement A is a line of its own wherever it counts, at both ends

In an alias file (CSV) each row is one of them: `kind,name,into,report`; `kind` may be left out and is then merge.
"""

import csv
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from difflib import get_close_matches
from functools import wraps
from pathlib import Path
from typing import Concatenate, ParamSpec, TypeVar

from headwater.errors import BadAliases, BadRecord, NoSuchCorrection, NoSuchId, NoSuchSpeaker
from headwater.records import Claim, Correction, Reading, Record, Report, Statement, Story, ident
from headwater.rows import HINT
from headwater.stages.words import fold
from headwater.store import Store

KINDS = ("merge", "rename", "split")
MARKS = ("copied", "one-text", "apart")
TEXT_MARKS = ("from", "not-from")
Kept = TypeVar("Kept", bound=Record)
STANCES = ("asserts", "denies", "doubts", "forecasts")
MOST = 2**53
"""corrections; a number beyond it was made up"""
P = ParamSpec("P")
Made = TypeVar("Made")


def at_once(make: Callable[Concatenate[Store, P], Made]) -> Callable[Concatenate[Store, P], Made]:
    """Make what a correction is checked against and its writing one transaction, so that of two who write at once nobody loses any."""

    @wraps(make)
    def whole(store: Store, /, *args: P.args, **kwargs: P.kwargs) -> Made:
        with store.transaction():
            return make(store, *args, **kwargs)

    return whole


@dataclass(frozen=True, slots=True)
class Signed:
    """Who makes a correction, when and why; each may be unknown."""

    author: str | None = None
    made: str | None = None
    reason: str | None = None


@at_once
def correct(
    store: Store, kind: str, name: str, into: str, *, report: str | None = None, signed: Signed | None = None
) -> Correction:
    """Keep one correction; `report` is the id of a report or the id that it came with. Raise NoSuchSpeaker or BadAliases."""
    if kind not in KINDS:
        raise BadAliases(kind, "is no kind of correction", hint=f"kinds are {', '.join(KINDS)}")
    if not into.strip():
        raise BadAliases(name, "a correction needs the name that it leads to", hint="say what to call the speaker")
    where = _report(store, report) if report else None
    _known(store, name, where)
    return _kept(store, kind, name.strip(), into.strip(), where, signed)


def _kept(store: Store, kind: str, name: str, into: str, where: str | None, signed: Signed | None) -> Correction:
    by = signed or Signed()
    newest = store.select("SELECT max(number) AS number FROM corrections")[0]["number"] or 0
    if type(newest) is not int or newest >= MOST:
        raise BadRecord("corrections", f"have {str(newest)[:40]!r} as a number", hint=HINT)
    kept = Correction(
        id=ident("v", kind, name, into, where),
        kind=kind,
        name=name,
        into=into,
        report=where,
        number=1 + newest,
        author=by.author,
        made=by.made,
        reason=by.reason,
    )
    store.renew(Correction, [kept])  # said again, it is the latest
    return kept


@at_once
def split(store: Store, name: str, report: str, into: str | None = None, *, signed: Signed | None = None) -> Correction:
    """Keep that the speaker of this name in one report is another one; without a name it is called after the report."""
    where = _report(store, report)
    title = next(each.name for each in store.all(Report) if each.id == where)
    return correct(store, "split", name, into or f"{name} ({title})", report=where, signed=signed)


@at_once
def mark(store: Store, one: str, two: str, kind: str, *, signed: Signed | None = None) -> Correction:
    """Keep what a person says of two reports, or of a report and an unseen text called `two`.

    Reports are named by id or by the name that they came with. Raise NoSuchSpeaker or BadAliases.
    """
    if kind not in (*MARKS, *TEXT_MARKS):
        raise BadAliases(kind, "is no mark of reports", hint=f"marks are {', '.join((*MARKS, *TEXT_MARKS))}")
    if kind in TEXT_MARKS:
        if not two.strip():
            raise BadAliases(
                one, "a mark needs the name of the unseen text", hint="name the agency or paper whose text it is"
            )
        return _kept(store, kind, _report(store, one), two.strip(), None, signed)
    a, b = _report(store, one), _report(store, two)
    if a == b:
        raise BadAliases(one, "is one report, and a mark is of two", hint="name two reports")
    return _kept(store, kind, a, b, None, signed)


@at_once
def together(store: Store, one: str, two: str, *, signed: Signed | None = None) -> Correction | None:
    """Keep that two stories, or two claims of one story, are one; a claim says what the second does; None where neither is an id.

    Raise BadAliases where only one of them is, or the claims are of two stories.
    """
    for record, kind in ((Story, "one-story"), (Claim, "one-claim")):
        a, b = store.one(record, one), store.one(record, two)
        if a is None and b is None:
            continue
        if a is None or b is None or one == two:
            raise BadAliases(f"{one} and {two}", f"are not two {record.table}", hint=f"name two ids of {record.table}")
        if isinstance(a, Story) and isinstance(b, Story):
            return _kept(store, kind, min(a.reports), min(b.reports), None, signed)
        if isinstance(a, Claim) and isinstance(b, Claim):
            _of_one_story(a, b)
            return _kept(store, kind, _anchor(store, a), _anchor(store, b), None, signed)
    return None


@at_once
def out_of(store: Store, whole: str, part: str, *, signed: Signed | None = None) -> list[Correction]:
    """Keep that a report is not of this story, or a statement not of this claim; nothing where `whole` is no id of either.

    Raise BadAliases where it is not in there, or is all that is in there.
    """
    story, claim = store.one(Story, whole), store.one(Claim, whole)
    if story is not None:
        report = _report(store, part)
        left = [each for each in story.reports if each != report]
        _is_part(part, whole, inside=len(left) < len(story.reports), left=bool(left))
        return [_kept(store, "other-story", report, min(left), None, signed)]
    if claim is not None:
        rows = _readings(store, claim)
        its = sorted(each.id for each in rows if each.statement == part)
        others = [each.statement for each in rows if each.statement != part]
        _is_part(part, whole, inside=bool(its), left=bool(others))
        anchor = _anchor(store, claim, apart_from=part)
        return [_kept(store, "other-claim", each, anchor, None, signed) for each in its]
    return []


@at_once
def move(store: Store, statement: str, claim: str, *, signed: Signed | None = None) -> list[Correction]:
    """Keep that a statement is of this claim, and no more of the one where its reading of that kind stands. Raise NoSuchId, BadAliases."""
    said, into = _row(store, Statement, statement), _row(store, Claim, claim)
    if statement in into.statements:
        raise BadAliases(statement, "is of this claim already", hint="`headwater explain` shows where it stands")
    homes = {reading: each for each in store.all(Claim) if each.story == into.story for reading in each.readings}
    held = [each for each in store.all(Reading) if each.statement == said.id and each.id in homes]
    of_kind = [each for each in held if each.kind == into.kind] or held
    if not of_kind:
        raise BadAliases(statement, "is told in no claim of the same story", hint="merge the stories first")
    home = homes[min(of_kind, key=lambda each: (each.start, each.id)).id]
    moved = sorted(each.id for each in held if homes[each.id] is home)
    return [_kept(store, "moved", each, _anchor(store, into), None, signed) for each in moved]


@at_once
def stance(store: Store, statement: str, kind: str, *, signed: Signed | None = None) -> Correction:
    """Keep a statement's stance. Raise NoSuchId, BadAliases."""
    if kind not in STANCES:
        raise BadAliases(kind, "is no stance", hint=f"stances are {', '.join(STANCES)}")
    return _kept(store, "stance", _row(store, Statement, statement).id, kind, None, signed)


@at_once
def exclude(store: Store, statement: str, *, signed: Signed | None = None) -> Correction:
    """Keep that a statement counts for no line. Raise NoSuchId."""
    return _kept(store, "no-line", _row(store, Statement, statement).id, "no line", None, signed)


@at_once
def own_line(store: Store, statement: str, *, signed: Signed | None = None) -> Correction:
    """Keep that a statement is a line of its own. Raise NoSuchId."""
    return _kept(store, "own-line", _row(store, Statement, statement).id, "its own", None, signed)


@at_once
def one_line(store: Store, one: str, two: str, *, signed: Signed | None = None) -> Correction:
    """Keep that two statements are one line. Raise NoSuchId, BadAliases."""
    a, b = (_row(store, Statement, each).id for each in (one, two))
    if a == b:
        raise BadAliases(one, "is one statement, and a line is made one of two", hint="name two statements")
    return _kept(store, "one-line", a, b, None, signed)


def _row(store: Store, record: type[Kept], id_: str) -> Kept:
    row = store.one(record, id_)
    if row is None:
        raise NoSuchId(id_, f"is no id of {record.table}", hint="ids are shown by `brief`, `claims` and `table`")
    return row


def _readings(store: Store, claim: Claim) -> list[Reading]:
    return [each for each in store.all(Reading) if each.id in set(claim.readings)]


def _anchor(store: Store, claim: Claim, *, apart_from: str = "") -> str:
    """The reading that stands for a claim: one of its clearest statement, or else its first."""
    its = [each for each in _readings(store, claim) if each.statement != apart_from]
    return min(its, key=lambda each: (each.statement != claim.statement, each.id)).id


def _of_one_story(a: Claim, b: Claim) -> None:
    if a.story != b.story:
        raise BadAliases(f"{a.id} and {b.id}", "are claims of two stories", hint="merge the stories first")


def _is_part(part: str, whole: str, *, inside: bool, left: bool) -> None:
    if not inside:
        raise BadAliases(part, f"is not in {whole}", hint="`headwater explain` shows what is")
    if not left:
        raise BadAliases(part, f"is all that {whole} has", hint="there is nothing to part it from")


@at_once
def undo(store: Store, id_: str) -> Correction:
    """Take one correction back. Raise NoSuchCorrection."""
    kept = store.one(Correction, id_)
    if kept is None:
        raise NoSuchCorrection(id_, "is no correction of this case", hint="`headwater corrections CASE` lists them")
    store.change("DELETE FROM corrections WHERE id = ?", id_)
    return kept


@at_once
def read_aliases(store: Store, path: Path, *, signed: Signed | None = None) -> list[Correction]:
    """Keep every row of an alias file; none of them when one is bad. Raise BadAliases, NoSuchSpeaker."""
    rows = list(_rows(path))
    for kind, name, _, report in rows:
        _known(store, name, _report(store, report) if report else None)
        if kind not in KINDS:
            raise BadAliases(f"{path}: {kind}", "is no kind of correction", hint=f"kinds are {', '.join(KINDS)}")
    return [correct(store, kind, name, into, report=report or None, signed=signed) for kind, name, into, report in rows]


def _rows(path: Path) -> Iterator[tuple[str, str, str, str]]:
    try:
        lines = path.read_text(encoding="utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise BadAliases(str(path), f"cannot be read: {error}", hint="an alias file is CSV in UTF-8") from error
    reader = csv.DictReader(lines)
    if not {"name", "into"} <= set(reader.fieldnames or []):
        raise BadAliases(str(path), "has no columns name and into", hint="the first line is: kind,name,into,report")
    for number, row in enumerate(reader, 2):
        name, into = (row.get("name") or "").strip(), (row.get("into") or "").strip()
        if not name or not into:
            raise BadAliases(
                f"{path}, line {number}", "lacks a name or what it leads to", hint="fill both or leave the line out"
            )
        yield (row.get("kind") or "merge").strip(), name, into, (row.get("report") or "").strip()


def _report(store: Store, report: str) -> str:
    found = [each.id for each in store.all(Report) if report in (each.id, each.name)]
    if not found:
        raise NoSuchSpeaker(report, "is no report of this case", hint="`headwater table CASE reports` lists them")
    return found[0]


def _known(store: Store, name: str, report: str | None) -> None:
    """A name that no statement shows is a slip of the pen; names that other corrections lead to count too."""
    said = [each for each in store.all(Statement) if report is None or each.report == report]
    names = {each for row in said for each in (row.speaker, row.origin) if each}
    names |= {each.into for each in store.all(Correction)}
    if fold(name) not in {fold(each) for each in names}:
        near = get_close_matches(name, sorted(names), n=3, cutoff=0.6)
        hint = f"did you mean {', '.join(near)}?" if near else "`headwater table CASE statements` shows the speakers"
        raise NoSuchSpeaker(name, "is no speaker or origin in this case", hint=hint)
