"""Build `src/headwater/weights/spans/` from a student: ONNX int8, the tag list with its transitions, tokenizer,
licence, card.

In: a student's folder (`shared` > 0), and for the card the data folder and the teacher's folder. The teacher is scored
here and goes nowhere. Usage: `python training/export_spans.py /tmp/student --teacher /tmp/teacher --data
../shared/data`.
"""

import argparse
import hashlib
import json
import tempfile
from collections.abc import Sequence
from pathlib import Path
from string import Template

import numpy as np
import onnx
import onnx.utils
import onnxruntime
from tokenizers import Tokenizer
from torch import Tensor, nn

from evaluate import evaluate_carefully, load_run, load_teacher, load_tokenizer, torch_tagger
from evaluate_origins import found_shares
from export_encoder import HERE, write_tokenizer
from minilm import ORIGINAL_SHA256, attention_bias
from onnx_int8 import export_int8, strip_traces
from polnear import KINDS, Article, read_articles
from scoring import Score, Tag, evaluate
from shipped import onnx_tagger
from tagger import Committee, Tagger
from windows import COMMAS, LONGEST, QUOTES, without

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


def careful_row(articles: Sequence[Article], tokenizer: Tokenizer, teacher: Tagger | Committee) -> str:
    """The card's first row: the teacher as it labels."""
    return f"| as printed, cut at four places | teacher | {_cells(evaluate_carefully(articles, tokenizer, teacher))} |"


def rows(articles: Sequence[Article], tokenizer: Tokenizer, teacher: Tag, student: Tag, shipped: Tag) -> str:
    """The card's table: one row per way of reading, one column per model and kind."""
    bare = [without(article, COMMAS | QUOTES) for article in articles]
    lines = []
    ways = (("as printed, in context", articles, LONGEST), ("as printed, sentence by sentence", articles, 0))
    for name, pile, room in (*ways, ("no commas, no quotation marks", bare, LONGEST)):
        for label, tag in (("teacher", teacher), ("student", student), ("student int8, as shipped", shipped)):
            scores = evaluate(pile, tokenizer, tag, room=room)
            lines.append(f"| {name} | {label} | {_cells(scores)} |")
    return "\n".join(lines)


def origins_rows(data: Path, tokenizer: Tokenizer, teacher: Tag, student: Tag, shipped: Tag) -> str:
    """The card's second table: the stories annotated for origins."""
    lines = []
    for name, room in (("in context", LONGEST), ("sentence by sentence", 0)):
        for label, tag in (("teacher", teacher), ("student", student), ("student int8, as shipped", shipped)):
            shares = found_shares(data, tokenizer, tag, room=room)
            lines.append(f"| {name} | {label} | {shares.content:.1f} | {shares.speaker:.1f} | {shares.linked:.1f} |")
    return "\n".join(lines)


def _cells(scores: dict[str, Score]) -> str:
    names = [*KINDS, *(f"{kind}_overlap" for kind in KINDS), "triple_overlap"]
    return " | ".join(f"{100 * scores[name].f1:.1f}" for name in names)


def write_card(target: Path, values: dict[str, object]) -> None:
    card = Template((HERE / "cards" / "spans.md").read_text(encoding="utf-8")).substitute(values)
    (target / "CARD.md").write_text(card, encoding="utf-8")


def build(target: Path, student: Tagger) -> None:
    """Write the files that ship, but the card."""
    target.mkdir(parents=True, exist_ok=True)
    write_tokenizer(target / "tokenizer.json")
    write_tags(student, target / "tags.json")
    (target / "LICENSE").write_bytes((HERE / "cards" / "encoder.LICENSE").read_bytes())
    (target / "NOTICE").write_bytes((HERE / "cards" / "spans.NOTICE").read_bytes())
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
    dev = read_articles(arguments.data / "attribution" / "polnear" / "dev")
    model = arguments.target / "model.onnx"
    shipped = onnx_tagger(arguments.target)
    values = {
        "original": ORIGINAL_SHA256,
        "model": hashlib.sha256(model.read_bytes()).hexdigest(),
        "size": f"{model.stat().st_size / 1e6:.1f}",
        "vectors_sha": hashlib.sha256((arguments.target / "vectors.onnx").read_bytes()).hexdigest(),
        "vectors_size": f"{(arguments.target / 'vectors.onnx').stat().st_size / 1e6:.1f}",
        "settings": (arguments.student / "settings.json").read_text(encoding="utf-8").strip(),
        "rows": careful_row(dev, tokenizer, teacher)
        + "\n"
        + rows(dev, tokenizer, torch_tagger(teacher), torch_tagger(student), shipped),
        "origins": origins_rows(arguments.data, tokenizer, torch_tagger(teacher), torch_tagger(student), shipped),
        "vectors": "are"
        if vectors_agree(arguments.target, TARGET.parent / "encoder", tokenizer, dev[:20])
        else "are not",
    }
    write_card(arguments.target, values)
    print((arguments.target / "CARD.md").read_text(encoding="utf-8"))


if __name__ == "__main__":
    main()
