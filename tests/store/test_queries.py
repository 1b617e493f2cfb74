"""Query modules: their headers, their parameters, and what Neo4j thinks of their Cypher."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.errors import DataError, QueryError
from kg.store.queries import EVIDENCE_COLUMNS, Module, find_module, load_modules, modules_folder, read_module

HEADER = "// Title: T\n// Question: Q?\n// 问题: 问？\n{}// Example: kg query run t\nRETURN 1\n"


def module(tmp_path: Path, *lines: str) -> Module:
    path = tmp_path / "t.cypher"
    path.write_text(HEADER.format("".join(f"// {line}\n" for line in lines)), encoding="utf-8")
    return read_module(path, tmp_path)


def test_a_header_becomes_an_interface(tmp_path: Path) -> None:
    made = module(
        tmp_path, "Version: 2", "Tags: exposure, tiers", "Param: depth: integer(1..4) = 3 -- steps",
        "Column: from, to: string -- both ends", "Column: share: number (%) -- of cost", "Column: belief, date -- the evidence",
    )
    assert (made.version, made.tags) == (2, ("exposure", "tiers"))
    assert made.parameters[0].domain == ("1", "4")
    assert [(column.name, column.type, column.unit, column.about) for column in made.columns] == [
        ("from", "string", None, "both ends"), ("to", "string", None, "both ends"), ("share", "number", "%", "of cost"),
        ("belief", "number", None, "the evidence"), ("date", "date", None, "the evidence"),
    ]
    assert made.bind({}) == {"depth": 3}


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("Param: depth integer", "is no parameter"),
        ("Param: depth: integer = 3 -- steps", "needs bounds"),
        ("Param: depth: integer(1..4) = 9 -- steps", "default does not fit"),
        ("Column: tier", "is no column"),
        ("Column: tier: float -- steps", "is no column"),
        ("Version: one", "a version is a whole number"),
        ("Whatever", "is no header line"),
    ],
)
def test_a_faulty_header_is_named_with_its_line(tmp_path: Path, line: str, message: str) -> None:
    with pytest.raises(DataError, match=rf"t\.cypher:4: .*{message}"):
        module(tmp_path, line)


@pytest.mark.parametrize(
    ("type_", "good", "value", "bad"),
    [
        ("integer(1..4)", "2", 2, "5"), ("number(0..1)", "0.5", 0.5, "nan"), ("date", "2026-01-16", "2026-01-16", "16/01/2026"),
        ("choice(up|down)", "up", "up", "left"), ("modalities", "fact,plan", ["fact", "plan"], "fact,wish"), ("origins", "stated, derived", ["stated", "derived"], "stated,known"), ("string", " x ", "x", " "),
    ],
)
def test_values_are_held_to_their_domain(tmp_path: Path, type_: str, good: str, value: object, bad: str) -> None:
    made = module(tmp_path, f"Param: p: {type_} -- what")
    assert made.bind({"p": good}) == {"p": value}
    with pytest.raises(QueryError, match="p must"):
        made.bind({"p": bad})


def test_a_missing_and_an_unknown_parameter_are_said(tmp_path: Path) -> None:
    made = module(tmp_path, "Param: company: entity(Company) -- the customer")
    with pytest.raises(QueryError, match="needs company: the customer"):
        made.bind({})
    with pytest.raises(QueryError, match="no parameter 'firm'"):
        made.bind({"firm": "x"})


def test_a_near_miss_of_a_module_suggests() -> None:
    with pytest.raises(QueryError, match="exposure/suppliers"):
        find_module("exposure/supplier")


@pytest.mark.parametrize("name", load_modules())
def test_every_module_ends_its_rows_in_evidence_and_says_each_column(name: str) -> None:
    made = load_modules()[name]
    returned = made.cypher.rsplit("RETURN", 1)[1]
    assert tuple(column.name for column in made.columns[-6:]) == EVIDENCE_COLUMNS
    for column in made.columns:
        assert column.name in returned, column.name
    assert "LIMIT $limit" in made.cypher


def test_modules_lie_beside_the_package_or_in_it() -> None:
    assert (modules_folder() / "exposure" / "suppliers.cypher").is_file()
