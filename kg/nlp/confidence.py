"""How sure a claim is: how often readers found claims of its group right (`data/nlp/confidence.yaml`), moved by its own words.

The group's rate is smoothed (Laplace's rule with the prior that the file states). What the reader itself says of the claim (a frame's own
confidence, less for a headline or a back-reference, or the encoder's chance) moves it on the logit scale, around the group's own mean: a
one-parameter Platt scaling (Platt 1999) of each group. `benchmarks/calibration.py` makes the file from the verdicts and measures it.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from math import exp, log
from pathlib import Path

from pydantic import BaseModel, ConfigDict, ValidationError

from kg.errors import DataError
from kg.knowledge.yaml_file import data_folder, read_yaml
from kg.nlp.agreement import READER

EDGE = 0.01  # confidences are kept this far from 0 and 1


class Group(BaseModel):
    """Claims of one kind: how many were judged, how many of them right, and the mean of their readers' own confidence (as a logit)."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    judged: int
    right: int
    centre: float


class Calibration(BaseModel):
    """The groups by name, the prior (so many judged, so many of them right) and how far a claim's own confidence moves it."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    prior: Mapping[str, float]
    slope: float
    groups: Mapping[str, Group]

    def confidence(self, group: str, own: float) -> float:
        """Return the confidence (0..1) of a claim of a group whose reader says `own` (0..1) of it."""
        known = self.groups.get(group) or Group(judged=0, right=0, centre=logit(own))
        rate = (known.right + self.prior["right"]) / (known.judged + self.prior["judged"])
        return round(1 / (1 + exp(-(logit(rate) + self.slope * (logit(own) - known.centre)))), 4)


def group_of(relation: str, reader: str, kind: str | None = None) -> str:
    """Return the group of a claim: `kind` is the event's, where it takes part in one."""
    if relation == "PARTICIPATES_IN":
        return "price_move" if kind == "price_move" else "event"
    if relation == "REPORTED":
        return "figure"
    if reader.startswith(f"{READER}."):
        return "encoder"
    return "both" if reader.endswith(f"+{READER}") else "frame"


def logit(chance: float) -> float:
    """Return the logit of a chance, kept away from the edges."""
    held = min(max(chance, EDGE), 1 - EDGE)
    return log(held / (1 - held))


def read_calibration(path: Path) -> Calibration:
    """Read a file of groups. Raises DataError with the file."""
    try:
        return Calibration(**read_yaml(path))
    except ValidationError as fault:
        raise DataError("; ".join(f"{'.'.join(map(str, error['loc']))}: {error['msg']}" for error in fault.errors()), where=path) from fault


@cache
def load_calibration() -> Calibration:
    """Return the calibration that ships with kg (read once a process)."""
    return read_calibration(data_folder("nlp", "confidence.yaml"))
