"""The folder of JSON Lines: what is written is read back, and what is broken is said with file and line."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from kg.errors import InputError
from kg.model import Document, Entity, Graph
from kg.model.files import SCHEMA, Manifest, json_schemas, read_graph, write_graph

MANIFEST = Manifest(schema_version=SCHEMA, tool="0", readers={}, data={}, inputs={})
GRAPH = Graph(
    documents=(Document(id="d", path="a.txt", offset=0, title="芯片", language="zh", sha256="0", text="芯片"),),
    entities=(
        Entity(id="company:tsmc", labels=("Company",), name="TSMC", name_zh="台积电", properties={"tickers": ["TSM"], "country": "TW"}),
    ),
    mentions=(), claims=(), facts=(), events=(), metrics=(), rejected=(),
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    write_graph(GRAPH, tmp_path, MANIFEST)
    return tmp_path


def test_a_graph_is_read_back_as_it_was(folder: Path) -> None:
    back = read_graph(folder)
    assert back.entities[0].properties == {"tickers": ["TSM"], "country": "TW"}
    assert back.documents[0].title == "芯片"


def test_the_same_graph_is_the_same_bytes(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    again = tmp_path_factory.mktemp("again")
    write_graph(GRAPH, again, MANIFEST)
    assert {p.name: p.read_bytes() for p in folder.iterdir()} == {p.name: p.read_bytes() for p in again.iterdir()}


def test_keys_stand_in_the_order_of_the_format(folder: Path) -> None:
    row = json.loads((folder / "documents.jsonl").read_text(encoding="utf-8"))
    keys = "id path offset title source published zone language url sha256 kind interested_party text"
    assert list(row) == keys.split()
    entity = json.loads((folder / "entities.jsonl").read_text(encoding="utf-8"))
    assert list(entity) == ["id", "labels", "name", "name_en", "name_zh", "aliases", "tickers", "country"]


def test_a_broken_line_is_named(folder: Path) -> None:
    path = folder / "entities.jsonl"
    path.write_text(path.read_text(encoding="utf-8") + "{broken\n", encoding="utf-8")
    with pytest.raises(InputError, match=r"entities\.jsonl:2: is not JSON"):
        read_graph(folder)


def test_a_newer_schema_is_refused(folder: Path) -> None:
    write_graph(GRAPH, folder, MANIFEST.model_copy(update={"schema_version": SCHEMA + 1}))
    with pytest.raises(InputError, match=f"has schema {SCHEMA + 1}"):
        read_graph(folder)


def test_an_extraction_that_was_cut_off_is_no_extraction(folder: Path) -> None:
    (folder / "manifest.json").unlink()
    with pytest.raises(InputError, match="no complete extraction"):
        read_graph(folder)


def test_every_file_has_a_schema_that_lists_its_keys() -> None:
    schemas = json_schemas()
    assert list(schemas["facts"]["properties"])[:4] == ["id", "subject", "relation", "object"]
    assert set(schemas) == {"documents", "mentions", "claims", "entities", "facts", "events", "metrics", "rejected", "manifest"}
    assert "passages" not in schemas["documents"]["properties"]
