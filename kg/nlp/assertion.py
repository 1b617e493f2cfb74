"""How a thing is said: as a fact, a plan, a forecast, an opinion, a rumour or a mere possibility; denied; over; and by whom.

The method is ConText (Harkema et al. 2009, as in medspaCy): cues with a direction and a scope, from `data/cues`. It needs no parse;
where the words are tagged, a finite verb in a clause of its own is not taken for governed by a "will" before it.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, lru_cache

from spacy.tokens import Doc
from spacy.vocab import Vocab

from kg.knowledge.cues import Cue, CueExample, Cues, load_cues
from kg.model import Language, Modality
from kg.nlp.holders import HOLDERS, find_holder
from kg.nlp.literals import Screen, required
from kg.nlp.spans import Assertion, Found, Quantity, is_parsed, published_date, register

# The warier reading wins: what may be is no plan, what is rumoured no forecast. Nothing weakens a cue but a stronger one.
STRENGTH: tuple[Modality, ...] = ("fact", "opinion", "plan", "forecast", "rumour", "hypothetical")
_REACH = {"clause": 1, "list": 2, "sentence": 3}
_LIMIT: dict[Language, int] = {"en": 100, "zh": 45}
_LINK = 6  # how far before a denial the word may begin that links it ("is not", 并非)
_NEAR: dict[Language, int] = {"en": 25, "zh": 12}  # how near before the trigger the linking word must stand
_HARD, _CLAUSE, _COMMA = 3, 2, 1
_PUNCTUATION = re.compile(r"[;；。！？!?]|(?<!\d)[,，]|[,，](?!\d)|[:：](?!\d)|\s[-–—]\s|——")
_BLANK = re.compile(r"(?<=[一-龥”》%％）)]) +(?=[一-龥“])")  # parts the halves of a Chinese headline
_HALF = 6  # characters that a half has at least; nearer blanks are strays within a name
_BRACKETS = re.compile(r"[(（][^()（）]*[)）]")
_LISTED = re.compile(r"\s*(?:$|[,、，。和与及等或)）;；]|(?:and|or|as|in|to|for|from|with|by|at|of|on|according)\b)")
_ASIDE = re.compile(r"[,，”\"](?:(?!\b(?:that|which|who|for|of|in|on|with|from|by)\b)[^,，])*$")
_APPOSED = re.compile(r",\s+(?:an?|one of(?:\s+(?:the|its))?)\s+(?:[\w’'.-]+\s+){0,3}$")
_OF_ITS_OWN = re.compile(r",|\b(?:and|but|that|which)\b")


@dataclass(frozen=True, slots=True)
class _Hit:
    cue: Cue
    start: int
    end: int
    holder: Found | None
    inside: tuple[int, int] | None  # the brackets in which it stands
    aside: bool                     # in a clause that the next comma closes


@dataclass(frozen=True, slots=True)
class _Survey:
    """All cues of a sentence, and all places where a scope may end: (position, rank), in order."""

    hits: tuple[_Hit, ...]
    stops: tuple[tuple[int, int], ...]

    def is_cut(self, start: int, end: int, rank: int) -> bool:
        """Tell whether a stop of at least this rank lies in [start, end)."""
        return any(r >= rank for position, r in self.stops[bisect_left(self.stops, (start, 0)):] if position < end)

    def clause(self, start: int, end: int, length: int) -> tuple[int, int]:
        """Return the clause around [start, end), from stop to stop."""
        left = max((p for p, rank in self.stops if rank >= _CLAUSE and p < start), default=0)
        right = min((p for p, rank in self.stops if rank >= _CLAUSE and p >= end), default=length)
        return left, right


def assess(doc: Doc, start: int, end: int, *, subject: Found | None = None) -> Assertion:
    """Tell how the words `doc.text[start:end]`, which say a relation or an event, are meant.

    Reads `doc._.mentions` (for holders and new subjects), `doc._.values` (for the date of a plan), `doc._.language` and `doc._.published`.
    `subject` is the subject of what the trigger says, where it is known: a plan without another owner is its own.
    Among several modalities the warier one wins (`STRENGTH`); negation and end are flags beside it.
    """
    language: Language = "zh" if doc._.language == "zh" else "en"
    text = doc.text
    survey = _survey(text, tuple(doc._.mentions), language)
    trigger = text[start:end]
    applied = [
        hit for hit in survey.hits
        if hit.cue.fits(trigger) and _reaches(survey, hit, text, (start, end), language)
        and not _is_governed_apart(doc, hit, start, end) and not _is_granted(doc, hit, text, (start, end), language)
    ]
    if not applied:
        return Assertion()
    applied.sort(key=lambda hit: _distance(hit, start, end))
    modality = max((hit.cue.modality or "fact" for hit in applied), key=STRENGTH.index)
    winners = [hit for hit in applied if hit.cue.modality == modality]
    winner = next((hit for hit in winners if hit.holder), winners[0] if winners else None)
    if winner and winner.cue.tense:
        seer = next((hit for hit in applied if hit.holder and hit.cue.modality == "opinion" and hit.end <= winner.start), None)
        modality, winner = ("forecast", seer) if seer else (modality, winner)
    return Assertion(
        modality=modality,
        negated=any(hit.cue.negated for hit in applied),
        ended=any(hit.cue.ended for hit in applied),
        holder=_whose(winner, applied, modality, subject),
        planned_for=_when(doc, survey, winner, (start, end)) if winner and modality in ("plan", "forecast") else None,
        cues=tuple(sorted((hit.start, hit.end) for hit in applied)),
    )


def faults(language: Language) -> list[str]:
    """Run every example of a language's cues and return what goes wrong, one line each (none when all is well)."""
    wrong = []
    for cue in load_cues(language).cues:
        for example in cue.examples:
            doc, start, end = _staged(example, language)
            read = assess(doc, start, end)
            holder = doc.text[read.holder.start:read.holder.end] if read.holder else None
            told = (read.modality, read.negated, read.ended, holder)
            expected = (example.modality, example.negated, example.ended, example.holder)
            if told != expected:
                wrong.append(f"{cue.id}: {example.text!r} reads as {told}, not as {expected}")
    return wrong


