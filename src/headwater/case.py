"""The Python API: `case = headwater.open("x.headwater")`, then the same verbs as on the command line."""

import os
import time
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import wraps
from pathlib import Path
from typing import Concatenate, Literal, ParamSpec, Self, TypeVar

import pyarrow as pa

from headwater import ask, corrections, exports, importing, runs, subsets
from headwater.errors import BadAliases, BusyCase, CaseError, CaseThere, NoSuchTable
from headwater.explain import Explanation, explain
from headwater.intake import reading
from headwater.intake.errand import Errand, Heard
from headwater.known import is_still_there, known_to, noted
from headwater.records import TABLES, Address, Candidate, Capture, Correction, Problem, Record, Report
from headwater.runs import Step, is_alive
from headwater.settings import Settings
from headwater.store import Progress, Store

PATIENCE, PAUSE = 30.0, 0.1  # seconds that a correction waits for another process, and between two looks

P = ParamSpec("P")
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Reading:
    """What a `read` did: how many reports and problems it met, and how many of the reports were new."""

    reports: int
    new: int
    problems: int
    left: int = 0
    """pages that feeds lead to and that wait for the next time, since so many are not followed at once"""


def _asked(question: Callable[Concatenate["Case", P], T]) -> Callable[Concatenate["Case", P], T]:
    """Ask so that rows which cannot be put together come out as an error of ours that names them."""

    @wraps(question)
    def answered(case: "Case", /, *args: P.args, **kwargs: P.kwargs) -> T:
        with ask.answering(case.store, case.settings):
            return question(case, *args, **kwargs)

    return answered


