"""The Chinese frames: every example is read, every counterexample is left alone, every relation can be said."""

from kg.knowledge.frames import load_frames
from kg.knowledge.ontology import load_ontology
from kg.nlp.examples import check_frames

READ_OTHERWISE = {"PARTICIPATES_IN", "REPORTED"}  # by events and metrics


def test_examples_and_counterexamples() -> None:
    assert [str(failure) for failure in check_frames("zh")] == []


def test_every_relation_has_frames() -> None:
    assert set(load_ontology().facts) - READ_OTHERWISE == {frame.relation for frame in load_frames("zh").frames}


def test_every_relation_has_a_trap() -> None:
    trapped = {frame.relation for frame in load_frames("zh").frames if frame.counterexamples}
    assert {"SUPPLIES", "PRODUCES", "OWNS", "ACQUIRES", "INVESTS_IN", "PARTNERS_WITH", "USES", "HOLDS", "LEADS", "REGULATES"} <= trapped
