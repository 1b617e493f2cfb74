"""The words beside and inside names (`data/names/{en,zh}.yaml`): legal forms, what says that a company is meant, what begins no name."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

from kg.errors import DataError
from kg.knowledge.yaml_file import LINE, data_folder, read_yaml
from kg.model import Language


def read_name_words(path: Path) -> dict[str, tuple[str, ...]]:
    """Read one language's lists. Raises DataError with file and line for what is no list of valid expressions."""
    lists = read_yaml(path, lines=True)
    if not isinstance(lists, dict):
        raise DataError("must be a mapping of lists", where=path, line=1)
    for name, words in lists.items():
        if name == LINE:
            continue
        if not isinstance(words, list) or not all(isinstance(word, str) and word for word in words):
            raise DataError(f"{name} must be a list of words", where=path, line=lists[LINE])
        for word in words:
            try:
                re.compile(word)
            except re.error as error:
                raise DataError(f"{name}: {word!r} is no expression: {error}", where=path, line=lists[LINE]) from error
    return {name: tuple(words) for name, words in lists.items() if name != LINE}


@cache
def _shipped(language: Language) -> dict[str, tuple[str, ...]]:
    return read_name_words(data_folder("names", f"{language}.yaml"))


@cache
def word_list(language: Language, name: str) -> frozenset[str]:
    """Return one list that ships with kg, as plain words."""
    return frozenset(_shipped(language)[name])


@cache
def alternatives(language: Language, name: str) -> str:
    """Return one list that ships with kg as the alternatives of a regular expression, each closed by a word's end where it is Latin."""
    closed = (rf"{word}\b" if language == "en" and word[-1].isalnum() else word for word in _shipped(language)[name])
    return "(?:" + "|".join(word.replace(" ", r"\s+") for word in closed) + ")"


@cache
def expression(language: Language, name: str) -> re.Pattern[str]:
    """Return one list that ships with kg as a compiled expression (made once a process)."""
    return re.compile(alternatives(language, name))
