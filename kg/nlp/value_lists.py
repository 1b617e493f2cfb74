"""Lists of numbers that share one unit, written once at the end: 12.3/15.6/18.9亿元, 1.2、1.5、1.8元."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from kg.nlp.spans import Quantity
from kg.nlp.values import find_values

_LIST = re.compile(
    r"(?<![\d./])(?P<numbers>-?\d[\d,]*(?:\.\d+)?(?:\s*(?:%|％|亿|万)?\s*(?:[/／、]|及|和)\s*-?\d[\d,]*(?:\.\d+)?){1,5})\s*"
    r"(?P<unit>(?:万亿|百亿|千万|百万|亿|万|千)?(?:元|美元|港元|欧元|日元|人民币|台|辆|片|股|吨|倍|%|％|[xX](?![a-z])|MW|GW|GWh|MWh)+)"
)
_EN_NUMBER = r"\d+(?:,\d{3})*(?:\.\d+)?(?: (?:million|billion|trillion))?"
_LIST_EN = re.compile(
    rf"(?<![\d.,])(?P<numbers>[$€£]?{_EN_NUMBER}(?:(?:, and |, | and ){_EN_NUMBER}){{1,4}})"
    r"\s*(?P<unit>(?:yuan|RMB|dollars|won|yen|euros|pounds|USD|times|x)\b)"
)
_NUMBER = re.compile(r"-?\d+(?:,\d{3})*(?:\.\d+)?")
_SCALE = re.compile(r" (?:million|billion|trillion)")
_DATE = re.compile(r"\d{4}[/／]\d{1,2}(?:[/／]\d{1,2})?$")


def expand_lists(text: str, language: str, values: Sequence[Quantity]) -> tuple[Quantity, ...]:
    """Return `values` with every member of such lists as a value of its own, of the unit at the end and the direction of the first."""
    result = list(values)
    for found in (*_LIST.finditer(text), *_LIST_EN.finditer(text)):
        if _DATE.match(found["numbers"]):
            continue
        members = list(_NUMBER.finditer(text, found.start("numbers"), found.end("numbers")))
        old = [value for value in result if value.start < found.end() and found.start() < value.end]
        if len(members) < 2 or sum(value.kind not in ("number", "count") for value in old) >= len(members):
            continue
        scales = [_SCALE.match(text, member.end()) for member in members]
        read = [
            find_values(
                f"{member.group()}{scale.group() if scale and scale.end() <= found.start('unit') else ''} {found['unit']}", language
            )
            if found.re is _LIST_EN
            else find_values(member.group() + found["unit"], language)
            for member, scale in zip(members, scales, strict=True)
        ]
        if any(len(each) != 1 for each in read):
            continue
        change = old[0].change if old else None
        new = []
        for member, (value,) in zip(members, read, strict=True):
            scale = _SCALE.match(text, member.end())
            last = found.end() if member is members[-1] else scale.end() if scale else member.end()
            end = last + (last < found.end() and text[last : last + 1] in ("%", "％", "亿", "万"))
            value = replace(value, start=member.start(), end=end, change=change)
            if change == "down" and value.values.value is not None and value.values.value > 0:
                value = replace(value, values=value.values.model_copy(update={"value": -value.values.value}))
            new.append(value)
        result = [value for value in result if value not in old] + new
    return _directed(text, sorted(result, key=lambda value: value.start))


def _directed(text: str, values: Sequence[Quantity]) -> tuple[Quantity, ...]:
    """Hand the direction of a list's first percentage on to the others: 增长20%/25%/21%."""
    done: list[Quantity] = []
    for value in values:
        last = done[-1] if done else None
        if (
            last
            and last.change
            and not value.change
            and last.kind == value.kind == "percent"
            and re.fullmatch(r"\s*[/／、]\s*", text[last.end : value.start])
        ):
            value = replace(value, change=last.change)
            if last.change == "down" and value.values.value is not None and value.values.value > 0:
                value = replace(value, values=value.values.model_copy(update={"value": -value.values.value}))
        done.append(value)
    return tuple(done)
