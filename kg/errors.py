"""Errors that a user can act on. Every message says where it happened and what to do about it."""

from __future__ import annotations

from pathlib import Path


class KgError(Exception):
    """A fault that the user can mend: bad input, a missing file, a database that does not answer.

    `where` names the file (and `line`, counted from 1, where there is one); `hint` says what to do.
    """

    def __init__(self, message: str, *, where: Path | str | None = None, line: int | None = None, hint: str | None = None) -> None:
        self.message = message
        self.where = str(where) if where is not None else None
        self.line = line
        self.hint = hint
        super().__init__(str(self))

    def __str__(self) -> str:
        place = ""
        if self.where:
            place = f"{self.where}:{self.line}: " if self.line is not None else f"{self.where}: "
        return place + self.message + (f" ({self.hint})" if self.hint else "")


class InputError(KgError):
    """A document, a folder or an option that cannot be read."""


class DataError(KgError):
    """A fault in a data file: ontology, lexicon, frame, cue, reference record, query module or gold list."""


class StoreError(KgError):
    """Neo4j cannot be had, does not answer, or refuses."""


class QueryError(KgError):
    """A question that cannot be asked: unknown module, parameter out of its domain, a write in a read."""
