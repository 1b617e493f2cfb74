"""The managed Neo4j: a real server of the user's own, started when it is needed, on the loopback interface only."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import time
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import quote

import psutil

from kg.errors import StoreError
from kg.settings import Settings
from kg.store.browser import install_browser
from kg.store.configuration import COMMON, as_text, managed
from kg.store.jars import fetch_jars
from kg.store.java import find_java
from kg.store.lock import held
from kg.store.profile import Ports, Profile
from kg.store.progress import Progress, silent

START_SECONDS = 300  # a few on a free machine
STOP_SECONDS = 60
USER = "neo4j"
MAIN = "org.neo4j.server.CommunityEntryPoint"
JVM = (
    f"-Xms{COMMON['server.memory.heap.initial_size']}",
    f"-Xmx{COMMON['server.memory.heap.max_size']}",
    "-XX:+UseG1GC",
    "-XX:-OmitStackTraceInFastThrow",
    "-Dfile.encoding=UTF-8",
    "-Dio.netty.tryReflectionSetAccessible=true",
    "-Dlog4j2.disable.jmx=true",
    "--add-opens=java.base/java.nio=ALL-UNNAMED",
    "--add-opens=java.base/java.io=ALL-UNNAMED",
    "--add-opens=java.base/sun.nio.ch=ALL-UNNAMED",
)
"""What the distribution's own neo4j.conf passes to Java."""


@dataclass(frozen=True)
class ServerInfo:
    """A managed server: how to reach it and whether it runs. `pid` is None when it does not."""

    uri: str
    user: str
    password: str = field(repr=False)
    browser_url: str
    pid: int | None
    home: Path

    @property
    def running(self) -> bool:
        """True when the server's process is there."""
        return self.pid is not None


def start(settings: Settings, progress: Progress = silent) -> ServerInfo:
    """Return the profile's server, started if it was not running, and answering.

    The first start downloads the server (progress is reported), later ones take seconds. Two at once start one server.
    Raises StoreError: the jars cannot be had, or the server does not come up (with the end of its log).
    """
    profile = Profile(settings.home)
    if not profile.is_ready:
        with held(profile.lock), held(settings.cache / "neo4j" / "lock"):  # profiles start in turn: two never take the same ports
            process = profile.process() or _launch(settings, profile, progress)
            _wait(process, profile, progress)
            _set_password(profile)
            profile.note(process.pid, ready=True)
    return status(settings)


def status(settings: Settings) -> ServerInfo:
    """Return what is known of the profile's server, running or not."""
    profile = Profile(settings.home)
    process, ports = profile.process(), profile.ports()
    uri = f"bolt://127.0.0.1:{ports.bolt}"
    connect = quote(f"bolt://{USER}@127.0.0.1:{ports.bolt}", safe="")
    return ServerInfo(
        uri=uri, user=USER, password=profile.known_password() or "", browser_url=f"http://127.0.0.1:{ports.http}/browser/?connectURL={connect}",
        pid=process.pid if process else None, home=profile.folder,
    )


def stop(settings: Settings) -> bool:
    """Stop the profile's server and wait until it is gone; return False when it was not running."""
    profile = Profile(settings.home)
    with held(profile.lock):
        return _stop(profile)


def reset(settings: Settings) -> None:
    """Stop the profile's server and remove its data, password and ports. The jars, shared by all profiles, stay."""
    profile = Profile(settings.home)
    with held(profile.lock):
        _stop(profile)
        profile.wipe()


def browser_url(settings: Settings) -> str:
    """Return the address of Neo4j Browser, with the server's address and the user filled in; the password is asked for."""
    return status(settings).browser_url


