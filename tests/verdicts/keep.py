"""Keeps verdicts without the third parties' texts: `python tests/verdicts/keep.py EXTRACTION DRAWN FIRST SECOND > FILE.tsv`.

DRAWN is what `draw.py` wrote; FIRST and SECOND hold a line a claim: claim, verdict (right or wrong), why. `path`, `offset`, `start` and `end`
say where the sentence stands, `own` how sure the claim's reader was of itself, before calibration.
Run it before the calibration is fitted anew: it undoes the one that the extraction was made with.
"""

from __future__ import annotations

import csv
import sys
from math import exp
from pathlib import Path

from kg.model import Claim
from kg.model.files import read_graph
from kg.nlp.confidence import group_of, load_calibration, logit

TOLD = ("relation", "subject", "object", "qualifiers", "modality", "holder")


def own(claim: Claim, kind: str | None) -> float:
    """Return what the reader said of the claim (0..1): the calibration undone."""
    calibration, group = load_calibration(), group_of(claim.relation, claim.reader, kind)
    known = calibration.groups[group]
    rate = (known.right + calibration.prior["right"]) / (known.judged + calibration.prior["judged"])
    return round(1 / (1 + exp(-((logit(claim.confidence) - logit(rate)) / calibration.slope + known.centre))), 2)


def read(path: str) -> list[dict[str, str]]:
    with Path(path).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


def main(folder: str, drawn: str, first: str, second: str) -> None:
    graph = read_graph(Path(folder))
    claims, documents = {claim.id: claim for claim in graph.claims}, {document.id: document for document in graph.documents}
    kinds = {event.id: event.kind for event in graph.events}
    verdicts = [{row["claim"]: row for row in read(path)} for path in (first, second)]
    print("path", "offset", "start", "end", *TOLD, "reader", "own", "first", "why", "second", "why2", sep="\t")
    for row in read(drawn):
        claim = claims[row["claim"]]
        document = documents[claim.document]
        judged = [cell for verdict in verdicts for cell in (verdict[claim.id]["verdict"], verdict[claim.id]["why"] or "")]
        print(Path(document.path).name, document.offset, claim.start, claim.end, *(row[name] for name in TOLD), claim.reader,
              own(claim, kinds.get(claim.object.id or "")), *judged, sep="\t")


if __name__ == "__main__":
    main(*sys.argv[1:])
