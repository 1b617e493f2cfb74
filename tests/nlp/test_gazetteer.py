"""The gazetteer on made-up sentences: who is named, who is not, and where."""

from itertools import pairwise

import pytest

from kg.nlp.gazetteer import Gazetteer, default_gazetteer


@pytest.fixture(scope="module")
def gazetteer() -> Gazetteer:
    return default_gazetteer()


def named(gazetteer: Gazetteer, text: str) -> list[tuple[str, str | None]]:
    return [(text[m.start:m.end], m.entity) for m in gazetteer.find(text)]


@pytest.mark.parametrize(("text", "surface", "entity"), [
    ("Analysts expect 臺積電 to grow", "臺積電", "company:tsmc"), ("Analysts expect ＴＳＭＣ to grow", "ＴＳＭＣ", "company:tsmc"),
    ("看好汉得 信息", "汉得 信息", "company:hand-enterprise-solutions"),
    ("看好中际\n旭创", "中际\n旭创", "company:innolight"), ("TAIWAN SEMICONDUCTOR grows", "TAIWAN SEMICONDUCTOR", "company:tsmc"),
    ("艾司摩尔交付首台设备", "艾司摩尔", "company:asml"), ("ASML Holding N.V. ships", "ASML Holding N.V.", "company:asml"),
    ("he runs Research in Motion today", "Research in Motion", "company:blackberry"),
])
def test_a_name_is_found_in_any_script_width_and_cut(gazetteer: Gazetteer, text: str, surface: str, entity: str) -> None:
    assert (surface, entity) in named(gazetteer, text)


@pytest.mark.parametrize("text", [
    "The target was missed.", "Sales met their Target range", "苹果汁销量上升", "中国银行业净利润增长", "工业机器人很多",
    "全国天气转晴", "国产率提高", "a gap in supply", "blue chip savings",
    "精美的包装", "the apple harvest", "he will intel us", "合力拓展市场",
])
def test_an_ordinary_word_is_no_company(gazetteer: Gazetteer, text: str) -> None:
    assert [m for m in gazetteer.find(text) if m.label == "Company"] == []


@pytest.mark.parametrize(("text", "entity"), [
    ("Shares of Target rose", "company:target"), ("Target said it would hire", "company:target"),
    ("retailers such as Target and Walmart", "company:target"),
    ("机器人(300024)涨停", "company:300024.SZ"), ("宁德时代、机器人等多股下跌", "company:300024.SZ"),
    ("美的公告回购", "company:midea"), ("Gap (GAP.N) fell", "company:gap-inc"),
])
def test_evidence_beside_it_makes_an_ordinary_word_a_company(gazetteer: Gazetteer, text: str, entity: str) -> None:
    assert entity in {m.entity for m in gazetteer.find(text)}


@pytest.mark.parametrize(("text", "entity"), [
    ("华宝创业板人工智能ETF(159273)", "fund:159273.SZ"), ("the cloud computing ETF Huatai (159273)", "fund:159273.SZ"),
    ("the Widget Theme ETF, code 588200, rose", "fund:588200.SH"),
    ("某某芯片(300308)", "company:innolight"),
])
def test_a_code_outranks_the_name_beside_it(gazetteer: Gazetteer, text: str, entity: str) -> None:
    (mention,) = [m for m in gazetteer.find(text) if m.code]
    assert (mention.entity, mention.reader) == (entity, "code")


def test_a_code_that_passed_to_another_firm_does_not_rename_the_one_before_it(gazetteer: Gazetteer) -> None:
    assert ("Tenneco Inc", None) in named(gazetteer, "On Monday supplier Tenneco Inc ( TEN.N ) posted a loss")


@pytest.mark.parametrize("text", [
    "the finance chief, Peter Oppenheimer, said so", "下原科技产业园新建厂房", "教育部某某研究院发布", "子公司PT JiaMan New Energy Indonesia在建",
])
def test_part_of_the_name_of_a_man_a_park_or_a_body_is_no_mention(gazetteer: Gazetteer, text: str) -> None:
    assert gazetteer.find(text) == []


def test_a_part_of_a_good_is_a_good_of_its_own(gazetteer: Gazetteer) -> None:
    assert named(gazetteer, "投建动力电池结构件产线") == [("动力电池结构件", None)]


def test_bare_letters_in_brackets_count_only_for_the_name_that_has_them(gazetteer: Gazetteer) -> None:
    texts = ("Nvidia (NVDA) rose", "artificial intelligence (AI) grows", "Nvidia (TSM) rose")
    assert [[m.code for m in gazetteer.find(text) if m.code] for text in texts] == [["NVDA"], [], []]


@pytest.mark.parametrize(("text", "label"), [
    ("optical modules are scarce", "Product"), ("the optical module industry grows", "Sector"), ("光模块供不应求", "Product"),
    ("光模块板块走强", "Sector"), ("light module stocks rose", "Sector"),
])
def test_a_sector_word_makes_a_product_a_sector(gazetteer: Gazetteer, text: str, label: str) -> None:
    assert [m.label for m in gazetteer.find(text)] == [label]


def test_a_chip_takes_the_noun_of_its_kind_along(gazetteer: Gazetteer) -> None:
    assert named(gazetteer, "It runs H100/H200 GPUs and GB300 NVL72 racks") == [
        ("H100", "product:h100"), ("H200 GPUs", "product:h200"), ("GB300 NVL72", "product:gb300-nvl72"),
    ]