def _launch(settings: Settings, profile: Profile, progress: Progress) -> psutil.Process:
    jars = fetch_jars(settings, progress)
    ports = free_ports(profile.ports())
    profile.remember(ports)
    classpath = install_browser(jars, profile.web)
    profile.conf.parent.mkdir(parents=True, exist_ok=True)
    profile.conf.write_text(as_text(managed(ports)), encoding="utf-8")
    shutil.rmtree(profile.log.parent, ignore_errors=True)
    profile.log.parent.mkdir(parents=True)
    arguments = profile.folder / "conf" / "java.args"
    arguments.write_text("\n".join((*JVM, "-cp", _quoted(os.pathsep.join(map(str, classpath))))) + "\n", encoding="utf-8")
    command = [
        str(find_java(settings)), f"@{arguments}", MAIN, f"--home-dir={profile.folder}", f"--config-dir={profile.conf.parent}",
    ]
    with profile.log.open("wb") as log:
        child = subprocess.Popen(
            command, stdin=subprocess.DEVNULL, stdout=log, stderr=subprocess.STDOUT, cwd=profile.folder,
            start_new_session=os.name != "nt", creationflags=getattr(subprocess, "CREATE_NEW_PROCESS_GROUP", 0),
        )
    profile.note(child.pid)
    return psutil.Process(child.pid)


def _quoted(text: str) -> str:
    """Return `text` as one argument of a Java argument file."""
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _wait(process: psutil.Process, profile: Profile, progress: Progress) -> None:
    """Return once `process` itself listens on the profile's ports: whoever else answers there would be told the password."""
    begun = time.monotonic()
    while not _listening(process) >= {*profile.ports()}:
        seconds = time.monotonic() - begun
        if profile.process() is None:
            profile.forget_process()
            raise StoreError(f"Neo4j did not start. The end of its log:\n{profile.log_tail()}", where=profile.log)
        if seconds > START_SECONDS:
            raise StoreError(f"Neo4j does not answer after {START_SECONDS} s. The end of its log:\n{profile.log_tail()}", where=profile.log)
        progress("Neo4j: starting", int(seconds), None)
        time.sleep(0.1)


def _listening(process: psutil.Process) -> set[int]:
    """Return the ports on which a process listens."""
    try:
        return {connection.laddr.port for connection in process.net_connections("tcp") if connection.status == psutil.CONN_LISTEN}
    except psutil.NoSuchProcess:
        return set()


def _set_password(profile: Profile) -> None:
    """Give the server the profile's password where it still has its first one."""
    from neo4j import GraphDatabase
    from neo4j.exceptions import AuthError, Neo4jError

    uri, password = f"bolt://127.0.0.1:{profile.ports().bolt}", profile.password()
    with GraphDatabase.driver(uri, auth=(USER, password)) as driver:
        try:
            driver.verify_connectivity()
            return
        except AuthError:
            pass
    with GraphDatabase.driver(uri, auth=(USER, "neo4j")) as driver:
        try:
            driver.execute_query(
                "ALTER CURRENT USER SET PASSWORD FROM $old TO $new", {"old": "neo4j", "new": password}, database_="system"
            )
        except (AuthError, Neo4jError) as error:
            raise StoreError(
                "the managed Neo4j does not take the profile's password", where=profile.password_file,
                hint="put the right one into that file, or remove the server's data with: kg db reset",
            ) from error


def _stop(profile: Profile) -> bool:
    process = profile.process()
    if process is None:
        profile.forget_process()
        return False
    process.send_signal(signal.SIGTERM)
    try:
        process.wait(STOP_SECONDS)
    except psutil.TimeoutExpired:
        process.kill()
        process.wait(STOP_SECONDS)
    profile.forget_process()
    return True


def free_ports(wanted: Ports) -> Ports:
    """Return the wanted ports where they are free, else others that are."""
    with _bound(wanted.bolt) as bolt, _bound(wanted.http) as http:
        return Ports(bolt.getsockname()[1], http.getsockname()[1])


def _bound(port: int) -> socket.socket:
    probe = socket.socket()
    if os.name != "nt":  # there the option would let two servers share a port
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        probe.bind(("127.0.0.1", port))
    except OSError:
        probe.bind(("127.0.0.1", 0))
    return probe
