"""Text as a page sets it: how wide it is, where it breaks, and its outlines, from the metrics of real fonts.

Latin letters are Liberation Sans, which kg carries: its widths are those of Arial, so a slide that is set in Arial breaks where this says.
Chinese comes from a font of the machine. Without one text is still measured (an ideograph is as wide as it is high), but cannot be drawn.
"""

from __future__ import annotations

import os
import sys
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple

from kg.errors import InputError
from kg.knowledge.yaml_file import data_folder, read_yaml

_JOINERS = "\u200c\u200d"
ELLIPSIS = "…"


class Face(NamedTuple):
    """One face of a font file: where it is, its number in a collection, how many units an em has, its glyphs by character, and its tables."""

    path: Path
    number: int
    units: int
    glyphs: dict[int, str]
    widths: dict[str, tuple[int, int]]
    font: Any


@lru_cache(maxsize=16384)
def plain(text: str) -> str:
    """Return text on one line without what no reader sees and what could turn its neighbours round: control and direction marks."""
    kept = (
        " " if char.isspace() or char in "\u2028\u2029" else char for char in text
        if char.isspace() or char in _JOINERS or unicodedata.category(char) not in ("Cc", "Cf", "Cs", "Co", "Cn")
    )
    return " ".join("".join(kept).split())


def width(text: str, size: float, *, bold: bool = False) -> float:
    """Return how wide a line of text is, in points, at a size in points."""
    return sum(_advance(char, bold) for char in text) * size


@lru_cache(maxsize=16384)
def wrap(text: str, room: float, size: float, *, bold: bool = False, lines: int = 2) -> tuple[str, ...]:
    """Return text in at most so many lines, none wider than `room` points; what does not fit ends in an ellipsis.

    A line breaks at a space or beside an ideograph; a word that is wider than the room breaks anywhere.
    """
    broken: list[str] = []
    line = ""
    for piece in _pieces(plain(text), room, size, bold):
        if line and width((line + piece).rstrip(), size, bold=bold) > room:
            broken.append(line.rstrip())
            line = ""
        line += piece if line else piece.lstrip()
    broken.append(line.rstrip())
    if len(broken) <= lines:
        return tuple(broken)
    last = broken[lines - 1]
    while last and width(last + ELLIPSIS, size, bold=bold) > room:
        last = last[:-1]
    return (*broken[: lines - 1], last.rstrip() + ELLIPSIS)


@lru_cache(maxsize=16384)
def widest_word(text: str, size: float, *, bold: bool = False) -> float:
    """Return the width in points that a text needs at least, when no word of it may be broken."""
    return max((width(word.strip(), size, bold=bold) for word in _words(plain(text))), default=0.0)


def _pieces(text: str, room: float, size: float, bold: bool) -> Iterator[str]:
    for word in _words(text):
        if width(word.rstrip(), size, bold=bold) <= room:
            yield word
        else:
            yield from word


def _words(text: str) -> Iterator[str]:
    """Cut text where a line may break, the space staying at the end of the word before it."""
    word = ""
    for char in text:
        if is_wide(char):
            if word and not is_wide(word[0]) and word[-1] not in "(（":
                yield word
                word = ""
            if word and char not in "，。、；：！？）》」』”’%":
                yield word
                word = ""
            word += char
        elif word and (word[-1] in " /" or (word[-1] == "-" and not char.isdigit()) or (is_wide(word[0]) and char not in ",.;:!?)%")):
            yield word
            word = char
        else:
            word += char
    if word:
        yield word


def is_wide(char: str) -> bool:
    """True for ideographs and what is set as wide as they are."""
    return unicodedata.east_asian_width(char) in ("W", "F")


@lru_cache(maxsize=65536)
def _advance(char: str, bold: bool) -> float:
    found = face_of(char, bold)
    if found is None:
        return 0.0 if unicodedata.combining(char) or char in _JOINERS else 1.0 if is_wide(char) else 0.6
    return advance(found, char)


