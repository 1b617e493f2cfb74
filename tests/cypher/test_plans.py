"""What the questions do on a made graph of 10,000 entities and 100,000 facts with hubs of 5,000, a tenth of the full size.

Every question is run once under PROFILE, of an ordinary name and of the hub, as deep as in the full benchmark: a plan serves both names, and
planning takes longer than the runs. The hits are counted, not the time. A question about the whole graph may read all of a label.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from kg.settings import Settings
from kg.store import server
from kg.store.client import Client, connect
from kg.store.queries import load_modules

if TYPE_CHECKING:
    from types import ModuleType

LARGE = {"Entity", "Company", "Facility", "Product", "Event", "Metric", "Claim", "Document"}
GRAPH_SIZE = 10_000
ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def questions() -> Iterator[ModuleType]:
    """The benchmark of the questions, which lies beside the package."""
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(ROOT)
        from benchmarks import questions

        yield questions


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Client]:
    """A connection to a server of its own that holds the made graph: the importer takes a server that does not run."""
    from benchmarks.made_graph import MadeGraph

    folder = tmp_path_factory.mktemp("made")
    settings = Settings(KG_HOME=folder / "profile", NEO4J_URI=None)
    graph = MadeGraph(folder / "csv", GRAPH_SIZE)
    assert graph.write() == 10 * GRAPH_SIZE
    try:
        graph.load(settings)
        with connect(settings) as client:
            yield client
    finally:
        server.stop(settings)


def test_every_question_has_a_budget(questions: Any) -> None:
    assert {name for name, budget in questions.budgets().items() if budget.hits} == {*load_modules()}


@pytest.mark.parametrize("name", load_modules())
def test_plan_and_hits(name: str, questions: Any, made: Client) -> None:
    from benchmarks.made_graph import MadeGraph

    budget = questions.budgets()[name]
    for question in questions.asked(MadeGraph(ROOT, GRAPH_SIZE)):
        if question.module.name == name:
            cost = questions.profiled(made, question)
            assert budget.kind == "whole" or not [*cost.scans(LARGE)]
            assert cost.hits <= budget.allowed(hub=question.hub, entities=GRAPH_SIZE), "the hub" if question.hub else "an ordinary name"
