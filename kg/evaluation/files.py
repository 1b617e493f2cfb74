"""Gold and published files, read so that an error can name its file and line."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from kg.errors import DataError

M = TypeVar("M", bound=BaseModel)
_JSON = json.JSONDecoder()


def read_text(path: Path) -> str:
    """Return a file's text, line ends made one; a `.gz` is unpacked. Raises DataError where it cannot be read or is not UTF-8."""
    try:
        content = path.read_bytes()
        content = gzip.decompress(content) if path.suffix == ".gz" else content
        return content.decode("utf-8-sig").replace("\r\n", "\n")
    except OSError as error:
        raise DataError(f"cannot be read: {error.strerror or error}", where=path) from error
    except EOFError as error:
        raise DataError("ends in the middle of its compressed text", where=path) from error
    except UnicodeDecodeError as error:
        raise DataError("is not UTF-8", where=path, line=content[: error.start].count(b"\n") + 1) from error


def lines(path: Path) -> Iterator[tuple[int, str]]:
    """Yield a file's lines with their numbers, counted from 1, blank ones left out."""
    for number, line in enumerate(read_text(path).split("\n"), 1):
        if line.strip():
            yield number, line


def blocks(path: Path) -> Iterator[list[tuple[int, str]]]:
    """Yield the runs of lines between blank ones, each line with its number."""
    block: list[tuple[int, str]] = []
    for number, line in lines(path):
        if block and number != block[-1][0] + 1:
            yield block
            block = []
        block.append((number, line))
    if block:
        yield block


def json_lines(path: Path) -> Iterator[tuple[int, Any]]:
    """Yield the values of a JSON Lines file, each with its line."""
    for number, line in lines(path):
        try:
            yield number, json.loads(line)
        except json.JSONDecodeError as error:
            raise DataError(f"is not JSON: {error.msg}", where=path, line=number) from error


def json_array(path: Path) -> Iterator[tuple[int, Any]]:
    """Yield the items of a file that is one JSON array, each with the line on which it begins."""
    text = read_text(path)
    position, line = _past_blank(text, 0), 1
    if text[position : position + 1] != "[":
        raise DataError("must be a JSON array", where=path, line=1)
    position, counted = _past_blank(text, position + 1), 0
    while text[position : position + 1] != "]":
        line, counted = line + text.count("\n", counted, position), position
        try:
            item, end = _JSON.raw_decode(text, position)
        except json.JSONDecodeError as error:
            raise DataError(f"is not JSON: {error.msg}", where=path, line=error.lineno) from error
        yield line, item
        position = _past_blank(text, end)
        if text[position : position + 1] == ",":
            position = _past_blank(text, position + 1)
        elif text[position : position + 1] != "]":
            raise DataError("is not JSON: a comma or ] should stand here", where=path, line=text.count("\n", 0, position) + 1)


def checked(kind: type[M], value: Any, path: Path, line: int) -> M:
    """Return `value` as a `kind`. Raises DataError that names what is wrong with which key."""
    try:
        return kind.model_validate(value)
    except ValidationError as error:
        problems = (f"{'.'.join(map(str, detail['loc'])) or 'it'}: {detail['msg']}" for detail in error.errors())
        raise DataError("; ".join(problems), where=path, line=line) from error


def _past_blank(text: str, position: int) -> int:
    while text[position : position + 1].isspace():
        position += 1
    return position
