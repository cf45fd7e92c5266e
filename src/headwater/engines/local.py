"""The local engine: tables come from the case file as Arrow, DuckDB joins them, processes run the row and group functions."""

import os
import signal
import sys
from collections import deque
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from dataclasses import dataclass
from hashlib import blake2b
from itertools import islice
from multiprocessing import get_context
from typing import Any, Self

import duckdb
import pyarrow as pa
import pyarrow.compute as pc

from headwater.lists.background import background
from headwater.pipeline import Input
from headwater.records import Record, columns
from headwater.settings import Settings
from headwater.store import Store, arrow_schema

Body = Callable[..., Iterable[Record]]
Rows = dict[str, list[Any]]
Job = tuple[Body, Settings, list[tuple[str, Rows]]]
Done = list[tuple[str, list[Record]]]
PARALLEL_FROM = 400  # groups; below this, starting processes costs more than it saves (measured on 2 cores)
COSTLY_FROM = 60  # the same for groups that take a tenth of a second each, and for all where processes run already
KEYS_AT_ONCE = 1000  # groups made into records at a time
BATCH = 100  # groups handed to a process at a time
COSTLY_BATCH = 10


@dataclass
class LocalEngine:
    """Runs stages over one open case."""

    store: Store
    settings: Settings
    _tables: dict[str, pa.Table] | None = None
    _pool: ProcessPoolExecutor | None = None
    _connection: duckdb.DuckDBPyConnection | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self._pool is not None:
            self._pool.shutdown(cancel_futures=True)
            self._pool = None
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    def put(self, record: type[Record], rows: Iterable[Record]) -> int:
        """Keep rows; call inside the store's transaction. Return how many were new."""
        self._cached().pop(record.table, None)
        return self.store.add(record, rows)

    def put_table(self, record: type[Record], rows: pa.Table) -> int:
        """Keep rows that stand in an Arrow table already; call inside the store's transaction. Return how many were new.

        Where the table was empty before, what was written is what a later `get` would read.
        """
        empty = self.store.count(record) == 0
        new = self.store.add_table(record, rows)
        self._cached().pop(record.table, None)
        if empty and new == len(rows):
            self._cached()[record.table] = (
                rows.select(arrow_schema(record).names).cast(arrow_schema(record)).sort_by("id")
            )
        return new

    def get(self, record: type[Record]) -> pa.Table:
        """Return a table as Arrow; read from the case once until it is written again."""
        cached = self._cached()
        if record.table not in cached:
            cached[record.table] = self.store.arrow(record)
        return cached[record.table]

    def drop(self, record: type[Record]) -> None:
        """Forget the Arrow copy of a table that somebody else has written."""
        self._cached().pop(record.table, None)

    def sql(
        self, select: str, reads: Sequence[type[Record]], *, only: Sequence[str] | None = None, **tables: pa.Table
    ) -> pa.Table:
        """Run one select over tables of the case and the background; `only` becomes the table `pending` of report ids."""
        connection = self._connected()
        given = {record.table: self.get(record) for record in reads} | tables
        if only is not None:
            given["pending"] = pa.table({"report": pa.array(only, pa.string())})
        for name, table in given.items():
            connection.register(name, table)
        try:
            return connection.sql(select).to_arrow_table()
        except RuntimeError as error:  # what DuckDB makes of Ctrl-C
            raise (KeyboardInterrupt if "interrupted" in str(error) else error) from error
        finally:
            for name in given:  # so that the next select sees no table that it does not name
                connection.unregister(name)

    def _connected(self) -> duckdb.DuckDBPyConnection:
        """Return the database of this run, which holds the background alone; to begin one takes longer than most selects."""
        if self._connection is None:
            self._connection = duckdb.connect()
            self._connection.execute(
                "SET threads = 2; SET preserve_insertion_order = false; SET enable_progress_bar = false; SET TimeZone = 'UTC'"
            )
            for name, value in self.settings_in_sql().items():
                self._connection.execute(f'SET VARIABLE "{name}" = {value}')
            self._connection.register("background", background())
        return self._connection

    def settings_in_sql(self) -> dict[str, float]:
        """Return the settings that selects may read with `getvariable`."""
        names = [name for name in self.settings.__dataclass_fields__ if name != "workers"]
        return {name: getattr(self.settings, name) for name in names}

    def groups(self, inputs: Mapping[str, Input], *, only: Sequence[str] | None = None) -> "Groups":
        """Return the rows of selects by their common key."""
        return Groups({name: (self.sql(w.select, w.reads, only=only), w.record) for name, w in inputs.items()})

    def group(self, body: Body, groups: "Groups", *, costly: bool = False) -> Iterator[tuple[str, list[Record]]]:
        """Run a function over the rows that share a key; yield each key with its records, by key."""
        enough = COSTLY_FROM if costly or self._pool else PARALLEL_FROM
        if len(groups.keys) < enough or self.settings.workers < 2 or not _can_start_processes():
            for key, rows in groups:
                yield key, list(body(settings=self.settings, **rows))
            return
        jobs = ((body, self.settings, batch) for batch in _batches(groups, COSTLY_BATCH if costly else BATCH))
        for done in self._ahead(jobs):
            yield from done

    def _ahead(self, jobs: Iterator[Job]) -> Iterator[Done]:
        """Hand jobs to the processes, a few ahead of what has been taken, so that memory stays flat; yield in order."""
        pool, running = self._processes(), deque[Future[Done]]()
        for job in jobs:
            running.append(pool.submit(_run_batch, job))
            if len(running) > 2 * self.settings.workers:
                yield running.popleft().result()
        while running:
            yield running.popleft().result()

    def _processes(self) -> ProcessPoolExecutor:
        """Return the processes of this run, started when they are first needed."""
        if self._pool is None:
            self._pool = ProcessPoolExecutor(
                self.settings.workers,
                mp_context=get_context("spawn"),
                initializer=signal.signal,
                initargs=(signal.SIGINT, signal.SIG_IGN),  # Ctrl-C is the parent's to answer
            )
        return self._pool

    def _cached(self) -> dict[str, pa.Table]:
        if self._tables is None:
            self._tables = {}
        return self._tables


