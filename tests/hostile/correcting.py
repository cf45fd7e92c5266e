"""A process that makes corrections of one speaker, one after another: the case, the speaker, its own name, how many."""

import sys
from pathlib import Path

from headwater import corrections
from headwater.store import Store

if __name__ == "__main__":
    case, speaker, name, count = sys.argv[1:]
    with Store(Path(case), create=False) as opened:
        print("ready", flush=True)
        sys.stdin.readline()
        for number in range(int(count)):
            signed = corrections.Signed(author=name)
            corrections.correct(opened, "rename", speaker, f"{name} {number}", signed=signed)
