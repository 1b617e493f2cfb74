"""The label maps of other pipelines."""

from __future__ import annotations

from pathlib import Path

import pytest
from spacy.parts_of_speech import IDS

from kg.errors import DataError
from kg.knowledge.labels import load_labels, read_labels

LABELS = load_labels()


@pytest.mark.parametrize("name", list(LABELS.tags))
def test_tags_become_universal_parts_of_speech(name: str) -> None:
    assert set(LABELS.tags[name].values()) <= IDS.keys()


def test_a_label_of_names_means_one_kind() -> None:
    every = [label for labels in LABELS.entities.values() for label in labels]
    assert len(every) == len(set(every))


@pytest.mark.parametrize(("labels", "name"), [
    (["NN", "NR", "VV", "PU"], "ctb"), (["nr", "vn", "uj", "w"], "pku"), (["nh", "ni", "nd", "wp"], "c863"), (["NOUN", "VERB", "PUNCT"], "upos"),
    (["NNS", "VBZ", "IN"], "penn"), (["NNP", "SFN", "VC", "AS"], "gsd"),
])
def test_tags_are_known_by_their_scheme(labels: list[str], name: str) -> None:
    assert LABELS.tag_scheme(labels) is LABELS.tags[name]


def test_a_fault_is_told_with_its_file_and_place(tmp_path: Path) -> None:
    path = tmp_path / "labels.yaml"
    path.write_text("entities: {PER: [P]}\noutputs: {}\ntags: {}\ndependencies: {en: {clear: {label: {}}}}\n", encoding="utf-8")
    with pytest.raises(DataError, match=r"labels\.yaml: dependencies\.en\.clear\.labels: Field required"):
        read_labels(path)
