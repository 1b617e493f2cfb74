"""The gazetteer: finds the lexicon's names, codes and name shapes in a sentence and writes them to `doc._.mentions`."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache

import ahocorasick
from spacy.language import Language
from spacy.tokens import Doc

from kg.knowledge.lexicon import Form, Lexicon, load_lexicon
from kg.knowledge.name_words import expression
from kg.knowledge.normalise import Folded, fold, is_cjk
from kg.knowledge.spellings import PERSONAL, Spellings, is_sound_only
from kg.nlp.codes import CodeHit, find_codes
from kg.nlp.context import (
    belongs_elsewhere,
    in_brackets_behind,
    in_fund_name,
    in_gloss_of_another,
    in_longer_name,
    in_narrower_name,
    is_capitalised_part,
    merge_heads,
    merge_places,
    sector_after,
    with_capitalised_head,
    with_component,
    with_legal_form,
)
from kg.nlp.guards import has_corporate_evidence, has_evidence, is_listed_with_companies
from kg.nlp.shapes import capitalised_name_before, company_shapes, fund_name_before, is_same_firm, listed_names
from kg.nlp.spans import Found, register

_SHORT = 4
_SHORTEST = 2  # characters of a Chinese name
_GLOSSED = re.compile(r"(?P<name>[\u4e00-\u9fff]{2,8})\s?[(（]\s?$")
_ROUNDS = 4
_LEGAL_REST = re.compile(r"(?:[\s,]*\b(?:Group|Holdings?|Company|Technolog(?:y|ies)|Co|Inc|Corp|Ltd|\.)\.?)*\s?")
_CODED = frozenset({"Company", "Fund", "Index", "Organization"})
_SMALL_WORDS = frozenset({"of", "in", "and", "the", "for", "on", "de"})
_PLURAL = frozenset({"Product", "Sector", "Resource", "Infrastructure", "Facility", "Fund", "Index"})


@dataclass(frozen=True, slots=True)
class _Candidate:
    start: int
    end: int
    forms: tuple[Form, ...]  # none for a decoy
    length: int  # without the stray space that cuts it

    @property
    def is_plain(self) -> bool:
        """Tell whether it is one thing whatever stands beside it (or nothing, as a decoy)."""
        return not self.forms or (len(self.forms) == 1 and not self.forms[0].guarded and not self.forms[0].coded)


_OF_ANY = frozenset({"inc", "corp", "co", "ltd", "group", "plc", "holdings", "holding", "the", "of", "and", "company", "corporation"})


class Gazetteer:
    """One automaton over all spellings of a lexicon. Building it takes under a second; `find` is linear in the text."""

    def __init__(self, lexicon: Lexicon) -> None:
        self.lexicon = lexicon
        self._spellings = Spellings(lexicon)
        self._automaton = ahocorasick.Automaton()
        for text, forms in lexicon.forms.items():
            self._automaton.add_word(text, (len(text), forms))
        for text in lexicon.decoys - lexicon.forms.keys():
            self._automaton.add_word(text, (len(text), ()))
        self._automaton.make_automaton()

    def find(self, text: str) -> list[Found]:
        """Return what `text` names, sorted, not overlapping; offsets are into `text` as it stands."""
        codes = find_codes(text)
        found = self._names(text, codes)
        found = self._with_codes(text, codes, found)
        spelled = self._with_spellings(text, found)
        if spelled != found:  # companies by their house spelling may vouch for the guarded names beside them
            known = [m for m in spelled if m.reader == "spelling"]
            found = self._with_spellings(text, self._with_codes(text, codes, self._names(text, codes, known)))
        found = _with_shapes(text, found)
        found = with_capitalised_head(text, _with_glossed(text, _with_list_items(text, found)), self.lexicon)
        return [
            m for m in found
            if not in_longer_name(text, m, found) and not in_gloss_of_another(text, m, found) and not is_capitalised_part(text, m, found)
            and not in_fund_name(text, m) and not in_narrower_name(text, m, found)
            and not belongs_elsewhere(text, m, found, self.lexicon)
        ]

    def spans(self, text: str) -> list[tuple[int, int]]:
        """Return the character spans of names in `text`: what a tokenizer keeps whole."""
        return [(m.start, m.end) for m in self.find(text)]

    def _names(self, text: str, codes: Sequence[CodeHit], known: Sequence[Found] = ()) -> list[Found]:
        folded = fold(text)
        candidates = list(self._candidates(folded))
        coded: dict[int, str | None] = {}  # where a name would end that a code stands beside -> whose code it is, if it is known
        for hit in codes:
            entry = self.lexicon.by_code(hit.code)
            if hit.name_end is not None and (hit.certain or entry):
                coded[hit.name_end] = entry.id if entry else None
        found: list[Found] = []
        for _ in range(_ROUNDS if any(not c.is_plain for c in candidates) else 1):
            # Each round may let a guarded name in beside the names of the round before.
            chosen = _longest((c, self._meant(text, c, coded, [*found, *known])) for c in candidates)
            again = sorted((m for m in chosen if m.label), key=lambda m: m.start)
            if again == found:
                break
            found = again
        found = merge_places(text, merge_heads(text, found, self.lexicon), self.lexicon)
        return _disjoint(with_component(text, with_legal_form(text, sector_after(text, m, self.lexicon))) for m in found)

    def _candidates(self, folded: Folded) -> Iterator[_Candidate]:
        for last, (length, forms) in self._automaton.iter(folded.lower):
            start, end = last - length + 1, last + 1
            plural = folded.text[end:end + 1] == "s" and folded.text[end - 1].isascii() and _edge(folded.text, end + 1)
            if not _edge(folded.text, start) or not (plural or _edge(folded.text, end)):
                continue
            surface = folded.text[start:end]
            fitting = tuple(form for form in forms if _case_fits(form, surface))
            if plural and not _edge(folded.text, end):
                fitting = tuple(f for f in fitting if self.lexicon[f.id].label in _PLURAL)
                end += 1
            if fitting or not forms:
                begin, stop = folded.span(start, end)
                yield _Candidate(begin, stop, fitting, end - start)

    def _meant(self, text: str, candidate: _Candidate, coded: dict[int, str | None], found: Sequence[Found]) -> Found | None:
        """Return the mention that a candidate is, an unlabelled one for a decoy, None where the evidence is missing."""
        start, end = candidate.start, candidate.end
        if not candidate.forms:
            return Found(start, end, "", None, "decoy")
        if candidate.is_plain:
            return self._found(start, end, candidate.forms[0].id)
        ids = {form.id for form in candidate.forms}
        if (owner := coded.get(end)) in ids:
            return self._found(start, end, owner)
        plain = {form.id for form in candidate.forms if not form.guarded}
        others = [m for m in found if m.end <= start or m.start >= end]
        glossed = {m.entity for m in others if m.entity in ids and in_brackets_behind(text, (start, end), (m.start, m.end))}
        if len(glossed) == 1:
            return self._found(start, end, glossed.pop() or "")
        open_ids = {form.id for form in candidate.forms if not form.coded}
        firms = {i for i in open_ids if self.lexicon[i].label == "Company"}
        beside_firms = end in coded or (len(ids) > 1 and is_listed_with_companies(text, start, end, others))
        meant = firms if beside_firms and len(firms) == 1 else plain
        meant = meant or {i for i in open_ids if has_evidence(self.lexicon[i].label, text, start, end, others)}
        if len(meant) == 1:
            return self._found(start, end, meant.pop())
        is_decoy = text[start:end].lower() in self.lexicon.decoys  # 长白山 without a sign that the company is meant is the mountain
        return Found(start, end, "", None, "decoy") if is_decoy else None

    def _found(self, start: int, end: int, entity: str, code: str | None = None) -> Found:
        return Found(start, end, self.lexicon[entity].label, entity, "code" if code else "lexicon", code)

    def _with_codes(self, text: str, codes: Iterable[CodeHit], found: list[Found]) -> list[Found]:
        """Let each code decide who its neighbour is, or stand as a mention of its own where it has no neighbour."""
        for hit in codes:
            entry = self.lexicon.by_code(hit.code)
            inside = [m for m in found if m.start < hit.end and m.end > hit.start]
            if hit.name_end is None:
                if entry:
                    found = [m for m in found if m not in inside] + [self._found(hit.start, hit.end, entry.id, hit.code)]
                continue
            beside = next((m for m in found if m.end == hit.name_end), None)
            if not hit.certain and not (beside and entry and beside.entity == entry.id):
                continue  # bare letters in brackets: an abbreviation, unless the name before them has that very ticker
            found = [m for m in found if m not in inside]
            named = self._named_by_code(text, hit, beside, entry.id if entry else None, found)
            if named:
                found = [m for m in found if m.end <= named.start or m.start >= named.end] + [named]
        return sorted(found, key=lambda m: m.start)

    def _named_by_code(self, text: str, hit: CodeHit, beside: Found | None, entity: str | None, found: Sequence[Found]) -> Found | None:
        end = hit.name_end or 0
        if beside and beside.label not in _CODED:
            beside = None  # 造纸 before a code is the end of a name, not the sector
        label = self.lexicon[entity].label if entity else (beside.label if beside else None)
        if beside and (entity is None or beside.entity == entity):
            return replace(beside, entity=entity or (beside.entity if beside.label == "Company" else None), reader="code", code=hit.code)
        if label is None and ("ETF" in text[max(0, end - 24):end] or hit.code[:2] in ("15", "51", "56", "58")):
            label = "Fund"
        same = next((m for m in found if m.label == "Company" and m.entity and _LEGAL_REST.fullmatch(text, m.end, end)), None)
        if same and entity in (None, same.entity):
            return replace(same, end=end, reader="code", code=hit.code)
        start = fund_name_before(text, end) if label == "Fund" else None
        if start is None:
            start = beside.start if beside and beside.label == (label or "Company") else capitalised_name_before(text, end)
        if start is not None and start < end:
            if entity and not beside and not self._may_be_called(entity, text[start:end]):
                return Found(start, end, label or "Company", None, "shape")  # codes pass from one firm to another: the name decides
            return Found(start, end, label or "Company", entity, "code", hit.code)
        return Found(hit.start, hit.end, label or "Company", entity, "code", hit.code) if entity else None

    def _may_be_called(self, entity: str, name: str) -> bool:
        """Tell whether a Latin name has a word, or its initials, in common with those of an entity."""
        words = {word.lower() for word in re.findall(r"[A-Za-z]{2,}", name)} - _OF_ANY
        latin = [each.lower() for each in self.lexicon[entity].names if each.isascii()]
        initials = "".join(word[0] for word in re.findall(r"[A-Za-z]+", name)).lower()
        known = {word for each in latin for word in re.findall(r"[a-z]{2,}", each)}
        cut = any(each.startswith(tuple(words)) or each.endswith(tuple(words)) for each in known)  # fuboTV, of which capitals show the end
        return not words or not latin or bool(words & known) or cut or initials in latin

    def _with_spellings(self, text: str, found: list[Found]) -> list[Found]:
        """Add house spellings of Chinese companies where no name that is known stands in their way."""
        for start, end, entry in self._spellings.find(text):
            covered = [m for m in found if m.start < end and m.end > start]
            if any(m.label in ("Company", "Fund", "Person") or m.start < start or m.end > end for m in covered):
                continue
            if any((m.start, m.end) == (start, end) for m in covered):
                continue
            personal = len(entry.name_zh or "") <= PERSONAL and is_sound_only(text[start:end])
            if personal and not has_evidence("Company", text, start, end, found):
                continue
            found = [m for m in found if m not in covered] + [Found(start, end, "Company", entry.id, "spelling")]
        return sorted(found, key=lambda m: m.start)


def _with_shapes(text: str, found: list[Found]) -> list[Found]:
    """Add names never met: a shape that reaches beyond the mentions that it covers is the name, and they are parts of it."""
    for shape in sorted(company_shapes(text), key=lambda s: (not s.firm, -(s.end - s.start))):
        covered = [m for m in found if m.start < shape.end and m.end > shape.start]
        if any(m.reader in ("code", "shape") or m.label == "Company" or m.start < shape.start or m.end > shape.end for m in covered):
            continue
        if any(m.start == shape.start and m.end == shape.end for m in covered):
            continue
        if shape.firm or has_corporate_evidence(text, shape.start, shape.end):
            found = [m for m in found if m not in covered] + [Found(shape.start, shape.end, shape.label, None, "shape")]
    return sorted(found, key=lambda m: m.start)


def _with_list_items(text: str, found: list[Found]) -> list[Found]:
    """Add the unknown items of a list of stocks: what stands between two commas of a list that names a company is one too."""
    for start, end in listed_names(text, [m.start for m in found if m.label == "Company"], [m.end for m in found if m.label == "Company"]):
        covered = [m for m in found if m.start < end and m.end > start]
        if any((m.start, m.end) == (start, end) or m.reader in ("code", "spelling") or m.start < start or m.end > end for m in covered):
            continue
        if any(m.label == "Company" and is_same_firm(text[m.end:end]) for m in covered):
            continue
        found = [m for m in found if m not in covered] + [Found(start, end, "Company", None, "shape")]
    return sorted(found, key=lambda m: m.start)


def _with_glossed(text: str, found: list[Found]) -> list[Found]:
    """Add the Chinese name of a firm that only the Latin one in brackets behind it tells: 豪威(OmniVision)."""
    fresh: list[Found] = []
    for mention in found:
        before = _GLOSSED.search(text, max(0, mention.start - 12), mention.start)
        if mention.label != "Company" or mention.entity is None or before is None or not text[mention.start].isascii():
            continue
        start, end = before.span("name")
        if expression("zh", "no_gloss").search(text, start, end):
            continue
        cuts = [start, *(hit.end() for hit in expression("zh", "before_name").finditer(text, start, end) if end - hit.end() >= _SHORTEST)]
        start = max((*cuts, *(m.end for m in found if m.end <= end)))
        if end - start >= _SHORTEST and not any(m.start < end and start < m.end for m in found):
            fresh.append(Found(start, end, "Company", mention.entity, "gloss"))
    return sorted((*found, *fresh), key=lambda m: m.start) if fresh else found


def _longest(pairs: Iterable[tuple[_Candidate, Found | None]]) -> list[Found]:
    """Keep the longest of what overlaps; of two as long, the one that no stray space cuts, then the first."""
    ranked = sorted(((c, m) for c, m in pairs if m), key=lambda p: (-p[0].length, p[0].end - p[0].start, p[0].start))
    kept: list[Found] = []
    for _, mention in ranked:
        if all(mention.end <= other.start or mention.start >= other.end for other in kept):
            kept.append(mention)
    return kept


def _disjoint(mentions: Iterable[Found]) -> list[Found]:
    kept: list[Found] = []
    for mention in mentions:
        if not kept or mention.start >= kept[-1].end:
            kept.append(mention)
    return kept


def _edge(text: str, place: int) -> bool:
    """Tell whether a Latin word or number may begin or end at `place`: Chinese needs no boundary."""
    if not 0 < place < len(text):
        return True
    left, right = text[place - 1], text[place]
    if is_cjk(left) or is_cjk(right):
        return True
    if (left.isalnum() and right.isalnum()) or (left == "." and (place == 1 or text[place - 2] in " (<")):  # an index's code: .DJI
        return False
    if right.isdigit() and left in ".," and place > 1 and text[place - 2].isdigit():
        return False
    if left.isdigit() and right in ".," and text[place + 1:place + 2].isdigit():
        return False
    return not (right.isalnum() and left in "@._" and place > 1 and text[place - 2].isalnum() and left != ".")


def _case_fits(form: Form, surface: str) -> bool:
    """Tell whether a spelling in the text is the form's: any case for common nouns, the same for short names, capitals kept for others."""
    text = form.text
    if surface == text or form.generic or (surface.isupper() and len(text) > _SHORT):
        return True
    if len(text) <= _SHORT:
        return not any(c.isascii() and c.isalpha() for c in text)
    pairs = zip(text.split(" "), surface.split(" "), strict=True)
    return all(theirs[:1].isupper() or not ours[:1].isupper() or ours.lower() in _SMALL_WORDS for ours, theirs in pairs)


