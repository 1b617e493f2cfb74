"""Screening: does a claim fit the ontology? What does not fit is rejected with its reason, never mended."""

from __future__ import annotations

from kg.knowledge.ontology import Ontology


def objection(ontology: Ontology, subject: str, subject_label: str, relation: str, object: str, object_label: str) -> str | None:
    """Return why a relation may not link two nodes (given by id and label), or None when it may."""
    kind = ontology.facts.get(relation)
    if kind is None:
        return f"there is no relation {relation}"
    if subject == object:
        return f"{relation} would link a thing to itself"
    if subject_label not in kind.domain:
        return f"a {subject_label} cannot be the subject of {relation}"
    if object_label not in kind.range:
        return f"a {object_label} cannot be the object of {relation}"
    if not kind.allows(subject_label, object_label):
        return f"{relation} links two of one kind, not a {subject_label} and a {object_label}"
    return None
