"""The training loop that teacher and student share: batches in, a model with averaged weights out.

Batches hold windows of like length. The rate rises over the first tenth of the steps and then falls in a straight line
to nothing. The weights kept are an exponential average over the steps, which costs little and smooths the last ones.
"""

import json
import random
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict
from pathlib import Path

import torch
from torch import Tensor

from schedule import Settings, batches, rate_at
from tagger import Batch, Tagger, collate
from windows import Window


class Averaged:
    """An exponential average of a model's trained weights. The average starts as a plain mean, so early steps fade."""

    def __init__(self, model: Tagger, keep: float) -> None:
        self.keep, self.steps = keep, 0
        self.weights = {name: p.detach().clone() for name, p in model.named_parameters() if p.requires_grad}

    @torch.no_grad()
    def update(self, model: Tagger) -> None:
        self.steps += 1
        keep = min(self.keep, self.steps / (self.steps + 10))
        for name, parameter in model.named_parameters():
            if name in self.weights:
                self.weights[name].lerp_(parameter, 1 - keep)

    def state(self, model: Tagger) -> dict[str, Tensor]:
        """A state to load: averages where there are any, the model's own values elsewhere."""
        return {**model.state_dict(), **self.weights}


class Learner:
    """A model with its optimiser, rate and average: everything that lasts from step to step."""

    def __init__(self, model: Tagger, settings: Settings, *, steps: int) -> None:
        self.model, self.settings = model, settings
        groups = list(model.groups(rate=settings.rate, decay=settings.decay, head_rate=settings.head_rate))
        self.optimiser = torch.optim.AdamW(groups, weight_decay=settings.weight_decay, fused=True)
        self.schedule = torch.optim.lr_scheduler.LambdaLR(self.optimiser, lambda step: rate_at(step, steps))
        self.average = Averaged(model, settings.average)

    def step(self, loss: Tensor) -> float:
        self.optimiser.zero_grad(set_to_none=True)
        loss.backward()
        torch.nn.utils.clip_grad_norm_([p for p in self.model.parameters() if p.requires_grad], 1.0)
        self.optimiser.step()
        self.schedule.step()
        self.average.update(self.model)
        return float(loss.item())


def learn(
    model: Tagger,
    settings: Settings,
    folder: Path,
    *,
    epoch_windows: Callable[[int], list[Window]],
    loss_of: Callable[[Tagger, Batch, Sequence[Window]], Tensor],
    after_epoch: Callable[[Tagger], str],
) -> None:
    """Train, logging to `folder/log.txt` and keeping `folder/model.pt`, the averaged weights, after every epoch."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "settings.json").write_text(json.dumps(asdict(settings), indent=1) + "\n", encoding="utf-8")
    chance = random.Random(settings.seed)
    first = batches(epoch_windows(0), settings.batch, chance)
    learner = Learner(model, settings, steps=len(first) * settings.epochs + settings.epochs)
    for epoch in range(settings.epochs):
        rows = first if epoch == 0 else batches(epoch_windows(epoch), settings.batch, chance)
        began, losses = time.monotonic(), []
        for number, row in enumerate(rows):
            model.train()
            losses.append(learner.step(loss_of(model, collate(row), row)))
            if number % 50 == 49:
                recent = sum(losses[-50:]) / 50
                log(
                    folder,
                    f"epoch {epoch} step {number + 1}/{len(rows)} loss {recent:.4f} {time.monotonic() - began:.0f} s",
                )
        log(folder, f"epoch {epoch} done: {_score_average(learner, folder, after_epoch)}")


def _score_average(learner: Learner, folder: Path, after_epoch: Callable[[Tagger], str]) -> str:
    """Save the averaged weights and score them; the model goes on from its own."""
    own = {name: value.clone() for name, value in learner.model.state_dict().items()}
    averaged = learner.average.state(learner.model)
    torch.save(averaged, folder / "model.pt")
    learner.model.load_state_dict(averaged)
    row = after_epoch(learner.model)
    learner.model.load_state_dict(own)
    return row


def log(folder: Path, line: str) -> None:
    with (folder / "log.txt").open("a", encoding="utf-8") as file:
        file.write(line + "\n")
    print(line, flush=True)
