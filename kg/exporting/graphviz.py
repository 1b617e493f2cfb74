"""Graphviz, the layout engine: sized boxes and the edges between them go in, the middles of the boxes come out. It runs as a program of its own."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Mapping, Sequence

from kg.errors import InputError

INSTALL = "install Graphviz (Debian: apt install graphviz; macOS: brew install graphviz; Windows: winget install graphviz)"
_INCH = 72.0

Edge = tuple[str, str, int]  # from, to, and how much the engine should care that it is short and straight


def arrange(
    program: str, sizes: Mapping[str, tuple[float, float]], edges: Sequence[Edge], *, settings: Sequence[str] = (),
    ranks: Sequence[Sequence[str]] = (),
) -> dict[str, tuple[float, float]]:
    """Return the middle of every box in points, y downwards.

    `program` is dot, neato or sfdp; `sizes` widths and heights in points by key; `settings` lines of Graphviz's own language; `ranks` the keys
    that share a column, the columns from left to right. Raises InputError where Graphviz is not installed or gives up.
    """
    command = shutil.which(program)
    if command is None:
        raise InputError(f"a picture is laid out by Graphviz, whose program `{program}` is not on this machine", hint=INSTALL)
    names = {key: f"n{number}" for number, key in enumerate(sizes)}
    text = ["digraph {", *(f"{setting};" for setting in settings), 'node [shape=box, label="", fixedsize=true]; edge [arrowhead=none];']
    text += [f"{names[key]} [width={width / _INCH:.4f}, height={height / _INCH:.4f}];" for key, (width, height) in sizes.items()]
    for number, rank in enumerate(ranks):
        text.append(f"{{rank=same; r{number} [width=0.01, height=0.01]; {'; '.join(names[key] for key in rank)}}}")
    text += [f"r{number} -> r{number + 1} [weight=0, style=invis];" for number in range(len(ranks) - 1)]
    text += [f"{names[start]} -> {names[end]} [weight={weight}];" for start, end, weight in edges]
    done = subprocess.run([command, "-Tplain"], input="\n".join([*text, "}"]), capture_output=True, text=True, encoding="utf-8", check=False)
    if done.returncode:
        reason = (done.stderr.strip().splitlines() or ["no reason given"])[-1]
        raise InputError(f"Graphviz's {program} gave up: {reason}", hint="ask for fewer nodes, or another layout")
    keys = {name: key for key, name in names.items()}
    rows = [row.split() for row in done.stdout.splitlines()]
    height = next(float(row[3]) for row in rows if row[0] == "graph")
    return {keys[row[1]]: (float(row[2]) * _INCH, (height - float(row[3])) * _INCH) for row in rows if row[0] == "node" and row[1] in keys}
