"""Ticker and fund codes in text: (159363), 600519.SH, 2330.TW, NASDAQ: NVDA, <AAPL.O>, $TSLA, （股票代码：300308）.

A code is written in one way: `600519.SH`, `0700.HK`, `2330.TW`, `7203.T`, `005930.KS`, `ASML.AS`; a US symbol stands alone (`NVDA`).
"""

from __future__ import annotations

import re
from dataclasses import dataclass

_MARKETS = {  # what a text writes before a colon -> the suffix of the canonical code
    "NYSE": "", "NASDAQ": "", "NASDAQGS": "", "NASDAQGM": "", "NASDAQCM": "", "AMEX": "",
    "NYSEAMERICAN": "", "NYSEARCA": "", "OTC": "", "OTCMKTS": "", "US": "",
    "HKEX": "HK", "SEHK": "HK", "HKG": "HK", "HK": "HK", "HKSE": "HK",
    "SSE": "SH", "SHSE": "SH", "SHA": "SH", "SH": "SH", "SZSE": "SZ", "SHE": "SZ", "SZ": "SZ", "BSE": "BJ", "BJ": "BJ",
    "TWSE": "TW", "TPE": "TW", "TPEX": "TWO", "TW": "TW", "TYO": "T", "TSE": "T", "JPX": "T", "KRX": "KS", "KOSDAQ": "KQ",
    "LON": "L", "LSE": "L", "EPA": "PA", "ETR": "DE", "FRA": "DE", "AMS": "AS", "SWX": "SW", "STO": "ST", "CPH": "CO",
    "ASX": "AX", "TSX": "TO", "SGX": "SI",
}
_SUFFIXES = {  # Reuters, Bloomberg and local suffixes -> the canonical one
    "N": "", "O": "", "OQ": "", "K": "", "P": "", "US": "", "NASDAQ": "", "NYSE": "", "UN": "", "UW": "",
    "SS": "SH", "SH": "SH", "SZ": "SZ", "BJ": "BJ", "OF": "OF", "HK": "HK", "TW": "TW", "TWO": "TWO", "T": "T", "JP": "T",
    "KS": "KS", "KQ": "KQ",
    "L": "L", "PA": "PA", "DE": "DE", "F": "DE", "AS": "AS", "MI": "MI", "MC": "MC", "SW": "SW", "S": "SW",
    "VX": "SW", "ST": "ST", "CO": "CO", "HE": "HE",
    "OL": "OL", "BR": "BR", "TO": "TO", "AX": "AX", "SI": "SI", "NS": "NS", "BO": "BO", "SA": "SA", "MX": "MX",
}
_LABEL = r"(?:股票代码|证券代码|基金代码|股份代号|代码|stock code|ticker(?: symbol)?|symbol|code)"
_MARKET = re.compile(r"(?P<market>[A-Za-z]{2,12})\s*[:：]\s*(?P<symbol>[A-Z0-9]{1,6}(?:[.-][A-Z])?)")
_SUFFIXED = re.compile(r"(?P<symbol>\d{3,6}|[A-Z]{1,6}(?:[-.]?[A-Za-z])?)\.(?P<suffix>[A-Z]{1,6})")
_PREFIXED = re.compile(r"(?P<market>sh|sz|bj|SH|SZ|BJ)(?P<symbol>\d{6})")
_DIGITS = re.compile(r"\d{6}")
_SYMBOL = re.compile(r"[A-Z]{1,5}(?:[.-][A-Z])?")
_BRACKET = re.compile(rf"[(（\[【<]\s*(?:{_LABEL}\s*[:：]?\s*)?(?P<inner>[^()（）\[\]【】<>]{{1,60}}?)\s*[)）\]】>]", re.IGNORECASE)
_AFTER_COMMA = re.compile(rf"[,，]\s*{_LABEL}\s*[:：]?\s*(?P<code>\d{{6}})", re.IGNORECASE)
_FREE = re.compile(
    r"(?<![\w.$])(?:(?P<dotted>\d{4,6}\.(?:SH|SZ|SS|BJ|HK|TW|TWO|KS|KQ|T)|[A-Z]{1,5}\.(?:N|O|OQ|US))|(?P<prefixed>(?:sh|sz|SH|SZ)\d{6})|\$(?P<cash>[A-Z]{1,5}))(?![\w])"
)
_COUNTED = r"\s*(?:元|股|万|亿|手|份|点|家|人|名|个|台|units?\b|shares?\b|yuan\b)"  # six digits before these are a number
_BARE_FUND = re.compile(rf"(?<![\d.,:：¥$%-])(?:15[89]\d{{3}}|5[168]\d{{4}})(?![\d.,%:：]*\d|[.%]|{_COUNTED})")
_SPLIT = re.compile(r"\s*[,，;；/、|]\s*")