@pytest.mark.parametrize("text", ["3.5nm", "13nm", "H100x", "xH100", "GPT-4.7", "TSMCs4"])
def test_a_longer_word_or_number_is_not_cut(gazetteer: Gazetteer, text: str) -> None:
    assert gazetteer.find(text) == []


@pytest.mark.parametrize(("text", "surface"), [
    ("a deal with Blue Spruce Widgets Inc on Monday", "Blue Spruce Widgets Inc"),
    ("Yesterday Spruce & Sons Corp. said", "Spruce & Sons Corp."),
    ("公司与深圳市云杉光电科技有限公司签订合同", "深圳市云杉光电科技有限公司"),
    ("shares of Spruce Semiconductor rose", "Spruce Semiconductor"), ("rival Spruce Widgets (SPRW.N) fell", "Spruce Widgets"),
])
def test_a_name_never_met_is_known_by_its_shape(gazetteer: Gazetteer, text: str, surface: str) -> None:
    assert [(text[m.start:m.end], m.entity) for m in gazetteer.find(text) if m.label == "Company"] == [(surface, None)]


@pytest.mark.parametrize("text", [
    "He toured China Widget Trading today", "the firm has bought shares of the Bank of Ruritania and of Jordan Valley Works",
    "德国外交部表示欢迎", "伦敦帝国理工学院发布报告",
])
def test_a_place_inside_a_longer_name_is_not_taken_out(gazetteer: Gazetteer, text: str) -> None:
    assert {m.entity for m in gazetteer.find(text)} <= {"place:germany"}


@pytest.mark.parametrize(("text", "surface", "entity"), [
    ("河南许昌发布限电通知。", "河南许昌", "place:xuchang"),
    ("The data center in Memphis, Tennessee opened.", "Memphis, Tennessee", "place:memphis"),
])
def test_a_place_named_with_what_it_lies_in_is_one_place(gazetteer: Gazetteer, text: str, surface: str, entity: str) -> None:
    assert [(text[m.start:m.end], m.entity) for m in gazetteer.find(text) if m.label == "Place"] == [(surface, entity)]


@pytest.mark.parametrize("text", ["美国日本均下调利率。", "Offices in Memphis, Ohio and Texas closed.", "Sales rose in Hong Kong, China and Japan."])
def test_places_that_stand_side_by_side_stay_two(gazetteer: Gazetteer, text: str) -> None:
    assert len([m for m in gazetteer.find(text) if m.label == "Place"]) > 1


@pytest.mark.parametrize("text", ["复合肥价格上涨。", "游客到长白山看雪。", "出海口淤积。"])
def test_a_city_inside_another_word_is_no_place(gazetteer: Gazetteer, text: str) -> None:
    assert not [m for m in gazetteer.find(text) if m.label == "Place"]


@pytest.mark.parametrize(("text", "surface"), [
    ("台湾大规模停电影响供应链。", "台湾"), ("中国稀土出口下降。", "中国"), ("全国电力消耗增长。", "电力"),
])
def test_a_name_that_lacks_evidence_hides_no_other(gazetteer: Gazetteer, text: str, surface: str) -> None:
    assert surface in {text[m.start:m.end] for m in gazetteer.find(text)}


def test_a_house_spelling_is_read_as_the_company(gazetteer: Gazetteer) -> None:
    text = "Stocks such as LianTe Technology rose"
    (mention,) = gazetteer.find(text)
    assert (text[mention.start:mention.end], mention.entity, mention.reader) == ("LianTe Technology", "company:301205.SZ", "spelling")


def test_a_person_and_a_place_are_no_companies(gazetteer: Gazetteer) -> None:
    assert named(gazetteer, "Musk spoke in the U.S. on Friday") == [("Musk", "person:elon-musk"), ("U.S.", "place:united-states")]


def test_mentions_never_overlap_and_are_sorted(gazetteer: Gazetteer) -> None:
    spans = gazetteer.spans("中国平安银行板块与平安银行、NVIDIA H100 GPUs (NVDA)及华宝创业板人工智能ETF(159363)和China Mobile Ltd.")
    assert all(left[1] <= right[0] for left, right in pairwise(spans))


@pytest.mark.parametrize(("text", "surface", "entity"), [
    ("晶合为豪威(OmniVision)代工", "豪威", "company:omnivision"),
    ("大众(Volkswagen) is among its customers", "大众", "company:volkswagen"),
])
def test_the_name_in_brackets_tells_whose_the_other_one_is(gazetteer: Gazetteer, text: str, surface: str, entity: str) -> None:
    assert (surface, entity) in named(gazetteer, text)


def test_a_part_of_the_name_in_brackets_is_nobody_else(gazetteer: Gazetteer) -> None:
    assert "Hyundai" not in {text for text, _ in named(gazetteer, "达飞向HD现代重工(HD Hyundai Heavy)订船")}


@pytest.mark.parametrize(("text", "name"), [("Volvo Trucks buys batteries from CATL", "Volvo Trucks"), ("a Boeing Dreamliner landed", "Boeing")])
def test_a_capitalised_common_noun_makes_a_firm_of_its_own_and_a_products_name_does_not(gazetteer: Gazetteer, text: str, name: str) -> None:
    assert name in {surface for surface, _ in named(gazetteer, text)}
