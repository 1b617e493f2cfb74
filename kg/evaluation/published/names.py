"""Published sets of names -> sentences with names, in each set's own kinds. Every reader raises DataError with file and line."""

from __future__ import annotations

from pathlib import Path

from pydantic import BaseModel

from kg.errors import DataError
from kg.evaluation.files import blocks, checked, json_lines
from kg.evaluation.names import Name, Named, named, read_iob2

CONLLU_COLUMNS = 10


class _Phrases(BaseModel):
    text: str
    label: dict[str, dict[str, list[tuple[int, int]]]]


def read_uner(path: Path) -> list[Named]:
    """Read a file of Universal NER on English EWT: PER, ORG, LOC, and a stray OTH of its older labelling."""
    return read_iob2(path, "en")


def read_wnut17(path: Path) -> list[Named]:
    """Read a file of WNUT 17, emerging entities: person, location, corporation, group, product, creative-work. Words are joined by spaces."""
    return read_iob2(path, "en")


def read_gsdsimp(path: Path) -> list[Named]:
    """Read the names (PER, ORG, LOC) that stand as NER= in MISC of the UD Chinese-GSDSimp treebank (CoNLL-U)."""
    sentences = []
    for number, block in enumerate(blocks(path)):
        words, labels = [], []
        for line, content in block:
            columns = content.split("\t")
            if content.startswith("#") or not columns[0].isdigit():
                continue
            misc = dict(entry.partition("=")[::2] for entry in columns[-1].split("|"))
            if len(columns) != CONLLU_COLUMNS or "NER" not in misc:
                raise DataError("a line of CoNLL-U has 10 columns and here NER= in the last", where=path, line=line)
            words.append(columns[1])
            labels.append(misc["NER"])
        sentences.append(named(f"gsdsimp-{path.stem}-{number}", "zh", words, labels))
    return sentences


def read_cluener(path: Path) -> list[Named]:
    """Read a file of CLUENER (JSON Lines, ends inclusive): ten kinds, among them name, company, organization, government, address."""
    return _phrases(path, "cluener")


def read_fintech_key_phrase(path: Path) -> list[Named]:
    """Read a file of fintech_key_phrase, in CLUENER's form: phrases for products, technologies and trades, all `financial_entity`."""
    return _phrases(path, "fintech_key_phrase")


def _phrases(path: Path, name: str) -> list[Named]:
    """Read CLUENER's form. The sets have no words, so every character that is not blank is a token."""
    sentences = []
    for line, record in json_lines(path):
        row = checked(_Phrases, record, path, line)
        names = []
        for kind, phrases in row.label.items():
            for phrase, spans in phrases.items():
                for start, last in spans:
                    if row.text[start : last + 1] != phrase:
                        raise DataError(f"{start} to {last} of the text is not {phrase!r}", where=path, line=line)
                    names.append(Name(start, last + 1, kind))
        tokens = tuple((index, index + 1) for index, character in enumerate(row.text) if not character.isspace())
        id_ = f"{name}-{path.stem}-{line}"
        sentences.append(Named(id_, "zh", row.text, tokens, tuple(sorted(names, key=lambda each: (each.start, each.end)))))
    return sentences
