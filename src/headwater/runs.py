"""Running the flow over a case: only what is stale runs, each stage commits by itself, and a killed run resumes.

A stage is fresh when its version, the settings, what it reads and the set of reports are those of its last run. All of that is
one hash, kept in the case. The stages that work story by story also keep a digest of each story's rows, and work out only those
stories whose rows have changed: a new report or a correction touches what it touches.
"""

import hashlib
import os
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import pyarrow as pa

from headwater import searching
from headwater.engines import Groups, LocalEngine
from headwater.errors import NoSuchStage, StaleStage
from headwater.pipeline import STAGES, Stage, stage_named
from headwater.processes import can_tell, life_of
from headwater.records import Candidate, Capture, Correction, Record, Report
from headwater.settings import Settings
from headwater.store import Kept, Progress, Store

SILENT = timedelta(minutes=15)  # the longest step between two notes of a run over 100,000 reports takes less
COMMIT_EVERY = 200  # reports; a killed run repeats at most this much work


@dataclass(frozen=True, slots=True)
class Step:
    """What a progress listener is told: a stage, and how many of how many groups it has done (0 where nobody knows)."""

    stage: str
    done: int
    of: int
    share: float | None = None
    """how much of all there is to read has been read, 0 to 1, where its size is known"""


Listener = Callable[[Step], None]


def run(
    store: Store,
    settings: Settings,
    *,
    first: str | None = None,
    last: str | None = None,
    listen: Listener = lambda step: None,
) -> list[str]:
    """Bring the case up to date and return the stages that ran; `first` is run even when fresh."""
    chosen = _chosen(first, last)
    made_by, inputs = _hashes(store, settings)
    if first:
        _check_upstream(store, STAGES[: STAGES.index(chosen[0])], inputs)
        with store.transaction():
            for stage in chosen:
                store.forget(stage.name)
    ran = []
    with LocalEngine(store, settings) as engine:
        for stage in chosen:
            if store.inputs_of(stage.name) != inputs[stage.name]:
                listen(Step(stage.name, 0, 0))
                _run_stage(engine, stage, made_by[stage.name], inputs[stage.name], listen)
                ran.append(stage.name)
    if last is None:
        _renew_search(store, settings, inputs, listen)
    return ran


def _renew_search(store: Store, settings: Settings, inputs: dict[str, str], listen: Listener) -> None:
    """Bring the search index up to date where it was made from other rows; a run that was killed before it is made up for here."""
    made_from = _hash(*(inputs[each] for each in searching.MADE_FROM))
    if store.inputs_of(searching.NAME) == made_from:
        return
    listen(Step(searching.NAME, 0, 0))
    searching.renew(store)
    with store.transaction():
        rows = searching.size(store)
        store.log_run(searching.NAME, version=1, settings=settings.fingerprint(), inputs=made_from, rows=rows)


def run_alone(store: Store, settings: Settings, *names: str, listen: Listener = lambda step: None) -> None:
    """Work some stages out on whatever stands before them, and leave them stale: who calls it answers for what stands there."""
    with LocalEngine(store, settings) as engine:
        for name in names:
            stage = stage_named(name)
            if stage is None:
                raise NoSuchStage(name, "there is no such stage", hint="see `headwater flow`")
            listen(Step(name, 0, 0))
            _run_stage(engine, stage, "", "", listen)
    with store.transaction():
        for name in names:
            store.forget(name)


def take_as_fresh(store: Store, settings: Settings) -> None:
    """Note that every table is as it should be, where somebody else than a run has made it so."""
    _, inputs = _hashes(store, settings)
    with store.transaction():
        for stage in STAGES:
            rows = sum(store.count(record) for record in stage.writes)
            store.log_run(
                stage.name, version=stage.version, settings=settings.fingerprint(), inputs=inputs[stage.name], rows=rows
            )


def stale(store: Store, settings: Settings) -> list[str]:
    """Return the stages whose tables are older than what they are made from."""
    _, inputs = _hashes(store, settings)
    return [stage.name for stage in STAGES if store.inputs_of(stage.name) != inputs[stage.name]]


