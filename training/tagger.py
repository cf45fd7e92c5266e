"""The tagger: MiniLM, one linear head, and a linear-chain CRF over words.

In: batches of windows. Out: a loss, or the best lawful tag sequence per window. Transitions that BIOES forbids cost
10,000, so no ill-formed span can be decoded. With `shared > 0` the model is a fork: the lowest `shared` layers stay as
published and feed both the published upper layers (sentence vectors) and a trained copy of them (tags), so one pass
gives both.
"""

import copy
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from minilm import LAYERS, WIDTH, MiniLM, attention_bias, load_original
from windows import TAGS, Window

FORBIDDEN = -10000.0


@dataclass(frozen=True)
class Batch:
    """`ids`, `mask`: `[batch, pieces]`. `firsts`, `tags`, `present`: `[batch, words]`; `present` is 0 on padding."""

    ids: Tensor
    mask: Tensor
    firsts: Tensor
    tags: Tensor
    present: Tensor


def collate(windows: Sequence[Window]) -> Batch:
    """Pad windows to a rectangle."""

    def pad(rows: Sequence[Sequence[int]]) -> Tensor:
        longest = max(1, max(len(row) for row in rows))
        return torch.tensor([[*row, *[0] * (longest - len(row))] for row in rows])

    return Batch(
        ids=pad([window.pieces for window in windows]),
        mask=pad([[1] * len(window.pieces) for window in windows]),
        firsts=pad([window.firsts for window in windows]),
        tags=pad([window.tags for window in windows]),
        present=pad([[1] * len(window.tags) for window in windows]),
    )


def lawful(tags: Sequence[str]) -> Tensor:
    """`[tags, tags]`: True where the second tag may follow the first in BIOES."""

    def follows(before: str, after: str) -> bool:
        place, _, kind = before.partition("-")
        next_place, _, next_kind = after.partition("-")
        if place in "BI":
            return next_place in "IE" and next_kind == kind
        return next_place in "OBS"

    return torch.tensor([[follows(before, after) for after in tags] for before in tags])


class ChainCRF(nn.Module):
    """A linear-chain CRF (Lafferty and others 2001). Emissions are `[batch, words, tags]`, in float32."""

    forbidden: Tensor
    unopened: Tensor
    unclosed: Tensor

    def __init__(self, tags: Sequence[str]) -> None:
        super().__init__()
        self.moves = nn.Parameter(torch.zeros(len(tags), len(tags)))
        self.register_buffer("forbidden", torch.where(lawful(tags), 0.0, FORBIDDEN))
        self.register_buffer("unopened", torch.tensor([FORBIDDEN if tag[0] in "IE" else 0.0 for tag in tags]))
        self.register_buffer("unclosed", torch.tensor([FORBIDDEN if tag[0] in "BI" else 0.0 for tag in tags]))

    def transitions(self) -> Tensor:
        return self.moves + self.forbidden

    def loss(self, emissions: Tensor, tags: Tensor, present: Tensor) -> Tensor:
        """Negative log-likelihood per word."""
        total = (self.log_partition(emissions, present) - self._score(emissions, tags, present)).sum()
        return total / present.sum()

    def _score(self, emissions: Tensor, tags: Tensor, present: Tensor) -> Tensor:
        here = emissions.gather(2, tags[..., None])[..., 0] * present
        moves = self.transitions()[tags[:, :-1], tags[:, 1:]] * present[:, 1:]
        return here.sum(1) + moves.sum(1)

    def log_partition(self, emissions: Tensor, present: Tensor) -> Tensor:
        moves = self.transitions()
        alpha = emissions[:, 0] + self.unopened
        for step in range(1, emissions.shape[1]):
            grown = torch.logsumexp(alpha[:, :, None] + moves, dim=1) + emissions[:, step]
            alpha = torch.where(present[:, step, None] > 0, grown, alpha)
        return torch.logsumexp(alpha + self.unclosed, dim=1)

    def marginals(self, emissions: Tensor, present: Tensor) -> Tensor:
        """Probability of each tag at each word: the gradient of the log-partition."""
        with torch.enable_grad():
            leaf = emissions.detach().requires_grad_()
            return torch.autograd.grad(self.log_partition(leaf, present).sum(), leaf)[0]

    @torch.no_grad()
    def decode(self, emissions: Tensor, present: Tensor) -> list[list[int]]:
        """Viterbi, one sequence per window."""
        moves, best = self.transitions(), emissions[:, 0] + self.unopened
        back: list[Tensor] = []
        for step in range(1, emissions.shape[1]):
            score, origin = (best[:, :, None] + moves).max(dim=1)
            going = present[:, step, None] > 0
            back.append(torch.where(going, origin, torch.arange(best.shape[1])))
            best = torch.where(going, score + emissions[:, step], best)
        return _trace(back, (best + self.unclosed).argmax(1), present.sum(1).tolist())


