"""Sentences half English, half Chinese: read by the frames of both languages, and hedged by the cues of both.

"甲骨文 (Oracle) 从 Bloom Energy 采购 fuel cells for its data centers" is one language by its weight and says its relation in the other. The
pipeline of the first cuts and parses it; the patterns of the second read it as well. A plan is a plan in either language: of what the
cues of the two say, the warier holds.
"""

from __future__ import annotations

import re
from dataclasses import replace

from spacy.tokens import Doc

from kg.knowledge.normalise import HAN
from kg.model import Language
from kg.nlp.assertion import STRENGTH, assess
from kg.nlp.draft import Draft
from kg.nlp.spans import ATTRIBUTES, Assertion, Stated

_BRACKETS = re.compile(r"[(（\[【][^()（）\[\]【】]*[)）\]】]")
_WORD = re.compile(r"(?<![A-Za-z])[a-z]{2,}(?![A-Za-z])")  # names and tickers are at home in both languages


def in_other_language(doc: Doc) -> Doc | None:
    """Return a sentence as one of its other language, unparsed, with all that is written on it; None where it speaks only one.

    What stands in brackets or in names does not make a sentence bilingual.
    """
    text = doc.text
    if not HAN.search(text) or not _WORD.search(text):
        return None
    bare = _BRACKETS.sub(" ", "".join(_outside_names(doc, text)))
    if not HAN.search(bare) or not _WORD.search(bare):
        return None
    twin = Draft(text, lambda: doc)
    for name in ATTRIBUTES:
        setattr(twin._, name, getattr(doc._, name))
    other: Language = "en" if doc._.language == "zh" else "zh"
    twin._.language = other
    twin.worth_parsing = False  # a tree of the wrong language is worse than none
    return twin


def hedged(stated: Stated, doc: Doc) -> Stated:
    """Return a reading as `doc`, its sentence in the other language, hedges it, where that is warier than what was read."""
    read, other = stated.assertion, assess(doc, *stated.trigger, subject=stated.subject)
    warier = other if STRENGTH.index(other.modality) > STRENGTH.index(read.modality) else read
    assertion = Assertion(
        warier.modality, read.negated or other.negated, read.ended or other.ended, warier.holder or read.holder or other.holder,
        warier.planned_for, tuple(sorted({*read.cues, *other.cues})),
    )
    return stated if assertion == read else replace(stated, assertion=assertion)


def _outside_names(doc: Doc, text: str) -> list[str]:
    pieces, covered = [], 0
    for mention in doc._.mentions:
        pieces.append(text[covered:mention.start])
        covered = max(covered, mention.end)
    return [*pieces, text[covered:]]