def is_alive(progress: Progress) -> bool:
    """Tell whether a run that noted its progress is still at work: it noted something lately, and it is that very process.

    A case that was mailed, or copied from another machine, brings the progress of runs that are none of this machine's.
    """
    try:
        silent = datetime.now(UTC) - datetime.fromisoformat(progress.at)
    except (ValueError, TypeError):  # nothing that we noted
        return False
    if silent > SILENT:
        return False
    if can_tell():
        return bool(progress.life) and progress.life == life_of(progress.process)
    return _is_there(progress.process)


def _is_there(process: int) -> bool:
    """Tell whether there is a process of this number."""
    if os.name != "posix":  # there, asking after a process would end it
        return True
    try:
        os.kill(process, 0)
    except (ProcessLookupError, OverflowError):
        return False
    except OSError:  # it is somebody else's
        return True
    return True


def _chosen(first: str | None, last: str | None) -> tuple[Stage, ...]:
    names = [stage.name for stage in STAGES]
    for name in (first, last):
        if name is not None and name not in names:
            raise NoSuchStage(name, "there is no such stage", hint=f"stages are {', '.join(names)}")
    start, end = names.index(first) if first else 0, names.index(last) if last else len(names) - 1
    if start > end:
        raise NoSuchStage(f"{first}…{last}", f"{last} comes before {first}", hint="see `headwater flow`")
    return STAGES[start : end + 1]


def _hashes(store: Store, settings: Settings) -> tuple[dict[str, str], dict[str, str]]:
    """Return, for each stage, the hash of what makes its rows, without and with the set of reports."""
    pile = _hash(*store.ids(Report))
    made_by: dict[str, str] = {}
    writer = {record.table: stage.name for stage in STAGES for record in stage.writes}
    beside: dict[type[Record], list[str]] = {
        Correction: [f"{each.id}:{each.number}" for each in store.all(Correction)],
        Capture: [_hash(*store.ids(Capture))],  # the same report may come in once more
        Candidate: [_hash(*store.ids(Candidate))],
    }
    for stage in STAGES:
        upstream = [made_by[writer[record.table]] for record in stage.reads if record.table in writer]
        told = [each for record, its in beside.items() if record in stage.reads for each in its]
        made_by[stage.name] = _hash(stage.name, stage.version, settings.fingerprint(), *upstream, *told)
    return made_by, {name: _hash(made, pile) for name, made in made_by.items()}


def _hash(*parts: object) -> str:
    return hashlib.blake2b("\x1f".join(map(str, parts)).encode(), digest_size=8).hexdigest()


def _check_upstream(store: Store, stages: Iterable[Stage], inputs: dict[str, str]) -> None:
    for stage in stages:
        if store.inputs_of(stage.name) != inputs[stage.name]:
            raise StaleStage(
                stage.name,
                "is older than the reports, the settings or this release, so what follows would rest on old rows",
                hint=f"run from {stage.name}, or without --from",
            )


def _run_stage(engine: LocalEngine, stage: Stage, made_by: str, inputs: str, listen: Listener) -> None:
    settings, store = engine.settings.fingerprint(), engine.store
    if stage.per_report:
        _run_per_report(engine, stage, made_by, listen)
    elif stage.keeps:
        _run_by_group(engine, stage, inputs, listen)
        return
    else:
        found = _whole(engine, stage, listen)
        with store.transaction():
            _replace(engine, stage, found, reports=None)
            store.log_run(stage.name, version=stage.version, settings=settings, inputs=inputs, rows=len(found))
        return
    with store.transaction():
        counted = sum(store.count(record) for record in stage.writes)
        store.log_run(stage.name, version=stage.version, settings=settings, inputs=inputs, rows=counted)


