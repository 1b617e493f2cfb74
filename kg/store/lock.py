"""A lock between processes: held through a file, let go by the system when its holder dies."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from kg.errors import StoreError


@contextmanager
def held(path: Path) -> Iterator[None]:
    """Hold the lock of the file `path` (made if need be); whoever else wants it waits."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("a+b") as file:
        _lock(file.fileno(), path)
        yield


def _lock(handle: int, path: Path) -> None:
    if os.name == "nt":
        import msvcrt

        try:
            msvcrt.locking(handle, msvcrt.LK_LOCK, 1)  # type: ignore[attr-defined,unused-ignore]
        except OSError as error:
            raise StoreError("another kg is starting or stopping its server", where=path, hint="try again when it has ended") from error
    else:
        import fcntl

        fcntl.flock(handle, fcntl.LOCK_EX)
