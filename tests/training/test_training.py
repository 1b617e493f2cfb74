"""Tiny trainings on made-up sentences: that the code works from file to pipeline, not that the model is good."""

from __future__ import annotations

import random
from dataclasses import replace
from pathlib import Path

import pytest
from spacy.vocab import Vocab

import kg.training
from kg.errors import DataError, KgError
from kg.training import english
from kg.training.corpora import Sentence, every_roughness, example, read_conllu, read_iob, roughen, write_conllu
from kg.training.loop import Recipe, score, train_pipeline
from kg.training.segmenter import Recipe as SegmenterRecipe
from kg.training.segmenter import train_segmenter, word_f1
from kg.training.templates import trade_sentences

ENGLISH = """# text = Novacor doesn't sell chips.
1\tNovacor\tNovacor\tPROPN\tNNP\tNumber=Sing\t4\tnsubj\t_\t_
2-3\tdoesn't\t_\t_\t_\t_\t_\t_\t_\t_
2\tdoes\tdo\tAUX\tVBZ\tTense=Pres\t4\taux\t_\t_
3\tn't\tnot\tPART\tRB\t_\t4\tadvmod\t_\t_
4\tsell\tsell\tVERB\tVB\tVerbForm=Inf\t0\troot\t_\t_
5\tchips\tchip\tNOUN\tNNS\tNumber=Plur\t4\tobj\t_\tSpaceAfter=No
6\t.\t.\tPUNCT\t.\t_\t4\tpunct\t_\t_
6.1\tsell\tsell\tVERB\tVB\t_\t_\t_\t4:conj\t_

"""
CHINESE = """1\t海川\t_\tPROPN\tNNP\t_\t2\tnsubj\t_\tNER=B-ORG
2\t采购\t_\tVERB\tVV\t_\t0\troot\t_\tNER=O
3\t电池\t_\tNOUN\tNN\t_\t2\tdobj\t_\tNER=O
4\t。\t_\tPUNCT\t.\t_\t2\tpunct\t_\tNER=O

1\t公司\t_\tNOUN\tNN\t_\t2\tnsubj\t_\tNER=O
2\t供应\t_\tVERB\tVV\t_\t0\troot\t_\tNER=O
3\t海川\t_\tPROPN\tNNP\t_\t2\tdobj\t_\tNER=B-ORG
4\t。\t_\tPUNCT\t.\t_\t2\tpunct\t_\tNER=O

"""
NAMES = "# text = Novacor Inc. sells.\n1\tNovacor\tB-ORG\t-\tx\n2\tInc.\tI-ORG\t-\tx\n3\tsells\tO\n4\t.\tO\n\n1\tThai\tB-OTH\n2\tYara\tI-PER\n\n"
SHORT = Recipe(steps=4, judged_by=("uas",), words=10, warmup=2, evaluate_every=2)


def treebank(folder: Path, text: str, *, spaced: bool = True) -> list[Sentence]:
    path = folder / "bank.conllu"
    path.write_text(text, encoding="utf-8")
    return read_conllu(path, spaced=spaced)


def test_conllu_keeps_words_of_a_multiword_token_and_its_spacing(tmp_path: Path) -> None:
    (sentence,) = treebank(tmp_path, ENGLISH)
    assert sentence.text == "Novacor doesn't sell chips."
    assert sentence.heads == (3, 3, 3, 3, 3, 3)
    assert sentence.deps[3] == "ROOT"


def test_conllu_of_a_script_without_spaces(tmp_path: Path) -> None:
    first, _ = treebank(tmp_path, CHINESE, spaced=False)
    assert first.text == "海川采购电池。"
    assert first.entities == ("B-ORG", "O", "O", "O")
    assert first.lemmas == ()


@pytest.mark.parametrize(("text", "spaced"), [(ENGLISH, True), (CHINESE, False)])
def test_what_is_written_is_read_again(tmp_path: Path, text: str, spaced: bool) -> None:
    bank = [replace(sentence, entities=()) for sentence in treebank(tmp_path, text, spaced=spaced)]
    write_conllu(bank, tmp_path / "again.conllu")
    assert read_conllu(tmp_path / "again.conllu") == bank


