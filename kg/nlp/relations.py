"""Frames at work: a sentence with its mentions and values -> the relations that it states."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import cache
from typing import Any

from spacy.tokens import Doc

from kg.knowledge.frames import Frame, Frames, load_frames
from kg.knowledge.lexicon import load_lexicon
from kg.knowledge.ontology import Ontology, RelationType, load_ontology
from kg.model import Language
from kg.nlp.assertion import assess
from kg.nlp.both import hedged, in_other_language
from kg.nlp.literals import Screen
from kg.nlp.predicates import Predicates
from kg.nlp.shadow import shade
from kg.nlp.spans import Assertion, Found, Quantity, Stated, is_parsed
from kg.nlp.surface import Match, compile_surface

SOURCE = "source"


class Engine:
    """All frames of one language, compiled: words that no frame can do without are looked for first, in one pass."""

    def __init__(self, frames: Frames, ontology: Ontology) -> None:
        self.frames, self.ontology = frames, ontology
        written: dict[tuple[str, bool], str] = {}
        patterns = (frame for frame in frames.frames if frame.pattern is not None)
        self.surfaces = tuple(compile_surface(frame, frames, ontology, written) for frame in patterns)
        self.granted = frozenset(frame.id for frame in frames.frames if frame.presupposed)
        self.predicates = Predicates(frames, ontology)
        self.parsed = frozenset(frame.id for frame in frames.frames if frame.predicate is not None)
        self.screen = Screen((surface, surface.needs) for surface in sorted(self.surfaces, key=lambda surface: surface.frame.id))

    def speaks(self, text: str) -> bool:
        """Tell whether a text holds the words that some frame cannot do without."""
        return bool(self.screen.met(text))

    def read(self, doc: Doc, topic: Found | None = None, only: Collection[str] | None = None) -> list[Stated]:
        """Return what the frames read in a sentence, one reading for each pair and relation; the rest goes to `doc._.rejected`.

        With `only`, what the patterns read of these relations: no frame that needs a parse is asked.
        """
        if not doc._.mentions:  # no relation has no name at all
            return []
        stated: list[Stated] = []
        for match in self.surface_matches(doc, only) if only is not None else (*self.surface_matches(doc), *self.predicates.matches(doc)):
            stated += _readings(doc, match, self.ontology, topic)
        if not stated:
            return []
        kept, rejected = _settle(self._nearest(stated), self.ontology)
        if rejected:
            doc._.rejected = (*doc._.rejected, *rejected)
        return kept

    def _nearest(self, stated: list[Stated]) -> list[Stated]:
        """Leave out what the tree reads of a verb for whom stands further off than its subject by a pattern ("A owns X, while B operates Y")."""
        written = [each for each in stated if each.reader not in self.parsed]
        return [
            each for each in stated
            if each.reader not in self.parsed or not (
                rivals := [other for other in written if (other.relation, other.object) == (each.relation, each.object) and _overlap(other, each)]
            ) or each.subject in {other.subject for other in rivals} or each.subject.end > min(other.subject.start for other in rivals)
        ]

    def hedged(self, stated: Stated, doc: Doc) -> Stated:
        """Return a reading of one of these frames as the other language of its sentence hedges it (see `kg.nlp.both`)."""
        return stated if stated.reader in self.granted else hedged(stated, doc)

    def surface_matches(self, doc: Doc, only: Collection[str] | None = None) -> list[Match]:
        """Return where patterns match (those of the relations `only`, where told), before anything is asked about what they say."""
        language = self.frames.language
        hopes = doc._.hopes or {}
        if only is not None and language in hopes and not any(surface.frame.relation in only for surface in hopes[language]):
            return []  # more names leave fewer words: no pattern that could not match before can now
        shadow = shade(doc, self.frames)
        alone = len(shadow.mentions) < 2
        hopeful = self.screen.hopeful(shadow.text) if only is None or language not in hopes else hopes[language]
        if only is None:
            doc._.hopes = {**hopes, language: hopeful}
        return [match for surface in hopeful
                if (only is None or surface.frame.relation in only) and (surface.frame.unsaid or not alone) and surface.fits(shadow.labels)
                for match in surface.matches(shadow)]


@cache
def engine(language: Language) -> Engine:
    """Return the engine of `language` over the frames that ship with kg."""
    return Engine(load_frames(language), load_ontology())


def extract(doc: Doc, topic: Found | None = None, only: Collection[str] | None = None) -> list[Stated]:
    """Return the relations that a sentence states, read by the frames of its pipeline's language.

    A sentence of both languages is read by the frames of both. Needs `doc._.mentions` and `doc._.values`; dependency frames also need a
    parse. A relation whose subject has the reader `source` (and no length) is said by the source of the document. `topic` is what the
    sentence is about where it names no subject. With `only`, what the patterns read of these relations.
    """
    stated = engine(doc._.language).read(doc, topic, only)
    twin = in_other_language(doc) if doc._.mentions else None
    if twin is None:
        return stated
    ours, theirs = engine(doc._.language), engine(twin._.language)
    bilingual = [*(ours.hedged(each, twin) for each in stated), *(theirs.hedged(each, doc) for each in theirs.read(twin, topic, only))]
    kept, rejected = _settle(bilingual, ours.ontology)
    doc._.rejected = (*twin._.rejected, *rejected)  # the twin began with what was rejected before it
    return kept


def matched(doc: Doc, only: Collection[str]) -> set[Found]:
    """Return the mentions that patterns of these relations would link, whatever the sentence then says of them: no parse is needed."""
    twin = in_other_language(doc)
    docs = [doc] if twin is None else [doc, twin]
    found: set[Found] = set()
    for each in docs:
        for match in engine(each._.language).surface_matches(each, only):
            ends = [*match.mentions.get("subject", ()), *match.mentions.get("object", ())]
            if len(ends) > 1 or match.frame.unsaid:
                found |= {*ends}
    return found


def _readings(doc: Doc, match: Match, ontology: Ontology, topic: Found | None) -> Iterable[Stated]:
    relation = ontology.facts[match.frame.relation]
    subjects = match.mentions.get("subject", ())
    if match.frame.subject is not None:
        unnamed = Found(0, 0, "Company", None, SOURCE) if match.frame.subject == SOURCE else topic
        subjects = (unnamed,) if unnamed is not None else ()
    objects = match.mentions.get("object", ())
    if match.frame.object is not None:
        objects = (topic,) if topic is not None else ()
    if match.frame.unsaid and relation.name == "SUPPLIES" and topic is not None and topic.reader == "topic.near":
        return  # whom the sentence before names may be the last supplier that was told of, not who buys
    if len(subjects) > 1 and _speaks_of_the_last(doc, subjects, match.trigger):
        subjects = (max(subjects, key=lambda m: m.start),)
    lists = [(role, members) for role, members in match.mentions.items() if role not in {"subject", "object"}]
    assertions: dict[Found, Assertion] = {}
    for subject in subjects:
        for object_ in objects:
            if subject == object_ or (subject.entity and subject.entity == object_.entity):
                continue
            if not relation.allows(subject.label, object_.label):
                continue
            if match.frame.set.get("sole") and describes_another(doc, object_):  # the only maker of a part is not that of the whole
                continue
            if relation.name == "PRODUCES" and runs_on_another(doc.text, object_):
                continue
            if _only_says_so(doc, object_):
                continue
            if subject not in assertions:
                assertions[subject] = _assertion(doc, match.frame, match.trigger, subject)
            assertion = assertions[subject]
            if relation.name == "ACQUIRES" and minority(doc, object_):  # who buys a part of a firm invests in it
                if ontology.facts["INVESTS_IN"].allows(subject.label, object_.label):
                    yield Stated(subject, "INVESTS_IN", object_, match.trigger, match.frame.id, {}, assertion, match.frame.confidence)
                else:
                    doc._.rejected = (*doc._.rejected, (*match.trigger, f"{match.frame.id}: {relation.name}, where less than half changes hands"))
                continue
            share = match.shares.get(object_)
            values = {**match.values, **({share.role: share.quantity} if share else {})}
            constant = {**_values(match.frame, values, relation), **match.words, **match.frame.set}
            if "joint" in relation.own and share and len(share.together) > 1:
                constant["joint"] = share.together
            if "state" in relation.own:
                planned = assertion.modality in {"plan", "forecast", "hypothetical"}
                constant.setdefault("state", "planned" if planned else "installed")
            for qualifiers in _combinations(constant, lists, relation, {subject, object_}):
                yield Stated(subject, relation.name, object_, match.trigger, match.frame.id, qualifiers, assertion, match.frame.confidence)


def _overlap(one: Stated, other: Stated) -> bool:
    return one.trigger[0] < other.trigger[1] and other.trigger[0] < one.trigger[1]


_WHICH_ONE = re.compile(r"\s*,\s*which\s+(?:\w+\s+)?")


def _speaks_of_the_last(doc: Doc, subjects: Sequence[Found], trigger: tuple[int, int]) -> bool:
    """Tell whether a relative clause in the singular follows a list: "A, B and C, which makes ..." is said of C."""
    end, (start, stop) = max(m.end for m in subjects), trigger
    if doc._.language != "en" or end > start:
        return False
    text = doc.text
    return _WHICH_ONE.fullmatch(text, end, start) is not None and text[start:stop].partition(" ")[0].endswith("s")


HALF = 50.0
_STAKE_ZH = re.compile(r"(?:不超过|不低于|约|合计|公司|的|其|剩余|部分)*")
_SHARES_ZH = re.compile(r"的?(?:股权|股份|股票|出资|权益)")
_STAKE_EN = re.compile(r"\s+(?:\w+\s+)?(?:stake|interest|(?:share)?holding|of the shares|of)\s+(?:in|of)?\s*(?:the\s+)?", re.IGNORECASE)
_SAID = re.compile(r"\s+(?:analysts?\s+|has\s+)?(?:said|says|reported|reports|wrote|estimates?|estimated|noted|added)\b")


def describes_another(doc: Doc, mention: Found) -> bool:
    """Tell whether a product's name only describes the noun after it ("EUV mirrors" are no EUV machines), by the parse where there is one.

    The kind of thing the product is ("B300 chips", "EUV machines") may follow: the lexicon knows those words.
    """
    if mention.label != "Product" or doc._.language != "en" or not is_parsed(doc):
        return False
    span = doc.char_span(mention.start, mention.end, alignment_mode="expand")
    if span is None or span.end >= len(doc):
        return False
    head, after = span.root.head, doc[span.end]
    return head == after and span.root.dep_ == "compound" and head.pos_ == "NOUN" and not _is_kind(head.text)


def runs_on_another(text: str, mention: Found) -> bool:
    """Tell whether software is named only to say what runs on the things meant: who makes "Android phones" does not make Android."""
    known = load_lexicon()
    if mention.entity not in known or known[mention.entity or ""].kind != "software":
        return False
    return bool(_hardware().match(text, mention.end))


def minority(doc: Doc, mention: Found) -> bool:
    """Tell whether a share of a firm changes hands that is less than half of it: who buys that buys no firm."""
    for value in doc._.values:
        share = value.values.value if value.values.value is not None else value.values.high
        if value.kind != "percent" or share is None or not 0 < share < HALF:
            continue
        beside = (
            _STAKE_ZH.fullmatch(doc.text[mention.end : value.start]) and _SHARES_ZH.match(doc.text, value.end)
            if doc._.language == "zh"
            else value.end <= mention.start and _STAKE_EN.fullmatch(doc.text[value.end : mention.start])
        )
        if beside:
            return True
    return False


def _only_says_so(doc: Doc, mention: Found) -> bool:
    """Tell whether a name only ends the sentence as its source: "makes phones for X, Y said"."""
    if doc._.language != "en" or mention.label not in ("Company", "Organization", "Person"):
        return False
    return doc.text[: mention.start].rstrip().endswith(",") and bool(_SAID.match(doc.text, mention.end))


@cache
def _hardware() -> re.Pattern[str]:
    return re.compile(load_frames("en").syntax.hardware, re.IGNORECASE)


@cache
def _kinds() -> re.Pattern[str]:
    return re.compile(load_frames("en").syntax.after_thing.replace("<value>", ""), re.IGNORECASE)


def _is_kind(word: str) -> bool:
    return bool(_kinds().fullmatch(f" {word}"))


def _assertion(doc: Doc, frame: Frame, trigger: tuple[int, int], subject: Found) -> Assertion:
    """Say how the trigger is asserted; what the frame says of itself (an opinion, a thing of the past) is added to a plain fact."""
    read = Assertion() if frame.presupposed else assess(doc, *trigger, subject=subject)
    modality = frame.modality if frame.modality and read.modality == "fact" else read.modality
    ended = read.ended if frame.ended is None else frame.ended
    return Assertion(modality, read.negated, ended, read.holder, read.planned_for, read.cues)


def _values(frame: Frame, quantities: Mapping[str, Quantity], relation: RelationType) -> dict[str, Any]:
    """Write typed values as properties: a range as low and high where the relation has them, the currency, the unit and the rest beside."""
    written: dict[str, Any] = {}
    for role, quantity in quantities.items():
        values, kind = quantity.values, relation.own[role]
        if kind == "date":
            written[role] = values.as_of
        elif kind in {"number", "integer"}:
            written[role] = values.value
            written |= {name: getattr(values, name) for name in ("low", "high", "currency") if name in relation.own}
            if "unit" in relation.own:
                written["unit"] = values.unit
            if "approximate" in relation.own and values.approximate:
                written["approximate"] = True
        else:
            written[role] = values.period or values.display or None
        if role in frame.format and written[role] is not None:
            written[role] = frame.format[role].format(written[role])
    return {name: value for name, value in written.items() if value is not None}


def _combinations(constant: Mapping[str, Any], lists: list[tuple[str, tuple[Found, ...]]], relation: RelationType,
                  ends: set[Found]) -> Iterable[dict[str, Any]]:
    """One set of qualifiers for each member of a list where the property tells facts apart (two products: two facts)."""
    combined = [dict(constant)]
    for role, members in lists:
        others = [member for member in members if member not in ends]
        if relation.own.get(role) == "entities":
            combined = [{**each, role: tuple(others)} for each in combined]
        elif others:
            combined = [{**each, role: member} for each in combined for member in others]
    return combined


def _settle(stated: list[Stated], ontology: Ontology) -> tuple[list[Stated], list[tuple[int, int, str]]]:
    """Keep the most confident of readings that say the same, and of two that contradict each other in direction."""
    kept: dict[tuple[Any, ...], Stated] = {}
    rejected: list[tuple[int, int, str]] = []
    ranked = sorted(stated, key=lambda s: (-s.confidence, -len(s.qualifiers), s.trigger, s.reader))
    for reading in ranked:
        relation = ontology.facts[reading.relation]
        subject, object_ = ((end.start, end.end) for end in (reading.subject, reading.object))
        pair, reverse = (reading.relation, subject, object_), (reading.relation, object_, subject)
        mark = tuple((name, reading.qualifiers.get(name)) for name in relation.key if name not in {"state", "as_of", "joint"})
        if any(key[:3] == reverse for key in kept):
            if not relation.symmetric:
                rejected.append((*reading.trigger, f"{reading.reader}: {reading.relation} read the other way with more confidence"))
            continue
        alike = [key for key in kept if key[:3] == pair]
        fuller = next((key for key in alike if _says_no_more(mark, key[3])), None)
        if fuller:
            kept[fuller] = _completed(kept[fuller], reading)
            continue
        for key in alike:
            if _says_no_more(key[3], mark):
                reading = _completed(reading, kept.pop(key))
        kept[(*pair, mark)] = reading
    return sorted(kept.values(), key=lambda s: (s.trigger, s.subject.start, s.object.start, s.relation)), rejected


def _says_no_more(mark: tuple[tuple[str, Any], ...], other: tuple[tuple[str, Any], ...]) -> bool:
    """Tell whether the properties of one reading that tell facts apart are among another's (an effect, and the same by its mechanism)."""
    return all(not value or value == others for (_, value), (_, others) in zip(mark, other, strict=True))


def _completed(reading: Stated, other: Stated) -> Stated:
    """Add what another reading of the same relation knows more."""
    more = {name: value for name, value in other.qualifiers.items() if name not in reading.qualifiers}
    if not more or other.assertion.modality != reading.assertion.modality:
        return reading
    return Stated(reading.subject, reading.relation, reading.object, reading.trigger, reading.reader, {**reading.qualifiers, **more},
                  reading.assertion, reading.confidence)
