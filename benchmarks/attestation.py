"""What each sentence frame reads in texts that it was not written for: counts by frame and set, and the frames that read nothing.

    python benchmarks/attestation.py DATA [--documents N] [--examples FILE] > docs/attestation.md

DATA holds corpora/ (news as JSON Lines) and relations/ (core, fire, dfki_product, finred, finre: train parts only). In the sets names are
given as annotated, and the lexicon adds what else it knows; in the corpora the lexicon finds all names. Surface frames need no parse, so
none is made: dependency frames are not counted here.
"""

from __future__ import annotations

import argparse
import gzip
import json
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path

import spacy

from kg.knowledge.frames import load_frames
from kg.model import Language
from kg.nlp import aliases, coreference, relations
from kg.nlp.gazetteer import Gazetteer, default_gazetteer
from kg.nlp.sentences import split
from kg.nlp.spans import Found, Stated, register
from kg.nlp.values import mark_values
from kg.reading import read

FIRE_LABELS = {"Company": "Company", "BusinessUnit": "Company", "Person": "Person", "Product": "Product", "Location": "Place",
               "GeopoliticalEntity": "Place", "Sector": "Sector"}
DFKI_LABELS = {"ORGANIZATION": "Company", "PRODUCT": "Product"}
Sentence = tuple[str, Language, str, list[Found]]


def joined(tokens: list[str], spans: Iterable[tuple[int, int, str]]) -> tuple[str, list[Found]]:
    """Write tokens as a text and their spans (tokens, end exclusive, with a label) as mentions."""
    starts, text = [], ""
    for token in tokens:
        text += " " if text and token not in {",", ".", "'s", "’s", ")", "%", ";", ":"} and not text.endswith(("(", "$")) else ""
        starts.append(len(text))
        text += token
    inside = [(a, b, label) for a, b, label in spans if a < b <= len(tokens)]
    return text, [Found(starts[a], starts[b - 1] + len(tokens[b - 1]), label, None, "given") for a, b, label in inside]


def core(folder: Path) -> Iterator[Sentence]:
    for row in json.loads((folder / "train.json").read_text("utf-8")):
        spans = [(row["e1_start"], row["e1_end"] + 1, "Company"), (row["e2_start"], row["e2_end"] + 1, "Company")]
        yield "core", "en", *joined(row["context"], spans)


def fire(folder: Path) -> Iterator[Sentence]:
    for row in json.loads((folder / "train.json").read_text("utf-8")):
        spans = [(e["start"], e["end"], FIRE_LABELS[e["type"]]) for e in row["entities"] if e["type"] in FIRE_LABELS]
        yield "fire", "en", *joined(row["tokens"], spans)


def dfki(folder: Path) -> Iterator[Sentence]:
    together: dict[tuple[str, ...], set[tuple[int, int, str]]] = defaultdict(set)
    with gzip.open(folder / "train.jsonl.gz", "rt", encoding="utf-8") as lines:
        for line in lines:
            row = json.loads(line)
            spans = zip(row["entities"], row["type"], strict=True)
            together[tuple(row["tokens"])].update((a, b, DFKI_LABELS[kind]) for (a, b), kind in spans if kind in DFKI_LABELS)
    for tokens, found in together.items():
        yield "dfki", "en", *joined(list(tokens), sorted(found))


def finred(folder: Path) -> Iterator[Sentence]:
    kinds = {"chief_executive_officer": "Person", "founded_by": "Person", "employer": "Company", "industry": "Sector",
             "product_or_material_produced": "Product", "headquarters_location": "Place", "stock_exchange": "Organization"}
    with (folder / "train.sent").open(encoding="utf-8") as texts, (folder / "train.tup").open(encoding="utf-8") as tuples:
        for text, row in zip(texts, tuples, strict=True):
            labels: dict[str, str] = {}
            for head, tail, relation in (fact.strip().split(" ; ") for fact in row.split(" | ") if fact.count(" ; ") == 2):
                labels.setdefault(head, "Person" if relation == "employer" else "Company")
                labels[tail] = kinds.get(relation, "Company")
            yield "finred", "en", text.strip(), placed(text.strip(), labels)


def finre(folder: Path) -> Iterator[Sentence]:
    for line in (folder / "train.txt").read_text("utf-8").splitlines():
        if line.count("\t") == 3:
            head, tail, _, text = line.split("\t")
            yield "finre", "zh", text, placed(text, {head: "Company", tail: "Company"})


