"""Making the models that `kg` reads with. Nothing here is imported at run time.

`train` makes one part, or a language's whole pipeline, again from the data; `kg.training.evaluate_parse` measures what is shipped.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

NAMES = ("en", "en-parse", "en-names", "zh", "zh-segmenter", "zh-parse", "zh-names", "en-encoder", "zh-encoder")


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
    `en` and `zh` are all parts of a language's spaCy pipeline; a single part is put together with the other parts' checkpoints where they exist.
    A part that was interrupted goes on from `checkpoints`; one that is finished there is not trained again (delete its folder to do so).
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
    parts = [part for part in NAMES if part.startswith(language + "-") and name in (language, part)]
    for part in parts:
        train_part(part, data, checkpoints / part, progress)
    return assemble(language, data, checkpoints, out or data_folder("weights"), progress=progress, today=today)


def _train_encoder(language: str, data: Path, out: Path, checkpoints: Path, progress: Callable[[str], None], today: str | None) -> dict[str, float]:
    from kg.errors import KgError

    try:
        from kg.training.encoder.tuning import make
    except ModuleNotFoundError as missing:
        raise KgError(f"tuning an encoder needs {missing.name}", hint="pip install 'kg-supplychain[train]'") from missing
    return make(language, data, checkpoints, out / language / "encoder", progress=progress, today=today)