class Case:
    """An open case. Close it, or use it in a `with`; every answer is a frozen page object or an Arrow table."""

    def __init__(self, store: Store, settings: Settings) -> None:
        self.store, self.settings = store, settings

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def __repr__(self) -> str:
        return (
            f"<case {self.store.path.name}: {self.store.count(Report)} reports, {self.store.count(Problem)} problems>"
        )

    def close(self) -> None:
        """Close the file."""
        self.store.close()

    # ── in ──────────────────────────────────────────────────────────────────────────────────────────────────────────────

    def read(
        self,
        *paths: str | Path,
        follow: bool = False,
        run: bool = True,
        listen: Callable[[Step], None] = lambda step: None,
    ) -> Reading:
        """Read files, folders and links (`-` is standard input) and bring every stage up to date. Reading again adds nothing.

        `follow` reads the pages that feeds' entries lead to, in place of the entries. What was read is kept at least every two
        seconds, whatever happens then. Raise BusyCase while another process reads or runs.
        """
        errand = Errand(settings=self.settings, follow=follow, known=known_to(self.store, self.settings))
        met = new = problems = 0
        unread = set[str]()
        with _Teller(self.store, listen) as teller:
            with self.store.small_cache():
                for batch in reading.read(map(str, paths), errand):
                    new += self._keep(batch)
                    met += sum(isinstance(each, Report) for each in batch)
                    bad = [each.thing for each in batch if isinstance(each, Problem)]
                    problems, unread = problems + len(bad), unread | (errand.heard.answered.keys() & set(bad))
                    meter = errand.meter
                    teller(Step("reports", met + meter.again, 0, meter.done / meter.of if meter.of else None))
            self._note(errand.heard, unread)
            if run:
                runs.run(self.store, self.settings, listen=teller)
        return Reading(met + errand.meter.again, new, problems, errand.meter.left)

    def _keep(self, batch: Sequence[Record]) -> int:
        """Write rows that were read; return how many of the reports are new."""
        new = 0
        with self.store.transaction():
            self.store.add(
                Capture, [each for each in batch if isinstance(each, Capture) and not is_still_there(self.store, each)]
            )
            for record in (Report, Problem, Candidate):
                added = self.store.add(record, [each for each in batch if type(each) is record])
                new += added if record is Report else 0
        return new

    def _note(self, heard: Heard, unread: Collection[str]) -> None:
        """Keep what servers said. Only when all is read: whoever is killed before asks again for all that was sent."""
        settled = (heard.answered.keys() | set(heard.same)) - set(unread)
        with self.store.transaction():
            self.store.renew(Address, list(noted(self.store, heard, unread)))
            for url in sorted(settled):  # what could not be had before, and now can
                self.store.change("DELETE FROM problems WHERE thing = ?", url)

    @_asked
    def run(
        self, *, first: str | None = None, last: str | None = None, listen: Callable[[Step], None] = lambda step: None
    ) -> list[str]:
        """Run the stages that are stale, or all from `first` to `last`; return those that ran."""
        with _Teller(self.store, listen) as teller:
            return runs.run(self.store, self.settings, first=first, last=last, listen=teller)

    # ── out ─────────────────────────────────────────────────────────────────────────────────────────────────────────────

    @_asked
    def table(self, name: str) -> pa.Table:
        """Return any table as Arrow; its columns carry their meaning as metadata. See `headwater flow` for the names."""
        if name not in TABLES:
            raise NoSuchTable(name, "there is no such table", hint=f"tables are {', '.join(TABLES)}")
        return self.store.arrow(TABLES[name])

    @_asked
    def claims(self) -> pa.Table:
        """Return the claims with their lines and their clearest statement in words, as Arrow."""
        return ask.claims_table(self.store)

    @_asked
    def brief(self) -> ask.Brief:
        """Return what the pile says, story by story."""
        return ask.brief(self.store, self.settings)

    @_asked
    def tree(self, story: str | None = None) -> tuple[ask.Tree, ...]:
        """Return the family tree of one story, or of each."""
        return ask.trees(self.store, story)

    @_asked
    def outlines(self, story: str | None = None) -> tuple[ask.Outline, ...]:
        """Return what the texts outside the pile must have said, by what their children share."""
        return ask.outlines(self.store, story)

    @_asked
    def compare(self, one: str, two: str) -> ask.Comparison:
        """Return two reports side by side, by id or by the name that they came with."""
        return ask.compare(self.store, one, two)

    @_asked
    def versions(self, page: str | None = None) -> tuple[ask.PageHistory, ...]:
        """Return the pages that are there in several versions, or that of one report or address: what changed, and what was dropped."""
        return ask.page_histories(self.store, page)

    @contextmanager
    def as_of(self, moment: str) -> Iterator["Case"]:
        """Open the case as it was known by a day or time, ISO 8601: brief, claims and tree count what was out by then.

        Undated reports are left out. Raise BadTime.
        """
        known = subsets.known_by(self.store, moment)
        with (
            ask.answering(self.store, self.settings),
            subsets.subset(self.store, self.settings, reports=known) as small,
        ):
            yield Case(small, self.settings)

    @_asked
    def withdraw(self, *reports: str, outlets: Sequence[str] = (), speakers: Sequence[str] = ()) -> ask.Withdrawal:
        """Return which claims would fall and which lose lines without these reports, outlets and speakers; nothing is deleted."""
        return ask.withdraw(self.store, self.settings, reports=reports, outlets=outlets, speakers=speakers)

    # ── a person's corrections ──────────────────────────────────────────────────────────────────────────────────────────

    @_asked
    def merge(self, name: str, into: str, *, author: str | None = None, reason: str | None = None) -> Correction:
        """Say that two names are one speaker, called `into`, or two stories or claims are one, and bring the case up to date."""
        signed = _signed(author, reason)
        return self._corrected(
            corrections.together(self.store, name, into, signed=signed)
            or corrections.correct(self.store, "merge", name, into, signed=signed)
        )

    @_asked
    def rename(self, name: str, into: str, *, author: str | None = None, reason: str | None = None) -> Correction:
        """Say what a speaker is called, and bring the case up to date."""
        return self._corrected(corrections.correct(self.store, "rename", name, into, signed=_signed(author, reason)))

    @_asked
    def split(
        self,
        name: str,
        report: str,
        into: str | None = None,
        *,
        author: str | None = None,
        reason: str | None = None,
    ) -> Correction:
        """Say that this speaker of one report is another one than in the others, and bring the case up to date.

        With a story's id as the name, the report is taken out of it; with a claim's id, the statement whose id stands for the report.
        """
        signed = _signed(author, reason)
        taken = corrections.out_of(self.store, name, report, signed=signed)
        if taken and into:
            raise BadAliases(into, "names nothing here", hint="a story or claim that is split has no name of its own")
        return self._corrected(taken[0] if taken else corrections.split(self.store, name, report, into, signed=signed))

    @_asked
    def move(self, statement: str, claim: str, *, author: str | None = None, reason: str | None = None) -> Correction:
        """Say that a statement is of this claim, and bring the case up to date."""
        return self._corrected(corrections.move(self.store, statement, claim, signed=_signed(author, reason))[0])

    @_asked
    def stance(
        self, statement: str, stance: str, *, author: str | None = None, reason: str | None = None
    ) -> Correction:
        """Say that a statement `asserts`, `denies`, `doubts` or `forecasts`, and bring the case up to date."""
        return self._corrected(corrections.stance(self.store, statement, stance, signed=_signed(author, reason)))

    @_asked
    def exclude(self, statement: str, *, author: str | None = None, reason: str | None = None) -> Correction:
        """Say that a statement counts for no line, and bring the case up to date."""
        return self._corrected(corrections.exclude(self.store, statement, signed=_signed(author, reason)))

    @_asked
    def own_line(self, statement: str, *, author: str | None = None, reason: str | None = None) -> Correction:
        """Say that a statement is a line of its own, and bring the case up to date."""
        return self._corrected(corrections.own_line(self.store, statement, signed=_signed(author, reason)))

    @_asked
    def one_line(self, one: str, two: str, *, author: str | None = None, reason: str | None = None) -> Correction:
        """Say that two statements are one line, and bring the case up to date."""
        return self._corrected(corrections.one_line(self.store, one, two, signed=_signed(author, reason)))

    @_asked
    def mark(
        self, one: str, two: str, kind: str, *, author: str | None = None, reason: str | None = None
    ) -> Correction:
        """Say that report `one` is `copied` from `two`, `one-text` with it, or `apart`, and bring the case up to date.

        With `from` or `not-from`, `two` is the name of a text that is not in the pile.
        """
        return self._corrected(corrections.mark(self.store, one, two, kind, signed=_signed(author, reason)))

    @_asked
    def names(self) -> dict[str, str]:
        """Return what people call what corrections are about: reports by outlet and name, statements by their first words."""
        return ask.names(self.store)

    @_asked
    def corrections(self) -> list[Correction]:
        """Return every correction in force, in the order in which they were made."""
        return sorted(self.store.all(Correction), key=lambda each: each.number)

    @_asked
    def undo(self, correction: str) -> Correction:
        """Take a correction back, and bring the case up to date."""
        return self._corrected(corrections.undo(self.store, correction))

    @_asked
    def aliases(self, path: str | Path, *, author: str | None = None, reason: str | None = None) -> list[Correction]:
        """Keep every correction of an alias file (CSV: kind, name, into, report), and bring the case up to date."""
        kept = corrections.read_aliases(self.store, Path(path), signed=_signed(author, reason))
        self._work_in(f"{len(kept)} corrections")
        return kept

    def _corrected(self, kept: Correction) -> Correction:
        self._work_in(kept.id)
        return kept

    def _work_in(self, kept: str) -> None:
        """Bring the case up to date, when nobody else works on it any more. Raise BusyCase where that takes too long."""
        until = time.monotonic() + PATIENCE
        while True:
            try:
                self.run()
                return
            except BusyCase as error:
                if time.monotonic() > until:
                    raise BusyCase(
                        kept,
                        f"is kept, and not worked in yet: {error.thing} {error.message}",
                        hint="`headwater run CASE` works it in when that is done",
                    ) from error
            time.sleep(PAUSE)

    @_asked
    def explain(self, id_: str) -> Explanation:
        """Return the rows, rules and characters on which an id rests."""
        return explain(self.store, id_)

    @_asked
    def problems(self) -> pa.Table:
        """Return what could not be read."""
        return self.table("problems")

    @_asked
    def verify(self) -> ask.Verdict:
        """Check the file, and that every stored span lies in its report and holds what is shown."""
        return ask.verify(self.store, self.settings)

    @_asked
    def export(self, folder: str | Path, *, form: str = "jsonl") -> list[Path]:
        """Write one file a table, and a codebook; `graphml` and `dot` are the family trees, `html` pages to look at. Return the files."""
        return exports.write(self.store, Path(folder), form, self.settings)


