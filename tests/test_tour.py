"""The tour of the seeds: every answer on the page is what the graph of the seeds answers."""

from __future__ import annotations

import pytest
from tour import PAGE, TOUR, command, page

from kg.settings import Settings
from kg.store.client import Client
from kg.store.load import load_graph
from kg.store.queries import find_module
from kg.workflow import extract


@pytest.mark.parametrize("stop", TOUR, ids=lambda stop: stop.name)
def test_every_command_of_the_tour_can_be_asked_and_stands_on_the_page(stop: object) -> None:
    module = find_module(stop.name)
    module.bind(stop.given)
    assert {*stop.columns} <= {column.name for column in module.columns}
    assert command(stop) in PAGE.read_text(encoding="utf-8")


def test_the_page_is_what_the_graph_of_the_seeds_answers(client: Client, neo4j_server: Settings) -> None:
    load_graph(extract(PAGE.parent.parent / "seeds"), client)
    assert page(neo4j_server) == PAGE.read_text(encoding="utf-8"), "write it anew: kg build seeds, then python -m tests.tour"