def advance(face: Face, char: str) -> float:
    """Return the width of a character of a face, in ems."""
    return float(face.widths[face.glyphs[ord(char)]][0]) / face.units


@lru_cache(maxsize=65536)
def face_of(char: str, bold: bool) -> Face | None:
    """Return the first face that holds a character; None where no font of this machine does."""
    return next((face for face in faces(bold) if ord(char) in face.glyphs), None)


def faces(bold: bool) -> Iterator[Face]:
    """Give the faces that text is drawn with, in the order in which they are asked, each opened when its turn comes."""
    return (_face(path, number) for path, number in _files(bold))


@lru_cache(maxsize=2)
def _files(bold: bool) -> tuple[tuple[Path, int], ...]:
    """Return the files of the faces: our own, a Chinese one, those of symbols and other scripts."""
    wanted = read_yaml(data_folder("styles", "picture.yaml"))["chinese"]
    chinese = [*(wanted["bold"] if bold else ()), *wanted["regular"]]
    own = data_folder("fonts", f"LiberationSans-{'Bold' if bold else 'Regular'}.ttf")
    found = next(((path, number) for name, number in chinese if (path := _installed().get(name.lower()))), None)
    others = [(path, 0) for name in wanted["other"] if (path := _installed().get(name.lower()))]
    return ((own, 0), *([found] if found else []), *others)


def require(texts: str, *, where: Path) -> None:
    """Raise InputError when texts hold ideographs and no font of this machine can draw them."""
    if any(is_wide(char) and "\u3400" <= char <= "\u9fff" and face_of(char, False) is None for char in texts):
        raise InputError("no font on this machine holds Chinese", where=where, hint="install one (Debian: apt install fonts-noto-cjk)")


@lru_cache(maxsize=16)
def _face(path: Path, number: int) -> Face:
    from fontTools.ttLib import TTFont  # only a picture needs it

    font = TTFont(path, fontNumber=number, lazy=True)
    return Face(path, number, font["head"].unitsPerEm, font.getBestCmap(), font["hmtx"].metrics, font)


def folders() -> list[Path]:
    """Return where this system keeps its fonts."""
    home = Path.home()
    return {
        "win32": [Path(os.environ.get("WINDIR", "C:/Windows")) / "Fonts", home / "AppData/Local/Microsoft/Windows/Fonts"],
        "darwin": [Path("/System/Library/Fonts"), Path("/Library/Fonts"), home / "Library/Fonts"],
    }.get(sys.platform, [Path("/usr/share/fonts"), Path("/usr/local/share/fonts"), home / ".local/share/fonts", home / ".fonts"])


@lru_cache(maxsize=1)
def _installed() -> dict[str, Path]:
    """Return the font files of this machine by their names in small letters; of two of a name the first in the order of folders and paths."""
    found: dict[str, Path] = {}
    for folder in folders():
        for path in sorted(folder.rglob("*")) if folder.is_dir() else ():
            if path.suffix.lower() in (".ttf", ".ttc", ".otf"):
                found.setdefault(path.name.lower(), path)
    return found


@lru_cache(maxsize=16384)
def outline(char: str, bold: bool) -> tuple[str, float] | None:
    """Return a character's outline as an SVG path in its font's units (y upwards), and the units of an em; None where no font has it."""
    from fontTools.pens.svgPathPen import SVGPathPen

    face = face_of(char, bold)
    if face is None:
        return None
    glyphs = _glyph_set(face.path, face.number)
    pen = SVGPathPen(glyphs, ntos=lambda number: f"{number:.0f}")
    glyphs[face.glyphs[ord(char)]].draw(pen)
    return pen.getCommands(), float(face.units)


@lru_cache(maxsize=16)
def _glyph_set(path: Path, number: int) -> Any:
    return _face(path, number).font.getGlyphSet()
