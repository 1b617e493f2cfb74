"""The Chinese tokenizer: offsets on odd texts, rules, names that must stay whole."""

from __future__ import annotations

import pickle

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.vocab import Vocab

from kg.errors import DataError
from kg.nlp.tokenize_zh import ChineseTokenizer, Segmenter


def _random_weights() -> Segmenter:
    rng = np.random.default_rng(3)
    return Segmenter(rng.normal(size=(256, 4)).astype(np.float32), rng.normal(size=(4, 4)).astype(np.float32), words=("电池", "供应商"))


SEGMENTERS = {"bare": Segmenter(), "weighted": _random_weights()}


@pytest.fixture(params=sorted(SEGMENTERS))
def tokenizer(request: pytest.FixtureRequest) -> ChineseTokenizer:
    return ChineseTokenizer(Vocab(), SEGMENTERS[request.param])


def words(text: str, fixed: tuple[tuple[int, int], ...] = ()) -> list[str]:
    return [text[start:end] for start, end in SEGMENTERS["bare"].segment(text, fixed)]


ODD = {
    "nothing": "",
    "one space": " ",
    "spaces": "   ",
    "space before": " 海川电池 ",
    "ideographic space": "海川\u3000电池\u3000\u3000",
    "line breaks": "海川\r\n\n电池\t",
    "zero width": "海\u200b川\u200d电\ufeff池",
    "pictures": "利好🚀🚀👨\u200d👩\u200d👧🇨🇳👍🏽！",
    "rare planes": "𠮷野家与𪚥龙",
    "full width": "净买入１２．５亿元，ＡＢＣ－Ｄ占比３％",
    "combining": "cafe\u0301与e\u0301\u0301",
    "lone mark": "\u0301海",
    "right to left": "شركة海川ابت",
    "private use": "\ue000海\uf8ff",
    "no punctuation": "海川半导体" * 90,
    "only punctuation": "，。、！？……——《》",
    "null": "海\x00川",
}


@pytest.mark.parametrize("name", sorted(ODD))
def test_the_text_is_kept_character_for_character(tokenizer: ChineseTokenizer, name: str) -> None:
    doc = tokenizer(ODD[name])
    assert doc.text == ODD[name]
    assert all(ODD[name][token.idx : token.idx + len(token)] == token.text for token in doc)


@settings(max_examples=50, deadline=None)
@given(st.text(st.characters(exclude_categories=("Cs",))), st.lists(st.tuples(st.integers(-3, 30), st.integers(-3, 30)), max_size=5))
def test_words_cover_any_text_without_gaps(text: str, fixed: list[tuple[int, int]]) -> None:
    spans = SEGMENTERS["weighted"].segment(text, fixed)
    assert [start for start, _ in spans] == [0, *(end for _, end in spans)][: len(spans)]
    assert all(start < end for start, end in spans)
    assert (spans[-1][1] if spans else 0) == len(text)


def test_one_space_belongs_to_the_word_before_it(tokenizer: ChineseTokenizer) -> None:
    assert [(token.text, token.whitespace_) for token in tokenizer("Nova  AI")] == [("Nova", " "), (" ", ""), ("AI", "")]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("3.5亿", ["3.5亿"]),
        ("1,688.00元", ["1,688.00", "元"]),
        ("５００亿", ["５００亿"]),
        ("增-2.35%", ["增", "-2.35%"]),
        ("10%-20%", ["10%", "-", "20%"]),
        ("100万千瓦", ["100万", "千", "瓦"]),
        ("3千克", ["3", "千", "克"]),
        ("2.5百分点", ["2.5", "百", "分", "点"]),
        ("第3", ["第3"]),
        ("2026-05-01", ["2026-05-01"]),
        ("10:30", ["10:30"]),
        ("600519.SH", ["600519.SH"]),
        ("2nm和800G", ["2nm", "和", "800G"]),
        ("R&D与Nova-X2", ["R&D", "与", "Nova-X2"]),
        ("……", ["……"]),
        ("。”", ["。", "”"]),
        ("ir@nova.example见https://nova.example/a?b=1，", ["ir@nova.example", "见", "https://nova.example/a?b=1", "，"]),
    ],
)
def test_rules(text: str, expected: list[str]) -> None:
    assert words(text) == expected


def test_a_known_name_is_one_word_whatever_it_holds() -> None:
    assert words("买海川 信息A股", ((1, 6),)) == ["买", "海川 信息", "A", "股"]


def test_a_known_name_stops_the_rules_at_its_edge() -> None:
    assert words("ABCD12", ((2, 4),)) == ["AB", "CD", "12"]


def test_of_two_overlapping_names_the_earlier_and_longer_holds() -> None:
    assert words("海川电池厂", ((2, 5), (0, 2), (0, 4))) == ["海川电池", "厂"]


def test_a_name_outside_the_text_is_ignored() -> None:
    assert words("海川", ((1, 9), (-1, 1), (1, 1))) == ["海", "川"]


def test_the_hook_gives_names_for_each_text() -> None:
    tokenizer = ChineseTokenizer(Vocab(), known=lambda text: [(text.index("海川"), text.index("海川") + 2)])
    assert [token.text for token in tokenizer("买海川")] == ["买", "海川"]


def test_weights_survive_the_disk(tmp_path: pytest.TempPathFactory) -> None:
    before = ChineseTokenizer(Vocab(), SEGMENTERS["weighted"])
    before.to_disk(tmp_path / "tokenizer")
    after = ChineseTokenizer(Vocab()).from_disk(tmp_path / "tokenizer")
    assert after.segmenter.words == before.segmenter.words
    assert np.allclose(after.segmenter.table, before.segmenter.table, atol=1e-3)


def test_a_tokenizer_can_be_sent_to_another_process() -> None:
    tokenizer = ChineseTokenizer(Vocab(), SEGMENTERS["weighted"])
    text = "海川电池供应商"
    again = pickle.loads(pickle.dumps(tokenizer))
    assert [token.text for token in again(text)] == [token.text for token in tokenizer(text)]


def test_a_broken_weights_file_is_named(tmp_path: pytest.TempPathFactory) -> None:
    (tmp_path / "tokenizer").write_bytes(b"not weights")
    with pytest.raises(DataError, match="tokenizer"):
        ChineseTokenizer(Vocab()).from_disk(tmp_path / "tokenizer")
