"""Every frame reads its examples and nothing in its counterexamples."""

from __future__ import annotations

from functools import cache

import pytest
from spacy.language import Language as Pipeline

from kg.knowledge.frames import Frame, load_frames
from kg.nlp.examples import check_frames
from kg.nlp.pipeline import load_pipeline

FRAMES = [pytest.param(language, frame, id=frame.id) for language in ("en", "zh") for frame in load_frames(language).frames]


@cache
def pipeline(language: str) -> Pipeline:
    return load_pipeline(language, "builtin")


@pytest.mark.parametrize(("language", "frame"), FRAMES)
def test_frame_reads_its_examples(language: str, frame: Frame) -> None:
    read = pipeline(language) if frame.predicate else None
    failures = [failure for failure in check_frames(language, read, only=frame.id) if failure.frame.id == frame.id]
    assert not failures, "\n".join(map(str, failures))
