"""Names that a document introduces."""

from __future__ import annotations

from dataclasses import replace

from kg.nlp import aliases
from kg.nlp.staging import stage


def marked(doc):
    return [(doc.text[m.start : m.end], m.name) for m in doc._.mentions]


def test_an_abbreviation_in_brackets_is_the_long_name_from_there_on():
    docs = [
        stage("Northern Cell Works (NCW) will build a plant.", {"Northern Cell Works": "Company"}, "en"),
        stage("NCW said so.", {}, "en"),
    ]
    aliases.resolve(docs)
    assert marked(docs[1]) == [("NCW", "Northern Cell Works")]


def test_a_currency_in_brackets_is_no_name():
    docs = [stage("Union Steel Delta (USD) fell.", {"Union Steel Delta": "Company"}, "en"), stage("USD rose.", {}, "en")]
    aliases.resolve(docs)
    assert marked(docs[1]) == []


def test_a_chinese_short_form_is_introduced_by_its_words():
    docs = [
        stage("海棠新能源科技股份有限公司（以下简称“海棠新能”）公告。", {"海棠新能源科技股份有限公司": "Company"}, "zh"),
        stage("海棠新能将扩产。", {}, "zh"),
    ]
    aliases.resolve(docs)
    assert marked(docs[1]) == [("海棠新能", "海棠新能源科技股份有限公司")]


def test_an_unknown_company_is_known_by_its_first_word():
    docs = [
        stage("Skagenberg Battery Holdings Ltd opened a plant.", {"Skagenberg Battery Holdings Ltd": "Company"}, "en"),
        stage("Skagenberg hired 300 people.", {}, "en"),
    ]
    aliases.resolve(docs)
    assert marked(docs[1]) == [("Skagenberg", "Skagenberg Battery Holdings Ltd")]


def test_a_name_beside_a_code_is_not_learned():
    doc = stage("Northern Cell Works (NCW) fell.", {"Northern Cell Works": "Company"}, "en")
    doc._.mentions = tuple(replace(m, code="9999.HK") for m in doc._.mentions)
    docs = [doc, stage("NCW rose.", {}, "en")]
    aliases.resolve(docs)
    assert marked(docs[1]) == []


def test_a_known_name_is_left_alone():
    other = stage("NCW rose.", {"NCW": "Organization"}, "en")
    other._.mentions = tuple(replace(m, entity="organization:ncw") for m in other._.mentions)
    docs = [stage("Northern Cell Works (NCW) fell.", {"Northern Cell Works": "Company"}, "en"), other]
    aliases.resolve(docs)
    assert [m.label for m in other._.mentions] == ["Organization"]


def test_a_known_company_is_known_by_a_word_of_its_name_in_the_text_that_gives_it_whole():
    docs = [stage("Titan International makes tyres.", {"Titan International": "Company"}, "en"),
            stage("On Monday Titan closed a plant, and Titan Wheels of Utah rose.", {}, "en")]
    docs[0]._.mentions = tuple(replace(m, entity="company:titan-international") for m in docs[0]._.mentions)
    aliases.resolve(docs)
    assert [m.start for m in docs[1]._.mentions] == [10]


def test_a_name_that_means_too_much_else_is_known_once_its_code_was_told():
    docs = [stage("台光电(2383.TW)扩产。", {"台光电": "Company"}, "zh"), stage("菲利华是台光电的供应商。", {}, "zh")]
    docs[0]._.mentions = tuple(replace(m, entity="company:2383.TW", code="2383.TW") for m in docs[0]._.mentions)
    aliases.resolve(docs)
    assert marked(docs[1]) == [("台光电", "台光电")]
