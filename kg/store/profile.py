"""A profile's folder: what the managed server of one `KG_HOME` keeps between runs."""

from __future__ import annotations

import json
import os
import secrets
import shutil
from pathlib import Path
from typing import Any, NamedTuple

import psutil


class Ports(NamedTuple):
    """The loopback ports of one server."""

    bolt: int = 7687
    http: int = 7474


class Profile:
    """The files of one managed server under `home / "neo4j"`: data, conf, logs, web, password, ports, and the running process."""

    def __init__(self, home: Path) -> None:
        self.folder = home / "neo4j"
        self.lock = home / "neo4j.lock"  # beside the folder, so that it outlives a reset
        self.conf = self.folder / "conf" / "neo4j.conf"
        self.log = self.folder / "logs" / "console.log"
        self.web = self.folder / "web"
        self.password_file = self.folder / "password"
        self._ports = self.folder / "ports.json"
        self._process = self.folder / "process.json"

    def password(self) -> str:
        """Return the server's password, made at the first call and kept in a file that only the user reads (mode 0600)."""
        if (password := self.known_password()) is not None:
            return password
        self.folder.mkdir(parents=True, exist_ok=True)
        part = self.password_file.with_suffix(".part")
        with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="ascii") as file:
            file.write((password := secrets.token_urlsafe(18)) + "\n")
        part.replace(self.password_file)
        return password

    def known_password(self) -> str | None:
        """Return the server's password, or None before the first start."""
        try:
            return self.password_file.read_text(encoding="ascii").strip()
        except FileNotFoundError:
            return None

    def ports(self) -> Ports:
        """Return the ports of the last start, or the usual ones."""
        try:
            return Ports(**json.loads(self._ports.read_text(encoding="utf-8")))
        except (OSError, ValueError, TypeError):
            return Ports()

    def remember(self, ports: Ports) -> None:
        """Keep `ports` for the next start."""
        _write(self._ports, ports._asdict())

    def process(self) -> psutil.Process | None:
        """Return the running server, or None. A pid that the system has since given to another process is not ours."""
        noted = self._noted()
        try:
            process = psutil.Process(noted["pid"])
            same = abs(process.create_time() - noted["created"]) < 1 and process.status() != psutil.STATUS_ZOMBIE
        except (KeyError, psutil.Error):
            return None
        return process if same else None

    @property
    def is_ready(self) -> bool:
        """True when the running server has answered and taken the profile's password."""
        return self.process() is not None and bool(self._noted().get("ready"))

    def note(self, pid: int, *, ready: bool = False) -> None:
        """Keep which process is the server, with its time of birth so that a reused pid is told apart."""
        _write(self._process, {"pid": pid, "created": psutil.Process(pid).create_time(), "ready": ready})

    def forget_process(self) -> None:
        """Drop the note of a process that is gone."""
        self._process.unlink(missing_ok=True)

    def _noted(self) -> dict[str, Any]:
        try:
            return dict(json.loads(self._process.read_text(encoding="utf-8")))
        except (OSError, ValueError):
            return {}

    def log_tail(self, lines: int = 15) -> str:
        """Return the last lines of what the server wrote to its own log and, before it had one, to the console."""
        written: list[str] = []
        for log in (self.log.with_name("neo4j.log"), self.log):
            if log.exists():
                written += log.read_text(encoding="utf-8", errors="replace").splitlines()[-lines:]
        return "\n".join(line for line in written if line.strip()) or "(it wrote nothing)"

    def wipe(self) -> None:
        """Remove everything of the server from the profile."""
        if self.folder.exists():
            shutil.rmtree(self.folder)


def _write(path: Path, value: object) -> None:
    part = path.with_suffix(".part")
    part.parent.mkdir(parents=True, exist_ok=True)
    part.write_text(json.dumps(value) + "\n", encoding="utf-8")
    part.replace(path)
