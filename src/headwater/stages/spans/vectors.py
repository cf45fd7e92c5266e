"""What a text means, as the published sentence encoder gives it: one vector of length 1, by which two texts can be compared.

The lower layers are those of the span model, the upper ones are `vectors.onnx`; together they are all-MiniLM-L6-v2 (Reimers and
Gurevych 2019) in int8, bit for bit (`weights/spans/CARD.md`). One text at a time: int8 vectors depend on what else is in a batch.
"""

import json
from functools import cache
from importlib import resources

import numpy as np
from numpy.typing import NDArray

from headwater.models.session import new_session
from headwater.stages.spans.pieces import WordPieces
from headwater.stages.spans.tagger import LONGEST, START, STOP

Vector = NDArray[np.float32]


class Encoder:
    """The encoder with its word splitter; one thread, one text at a time."""

    def __init__(self, lower: bytes, upper: bytes, splitter: bytes) -> None:
        self._lower, self._upper = new_session(lower), new_session(upper)
        self._splitter = WordPieces(json.loads(splitter)["model"]["vocab"])

    def vector(self, text: str) -> Vector:
        """Return `[384]`, the mean of the states of all word pieces, at length 1; of a long text its beginning."""
        pieces = [piece for its, _, _ in self._splitter.split(text) for piece in its]
        ids = np.array([[START, *pieces[:LONGEST], STOP]], np.int64)
        mask = np.ones_like(ids)
        shared = self._lower.run(["shared_states"], {"input_ids": ids, "attention_mask": mask})[0]
        states = self._upper.run(["last_hidden_state"], {"shared_states": shared, "attention_mask": mask})[0][0]
        mean: Vector = states.mean(axis=0)
        return mean / np.float32(np.linalg.norm(mean))


@cache
def shipped_encoder() -> Encoder:
    """Return the encoder with the weights of this release, loaded once per process."""
    folder = resources.files("headwater") / "weights" / "spans"
    return Encoder(*((folder / name).read_bytes() for name in ("model.onnx", "vectors.onnx", "tokenizer.json")))
