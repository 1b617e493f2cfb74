"""The types that travel from room to room. All frozen, all with a JSON Schema."""

from kg.model.claim import Argument, Claim, Mention, Modality, Origin, Rejected
from kg.model.document import Document, Language, Passage, PassageKind, Record
from kg.model.graph import Entity, Event, Fact, Graph, Metric, Reading, Values

__all__ = [
    "Argument", "Claim", "Document", "Entity", "Event", "Fact", "Graph", "Language", "Mention", "Metric", "Modality",
    "Origin", "Passage", "PassageKind", "Reading", "Record", "Rejected", "Values",
]