class _Teller:
    """A listener that also notes in the case how far the run is, at most once in `EVERY` seconds, for whoever looks at it meanwhile."""

    EVERY = 0.5

    def __init__(self, store: Store, listen: Callable[[Step], None]) -> None:
        self._store, self._listen = store, listen
        self._told, self._stage = 0.0, ""

    def __call__(self, step: Step) -> None:
        self._listen(step)
        now = time.monotonic()
        if step.stage != self._stage or now - self._told >= self.EVERY:
            self._told, self._stage = now, step.stage
            self._note(step)

    def _note(self, step: Step) -> None:
        at = datetime.now(UTC).isoformat(timespec="seconds")
        self._store.note_progress(Progress(os.getpid(), step.stage, step.done, step.of, at))

    def __enter__(self) -> Self:
        """Say that this process is at work. Raise BusyCase when another one is: two that write by turns undo each other's work."""
        with self._store.transaction():
            for each in self._store.progress():
                if each.process != os.getpid() and is_alive(each):
                    raise BusyCase(
                        str(self._store.path),
                        f"is being read into by another process ({each.process}, now at {each.stage})",
                        hint="it can be looked at meanwhile; do this when that is done",
                    )
            self._store.end_all_progress()
            self._note(Step("begin", 0, 0))
        return self

    def __exit__(self, *_: object) -> None:
        self._store.end_progress(os.getpid())


def open(
    path: str | Path,
    *,
    create: bool = True,
    mode: Literal["read", "write"] = "write",
    settings: Settings | None = None,
) -> Case:
    """Open a case file, making it where there is none.

    With the mode `read` it is asked and not changed: no byte of it, no time of it, no file beside it. Raise CaseError.
    """
    return Case(Store(Path(path), create=create, only_read=mode == "read"), settings or Settings())


def take_over(
    source: str | Path,
    target: str | Path,
    *,
    run: bool = True,
    settings: Settings | None = None,
    listen: Callable[[Step], None] = lambda step: None,
) -> importing.Imported:
    """Make a new case of what a file that somebody else made holds, row by row, and work it out. Raise CaseThere, CaseError.

    Rows that no run makes become problems. Where the file is no case at all, no new one is made.
    """
    path = Path(target)
    if os.path.lexists(path):
        raise CaseThere(str(path), "is there already", hint="choose another name")
    try:
        with open(path, settings=settings) as case:
            done = importing.take(Path(source), case.store, case.settings)
            if run:
                case.run(listen=listen)
    except CaseError:
        path.unlink(missing_ok=True)
        raise
    return done


def _signed(author: str | None, reason: str | None) -> corrections.Signed:
    return corrections.Signed(author, datetime.now(UTC).isoformat(timespec="seconds"), reason)
