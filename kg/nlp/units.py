"""What may stand beside a figure: currencies, scales, units and the words that bound or direct it. Data in `kg/data/units/*.yaml`."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import Any

from kg.knowledge.yaml_file import data_folder, read_yaml
from kg.nlp.spans import ValueKind


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit word: the kind of quantity, the base unit it is stored in, and how many of these one word makes."""

    kind: ValueKind
    name: str
    factor: float


@dataclass(frozen=True)
class Vocabulary:
    """The compiled tables.

    `currency_before` is searched in the characters before a number and ends with them; the other patterns are matched behind it.
    `cues` tell what a phrase before a figure does to it: low, high, approximate, up, down, link (nothing, look further) or stop;
    `after_effects` the same behind it.
    """

    currency_before: re.Pattern[str]
    currency_after: re.Pattern[str]
    currencies: dict[str, str]
    hundredths: frozenset[str]
    signs: dict[str, dict[str, str]]
    scale: re.Pattern[str]
    money_scale: re.Pattern[str]
    scales: dict[str, float]
    unit: re.Pattern[str]
    units: dict[str, Unit]
    counter: re.Pattern[str]
    plurals: frozenset[str]
    no_noun: frozenset[str]
    plain_before: frozenset[str]
    cues: dict[str, dict[str, str]]
    after: dict[str, re.Pattern[str]]
    after_effects: dict[str, dict[str, str]]
    longest_zh: int
    traps: dict[str, str]
    per: re.Pattern[str]
    per_names: dict[str, str]
    model_numbers: frozenset[int]
    currency_ends: frozenset[str]
    currency_sign: re.Pattern[str]

    def currency_before_at(self, text: str, at: int) -> int:
        """Return where a number may begin at `at`: behind a currency sign, if one stands there."""
        sign = self.currency_sign.match(text, at)
        return sign.end() if sign else at


@cache
def vocabulary() -> Vocabulary:
    """Load and compile the tables, once."""
    currencies, units, words = _read("currencies"), _read("units"), _read("words")
    hundredths = currencies.pop("hundredths")
    names = {word: code for code, row in currencies.items() for side in ("before", "after") for word in row[side]}
    scales = {**words["scales"]["en"], **words["scales"]["zh"], **words["scales"]["money"]}
    by_word: dict[str, Unit] = {
        word: Unit(kind, name, float(factor))
        for kind, rows in units.items() for name, row in rows.items() for word, factor in row.items()
    }
    cues = {
        "en": {phrase.lower(): effect for effect, phrases in words["before"]["en"].items() for phrase in phrases},
        "zh": {phrase: effect for effect, phrases in words["before"]["zh"].items() for phrase in phrases},
    }
    after = {lang: {phrase: effect for effect, phrases in rows.items() for phrase in phrases} for lang, rows in words["after"].items()}
    per_names = {word: name for name, row in words["per"].items() for word in row}
    signs = [word for row in currencies.values() for word in row["before"]]
    names_after = [*(word for row in currencies.values() for word in row["after"]), *hundredths, "pound"]
    scales_zh = [word for word in words["scales"]["zh"] if word not in "十百兆"]
    scales_en = [word for word in words["scales"]["en"] if len(word) > 1]
    return Vocabulary(
        currency_before=re.compile(rf"(?<![A-Za-z])(?P<word>{_any(signs)})\s?\Z"),
        currency_after=re.compile(rf"[\s-]?(?P<word>{_any(names_after)})"),
        currency_sign=re.compile(rf"(?:{_any(signs)})\s?"),
        currency_ends=frozenset(word[-1] for word in signs),
        currencies={**names, **hundredths},
        hundredths=frozenset(hundredths),
        signs={code: {"en": row["en"], "zh": row["zh"]} for code, row in currencies.items()},
        scale=re.compile(
            rf"(?:-|\s{{0,2}})(?P<word>(?i:{_any(scales_en)}))(?![A-Za-z])|(?P<letter>[kK])(?![A-Za-z0-9-])"
            rf"|\s?(?P<zh>{_any(scales_zh)}|兆(?=[元美新台日韩]))"),
        money_scale=re.compile(rf" ?(?P<word>{_any(words['scales']['money'])})(?![A-Za-z0-9])"),
        scales={word.lower() if len(word) > 1 else word: float(value) for word, value in scales.items()},
        unit=re.compile(rf"[\s-]?(?P<unit>{_any(by_word)})"),
        units=by_word,
        counter=re.compile(rf"(?P<counter>{_any(words['counters']['zh'])})"),
        traps=words["traps"],
        plurals=frozenset(words["nouns"]["plural"]),
        no_noun=frozenset(words["nouns"]["none"]),
        plain_before=frozenset(words["nouns"]["plain_before"]),
        model_numbers=frozenset(words["model_numbers"]),
        cues=cues,
        longest_zh=max(map(len, cues["zh"])),
        after={
            "en": re.compile(rf"(?P<cue>\+|\s(?:[a-z-]+\s)?(?:{_any(word for word in after['en'] if word != '+')}))(?![a-z])"),
            "zh": re.compile(rf"(?P<cue>{_any(after['zh'])})"),
        },
        after_effects=after,
        per=re.compile(
            rf"\s?(?:/|per |an? |每)\s?(?P<per>{_any(per_names)})"
            r"(?!(?<=day|eek|nth|ter|ear)\s+(?:ago|earlier|before|later|after|following|prior)\b)"  # "a day after" is no rate
        ),
        per_names=per_names,
    )


def _any(words: Iterable[str]) -> str:
    """An alternation of `words`, longest first; a Latin word is not cut out of a longer one."""
    longest_first = sorted(words, key=len, reverse=True)
    return "|".join(re.escape(word) + ("(?![A-Za-z])" if re.search("[A-Za-z]$", word) else "") for word in longest_first)


def _read(name: str) -> Any:
    return read_yaml(data_folder("units", f"{name}.yaml"))
