"""Relations of CORE, cross-validated: `python -m benchmarks.core DATA [--fold N ...] [--checkpoints DIR] [--threads N]`.

Needs the extra `train`. A fold takes some twenty minutes on one core; each is trained anew from the pretrained encoder.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from statistics import mean

from kg.errors import KgError
from kg.training.encoder import tool

FOLDS = range(5)  # as kg.training.encoder.folds, which needs torch to say so


def main() -> None:
    """Train and measure the folds that are asked for."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.core", description="Cross-validate the English network on CORE.")
    parser.add_argument("data", type=Path, help="the folder that holds relations/")
    parser.add_argument("--fold", type=int, nargs="+", choices=FOLDS, default=list(FOLDS), help="which folds (default: all)")
    parser.add_argument("--checkpoints", type=Path, default=Path(".training"), help="where an interrupted run goes on from (default: .training)")
    parser.add_argument("--threads", type=int, default=1)
    given = parser.parse_args()
    found = []

    def progress(text: str) -> None:
        print(text, file=sys.stderr)

    try:
        for fold in given.fold:
            found.append(100 * tool("folds").core_fold(given.data, fold, given.checkpoints, threads=given.threads, progress=progress))
            print(f"fold {fold}: micro F1 {found[-1]:.1f}", flush=True)
    except KgError as error:
        sys.exit(f"benchmarks: {error}")
    print(f"mean of {len(found)}: {mean(found):.1f}")


if __name__ == "__main__":
    main()
