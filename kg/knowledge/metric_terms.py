"""Metric terms: what figures are called, which values they take, whose they can be, and how each language writes them.

`data/metrics/names.yaml` states the terms once; `data/metrics/{en,zh}.yaml` give the words of a language, with examples that a test runs.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict, ValidationError

from kg.errors import DataError
from kg.knowledge.yaml_file import LINE, data_folder, read_yaml, without_lines


class MetricTerm(BaseModel):
    """One of the field's standard terms. What each field means stands at the head of `names.yaml`."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: str
    kinds: tuple[str, ...]
    labels: tuple[str, ...]
    least: float | None = None
    most: float | None = None
    growth: bool = False
    own_plan: bool = False
    as_of: bool = False
    own: bool = False
    whole: bool = False
    observed: bool = False
    counts: str | None = None
    thing: tuple[str, str, str] | None = None
    event: str | None = None


@dataclass(frozen=True)
class MetricLanguage:
    """How one language writes figures: compiled words, cues of bases, and the phrases of each term.

    `patterns` are regular expressions as they stand (any case); one that a language does not have matches nothing.
    """

    language: str
    words: Mapping[str, re.Pattern[str]]
    basis: Mapping[str, re.Pattern[str]]
    phrases: tuple[tuple[str, re.Pattern[str]], ...]
    shares: Mapping[str, re.Pattern[str]]
    percentiles: Mapping[str, re.Pattern[str]]
    parts: Mapping[str, str]
    patterns: Mapping[str, re.Pattern[str]]
    examples: tuple[Mapping[str, Any], ...]

    @cached_property
    def spaced(self) -> bool:
        """True where words are written apart."""
        return self.language != "zh"


PIECES = ("right", "right_change", "list", "site_after", "site_before")  # patterns that need not begin and end at a word's edge
LISTS = ("modifiers", "link")  # entries of `words` that are lists of alternatives; the others are patterns


_NEVER = re.compile(r"(?!)")


def read_names(path: Path) -> dict[str, MetricTerm]:
    """Read the standard terms. Raises DataError with file and line."""
    value = read_yaml(path, lines=True)
    if not isinstance(value, dict):
        raise DataError("must be a mapping of names", where=path, line=1)
    terms: dict[str, MetricTerm] = {}
    for name, fields in value.items():
        if name == LINE:
            continue
        try:
            terms[name] = MetricTerm(name=name, **without_lines(fields))
        except (ValidationError, TypeError) as error:
            line = fields.get(LINE) if isinstance(fields, dict) else None
            raise DataError(f"{name}: {error}", where=path, line=line) from error
    return terms


def read_language(path: Path, language: str, names: Mapping[str, MetricTerm]) -> MetricLanguage:
    """Read one language's words for the terms. Raises DataError with the file."""
    data = read_yaml(path)
    parts = {name: _either(entry) if name in LISTS else str(entry) for name, entry in data["words"].items()}
    spaced = language != "zh"

    def pattern(source: str, *, whole: bool = True) -> re.Pattern[str]:
        source = source.replace("{modifiers}", parts["modifiers"])
        return compile_words(source, spaced=spaced, whole=whole, where=path)

    for section in ("phrases", "shares", "percentiles", "foreign"):
        for name in data.get(section, {}):
            if name not in names:
                raise DataError(f"{section}: there is no metric {name}", where=path, hint="name it in names.yaml first")
    phrases = [(name, pattern(_either(texts))) for name, texts in data["phrases"].items()]
    for name, texts in data.get("foreign", {}).items():  # names of the other language, as they stand in sentences of this one
        source = _either(texts).replace(" ", r"\s+")
        phrases.append((name, compile_words(rf"(?<![A-Za-z-]){source}(?![A-Za-z-])", spaced=False, whole=False, where=path)))
    return MetricLanguage(
        language=language,
        words={name: pattern(source, whole=name not in PIECES) for name, source in parts.items()},
        basis={name: pattern(_either(texts)) for name, texts in data["basis"].items()},
        phrases=tuple(phrases),
        shares={name: pattern(source) for name, source in data["shares"].items()},
        percentiles={name: pattern(source) for name, source in data["percentiles"].items()},
        parts=parts,
        patterns=patterns_of(data),
        examples=tuple(data.get("examples", ())),
    )


def compile_words(source: str, *, spaced: bool, whole: bool, where: Path) -> re.Pattern[str]:
    """Compile a data file's pattern: a blank is any white space; in a language with spaces, whole words only (if `whole`)."""
    if spaced:
        source = source.replace(" ", r"\s+").replace(r"\s+?", r"\s*")
        source = rf"(?<![\w-])(?:{source})(?![\w-])" if whole else source
    try:
        return re.compile(source, re.IGNORECASE)
    except re.error as error:
        raise DataError(f"is not a pattern: {source[:80]!r}: {error}", where=where) from error


def _either(entries: Any) -> str:
    """Join alternatives, the longest first, so that the longer wins where one begins the other."""
    return "(?:" + "|".join(sorted((str(entry) for entry in entries), key=len, reverse=True)) + ")"


@cache
def load_names() -> Mapping[str, MetricTerm]:
    """Return the standard terms that ship with kg."""
    return read_names(data_folder("metrics", "names.yaml"))


@cache
def load_metric_language(language: str) -> MetricLanguage:
    """Return a language's words for figures (`en` or `zh`)."""
    return read_language(data_folder("metrics", f"{language}.yaml"), language, load_names())


def patterns_of(data: Mapping[str, Any]) -> Mapping[str, re.Pattern[str]]:
    """Return what stands under `patterns` in a file, as written and in any case; one that is not there matches nothing."""
    return defaultdict(lambda: _NEVER, {name: re.compile(source, re.IGNORECASE) for name, source in data.get("patterns", {}).items()})