def _trace(back: list[Tensor], last: Tensor, lengths: list[int]) -> list[list[int]]:
    path = [last]
    for origin in reversed(back):
        path.append(origin.gather(1, path[-1][:, None])[:, 0])
    rows = torch.stack(path[::-1], dim=1).tolist()
    return [row[:length] for row, length in zip(rows, lengths, strict=True)]


class Tagger(nn.Module):
    """`shared` = 0: the whole encoder is trained. `shared` = n: layers below n are frozen and those above are a copy."""

    def __init__(self, *, shared: int = 0, dropout: float = 0.1, tags: Sequence[str] = TAGS) -> None:
        super().__init__()
        self.shared, self.tags = shared, tuple(tags)
        self.encoder: MiniLM = load_original(dropout=dropout)
        self.upper = nn.ModuleList(copy.deepcopy(layer) for layer in self.encoder.layers[shared:]) if shared else None
        if shared:
            self.encoder.requires_grad_(False)
        self.head = nn.Linear(WIDTH, len(tags))
        self.crf = ChainCRF(tags)
        self.dropout = dropout

    def hidden(self, ids: Tensor, mask: Tensor) -> Tensor:
        """The vectors that the tags are read from, one per word piece."""
        if self.upper is None:
            states: Tensor = self.encoder(ids, mask)
            return states
        bias = attention_bias(mask)
        states = self.lower(ids, bias)
        for layer in self.upper:
            states = layer(states, bias)
        return states

    @torch.no_grad()
    def lower(self, ids: Tensor, bias: Tensor) -> Tensor:
        """The shared layers, as published: never trained, so without dropout."""
        self.encoder.eval()
        states = self.encoder.embed(ids)
        for layer in self.encoder.layers[: self.shared]:
            states = layer(states, bias)
        return states

    def emissions(self, batch: Batch) -> Tensor:
        """Scores of the tags at each word, `[batch, words, tags]`. The encoder runs in bf16: twice as fast, no loss seen."""
        with torch.autocast("cpu", torch.bfloat16):
            states = self.hidden(batch.ids, batch.mask)
        firsts = batch.firsts[..., None].expand(-1, -1, WIDTH)
        words = F.dropout(states.float().gather(1, firsts), self.dropout, self.training)
        scores: Tensor = self.head(words)
        return scores

    def loss(self, batch: Batch) -> Tensor:
        return self.crf.loss(self.emissions(batch), batch.tags, batch.present)

    @torch.no_grad()
    def decode(self, batch: Batch) -> list[list[int]]:
        self.eval()
        return self.crf.decode(self.emissions(batch), batch.present)

    def groups(self, *, rate: float, decay: float, head_rate: float) -> Iterator[dict[str, object]]:
        """Parameters with learning rates: `rate` at the top layer, times `decay` per layer down, `head_rate` above."""
        layers = list(self.upper or self.encoder.layers)
        for depth, layer in enumerate(reversed(layers)):
            yield {"params": list(layer.parameters()), "lr": rate * decay**depth}
        if self.upper is None:
            below = [p for name, p in self.encoder.named_parameters() if not name.startswith("layers")]
            yield {"params": below, "lr": rate * decay**LAYERS}
        yield {"params": list(self.head.parameters()), "lr": head_rate}
        yield {"params": list(self.crf.parameters()), "lr": head_rate * 5, "weight_decay": 0.0}


class Committee(nn.Module):
    """Several taggers that vote: their tag scores and their transitions, averaged. Trained apart, used as one teacher."""

    def __init__(self, members: Sequence[Tagger]) -> None:
        super().__init__()
        self.members = nn.ModuleList(members)
        self.tags = members[0].tags
        self.crf = ChainCRF(self.tags)
        self.crf.moves.data = torch.stack([member.crf.moves.data for member in members]).mean(0)

    def emissions(self, batch: Batch) -> Tensor:
        """The members' mean scores, `[batch, words, tags]`."""
        return torch.stack([member.emissions(batch) for member in self.members]).mean(0)

    @torch.no_grad()
    def decode(self, batch: Batch) -> list[list[int]]:
        self.eval()
        return self.crf.decode(self.emissions(batch), batch.present)
