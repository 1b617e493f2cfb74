"""What one sentence of one document says, with its proof."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal

from pydantic import Field

from kg.model.document import Record

Modality = Literal["fact", "plan", "forecast", "opinion", "rumour", "hypothetical"]
Origin = Literal["stated", "reference", "derived"]


class Mention(Record):
    """A stretch of text that names an entity, an event or a figure. `label` is a node label of the ontology.

    From a reader, `entity` is the lexicon's id or None; after resolving it is the id of the graph's node. `name` is what to call the
    thing where the text itself does not ("the company"): for resolving only, not written to a file.
    """

    id: str
    document: str
    start: int
    end: int
    text: str
    label: str
    entity: str | None = None
    name: str | None = Field(default=None, exclude=True)


class Argument(Record):
    """One end of a claim: the mention that stands for it and, once resolved, the id of the node."""

    mention: str | None
    id: str | None


class Claim(Record):
    """`text[start:end]` of the document is the sentence that says it; `text` repeats it for the reader's eye.

    `qualifiers` holds the relation's own properties (product, quantity, stake_pct, ...), entities among them as mention ids
    before and entity ids after resolving. `holder` (whose plan, forecast or opinion) likewise. `reader` is the frame or model
    that read it. `fact` is None until resolved.
    """

    id: str
    fact: str | None
    document: str
    start: int
    end: int
    locator: str | None
    text: str
    subject: Argument
    relation: str
    object: Argument
    qualifiers: Mapping[str, Any]
    modality: Modality
    negated: bool
    ended: bool
    holder: str | None
    confidence: float
    reader: str


class Rejected(Record):
    """Something that was read and not believed, and why."""

    document: str
    start: int
    end: int
    text: str
    reason: str