@dataclass(frozen=True, slots=True)
class CodeHit:
    """A code at `text[start:end]`. `name_end` is where a name beside it would end (None for a code that stands for itself).

    `certain` is False for bare letters in brackets, which may be any abbreviation: they count only beside a name that has this code.
    """

    start: int
    end: int
    code: str
    name_end: int | None
    certain: bool = True


def canonical_code(written: str) -> tuple[str, bool] | None:
    """Return one code in the canonical way and whether it can be nothing else; None when `written` is no code.

    >>> canonical_code("sz300308"), canonical_code("00700.HK"), canonical_code("NASDAQ: NVDA"), canonical_code("TSM")
    (('300308.SZ', True), ('0700.HK', True), ('NVDA', True), ('TSM', False))
    """
    written = written.strip()
    if match := _MARKET.fullmatch(written):
        suffix = _MARKETS.get(match["market"].upper().replace(" ", ""))
        return (_join(match["symbol"], suffix), True) if suffix is not None else None
    if match := _PREFIXED.fullmatch(written):
        return f"{match['symbol']}.{match['market'].upper()}", True
    if match := _SUFFIXED.fullmatch(written):
        suffix = _SUFFIXES.get(match["suffix"])
        return (_join(match["symbol"], suffix), True) if suffix is not None else None
    if _DIGITS.fullmatch(written):
        return written, True
    if _SYMBOL.fullmatch(written):
        return written, False
    return None


def find_codes(text: str) -> list[CodeHit]:
    """Return the codes of a sentence in order. `start:end` covers a code with its brackets where it has any."""
    hits: list[CodeHit] = []
    for match in _BRACKET.finditer(text):
        parts = [canonical_code(part) for part in _SPLIT.split(match["inner"])]
        known = [part for part in parts if part]
        if known and parts[0]:
            code, certain = next((part for part in known if part[1]), known[0])
            hits.append(CodeHit(match.start(), match.end(), code, _rstrip(text, match.start()), certain))
    for match in _AFTER_COMMA.finditer(text):
        hits.append(CodeHit(match.start(), match.end(), match["code"], _rstrip(text, match.start())))
    for match in _FREE.finditer(text):
        found = canonical_code(match["dotted"] or match["prefixed"] or "") or (match["cash"], True)
        hits.append(CodeHit(match.start(), match.end(), found[0], None))
    for match in _BARE_FUND.finditer(text):
        hits.append(CodeHit(match.start(), match.end(), match.group(), None))
    kept: list[CodeHit] = []
    for hit in sorted(hits, key=lambda h: (h.start, -h.end)):
        if not kept or hit.start >= kept[-1].end:
            kept.append(hit)
    return kept


def _join(symbol: str, suffix: str) -> str:
    if suffix == "HK":
        symbol = symbol.lstrip("0").zfill(4)
    if suffix in ("", "L", "PA") and symbol[-1:].islower():  # a Reuters share class: BRKb
        symbol = f"{symbol[:-1]}-{symbol[-1].upper()}"
    if not suffix:
        return symbol.replace(".", "-")
    return f"{symbol}.{suffix}"


def _rstrip(text: str, end: int) -> int:
    """Return where a name before `end` ends: before white space and an English genitive (Acme's (ACM.N) new plant)."""
    name = text[:end].rstrip()
    return len(name.removesuffix("'s").removesuffix("’s"))
