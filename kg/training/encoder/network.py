"""The network: a pretrained encoder in two storeys, names read from the sentence, relations from the sentence with two spans marked.

The lower storey sees each sentence once. The upper one sees it once for every pair that is asked about, with a learned vector added to the
pieces of head and tail where the storeys meet: what entity markers do for the whole depth (Zhou & Chen 2021, "An Improved Baseline for
Sentence-level Relation Extraction"; Zhong & Chen 2021 for the shared lower part), at the price of the upper layers alone.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import torch
from torch import Tensor, nn
from transformers import BertModel

from kg.nlp.encoding import HEAD


@dataclass(frozen=True, slots=True)
class Shape:
    """How deep each part reads: `layers` of the pretrained encoder are kept, `lower` of them in the lower storey.

    `names_from_upper`: names are read after the upper storey (with nothing marked) rather than before it.
    """

    layers: int
    lower: int
    names_from_upper: bool


class Network(nn.Module):
    """`name_sets` gives the number of tags of each label set of names, `outputs` the width of everything that is asked about a pair,
    `kinds` how many kinds of thing the two ends can be said to be of."""

    def __init__(self, bert: BertModel, shape: Shape, name_sets: Mapping[str, int], outputs: int, kinds: int, dropout: float = 0.1) -> None:
        super().__init__()
        width = bert.config.hidden_size
        self.shape = shape
        self.embeddings = bert.embeddings
        self.below = bert.encoder.layer[: shape.lower]
        self.above = bert.encoder.layer[shape.lower : shape.layers]
        self.roles = nn.Embedding(3 + 2 * kinds, width, padding_idx=0)
        self.roles.weight.data[1:] = (0.3 * torch.randn(2, width)).repeat(1 + kinds, 1)  # a kind differs from none only by what is learned
        self.dropout = nn.Dropout(dropout)
        self.names = nn.ModuleDict({name: nn.Linear(width, tags) for name, tags in name_sets.items()})
        self.pair = nn.Sequential(nn.Linear(3 * width, width), nn.Tanh(), nn.Dropout(dropout), nn.Linear(width, outputs))

    @property
    def device(self) -> torch.device:
        """Where its weights are."""
        return self.roles.weight.device

    def lower(self, ids: Tensor, shapes: Tensor, mask: Tensor) -> Tensor:
        """Return the states (sentences x pieces x width) where the storeys meet."""
        states: Tensor = self.embeddings(input_ids=ids, token_type_ids=shapes)
        return _through(self.below, states, mask)

    def upper(self, states: Tensor, mask: Tensor, roles: Tensor) -> Tensor:
        """Return the states on top, with the pieces of head and tail marked."""
        return _through(self.above, states + self.roles(roles).to(states.dtype), mask)

    def tags(self, states: Tensor, mask: Tensor) -> dict[str, Tensor]:
        """Return the scores of every piece's tag (sentences x pieces x tags), one table a label set, from the states between the storeys."""
        top = self.upper(states, mask, torch.zeros_like(mask)) if self.shape.names_from_upper else states
        return {name: layer(self.dropout(top)) for name, layer in self.names.items()}

    def answers(self, states: Tensor, mask: Tensor, roles: Tensor) -> Tensor:
        """Return the scores of everything that is asked about the marked pair (pairs x outputs)."""
        return self.read_pair(self.upper(states, mask, roles), roles)

    def read_pair(self, top: Tensor, roles: Tensor) -> Tensor:
        """Return the scores from the states on top: of the sentence's first piece, and the means over head and tail."""
        seen = torch.cat([top[:, 0], _mean(top, roles % 2 == HEAD), _mean(top, (roles > 0) & (roles % 2 == 0))], dim=-1)
        scores: Tensor = self.pair(self.dropout(seen))
        return scores


def _through(layers: nn.ModuleList, states: Tensor, mask: Tensor) -> Tensor:
    allowed = (1.0 - mask[:, None, None, :].to(states.dtype)) * -1e4
    for layer in layers:
        states = layer(states, allowed)
    return states


def _mean(states: Tensor, chosen: Tensor) -> Tensor:
    weights = chosen.to(states.dtype).unsqueeze(-1)
    return (states * weights).sum(1) / weights.sum(1).clamp(min=1.0)
