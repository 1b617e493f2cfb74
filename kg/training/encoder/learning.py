"""The loop: batches of sentences of similar length, one pass of the lower storey each, every task's loss added up; resumable at any step."""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import torch
from torch import Tensor
from torch.nn import functional

from kg.nlp.encoding import padded
from kg.nlp.questions import Questions
from kg.training.encoder.material import UNKNOWN, Asked, Item
from kg.training.encoder.network import Network
from kg.training.encoder.precision import bfloat16_pays

Progress = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Recipe:
    """How long and how fast: `epochs`, or `most_steps` where that is less. `pieces` is the size of a batch, `rate` the highest learning rate
    of what was pretrained, `head_rate` of what is new; both rise over a `warmup` share of all steps and fall to nothing."""

    epochs: int = 5
    most_steps: int | None = None
    pieces: int = 1024
    rate: float = 1.0e-4
    head_rate: float = 5.0e-4
    warmup: float = 0.06
    decay: float = 0.01
    smoothing: float = 0.0
    seed: int = 20261122
    checkpoint_minutes: float = 5.0


@dataclass(frozen=True, slots=True)
class Batch:
    """Sentences as tables; `rows` says of each pair in which sentence it stands."""

    ids: Tensor
    shapes: Tensor
    mask: Tensor
    tags: dict[str, Tensor]
    rows: Tensor
    roles: Tensor
    answers: dict[str, Tensor]

    def on(self, device: torch.device) -> Batch:
        """Return the batch where the network is."""
        tables = {name: getattr(self, name).to(device) for name in ("ids", "shapes", "mask", "rows", "roles")}
        return replace(self, **tables, **{
            name: {key: table.to(device) for key, table in getattr(self, name).items()} for name in ("tags", "answers")
        })


def batches(items: Sequence[Item], recipe: Recipe, epoch: int) -> Iterator[Batch]:
    """Yield the batches of an epoch, always the same ones for a seed and an epoch."""
    chance = random.Random(recipe.seed * 1000 + epoch)  # noqa: S311
    for group in _groups_of(items, recipe, chance):
        yield batch(group, [item.sampled(chance) for item in group])


def _groups_of(items: Sequence[Item], recipe: Recipe, chance: random.Random) -> list[list[Item]]:
    order = list(items)
    chance.shuffle(order)
    pools = [sorted(order[start : start + 512], key=lambda item: len(item.encoded)) for start in range(0, len(order), 512)]
    groups: list[list[Item]] = []
    for pool in pools:
        group: list[Item] = []
        for item in pool:
            if group and (len(group) + 1) * len(item.encoded) > recipe.pieces:
                groups.append(group)
                group = []
            group.append(item)
        groups.append(group)
    chance.shuffle(groups)
    return groups


def batch(items: Sequence[Item], pairs: Sequence[Sequence[Asked]]) -> Batch:
    """Put sentences and those of their pairs that are asked about into tables."""
    ids = torch.from_numpy(padded([item.encoded.ids for item in items]))
    mask = torch.from_numpy(padded([np.ones(len(item.encoded), dtype=np.int64) for item in items]))
    width = ids.shape[1]
    tags = {}
    for name in sorted({name for item in items for name in item.tags}):
        table = np.full((len(items), width), UNKNOWN, dtype=np.int64)
        for line, item in zip(table, items, strict=True):
            if name in item.tags:
                line[: len(item.encoded)] = item.tags[name]
        tags[name] = torch.from_numpy(table)
    asked = [(row, pair) for row, group in enumerate(pairs) for pair in group]
    roles = np.zeros((len(asked), width), dtype=np.int64)
    for line, (_, pair) in zip(roles, asked, strict=True):
        line[: len(pair.roles)] = pair.roles
    names = sorted({name for _, pair in asked for name in pair.answers})
    answers = {name: torch.tensor([pair.answers.get(name, UNKNOWN) for _, pair in asked]) for name in names}
    return Batch(ids, torch.from_numpy(padded([item.encoded.shapes for item in items])), mask, tags,
                 torch.tensor([row for row, _ in asked], dtype=torch.long), torch.from_numpy(roles), answers)


