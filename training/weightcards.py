"""Write the cards of the weights from what is known of them: files, settings of the training, licences of the texts, measured scores.

In: `src/headwater/weights/*` with `measured.json` (and `training.json` for the student), `licences.csv`, the templates in `cards/`.
Out: `CARD.md`, `LICENSE` and `NOTICE` beside the weights. Run it again whenever a file of the weights was replaced; a card whose scores
were measured on another file than the one that lies there says so.

    python training/weightcards.py [--check]
"""

import argparse
import hashlib
import json
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from string import Template
from typing import Any

import onnxruntime

from corpora import texts_used
from headwater.stages.spans.tagger import LONGEST
from original import ORIGINAL_SHA256
from scoring import COLUMNS

HERE = Path(__file__).parent
WEIGHTS = HERE.parent / "src" / "headwater" / "weights"
TYPES = {"tensor(int64)": "int64", "tensor(float)": "float32"}
NOTICES = {"encoder": ("encoder.LICENSE", "encoder.NOTICE"), "spans": ("encoder.LICENSE", "spans.NOTICE")}
Values = dict[str, object]


def sha256(path: Path) -> str:
    """Return the hash of a file in hexadecimal."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def read_json(path: Path) -> dict[str, Any]:
    """Return the object in a file."""
    read: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return read


def of_file(path: Path, name: str) -> Values:
    """Return hash and size of a file, under its name in the template."""
    return {name: sha256(path), f"{name}_size": f"{path.stat().st_size / 1e6:.1f}"}


def of_model(path: Path, name: str) -> Values:
    """Return hash, size, inputs and outputs of an ONNX file."""
    session = onnxruntime.InferenceSession(str(path), providers=["CPUExecutionProvider"])
    ports = {"in": session.get_inputs(), "out": session.get_outputs()}
    told = {
        side: ", ".join(f"`{p.name}` {TYPES.get(p.type, p.type)} {_shape(p.shape)}" for p in ports[side])
        for side in ports
    }
    return of_file(path, name) | {f"{name}_{side}": text for side, text in told.items()}


def _shape(sizes: Sequence[int | str]) -> str:
    return f"`[{', '.join(map(str, sizes))}]`"


def stale(measured: Mapping[str, Any], files: Mapping[str, Path]) -> str:
    """Return a sentence that says of which files the scores are, where those that lie here are others; else nothing."""
    other = [f"`{path.name}` {measured[name]}" for name, path in files.items() if measured[name] != sha256(path)]
    return f"\n**Measured on other files than these**, by sha256: {', '.join(other)}.\n" if other else ""


def encoder(folder: Path) -> Values:
    """Return what the encoder's card tells."""
    measured = read_json(folder / "measured.json")
    return {
        **of_model(folder / "model.onnx", "model"),
        **of_file(folder / "tokenizer.json", "tokenizer"),
        "longest": LONGEST + 2,
        "sentences": measured["sentences"],
        "mean_cosine": f"{measured['mean_cosine']:.3f}",
        "least_cosine": f"{measured['least_cosine']:.3f}",
        "same_neighbour": f"{100 * measured['same_neighbour']:.0f}",
        "stale": stale(measured, {"model": folder / "model.onnx"}),
    }


def spans(folder: Path) -> Values:
    """Return what the span tagger's card tells."""
    measured, tags = read_json(folder / "measured.json"), read_json(folder / "tags.json")["tags"]
    files = {"model": folder / "model.onnx", "vectors": folder / "vectors.onnx"}
    kinds = list(dict.fromkeys(tag.partition("-")[2] for tag in tags if "-" in tag))
    return {
        **of_model(files["model"], "model"),
        **of_model(files["vectors"], "vectors"),
        "longest": LONGEST + 2,
        "tags": f"{len(tags)}: O, and begin, inside, end, single of {', '.join(kinds)}",
        "agree": "are" if measured["vectors_agree"] else "are not",
        "texts": "\n".join(f"| {used.name} | {used.what} | {used.licence} | {used.stated} |" for used in texts_used()),
        "settings": "\n".join(_setting(*row) for row in read_json(folder / "training.json").items()),
        "polnear": "\n".join(_row(row, ("text", "model", *COLUMNS)) for row in measured["polnear_dev"]),
        "origins": "\n".join(
            _row(row, ("read", "model", "content", "speaker", "linked")) for row in measured["origins"]
        ),
        "stale": stale(measured, files),
    }


def _setting(name: str, told: Mapping[str, object]) -> str:
    return f"| `{name}` | {json.dumps(told['value'])} | {told['known_from']} |"


def _row(row: Mapping[str, object], names: Sequence[str]) -> str:
    cells = (row[name] for name in names)
    return f"| {' | '.join(f'{cell:.1f}' if isinstance(cell, float) else str(cell) for cell in cells)} |"


CARDS: dict[str, Callable[[Path], Values]] = {"encoder": encoder, "spans": spans}


def cards(weights: Path) -> dict[Path, bytes]:
    """Return every file that is made here, with its bytes; weights that are not there have none."""
    made: dict[Path, bytes] = {}
    for name, values in CARDS.items():
        folder = weights / name
        if not folder.is_dir():
            continue
        template = Template((HERE / "cards" / f"{name}.md").read_text(encoding="utf-8"))
        made[folder / "CARD.md"] = template.substitute(values(folder), original=ORIGINAL_SHA256).encode()
        for kind, source in zip(("LICENSE", "NOTICE"), NOTICES[name], strict=True):
            made[folder / kind] = (HERE / "cards" / source).read_bytes()
    return made


def main(words: Sequence[str] | None = None) -> None:
    """Write the cards, or say which are stale."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--weights", type=Path, default=WEIGHTS)
    parser.add_argument("--check", action="store_true", help="write nothing; fail when something is stale")
    arguments = parser.parse_args(words)
    made = cards(arguments.weights)
    old = [path for path, data in made.items() if not path.is_file() or path.read_bytes() != data]
    if not arguments.check:
        for path in old:
            path.write_bytes(made[path])
    elif old:
        names = ", ".join(str(path.relative_to(arguments.weights)) for path in old)
        sys.exit(f"stale in {arguments.weights}: {names}: run `make docs`")


if __name__ == "__main__":
    main()
