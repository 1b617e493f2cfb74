"""Trained parts -> one spaCy pipeline a language, with its card."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import asdict
from datetime import date
from importlib.metadata import version
from pathlib import Path

import numpy as np
import spacy
from spacy.language import Language
from spacy.pipeline import TrainablePipe

from kg.errors import KgError
from kg.nlp.tokenize_zh import ChineseTokenizer
from kg.training import chinese, english, segmenter
from kg.training.evaluate_parse import dev_figures
from kg.training.loop import Progress, silent
from kg.training.wordlist import word_list

_PARTS: dict[str, Callable[[Path, Path, Progress], object]] = {
    "en-teacher": english.train_teacher,
    "en-parse": english.train_parse,
    "zh-parse": chinese.train_parse,
}
_SETTINGS = {
    "en": {"en-parse": asdict(english.PARSE) | {"made_up_sentences": english.TRADE, "news_sure": english.SURE}},
    "zh": {"zh-segmenter": asdict(segmenter.Recipe()), "zh-parse": asdict(chinese.PARSE)},
}
_DATA = {
    "en": [
        "UD English-EWT (CC-BY-SA-4.0)",
        "made-up sentences (kg/training/templates.py)",
        "sentences of FIRE, CORE and the DFKI product corpus (CC-BY-4.0), with trees by a larger parser (kg/training/encoder/teacher.py)",
    ],
    "zh": [
        "UD Chinese-GSDSimp, version 1 trees (CC-BY-SA-4.0)",
        "word list: pypinyin phrases (MIT) and words mined from FinRE (MIT), FewFC (CC-BY-SA-4.0) and fintech_key_phrase (Apache-2.0)",
    ],
}
_SEGMENTER_FILE = "tokenizer"


def train_part(part: str, data: Path, checkpoints: Path, progress: Progress) -> None:
    """Train one part; its best weights are left in `checkpoints`."""
    if part != "zh-segmenter":
        _PARTS[part](data, checkpoints, progress)
        return
    checkpoints.mkdir(parents=True, exist_ok=True)
    if (checkpoints / _SEGMENTER_FILE).is_file():
        return
    train, dev = chinese.treebank(data)
    cutter = segmenter.train_segmenter(train, dev, word_list(data), progress=progress)
    ChineseTokenizer(spacy.blank("xx").vocab, cutter).to_disk(checkpoints / _SEGMENTER_FILE)


def assemble(
    language: str, data: Path, checkpoints: Path, out: Path, *, progress: Progress = silent, today: str | None = None
) -> dict[str, float]:
    """Put the parts found in `checkpoints` together as `out`/`language`, measure them on dev and write the card beside them."""
    parse = checkpoints / f"{language}-parse/best"
    if not parse.is_dir():
        raise KgError("the parser has not been trained yet", where=parse, hint=f"kg train {language}-parse")
    nlp = spacy.blank("en") if language == "en" else chinese.bare()
    trained = spacy.load(parse)
    for component in trained.pipe_names:
        nlp.add_pipe(component, source=trained)
    if language == "zh" and isinstance(nlp.tokenizer, ChineseTokenizer) and (checkpoints / "zh-segmenter" / _SEGMENTER_FILE).is_file():
        nlp.tokenizer.from_disk(checkpoints / "zh-segmenter" / _SEGMENTER_FILE)
    round_weights(nlp)
    nlp.meta.update(name="kg", version="1", license="CC-BY-SA-4.0", author="", email="", url="", description="trained by kg.training")
    folder = out / language
    folder.parent.mkdir(parents=True, exist_ok=True)
    nlp.to_disk(folder)
    figures = dev_figures(folder, data, language)
    shown = {name: round(100 * value, 2) for name, value in figures.items()}
    states = {part: path for part in _SETTINGS[language] if (path := checkpoints / part / "state.json").is_file()}
    card = {
        "pipeline": nlp.pipe_names,
        "data": _DATA[language],
        "licence": "CC-BY-SA-4.0 (see ../LICENSE)",
        "settings": _SETTINGS[language],
        "steps_taken": {part: json.loads(state.read_text(encoding="utf-8"))["step"] for part, state in states.items()},
        "dev": shown,
        "made_with": f"spaCy {version('spacy')}",
        "date": today or date.today().isoformat(),
    }
    (folder / "card.json").write_text(json.dumps(card, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
    progress(f"{language}: " + " ".join(f"{name} {value}" for name, value in shown.items()))
    return figures


def round_weights(nlp: Language) -> None:
    """Round all weights to half precision: they stay 32 bits wide in memory, but pack to about half the size in git and in a wheel."""
    for _, component in nlp.pipeline:
        for node in component.model.walk() if isinstance(component, TrainablePipe) else ():
            for name in node.param_names:
                if node.has_param(name):
                    node.set_param(name, node.get_param(name).astype(np.float16).astype(np.float32))
