"""Files, folders, globs and stdin, in any encoding; plain text, Markdown and JSON Lines."""

from __future__ import annotations

import io
import json
from pathlib import Path
from types import SimpleNamespace

import pytest

from kg.errors import InputError
from kg.model import Document
from kg.reading import Notice, read


def _write(folder: Path, name: str, content: str | bytes) -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def _pieces(document: Document, kind: str) -> list[str]:
    return [document.text[p.start:p.end] for p in document.passages if p.kind == kind]


# -- plain text ----------------------------------------------------------------------------------------------------------------------------


def test_a_first_line_that_stands_alone_is_the_title(tmp_path: Path) -> None:
    (document,) = read(_write(tmp_path, "a.txt", "Acme builds a plant\n\nAcme Corp will build a plant. It costs $3 billion.\n"))
    assert (document.title, _pieces(document, "body")) == ("Acme builds a plant", ["Acme Corp will build a plant. It costs $3 billion."])


def test_a_text_without_a_title_is_called_by_its_file(tmp_path: Path) -> None:
    (document,) = read(_write(tmp_path, "notes.txt", "Acme Corp will build a plant."))
    assert document.title == "notes"


def test_a_line_of_source_and_date_is_read(tmp_path: Path) -> None:
    (document,) = read(_write(tmp_path, "a.txt", "Acme builds a plant\nNorth Wire | 2026-01-18\n\nAcme Corp will build a plant.\n"))
    assert (document.source, document.published, document.zone) == ("North Wire", "2026-01-18", None)


def test_a_dateline_names_the_source(tmp_path: Path) -> None:
    (document,) = read(_write(tmp_path, "a.txt", "Acme builds\n\nSEOUL, Jan 3 (North Wire) - Acme will build a plant in the south."))
    assert (document.source, _pieces(document, "body")) == ("North Wire", ["Acme will build a plant in the south."])


def test_a_short_line_before_a_paragraph_is_its_heading(tmp_path: Path) -> None:
    (document,) = read(_write(tmp_path, "a.txt", "Title here\n\nFirst paragraph is here.\n\nOutlook\n\nAcme expects growth in the year.\n"))
    assert [p.section for p in document.passages if p.kind == "body"] == [None, "Outlook"]


# -- Markdown -----------------------------------------------------------------------------------------------------------------------------

NOTE = """---
title: Acme note
date: 2026-01-18
source: North River
tags: [chips]
---
# Acme note

Acme [supplies](https://a.example/x) Borealis.[^1]

## Numbers

| a | b |
|---|---|
| 1 | 2 |

```python
x = 1
```

> It grew 5%.

[^1]: A note.
"""


def test_markdown_front_matter_is_read(tmp_path: Path) -> None:
    (document,) = read(_write(tmp_path, "a.md", NOTE))
    assert (document.title, document.published, document.source) == ("Acme note", "2026-01-18", "North River")
    assert document.metadata["tags"] == ["chips"]


def test_markdown_headings_tables_and_code_are_told_apart(tmp_path: Path) -> None:
    (document,) = read(_write(tmp_path, "a.md", NOTE))
    assert (_pieces(document, "title"), _pieces(document, "section"), len(_pieces(document, "table"))) == (["Acme note"], ["Numbers"], 2)


def test_link_targets_are_no_text(tmp_path: Path) -> None:
    (document,) = read(_write(tmp_path, "a.md", NOTE))
    assert "](https://a.example/x)" in [document.text[start:end] for start, end in document.references]


def test_a_first_heading_is_the_title(tmp_path: Path) -> None:
    (document,) = read(_write(tmp_path, "a.md", "Acme note\n=========\n\nIt grew.\n\nOutlook\n-------\n\nIt will grow.\n"))
    assert (document.title, [p.section for p in document.passages if p.kind == "body"]) == ("Acme note", [None, "Outlook"])


# -- JSON Lines ---------------------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("key", ["text", "content", "body"])
def test_a_record_gives_a_document(tmp_path: Path, key: str) -> None:
    record = {key: "Acme grew.", "title": "Growth", "date": "20090407", "source": "Wire", "url": "https://a.example", "lang": "en", "n": 7}
    (document,) = read(_write(tmp_path, "a.jsonl", json.dumps(record)))
    assert (document.title, document.published, document.source, document.url) == ("Growth", "2009-04-07", "Wire", "https://a.example")
    assert (document.language, document.metadata["n"]) == ("en", 7)


@pytest.mark.parametrize(("written", "published"), [
    ("20090407", "2009-04-07"), (20090407, "2009-04-07"), ("2009-04-07T10:30:00", "2009-04-07T10:30"), ("2009-04-07", "2009-04-07"),
    ("2009/4/7 10:30", "2009-04-07T10:30"), ("2009-04-07T10:30:00Z", "2009-04-07T10:30+00:00"),
    ("2009年4月7日", "2009-04-07"), (None, None), ("", None), ("soon", None),
])
def test_dates_as_they_are_written(tmp_path: Path, written: str | int | None, published: str | None) -> None:
    (document,) = read(_write(tmp_path, "a.jsonl", json.dumps({"text": "Acme grew.", "date": written})))
    assert document.published == published


def test_the_title_is_part_of_the_text(tmp_path: Path) -> None:
    (document,) = read(_write(tmp_path, "a.jsonl", json.dumps({"text": "Acme grew.", "title": "Growth"})))
    assert document.text == "Growth\nAcme grew."
    assert (_pieces(document, "title"), _pieces(document, "body")) == (["Growth"], ["Acme grew."])


def test_the_bracketed_head_of_a_flash_is_its_title_and_the_last_bracket_its_source(tmp_path: Path) -> None:
    (document,) = read(_write(tmp_path, "a.jsonl", '{"text": "【海川扩产】海川公告，将建新厂。（北河日报）"}'))
    assert (document.title, document.source, _pieces(document, "body")) == ("海川扩产", "北河日报", ["海川公告，将建新厂。"])


