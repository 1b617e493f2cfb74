"""Which sentence stands for a fact."""

from __future__ import annotations

from kg.store.rows import strongest
from tests.store.graphs import DOCUMENT, SUPPLIES, WEAKER

RECORD = DOCUMENT.model_copy(update={"id": "doc:record", "kind": "reference"})
KNOWN = SUPPLIES.model_copy(update={"id": "claim:known", "document": RECORD.id, "confidence": 0.99})
DOCUMENTS = {DOCUMENT.id: DOCUMENT, RECORD.id: RECORD}


def test_the_most_confident_claim_stands_for_a_fact() -> None:
    assert strongest([WEAKER, SUPPLIES], DOCUMENTS) == SUPPLIES


def test_what_a_text_says_stands_before_what_was_known() -> None:
    assert strongest([KNOWN, WEAKER], DOCUMENTS) == WEAKER


def test_nobody_stands_for_what_nobody_claims() -> None:
    assert strongest([], DOCUMENTS) is None
