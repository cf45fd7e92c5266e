"""Whether a process that said something is still there: by its number, when it began, and since when this machine has been up.

A number alone tells nothing: it is given to others again, and a case that came by mail may name any. Known where there is `/proc`.
"""

from pathlib import Path

BOOT = Path("/proc/sys/kernel/random/boot_id")


def life_of(process: int) -> str:
    """Return what tells this life of a process from every other one; empty where it has ended, or nobody can tell."""
    try:
        words = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
        boot = BOOT.read_text().strip()
    except (OSError, ValueError):
        return ""
    is_buried = not words or words[0] == "Z"  # it has ended, and only waits to be taken note of
    return "" if is_buried else f"{boot} {words[19]}"


def can_tell() -> bool:
    """Tell whether this machine says when its processes began."""
    return BOOT.exists()
