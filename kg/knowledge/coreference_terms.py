"""Words that refer back to what was named before, by label and language. Data in `data/coreference/{en,zh}.yaml`."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from kg.errors import DataError
from kg.knowledge.metric_terms import compile_words
from kg.knowledge.ontology import load_ontology
from kg.knowledge.yaml_file import data_folder, read_yaml


@dataclass(frozen=True)
class BackReferences:
    """One language's nouns that refer back. `nouns` maps a label to a pattern; `narrow` those that want a sole antecedent,
    `nationalities` the adjectives among them that say of what country somebody is."""

    nouns: Mapping[str, re.Pattern[str]]
    narrow: Mapping[str, re.Pattern[str]]
    not_before: re.Pattern[str]
    report: re.Pattern[str]
    possessive: re.Pattern[str] | None
    personal: re.Pattern[str] | None
    labels: tuple[str, ...]
    nationalities: Mapping[str, re.Pattern[str]]  # by the code of the country


@cache
def load_back_references(language: str) -> BackReferences:
    """Return a language's words that refer back (`en` or `zh`). Raises DataError with the file."""
    path = data_folder("coreference", f"{language}.yaml")
    data = read_yaml(path)
    spaced = language != "zh"
    labels = load_ontology().entity_labels

    def pattern(source: str, *, whole: bool = True) -> re.Pattern[str]:
        return compile_words(source, spaced=spaced, whole=whole, where=path)

    def nouns(entries: list[str]) -> re.Pattern[str]:
        joined = "|".join(sorted(entries, key=len, reverse=True))
        demonyms = "|".join(word for words in data["nationalities"].values() for word in words)
        head = f"{data['determiners']} {data['adjectives'].replace('@nationality', f'(?:{demonyms})')}" if spaced else ""
        return pattern(f"{head}(?:{joined})")

    for label in data["nouns"]:
        if label not in labels:
            raise DataError(f"there is no label {label}", where=path)
    pronouns = data["pronouns"]
    return BackReferences(
        nouns={label: nouns(entry["any"]) for label, entry in data["nouns"].items()},
        narrow={label: nouns(entry["kinds"]) for label, entry in data["nouns"].items() if entry.get("kinds")},
        report=pattern(data["report"]),
        not_before=pattern(data["not_before"], whole=False),
        possessive=pattern(pronouns["possessive"]) if pronouns["possessive"] else None,
        personal=pattern(f"{pronouns['personal']}(?= {pronouns['verbs']})") if pronouns["personal"] else None,
        labels=tuple(pronouns["labels"]),
        nationalities={code: pattern("|".join(words)) for code, words in data["nationalities"].items()},
    )
