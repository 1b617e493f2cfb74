"""Draws the claims that people judge: `python tests/verdicts/draw.py EXTRACTION COUNT SEED [READ.tsv ...] > FILE.tsv`.

One line a claim: the sentence, relation, subject, object, what qualifies it, modality (with "not" and "ended"), holder; two empty columns
for the verdict (right or wrong) and why. Half are drawn from Chinese documents where there are enough, none from a document that a READ.tsv
names (path and offset: a file of verdicts, or a list of what was read).
"""

from __future__ import annotations

import csv
import random
import sys
from pathlib import Path

from kg.model.files import read_graph


def places(path: Path) -> set[tuple[str, str]]:
    """Return the documents that a file names: the file in which each stands, and where."""
    with path.open(encoding="utf-8", newline="") as file:
        return {(Path(row["path"]).name, row["offset"]) for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)}


def _against(basis: str | None) -> str:
    """Say what a change is measured against, where that is a time: yoy and the like say it themselves."""
    return f"since/against {basis}" if basis and basis[0].isdigit() else basis or ""


def main(folder: str, count: int, seed: int, *read: str) -> None:
    known = {place for path in read for place in places(Path(path))}
    graph = read_graph(Path(folder))
    documents = {document.id: document for document in graph.documents}
    names = {entity.id: entity.name for entity in graph.entities}
    names |= {event.id: f"[{event.kind} {event.date or event.period or ''} {event.display or ''}]" for event in graph.events}
    names |= {metric.id: f"[{metric.name} {metric.display} {metric.segment or ''} {metric.period or ''} {_against(metric.basis)}]" for metric in graph.metrics}
    fresh = {key for key, document in documents.items() if document.kind == "text" and (Path(document.path).name, str(document.offset)) not in known}
    texts = [claim for claim in graph.claims if claim.document in fresh]
    chance = random.Random(seed)
    drawn = []
    for language in ("zh", "en"):
        own = sorted((claim for claim in texts if documents[claim.document].language == language), key=lambda claim: claim.id)
        drawn += chance.sample(own, min(count // 2, len(own)))
    print("claim", "sentence", "relation", "subject", "object", "qualifiers", "modality", "holder", "verdict", "why", sep="\t")
    for claim in drawn:
        marks = [claim.modality, *(["not"] if claim.negated else []), *(["ended"] if claim.ended else [])]
        qualifiers = "; ".join(f"{key}={names.get(str(value), value)}" for key, value in claim.qualifiers.items())
        cells = (claim.id, claim.text, claim.relation, names[claim.subject.id or ""], names[claim.object.id or ""], qualifiers, " ".join(marks),
                 names.get(claim.holder or "", ""), "", "")
        print(*(" ".join(str(cell).split()) for cell in cells), sep="\t")


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]), *sys.argv[4:])
