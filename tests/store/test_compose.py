"""docker-compose.yml is the managed server in a container: same version, same settings, but for what a container needs."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml
from jgo.env import LockFile

from kg.knowledge.yaml_file import data_folder
from kg.store.configuration import managed
from kg.store.profile import Ports

FILE = Path(__file__).parents[2] / "docker-compose.yml"
DIFFERENCES = {
    "server.default_listen_address": "a container listens on all its addresses; the ports are published on the loopback interface",
    "server.default_advertised_address": "the image advertises localhost",
    "server.bolt.listen_address": "as above",
    "server.bolt.advertised_address": "as above",
    "server.http.listen_address": "as above",
    "server.http.advertised_address": "as above",
    "browser.post_connect_cmd": "Browser is sealed in the image: the guide comes from a service beside it",
}


@pytest.fixture(scope="module")
def services() -> dict[str, Any]:
    return dict(yaml.safe_load(FILE.read_text(encoding="utf-8"))["services"])


def test_the_version_is_that_of_the_lock(services: dict[str, Any]) -> None:
    lock = LockFile.load(data_folder("neo4j", "jgo.lock.toml"))
    version = next(jar.version for jar in lock.dependencies if jar.artifactId == "neo4j-server")
    assert services["neo4j"]["image"] == f"neo4j:{version}-community"


def test_the_settings_are_the_managed_servers_but_for_the_listed_ones(services: dict[str, Any]) -> None:
    environment = services["neo4j"]["environment"]
    container = {_setting(name): value for name, value in environment.items() if name != "NEO4J_AUTH"}
    server = managed(Ports())
    assert {name for name in {*server, *container} if server.get(name) != container.get(name)} == {*DIFFERENCES}


def test_ports_are_published_on_the_loopback_interface_only(services: dict[str, Any]) -> None:
    assert all(port.startswith("127.0.0.1:") for service in services.values() for port in service["ports"])


def test_the_guide_and_the_style_are_the_same_files(services: dict[str, Any]) -> None:
    assert services["guide"]["volumes"] == ["./cypher/browser:/usr/share/nginx/html:ro"]
    assert {path.name for path in (FILE.parent / "cypher" / "browser").iterdir()} >= {"guide.html", "style.grass"}


def _setting(variable: str) -> str:
    """Return the setting that a variable of the image stands for: one underscore is a dot, two are one."""
    return variable.removeprefix("NEO4J_").replace("__", "\0").replace("_", ".").replace("\0", "_")
