"""How long work reports where it is: a callback, so that only the command line draws bars."""

from __future__ import annotations

from collections.abc import Callable

Progress = Callable[[str, int, int | None], None]
"""Called with the name of the step, what is done and what there is to do (None where that is not known)."""


def silent(step: str, done: int, total: int | None) -> None:
    """Report nothing."""
