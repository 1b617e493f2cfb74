"""`python -m kg.training train NAME --data DIR --out DIR` and `python -m kg.training evaluate en|zh --data DIR [--weights DIR]`."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

from kg.errors import KgError
from kg.training import NAMES, train


def main(arguments: list[str] | None = None) -> int:
    """Parse, call, print; a user's mistake is one line on stderr and exit status 1."""
    parser = argparse.ArgumentParser(prog="python -m kg.training", description="Train and measure the pipelines kg reads with.")
    commands = parser.add_subparsers(dest="command", required=True)
    training = commands.add_parser("train")
    training.add_argument("name", choices=NAMES)
    training.add_argument("--out", type=Path, default=_SHIPPED, help="where the pipelines lie")
    training.add_argument("--checkpoints", type=Path, default=Path(".training"))
    measuring = commands.add_parser("evaluate")
    measuring.add_argument("language", choices=("en", "zh"))
    measuring.add_argument("--weights", type=Path, default=_SHIPPED)
    for command in (training, measuring):
        command.add_argument("--data", type=Path, required=True, help="the folder that holds treebank/, ner/, relations/ and events/")
    given = parser.parse_args(arguments)
    try:
        if given.command == "train":
            figures = train(given.name, given.data, given.out, checkpoints=given.checkpoints)
        else:
            from kg.training.evaluate_parse import dev_figures

            figures = dev_figures(given.weights / given.language, given.data, given.language)
    except KgError as fault:
        print(fault, file=sys.stderr)
        return 1
    print(json.dumps({name: round(100 * value, 2) for name, value in figures.items()}))
    return 0


_SHIPPED = Path(__file__).parent.parent / "data" / "weights"

if __name__ == "__main__":
    sys.exit(main())
