"""A command line that ends in the midst of its work, as by `kill -9`: when it has used so many seconds of processor time.

    python mortal.py SECONDS read x.headwater pile

The system ends it by a signal that nothing in it catches, so that it cannot tidy up. Processor time and not the clock, so that the
moments fall all over the work however busy the machine is. With 0 it lives on, and says at its end how much it used.
"""

import signal
import sys
import time
from collections.abc import Callable

ENDED = -signal.SIGPROF  # what the parent gets for a status


def mortally(seconds: float, work: Callable[[], object]) -> None:
    """Do some work, and die in it."""
    began = time.process_time()
    signal.setitimer(signal.ITIMER_PROF, seconds)  # 0 sets none
    work()
    print(f"used {time.process_time() - began}", flush=True)


if __name__ == "__main__":
    from headwater.cli import commands as commands  # what a command imports is no part of its work
    from headwater.cli import main
    from headwater.intake import reading as reading

    mortally(float(sys.argv[1]), lambda: main(sys.argv[2:]))