@cache
def default_gazetteer() -> Gazetteer:
    """Return the gazetteer of the lexicon that ships with kg (built once a process)."""
    return Gazetteer(load_lexicon())


class GazetteerComponent:
    """The spaCy component: `doc._.mentions` from the lexicon and, where it leaves room, from the statistical recogniser's entities."""

    def __init__(self, gazetteer: Gazetteer) -> None:
        self.gazetteer = gazetteer

    def __call__(self, doc: Doc) -> Doc:
        found = self.gazetteer.find(doc.text)
        doc._.mentions = tuple(with_recognised(doc, found))
        return doc


def with_recognised(doc: Doc, found: Sequence[Found]) -> list[Found]:
    """Add what the statistical recogniser found (`doc.ents`) where no mention stands: persons, places, firms with corporate evidence."""
    labels = {"PER": "Person", "PERSON": "Person", "LOC": "Place", "GPE": "Place"}
    merged = list(found)
    for ent in doc.ents:
        start, end = ent.start_char, ent.end_char
        if end - start < 2 or any(m.start < end and m.end > start for m in found):
            continue
        label = labels.get(ent.label_)
        if ent.label_ == "ORG" and has_corporate_evidence(doc.text, start, end):
            label = "Company"
        if label:
            merged.append(Found(start, end, label, None, "ner"))
    return sorted(merged, key=lambda m: m.start)


@Language.factory("kg_gazetteer", assigns=["doc._.mentions"])
def make_gazetteer(nlp: Language, name: str) -> GazetteerComponent:
    """Make the component `kg_gazetteer` for a pipeline, over the lexicon that ships with kg."""
    del nlp, name
    register()
    return GazetteerComponent(default_gazetteer())
