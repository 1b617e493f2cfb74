"""Belief: how sure the graph may be of a fact, given the claims for it.

Noisy-or over independent voices (Pearl 1988; INDRA's belief engine does the same): each voice counts once, with its best claim;
copies of one text, the texts of one publisher, and the texts in one party's interest are one voice each.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache

from kg.knowledge.yaml_file import data_folder, read_yaml
from kg.model import Claim, Document


@dataclass(frozen=True, slots=True)
class Trust:
    """Prior trust in the kinds of documents, each 0..1 (`data/trust.yaml`)."""

    text: float
    reference: float
    interested_party: float
    ceiling: float

    def of(self, document: Document) -> float:
        """Return the prior trust in one document."""
        if document.kind == "reference":
            return self.reference
        return self.interested_party if document.interested_party else self.text


@cache
def load_trust() -> Trust:
    """Return the prior trust that ships with kg."""
    return Trust(**read_yaml(data_folder("trust.yaml")))


def voice(document: Document) -> str:
    """Return the name of the voice that speaks in a document."""
    if document.interested_party:
        return f"party {document.interested_party.casefold()}"
    return f"source {document.source.casefold()}" if document.source else f"text {document.sha256}"


def believe(claims: Iterable[Claim], documents: Mapping[str, Document], trust: Trust) -> tuple[float, int]:
    """Return the belief (0..1) in what the claims say together and the number of independent voices (support)."""
    best: dict[str, float] = {}
    texts: dict[str, str] = {}
    for claim in claims:
        document = documents[claim.document]
        speaker = texts.setdefault(str(document.metadata.get("voice", document.sha256)), voice(document))
        best[speaker] = max(best.get(speaker, 0.0), trust.of(document) * claim.confidence)
    doubt = 1.0
    for chance in best.values():
        doubt *= 1.0 - chance
    return round(min(1.0 - doubt, trust.ceiling), 4), len(best)
