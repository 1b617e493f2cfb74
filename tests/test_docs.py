"""What the documents say is so."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from kg.cli import main
from kg.knowledge.ontology import as_markdown, load_ontology
from kg.store import catalogue

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")


def _commands(group: click.Group, path: str = "kg") -> Iterator[str]:
    for name, command in group.commands.items():
        yield from _commands(command, f"{path} {name}") if isinstance(command, click.Group) else [f"{path} {name}"]


@pytest.mark.parametrize("command", list(_commands(main)))
def test_every_command_is_in_the_readme(command: str) -> None:
    assert command in README


def test_the_ontology_page_is_made_from_the_data() -> None:
    assert as_markdown(load_ontology()) in (ROOT / "docs" / "ontology.md").read_text(encoding="utf-8")


def test_the_catalogue_of_questions_is_made_from_their_headers() -> None:
    assert catalogue.as_markdown() in (ROOT / "docs" / "queries.md").read_text(encoding="utf-8"), catalogue.__doc__


def test_every_target_of_make_is_in_the_readme() -> None:
    lines = (ROOT / "Makefile").read_text(encoding="utf-8").splitlines()
    targets = [line.split(":")[0] for line in lines if "## " in line and line[0].isalpha()]
    assert targets
    assert not [target for target in targets if f"make {target}" not in README]
