"""The child process of `test_kill.py`: say that work begins, then read and run a pile. Somebody kills it meanwhile."""

import sys
from pathlib import Path

from piles import a_case

if __name__ == "__main__":
    case, pile = map(Path, sys.argv[1:])
    print("begins", flush=True)
    a_case(case, pile).close()
