"""What the frames read and what the encoder answers -> the relations that a sentence is taken to state.

Both: the claim bears both names. The frames alone, the encoder silent or unasked: the frame's reading stands. The encoder sure of something
else about the pair: the reading is rejected, with the reason. The encoder alone: a claim where its chance is high enough for that relation.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from spacy.tokens import Doc, Token

from kg.knowledge.ontology import load_ontology
from kg.nlp.asking import NAMED, Pair, Terms, load_terms
from kg.nlp.assertion import STRENGTH, assess
from kg.nlp.encoder import Answer
from kg.nlp.questions import NONE, REVERSE
from kg.nlp.spans import Assertion, Found, Stated, is_parsed

READER = "encoder"
DENIED = 0.6  # chance from which the encoder's "negated" or "ended" is heard


def agree(doc: Doc, answers: Mapping[Pair, Answer]) -> None:
    """Bring `doc._.relations` (read by frames) and the encoder's answers together; what is rejected goes to `doc._.rejected`."""
    terms = load_terms()
    kept: list[Stated] = []
    rejected: list[tuple[int, int, str]] = []
    for stated in doc._.relations:
        answer, label = _about(answers, stated)
        if answer is None or label is None or label.removeprefix(REVERSE) not in terms.relations:
            kept.append(stated)
            continue
        chance, (best, most) = answer.chances[label], answer.best
        if chance < terms.denial and most > terms.sure and best != NONE:
            rejected.append((*stated.trigger, f"{stated.reader}: {stated.relation}, where the encoder reads {best} ({most:.2f})"))
            continue
        kept.append(replace(stated, reader=f"{stated.reader}+{READER}") if chance >= 0.5 else stated)
    kept += _alone(doc, answers, kept, terms)
    doc._.relations = tuple(kept)
    if rejected:
        doc._.rejected = (*doc._.rejected, *rejected)


def _about(answers: Mapping[Pair, Answer], stated: Stated) -> tuple[Answer | None, str | None]:
    """Return the answer about a reading's pair, and the label that would say the same as the reading."""
    if (answer := answers.get((stated.subject, stated.object))) is not None:
        return answer, stated.relation
    if (answer := answers.get((stated.object, stated.subject))) is not None:
        return answer, stated.relation if load_ontology().facts[stated.relation].symmetric else REVERSE + stated.relation
    return None, None


def _alone(doc: Doc, answers: Mapping[Pair, Answer], kept: list[Stated], terms: Terms) -> list[Stated]:
    """Return the relations that only the encoder reads: of pairs that no frame relates, sure enough, and allowed by the ontology."""
    related = {frozenset((stated.subject, stated.object)) for stated in kept}
    told = {(frozenset((_who(stated.subject), _who(stated.object))), stated.relation) for stated in kept}
    found: list[Stated] = []
    for (head, tail), answer in answers.items():
        label, chance = answer.best
        relation = label.removeprefix(REVERSE)
        if chance < terms.relations.get(relation, 2.0) or frozenset((head, tail)) in related:
            continue
        subject, object_ = (tail, head) if label.startswith(REVERSE) else (head, tail)
        if not load_ontology().facts[relation].allows(subject.label, object_.label) or (subject.reader == NAMED and object_.reader == NAMED):
            continue
        if (frozenset((_who(subject), _who(object_))), relation) in told:
            continue
        trigger = _trigger(doc, subject, object_)
        found.append(Stated(subject, relation, object_, trigger, f"{READER}.{doc._.language}", {}, _assertion(doc, trigger, subject, answer), chance))
    return found


def _who(mention: Found) -> object:
    return mention.entity or mention


def _assertion(doc: Doc, trigger: tuple[int, int], subject: Found, answer: Answer) -> Assertion:
    """Say how it is asserted: by the cues, and where the encoder is sure of something warier, by that."""
    read = assess(doc, *trigger, subject=subject)
    heard = max(STRENGTH, key=lambda modality: answer.modality.get(modality, 0.0))
    warier = answer.modality[heard] >= 0.5 and STRENGTH.index(heard) > STRENGTH.index(read.modality)
    negated, ended = read.negated or answer.negated >= DENIED, read.ended or answer.ended >= DENIED
    return replace(read, modality=heard if warier else read.modality, negated=negated, ended=ended)


def _trigger(doc: Doc, subject: Found, object_: Found) -> tuple[int, int]:
    """Return the words that relate the two: where their paths in the tree meet, or without a tree what stands between them."""
    between = (min(subject.end, object_.end), max(subject.start, object_.start))
    if is_parsed(doc):
        one, other = (doc.char_span(each.start, each.end, alignment_mode="expand") for each in (subject, object_))
        if one is not None and other is not None:
            meeting = _meeting(one.root, other.root)
            if meeting is not None and not (one.start <= meeting.i < one.end or other.start <= meeting.i < other.end):
                return meeting.idx, meeting.idx + len(meeting.text)
    return between if between[0] < between[1] else (min(subject.start, object_.start), max(subject.end, object_.end))


def _meeting(one: Token, other: Token) -> Token | None:
    above = {one, *one.ancestors}
    return next((token for token in (other, *other.ancestors) if token in above), None)
