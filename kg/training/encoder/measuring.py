"""What the network in training gets right on sentences that it does not learn from."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

import numpy as np
import torch

from kg.nlp.encoding import exchanged
from kg.nlp.questions import Questions
from kg.training.encoder.learning import batch
from kg.training.encoder.material import UNKNOWN, Item
from kg.training.encoder.network import Network
from kg.training.encoder.precision import bfloat16_pays


def name_scores(network: Network, name_set: str, items: Sequence[Item]) -> float:
    """Return the F1 of exact spans with their kinds, in pieces."""
    right = found = wanted = 0
    items = _by_length(items)
    for start in range(0, len(items), 32):
        group = items[start : start + 32]
        one = batch(group, [[] for _ in group]).on(network.device)
        with torch.no_grad(), _narrow(network):
            states = network.lower(one.ids, one.shapes, one.mask)
            scores = network.tags(states, one.mask)[name_set].argmax(-1).cpu().numpy()
        for line, item in zip(scores, group, strict=True):
            gold, said = _spans(item.tags[name_set]), _spans(line[: len(item.encoded)] * (item.tags[name_set] != UNKNOWN))
            right, found, wanted = right + len(gold & said), found + len(said), wanted + len(gold)
    return _f1(right, found, wanted)


def pair_scores(network: Network, asked: Questions, inventory: str, null: str, items: Sequence[Item],
                inverse: Mapping[str, str] | None = None, bias: float = 0.0) -> float:
    """Return micro F1 without the null label. With `inverse` (all labels) a pair's answer is averaged with that of its reverse."""
    labels = asked.labels[inventory]
    empty, columns = labels.index(null), asked.columns(inventory)
    turned = [labels.index(inverse[label]) for label in labels] if inverse else []
    counts: Counter[str] = Counter()
    items = _by_length(items)
    for start in range(0, len(items), 32):
        group = items[start : start + 32]
        pairs = [[pair for pair in item.pairs if inventory in pair.answers] for item in group]
        one = batch(group, pairs).on(network.device)
        if not len(one.rows):
            continue
        with torch.no_grad(), _narrow(network):
            states = network.lower(one.ids, one.shapes, one.mask)[one.rows]
            chances = network.answers(states, one.mask[one.rows], one.roles)[:, columns].float().softmax(-1).cpu().numpy()
            if turned:
                swapped = torch.from_numpy(exchanged(one.roles.cpu().numpy())).to(network.device)
                other = network.answers(states, one.mask[one.rows], swapped)[:, columns].float().softmax(-1).cpu().numpy()
                chances = chances + other[:, turned]
        chances[:, empty] *= np.exp(bias)
        for said, gold in zip(chances.argmax(-1), one.answers[inventory].cpu().numpy(), strict=True):
            counts["found"] += said != empty
            counts["wanted"] += gold != empty
            counts["right"] += said == gold != empty
    return _f1(counts["right"], counts["found"], counts["wanted"])


def _narrow(network: Network) -> torch.autocast:
    return torch.autocast(network.device.type, dtype=torch.bfloat16, enabled=bfloat16_pays(network.device.type))


def _spans(tags: Sequence[int] | np.ndarray) -> set[tuple[int, int, int]]:
    spans, opened = set(), None
    for place, label in enumerate((*tags, 0)):
        if opened and not (label > 0 and label % 2 == 0 and (label + 1) // 2 == opened[1]):
            spans.add((opened[0], place, opened[1]))
            opened = None
        if label > 0 and (label % 2 == 1 or not opened):
            opened = (place, (label + 1) // 2) if label % 2 == 1 or not opened else opened
    return spans


def _by_length(items: Sequence[Item]) -> list[Item]:
    """Sentences of one length together: less of each batch is filling."""
    return sorted(items, key=lambda item: len(item.encoded))


def _f1(right: int, found: int, wanted: int) -> float:
    return 2 * right / (found + wanted) if found + wanted else 0.0