def _staged(example: CueExample, language: Language) -> tuple[Doc, int, int]:
    """Make a Doc of an example: the marks taken out, the braces made mentions."""
    register()
    text, mentions, trigger, opened = "", [], (0, 0), 0
    for character in example.text:
        if character in "[{":
            opened = len(text)
        elif character == "]":
            trigger = (opened, len(text))
        elif character == "}":
            mentions.append(Found(opened, len(text), "Company", None, "example"))
        else:
            text += character
    doc = Doc(Vocab(), words=[text], spaces=[False])
    doc._.language, doc._.mentions = language, tuple(mentions)
    return doc, *trigger


@lru_cache(maxsize=256)
def _survey(text: str, mentions: tuple[Found, ...], language: Language) -> _Survey:
    book = load_cues(language)
    spans = [(m.start, m.end) for m in mentions]
    brackets = [(m.start(), m.end()) for m in _BRACKETS.finditer(text)]
    stops = sorted(set(_stops(text, mentions, spans, book)))
    asides = [(m.start(), min((p for p, _ in stops if p > m.end()), default=len(text))) for m in book.relative_regex.finditer(text)]
    hits = []
    for cue, start, end in _found(text, spans, book):
        inside = next(((a, b) for a, b in brackets if a <= start and end <= b), None)
        aside = any(a <= start < b for a, b in asides)
        holder = find_holder(cue, (start, end), text, mentions, book)
        if cue.holder and holder is None and not (cue.modality or cue.negated or cue.ended):
            continue
        hits.append(_Hit(cue, start, end, holder, inside, aside))
    return _Survey(tuple(hits), tuple(stops))


@cache
def _screen(language: Language) -> Screen[tuple[int, Cue]]:
    """Return the cues with their places in the file, behind the words without which they need not be looked for."""
    return Screen(((order, cue), required(cue.regex.pattern)) for order, cue in enumerate(load_cues(language).cues))


