"""Cue files: what is wrong in them is told with its line."""

from pathlib import Path

import pytest

from kg.errors import DataError
from kg.knowledge.cues import load_cues, read_cues

GOOD = """language: en
sets: {verb: [buy, sell]}
cues:
- id: en.will
  words: ["will(?= @verb)"]
  modality: plan
  examples: [{text: "It will [buy] ore.", modality: plan}]
"""


def written(folder: Path, text: str) -> Path:
    path = folder / "en.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def test_a_good_file(tmp_path: Path) -> None:
    book = read_cues(written(tmp_path, GOOD))
    assert book.cues[0].regex.search("It will sell ore")


def test_sets_are_expanded(tmp_path: Path) -> None:
    book = read_cues(written(tmp_path, GOOD))
    assert not book.cues[0].regex.search("It will rain")


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_shipped_files_are_well_formed(language: str) -> None:
    assert len(load_cues(language).cues) > 20


@pytest.mark.parametrize(("old", "new", "line", "word"), [
    ("modality: plan\n  examples", "modality: wish\n  examples", 4, "modality"),
    ("@verb)", "@noun)", 4, "@noun"),
    ("will(?=", "will((?=", 4, "regular expression"),
    ("id: en.will", "id: zh.will", 4, "begin with en"),
    ("[buy]", "buy", 4, "trigger"),
    ("  words:", "  word:", 4, "words"),
    ('modality: plan}]', 'modality: plan, holder: Orrin}]', 4, "Orrin"),
    ("cues:\n", "clues:\n", 1, "cues"),
])
def test_a_fault_is_told_with_its_line(tmp_path: Path, old: str, new: str, line: int, word: str) -> None:
    path = written(tmp_path, GOOD.replace(old, new))
    with pytest.raises(DataError) as caught:
        read_cues(path)
    assert (caught.value.line, word in str(caught.value)) == (line, True), caught.value


def test_an_id_that_stands_twice(tmp_path: Path) -> None:
    again = GOOD[GOOD.index("- id"):]
    with pytest.raises(DataError) as caught:
        read_cues(written(tmp_path, GOOD + again))
    assert caught.value.line == 8