def _run_per_report(engine: LocalEngine, stage: Stage, made_by: str, listen: Listener) -> None:
    reports = engine.store.ids(Report)
    done = engine.store.done(stage.name, made_by)
    pending = [report for report in reports if report not in done]
    assert stage.body is not None
    for start in range(0, len(pending), COMMIT_EVERY * 10):
        part = pending[start : start + COMMIT_EVERY * 10]
        batch: list[tuple[str, list[Record]]] = []
        for key, rows in engine.group(stage.body, engine.groups(stage.inputs, only=part), costly=stage.costly):
            batch.append((key, rows))
            if len(batch) == COMMIT_EVERY:
                _commit_reports(engine, stage, made_by, batch)
                listen(Step(stage.name, start + len(batch), len(pending)))
                batch = []
        _commit_reports(engine, stage, made_by, batch)
        with engine.store.transaction():
            engine.store.mark_done(stage.name, made_by, part)  # a report without input rows is done too
        listen(Step(stage.name, start + len(part), len(pending)))


def _commit_reports(engine: LocalEngine, stage: Stage, made_by: str, batch: Sequence[tuple[str, list[Record]]]) -> None:
    keys = [key for key, _ in batch]
    with engine.store.transaction():
        _replace(engine, stage, [row for _, rows in batch for row in rows], reports=keys)
        engine.store.mark_done(stage.name, made_by, keys)


def _whole(engine: LocalEngine, stage: Stage, listen: Listener) -> pa.Table | list[Record]:
    """Work a stage out over the whole pile: rows of a table that a select made, or records."""
    if stage.select:
        return engine.sql(stage.select, stage.selects_from)
    if stage.loop:
        return stage.loop(
            sql=lambda select, **tables: engine.sql(select, stage.selects_from, **tables), settings=engine.settings
        )
    return sorted(_grouped(engine, stage, listen), key=lambda row: row.id)  # a table by id is written fastest in order


def _grouped(engine: LocalEngine, stage: Stage, listen: Listener) -> Iterable[Record]:
    for _, rows in _worked(engine, stage, engine.groups(stage.inputs), listen):
        yield from rows


def _worked(engine: LocalEngine, stage: Stage, groups: Groups, listen: Listener) -> Iterable[tuple[str, list[Record]]]:
    assert stage.body is not None
    for number, each in enumerate(engine.group(stage.body, groups, costly=stage.costly), 1):
        yield each
        if number % 100 == 0:
            listen(Step(stage.name, number, 0))


def _run_by_group(engine: LocalEngine, stage: Stage, inputs: str, listen: Listener) -> None:
    """Work out the groups whose rows have changed since the last run; the others keep what they made."""
    store, settings, groups = engine.store, engine.settings.fingerprint(), engine.groups(stage.inputs)
    digests = {key: _hash(stage.version, settings, rows) for key, rows in groups.digests().items()}
    there = {id_ for record in stage.writes for id_ in store.ids(record)}
    before = {key: each for key, each in store.kept(stage.name).items() if there.issuperset(each.ids)}
    same = {key: before[key] for key, digest in digests.items() if key in before and before[key].digest == digest}
    made = dict(_worked(engine, stage, groups.without(same), listen))
    rows = sorted((row for its in made.values() for row in its), key=lambda row: row.id)
    kept = same | {key: Kept(digests[key], [row.id for row in its]) for key, its in made.items()}
    with store.transaction():
        for record in stage.writes:
            store.leave(record, (id_ for each in same.values() for id_ in each.ids))
            engine.put(record, [row for row in rows if type(row) is record])
            engine.drop(record)
        store.keep(stage.name, kept)
        counted = sum(store.count(record) for record in stage.writes)
        store.log_run(stage.name, version=stage.version, settings=settings, inputs=inputs, rows=counted)


def _replace(
    engine: LocalEngine, stage: Stage, found: pa.Table | Sequence[Record], *, reports: Sequence[str] | None
) -> None:
    for record in stage.writes:
        engine.store.clear(record, reports=reports)
        if isinstance(found, pa.Table):
            engine.put_table(record, found)
        else:
            engine.put(record, [row for row in found if type(row) is record])
