"""HanLP behind the seam: whatever it says, a Doc is the text's own, its labels are kg's, and its tree is a tree."""

from __future__ import annotations

import logging
import shutil
from pathlib import Path

import pytest
from spacy.language import Language

from kg.errors import InputError
from kg.model import Document, Passage
from kg.nlp.pipeline import Reader, load_pipeline

ODD = {
    "empty": "", "spaces": "   ", "ideographic space": "\u3000中国\u3000\u3000公司\u3000", "tab": "\t中国\t公司\n", "zero width": "中国\u200b公司\ufeff",
    "pictures": "公司👍🏽很👨‍👩‍👧好", "rare planes": "𠀀𪚥公司𠮷", "full width": "ＡＢＣ１２３％，（全角）：ｅｎｄ", "no punctuation": "中国的公司在上海" * 56 + "公司",
}
PLAIN = ["这家公司去年在上海收购了两家工厂。", "台積電 的 CoWoS 產能 緊張。", "他在北京工作，她在香港工作。"]
TEXTS = [*ODD.values(), *PLAIN]
LABELS = {"ROOT", "acl", "acl:relcl", "advcl", "advmod", "amod", "appos", "aux", "aux:caus", "auxpass", "case", "case:aspect", "case:dec", "case:pref",
          "case:suff", "cc", "ccomp", "conj", "cop", "csubj", "csubjpass", "dep", "det", "discourse", "dislocated", "dobj", "foreign", "iobj", "mark",
          "neg", "nmod", "nmod:tmod", "nsubj", "nsubjpass", "nummod", "punct", "vocative", "xcomp"}  # kg's own Chinese parser's


@pytest.fixture(scope="module")
def chinese(components: Path) -> Language:
    return load_pipeline("zh", f"hanlp:{components}")


@pytest.mark.parametrize("text", TEXTS, ids=[*ODD, "plain", "spaced", "two clauses"])
def test_every_character_stays_where_it_is(text: str, chinese: Language) -> None:
    doc = chinese(text)
    assert doc.text == text
    assert all(text[token.idx:token.idx + len(token.text)] == token.text for token in doc)


@pytest.mark.parametrize("text", [text for text in TEXTS if text.strip()])
def test_every_sentence_has_one_tree(text: str, chinese: Language) -> None:
    doc = chinese(text)
    assert [token.dep_ for token in doc if token.head == token] == ["ROOT"]
    root = next(token for token in doc if token.head == token)
    assert {token.i for token in root.subtree} == set(range(len(doc)))


@pytest.mark.parametrize("text", PLAIN)
def test_labels_are_kgs_own(text: str, chinese: Language) -> None:
    doc = chinese(text)
    assert {token.dep_ for token in doc} <= LABELS
    assert all(token.pos_ for token in doc)
    assert {ent.label_ for ent in doc.ents} <= {"PER", "ORG", "LOC"}


def test_it_cuts_words(chinese: Language) -> None:
    assert "公司" in [token.text for token in chinese(PLAIN[0])]


def test_white_space_is_no_word(chinese: Language) -> None:
    doc = chinese("\u3000中国\t公司")
    assert [(token.text, token.pos_, token.dep_) for token in doc if token.is_space] == [("\u3000", "SPACE", "dep"), ("\t", "SPACE", "dep")]


def _shown(nlp: Language) -> list[object]:
    return [[(t.text, t.tag_, t.pos_, t.head.i, t.dep_, t.ent_type_) for t in doc] for doc in nlp.pipe(TEXTS)]


def test_batches_and_runs_agree(chinese: Language, components: Path) -> None:
    again = load_pipeline("zh", f"hanlp:{components}")
    assert _shown(chinese) == _shown(again) == _shown(chinese)


def test_a_frame_reads_what_hanlp_parsed(components: Path) -> None:
    text = "中芯国际向华为供应芯片。"
    document = Document(id="doc:1", path="a.txt", offset=0, title="", language="zh", sha256="", text=text,
                        passages=(Passage(start=0, end=len(text), kind="body", language="zh"),))
    reader = Reader(zh=f"hanlp:{components}")
    reading = reader.read(document)
    names = {mention.id: mention.text for mention in reading.mentions}
    assert ("中芯国际", "SUPPLIES", "华为") in {(names[c.subject.mention], c.relation, names[c.object.mention]) for c in reading.claims}
    assert reader.read(document) == reading
    assert reader.versions()["zh"].startswith("hanlp:")


def test_a_saved_pipeline_reads_the_same(components: Path, chinese: Language, tmp_path: Path) -> None:
    import hanlp

    parts = {name: hanlp.load(str(components / name), devices=-1) for name in ("tok", "pos", "ner", "dep")}
    pipeline = hanlp.pipeline().append(parts["tok"], output_key="tok")
    for name in ("pos", "ner", "dep"):
        pipeline.append(parts[name], input_key="tok", output_key=name)
    pipeline.save(str(tmp_path / "all.json"))
    saved = _shown(load_pipeline("zh", f"hanlp:{tmp_path / 'all.json'}"))
    assert saved == _shown(chinese) == _shown(load_pipeline("zh", f"hanlp:{tmp_path}"))


def test_the_licence_is_told_once(components: Path, tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    shutil.copytree(components, tmp_path / "copy")
    (tmp_path / "copy" / "LICENSE").write_text("Only here.", encoding="utf-8")
    with caplog.at_level(logging.WARNING, logger="kg"):
        for _ in range(2):
            load_pipeline("zh", f"hanlp:{tmp_path / 'copy'}")
    assert ["the licence of" in record.getMessage() for record in caplog.records] == [True]
    assert str(tmp_path / "copy" / "LICENSE") in caplog.text


def test_what_lacks_a_parser_is_told_before_reading(components: Path, tmp_path: Path) -> None:
    for name in ("tok", "pos"):
        shutil.copytree(components / name, tmp_path / name)
    with pytest.raises(InputError, match="gives no dependencies"):
        Reader(zh=f"hanlp:{tmp_path}")


def test_one_component_is_not_enough(components: Path) -> None:
    with pytest.raises(InputError, match="one component"):
        Reader(zh=f"hanlp:{components / 'pos'}")


def test_an_empty_folder_holds_no_model(hanlp_installed: None, tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no HanLP model here"):
        Reader(zh=f"hanlp:{tmp_path}")


def test_an_unknown_name_is_told_with_what_is_near(hanlp_installed: None) -> None:
    with pytest.raises(InputError, match="CTB9_DEP_ELECTRA_SMALL"):
        Reader(zh="hanlp:CTB9_DEP_ELECTRA_SMAL")
