"""Build `src/headwater/weights/spans/` from a student: ONNX int8, the tag list with its transitions, tokenizer, what the student was
trained with and how well it does; `weightcards.py` makes the card of it.

In: a student's folder (`shared` > 0), and to measure the data folder and the teacher's folder. The teacher is scored
here and goes nowhere. Usage: `python training/export_spans.py /tmp/student --teacher /tmp/teacher --data
../shared/data`.
"""

import argparse
import json
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
import onnx
import onnx.utils
import onnxruntime
from tokenizers import Tokenizer
from torch import Tensor, nn

from evaluate import evaluate_carefully, load_run, load_teacher, load_tokenizer, torch_tagger
from evaluate_origins import found_shares
from export_encoder import HERE, write_tokenizer
from minilm import attention_bias
from onnx_int8 import export_int8, strip_traces
from polnear import Article, read_articles
from scoring import COLUMNS, Score, Tag, evaluate
from shipped import onnx_tagger
from tagger import Committee, Tagger
from weightcards import sha256
from windows import COMMAS, LONGEST, QUOTES, without

Row = dict[str, object]
TARGET = HERE.parent / "src" / "headwater" / "weights" / "spans"


class Fork(nn.Module):
    """A student as it ships: shared states, the published vectors and the tag scores, for every word piece, in one pass."""

    def __init__(self, student: Tagger) -> None:
        super().__init__()
        if student.upper is None:
            raise SystemExit("this student has no published layers left: train it with --shared 3")
        self.encoder, self.upper, self.head, self.shared = student.encoder, student.upper, student.head, student.shared

    def forward(self, ids: Tensor, mask: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        bias = attention_bias(mask)
        states = self.encoder.embed(ids)
        for layer in self.encoder.layers[: self.shared]:
            states = layer(states, bias)
        shared = tagged = states
        for layer in self.encoder.layers[self.shared :]:
            states = layer(states, bias)
        for layer in self.upper:
            tagged = layer(tagged, bias)
        return shared, states, self.head(tagged)


def write_tags(student: Tagger, target: Path) -> None:
    """What decoding needs: tags, and the score of each tag after each, at the start and at the end."""
    crf = student.crf
    table = {
        "tags": list(student.tags),
        "transitions": [[round(value, 4) for value in row] for row in crf.transitions().tolist()],
        "start": crf.unopened.tolist(),
        "end": crf.unclosed.tolist(),
    }
    target.write_text(json.dumps(table, indent=1) + "\n", encoding="utf-8")


def vectors_agree(folder: Path, encoder: Path, tokenizer: Tokenizer, articles: Sequence[Article]) -> bool:
    """Whether the fork's vectors are, bit for bit, those of the encoder that ships."""
    lower, upper, theirs = (
        onnxruntime.InferenceSession(str(path), providers=["CPUExecutionProvider"])
        for path in (folder / "model.onnx", folder / "vectors.onnx", encoder / "model.onnx")
    )
    for article in articles:
        ids = np.array([tokenizer.encode(article.text).ids[:LONGEST]])
        inputs = {"input_ids": ids, "attention_mask": np.ones_like(ids)}
        states = {"shared_states": lower.run(["shared_states"], inputs)[0], "attention_mask": inputs["attention_mask"]}
        ours = upper.run(["last_hidden_state"], states)[0]
        if not np.array_equal(ours, theirs.run(["last_hidden_state"], inputs)[0]):
            return False
    return True


def rows(
    articles: Sequence[Article], tokenizer: Tokenizer, committee: Tagger | Committee, models: Mapping[str, Tag]
) -> list[Row]:
    """Return the scores on PolNeAR: the teacher as it labels, then one row per way of reading and model."""
    bare = [without(article, COMMAS | QUOTES) for article in articles]
    careful = {"text": "as printed, cut at four places", "model": "teacher"}
    made = [careful | _cells(evaluate_carefully(articles, tokenizer, committee))]
    ways = (("as printed, in context", articles, LONGEST), ("as printed, sentence by sentence", articles, 0))
    for name, pile, room in (*ways, ("no commas, no quotation marks", bare, LONGEST)):
        for label, tag in models.items():
            made.append({"text": name, "model": label} | _cells(evaluate(pile, tokenizer, tag, room=room)))
    return made


def origins_rows(data: Path, tokenizer: Tokenizer, models: Mapping[str, Tag]) -> list[Row]:
    """Return the shares found in the stories annotated for origins."""
    made: list[Row] = []
    for name, room in (("in context", LONGEST), ("sentence by sentence", 0)):
        for label, tag in models.items():
            found = found_shares(data, tokenizer, tag, room=room)
            shares = {key: round(getattr(found, key), 1) for key in ("content", "speaker", "linked")}
            made.append({"read": name, "model": label} | shares)
    return made


def _cells(scores: dict[str, Score]) -> Row:
    names = (*COLUMNS[:-1], "triple_overlap")
    return {column: round(100 * scores[name].f1, 1) for column, name in zip(COLUMNS, names, strict=True)}


def write_training(student: Path, target: Path) -> None:
    """Keep what the student was trained with, as its run wrote it down."""
    settings = json.loads((student / "settings.json").read_text(encoding="utf-8"))
    known = {name: {"value": value, "known_from": "settings.json of the run"} for name, value in settings.items()}
    (target / "training.json").write_text(json.dumps(known, indent=1) + "\n", encoding="utf-8")


def build(target: Path, student: Tagger) -> None:
    """Write the files that ship, but what was measured and the card."""
    target.mkdir(parents=True, exist_ok=True)
    write_tokenizer(target / "tokenizer.json")
    write_tags(student, target / "tags.json")
    with tempfile.TemporaryDirectory() as folder:
        fork = Path(folder) / "fork.onnx"
        export_int8(Fork(student), fork, outputs=["shared_states", "last_hidden_state", "tag_logits"])
        cut(fork, target / "model.onnx", ["input_ids", "attention_mask"], ["shared_states", "tag_logits"])
        cut(fork, target / "vectors.onnx", ["shared_states", "attention_mask"], ["last_hidden_state"])


def cut(fork: Path, target: Path, inputs: list[str], outputs: list[str]) -> None:
    """Write the part of a graph between inputs and outputs, the same bytes every time."""
    onnx.utils.extract_model(str(fork), str(target), inputs, outputs, check_model=False)
    strip_traces(target)


def main(words: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("student", type=Path)
    parser.add_argument("--teacher", type=Path, nargs="+", required=True)
    parser.add_argument("--data", type=Path, default=Path("../shared/data"))
    parser.add_argument("--target", type=Path, default=TARGET)
    arguments = parser.parse_args(words)
    student, teacher, tokenizer = load_run(arguments.student), load_teacher(arguments.teacher), load_tokenizer()
    build(arguments.target, student)
    write_training(arguments.student, arguments.target)
    dev = read_articles(arguments.data / "attribution" / "polnear" / "dev")
    models = {
        "teacher": torch_tagger(teacher),
        "student": torch_tagger(student),
        "student int8, as shipped": onnx_tagger(arguments.target),
    }
    measured = {
        "model": sha256(arguments.target / "model.onnx"),
        "vectors": sha256(arguments.target / "vectors.onnx"),
        "vectors_agree": vectors_agree(arguments.target, TARGET.parent / "encoder", tokenizer, dev[:20]),
        "polnear_dev": rows(dev, tokenizer, teacher, models),
        "origins": origins_rows(arguments.data, tokenizer, models),
    }
    (arguments.target / "measured.json").write_text(json.dumps(measured, indent=1) + "\n", encoding="utf-8")
    print("now write the card: python training/weightcards.py")


if __name__ == "__main__":
    main()
