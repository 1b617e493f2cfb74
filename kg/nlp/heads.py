"""Companies that nobody has met at the head of a Chinese sentence: 元成股份：预中标…, 云想科技公告，….

Flashes and announcements open with whom they are about, and a lexicon never has them all: new listings, renamed and delisted firms, private
ones. A run of Chinese characters that opens a sentence, in which nothing but a place is known, and that words which follow a company's name end
(公告, 披露, a colon) is put to the encoder; it says where the name ends and whether it is a company's. Whoever is read as a source (research
houses, brokers, offices) is left out. Each head is asked about once a document, and only the first characters of its sentence are read.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from spacy.tokens import Doc

from kg.knowledge.name_words import alternatives, expression
from kg.nlp.asking import load_terms, related
from kg.nlp.encoder import Name, load_encoder
from kg.nlp.spans import Found, together

READER = "encoder.head"
_OPENING = re.compile(r"[\s【《“\"]*")
_SEEN = 40  # characters of a sentence that the encoder reads: the head, and what is said of it
_PERSON_LETTERS = 3
_LEAST_LETTERS = 3


def introduce(docs: Sequence[Doc]) -> None:
    """Add to the mentions of a document's sentences the companies that open one of them and that the encoder takes for companies."""
    asked: dict[str, Doc] = {}
    for doc, head in _candidates(docs):
        asked.setdefault(head, doc)
    encoder = load_encoder("zh") if asked else None
    if encoder is None:
        return
    read = encoder.read([doc.text[:_SEEN] for doc in asked.values()])
    names = {
        confirmed for doc, things, kinds in zip(asked.values(), read.names("things"), read.names("uner"), strict=True)
        if (confirmed := _confirmed(doc.text, things, kinds))
    }
    for name in sorted(names, key=lambda name: (-len(name), name)):
        for doc in docs:
            if doc._.language == "zh":
                _add(doc, name)


def drop_idle(doc: Doc) -> None:
    """Take back the names of which nothing was read."""
    if not any(mention.reader == READER for mention in doc._.mentions):
        return
    used = related(doc) | {figure.subject for figure in doc._.figures}
    used |= {each for happening in doc._.happenings for each, _ in happening.participants}
    places = {(each.start, each.end) for each in used}
    doc._.mentions = tuple(m for m in doc._.mentions if m.reader != READER or (m.start, m.end) in places)


def _candidates(docs: Sequence[Doc]) -> Iterator[tuple[Doc, str]]:
    for doc in docs:
        if doc._.language != "zh":
            continue
        match = _head().match(doc.text, _begin(doc.text))
        if match and not any(mention.start < match.end() and mention.label != "Place" for mention in doc._.mentions):
            yield doc, match.group()


@cache
def _head() -> re.Pattern[str]:
    """A head, as short as the words after it allow: the encoder says where it really ends."""
    return re.compile(rf"(?!{alternatives('zh', 'no_head')})[\u4e00-\u9fff·]{{2,8}}?(?={alternatives('zh', 'company_after')})")


@cache
def _no_firm_end() -> re.Pattern[str]:
    return re.compile(rf"{alternatives('zh', 'no_head_end')}$")


@cache
def _goes_on() -> re.Pattern[str]:
    """What makes the name before it another firm's or a place's."""
    return re.compile(rf"{alternatives('zh', 'head_goes_on')}|{alternatives('zh', 'firm_after')}")


def _begin(text: str) -> int:
    match = _OPENING.match(text)
    return match.end() if match else 0


def _confirmed(text: str, things: Sequence[Name], kinds: Sequence[Name]) -> str | None:
    """Return the company's name with which a sentence opens, by the encoder's two heads; None where it is none, or a person's."""
    begin = _begin(text)
    name = next((name for name in things if name.start == begin and name.kind == "Company" and name.chance >= load_terms().heads), None)
    if name is None:
        return None
    end = name.end
    if match := expression("zh", "head_end").match(text, end):
        end = match.end()
    if _no_firm_end().search(text[begin:end]):
        return None
    is_person = any(other.start == begin and other.kind == "PER" and other.end <= begin + _PERSON_LETTERS for other in kinds)
    is_place = any(other.start == begin and other.kind == "LOC" and other.end == end for other in kinds)
    if is_person or is_place or end - begin < _LEAST_LETTERS or not expression("zh", "company_after").match(text, end):
        return None
    return text[begin:end]


def _add(doc: Doc, name: str) -> None:
    places = [mention for mention in doc._.mentions if mention.label == "Place"]
    taken = [(each.start, each.end) for each in (*doc._.mentions, *doc._.values) if each not in places]
    fresh = [
        Found(match.start(), match.end(), "Company", None, READER) for match in re.finditer(re.escape(name), doc.text)
        if not any(start < match.end() and match.start() < end for start, end in taken) and not _goes_on().match(doc.text, match.end())
    ]
    if fresh:
        kept = [mention for mention in doc._.mentions if not any(new.start <= mention.start < new.end for new in fresh)]
        doc._.mentions = together(kept, fresh)
