"""A built graph against a gold list: recall of what a careful reader wrote down, precision of what the graph states."""

from __future__ import annotations

from pathlib import Path

from kg.evaluation.gold import Gold, read_gold
from kg.evaluation.score import GraphScore, score_graph
from kg.model.files import read_graph

__all__ = ["Gold", "GraphScore", "evaluate_graph", "read_gold", "score_graph"]


def evaluate_graph(gold: str | Path, out: str | Path) -> GraphScore:
    """Score the graph that `kg extract` wrote into the folder `out` against the gold list `gold` (YAML).

    Raises DataError with file and line for a gold list that cannot be read, InputError for a folder that is not an extraction.
    """
    return score_graph(read_gold(Path(gold)), read_graph(Path(out)))
