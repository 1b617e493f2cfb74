"""Small HanLP components, trained here on a sample of a treebank and loaded from disk: no download, no stand-in."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from kg.training.corpora import read_conllu
from kg.training.hanlp_components import Sizes, train_components

SAMPLE = Path(__file__).parent / "treebank" / "zh_gsdsimp_v13-sample.conllu"


@pytest.fixture(scope="session")
def hanlp_installed() -> None:
    """HanLP lives in an environment of its own (`make test-hanlp`); elsewhere these tests are skipped."""
    try:
        import hanlp.pretrained  # noqa: F401
    except ImportError as error:
        if os.environ.get("KG_TEST_HANLP"):
            pytest.fail(f"HanLP is not installed here: {error}")
        pytest.skip("HanLP is not installed here: `make test-hanlp` tests it in an environment of its own")


@pytest.fixture(scope="session")
def components(hanlp_installed: None, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of four components: words, tags, names, trees."""
    sentences = read_conllu(SAMPLE, spaced=False)
    sizes = Sizes(tok=6, pos=6, ner=2, dep=2, hidden=48)
    return train_components(sentences[:200], sentences[200:], tmp_path_factory.mktemp("hanlp"), sizes)
