"""The jars of the managed server, fetched from a mirror on this machine."""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from kg.errors import StoreError
from kg.settings import Settings
from kg.store.jars import fetch_jars, version_of


class Mirror(ThreadingHTTPServer):
    """A Maven repository of a folder; `asked` are the files that it was asked for."""

    asked: list[str]


class Handler(SimpleHTTPRequestHandler):
    def do_GET(self) -> None:
        self.server.asked.append(self.path.rsplit("/", 1)[1])  # type: ignore[attr-defined]
        super().do_GET()

    def log_message(self, *args: object) -> None:
        """Say nothing."""


@pytest.fixture
def mirror(neo4j_server: Settings) -> Iterator[Mirror]:
    """A mirror of the jars that the test run itself uses."""
    folder = neo4j_server.cache / "neo4j" / "jars"
    with Mirror(("127.0.0.1", 0), partial(Handler, directory=str(folder))) as server:
        server.asked = []
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield server
        server.shutdown()


@pytest.fixture
def settings(neo4j_server: Settings, mirror: Mirror, tmp_path: Path) -> Settings:
    """Settings with that mirror and a cache that already holds every jar."""
    for jar in fetch_jars(neo4j_server):
        copy = tmp_path / jar.relative_to(neo4j_server.cache)
        copy.parent.mkdir(parents=True, exist_ok=True)
        os.link(jar, copy)
    return Settings(KG_CACHE=tmp_path, KG_MAVEN_MIRROR=f"http://127.0.0.1:{mirror.server_port}/")


def _replace(jar: Path, content: bytes) -> None:
    jar.unlink()
    jar.write_bytes(content)


def test_only_what_is_missing_or_damaged_is_fetched(settings: Settings, mirror: Mirror) -> None:
    jars = fetch_jars(settings)
    jars[3].unlink()
    _replace(jars[5], b"half of a jar")
    fetch_jars(settings)
    assert sorted(mirror.asked) == sorted([jars[3].name, jars[5].name])


def test_nothing_is_left_of_an_interrupted_download(settings: Settings) -> None:
    jars = fetch_jars(settings)
    jars[3].unlink()
    fetch_jars(settings)
    assert [path.name for path in jars[3].parent.iterdir()] == [jars[3].name]


def test_progress_is_told_for_each_jar(settings: Settings) -> None:
    for jar in fetch_jars(settings)[:2]:
        jar.unlink()
    told: list[tuple[int, int | None]] = []
    fetch_jars(settings, lambda step, done, total: told.append((done, total)))
    assert told == [(1, 2), (2, 2)]


def test_a_jar_that_is_not_the_locks_is_refused(neo4j_server: Settings, settings: Settings, mirror: Mirror, tmp_path: Path) -> None:
    jar = fetch_jars(settings)[3]
    jar.unlink()
    forged = tmp_path / "forged" / jar.relative_to(settings.cache / "neo4j" / "jars")
    forged.parent.mkdir(parents=True)
    forged.write_bytes(b"another jar")
    mirror.RequestHandlerClass = partial(Handler, directory=str(tmp_path / "forged"))  # type: ignore[assignment]
    with pytest.raises(StoreError, match="is not the file of the lock"):
        fetch_jars(settings)
    assert not jar.exists()


@pytest.mark.parametrize("way_out", ["KG_MAVEN_MIRROR", "KG_NEO4J_HOME", "NEO4J_URI"])
def test_without_a_network_the_message_has_three_ways_out(tmp_path: Path, way_out: str) -> None:
    with pytest.raises(StoreError, match=way_out):
        fetch_jars(Settings(KG_CACHE=tmp_path, KG_MAVEN_MIRROR="http://127.0.0.1:1/"))


def test_an_unpacked_distribution_needs_no_download(neo4j_server: Settings, tmp_path: Path) -> None:
    (tmp_path / "lib").mkdir()
    for jar in fetch_jars(neo4j_server):
        os.link(jar, tmp_path / "lib" / jar.name)
    assert version_of(fetch_jars(Settings(KG_NEO4J_HOME=tmp_path)), "neo4j-browser") == "5.24.0"


def test_a_folder_that_is_no_distribution_is_named(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="is not an unpacked Neo4j"):
        fetch_jars(Settings(KG_NEO4J_HOME=tmp_path))


def test_a_distribution_of_another_version_is_refused(tmp_path: Path) -> None:
    (tmp_path / "lib").mkdir()
    (tmp_path / "lib" / "neo4j-server-4.4.0.jar").touch()
    with pytest.raises(StoreError, match=r"4\.4\.0"):
        fetch_jars(Settings(KG_NEO4J_HOME=tmp_path))
