"""all-MiniLM-L6-v2 as a plain torch module.

In: word-piece ids and a mask. Out: one vector per word piece. The model is written out here, rather than taken from a
model library, because three things need its inside: the ONNX export (no library code traced), layer-wise learning
rates, and the fork (lower layers shared, upper layers twice: once untouched for sentence vectors, once trained for
tags). The weights are those that its authors published (`original.py`).
"""

import hashlib

import torch
from safetensors.torch import load_file
from torch import Tensor, nn
from torch.nn import functional as F

from original import ORIGINAL_SHA256, package_folder

WIDTH, HEADS, INNER, LAYERS, VOCABULARY, POSITIONS = 384, 12, 1536, 6, 30522, 512


class Layer(nn.Module):
    """One BERT layer: self-attention and a feed-forward net, each followed by a sum and a norm."""

    def __init__(self, dropout: float) -> None:
        super().__init__()
        self.query, self.key, self.value = (nn.Linear(WIDTH, WIDTH) for _ in range(3))
        self.mix = nn.Linear(WIDTH, WIDTH)
        self.mix_norm = nn.LayerNorm(WIDTH, eps=1e-12)
        self.widen, self.narrow = nn.Linear(WIDTH, INNER), nn.Linear(INNER, WIDTH)
        self.out_norm = nn.LayerNorm(WIDTH, eps=1e-12)
        self.dropout = dropout

    def _attend(self, hidden: Tensor, bias: Tensor) -> Tensor:
        """Written out for the export; `scaled_dot_product_attention` gives the same numbers, faster, in training.

        No dropout on the attention itself: drawing it took a third of a training step.
        """
        batch, length, _ = hidden.shape
        query, key, value = (
            part(hidden).view(batch, length, HEADS, WIDTH // HEADS).transpose(1, 2)
            for part in (self.query, self.key, self.value)
        )
        if torch.jit.is_tracing():
            scores = query @ key.transpose(-1, -2) * (WIDTH // HEADS) ** -0.5 + bias
            mixed = scores.softmax(-1) @ value
        else:
            mixed = F.scaled_dot_product_attention(query, key, value, attn_mask=bias.to(query.dtype))
        return mixed.transpose(1, 2).reshape(batch, length, WIDTH)

    def forward(self, hidden: Tensor, bias: Tensor) -> Tensor:
        mixed = F.dropout(self.mix(self._attend(hidden, bias)), self.dropout, self.training)
        hidden = self.mix_norm(hidden + mixed)
        inner = F.dropout(self.narrow(F.gelu(self.widen(hidden))), self.dropout, self.training)
        return self.out_norm(hidden + inner)


class MiniLM(nn.Module):
    """Six layers over word, place and segment vectors. `forward` gives `[batch, length, 384]`."""

    def __init__(self, dropout: float = 0.1) -> None:
        super().__init__()
        self.words = nn.Embedding(VOCABULARY, WIDTH)
        self.places = nn.Embedding(POSITIONS, WIDTH)
        self.segments = nn.Embedding(2, WIDTH)
        self.norm = nn.LayerNorm(WIDTH, eps=1e-12)
        self.layers = nn.ModuleList(Layer(dropout) for _ in range(LAYERS))
        self.dropout = dropout

    def embed(self, ids: Tensor) -> Tensor:
        """Vectors of the word pieces before the first layer. Everything is in segment 0."""
        places = torch.arange(ids.shape[1], device=ids.device)
        vectors = self.words(ids) + self.places(places) + self.segments.weight[0]
        return F.dropout(self.norm(vectors), self.dropout, self.training)

    def forward(self, ids: Tensor, mask: Tensor) -> Tensor:
        bias = attention_bias(mask)
        hidden = self.embed(ids)
        for layer in self.layers:
            hidden = layer(hidden, bias)
        return hidden


def attention_bias(mask: Tensor) -> Tensor:
    """0 where a word piece may be looked at, a large negative number where it is padding; `[batch, 1, 1, length]`."""
    return (1.0 - mask[:, None, None, :].to(torch.float32)) * -10000.0


def load_original(*, dropout: float = 0.1) -> MiniLM:
    """The published weights, after checking that they are the published ones."""
    path = package_folder() / "model.safetensors"
    found = hashlib.sha256(path.read_bytes()).hexdigest()
    if found != ORIGINAL_SHA256:
        raise SystemExit(f"{path} has sha256 {found}, expected {ORIGINAL_SHA256}")
    model = MiniLM(dropout)
    model.load_state_dict(rename(load_file(path)))
    return model


def rename(weights: dict[str, Tensor]) -> dict[str, Tensor]:
    """The published names, in the words of this file. The pooler is not used and is left out."""
    kept = {
        name: value for name, value in weights.items() if not name.startswith("pooler") and "position_ids" not in name
    }
    return {_our_name(name): value for name, value in kept.items()}


def _our_name(name: str) -> str:
    for theirs, ours in (
        ("embeddings.word_embeddings", "words"),
        ("embeddings.position_embeddings", "places"),
        ("embeddings.token_type_embeddings", "segments"),
        ("embeddings.LayerNorm", "norm"),
        ("encoder.layer", "layers"),
        ("attention.self.", ""),
        ("attention.output.dense", "mix"),
        ("attention.output.LayerNorm", "mix_norm"),
        ("intermediate.dense", "widen"),
        ("output.dense", "narrow"),
        ("output.LayerNorm", "out_norm"),
    ):
        name = name.replace(theirs, ours)
    return name