BAD = '{"text": "Acme grew."}\n{"text": }\n[1]\n{"title": "no text"}\n{"text": " "}\n{"text": 5}\n\n{"text": "Borealis shrank."}\n'


def test_bad_records_are_told_and_the_good_ones_kept(tmp_path: Path) -> None:
    problems: list[InputError] = []
    documents = list(read(_write(tmp_path, "a.jsonl", BAD), on_problem=problems.append))
    assert ([d.text for d in documents], [p.line for p in problems]) == (["Acme grew.", "Borealis shrank."], [2, 3, 4, 5, 6])


def test_without_a_listener_a_bad_record_raises_with_file_and_line(tmp_path: Path) -> None:
    path = _write(tmp_path, "a.jsonl", BAD)
    with pytest.raises(InputError, match=r"a\.jsonl:2: is not JSON"):
        list(read(path))


def test_a_line_separator_inside_a_string_ends_no_record(tmp_path: Path) -> None:
    documents = list(read(_write(tmp_path, "a.jsonl", '{"text": "one\u2028two"}\n{"text": "three"}\n')))
    assert [d.offset for d in documents] == [0, 20]


# -- where documents come from ------------------------------------------------------------------------------------------------------------


def test_a_folder_is_read_in_order_with_all_below_it(tmp_path: Path) -> None:
    for name in ("b/two.txt", "a.txt", "b/one.md", ".hidden/x.txt"):
        _write(tmp_path, name, f"Text of {name} is here.")
    assert [Path(d.path).name for d in read(tmp_path)] == ["a.txt", "one.md", "two.txt"]


def test_a_glob_is_read(tmp_path: Path) -> None:
    for name in ("a.txt", "b.txt", "c.md"):
        _write(tmp_path, name, f"Text of {name} is here.")
    assert [Path(d.path).name for d in read(str(tmp_path / "*.txt"))] == ["a.txt", "b.txt"]


def test_a_file_named_twice_is_read_once(tmp_path: Path) -> None:
    path = _write(tmp_path, "a.txt", "Text is here.")
    assert len(list(read([path, tmp_path]))) == 1


@pytest.mark.parametrize("content", ["Acme grew in the year.", '{"text": "Acme grew in the year."}'])
def test_stdin_is_read(monkeypatch: pytest.MonkeyPatch, content: str) -> None:
    monkeypatch.setattr("sys.stdin", SimpleNamespace(buffer=io.BytesIO(content.encode())))
    assert [(d.path, _pieces(d, "body")) for d in read("-")] == [("-", ["Acme grew in the year."])]


@pytest.mark.parametrize(("raw", "note"), [
    ("海川存储公告，将扩产。".encode(), None), ("\ufeff海川存储公告，将扩产。".encode(), None),
    ("海川存储公告，将扩产。".encode("gb18030"), "GB18030"), ("海川存储公告，将扩产。".encode("utf-16"), "UTF-16"),
], ids=["utf-8", "BOM", "gb18030", "utf-16"])
def test_encodings(tmp_path: Path, raw: bytes, note: str | None) -> None:
    notices: list[Notice] = []
    (document,) = read(_write(tmp_path, "a.txt", raw), on_notice=notices.append)
    assert document.text == "海川存储公告，将扩产。" and [note in str(n) for n in notices if note] == ([True] if note else [])


@pytest.mark.parametrize("raw", [b"\x00\x01\x02", "Café déjà vu".encode("latin-1")], ids=["binary", "latin-1"])
def test_what_is_no_text_is_an_error_when_named_and_skipped_in_a_folder(tmp_path: Path, raw: bytes) -> None:
    path = _write(tmp_path, "a.txt", raw)
    notices: list[Notice] = []
    assert not list(read(tmp_path, on_notice=notices.append)) and [n.kind for n in notices] == ["skipped"]
    with pytest.raises(InputError):
        list(read(path))


@pytest.mark.parametrize("name", ["missing.txt", "*.none"])
def test_a_path_that_leads_nowhere_is_an_error(tmp_path: Path, name: str) -> None:
    with pytest.raises(InputError):
        list(read(str(tmp_path / name)))


def test_an_empty_folder_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="holds no file"):
        list(read(tmp_path))


def test_files_of_other_kinds_are_skipped_with_a_reason(tmp_path: Path) -> None:
    _write(tmp_path, "a.pdf", b"%PDF")
    _write(tmp_path, "a.txt", "Text is here.")
    notices: list[Notice] = []
    assert len(list(read(tmp_path, on_notice=notices.append))) == 1 and "PDF" in str(notices[0])


# -- identity -----------------------------------------------------------------------------------------------------------------------------


def test_an_id_is_that_of_the_text_not_of_the_place(tmp_path: Path) -> None:
    one, other = (_write(tmp_path, name, "Title\n\nText is here, and more.") for name in ("a/x.txt", "b/y.txt"))
    assert next(iter(read(one))).id == next(iter(read(other))).id


def test_two_copies_share_the_hash_and_not_the_id(tmp_path: Path) -> None:
    for name in ("a.txt", "b.txt"):
        _write(tmp_path, name, "Title\n\nText is here, and more.")
    one, other = read(tmp_path)
    assert one.sha256 == other.sha256 and one.id != other.id


def test_copies_that_differ_in_references_and_spaces_have_one_voice(tmp_path: Path) -> None:
    _write(tmp_path, "a.txt", "Acme grew [3]. It will.")
    _write(tmp_path, "b.txt", "Acme  grew. It will.")
    one, other = read(tmp_path)
    assert one.metadata["voice"] == other.metadata["voice"]