def _found(text: str, spans: list[tuple[int, int]], book: Cues) -> list[tuple[Cue, int, int]]:
    """All cues in the text that no mask, mention or longer cue covers; of equal ones the earlier in the file stands."""
    masked = [m.span() for m in book.mask_regex.finditer(text)]
    found: list[tuple[int, int, int]] = []
    for order, cue in _screen(book.language).hopeful(text):
        for match in cue.regex.finditer(text):
            start, end = match.span("cue") if match.groupdict().get("cue") else match.span()
            if any(a < end and start < b for a, b in masked) or any(a <= start and end <= b for a, b in spans):
                continue
            if cue.after_mention and not any(b <= start and text[b:start].isspace() for _, b in spans):
                continue
            if cue.verbal and any(a == end for a, _ in spans):
                continue
            found.append((start, end, order))
    kept = []
    for start, end, order in found:
        mine = book.cues[order]
        beaten = any(
            a <= start and end <= b and ((b - a, -o) > (end - start, -order)) and _same_kind(book.cues[o], mine) for a, b, o in found
        )
        if not beaten:
            kept.append((mine, start, end))
    return kept


def _same_kind(longer: Cue, shorter: Cue) -> bool:
    """Two cues vie for the same words unless one only names a holder, or their directions or targets part them."""
    if {longer.direction, shorter.direction} == {"forward", "backward"}:
        return False
    if shorter.holder and not (shorter.modality or shorter.negated or shorter.ended):
        return False
    return (longer.targets, longer.unless) in ((None, None), (shorter.targets, shorter.unless))


def _stops(text: str, mentions: tuple[Found, ...], spans: list[tuple[int, int]], book: Cues) -> Iterable[tuple[int, int]]:
    def is_named(position: int) -> bool:
        return any(a <= position < b for a, b in spans)

    for match in _PUNCTUATION.finditer(text):
        if is_named(match.start()):
            continue
        if match[0] in ";；。！？!?":
            yield match.start(), _HARD
            continue
        after = re.compile(r"\s*(?:and\s+|but\s+|the\s+)*").match(text, match.end())
        begins = after.end() if after else match.end()
        new = next((m for m in mentions if m.start == begins), None)
        is_subject = new is not None and match[0] in ",，" and not _LISTED.match(text, new.end)
        yield match.start(), _CLAUSE if is_subject else _COMMA
    for match in _BLANK.finditer(text) if book.language == "zh" else ():
        if not is_named(match.start()) and re.search(rf"[^\s，。；：]{{{_HALF}}}$", text[:match.start()]):
            yield match.start(), _CLAUSE
    for regex in (book.stop_regex, book.relative_regex):
        for match in regex.finditer(text):
            if not is_named(match.start()):
                yield match.start(), _CLAUSE


def _reaches(survey: _Survey, hit: _Hit, text: str, trigger: tuple[int, int], language: Language) -> bool:
    start, end = trigger
    if hit.start < end and start < hit.end:
        return True
    if hit.inside and not (hit.inside[0] <= start and end <= hit.inside[1]):
        return False
    rank = _COMMA if hit.aside else _REACH[hit.cue.reach]
    limit = hit.cue.limit or _LIMIT[language]
    if hit.end <= start:
        return hit.cue.direction != "backward" and start - hit.end <= limit and not survey.is_cut(hit.end, start, rank)
    if hit.cue.direction == "forward" or hit.start - end > limit:
        return False
    border = hit.start
    if hit.cue.holder == "before" and hit.cue.reach == "sentence":
        # "..., X said": what was said ends with the comma before X.
        if hit.holder is None or hit.holder.start < end or not _ASIDE.search(text[end:hit.holder.start]):
            return False
        border = hit.holder.start
    return not survey.is_cut(end, border, _HARD if hit.cue.reach == "sentence" else rank)


def _is_governed_apart(doc: Doc, hit: _Hit, start: int, end: int) -> bool:
    """Tell whether the trigger is a finite verb of another clause than the infinitive that the cue governs ("will list and supplies")."""
    if doc._.language == "zh" or hit.cue.reach == "sentence" or hit.cue.direction == "both":
        return False
    if hit.end > start or not _OF_ITS_OWN.search(doc.text, hit.end, start):
        return False
    if is_parsed(doc):
        span = doc.char_span(start, end, alignment_mode="expand")
        return span is not None and span[0].tag_ in ("VBZ", "VBD") and not re.search(r"\bthat\s*$", doc.text[hit.end:start])
    begins = re.search(r"(?:\b(?:and|but)|,(?: it| and| but)?)\s+(?:it\s+)?$", doc.text[hit.end:start])
    return begins is not None and re.match(r"\w+[^\Ws]s\b", doc.text[start:end]) is not None


