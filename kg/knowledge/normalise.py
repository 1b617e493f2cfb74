"""Names made comparable: one form for full-width and narrow, traditional and simplified, accented and plain.

Every step keeps a map back to the text, so that a match in the folded form is a span of the original.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cache

HAN = re.compile("[\u4e00-\u9fff]")  # a Chinese character: tells the script of a name or a sentence
MAX_GAP = 2
_LATIN_SUFFIX = re.compile(
    r"[,\s]+(?:&\s*co|and company|incorporated|inc|corporation|corp|company|co|limited|ltd|llc|l\.l\.c|lp|l\.p|plc|p\.l\.c|ag|se|s\.e|sa|"
    r"s\.a|s\.p\.a|spa|nv|n\.v|"
    r"bv|b\.v|ab|asa|oyj|a/s|gmbh|kgaa|kk|k\.k|pte|pty|berhad|bhd|tbk|jsc|pjsc|sab de cv|s\.a\.b\. de c\.v|co\.,? ltd|holdings?|group)\.?$",
    re.IGNORECASE,
)
_CLASS_SUFFIX = re.compile(
    r"\s+(?:-\s+)?(?:(?:class|series) [a-z0-9]\b.*|common (?:stock|shares?).*|ordinary shares?.*|american depositary.*|units?|warrants?|"
    r"unsponsored adr|sponsored adr|adr|\(the\)|h shares?|a shares?)$",
    re.IGNORECASE,
)
_CHINESE_SUFFIX = ("股份有限公司", "有限责任公司", "有限公司", "股份公司", "集团公司", "总公司", "公司")
_BRACKETS = re.compile(r"[(（][^()（）]*[)）]")
_SPACE = re.compile(r"\s+")
_WIDE_GAP = re.compile(r"  |[^\S ]")
_UNEVEN = re.compile(r"  |[^\S ]|(?<=[㐀-䶿一-鿿〇]) (?=[㐀-䶿一-鿿〇])")  # a blank that folding does not leave as it is
_NOT_WORD = re.compile(r"[^\w]+")


def is_cjk(char: str) -> bool:
    """Tell whether a character is a Chinese ideograph."""
    return "一" <= char <= "鿿" or "㐀" <= char <= "䶿" or char == "〇"


@cache
def _simplified() -> dict[str, str]:
    """Return the traditional characters of the basic block that have another simplified form (OpenCC, character by character)."""
    from opencc import OpenCC

    characters = [chr(code) for code in range(0x4E00, 0x9FFF)]
    converted = OpenCC("t2s").convert("\n".join(characters)).split("\n")
    return {old: new for old, new in zip(characters, converted, strict=True) if old != new and len(new) == 1}


def simplified(text: str) -> str:
    """Return a text with its traditional characters simplified, one for one: it stays as long as it was."""
    return "".join(_simplified().get(char, char) for char in text)


@cache
def _fold_char(char: str) -> str:
    code = ord(char)
    if 0xFF01 <= code <= 0xFF5E:
        return _fold_char(chr(code - 0xFEE0))
    if is_cjk(char):
        return _simplified().get(char, char)
    if char in "‘’ʼ`´":
        return "'"
    if char in "“”":
        return '"'
    if char in "‐‑–—―−":
        return "-"
    if char in "·•・‧∙":
        return "·"
    if code > 127:
        plain = unicodedata.normalize("NFKD", char)
        if len(plain) > 1 and plain[0].isalnum() and all(unicodedata.combining(c) for c in plain[1:]):
            return plain[0]
    return char


@dataclass(frozen=True, slots=True)
class Folded:
    """`text` folded but for case; `starts[i]` is the place of `text[i]` in the original; `starts[len(text)]` is the original's length."""

    text: str
    starts: tuple[int, ...]

    @property
    def lower(self) -> str:
        """The folded text in lower case, of the same length."""
        lowered = self.text.lower()
        return lowered if len(lowered) == len(self.text) else "".join(c.lower() if len(c.lower()) == 1 else c for c in self.text)

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Return the span of the original that the folded `[start, end)` stands for."""
        return self.starts[start], self.starts[end - 1] + 1


def fold(text: str) -> Folded:
    """Fold `text`: narrow forms, simplified characters, plain Latin letters, one space for a run of them, none between two ideographs.

    A gap between ideographs is dropped when it is at most `MAX_GAP` characters wide: page layouts cut names by a space or a line break.
    """
    folded = text.translate(_TABLE)
    if not _UNEVEN.search(text):
        return Folded(folded, tuple(range(len(text) + 1)))
    pieces: list[str] = []
    starts: list[int] = []
    position, length = 0, len(text)
    for gap in _SPACE.finditer(text):
        start, end = gap.span()
        pieces.append(folded[position:start])
        starts.extend(range(position, start))
        inside_chinese = start > 0 and is_cjk(folded[start - 1]) and end < length and is_cjk(text[end])
        if not (inside_chinese and end - start <= MAX_GAP):
            pieces.append(" ")
            starts.append(start)
        position = end
    pieces.append(folded[position:])
    starts.extend(range(position, length + 1))
    return Folded("".join(pieces), tuple(starts))


class _Table(dict[int, str]):
    """`_fold_char` as a table for `str.translate`, filled as characters are met."""

    def __missing__(self, code: int) -> str:
        folded = self[code] = _fold_char(chr(code))
        return folded


_TABLE = _Table()


def simplify(text: str) -> str:
    """Return `text` folded but for case, as `fold` does, without the map: the form in which names are compared."""
    text = text.strip()
    if text.isascii() and not _WIDE_GAP.search(text):
        return text
    return _SPACE.sub(_gap, text.translate(_TABLE))


def _gap(match: re.Match[str]) -> str:
    text, start, end = match.string, match.start(), match.end()
    return "" if end - start <= MAX_GAP and is_cjk(text[start - 1]) and is_cjk(text[end]) else " "


def strip_corporate(name: str) -> str:
    """Return a company name without its legal form: `ASML Holding N.V.` -> `ASML`, 中际旭创股份有限公司 -> 中际旭创.

    A name that would be left with nothing but a legal form is returned as it is.
    """
    stripped = simplify(name)
    if any(is_cjk(c) for c in stripped):
        for suffix in _CHINESE_SUFFIX:
            if stripped.endswith(suffix) and len(stripped) - len(suffix) >= 2:
                return stripped[: -len(suffix)]
        return stripped
    stripped = _CLASS_SUFFIX.sub("", stripped).strip()
    while True:
        shorter = _LATIN_SUFFIX.sub("", stripped).rstrip(" ,.&")
        if shorter == stripped or len(shorter) < 2:
            return stripped
        stripped = shorter


def legal_form_only(name: str) -> str:
    """Return a company name without the words that only a register needs (Inc., Co., Ltd.), but with Group and Holdings kept."""
    stripped = _CLASS_SUFFIX.sub("", simplify(name)).strip()
    while True:
        match = _LATIN_SUFFIX.search(stripped)
        if not match or re.search(r"(?:holdings?|group)\.?$", match.group(0), re.IGNORECASE):
            return stripped
        shorter = stripped[: match.start()].rstrip(" ,.&")
        if len(shorter) < 2:
            return stripped
        stripped = shorter


def key(name: str) -> str:
    """Return the form on which two names never met before are the same: case, width, script, legal form and punctuation folded."""
    bare = _BRACKETS.sub("", simplify(name)) or simplify(name)
    return _NOT_WORD.sub("", strip_corporate(bare).lower()) or simplify(name).lower()
