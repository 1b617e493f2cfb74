"""How well the cues tell how a thing is said: macro F1 over the modalities, accuracy of negated, ended and holder, by language.

    python -m benchmarks.assertion DATA [--half tune|held] [--errors]

DATA holds corpora/, whose sentences `tests/assertion/corpora.tsv` labels. Each is read alone, tagged as the reader tags it, with the names of
the lexicon; a labelled holder that the lexicon does not know is given as a name, since it is the cues that are measured, not the names.
"""

from __future__ import annotations

import argparse
import csv
import hashlib
import json
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from spacy.language import Language as Pipeline
from spacy.tokens import Doc

from kg.errors import InputError
from kg.model import Language
from kg.nlp.assertion import HOLDERS, STRENGTH, assess
from kg.nlp.gazetteer import default_gazetteer
from kg.nlp.pipeline import load_pipeline
from kg.nlp.spans import Assertion, Found, register
from kg.nlp.tokenize_zh import ChineseTokenizer
from kg.nlp.values import mark_values

POINTERS = Path("tests/assertion/corpora.tsv")
LANGUAGES: dict[str, Language] = {"zh_finance_flashes_dev2000.jsonl": "zh", "reuters_2006_2013_dev1000.jsonl": "en"}


@dataclass(frozen=True, slots=True)
class Labelled:
    """A labelled sentence: where the predicate stands in it and how it is meant; any of `holders` will do, none means nobody."""

    text: str
    language: Language
    trigger: tuple[int, int]
    modality: str
    negated: bool
    ended: bool
    holders: tuple[tuple[int, int], ...]


def labelled(corpora: Path, pointers: Path, half: str | None) -> Iterator[Labelled]:
    """Follow the pointers into the corpora. Raises InputError when a text is not the one that was labelled."""
    texts: dict[str, list[str]] = {}
    with pointers.open(encoding="utf-8") as lines:
        for number, row in enumerate(csv.DictReader(lines, delimiter="\t"), 2):
            if half in (None, row["half"]):
                name = row["path"]
                if name not in texts:
                    texts[name] = [json.loads(line)["text"] for line in (corpora / name).read_text("utf-8").splitlines()]
                text = texts[name][int(row["document"]) - 1][int(row["start"]):int(row["end"])]
                if not hashlib.sha256(text.encode()).hexdigest().startswith(row["sha"]):
                    raise InputError(f"{pointers}:{number}: another text stands there in {name}", hint="use the corpora that were labelled")
                holders = tuple((int(a), int(b)) for a, b in (span.split("-") for span in row["holder"].split(";") if span))
                yield Labelled(text, LANGUAGES[name], (int(row["trigger_start"]), int(row["trigger_end"])), row["modality"],
                               row["negated"] == "1", row["ended"] == "1", holders)


@cache
def pipeline(language: Language) -> Pipeline:
    return load_pipeline(language, "builtin")


def told(sentence: Labelled) -> Assertion:
    """Read a sentence as the reader does and tell how its predicate is meant."""
    mentions = default_gazetteer().find(sentence.text)
    unknown = [(a, b) for a, b in sentence.holders if not any(m.start < b and a < m.end and m.label in HOLDERS for m in mentions)]
    known = [m for m in mentions if not any(m.start < b and a < m.end for a, b in unknown)]
    mentions = sorted((*known, *(Found(a, b, "Company", None, "given") for a, b in unknown)), key=lambda m: m.start)
    nlp = pipeline(sentence.language)
    cut = nlp.tokenizer
    doc: Doc = cut(sentence.text, [(m.start, m.end) for m in mentions]) if isinstance(cut, ChineseTokenizer) else nlp.make_doc(sentence.text)
    doc._.mentions, doc._.language = tuple(mentions), sentence.language
    for token in doc:
        token.is_sent_start = token.i == 0
    mark_values(doc)
    return assess(nlp(doc), *sentence.trigger)


def is_held_right(sentence: Labelled, read: Assertion) -> bool:
    """Tell whether the holder read is one of those labelled, or none where there is none."""
    if read.holder is None:
        return not sentence.holders
    return any(a < read.holder.end and read.holder.start < b for a, b in sentence.holders)


def report(pairs: Sequence[tuple[Labelled, Assertion]]) -> Iterator[str]:
    """Yield the lines of a table: a class a line, then the mean of the classes and the accuracy of the flags."""
    gold, read = Counter(s.modality for s, _ in pairs), Counter(a.modality for _, a in pairs)
    right = Counter(s.modality for s, a in pairs if s.modality == a.modality)
    scores = []
    yield f"{'':14}{'P':>7}{'R':>7}{'F1':>7}{'n':>5}"
    for modality in STRENGTH:
        scores.append(200 * right[modality] / max(1, gold[modality] + read[modality]))
        precision, recall = 100 * right[modality] / max(1, read[modality]), 100 * right[modality] / max(1, gold[modality])
        yield f"{modality:14}{precision:7.1f}{recall:7.1f}{scores[-1]:7.1f}{gold[modality]:5}"
    yield f"{'macro F1':28}{sum(scores) / len(scores):7.1f}{len(pairs):5}"
    for name, marked, fits in (
        ("negated", sum(s.negated for s, _ in pairs), sum(s.negated == a.negated for s, a in pairs)),
        ("ended", sum(s.ended for s, _ in pairs), sum(s.ended == a.ended for s, a in pairs)),
        ("holder", sum(bool(s.holders) for s, _ in pairs), sum(is_held_right(s, a) for s, a in pairs)),
    ):
        yield f"{name + ' (accuracy)':28}{100 * fits / max(1, len(pairs)):7.1f}{marked:5}"


def errors(pairs: Sequence[tuple[Labelled, Assertion]]) -> Iterator[str]:
    """Yield what was read wrong, with its sentence: for tuning, not for a file of the project."""
    for sentence, read in pairs:
        wanted, got = (sentence.modality, sentence.negated, sentence.ended), (read.modality, read.negated, read.ended)
        if wanted != got or not is_held_right(sentence, read):
            a, b = sentence.trigger
            marks = [f"{m}{' not' * n}{' over' * e}" for m, n, e in (wanted, got)]
            holder = sentence.text[read.holder.start:read.holder.end] if read.holder else "-"
            wanted_holder = "/".join(sentence.text[x:y] for x, y in sentence.holders) or "-"
            cues = [sentence.text[x:y] for x, y in read.cues]
            shown = " ".join(f"{sentence.text[:a]}[{sentence.text[a:b]}]{sentence.text[b:]}".split())
            yield f"{marks[0]} by {wanted_holder} <- {marks[1]} by {holder} {cues}: {shown}"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path)
    parser.add_argument("--half", choices=("tune", "held"))
    parser.add_argument("--errors", action="store_true", help="show the sentences read wrong as well")
    given = parser.parse_args()
    register()
    pairs = [(sentence, told(sentence)) for sentence in labelled(given.data / "corpora", POINTERS, given.half)]
    for name, languages in (("zh", {"zh"}), ("en", {"en"}), ("both", {"zh", "en"})):
        print(f"-- {name}", *report([pair for pair in pairs if pair[0].language in languages]), sep="\n")
    if given.errors:
        print(*errors(pairs), sep="\n")


if __name__ == "__main__":
    main()
