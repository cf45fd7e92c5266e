"""Tagging with the exported files alone: what the product does, in the words of the trainings.

In: a folder with `model.onnx`, `tags.json` and `tokenizer.json`. Out: a function from windows to tag sequences, and a tokenizer.
Decoding is the product's own chain, so torch is not needed.
"""

import json
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import onnxruntime
from tokenizers import Tokenizer

from headwater.stages.spans.tagger import Chain
from scoring import Tag
from windows import Window


def read_tokenizer(path: Path) -> Tokenizer:
    """Return a tokenizer with nothing padded or cut."""
    tokenizer = Tokenizer.from_file(str(path))
    tokenizer.no_padding()
    tokenizer.no_truncation()
    return tokenizer


def onnx_tagger(folder: Path) -> Tag:
    """One window at a time: int8 activations share one scale per input, so a batch would change the scores."""
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 2
    session = onnxruntime.InferenceSession(str(folder / "model.onnx"), options, providers=["CPUExecutionProvider"])
    table = json.loads((folder / "tags.json").read_text(encoding="utf-8"))
    rows = (np.array(table[name], np.float64) for name in ("transitions", "start", "end"))
    chain = Chain(tuple(table["tags"]), *rows)

    def tag_one(window: Window) -> list[int]:
        ids = np.array([window.pieces])
        scores = session.run(["tag_logits"], {"input_ids": ids, "attention_mask": np.ones_like(ids)})[0]
        return chain.best(scores[0, list(window.firsts)].astype(np.float64)) if window.firsts else []

    def tag(items: Sequence[Window]) -> list[list[int]]:
        return [tag_one(window) for window in items]

    return tag
