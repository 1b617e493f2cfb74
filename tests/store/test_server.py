"""The managed server: real processes of a profile of its own."""

from __future__ import annotations

import json
import os
import socket
import stat
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import psutil
import pytest
from pydantic import SecretStr

from kg.errors import StoreError
from kg.settings import Settings
from kg.store import server
from kg.store.client import connect
from kg.store.profile import Ports, Profile


def test_it_listens_on_the_loopback_interface_only(neo4j_server: Settings) -> None:
    process = Profile(neo4j_server.home).process()
    assert process is not None
    listening = {connection.laddr.ip for connection in process.net_connections("tcp") if connection.status == psutil.CONN_LISTEN}
    assert {ip.removeprefix("::ffff:") for ip in listening} == {"127.0.0.1"}


@pytest.mark.skipif(os.name == "nt", reason="file modes are POSIX's")
def test_only_the_user_reads_the_password(neo4j_server: Settings) -> None:
    assert stat.S_IMODE(Profile(neo4j_server.home).password_file.stat().st_mode) == 0o600


def test_the_password_is_not_shown(neo4j_server: Settings) -> None:
    info = server.status(neo4j_server)
    assert info.password not in repr(info)


def test_the_first_password_of_neo4j_does_not_open_it(neo4j_server: Settings) -> None:
    with pytest.raises(StoreError, match="refuses the user or the password"):
        connect(Settings(NEO4J_URI=server.status(neo4j_server).uri, NEO4J_PASSWORD=SecretStr("neo4j")))


def test_starting_again_finds_the_same_process(neo4j_server: Settings) -> None:
    assert server.start(neo4j_server).pid == server.status(neo4j_server).pid


def test_after_a_stop_two_starts_at_once_start_one_server(neo4j_server: Settings) -> None:
    ports = Profile(neo4j_server.home).ports()
    assert server.stop(neo4j_server)
    assert not server.status(neo4j_server).running
    with ThreadPoolExecutor(2) as pool:
        first, second = pool.map(server.start, [neo4j_server, neo4j_server])
    assert (first.pid, Profile(neo4j_server.home).ports()) == (second.pid, ports)


def test_a_stop_without_a_server_says_so(tmp_path: Path) -> None:
    assert not server.stop(Settings(KG_HOME=tmp_path))


def test_taken_ports_are_left_to_their_owner() -> None:
    with socket.socket() as owner:
        owner.bind(("127.0.0.1", 0))
        owner.listen()
        taken = owner.getsockname()[1]
        assert taken not in server.free_ports(Ports(taken, taken))


def test_a_pid_that_the_system_gave_to_another_process_is_not_the_server(tmp_path: Path) -> None:
    profile = Profile(tmp_path)
    profile.note(os.getpid())
    noted = tmp_path / "neo4j" / "process.json"
    noted.write_text(json.dumps({**json.loads(noted.read_text()), "created": 1.0}), encoding="utf-8")
    assert profile.process() is None


def test_a_server_that_does_not_start_shows_the_end_of_its_log(tmp_path: Path) -> None:
    (tmp_path / "lib").mkdir()
    (tmp_path / "lib" / "neo4j-server-5.26.0.jar").touch()
    with pytest.raises(StoreError, match=server.MAIN):
        server.start(Settings(KG_HOME=tmp_path / "home", KG_NEO4J_HOME=tmp_path))


def test_a_reset_leaves_nothing_of_the_profile(tmp_path: Path) -> None:
    profile = Profile(tmp_path)
    profile.password()
    server.reset(Settings(KG_HOME=tmp_path))
    assert not profile.folder.exists()


def test_a_server_that_does_not_answer_is_named() -> None:
    with pytest.raises(StoreError, match=r"bolt://127\.0\.0\.1:1 does not answer"):
        connect(Settings(NEO4J_URI="bolt://127.0.0.1:1"))