@pytest.mark.parametrize(("text", "line"), [("1\ta\tb\n", 1), (ENGLISH.replace("\t4\tobj", "\tx\tobj"), 7)])
def test_a_bad_line_is_named(tmp_path: Path, text: str, line: int) -> None:
    with pytest.raises(DataError, match=f"bank.conllu:{line}:"):
        treebank(tmp_path, text)


def test_iob_maps_kinds_and_mends_a_stray_inside(tmp_path: Path) -> None:
    (tmp_path / "names.iob2").write_text(NAMES, encoding="utf-8")
    first, second = read_iob(tmp_path / "names.iob2")
    assert first.entities == ("B-ORG", "I-ORG", "O", "O")
    assert first.text == "Novacor Inc. sells."
    assert second.entities == ("O", "B-PER")


def test_joined_sentences_keep_their_own_heads(tmp_path: Path) -> None:
    joined = example(Vocab(), treebank(tmp_path, CHINESE, spaced=False)).reference
    assert [token.head.i for token in joined] == [1, 1, 1, 1, 5, 5, 5, 5]


def test_roughening_leaves_trees_whole(tmp_path: Path) -> None:
    (sentence,) = treebank(tmp_path, ENGLISH)
    rng = random.Random(1)
    copies = [*every_roughness(sentence), *(roughen(sentence, rng, cased=True) for _ in range(300))]
    vocab = Vocab()
    trees = [example(vocab, [copy]).reference for copy in copies]
    assert len({tree.text for tree in trees}) > 10
    assert {token.text.lower() for tree in trees for token in tree if token.dep_ == "ROOT"} == {"sell"}


def test_trade_sentences_are_trees_and_repeatable(tmp_path: Path) -> None:
    bank = treebank(tmp_path, ENGLISH)
    made = trade_sentences(200, bank)
    assert made == trade_sentences(200, bank)
    vocab = Vocab()
    assert all(example(vocab, [sentence]).reference.has_annotation("DEP") for sentence in made)
    assert all(sentence.deps.count("ROOT") == 1 and "" not in sentence.deps for sentence in made)


def test_an_english_parser_is_trained_saved_and_resumed(tmp_path: Path) -> None:
    bank = treebank(tmp_path, ENGLISH) * 3
    train_pipeline(english.blank, bank, bank, SHORT, tmp_path / "run", progress=lambda _: None)
    said: list[str] = []
    nlp = train_pipeline(english.blank, bank, bank, replace(SHORT, steps=6), tmp_path / "run", progress=said.append)
    assert said[0] == "goes on from step 4"
    assert {"tag", "pos", "morph", "lemma", "uas", "las", "uas_words", "las_words"} == set(score(nlp, bank))


def test_the_segmenter_learns_its_words(tmp_path: Path) -> None:
    bank = treebank(tmp_path, CHINESE, spaced=False) * 8
    segmenter = train_segmenter(bank, bank, ("电池",), SegmenterRecipe(bits=12, epochs=6), progress=lambda _: None)
    assert word_f1(segmenter, bank) == 1.0


def test_an_unknown_name_and_a_missing_file_are_told(tmp_path: Path) -> None:
    with pytest.raises(KgError, match="zh-segmenter"):
        kg.training.train("klingon", tmp_path, tmp_path / "out")
    with pytest.raises(DataError, match=r"en_ewt-train\.conllu"):
        kg.training.train("en-parse", tmp_path, tmp_path / "out", checkpoints=tmp_path / "run")


def test_the_english_parser_wants_what_its_teacher_read(tmp_path: Path) -> None:
    (tmp_path / "treebank").mkdir()
    for part in ("train", "dev"):
        (tmp_path / f"treebank/en_ewt-{part}.conllu").write_text(ENGLISH, encoding="utf-8")
    with pytest.raises(KgError, match="the teacher has not read its news yet"):
        kg.training.train("en-parse", tmp_path, tmp_path / "out", checkpoints=tmp_path / "run")
