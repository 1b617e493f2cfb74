"""Back-references and topics, on small documents."""

from __future__ import annotations

from dataclasses import replace

from kg.nlp import coreference
from kg.nlp.staging import stage


def document(*sentences, language="en", title=True):
    docs = []
    for index, (text, mentions) in enumerate(sentences):
        doc = stage(text, mentions, language)
        doc._.passage = "title" if title and index == 0 else "body"
        docs.append(doc)
    return docs


def references(doc):
    return {doc.text[m.start : m.end]: m.name for m in doc._.mentions if m.antecedent}


def test_the_company_is_the_one_named_before():
    docs = document(("Corvid Devices cuts jobs.", {"Corvid Devices": "Company"}), ("The company expects growth.", {}))
    coreference.resolve(docs)
    assert references(docs[1]) == {"The company": "Corvid Devices"}


def test_a_firm_that_texts_cite_is_not_what_refers_back():
    docs = document(("Corvid Devices cuts jobs.", {"Corvid Devices": "Company"}), ("Thomson Reuters reported it first.", {"Thomson Reuters": "Company"}),
                    ("The company expects growth.", {}))
    docs[1]._.mentions = tuple(replace(m, entity="company:thomson-reuters") for m in docs[1]._.mentions)
    coreference.resolve(docs)
    assert references(docs[2]) == {"The company": "Corvid Devices"}


def test_two_that_could_be_meant_are_not():
    docs = document(
        ("Corvid Devices and Halden Motors gained.", {"Corvid Devices": "Company", "Halden Motors": "Company"}),
        ("The company expects growth.", {}),
        title=False,
    )
    coreference.resolve(docs)
    assert references(docs[1]) == {}


def test_a_name_in_the_same_clause_is_not_what_refers_to_it():
    docs = document(
        ("Corvid Devices wins.", {"Corvid Devices": "Company"}),
        ("The company accused Corvid Devices of copying.", {"Corvid Devices": "Company"}),
    )
    coreference.resolve(docs)
    assert references(docs[1]) == {}


def test_the_label_of_the_noun_decides():
    docs = document(
        ("Corvid Devices opened Skagen Yard.", {"Corvid Devices": "Company", "Skagen Yard": "Facility"}), ("The cluster draws 300 MW.", {})
    )
    coreference.resolve(docs)
    assert references(docs[1]) == {"The cluster": "Skagen Yard"}


def test_its_is_the_only_subject_before_it():
    docs = document(("Corvid Devices raised its guidance.", {"Corvid Devices": "Company"}))
    coreference.resolve(docs)
    assert references(docs[0]) == {"its": "Corvid Devices"}


def test_chinese_company_of_an_announcement():
    docs = document(("海棠电子公告，公司拟扩产。", {"海棠电子": "Company"}), language="zh")
    coreference.resolve(docs)
    assert references(docs[0]) == {"公司": "海棠电子"}


def test_subsidiary_is_not_the_company():
    docs = document(("海棠电子公告，子公司拟扩产。", {"海棠电子": "Company"}), language="zh")
    coreference.resolve(docs)
    assert references(docs[0]) == {}


def test_the_topic_is_what_the_title_names():
    docs = document(("Corvid Devices posts record profit", {"Corvid Devices": "Company"}), ("Revenue rose 9%.", {}))
    assert [topic.name for topic in coreference.resolve(docs)] == ["Corvid Devices", "Corvid Devices"]


def test_after_a_sentence_about_another_that_is_the_topic():
    docs = document(
        ("Corvid Devices posts record profit", {"Corvid Devices": "Company"}),
        ("Halden Motors fell.", {"Halden Motors": "Company"}),
        ("Revenue rose 9%.", {}),
    )
    assert [topic.name for topic in coreference.resolve(docs) if topic][2] == "Halden Motors"


def test_the_report_is_its_source():
    docs = document(
        ("According to Vale Securities, demand is shifting.", {"Vale Securities": "Company"}),
        ("The report predicts growth.", {}),
        title=False,
    )
    coreference.resolve(docs)
    assert references(docs[1]) == {"The report": "Vale Securities"}


def test_the_report_is_nobody_without_a_source():
    docs = document(("Corvid Devices gained.", {"Corvid Devices": "Company"}), ("The report predicts growth.", {}))
    coreference.resolve(docs)
    assert references(docs[1]) == {}


def test_its_of_an_unknown_name_is_nobody():
    docs = document(("Corvid Devices gained.", {"Corvid Devices": "Company"}), ("Foolander raised its forecast.", {}))
    coreference.resolve(docs)
    assert references(docs[1]) == {}


def test_nationality_says_which_of_two_is_meant():
    docs = document(("Infineon buys wafers from Soitec.", {"Infineon": "Company", "Soitec": "Company"}), ("The French group expects growth.", {}), title=False)
    docs[0]._.mentions = tuple(replace(m, entity=f"company:{docs[0].text[m.start:m.end].lower()}") for m in docs[0]._.mentions)
    coreference.resolve(docs)
    assert references(docs[1]) == {"The French group": "Soitec"}


def test_goods_own_no_site():
    docs = document(("Corvid Devices makes Lynx Two at its Kelso plant.", {"Corvid Devices": "Company", "Lynx Two": "Product"}), title=False)
    coreference.resolve(docs)
    assert references(docs[0]) == {"its": "Corvid Devices"}