def placed(text: str, labels: dict[str, str]) -> list[Found]:
    """Mark where names stand in a text, longer ones first."""
    found: list[Found] = []
    for name, label in sorted(labels.items(), key=lambda item: -len(item[0])):
        at = text.find(name)
        if name and at >= 0 and not any(at < m.end and m.start < at + len(name) for m in found):
            found.append(Found(at, at + len(name), label, None, "given"))
    return found


def readings_in_sets(folder: Path, gazetteer: Gazetteer) -> Iterator[tuple[str, str, Stated]]:
    blank = {"en": spacy.blank("en"), "zh": spacy.blank("zh")}
    for name, reader in (("core", core), ("fire", fire), ("dfki_product", dfki), ("finred", finred), ("finre", finre)):
        for source, language, text, given in reader(folder / name) if (folder / name).is_dir() else ():
            doc = blank[language].make_doc(text)
            known = [m for m in gazetteer.find(text) if not any(m.start < g.end and g.start < m.end for g in given)]
            doc._.language, doc._.mentions = language, tuple(sorted((*given, *known), key=lambda m: m.start))
            mark_values(doc)
            yield from ((source, text, stated) for stated in relations.extract(doc))


def readings_in_corpora(folder: Path, gazetteer: Gazetteer, documents: int) -> Iterator[tuple[str, str, Stated]]:
    blank = {"en": spacy.blank("en"), "zh": spacy.blank("zh")}
    for path in sorted(folder.glob("*.jsonl")):
        for number, document in enumerate(read(path)):
            if number >= documents:
                break
            docs = []
            for sentence in split(document):
                doc = blank[sentence.language].make_doc(sentence.text)
                doc._.language, doc._.mentions = sentence.language, tuple(gazetteer.find(sentence.text))
                mark_values(doc)
                docs.append(doc)
            aliases.resolve(docs)
            for doc, topic in zip(docs, coreference.resolve(docs), strict=True):
                yield from ((path.stem.split("_")[0], doc.text, stated) for stated in relations.extract(doc, topic))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path)
    parser.add_argument("--documents", type=int, default=1_000_000, help="read at most so many documents of each corpus")
    parser.add_argument("--examples", type=Path, help="write every reading to this file, one a line")
    given = parser.parse_args()
    register()
    gazetteer = default_gazetteer()
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    sources: list[str] = []
    lines = given.examples.open("w", encoding="utf-8") if given.examples else None
    news = readings_in_corpora(given.data / "corpora", gazetteer, given.documents)
    for found in (readings_in_sets(given.data / "relations", gazetteer), news):
        for source, text, stated in found:
            counts[stated.reader][source] += 1
            if source not in sources:
                sources.append(source)
            if lines:
                ends = [text[m.start:m.end] or f"({m.reader})" for m in (stated.subject, stated.object)]
                lines.write("\t".join([source, stated.reader, ends[0], stated.relation, ends[1], " ".join(text.split())]) + "\n")
    for line in report(counts, sources):
        print(line)
    print(f"{sum(map(Counter.total, counts.values()))} readings", file=sys.stderr)


def report(counts: dict[str, Counter[str]], sources: list[str]) -> Iterator[str]:
    """Write the table in Markdown, frames without a reading apart."""
    frames = [frame for language in ("en", "zh") for frame in load_frames(language).frames if frame.pattern]
    yield "# What the frames read elsewhere\n"
    yield "Beside its examples, what each surface frame reads in the corpora and in the train parts of the sets"
    yield "(`benchmarks/attestation.py`).\n"
    yield f"| frame | relation | {' | '.join(sources)} | all |\n|---|---|{'---:|' * (len(sources) + 1)}"
    for frame in frames:
        row = counts.get(frame.id, Counter())
        if row.total():
            yield f"| {frame.id} | {frame.relation} | {' | '.join(str(row[source]) for source in sources)} | {row.total()} |"
    unattested = [frame.id for frame in frames if not counts.get(frame.id)]
    yield f"\n## Unattested\n\n{len(unattested)} of {len(frames)} frames read nothing there: they stand on their own examples alone.\n"
    yield ", ".join(unattested)


if __name__ == "__main__":
    main()
