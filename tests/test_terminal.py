"""What the terminal shows of what the library tells."""

from __future__ import annotations

import logging

import pytest

from kg.ask import Answer
from kg.store.queries import EVIDENCE, find_module
from kg.terminal import progress, show_answer


def test_a_warning_of_the_library_is_one_line_on_standard_error(capsys: pytest.CaptureFixture[str]) -> None:
    with progress():
        logging.getLogger("kg.nlp").warning("the licence of %s is not known", "a model")
    assert capsys.readouterr() == ("", "kg: the licence of a model is not known\n")


def test_a_row_of_what_nobody_disclosed_has_no_line_of_evidence(capsys: pytest.CaptureFixture[str]) -> None:
    columns = ("supplier", *EVIDENCE)
    row = dict.fromkeys(columns) | {"supplier": "not disclosed"}
    show_answer(Answer(name="exposure/suppliers", module=find_module("exposure/suppliers"), parameters={}, columns=columns, rows=(row,)))
    assert capsys.readouterr().out.splitlines()[-1] == "  supplier not disclosed"
