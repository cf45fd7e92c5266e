"""A person's corrections as the pages send them; claims and stories get other ids by them, so that the way back is looked up again."""

import asyncio
from collections import Counter
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass
from pathlib import Path

from headwater import case as cases
from headwater.ask import story_of
from headwater.case import Case
from headwater.corrections import MARKS, TEXT_MARKS
from headwater.errors import PageBusy
from headwater.records import Claim, Correction, Story
from headwater.settings import Settings
from headwater.store import Store
from headwater.web.jobs import Threads


@dataclass(frozen=True, slots=True)
class Given:
    """A correction as a form sends it."""

    kind: str
    one: str
    two: str
    back: str
    author: str | None
    reason: str | None


def _marked(case: Case, given: Given) -> Correction:
    return case.mark(given.one, given.two, given.kind, author=given.author, reason=given.reason)


KINDS: dict[str, Callable[[Case, Given], Correction]] = {
    "merge": lambda case, g: case.merge(g.one, g.two, author=g.author, reason=g.reason),
    "speaker": lambda case, g: case.merge(g.one, g.two, author=g.author, reason=g.reason),
    "rename": lambda case, g: case.rename(g.one, g.two, author=g.author, reason=g.reason),
    "split-story": lambda case, g: case.split(g.one, g.two, author=g.author, reason=g.reason),
    "split-claim": lambda case, g: case.split(g.one, g.two, author=g.author, reason=g.reason),
    "stance": lambda case, g: case.stance(g.one, g.two, author=g.author, reason=g.reason),
    "no-line": lambda case, g: case.exclude(g.one, author=g.author, reason=g.reason),
    "own-line": lambda case, g: case.own_line(g.one, author=g.author, reason=g.reason),
    "one-line": lambda case, g: case.one_line(g.one, g.two, author=g.author, reason=g.reason),
    "copied-back": lambda case, g: case.mark(g.two, g.one, "copied", author=g.author, reason=g.reason),
    "undo": lambda case, g: case.undo(g.one),
} | dict.fromkeys((*MARKS, *TEXT_MARKS), _marked)
"""by the kind that a form names"""


@dataclass(frozen=True, slots=True)
class Done:
    """A correction that was kept, or taken back, and where to go on: the page that is now what the one before was."""

    correction: str
    back: str


class Desk:
    """Corrections one after the other, in a thread of their own: what rests on them may take longer than a browser waits.

    Its state is what a reader must be told: whether one is being worked in, and what became of the last.
    """

    def __init__(self, path: Path, settings: Settings, *, waiting: int) -> None:
        self._path, self._settings = path, settings
        self._thread = Threads(1, "correction", waiting=waiting)
        self.failed: str | None = None

    @property
    def busy(self) -> bool:
        """Whether a correction is being worked in."""
        return self._thread.busy

    async def keep(self, given: Given, *, patience: float) -> Done | None:
        """Keep a correction; return where to go on, or None where it takes longer than `patience` seconds.

        Raise HeadwaterError where it cannot be kept; if that shows later, `failed` says so until the next one.
        """
        job = self._thread.start(lambda _: put_right(self._path, self._settings, given))
        if job is None:
            raise PageBusy("the page", "has too many corrections waiting", hint="try again when these are worked in")
        self.failed, future = None, asyncio.wrap_future(job.future)
        done, _ = await asyncio.wait({future}, timeout=patience)
        if done:
            return future.result()
        job.future.add_done_callback(self._ended)
        return None

    def _ended(self, job: Future[Done]) -> None:
        error = job.exception()
        if error is not None:
            self.failed = str(error)


def put_right(path: Path, settings: Settings, given: Given) -> Done:
    """Keep a correction, bring the case up to date, and return where to go on."""
    with cases.open(path, create=False, settings=settings) as case:
        before = _anchor(case.store, given.back)
        kept = KINDS[given.kind](case, given)
        return Done(kept.id, _back(case.store, given.back, before))


@dataclass(frozen=True, slots=True)
class _Anchor:
    """What of a page stays: the claim's clearest statement and kind, or a report of the story."""

    claim: Claim | None
    story: Story | None


def _anchor(store: Store, back: str) -> _Anchor:
    parts = back.partition("?")[0].strip("/").split("/")
    view, id_ = (parts[0], parts[1]) if len(parts) == 2 else ("", "")
    return _Anchor(
        store.one(Claim, id_) if view == "claim" else None,
        store.one(Story, id_) if view in ("story", "board") else None,
    )


def _back(store: Store, back: str, before: _Anchor) -> str:
    if before.claim is not None and store.one(Claim, before.claim.id) is None:
        return _to_claim(store, before.claim)
    if before.story is not None and store.one(Story, before.story.id) is None:
        return _to_story(store, before.story)
    return back


def _to_story(store: Store, gone: Story) -> str:
    """The story in which most reports of one that is gone stand now."""
    homes = Counter(filter(None, (story_of(store, each) for each in gone.reports)))
    return f"/story/{min(homes, key=lambda each: (-homes[each], each))}" if homes else "/"


def _to_claim(store: Store, gone: Claim) -> str:
    """The claim in which the clearest statement of one that is gone stands now."""
    held = [each for each in store.all(Claim) if each.kind == gone.kind and gone.statement in each.statements]
    same = sorted(held, key=lambda each: (-len(set(each.statements) & set(gone.statements)), each.id))
    return f"/claim/{same[0].id}" if same else f"/story/{gone.story}" if store.one(Story, gone.story) else "/"