def loss(network: Network, asked: Questions, one: Batch, smoothing: float = 0.0) -> Tensor:
    """Return the sum of the mean losses of every task that the batch has answers for."""
    states = network.lower(one.ids, one.shapes, one.mask)
    total = torch.zeros((), device=one.ids.device)
    if one.tags:
        for name, scores in network.tags(states, one.mask).items():
            if name in one.tags and bool((one.tags[name] != UNKNOWN).any()):
                total = total + functional.cross_entropy(scores.float().flatten(0, 1), one.tags[name].flatten(), ignore_index=UNKNOWN)
    if len(one.rows):
        scores = network.answers(states[one.rows], one.mask[one.rows], one.roles).float()
        for name, right in one.answers.items():
            if bool((right != UNKNOWN).any()):
                share, given = (right != UNKNOWN).float().mean(), scores[:, asked.columns(name)]
                total = total + share * functional.cross_entropy(given, right, ignore_index=UNKNOWN, label_smoothing=smoothing)
    return total


def learn(network: Network, asked: Questions, items: Sequence[Item], recipe: Recipe, folder: Path, *,
          measure: Callable[[Network], dict[str, float]] | None = None, progress: Progress = lambda _: None) -> None:
    """Tune the network in place; `folder` keeps the last checkpoint, from which an interrupted run goes on. `measure` runs after each epoch."""
    torch.manual_seed(recipe.seed)
    folder.mkdir(parents=True, exist_ok=True)
    steps = [len(_groups_of(items, recipe, random.Random(recipe.seed * 1000 + epoch))) for epoch in range(recipe.epochs)]  # noqa: S311
    optimizer = torch.optim.AdamW(_groups(network, recipe), fused=True)
    whole = min(sum(steps), recipe.most_steps or sum(steps))
    warm = max(1, int(recipe.warmup * whole))
    schedule = torch.optim.lr_scheduler.LambdaLR(optimizer, lambda step: min((step + 1) / warm, max(0.0, (whole - step) / max(1, whole - warm))))
    device = network.device
    halved = bfloat16_pays(device.type)
    step, saved, checkpoint = 0, time.monotonic(), folder / "checkpoint.pt"
    if checkpoint.is_file():
        state = torch.load(checkpoint, weights_only=True, map_location=device)
        network.load_state_dict(state["network"])
        optimizer.load_state_dict(state["optimizer"])
        schedule.load_state_dict(state["schedule"])
        step = state["step"]
    done = 0
    for epoch in range(recipe.epochs):
        if done + steps[epoch] <= step or done == whole:
            done += steps[epoch] if done < whole else 0
            continue
        network.train()
        losses: list[float] = []
        for one in batches(items, recipe, epoch):
            if done == whole:
                break
            done += 1
            if done <= step:
                continue
            with torch.autocast(device.type, dtype=torch.bfloat16, enabled=halved):
                value = loss(network, asked, one.on(device), recipe.smoothing)
            value.backward()
            torch.nn.utils.clip_grad_norm_(network.parameters(), 1.0)
            optimizer.step()
            schedule.step()
            optimizer.zero_grad()
            losses.append(value.item())
            if len(losses) % 50 == 0:
                progress(f"epoch {epoch + 1} step {done}/{whole} loss {sum(losses[-50:]) / 50:.3f}")
            if time.monotonic() - saved > 60 * recipe.checkpoint_minutes:
                saved = time.monotonic()
                _save(checkpoint, network, optimizer, schedule, done)
        step = done
        _save(checkpoint, network, optimizer, schedule, done)
        if measure is not None:
            network.eval()
            figures = measure(network)
            progress(f"epoch {epoch + 1}: " + " ".join(f"{name} {100 * value:.1f}" for name, value in figures.items()))
    network.eval()


def _groups(network: Network, recipe: Recipe) -> list[dict[str, object]]:
    pretrained = ("embeddings.", "below.", "above.")
    network.embeddings.word_embeddings.weight.requires_grad_(False)  # a third to half of all weights: slow to move, and little gained by it
    named = [(name, each) for name, each in network.named_parameters() if each.requires_grad]
    plain = lambda name: name.endswith("bias") or "LayerNorm" in name  # noqa: E731
    return [
        {"params": [each for name, each in named if name.startswith(pretrained) is old and plain(name) is free],
         "lr": recipe.rate if old else recipe.head_rate, "weight_decay": 0.0 if free else recipe.decay}
        for old in (True, False) for free in (True, False)
    ]


def _save(path: Path, network: Network, optimizer: torch.optim.Optimizer, schedule: torch.optim.lr_scheduler.LambdaLR, step: int) -> None:
    part = path.with_suffix(".part")
    torch.save({"network": network.state_dict(), "optimizer": optimizer.state_dict(), "schedule": schedule.state_dict(), "step": step}, part)
    part.replace(path)
