"""Scores of names, relations and parses, checked by hand; gold files read, converted and refused."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

import kg
from kg.cli import main
from kg.errors import DataError, InputError, KgError
from kg.evaluation import convert, evaluate_names, evaluate_parse, evaluate_relations
from kg.evaluation.names import Name, read_iob2, score_names, write_iob2
from kg.evaluation.pairs import Inventory, Pair, read_pairs, write_pairs
from kg.evaluation.parses import Word, score_parses
from kg.evaluation.relations import score_relations

IOB2 = "# text = Ann runs Bright Water.\n1\tAnn\tB-PER\n2\truns\tO\n3\tBright\tB-ORG\n4\tWater\tI-ORG\n5\t.\tO\n\n1\t青城\tB-LOC\n2\t的\tO\n\n"
SELLS = Inventory(name="made-up", labels=("buys", "meets", "none", "sells"), null="none", inverse={"buys": "sells", "sells": "buys"})
GOLD = {
    "id": "1", "lang": "en", "text": "Novacor supplies cables to Brightwater.", "head": {"start": 0, "end": 7}, "tail": {"start": 27, "end": 38},
    "relation": "SUPPLIES",
}
BANK = (
    "# text = Ann sold two factories.\n1\tAnn\tAnn\tPROPN\tNNP\t_\t2\tnsubj\t_\t_\n2\tsold\tsell\tVERB\tVBD\t_\t0\troot\t_\t_\n"
    "3\ttwo\ttwo\tNUM\tCD\t_\t4\tnummod\t_\t_\n4\tfactories\tfactory\tNOUN\tNNS\t_\t2\tobj\t_\tSpaceAfter=No\n5\t.\t.\tPUNCT\t.\t_\t2\tpunct\t_\t_\n\n"
)


def pairs(*labels: str) -> list[Pair]:
    return [Pair(str(number), "en", "a b", (0, 1), (2, 3), label) for number, label in enumerate(labels)]


def file(folder: Path, name: str, text: str) -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def jsonl(folder: Path, *rows: dict[str, object]) -> Path:
    return file(folder, "gold.jsonl", "".join(json.dumps(row) + "\n" for row in rows))


def test_relations_are_counted_without_the_null_label() -> None:
    gold = pairs("buys", "buys", "sells", "none", "none", "meets")
    score = score_relations(gold, ["buys", "sells", "sells", "none", "meets", "none"], SELLS)
    assert (score.micro.right, score.micro.found, score.micro.gold) == (2, 4, 4)
    assert score.micro.f1 == pytest.approx(0.5)
    assert {label: figure.f1 for label, figure in score.labels.items()} == pytest.approx({"buys": 2 / 3, "meets": 0.0, "sells": 2 / 3})
    assert score.macro_f1 == pytest.approx(4 / 9)
    assert score.wrong_direction == 1
    assert ("none", "meets", 1) in score.confusion


def test_a_label_that_the_gold_lacks_costs_precision_and_not_the_macro_mean() -> None:
    score = score_relations(pairs("buys", "none"), ["buys", "meets"], SELLS)
    assert score.micro.precision == 0.5
    assert score.macro_f1 == 1.0


def test_names_count_by_exact_span_and_kind(tmp_path: Path) -> None:
    gold = read_iob2(file(tmp_path, "gold.iob2", IOB2))
    found = [[Name(0, 3, "PERSON"), Name(9, 15, "ORG")], [Name(0, 2, "ORG")]]
    score = score_names(gold, found)
    assert (score.overall.right, score.overall.found, score.overall.gold) == (1, 3, 3)
    assert score.kinds["PER"].f1 == 1.0
    assert (score.kinds["ORG"].precision, score.kinds["ORG"].recall) == (0.0, 0.0)
    assert score.kinds["LOC"].recall == 0.0


def test_a_name_that_ends_inside_a_word_is_taken_to_its_end(tmp_path: Path) -> None:
    gold = read_iob2(file(tmp_path, "gold.iob2", IOB2))
    assert score_names(gold, [[Name(9, 18, "ORG")], []]).kinds["ORG"].f1 == 1.0


def test_texts_are_rebuilt_and_languages_told(tmp_path: Path) -> None:
    english, chinese = read_iob2(file(tmp_path, "gold.iob2", IOB2))
    assert (english.text, english.lang) == ("Ann runs Bright Water.", "en")
    assert (chinese.text, chinese.lang) == ("青城的", "zh")


def test_iob2_is_written_as_it_is_read(tmp_path: Path) -> None:
    gold = read_iob2(file(tmp_path, "gold.iob2", IOB2))
    write_iob2(gold, tmp_path / "again.iob2")
    assert [s.names for s in read_iob2(tmp_path / "again.iob2")] == [s.names for s in gold]


def test_pairs_are_written_as_they_are_read(tmp_path: Path) -> None:
    write_pairs(read_pairs(jsonl(tmp_path, GOLD)), tmp_path / "again.jsonl")
    assert json.loads((tmp_path / "again.jsonl").read_text(encoding="utf-8")) == GOLD


def test_parses_are_counted_word_by_word() -> None:
    gold = [[Word(tag="NN", pos="NOUN", head=2, dep="nsubj"), Word(tag="VB", pos="VERB", head=0, dep="root")]]
    found = [[Word(tag="NN", pos="NOUN", head=2, dep="obj"), Word(tag="VB", pos="NOUN", head=0, dep="root")]]
    score = score_parses(gold, found)
    assert (score.uas, score.las, score.tag, score.pos, score.words) == (1.0, 0.5, 1.0, 0.5, 2)


def test_frames_tell_a_relation_in_both_orders(tmp_path: Path) -> None:
    turned = GOLD | {"id": "2", "head": GOLD["tail"], "tail": GOLD["head"], "relation": "~SUPPLIES"}
    alone = GOLD | {"id": "3", "text": "Novacor met up with nobody; Brightwater", "head": {"start": 0, "end": 7}, "tail": {"start": 28, "end": 39},
                    "relation": "none"}
    score = evaluate_relations(jsonl(tmp_path, GOLD, turned, alone), predictions=tmp_path / "said.jsonl")
    assert score.micro.f1 == 1.0
    said = [json.loads(line) for line in (tmp_path / "said.jsonl").read_text(encoding="utf-8").splitlines()]
    assert said[1] == {"id": "2", "gold": "~SUPPLIES", "predicted": "~SUPPLIES"}


def test_builtin_names_are_scored_and_written(tmp_path: Path) -> None:
    gold = file(tmp_path, "gold.iob2", "1\tMaria\tB-PER\n2\tJensen\tI-PER\n3\tmoved\tO\n4\tto\tO\n5\tBerlin\tB-LOC\n6\t.\tO\n")
    assert evaluate_names(gold, predictions=tmp_path / "said.iob2").overall.f1 == 1.0
    assert [s.names for s in read_iob2(tmp_path / "said.iob2")] == [s.names for s in read_iob2(gold)]


def test_a_parse_is_scored_and_written(tmp_path: Path) -> None:
    score = evaluate_parse(file(tmp_path, "gold.conllu", BANK), predictions=tmp_path / "said.conllu")
    assert (score.words, score.uas, score.las) == (5, 1.0, 1.0)
    assert evaluate_parse(tmp_path / "said.conllu").uas == 1.0


def test_a_chinese_parse_is_scored_on_words_without_spaces(tmp_path: Path) -> None:
    rows = [("公司", "NOUN", "NN", 2, "nsubj"), ("收购", "VERB", "VV", 0, "root"), ("工厂", "NOUN", "NN", 2, "dobj")]
    text = "".join(f"{i}\t{w}\t_\t{pos}\t{tag}\t_\t{head}\t{dep}\t_\t_\n" for i, (w, pos, tag, head, dep) in enumerate(rows, 1))
    assert evaluate_parse(file(tmp_path, "gold.conllu", text)).las == 1.0


def test_conversion_keeps_labels_and_counts_rows(tmp_path: Path) -> None:
    source = file(tmp_path, "valid.txt", "海川\t北辰\t收购\t海川收购北辰。\n\n北辰\t海川\t被收购\t海川收购北辰。\n")
    assert convert("finre", source, tmp_path / "gold.jsonl") == 2
    assert [pair.relation for pair in read_pairs(tmp_path / "gold.jsonl")] == ["收购", "被收购"]


def test_an_unknown_set_inventory_or_kind_is_told(tmp_path: Path) -> None:
    with pytest.raises(KgError, match="finre"):
        convert("klingon", tmp_path / "x", tmp_path / "y")
    with pytest.raises(KgError, match="finre"):
        evaluate_relations(jsonl(tmp_path, GOLD), "klingon")
    with pytest.raises(KgError, match="relations"):
        kg.evaluate("klingon", tmp_path / "x")  # type: ignore[arg-type]


def test_the_library_call_stands_for_each_kind(tmp_path: Path) -> None:
    assert kg.evaluate("relations", jsonl(tmp_path, GOLD)) == evaluate_relations(tmp_path / "gold.jsonl")


def test_predictions_that_cannot_be_written_are_told(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="cannot be written"):
        evaluate_relations(jsonl(tmp_path, GOLD), predictions=tmp_path)


@pytest.mark.parametrize(
    ("rows", "line"),
    [
        ((GOLD, GOLD | {"id": "2", "relation": "HUGS"}), 2),
        ((GOLD, GOLD), 2),
        ((GOLD | {"tail": {"start": 30, "end": 99}},), 1),
        ((GOLD | {"head": {"start": 5, "end": 5}},), 1),
        ((GOLD, {"id": "2"}), 2),
        ((GOLD | {"lang": "fr"},), 1),
    ],
)
def test_bad_pairs_are_named_by_file_and_line(tmp_path: Path, rows: tuple[dict[str, object], ...], line: int) -> None:
    with pytest.raises(DataError) as raised:
        evaluate_relations(jsonl(tmp_path, *rows))
    assert (raised.value.where, raised.value.line) == (str(tmp_path / "gold.jsonl"), line)


@pytest.mark.parametrize(
    ("command", "text", "line"),
    [
        ("ner", "1\tAnn\tB-PER\n2\truns\tPER\n", 2),
        ("ner", "Ann runs\n", 1),
        ("parse", BANK.replace("\t4\tnummod", "\t9\tnummod"), 4),
        ("parse", BANK.replace("\t0\troot", "\tx\troot"), 3),
        ("parse", BANK + "1-x\tdon't\t_\t_\t_\t_\t_\t_\t_\t_\n", 8),
        ("parse", BANK.replace("\n3\ttwo", "\n7\ttwo"), 4),
        ("relations", "[]\n{", 1),
        ("relations", "\n{", 2),
        ("graph", "documents: [}", 1),
    ],
)
def test_a_bad_gold_file_is_one_line_on_standard_error(tmp_path: Path, command: str, text: str, line: int) -> None:
    gold = file(tmp_path, "gold", text)
    result = CliRunner().invoke(main, ["evaluate", command, str(gold), *(["--out", str(tmp_path)] if command == "graph" else [])])
    assert result.exit_code == 1
    assert result.stderr.startswith(f"kg: {gold}:{line}: ")
    assert result.stderr.count("\n") == 1


@pytest.mark.parametrize("command", ["ner", "parse", "relations"])
def test_a_gold_file_that_is_missing_empty_or_binary_is_one_line_on_standard_error(tmp_path: Path, command: str) -> None:
    binary = tmp_path / "binary"
    binary.write_bytes(b"\xff\xfe\x00")
    for gold in (tmp_path / "missing", file(tmp_path, "empty", ""), binary):
        result = CliRunner().invoke(main, ["evaluate", command, str(gold)])
        assert result.exit_code == 1
        assert result.stderr.startswith(f"kg: {gold}") and result.stderr.count("\n") == 1


def test_an_inventory_without_weights_is_told(tmp_path: Path) -> None:
    gold = jsonl(tmp_path, GOLD | {"relation": "publisher"})
    result = CliRunner().invoke(main, ["evaluate", "relations", str(gold), "--inventory", "finred"])
    assert (result.exit_code, result.stderr.count("\n")) == (1, 1)
    assert "weights" in result.stderr


def test_figures_can_be_had_as_json(tmp_path: Path) -> None:
    result = CliRunner().invoke(main, ["evaluate", "relations", str(jsonl(tmp_path, GOLD)), "--json"])
    assert json.loads(result.stdout)["micro"]["f1"] == 1.0


def test_a_person_reads_a_table(tmp_path: Path) -> None:
    result = CliRunner().invoke(main, ["evaluate", "relations", str(jsonl(tmp_path, GOLD, GOLD | {"id": "2", "relation": "OWNS"}))])
    assert result.exit_code == 0
    assert "F1 50.0" in result.stdout
    assert "OWNS  taken for SUPPLIES" in result.stdout


def test_the_command_converts(tmp_path: Path) -> None:
    source = file(tmp_path, "dev.iob2", "1\tAnn\tB-PER\n2\tOTH\tB-OTH\n")
    result = CliRunner().invoke(main, ["evaluate", "convert", "uner", str(source), "--out", str(tmp_path / "gold")])
    assert (result.exit_code, result.stdout) == (0, f"1 rows in {tmp_path / 'gold'}.\n")
    assert [name.kind for name in read_iob2(tmp_path / "gold")[0].names] == ["PER", "OTH"]


def test_neither_training_nor_spacy_is_loaded_before_it_is_needed() -> None:
    asked = "import sys, kg.cli, kg.evaluation.published; print([name for name in ('spacy', 'kg.training', 'kg.nlp') if name in sys.modules])"
    assert subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=True).stdout == "[]\n"


def test_training_without_data_is_one_line_on_standard_error(tmp_path: Path) -> None:
    result = CliRunner().invoke(main, ["train", "en-parse", "--data", str(tmp_path), "--checkpoints", str(tmp_path / "run")])
    assert (result.exit_code, result.stderr.count("\n")) == (1, 1)
    assert "en_ewt-train.conllu" in result.stderr
