"""Making the models that `kg` reads with. Nothing here is imported at run time.

`train` makes one part, or a language's whole pipeline, again from the data; `kg.training.evaluate_parse` measures what is shipped.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

NAMES = ("en", "en-teacher", "en-parse", "zh", "zh-segmenter", "zh-parse", "en-encoder", "zh-encoder")


def train(
    name: str,
    data: Path,
    out: Path | None = None,
    *,
    checkpoints: Path = Path(".training"),
    progress: Callable[[str], None] = lambda _: None,
    today: str | None = None,
) -> dict[str, float]:
    """Train one of `NAMES` from the folder `data` and write the language's pipeline to `out`/en or `out`/zh.

    Without `out` that is where `kg` reads its own.
    `en` and `zh` are all parts of a language's spaCy pipeline; a single part is put together with the other parts' checkpoints where they
    exist. `en-teacher` (a part of `en`) reads news for `en-parse` to learn from: it leaves that in `checkpoints`, writes no pipeline and has no
    figures. It and the encoders need the extra `train`.
    A part that was interrupted goes on from `checkpoints`, the teacher from the beginning; one that is finished there is not trained again
    (delete its folder to do so).
    `progress` is told how it goes. Returns the dev figures (0 to 1) that also stand in the card; `today` (ISO) is the card's date.
    Raises KgError for an unknown name and DataError for a file that is missing or cannot be read.
    """
    from kg.errors import KgError
    from kg.knowledge.yaml_file import data_folder
    from kg.training.assembly import assemble, train_part

    if name not in NAMES:
        raise KgError(f"there is nothing called {name!r} to train", hint="one of " + ", ".join(NAMES))
    language = name.partition("-")[0]
    if name.endswith("-encoder"):
        return _train_encoder(language, data, out or data_folder("weights"), checkpoints / name, progress, today)
    for part in NAMES:
        if part.startswith(language + "-") and name in (language, part) and not part.endswith("-encoder"):
            train_part(part, data, checkpoints / part, progress)
    if name == "en-teacher":
        return {}
    return assemble(language, data, checkpoints, out or data_folder("weights"), progress=progress, today=today)


def _train_encoder(language: str, data: Path, out: Path, checkpoints: Path, progress: Callable[[str], None], today: str | None) -> dict[str, float]:
    from kg.training.encoder import tool

    figures: dict[str, float] = tool("tuning").make(language, data, checkpoints, out / language / "encoder", progress=progress, today=today)
    return figures
