"""Sentences: where they end, what is no part of them, and offsets that never move."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.model import Document, Passage
from kg.nlp.sentences import LONGEST, split


def _document(text: str, *passages: Passage, references: bool = True) -> Document:
    found = tuple(match.span() for match in re.finditer(r"(?:\[\d+\])+", text)) if references else ()
    return Document(id="doc:1", path="a.txt", offset=0, title="", language="en", sha256="", text=text, references=found, passages=passages)


def _texts(text: str) -> list[str]:
    return [sentence.text for sentence in split(_document(text))]


@pytest.mark.parametrize(("text", "expected"), [
    ("Orders rose. Prices fell.", ["Orders rose.", "Prices fell."]),
    ("Borealis Inc. bought Acme Corp. for $3.5 billion.", ["Borealis Inc. bought Acme Corp. for $3.5 billion."]),
    ("It sells to the U.S. Army. It grows.", ["It sells to the U.S. Army.", "It grows."]),
    ("It is made in the U.S. The rest is not.", ["It is made in the U.S.", "The rest is not."]),
    ("Mr. J. P. Larsen of Acme Co. said so.", ["Mr. J. P. Larsen of Acme Co. said so."]),
    ("The No. 3 maker beat No. 2. It won.", ["The No. 3 maker beat No. 2.", "It won."]),
    ("Acme vs. Borealis, e.g. in Jan. 2026, was close.", ["Acme vs. Borealis, e.g. in Jan. 2026, was close."]),
    ('She asked "why? because" twice. "Yes." He left.', ['She asked "why? because" twice.', '"Yes."', "He left."]),
    ("Shares of ( ACM.N ) rose 2.5 percent.", ["Shares of ( ACM.N ) rose 2.5 percent."]),
    ("It rose to 5. The next fell.", ["It rose to 5.", "The next fell."]),
    ("公司扩产。订单大增！为何？", ["公司扩产。", "订单大增！", "为何？"]),
    ("沪市增加2亿元；深市减少1亿元。", ["沪市增加2亿元；", "深市减少1亿元。"]),
    ("他说：“不清楚。”记者追问。", ["他说：“不清楚。”", "记者追问。"]),
    ("所谓“充电！”的说法不实。", ["所谓“充电！”的说法不实。"]),
    ("创业板走强!资金涌入,成交额超3.5亿元。", ["创业板走强!", "资金涌入,成交额超3.5亿元。"]),
    ("【某公司：拟扩产】某公司公告称，将建新厂。", ["【某公司：拟扩产】", "某公司公告称，将建新厂。"]),
    ("1、芯片扩产。2、封装涨价。", ["芯片扩产。", "封装涨价。"]),
    ("Three directions: 1. Chips, now 2. Power, later", ["Three directions:", "Chips, now", "Power, later"]),
    ("Three directions: 1. Chips now; 2. Power later; 3. Grids.", ["Three directions:", "Chips now;", "Power later;", "Grids."]),
    ("- one item\n- another item", ["one item", "another item"]),
    ("• one item • another item", ["one item", "another item"]),
    ("A heading\nA sentence below it", ["A heading", "A sentence below it"]),
])
def test_splits(text: str, expected: list[str]) -> None:
    assert _texts(text) == expected


def test_the_feeds_dash_begins_an_item_after_a_stop_or_a_reference() -> None:
    text = "Acme grew [3][10] - Borealis - the other - shrank. - Prices fell [4]."
    assert _texts(text) == ["Acme grew", "Borealis - the other - shrank.", "Prices fell"]


def test_a_line_wrapped_within_a_paragraph_is_one_sentence() -> None:
    text = "Acme said that it will build a second plant in the north of the\ncountry next year. Then it will hire."
    assert len(_texts(text)) == 2


def test_references_are_blanked_and_shift_no_offset() -> None:
    text = "Acme grew [3][10] by 5% [4]. Borealis did not."
    first, second = split(_document(text))
    assert (first.text, text[second.start:second.end]) == ("Acme grew         by 5%", "Borealis did not.")


def test_a_stop_behind_a_reference_is_left_out() -> None:
    assert _texts("Acme grew [3][10]. Borealis shrank.")[0] == "Acme grew"


def test_emphasis_marks_are_blanked() -> None:
    assert _texts("The **timing model** works.") == ["The   timing model   works."]


def test_only_titles_and_bodies_give_sentences() -> None:
    text = "A title\nSOURCE\nBody."
    passages = (Passage(start=0, end=7, kind="title", language="en"), Passage(start=8, end=14, kind="source", language="en"),
                Passage(start=15, end=20, kind="body", language="en", section="Core"))
    sentences = [(s.passage, s.section, s.text) for s in split(_document(text, *passages))]
    assert sentences == [("title", None, "A title"), ("body", "Core", "Body.")]


@pytest.mark.parametrize(("text", "language"), [
    ("The report speaks of 奔马资产 and 策马逐牛 as themes.", "en"),
    ("Acme Holdings与Borealis Systems达成合作。", "zh"),
    ("GPU、CPU和AI芯片需求旺盛", "zh"),
    ("12.5% 3.4%", "en"),
])
def test_the_language_of_a_sentence_is_that_of_its_words(text: str, language: str) -> None:
    assert [sentence.language for sentence in split(_document(text))] == [language]


def test_languages_change_within_one_body() -> None:
    assert [s.language for s in split(_document("Acme raised its guidance for the year. 公司上调了全年指引。"))] == ["en", "zh"]


def test_a_sentence_that_never_ends_is_cut_at_a_clause() -> None:
    text = "芯片需求增长，" * 200
    assert all(len(piece) <= LONGEST and piece.endswith("，") for piece in _texts(text))


_SCRAPS = st.sampled_from([
    "Acme Inc. ", "U.S. ", "grew 3.5%", ". ", "! ", "。", "；", "\n", "\r\n", " - ", "[3]", "公司",
    "“", "”", ")", "【", "】", "1. ", "2、", "**", "…"])


@given(st.one_of(st.text(), st.lists(_SCRAPS, max_size=40).map("".join)))
def test_offsets_are_exact_and_sentences_do_not_overlap(text: str) -> None:
    document, end = _document(text), 0
    for sentence in split(document):
        assert end <= sentence.start < sentence.end
        assert len(sentence.text) == sentence.end - sentence.start
        assert all(shown == said or said == " " for shown, said in zip(text[sentence.start:sentence.end], sentence.text, strict=True))
        end = sentence.end


@given(st.lists(_SCRAPS, max_size=40).map("".join))
def test_every_letter_of_the_body_is_in_a_sentence(text: str) -> None:
    inside = "".join(sentence.text for sentence in split(_document(text)))
    letters = re.compile(r"[A-Za-z\u4e00-\u9fff]")
    assert letters.findall(inside) == letters.findall(text)
