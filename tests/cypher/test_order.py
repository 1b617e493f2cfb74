"""The same graph gives the same answer, whatever the order its parts were written in: rows that tie have an order of their own."""

from __future__ import annotations

import random
import shlex
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from kg.ask import query
from kg.model.graph import Graph
from kg.settings import Settings
from kg.store.client import connect
from kg.store.load import load_graph
from kg.store.queries import MODALITIES, ORIGINS, Module, load_modules
from kg.workflow import extract

SEEDS = Path(__file__).parent.parent.parent / "seeds"
MODULES = load_modules()
Rows = tuple[Mapping[str, Any], ...]
Answers = dict[str, tuple[Rows, Rows]]


@pytest.fixture(scope="module")
def both_ways(neo4j_server: Settings) -> Iterator[Answers]:
    """What each module answers on the graph of the seeds, written in its own order and in another."""
    graph = extract(SEEDS)
    first, second = _answers(graph, neo4j_server), _answers(_shuffled(graph), neo4j_server)
    yield {name: (first[name], second[name]) for name in MODULES}


@pytest.mark.parametrize("name", MODULES)
def test_rows_do_not_depend_on_the_order_in_which_the_graph_was_written(name: str, both_ways: Answers) -> None:
    first, second = both_ways[name]
    assert second == first


def _shuffled(graph: Graph) -> Graph:
    dice = random.Random(1)
    return graph.model_copy(update={part: tuple(dice.sample(rows := getattr(graph, part), len(rows))) for part in Graph.model_fields})


def _answers(graph: Graph, settings: Settings) -> dict[str, Rows]:
    with connect(settings) as client:
        client.write("MATCH (n) DETACH DELETE n")
        load_graph(graph, client)
    return {name: query(name, settings=settings, **_widest(module)).rows for name, module in MODULES.items()}


def _widest(module: Module) -> dict[str, str]:
    """What a module must be given, as its example gives it, and the widest of what all take: the more rows, the more of them tie."""
    example = dict(word.split("=", 1) for word in shlex.split(module.example) if "=" in word)
    wide = {"modalities": ",".join(MODALITIES), "origins": ",".join(ORIGINS), "limit": "1000"}
    return {one.name: example[one.name] for one in module.parameters if one.required} | {
        one.name: wide[one.name] for one in module.parameters if one.name in wide
    }
