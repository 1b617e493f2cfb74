"""Companies that nobody has met: a frame wants one, and the encoder takes the name for one. The companies are made up, but for the known."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from kg.model import Reading
from kg.nlp.staging import stage
from kg.nlp.unmet import candidates

Read = Callable[..., Reading]


def told(reading: Reading) -> set[tuple[str, str, str]]:
    names = {mention.id: mention.name or mention.text for mention in reading.mentions}
    return {(names[claim.subject.mention or ""], claim.relation, names[claim.object.mention or ""]) for claim in reading.claims}


@pytest.mark.parametrize(("text", "claim"), [
    ("Brellmond supplies reactors to EDF.", ("Brellmond", "SUPPLIES", "EDF")),
    ("Intel agreed to buy Nervtal for $400 million.", ("Intel", "ACQUIRES", "Nervtal")),
    ("利洛(Tetra Vonn) supplies packaging to 伊利股份 and others.", ("Tetra Vonn", "SUPPLIES", "伊利股份")),
    ("特变电工(TBEA, 600089) will supply transformers to Sarvan Electricity.", ("特变电工", "SUPPLIES", "Sarvan Electricity")),
])
def test_a_name_never_met_is_read_where_a_relation_wants_a_company(read: Read, text: str, claim: tuple[str, str, str]) -> None:
    assert claim in told(read(text))


@pytest.mark.parametrize("text", [
    "Boeing supplies jets to Madrid.",  # a place
    "Yarbrough has invested $158,000 in GM bonds.",  # a person
    "Samsung supplies panels to Nothing in particular.",
])
def test_what_the_encoder_takes_for_no_company_is_left_out(read: Read, text: str) -> None:
    assert read(text).claims == ()


def test_a_name_that_no_relation_needs_is_no_mention(read: Read) -> None:
    assert "Brellmond" not in {mention.text for mention in read("Brellmond was mentioned beside EDF on Monday.").mentions}


@pytest.mark.parametrize(("text", "names"), [
    ("On Monday Brellmond and Tarvo Systems met Ann's lawyers.", ["Brellmond", "Tarvo Systems", "Ann"]),
    ("科创(Covenor) was bought by XRQ.", ["科创", "XRQ"]),
    ("GDP and CPI rose in the US.", []),
])
def test_candidates_are_capitalised_names_with_their_chinese_but_no_common_letters(text: str, names: list[str]) -> None:
    doc = stage(text, {}, "en")
    assert [doc.text[each.start:each.end] for each in candidates(doc)] == names


@pytest.mark.parametrize(("text", "claim"), [
    ("比亚迪的保护氨基酸由昊帆新材供应。", ("昊帆新材", "SUPPLIES", "比亚迪")),
    ("数坤科技与美年健康签署战略合作协议。", ("数坤科技", "PARTNERS_WITH", "美年健康")),
])
def test_a_chinese_name_never_met_is_read_where_a_relation_wants_a_company(read: Read, text: str, claim: tuple[str, str, str]) -> None:
    claims = told(read(text, lang="zh"))
    assert claim in claims or (claim[2], claim[1], claim[0]) in claims


@pytest.mark.parametrize("text", ["主机由专业厂商提供，比亚迪负责总装。", "比亚迪的货款由客户承担。"])
def test_common_chinese_words_are_no_company(read: Read, text: str) -> None:
    assert not any(relation == "SUPPLIES" for _, relation, _ in told(read(text, lang="zh")))


def test_the_other_members_of_a_list_that_a_new_name_closes_are_read_too(read: Read) -> None:
    assert {("欣旺达", "SUPPLIES", "赛力斯"), ("欣旺达", "SUPPLIES", "吉利汽车")} <= {
        (one, relation, other) for one, relation, other in told(read("欣旺达向赛力斯、吉利汽车批量供货。", lang="zh"))}
