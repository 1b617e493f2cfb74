"""Dependency frames: predicates and their arguments over Universal Dependencies trees, for arguments that stand far apart.

The rules of argument resolution (subjects shared by conjuncts and open complements, relative clauses, participles, appositions) follow
PredPatt (White et al. 2016, "Universal Decompositional Semantics on Universal Dependencies").

Roles of a frame are `agent` (who does it: subject, or by-phrase of a passive), `theme` (object, or subject of a passive), `self` (what a
noun stands for: "X, a supplier of Y", "X is a supplier of Y"), `poss`, a preposition (`to`, `from`, `of`, ...), or alternatives of these
(`to|for`). A typed value is `value.KIND`: one that belongs to the predicate or to one of its arguments.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from spacy.tokens import Doc, Token

from kg.errors import DataError
from kg.knowledge.frames import Frame, Frames, Syntax
from kg.knowledge.ontology import Ontology
from kg.nlp.draft import Draft
from kg.nlp.shadow import VALUE_KINDS
from kg.nlp.spans import Found, Quantity, is_parsed
from kg.nlp.surface import Match

_ENDS = frozenset({"subject", "object"})
_SUBJECTS = frozenset({"nsubj", "csubj"})
_PASSIVE = frozenset({"nsubj:pass", "nsubjpass", "aux:pass", "auxpass"})
_DEPTH = 4  # how far a shared subject is sought upwards


class Predicates:
    """The dependency frames of one language, by the lemma of their predicate."""

    def __init__(self, frames: Frames, ontology: Ontology) -> None:
        self.ontology = ontology
        self.tree = Tree(frames.syntax)
        self.frames = tuple(frame for frame in frames.frames if frame.predicate is not None)
        for frame in self.frames:
            _check(frame, ontology)
        self._fitting: dict[frozenset[str], dict[str, list[Frame]]] = {}

    def matches(self, doc: Doc) -> Iterator[Match]:
        """Yield what the frames read in a parsed sentence (nothing where there is no parse)."""
        by_lemma = self._by_lemma(frozenset(mention.label for mention in doc._.mentions))
        if not by_lemma or (isinstance(doc, Draft) and not doc.may_hold(frozenset(by_lemma))) or not is_parsed(doc):
            return
        if isinstance(doc, Draft):
            doc.write()
        for token in doc:
            for frame in by_lemma.get(token.lemma_.lower(), by_lemma.get(token.lower_, ())):
                match = self._match(frame, token)
                if match is not None:
                    yield match

    def _by_lemma(self, labels: frozenset[str]) -> Mapping[str, list[Frame]]:
        """Return the frames, by lemma, whose ends mentions of these labels can fill."""
        if labels not in self._fitting:
            by_lemma = self._fitting[labels] = {}
            for frame in self.frames:
                allowed = [self._allowed(frame, end) for end in _ENDS & set(frame.roles)]
                if all(end is None or not labels.isdisjoint(end) for end in allowed):
                    for lemma in frame.predicate.lemma if frame.predicate else ():
                        by_lemma.setdefault(lemma, []).append(frame)
        return self._fitting[labels]

    def _allowed(self, frame: Frame, role: str) -> Sequence[str] | None:
        """Return the labels of the mentions that may fill a role; None where any may."""
        relation = self.ontology.facts[frame.relation]
        return frame.labels.get(role) or {"subject": relation.domain, "object": relation.range}.get(role)

    def _match(self, frame: Frame, token: Token) -> Match | None:
        assert frame.predicate is not None
        if token.pos_ not in frame.predicate.pos:
            return None
        for role, lemmas in frame.predicate.with_.items():
            if not any(head.lemma_.lower() in lemmas for head in self.tree.arguments(token, role)):
                return None
        mentions: dict[str, tuple[Found, ...]] = {}
        values: dict[str, Quantity] = {}
        heads: list[Token] = []
        for role, source in frame.roles.items():
            if source.startswith("value."):
                continue
            allowed = self._allowed(frame, role)
            found = tuple(dict.fromkeys(m for head in self.tree.arguments(token, source) for m in self.tree.fillers(head, allowed)))
            if found:
                mentions[role] = found
                heads += list(self.tree.arguments(token, source))
            elif role in _ENDS:
                return None
        for role, source in frame.roles.items():
            if source.startswith("value.") and (quantity := _value(token, heads, source.removeprefix("value."))) is not None:
                values[role] = quantity
        return Match(frame, mentions, values, {}, (token.idx, token.idx + len(token.text)))


class Tree:
    """Reads arguments off dependency trees of one language."""

    def __init__(self, syntax: Syntax) -> None:
        self.syntax = syntax

    def arguments(self, predicate: Token, roles: str) -> list[Token]:
        """Return the heads of the arguments that stand in one of `roles` ("to|for") to a predicate."""
        found: list[Token] = []
        for role in roles.split("|"):
            if role == "agent":
                found += self._agents(predicate)
            elif role == "theme":
                found += self._themes(predicate)
            elif role == "self":
                found += self._selves(predicate)
            elif role == "poss":
                found += [child for child in predicate.children if child.dep_ == "nmod:poss"]
            else:
                found += self._obliques(predicate, role)
        return list(dict.fromkeys(found))

    def fillers(self, head: Token, labels: Sequence[str] | None = None) -> list[Found]:
        """Return the mentions that an argument names: itself, conjuncts, its own name ("chip maker X"), examples ("clients such as X")."""
        found: list[Found] = []
        for member in self._conjuncts(head):
            own = self._named(member, labels) or self._own_name(member, labels)
            examples = [each for example in self._examples(member) for each in self._conjuncts(example)]
            found += own or [m for example in examples for m in self._named(example, labels)]
        return found

    def _agents(self, predicate: Token, depth: int = 0) -> list[Token]:
        if self._is_passive(predicate):
            return [head for mark in self.syntax.agent_marks for head in self._obliques(predicate, mark)]
        own = [child for child in predicate.children if child.dep_ in _SUBJECTS]
        if own:
            return [antecedent for child in own for antecedent in self._antecedent(child, predicate)]
        return self._shared_subject(predicate, depth)

    def _shared_subject(self, predicate: Token, depth: int) -> list[Token]:
        """Find the subject that a conjunct, an open complement, a participle or a relative clause takes from above."""
        head, dep = predicate.head, predicate.dep_
        if depth > _DEPTH or head is predicate:
            return []
        if dep in {"acl:relcl", "acl"}:
            if head.lemma_.lower() in self.syntax.controlled:
                owner = [child for child in head.children if child.dep_ == "nmod:poss"]
                return owner or (self._agents(head.head, depth + 1) if head.dep_ == "obj" else [])
            active = dep == "acl:relcl" or predicate.tag_ == "VBG" or "VerbForm=Ger" in predicate.morph
            return [head] if active else []
        if dep == "xcomp":
            controller = [child for child in head.children if child.dep_ in {"obj", "iobj"}]
            return controller or self._subjects_of_any_voice(head, depth + 1)
        if dep in {"conj", "advcl", "parataxis"}:
            return self._subjects_of_any_voice(head, depth + 1)
        return []

    def _subjects_of_any_voice(self, verb: Token, depth: int) -> list[Token]:
        subjects = [child for child in verb.children if child.dep_ in _SUBJECTS or child.dep_ in {"nsubj:pass", "nsubjpass"}]
        if subjects:
            return [antecedent for child in subjects for antecedent in self._antecedent(child, verb)]
        return self._shared_subject(verb, depth)

    def _themes(self, predicate: Token) -> list[Token]:
        if self._is_passive(predicate):
            subjects = [child for child in predicate.children if child.dep_ in {"nsubj:pass", "nsubjpass"}]
            if subjects:
                return [antecedent for child in subjects for antecedent in self._antecedent(child, predicate)]
            return [predicate.head] if predicate.dep_.startswith("acl") else self._shared_subject(predicate, 0)
        objects = [child for child in predicate.children if child.dep_ in {"obj", "dobj"}]
        if objects:
            return [antecedent for child in objects for antecedent in self._antecedent(child, predicate)]
        relative_object = predicate.dep_ == "acl:relcl" and any(
            child.dep_ in _SUBJECTS and child.lemma_.lower() not in self.syntax.relative for child in predicate.children)
        return [predicate.head] if relative_object else []

    def _selves(self, noun: Token) -> list[Token]:
        """Return what a noun stands for: its subject under a copula, the name that it is in apposition to, the name that it introduces."""
        found = [antecedent for child in noun.children if child.dep_ == "nsubj" for antecedent in self._antecedent(child, noun)]
        if noun.dep_ in {"appos", "compound", "flat"} or (noun.dep_ == "conj" and noun.head.dep_ == "appos"):
            found.append(noun.head.head if noun.dep_ == "conj" else noun.head)
        found += [child for child in noun.children if child.dep_ in {"appos", "flat"}]
        if noun.dep_ == "obl" and any(child.dep_ == "case" and child.lower_ == "as" for child in noun.children):
            found += self._themes(noun.head) or self._agents(noun.head)
        return found

    def _obliques(self, predicate: Token, preposition: str) -> list[Token]:
        places = [predicate, *(child for child in predicate.children if child.dep_ in {"obj", "dobj", "xcomp"})]
        for place in places[1:]:  # a phrase is often attached too low: "parts of all sizes to X"
            places += [child for child in place.children if child.dep_ == "nmod"]
        phrases = [child for place in places for child in place.children if child.dep_.split(":")[0] in {"obl", "nmod"}]
        found = [phrase for phrase in phrases if any(case.dep_ == "case" and case.lower_ == preposition for case in phrase.children)]
        if preposition == "to":
            found += [child for child in predicate.children if child.dep_ == "iobj"]
        return found

    def _antecedent(self, token: Token, predicate: Token) -> list[Token]:
        """Put the noun before a relative clause for its pronoun."""
        if token.lower_ in self.syntax.relative and predicate.dep_ == "acl:relcl":
            return [predicate.head]
        return [token]

    def _is_passive(self, predicate: Token) -> bool:
        if any(child.dep_ in _PASSIVE for child in predicate.children):
            return True
        participle = predicate.tag_ == "VBN" or ("VerbForm=Part" in predicate.morph and "Tense=Past" in predicate.morph)
        if predicate.dep_ == "acl" and participle:
            return True
        shared = predicate.dep_ == "conj" and participle and not any(child.dep_ in {"aux", *_SUBJECTS} for child in predicate.children)
        return shared and predicate.head.pos_ == "VERB" and self._is_passive(predicate.head)

    def _conjuncts(self, head: Token) -> list[Token]:
        members = [head]
        for member in members:
            members += [child for child in member.children if child.dep_ == "conj" and child not in members]
        return members

    def _examples(self, head: Token) -> list[Token]:
        if head.pos_ == "PROPN":
            return []
        return [child for child in head.children if child.dep_ in {"nmod", "acl"} and any(
            case.dep_ in {"case", "mark"} and case.lemma_.lower() in self.syntax.examples for case in child.children)]

    def _named(self, token: Token, labels: Sequence[str] | None) -> list[Found]:
        start, end = token.idx, token.idx + len(token.text)
        return [m for m in token.doc._.mentions if m.start < end and start < m.end and (labels is None or m.label in labels)]

    def _own_name(self, head: Token, labels: Sequence[str] | None) -> list[Found]:
        """Return the name that a common noun carries: in apposition, or, for products, in front ("H200 chips")."""
        found = [m for child in head.children if child.dep_ in {"appos", "flat"} for m in self._named(child, labels)]
        if not found and head.pos_ == "NOUN":
            found = [m for child in head.children if child.dep_ == "compound" for m in self._named(child, labels) if m.label == "Product"]
        return found


def _value(predicate: Token, heads: list[Token], kind: str) -> Quantity | None:
    """Return the nearest value of a kind that hangs on the predicate or on one of its arguments."""
    owners = {predicate, *heads, *(child for child in predicate.children if child.dep_ in {"obj", "obl"})}
    inside = []
    for quantity in predicate.doc._.values:
        span = predicate.doc.char_span(quantity.start, quantity.end, alignment_mode="expand")
        if quantity.kind == kind and span is not None and (span.root in owners or span.root.head in owners):
            inside.append((abs(span.root.i - predicate.i), quantity.start, quantity))
    return min(inside)[2] if inside else None


def _check(frame: Frame, ontology: Ontology) -> None:
    relation = ontology.facts[frame.relation]
    for role, source in frame.roles.items():
        if source.startswith("value.") and source.removeprefix("value.") not in VALUE_KINDS:
            raise DataError(f"{frame.id}: {role}: there is no {source}", where=frame.where, line=frame.line)
        if source.startswith("value.") and role not in relation.own:
            raise DataError(f"{frame.id}: {relation.name} has no property {role}", where=frame.where, line=frame.line)
