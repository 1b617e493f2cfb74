"""Confidences against verdicts: `python -m benchmarks.calibration [--write]`.

Reads `tests/verdicts/*.tsv`, fits the groups of `kg/data/nlp/confidence.yaml` to them (`--write` writes the file) and prints the expected
calibration error over ten bins (Naeini et al. 2015), each claim scored by a fit that did not see it (five folds).
"""

from __future__ import annotations

import csv
import random
import sys
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from math import log
from pathlib import Path

from kg.knowledge.yaml_file import data_folder
from kg.nlp.confidence import Calibration, Group, group_of, logit

VERDICTS = Path(__file__).parent.parent / "tests" / "verdicts"
PRIOR = {"judged": 4, "right": 3}
SLOPES = [step / 10 for step in range(11)]
FOLDS, BINS = 5, 10
SEED = 20261122


@dataclass(frozen=True, slots=True)
class Judged:
    """A claim that people judged. `own` is what its reader said of it (0..1), None where that was not written down."""

    group: str
    own: float | None
    right: bool


def judged(folder: Path = VERDICTS) -> list[Judged]:
    """Return every judged claim; where two people judged and differ, half of such claims count as right, by turns."""
    found = []
    differing = False
    for path in sorted(folder.glob("*.tsv")):
        with path.open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE):
                verdicts = {row[column] for column in ("first", "second") if row.get(column)}
                if not verdicts <= {"right", "wrong"} or not verdicts:
                    continue
                if len(verdicts) == 2:
                    differing = not differing
                own = row.get("own")
                group = group_of(row["relation"], row.get("reader") or "", row["object"].lstrip("[").split(" ")[0])
                found.append(Judged(group, float(own) if own else None, differing if len(verdicts) == 2 else verdicts == {"right"}))
    return found


def fit(claims: Sequence[Judged]) -> Calibration:
    """Return the calibration that the claims tell; of the slopes tried, the one with the least log loss."""
    by_group: dict[str, list[Judged]] = defaultdict(list)
    for claim in claims:
        by_group[claim.group].append(claim)
    groups = {}
    for name, members in sorted(by_group.items()):
        logits = [logit(member.own) for member in members if member.own is not None]
        centre = round(sum(logits) / len(logits), 3) if logits else 0.0
        groups[name] = Group(judged=len(members), right=sum(member.right for member in members), centre=centre)
    return min((Calibration(prior=PRIOR, slope=slope, groups=groups) for slope in SLOPES), key=lambda each: _loss(each, claims))


def chances(claims: Sequence[Judged]) -> list[float]:
    """Return each claim's confidence by a fit on the folds that it is not in."""
    order = list(range(len(claims)))
    random.Random(SEED).shuffle(order)  # noqa: S311
    given = [0.0] * len(claims)
    for fold in range(FOLDS):
        held = set(order[fold::FOLDS])
        fitted = fit([claim for place, claim in enumerate(claims) if place not in held])
        for place in held:
            given[place] = _chance(fitted, claims[place])
    return given


def calibration_error(given: Sequence[float], claims: Sequence[Judged]) -> float:
    """Return the expected calibration error: the mean distance of confidence and share of right claims, over ten bins of equal width."""
    bins: dict[int, list[int]] = defaultdict(list)
    for place, chance in enumerate(given):
        bins[min(int(chance * BINS), BINS - 1)].append(place)
    return sum(abs(sum(given[place] - claims[place].right for place in places)) for places in bins.values()) / len(claims)


def write(fitted: Calibration, path: Path) -> None:
    """Write the file that kg reads."""
    lines = [
        "# How often claims of each group were found right (tests/verdicts), made by `python -m benchmarks.calibration --write`.",
        "# prior: so many more claims, so many of them right, as if judged in each group. slope: how far a claim's own confidence moves it.",
        f"prior: {{judged: {PRIOR['judged']}, right: {PRIOR['right']}}}", f"slope: {fitted.slope}", "groups:",
    ]
    lines += [f"  {name}: {{judged: {group.judged}, right: {group.right}, centre: {group.centre}}}" for name, group in fitted.groups.items()]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def _chance(fitted: Calibration, claim: Judged) -> float:
    group = fitted.groups.get(claim.group)
    centre = 1 / (1 + 2.718281828459045 ** -(group.centre if group else 0.0))
    return fitted.confidence(claim.group, centre if claim.own is None else claim.own)


def _loss(fitted: Calibration, claims: Sequence[Judged]) -> float:
    return -sum(log(chance if claim.right else 1 - chance) for claim in claims if 0 < (chance := _chance(fitted, claim)) < 1)


def main(arguments: Sequence[str]) -> int:
    """Print the groups and the error; with `--write`, write the data file."""
    claims = judged()
    fitted = fit(claims)
    if "--write" in arguments:
        write(fitted, data_folder("nlp", "confidence.yaml"))
    for name, group in fitted.groups.items():
        print(f"{name:12} {group.right:4} of {group.judged:4} right")
    error = calibration_error(chances(claims), claims)
    print(f"slope {fitted.slope}; expected calibration error {error:.3f} over {len(claims)} claims, {FOLDS} folds")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
