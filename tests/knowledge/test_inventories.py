"""What published labels are in the ontology."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.errors import DataError
from kg.evaluation.published import SETS
from kg.knowledge.inventories import load_inventories, read_inventories


def test_every_label_is_one_of_its_set() -> None:
    strays = [(name, label) for name, labels in load_inventories().items() for label in labels if label not in SETS[name].labels]
    assert strays == []


def test_labels_that_are_each_other_turned_round_mean_each_other_turned_round() -> None:
    meanings = load_inventories()["finre"]
    for label, inverse in SETS["finre"].inverse.items():
        if label in meanings:
            assert meanings[inverse].kg.removeprefix("~") == meanings[label].kg.removeprefix("~"), label
            assert meanings[inverse].kg.startswith("~") != meanings[label].kg.startswith("~"), label


@pytest.mark.parametrize(("written", "complaint"), [
    ("core:\n  client_of: {kg: BUYS, why: x}\n", "no relation BUYS"),
    ("core:\n  client_of: {kg: SUPPLIES}\n", "why"),
    ("core:\n  client_of: {kg: SUPPLIES, why: x, modality: maybe}\n", "modality"),
])
def test_a_faulty_meaning_is_told_with_file_and_line(tmp_path: Path, written: str, complaint: str) -> None:
    path = tmp_path / "inventories.yaml"
    path.write_text(written, encoding="utf-8")
    with pytest.raises(DataError, match=complaint) as fault:
        read_inventories(path)
    assert "inventories.yaml:2" in str(fault.value) or fault.value.line == 2
