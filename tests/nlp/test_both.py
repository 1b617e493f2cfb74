"""Sentences half English, half Chinese, made up: read by the frames of both languages, hedged by the cues of both."""

from __future__ import annotations

import pytest
import spacy
from spacy.tokens import Doc

from kg.model import Language
from kg.nlp.both import in_other_language
from kg.nlp.relations import extract
from kg.nlp.spans import Found, Stated, register
from kg.nlp.values import find_values


def sentence(language: Language, text: str, *companies: str) -> Doc:
    register()
    doc = spacy.blank("en").make_doc(text)
    found = (Found(text.index(name), text.index(name) + len(name), "Company", None, "test") for name in companies)
    doc._.mentions = tuple(sorted(found, key=lambda mention: mention.start))
    doc._.values = tuple(find_values(text, language))
    doc._.language = language
    return doc


def told(doc: Doc, stated: list[Stated]) -> set[tuple[str, str, str, str]]:
    ends = ((doc.text[s.subject.start:s.subject.end], doc.text[s.object.start:s.object.end]) for s in stated)
    return {(subject, s.relation, object_, s.assertion.modality) for (subject, object_), s in zip(ends, stated, strict=True)}


def test_an_english_sentence_says_its_relation_in_chinese() -> None:
    doc = sentence("en", "甲轮股份从乙胶实业采购 most of the rubber for its tyres.", "甲轮股份", "乙胶实业")
    assert ("乙胶实业", "SUPPLIES", "甲轮股份", "fact") in told(doc, extract(doc))


def test_a_chinese_sentence_says_its_relation_in_english() -> None:
    doc = sentence("zh", "甲轮股份supplies tyres to 乙车集团，合作已久。", "甲轮股份", "乙车集团")
    assert ("甲轮股份", "SUPPLIES", "乙车集团", "fact") in told(doc, extract(doc))


def test_a_plan_told_in_the_other_language_is_no_fact() -> None:
    doc = sentence("en", "甲轮股份计划向乙车集团供应 tyres for its new vans.", "甲轮股份", "乙车集团")
    assert ("甲轮股份", "SUPPLIES", "乙车集团", "plan") in told(doc, extract(doc))


def test_negation_told_in_the_other_language_is_heard() -> None:
    doc = sentence("zh", "甲轮股份does not supply tyres to 乙车集团，此前传闻不实。", "甲轮股份", "乙车集团")
    assert [s.assertion.negated for s in extract(doc)] == [True]


@pytest.mark.parametrize("text", ["甲轮股份 supplies tyres to Bexley (乙车集团) in the north.", "甲轮股份（Jalun）向乙车集团供应轮胎。", "Jalun supplies tyres."])
def test_names_and_brackets_do_not_make_a_sentence_bilingual(text: str) -> None:
    doc = sentence("en", text, *[name for name in ("甲轮股份", "乙车集团") if name in text])
    assert in_other_language(doc) is None


@pytest.mark.parametrize("gloss", ["(Jalun)", "（Jalun Tyre）", "(Jalun Tyre, 600999)", " (JLT, 600999.SH)"])
def test_a_name_in_the_other_script_and_its_code_are_a_gloss(gloss: str) -> None:
    doc = sentence("en", f"甲轮股份{gloss} supplies tyres to 乙车集团.", "甲轮股份", "乙车集团")
    assert told(doc, extract(doc)) == {("甲轮股份", "SUPPLIES", "乙车集团", "fact")}

