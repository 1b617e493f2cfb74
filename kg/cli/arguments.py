"""What several commands take: a file, KEY=VALUE, a list with commas."""

from __future__ import annotations

from pathlib import Path

import click

FILE = click.Path(dir_okay=False, path_type=Path)


def pairs(parameters: tuple[str, ...]) -> dict[str, str]:
    """Return the parameters that were given as KEY=VALUE. Raises UsageError for one that was not."""
    given = [parameter.partition("=") for parameter in parameters]
    for key, sign, _ in given:
        if not sign:
            raise click.UsageError(f"a parameter is KEY=VALUE, not {key!r}")
    return {key: value for key, _, value in given}


def several(text: str | None) -> list[str] | None:
    """Return the parts of a list with commas, None for none given."""
    return [part.strip() for part in text.split(",") if part.strip()] if text is not None else None
