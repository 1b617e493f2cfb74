"""One graph for all the questions of a test file: loaded once, since a question changes nothing."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from cypher.graphs import fill
from kg.settings import Settings
from kg.store.client import Client, connect


@pytest.fixture(scope="module")
def asked(request: pytest.FixtureRequest, neo4j_server: Settings) -> Iterator[Client]:
    """A connection to a database that holds the test file's `GRAPH`. Tests beside it must not take `client`, which empties it."""
    with connect(neo4j_server) as client:
        client.write("MATCH (n) DETACH DELETE n")
        fill(client, request.module.GRAPH)
        yield client
