"""The published sets that `kg` is measured on and trained from: what each holds, and readers of their files.

`SETS` (relations), `NAME_SETS` and `EVENT_SETS` name them. A set keeps its own labels here, so that figures compare with the published ones.
"""

from __future__ import annotations

from kg.evaluation.published.events import Eventful, Role, Told, read_fewfc, write_events
from kg.evaluation.published.names import read_cluener, read_fintech_key_phrase, read_gsdsimp, read_uner, read_wnut17
from kg.evaluation.published.registry import EVENT_SETS, NAME_SETS, SETS, EventSet, NameSet, PublishedSet
from kg.evaluation.published.relations import locate, read_aircraft, read_core, read_dfki, read_finre, read_finred, read_fire

__all__ = [
    "EVENT_SETS", "NAME_SETS", "SETS", "EventSet", "Eventful", "NameSet", "PublishedSet", "Role", "Told", "locate", "read_aircraft",
    "read_cluener", "read_core", "read_dfki", "read_fewfc", "read_finre", "read_finred", "read_fintech_key_phrase", "read_fire",
    "read_gsdsimp", "read_uner", "read_wnut17", "write_events",
]