def _is_granted(doc: Doc, hit: _Hit, text: str, trigger: tuple[int, int], language: Language) -> bool:
    """Tell whether the trigger is taken for granted where the cue stands ("plans to sell its unit X": X is its unit today)."""
    book, (start, end) = load_cues(language), trigger
    if language == "en" and hit.end <= start and _is_apposed(doc, text, hit.end, start):
        return True  # "may come to X, a venture of Y and Z": that it is one is said outright
    if hit.cue.ended or not (hit.cue.negated or hit.cue.modality):
        return False
    if not book.presupposed_regex.fullmatch(text[start:end].strip()):
        return False
    if hit.start >= end or (hit.end <= start and book.relative_regex.search(text, hit.end, start)):
        return True
    # "is not a supplier": the word that links stands before the denial.
    near = max(hit.end, start - _NEAR[language])
    begins = max(hit.start - _LINK, 0) if hit.cue.negated and near == hit.end else near
    return start - hit.end > (1 if language == "en" else 0) and not book.linking_regex.search(text, begins, start)


def _is_apposed(doc: Doc, text: str, after: int, start: int) -> bool:
    """Tell whether the words at `start` begin what is said, behind its comma, of a name that stands after a cue."""
    aside = _APPOSED.search(text, after, start)
    return aside is not None and any(after <= m.start and m.end == aside.start() for m in doc._.mentions)


def _distance(hit: _Hit, start: int, end: int) -> int:
    return max(start - hit.end, hit.start - end, 0)


def _whose(winner: _Hit | None, applied: list[_Hit], modality: Modality, subject: Found | None) -> Found | None:
    if modality == "rumour":  # it is nobody's word
        return None
    own = winner is not None and (winner.cue.holder == "subject" or (modality == "plan" and winner.cue.holder == "before"))
    if winner and own and subject and subject.label in HOLDERS and subject.end <= winner.start:
        return subject
    if winner and winner.holder:
        return winner.holder
    told = (hit.holder for hit in applied if hit.holder and hit.cue.modality in (None, "opinion", "forecast"))
    return next(told, None)


def _when(doc: Doc, survey: _Survey, winner: _Hit, trigger: tuple[int, int]) -> str | None:
    """Return the date or period for which a thing is planned: in the clause of cue and trigger, not before the document itself."""
    book, text = load_cues("zh" if doc._.language == "zh" else "en"), doc.text
    left, right = survey.clause(min(winner.start, trigger[0]), max(winner.end, trigger[1]), len(text))
    dated = [
        (q, iso) for q in doc._.values
        if (q.start >= left or _is_opening(text, q)) and q.end <= right and (iso := _iso(q)) and _is_ahead(doc, iso)
    ]
    if book.dates:
        dated = [(q, iso) for q, iso in dated if _is_led_in(text, q, book) and (q.start >= winner.start or _is_opening(text, q))]
    # What stands after the cue is nearer to the plan than what stands before it.
    return min(((q.start < winner.start, q.start, iso) for q, iso in dated), default=(False, 0, None))[2]


def _is_opening(text: str, quantity: Quantity) -> bool:
    """Tell whether the date stands before all else ("In 2027, X will ...")."""
    leads = re.fullmatch(r"\W*(?:\w+\s+){0,3}", text[:quantity.start])
    return leads is not None and re.match(r"年?[底初内]?\s*[,，]", text[quantity.end:]) is not None


def _is_led_in(text: str, quantity: Quantity, book: Cues) -> bool:
    before = text[:quantity.start].rstrip()
    return book.date_regex.match(text, quantity.start) is not None or any(m.end() == len(before) for m in book.date_regex.finditer(before))


def _iso(quantity: Quantity) -> str | None:
    if quantity.kind not in ("date", "period"):
        return None
    values = quantity.values
    return values.as_of or values.period or values.window_end or values.window_start


def _is_ahead(doc: Doc, iso: str) -> bool:
    published = published_date(doc)
    year = re.search(r"\d{4}", iso)
    if published is None or year is None:
        return True
    return iso >= published.isoformat() if re.fullmatch(r"\d{4}-\d\d-\d\d", iso) else int(year[0]) >= published.year
