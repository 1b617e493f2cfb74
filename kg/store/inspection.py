"""A query module held against the ontology and against its own header, without a database: `kg check` shows what is found.

A fact that is walked must be filtered as every module's header promises, on the name that its pattern binds (or on one made of it):

    f.modality IN $modalities AND f.origin IN $origins AND NOT f.negated AND NOT f.ended AND f.belief >= $min_belief
    AND left(coalesce(f.first_seen, ''), 10) <= $as_of

What a module leaves out, it leaves out for a reason that it states: `// Without origins, as_of: ...` in the header speaks for the whole
module (also of `negated` and `ended`), a comment `// Unfiltered: ...` for the pattern on its line or on the next.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import chain, pairwise

from kg.errors import DataError
from kg.knowledge.ontology import Ontology
from kg.store.anatomy import Anatomy, Node, Use, dissect
from kg.store.queries import EVIDENCE_COLUMNS, STANDARD, Module
from kg.store.statements import ENTITY, NAMES
from kg.store.words import Scope

TIME_PARTS = frozenset({"year", "quarter", "month", "week", "day", "days", "weeks", "months", "years", "quarters"})
FILTERS = {
    "modalities": ("modality", ("IN", "$modalities")),
    "origins": ("origin", ("IN", "$origins")),
    "min_belief": ("belief", (">=", "$min_belief")),
    "as_of": ("first_seen", ("<=", "$as_of")),
    "negated": ("negated", ()),
    "ended": ("ended", ()),
}
"""What each filter reads of a fact, and what follows it; the flags, which nothing follows, stand after NOT."""
SAID = {
    "modalities": "{0}.modality IN $modalities", "origins": "{0}.origin IN $origins", "min_belief": "{0}.belief >= $min_belief",
    "as_of": "left(coalesce({0}.first_seen, ''), 10) <= $as_of", "negated": "NOT {0}.negated", "ended": "NOT {0}.ended",
}
NEAR = 10  # tokens between a property and what it is held against

Finding = tuple[int | None, str, str | None]
"""Where (a token, None for the header), what is wrong, and what to do about it."""

_UNFILTERED = re.compile(r"//\s*Unfiltered:\s*\S")


def inspect(module: Module, ontology: Ontology) -> Iterator[DataError]:
    """Yield what is wrong with a module, each with its line."""
    body = dissect(module.cypher)
    findings = chain(
        _labels_and_types(body, ontology), _properties(body, ontology), _directions(body, ontology), _filters(module, body, ontology),
        _parameters(module, body), _columns(module, body), _limit(body), _header(module),
    )
    for at, what, hint in findings:
        yield DataError(what, where=module.path, line=1 if at is None else body.line(at), hint=hint)


def _labels_and_types(body: Anatomy, ontology: Ontology) -> Iterator[Finding]:
    for node in body.nodes:
        for label in sorted(node.labels - {ENTITY, *ontology.labels}):
            yield node.at, f"the ontology has no label {label}", f"it has {', '.join(ontology.labels)}"
    for walk in body.walks:
        for name in walk.types:
            if name not in ontology.relations:
                yield walk.at, f"the ontology has no relationship type {name}", f"it has {', '.join(ontology.relations)}"


def _properties(body: Anatomy, ontology: Ontology) -> Iterator[Finding]:
    bound = _bound(body, ontology)
    anything = {*body.keys, *TIME_PARTS, *_properties_of_labels((), ontology), *_properties_of_types((*ontology.relations,), ontology)}
    for at, name, prop in body.uses:
        if prop not in bound.get(name, anything):
            yield at, f"{name} has no property {prop}", f"it has {', '.join(sorted(bound[name]))}" if name in bound else None
    for node in body.nodes:
        for key in {*node.keys} - _properties_of_labels((*node.labels,), ontology):
            yield node.at, f"{'|'.join(sorted(node.labels)) or 'a node'} has no property {key}", None
    for walk in body.walks:
        for key in {*walk.keys} - _properties_of_types(walk.types, ontology):
            yield walk.at, f"{'|'.join(walk.types) or 'a fact'} has no property {key}", None


def _bound(body: Anatomy, ontology: Ontology) -> dict[str, set[str]]:
    """Return the properties of each name that a pattern binds to labels or types; a name bound twice has those of both."""
    bound: dict[str, set[str]] = {}
    for node in body.nodes:
        if node.name and node.labels:
            bound.setdefault(node.name, set()).update(_properties_of_labels((*node.labels,), ontology))
    for walk in body.walks:
        if walk.name:
            bound.setdefault(walk.name, set()).update(_properties_of_types(walk.types, ontology))
    return bound


def _properties_of_labels(labels: tuple[str, ...], ontology: Ontology) -> set[str]:
    """Return what nodes of any of these labels may have; of any label at all where none is given. Unknown labels are said elsewhere."""
    if ENTITY in labels:
        labels = (*labels, *ontology.entity_labels)
    known = [ontology.labels[name] for name in labels or ontology.labels if name in ontology.labels]
    named = {"id", *NAMES} if any(label.entity for label in known) else {"id", "name"}
    return named.union(*(label.properties for label in known))


def _properties_of_types(types: tuple[str, ...], ontology: Ontology) -> set[str]:
    """Return what relationships of any of these types may have; facts of any type where none is given."""
    known = [ontology.relations[name] for name in types or ontology.facts if name in ontology.relations]
    return set().union(*(relation.own for relation in known), *(ontology.proof for relation in known if not relation.evidence))


def _directions(body: Anatomy, ontology: Ontology) -> Iterator[Finding]:
    for walk in body.walks:
        relations = [ontology.relations[name] for name in walk.types if name in ontology.relations]
        if not walk.directed and not (relations and all(relation.symmetric for relation in relations)):
            yield walk.at, "a relationship is matched in either direction", "draw its arrow"
        if not walk.bounded:
            yield walk.at, "a path has no upper bound of hops", "such as *1..4"
        ends = _labels(walk.source, ontology), _labels(walk.target, ontology)
        for relation in relations:
            if walk.directed and walk.single and not any(relation.allows(one, other) for one in ends[0] for other in ends[1]):
                said = " to a ".join("|".join(sorted(node.labels)) if node and node.labels else "node" for node in (walk.source, walk.target))
                yield walk.at, f"{relation.name} never leads from a {said}", None


def _labels(node: Node | None, ontology: Ontology) -> set[str]:
    """Return the labels that a node of a pattern may bear."""
    if node is None or not node.labels:
        return set(ontology.labels)
    return set(ontology.entity_labels) if ENTITY in node.labels else set(node.labels)


def _filters(module: Module, body: Anatomy, ontology: Ontology) -> Iterator[Finding]:
    applied = [(name, what, use) for use in body.uses for what in FILTERS if (name := _filtered(use, what, body))]
    quiet = {comment.line + after for comment in body.comments if _UNFILTERED.match(comment.text) for after in (0, 1)}
    for walk in body.walks:
        if body.line(walk.at) in quiet or not any(name in ontology.facts for name in walk.types or ontology.facts):
            continue
        if not (walk.name or walk.path):
            yield walk.at, f"a fact ({'|'.join(walk.types) or 'of any type'}) is walked without a name to filter", "name it and filter it"
            continue
        names = body.made_of(walk.name, walk.path)
        for what in FILTERS:
            if what not in module.without and not any(
                name in names and known == what and use.at > walk.at and _sees(body.scopes[use.at], body.scopes[walk.at])
                for name, known, use in applied
            ):
                name = walk.name or walk.path or "f"
                yield walk.at, f"{name} is walked without its filter by {what}", SAID[what].format(name)


def _filtered(use: Use, what: str, body: Anatomy) -> str | None:
    """Return the name that a use of a property filters by `what`, None where it does not."""
    prop, held = FILTERS[what]
    if use.property != prop:
        return None
    if not held:  # NOT f.negated, NOT coalesce(f.negated, false)
        return use.name if any(body.is_word(at, "NOT") for at in range(max(0, use.at - 3), use.at)) else None
    operator, parameter = held
    after = [token.text for token in body.tokens[use.at + 3 : use.at + 3 + NEAR]]
    return use.name if (operator, parameter) in pairwise(after) else None


def _sees(filter_: Scope, walk: Scope) -> bool:
    """Tell whether a filter acts on a walk: it stands in the same subquery (and branch), in one around it, or in one inside."""
    return filter_[: len(walk)] == walk or walk[: len(filter_)] == filter_


def _parameters(module: Module, body: Anatomy) -> Iterator[Finding]:
    declared = {parameter.name for parameter in module.parameters}
    for name in sorted(declared - {*body.parameters}):
        yield None, f"the parameter {name} is declared and never used", None
    for name in sorted({*body.parameters} - declared):
        yield body.parameters[name], f"${name} is used and not declared", f"// Param: {name}: ..."
    for name in STANDARD:
        if name not in {*declared, *module.without}:
            yield None, f"has no parameter {name}", f"every question takes it; one that cannot says why: // Without {name}: ..."


def _columns(module: Module, body: Anatomy) -> Iterator[Finding]:
    declared, returned = [column.name for column in module.columns], [item.name for item in body.items]
    if declared != returned:
        yield body.answer, f"declares the columns {', '.join(declared)} and returns {', '.join(returned)}", None
    if tuple(declared[-len(EVIDENCE_COLUMNS) :]) != EVIDENCE_COLUMNS:
        yield None, f"does not end its columns in {', '.join(EVIDENCE_COLUMNS)}", None


def _limit(body: Anatomy) -> Iterator[Finding]:
    if not body.limited:
        yield body.answer, "has no LIMIT", "end with LIMIT $limit"


def _header(module: Module) -> Iterator[Finding]:
    if module.version is None:
        yield None, "has no line `// Version: 1`", None
    if not module.tags:
        yield None, "has no line `// Tags: ...`", None
    for column in module.columns:
        if column.type is None:
            yield None, f"the column {column.name} has no type", f"// Column: {column.name}: type (unit) -- what it is"
