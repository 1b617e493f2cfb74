"""What the terminal shows of what the library tells."""

from __future__ import annotations

import logging

import pytest

from kg.terminal import progress


def test_a_warning_of_the_library_is_one_line_on_standard_error(capsys: pytest.CaptureFixture[str]) -> None:
    with progress():
        logging.getLogger("kg.nlp").warning("the licence of %s is not known", "a model")
    assert capsys.readouterr() == ("", "kg: the licence of a model is not known\n")
