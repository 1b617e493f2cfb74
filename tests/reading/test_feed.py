"""The feed: documents of a page, in all the ways in which a page may be untidy. Texts and names are made up."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.model import Document
from kg.reading.feed import is_feed, read_feed

PAGE = """存储
Search documents
海川存储(688001):扩产提速，价格上行！
NORTH RIVER SECURITIES· 2026-02-03 09:12
Investment Rating - The rating for Haichuan is "Buy" [2] Core Insights - Prices of modules rose by 12% [3][10] \
- Haichuan will add a second line in Q3 2026 [4]. Group 1: Supply and Prices - Supply stays tight, said the firm [5]. - Rivals follow [6].
存储涨价，谁受益？
Bei He Cai Jing· 2026-02-02 18:40
周一(2月2日)，存储板块走强。 | 公司 | 涨幅 | | --- | --- | | 海川 | 5% | 海川存储涨超5%。
"""


def _read(text: str) -> list[Document]:
    return list(read_feed(text, "page.txt"))


def _pieces(document: Document, kind: str) -> list[str]:
    return [document.text[p.start:p.end] for p in document.passages if p.kind == kind]


def test_a_page_gives_its_documents() -> None:
    assert [(d.title, d.source, d.published, d.zone) for d in _read(PAGE)] == [
        ("海川存储(688001):扩产提速，价格上行！", "NORTH RIVER SECURITIES", "2026-02-03T09:12", "Asia/Shanghai"),
        ("存储涨价，谁受益？", "Bei He Cai Jing", "2026-02-02T18:40", "Asia/Shanghai"),
    ]


def test_each_text_is_its_slice_of_the_file() -> None:
    assert all(PAGE[d.offset:d.offset + len(d.text)] == d.text for d in _read(PAGE))


def test_the_pages_head_belongs_to_no_document() -> None:
    first = _read(PAGE)[0]
    assert first.text.startswith("海川存储(688001)") and first.metadata["page_head"] == ["存储", "Search documents"]


def test_section_names_are_passages_of_their_own() -> None:
    assert _pieces(_read(PAGE)[0], "section") == ["Investment Rating", "Core Insights", "Group 1: Supply and Prices"]


def test_bodies_know_their_section() -> None:
    sections = [p.section for p in _read(PAGE)[0].passages if p.kind == "body"]
    assert sections == ["Investment Rating", "Core Insights", "Group 1: Supply and Prices"]


def test_table_scraps_are_tables() -> None:
    assert _pieces(_read(PAGE)[1], "table") == ["| 公司 | 涨幅 | | --- | --- | | 海川 | 5% |"]


def test_text_behind_a_table_is_body_again() -> None:
    assert _pieces(_read(PAGE)[1], "body")[-1] == "海川存储涨超5%。"


def test_letters_of_no_language_read_here_are_a_table() -> None:
    document = _read("标题一二三\nA B· 2026-01-01 08:00\n公司扩产。 инание как компания к как компании\n")[0]
    assert _pieces(document, "body") == ["公司扩产。"]


def test_references_are_ranges() -> None:
    first = _read(PAGE)[0]
    assert [first.text[start:end] for start, end in first.references] == ["[2]", "[3][10]", "[4]", "[5]", "[6]"]


def test_languages_are_told_passage_by_passage() -> None:
    assert [p.language for p in _read(PAGE)[0].passages if p.kind in ("title", "body")] == ["zh", "en", "en", "en"]


@pytest.mark.parametrize(("tidy", "untidy"), [("\n", "\r\n"), ("\n", "\n\n"), ("· ", "·"), ("· ", " · "), ("·", "•")],
                         ids=["CRLF", "blank lines", "no space", "spaces", "bullet"])
def test_an_untidy_page_gives_the_same_documents(tidy: str, untidy: str) -> None:
    documents = _read(PAGE.replace(tidy, untidy))
    assert [(d.title, d.source, d.published) for d in documents] == [(d.title, d.source, d.published) for d in _read(PAGE)]


def test_words_of_buttons_between_documents_are_furniture() -> None:
    text = PAGE.replace("存储涨价，谁受益？", "Workflow\nicon\n存储涨价，谁受益？\nicon")
    documents = _read(text)
    assert [d.title for d in documents] == [d.title for d in _read(PAGE)]
    assert _pieces(documents[0], "furniture") == ["Workflow", "icon"]


@pytest.mark.parametrize("title", [
    "“芯”时代?2026:A/B测试…(上)", "《算力》周报 | 第3期 | 展望", "Q4: who wins - and who pays?", "¡Nuevo! 5G·6G 大会", "涨!涨!涨!"])
def test_titles_with_odd_punctuation(title: str) -> None:
    assert _read(PAGE.replace("存储涨价，谁受益？", title))[1].title == title


@pytest.mark.parametrize("written", ["", " 3小时前", " 02-02 18:40", " --"])
def test_a_source_line_without_a_date(written: str) -> None:
    page = PAGE.replace("Bei He Cai Jing· 2026-02-02 18:40", "Bei He Cai Jing·" + written)
    document = _read(page.replace("周一(2月2日)，存储板块走强。", "存储板块走强，公司称订单饱满。" * 6))[1]
    assert (document.source, document.published, document.zone) == ("Bei He Cai Jing", None, None)


def test_a_single_document_without_a_date_is_a_feed_all_the_same() -> None:
    (document,) = _read("海川扩产\nNORTH RIVER SECURITIES·\nCore Insights - Prices rose [1]. - Supply fell [2].\n")
    assert (document.title, document.published) == ("海川扩产", None)


def test_a_line_with_a_date_and_no_source() -> None:
    assert _read(PAGE.replace("Bei He Cai Jing· 2026", "· 2026"))[1].source is None


def test_a_date_without_a_time() -> None:
    assert _read(PAGE.replace("2026-02-02 18:40", "2026-02-02"))[1].published == "2026-02-02"


def test_a_document_without_a_title_is_called_by_its_first_words() -> None:
    documents = _read(PAGE.replace("存储涨价，谁受益？\n", ""))
    assert documents[1].title.startswith("周一(2月2日)，存储板块走强。")


def test_a_body_of_several_lines() -> None:
    text = PAGE.replace(" Core Insights - Prices", "\nCore Insights\n- Prices").replace(" - Haichuan will", "\n- Haichuan will")
    document = _read(text)[0]
    assert _pieces(document, "section") == ["Investment Rating", "Core Insights", "Group 1: Supply and Prices"]


@pytest.mark.parametrize("count", [1, 2, 25])
def test_any_number_of_documents(count: int) -> None:
    page = "主题\n" + "".join(f"第{n}篇：公司扩产\nHOUSE {n}· 2026-01-{n % 28 + 1:02d} 10:00\n公司{n}公告扩产。\n" for n in range(count))
    assert len(_read(page)) == count


def test_a_page_without_a_head() -> None:
    assert _read(PAGE.split("\n", 2)[2])[0].offset == 0


@pytest.mark.parametrize("text", ["", "Just a note.\nAnother line.", "Meeting · notes\nfrom last week", "a · b", "2026-01-01 10:00\ntext"])
def test_other_texts_are_no_feed(text: str) -> None:
    assert not is_feed(text)


_LINES = st.sampled_from([
    "标题：扩产！", "A SOURCE· 2026-01-01 10:00", "A SOURCE·", "icon", "", "Core Insights - It grew [1]. - It fell [2].", "| a | b | c |",
    "公司公告扩产。" * 30, "Search documents", "\ufeff", "·", "- item", "инание как компания"])


@given(st.lists(_LINES, max_size=20), st.sampled_from(["\n", "\r\n"]))
def test_any_page_is_cut_into_slices_whose_passages_are_in_order(lines: list[str], newline: str) -> None:
    text, end = newline.join(lines), 0
    for document in read_feed(text, "page.txt"):
        assert document.offset >= end and text[document.offset:document.offset + len(document.text)] == document.text
        end = document.offset + len(document.text)
        position = 0
        for passage in document.passages:
            assert position <= passage.start < passage.end <= len(document.text)
            position = passage.end
