"""Companies that nobody has met, where a relation wants one: "Framatome supplied the reactors of ...", 向Safaricom供应设备, 由昊帆生物供应.

Capitalised words that no lexicon lists and no corporate form shows are no mentions by themselves: too many of them are people, streets and
headlines; nor are runs of Chinese characters. Where a frame would read a relation if they named a company, they are proposed, and the
encoder, which reads a sentence for that alone, has to take them for one. So a new name costs the encoder's time only in the few sentences
where something is said of it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache

from spacy.tokens import Doc

from kg.knowledge.name_words import alternatives, expression, word_list
from kg.nlp.asking import NAMED, load_terms
from kg.nlp.encoder import Name, load_encoder
from kg.nlp.relations import extract, matched
from kg.nlp.spans import Found, together

RELATIONS = frozenset({
    "SUPPLIES", "PRODUCES", "OWNS", "ACQUIRES", "PARTNERS_WITH", "COMPETES_WITH", "INVESTS_IN", "OPERATES", "USES",
})
_WORD = r"[A-Z](?:[A-Za-zÀ-ɏ0-9&-]*[A-Za-zÀ-ɏ0-9])?"
_CAPITALISED = re.compile(rf"(?<![A-Za-z0-9.&'’-])(?P<name>{_WORD}(?: {_WORD}){{0,3}})(?![A-Za-z0-9])")
_BRACKET = re.compile(r"[(（]\s*$")
_BRACKET_END = re.compile(r"\s*[,，)）]")
_HAN = re.compile(r"[\u4e00-\u9fff]{2,8}$")
_LEAST_LETTERS = 3
_SURE = 0.6  # chance from which the encoder's other head is heard that reads a person or a place
_FIRMS = frozenset({"Company", "Organization"})


def wanted(doc: Doc) -> tuple[Found, ...]:
    """Return the unknown capitalised names of a sentence with which a frame would match if they were companies; `doc` stays as it is."""
    fresh = candidates(doc)
    if not fresh:
        return ()
    kept = doc._.mentions
    doc._.mentions = together(kept, fresh)
    try:
        used = matched(doc, RELATIONS)
    finally:
        doc._.mentions = kept
    return tuple(each for each in fresh if each in used)


def confirmed(doc: Doc, names: Sequence[Found]) -> tuple[Found, ...]:
    """Return those of the names that the encoder takes for companies, and for no person or place."""
    encoder = load_encoder(doc._.language)
    if encoder is None:
        return ()
    read = encoder.read([doc.text])
    (found,), (others,) = read.names("things"), [[name for name in each if name.kind != "ORG"] for each in read.names("uner")]
    kept: list[Found] = []
    for each in names:
        name = next((name for name in found if _is_of(name, each, doc.text)), None)
        if name is None or any(other.chance >= _SURE and _covers(other, each) for other in others):
            continue
        exact = replace(each, start=name.start, end=name.end) if _is_han(doc.text, each) and each.name is None else each
        if not any(m.start < exact.end and exact.start < m.end for m in (*doc._.mentions, *kept)):
            kept.append(exact)
    return tuple(kept)


def add(doc: Doc, topic: Found | None, names: Sequence[Found]) -> None:
    """Add to a sentence what the frames read of confirmed names, and those of the names that they need."""
    kept, rejected = doc._.mentions, doc._.rejected
    doc._.mentions = together(kept, names)
    try:
        stated = extract(doc, topic, RELATIONS)
    finally:
        doc._.mentions, doc._.rejected = kept, rejected
    told = {(each.subject, each.relation, each.object) for each in doc._.relations}
    theirs = {each.trigger for each in stated if {each.subject, each.object} & {*names}}  # the other members of a list that they close, too
    fresh = tuple(each for each in stated if each.trigger in theirs and (each.subject, each.relation, each.object) not in told)
    needed = {end for each in fresh for end in (each.subject, each.object)} & {*names}
    doc._.relations = (*doc._.relations, *fresh)
    doc._.mentions = together(kept, needed)


def candidates(doc: Doc) -> list[Found]:
    """Return the capitalised names of a sentence that no mention and no value covers, as companies that the encoder has still to confirm."""
    taken = [(each.start, each.end) for each in (*doc._.mentions, *doc._.values)]
    found: list[Found] = []
    for start, end in _runs(doc.text):
        if any(a < end and start < b for a, b in taken):
            continue
        latin = doc.text[start:end]
        begin, stop, named = _with_its_chinese(doc.text, start, end, after=max((b for _, b in taken if b <= start), default=0))
        found.append(Found(begin, stop, "Company", None, NAMED, name=latin if named else None))
    if doc._.language == "zh":
        taken += [(each.start, each.end) for each in found]
        for match in _han_run().finditer(doc.text):
            start, end = match.span("name")
            if not any(a < end and start < b for a, b in taken) and not expression("zh", "unmet_not").search(doc.text, start, end):
                found.append(Found(start, end, "Company", None, NAMED))
        found.sort(key=lambda each: each.start)
    return found


@cache
def _han_run() -> re.Pattern[str]:
    """A run of Chinese characters where a company's name may stand; the encoder says where the name really begins and ends."""
    return re.compile(rf"{alternatives('zh', 'unmet_before')}(?P<name>[\u4e00-\u9fff]{{3,8}}?)(?={alternatives('zh', 'unmet_after')})")


def _is_han(text: str, mention: Found) -> bool:
    return bool(_HAN.fullmatch(text, mention.start, mention.end))


def _runs(text: str) -> Iterator[tuple[int, int]]:
    for match in _CAPITALISED.finditer(text):
        start, end = match.span("name")
        words = [(word.start(), word.group()) for word in re.finditer(r"\S+", match["name"])]
        while words and _opens(words[0][1]):
            words = words[1:]
        if not words:
            continue
        begin = start + words[0][0]
        letters = text[begin:end]
        if len(letters) >= _LEAST_LETTERS and not expression("en", "no_name").fullmatch(letters):
            yield begin, end


def _with_its_chinese(text: str, start: int, end: int, after: int) -> tuple[int, int, bool]:
    """Return the Chinese name that stands before a bracket with the Latin one (科思创(Covestro)), else the Latin one as it is.

    It begins no earlier than `after`, where the mention before it ends.
    """
    bracket = _BRACKET.search(text, max(0, start - 2), start)
    if not bracket or not _BRACKET_END.match(text, end):
        return start, end, False
    stop = len(text[: bracket.start()].rstrip())
    before = _HAN.search(text, max(after, stop - 8), stop)
    if not before:
        return start, end, False
    cuts = [match.end() for match in expression("zh", "before_name").finditer(before.group())]
    begin = before.start() + max((cut for cut in cuts if len(before.group()) - cut >= 2), default=0)
    return begin, stop, True


def _is_of(name: Name, mention: Found, text: str) -> bool:
    """Tell whether a name that the encoder finds is a company's, sure enough, and this one, in Chinese or in the bracket after it."""
    if name.kind not in _FIRMS or name.chance < load_terms().unmet:
        return False
    if mention.name is None:
        return _covers(name, mention)
    start = text.index(mention.name, mention.end)
    return _covers(name, mention) or _covers(name, replace(mention, start=start, end=start + len(mention.name)))


def _covers(name: Name, mention: Found) -> bool:
    shared = min(name.end, mention.end) - max(name.start, mention.start)
    return 2 * shared >= max(name.end - name.start, mention.end - mention.start)


def _opens(word: str) -> bool:
    return word in word_list("en", "before_name") or word in word_list("en", "calendar")
