"""Every frame reads its examples and nothing in its counterexamples."""

from __future__ import annotations

import pytest

from kg.knowledge.frames import Frame, load_frames
from kg.nlp.examples import check_frames

FRAMES = [
    pytest.param(language, frame, id=frame.id) for language in ("en", "zh") for frame in load_frames(language).frames if frame.pattern
]


@pytest.mark.parametrize(("language", "frame"), FRAMES)
def test_frame_reads_its_examples(language: str, frame: Frame) -> None:
    failures = [failure for failure in check_frames(language, only=frame.id) if failure.frame.id == frame.id]
    assert not failures, "\n".join(map(str, failures))
