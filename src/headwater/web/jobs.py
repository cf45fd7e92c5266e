"""Work in threads that nobody has to wait for: it can be told to stop where it is.

SQLite asks a job between its steps whether it is over (`Store.until`); Python code is ended by an exception in its thread, as
`PyThreadState_SetAsyncExc` of the C API gives one. The event loop never waits for either.
"""

import ctypes
import threading
from collections import deque
from collections.abc import Callable
from concurrent.futures import Future
from typing import Any, Generic, TypeVar

T = TypeVar("T")


class Stopped(BaseException):
    """Raised in the thread of a job that is to stop; like KeyboardInterrupt no error, so that nothing keeps it."""


class Job(Generic[T]):
    """A call to be made in a thread. Its state is whether it was told to stop, and the thread while it runs."""

    def __init__(self, work: "Callable[[Job[T]], T]") -> None:
        self._work, self._stopped = work, False
        self._thread: int | None = None
        self._lock = threading.Lock()
        self.future: Future[T] = Future()

    def is_over(self) -> bool:
        """Tell whether nobody waits for the answer any more."""
        return self._stopped

    @property
    def is_open(self) -> bool:
        """Whether it is at work, or waits to be and somebody waits for it."""
        return self.future.running() or not (self._stopped or self.future.done())

    def stop(self) -> None:
        """Stop the work where it is, or before it begins; one that is done stays as it is."""
        with self._lock:
            if self._thread is not None and not self._stopped:
                ctypes.pythonapi.PyThreadState_SetAsyncExc(ctypes.c_ulong(self._thread), ctypes.py_object(Stopped))
            self._stopped = True

    def run(self) -> None:
        """Do the work in this thread."""
        try:
            if not self._stopped and self.future.set_running_or_notify_cancel():
                self._do()
        except Stopped as stopped:  # it came as the work had just been done
            if self.future.running():
                self.future.set_exception(stopped)

    def _do(self) -> None:
        try:
            self._stand(threading.get_ident())
            try:
                answer = self._work(self)
            finally:
                self._stand(None)
        except BaseException as error:  # noqa: BLE001  (raised again where the answer is waited for)
            self.future.set_exception(error)
        else:
            self.future.set_result(answer)

    def _stand(self, thread: int | None) -> None:
        with self._lock:
            self._thread = thread


class Threads:
    """At most so many threads at once, each of which takes one job after the other and ends when none is waiting."""

    def __init__(self, number: int, name: str, *, waiting: int) -> None:
        self._number, self._name, self._most = number, name, waiting
        self._queue: deque[Job[Any]] = deque()
        self._running, self._lock = 0, threading.Lock()
        self._open: set[Job[Any]] = set()

    @property
    def busy(self) -> bool:
        """Whether any job is at work, or waits to be."""
        return any(job.is_open for job in tuple(self._open))

    def start(self, work: Callable[[Job[T]], T]) -> Job[T] | None:
        """Hand in work, or return None where too much is waiting already."""
        with self._lock:
            self._open = {job for job in self._open if job.is_open}
            if len(self._open) >= self._number + self._most:
                return None
            job = Job(work)
            self._open.add(job)
            self._queue.append(job)
            if self._running < self._number:
                self._running += 1
                threading.Thread(target=self._work, name=self._name).start()
        return job

    def stop(self) -> None:
        """Stop all jobs."""
        for job in tuple(self._open):
            job.stop()

    def _work(self) -> None:
        while (job := self._next()) is not None:
            job.run()

    def _next(self) -> Job[Any] | None:
        with self._lock:
            if self._queue:
                return self._queue.popleft()
            self._running -= 1
            return None
