"""What a question runs into on rows that contradict one another, said as an error that names the first of them.

A row that is right by itself may name another that is not there. Whoever asks is told that, and not shown where in our code it came out.
Where the rows are sound and the case is up to date, it is our own mistake, and goes on as it came.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from headwater import runs
from headwater.ask.verdicts import faults_of_rows
from headwater.errors import BadRecord, HeadwaterError
from headwater.rows import HINT
from headwater.settings import Settings
from headwater.store import Store


@contextmanager
def answering(store: Store, settings: Settings) -> Iterator[None]:
    """Ask inside. Raise BadRecord where the rows of the case cannot be put together."""
    try:
        yield
    except HeadwaterError:
        raise
    except Exception as error:
        fault = next(faults_of_rows(store), None)
        if fault is not None:
            raise BadRecord(str(store.path), f"cannot be asked that: {fault}", hint=HINT) from error
        if behind := runs.stale(store, settings):
            said = f"cannot be asked that while {behind[0]} and what follows are not worked out"
            raise BadRecord(str(store.path), said, hint="`headwater run CASE` works them out") from error
        raise