class Groups:
    """The rows of several selects by their common key; kept as Arrow, and made into records a few keys at a time."""

    def __init__(self, found: Mapping[str, tuple[pa.Table, type[Record] | None]]) -> None:
        self._sorted = {name: (_by_key(table, record), record) for name, (table, record) in found.items()}
        every = {key for table, _ in self._sorted.values() for key in table.column("key").unique().to_pylist()}
        self.keys = sorted(every)

    def digests(self) -> dict[str, str]:
        """Return by key the digest of all rows of a group, whatever else stands in the tables."""
        made = {key: blake2b(digest_size=16) for key in self.keys}
        with duckdb.connect() as connection:
            for name, (table, record) in sorted(self._sorted.items()):
                connection.register("rows", table.append_column("place", pa.array(range(len(table)), pa.int64())))
                held = ", ".join(f'"{each}"' for each in table.column_names if record or each != "number")
                found = connection.sql(
                    f"SELECT key, md5(string_agg(md5(row({held})::VARCHAR), '' ORDER BY place)) AS its FROM rows GROUP BY key"
                ).to_arrow_table()
                for key, its in zip(found.column("key").to_pylist(), found.column("its").to_pylist(), strict=True):
                    made[key].update(f"{name} {its};".encode())
        return {key: each.hexdigest() for key, each in made.items()}

    def without(self, keys: Collection[str]) -> "Groups":
        """Return the groups but those with these keys."""
        if not keys:
            return self
        out = pa.array(sorted(keys), pa.string())
        left = Groups({})
        left._sorted = {
            name: (table.filter(pc.invert(pc.is_in(table.column("key"), value_set=out))), record)
            for name, (table, record) in self._sorted.items()
        }
        left.keys = [key for key in self.keys if key not in keys]
        return left

    def __iter__(self) -> Iterator[tuple[str, Rows]]:
        starts = dict.fromkeys(self._sorted, 0)
        for begin in range(0, len(self.keys), KEYS_AT_ONCE):
            keys = self.keys[begin : begin + KEYS_AT_ONCE]
            groups: dict[str, Rows] = {key: {name: [] for name in self._sorted} for key in keys}
            for name, (table, record) in self._sorted.items():
                end = _first_after(table.column("key"), keys[-1], starts[name])
                for key, row in _rows(table.slice(starts[name], end - starts[name]), record):
                    groups[key][name].append(row)
                starts[name] = end
            yield from groups.items()


def _by_key(table: pa.Table, record: type[Record] | None) -> pa.Table:
    """Order rows by key, those of a key by id; a select's own columns stay in the select's own order."""
    numbered = table.append_column("number", pa.array(range(len(table)), pa.int64())) if record is None else table
    return numbered.sort_by([("key", "ascending"), ("id" if record else "number", "ascending")]).combine_chunks()


def _first_after(keys: pa.ChunkedArray, key: str, start: int) -> int:
    """Return the place of the first key from `start` on that is larger (keys are sorted)."""
    low, high = start, len(keys)
    while low < high:
        middle = (low + high) // 2
        if keys[middle].as_py() <= key:
            low = middle + 1
        else:
            high = middle
    return low


def _rows(table: pa.Table, record: type[Record] | None) -> Iterator[tuple[str, Any]]:
    """Yield each row's key with the row: a record of its class, or a dict where a select makes columns of its own."""
    left_out = ("key", "number")
    names = (
        [column.name for column in columns(record)] if record else [n for n in table.column_names if n not in left_out]
    )
    cells = [table.column(name).to_pylist() for name in names]
    for key, *row in zip(table.column("key").to_pylist(), *cells, strict=True):
        kept = dict(zip(names, row, strict=True))
        yield key, record(**kept) if record else kept


def _can_start_processes() -> bool:
    """A fresh process imports the main module again, which cannot be done when it came from standard input."""
    main = getattr(sys.modules["__main__"], "__file__", None)
    return main is None or os.path.exists(main)


def _batches(groups: Iterable[tuple[str, Rows]], size: int) -> Iterator[list[tuple[str, Rows]]]:
    left = iter(groups)
    while batch := list(islice(left, size)):
        yield batch


def _run_batch(job: Job) -> Done:
    body, settings, batch = job
    return [(key, list(body(settings=settings, **rows))) for key, rows in batch]
