"""The child process of `test_kill.py`: read and run a pile, and die in it."""

import sys
from pathlib import Path

from mortal import mortally
from piles import a_case

if __name__ == "__main__":
    case, pile = map(Path, sys.argv[2:])
    mortally(float(sys.argv[1]), lambda: a_case(case, pile).close())
