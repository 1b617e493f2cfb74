"""What tests of several rooms share: one real Neo4j for the whole run, in a profile of its own, and a real Chromium."""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import Any

import pytest
from chromium import FLAGS, chromium

from kg.settings import Settings
from kg.store import server
from kg.store.client import Client, connect


@pytest.fixture(scope="session")
def neo4j_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Settings]:
    """The settings of a profile whose managed server runs. Its jars come from the user's cache, so only the first run downloads."""
    outside = {name: os.environ.pop(name) for name in ("NEO4J_URI", "NEO4J_USER", "NEO4J_PASSWORD", "NEO4J_DATABASE") if name in os.environ}
    settings = Settings(KG_HOME=tmp_path_factory.mktemp("profile"))
    server.start(settings)
    yield settings
    server.stop(settings)
    os.environ.update(outside)


@pytest.fixture
def client(neo4j_server: Settings) -> Iterator[Client]:
    """A connection to the run's server, on an empty database."""
    with connect(neo4j_server) as client:
        client.write("MATCH (n) DETACH DELETE n")
        yield client


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    """One Chromium for all tests of a file: only one Playwright may run at a time."""
    from playwright.sync_api import sync_playwright

    program = chromium()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=list(FLAGS))
        yield browser
        browser.close()
