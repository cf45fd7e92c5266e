"""Tagging with the exported files alone: what the product does, in the words of the trainings.

In: a folder with `model.onnx` and `tags.json`. Out: a function from windows to tag sequences.
"""

import json
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import onnxruntime
import torch
from evaluate import Tag
from tagger import ChainCRF
from windows import Window


def onnx_tagger(folder: Path) -> Tag:
    """One window at a time: int8 activations share one scale per input, so a batch would change the scores."""
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 2
    session = onnxruntime.InferenceSession(str(folder / "model.onnx"), options, providers=["CPUExecutionProvider"])
    table = json.loads((folder / "tags.json").read_text(encoding="utf-8"))
    crf = ChainCRF(table["tags"])
    crf.moves.data = torch.tensor(table["transitions"]) - crf.forbidden

    def tag_one(window: Window) -> list[int]:
        ids = np.array([window.pieces])
        scores = session.run(["tag_logits"], {"input_ids": ids, "attention_mask": np.ones_like(ids)})[0]
        emissions = torch.from_numpy(scores[:, list(window.firsts)])
        return crf.decode(emissions, torch.ones(emissions.shape[:2], dtype=torch.int64))[0]

    def tag(items: Sequence[Window]) -> list[list[int]]:
        return [tag_one(window) for window in items]

    return tag
