"""Where documents come from: files, folders, globs and stdin, and which reader each gets."""

from __future__ import annotations

import glob
import logging
import sys
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from kg.errors import InputError
from kg.ids import make_id
from kg.model import Document
from kg.reading.feed import ZONE, is_feed, read_feed
from kg.reading.jsonl import looks_like_jsonl, read_jsonl
from kg.reading.text import read_markdown, read_plain

PLAIN, MARKDOWN, LINES = frozenset((".txt", ".text", "")), frozenset((".md", ".markdown")), frozenset((".jsonl", ".ndjson"))
_LATER = {
    ".pdf": "PDF", ".html": "HTML", ".htm": "HTML", ".docx": "Word", ".doc": "Word", ".xlsx": "Excel", ".xls": "Excel", ".csv": "CSV",
    ".pptx": "PowerPoint",
}

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Notice:
    """Something about the input that the user may want to know: a file that was `skipped`, or a `note` on how one was read."""

    kind: Literal["note", "skipped"]
    path: str
    message: str

    def __str__(self) -> str:
        return f"{self.path}: {self.message}"


def read(
    paths: str | Path | Iterable[str | Path], *, zone: str = ZONE, other_zone: str | None = None,
    on_problem: Callable[[InputError], None] | None = None, on_notice: Callable[[Notice], None] | None = None,
) -> Iterator[Document]:
    """Yield the documents under `paths`: files, folders (all below them, sorted), globs, or `-` for stdin.

    `zone` is the zone of a feed's times, `other_zone` that of all other texts (None: not known). `on_problem` is told of each record that
    cannot be read, and the rest is read; without it the first one raises. `on_notice` is told which files were skipped, and why, and how
    a file was understood. Two copies of one text in one call are two documents with the same sha256.

    Raises InputError when a path does not exist, a file named outright cannot be read, or nothing at all was found.
    """
    given = [paths] if isinstance(paths, str | Path) else list(paths)
    seen: set[str] = set()
    some = False
    for path, named in _files(given):
        some = True
        for document in _read_one(path, named, (zone, other_zone), on_problem, on_notice):
            if document.id in seen:
                document = document.model_copy(update={"id": make_id("doc", document.id, document.path, document.offset)})
            seen.add(document.id)
            yield document
    if not some:
        raise InputError("holds no file", where=", ".join(map(str, given)), hint="texts end in .txt, .md or .jsonl")


def _files(paths: Iterable[str | Path]) -> Iterator[tuple[Path, bool]]:
    """Yield each file once, and whether the user named it."""
    done: set[Path] = set()
    for given in paths:
        path = Path(given)
        if str(given) == "-":
            found, named = [path], True
        elif path.is_dir():
            found, named = sorted(file for file in path.rglob("*") if file.is_file() and not _is_hidden(file.relative_to(path))), False
        elif path.is_file():
            found, named = [path], True
        elif glob.has_magic(str(given)):
            matches = glob.glob(str(given), recursive=True)  # noqa: PTH207 - the pattern may be absolute, which Path.glob refuses
            found, named = sorted(Path(match) for match in matches if Path(match).is_file()), False
            if not found:
                raise InputError("matches no file", where=str(given))
        else:
            raise InputError("does not exist", where=str(given), hint="give a file, a folder, a glob in quotes, or - for stdin")
        for file in found:
            if file not in done:
                done.add(file)
                yield file, named


def _is_hidden(path: Path) -> bool:
    return any(part.startswith(".") for part in path.parts)


def _read_one(
    path: Path, named: bool, zones: tuple[str, str | None], on_problem: Callable[[InputError], None] | None,
    on_notice: Callable[[Notice], None] | None,
) -> Iterator[Document]:
    feed_zone, zone = zones
    name, suffix = path.as_posix(), path.suffix.lower() if str(path) != "-" else ""

    def tell(kind: Literal["note", "skipped"], message: str) -> None:
        notice = Notice(kind, name, message)
        _log.info("%s", notice)
        if on_notice is not None:
            on_notice(notice)

    def fault(error: InputError) -> None:
        if on_problem is None:
            raise error
        on_problem(error)

    if suffix not in PLAIN | MARKDOWN | LINES and (suffix in _LATER or not named):
        why = f"{_LATER[suffix]} is not read yet" if suffix in _LATER else f"{suffix} is no kind of text that is read"
        if named:
            raise InputError(why, where=name, hint="save it as .txt, .md or .jsonl")
        tell("skipped", why)
        return
    try:
        text, note = _decode(_bytes(path), name)
    except InputError as error:
        if named:
            raise
        tell("skipped", error.message)
        return
    if note:
        tell("note", note)
    if not text.strip():
        tell("skipped", "is empty")
    elif suffix in LINES or (str(path) == "-" and looks_like_jsonl(text)):
        yield from read_jsonl(text, name, fault, zone)
    elif is_feed(text):
        tell("note", f"read as a page of the feed, times in {feed_zone}: it has lines such as SOURCE· 2026-01-18 13:51")
        yield from read_feed(text, name, feed_zone)
    elif suffix in MARKDOWN:
        yield read_markdown(text, name, zone)
    else:
        yield read_plain(text, name, zone)


def _bytes(path: Path) -> bytes:
    if str(path) == "-":
        return sys.stdin.buffer.read()
    try:
        return path.read_bytes()
    except OSError as error:
        raise InputError(f"cannot be read: {error.strerror}", where=path) from error


def _decode(raw: bytes, name: str) -> tuple[str, str | None]:
    """Return the text of `raw` and a note where it is not UTF-8. Raises InputError for what is no text."""
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        try:
            return raw.decode("utf-16"), "read as UTF-16"
        except UnicodeDecodeError as error:
            raise InputError("begins like UTF-16 and is not", where=name) from error
    if b"\0" in raw[:65536]:
        raise InputError("is no text: it holds zero bytes", where=name)
    try:
        return raw.decode("utf-8-sig"), None
    except UnicodeDecodeError as error:
        try:
            text = raw.decode("gb18030")
        except UnicodeDecodeError:
            text = ""
        # nearly every byte pair is some character of GB18030; real Chinese is made of the common ones of GB2312
        strange = [char for char in text if not char.isascii()]
        common = sum(1 for char in strange if len(char.encode("gb2312", "ignore")) == 2)
        if strange and common >= 0.9 * len(strange):
            return text, "is not UTF-8; read as GB18030"
        byte = f"byte {error.start} is {raw[error.start]:#x}"
        raise InputError(f"is neither UTF-8 nor GB18030: {byte}", where=name, hint="save it as UTF-8") from error
