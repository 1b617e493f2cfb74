"""Any spaCy pipeline behind kg's seam: loaded by name or path, held to what the frames need, its labels put in kg's words.

The last component, `kg_labels`, maps names, tags and trees as `data/nlp/labels.yaml` says.
"""

from __future__ import annotations

import logging
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import spacy
from spacy.attrs import DEP, HEAD, POS  # type: ignore[import-not-found]
from spacy.language import Language as Pipeline
from spacy.tokens import Doc, Span

from kg.errors import InputError
from kg.knowledge.labels import load_labels
from kg.model import Language
from kg.nlp.universal import Word, universal

_LOG = logging.getLogger(__name__)
_NAMES: dict[Language, str] = {"en": "English", "zh": "Chinese"}
_DOWNLOAD = "spaCy's own pipelines come with `python -m spacy download NAME`; else give `builtin` or the pipeline's folder"


def load_own(language: Language, name: str) -> Pipeline:
    """Load a spaCy pipeline by name or path for texts of `language`, with `kg_labels` at its end.

    Raises InputError when there is no such pipeline, when it is for another language, when it needs what is not installed, and when it
    lacks a parser, without which the frames could not be read.
    """
    path = Path(name)
    try:
        nlp = spacy.load(path if path.exists() else name)
    except OSError as error:
        there = "this is no spaCy pipeline" if path.exists() else f"there is no spaCy pipeline {name!r}"
        raise InputError(there, where=path if path.exists() else None, hint=_DOWNLOAD) from error
    except (ValueError, ImportError) as error:  # a component that is not installed, or made by another version
        reason = str(error).strip().splitlines()[0]
        raise InputError(f"spaCy cannot load {name!r}: {reason}", hint="install what the pipeline needs, or give `builtin`") from error
    if nlp.lang not in (language, "xx"):
        raise InputError(f"{name!r} is a pipeline for the language {nlp.lang!r}", hint=f"--nlp-{language} needs one for {_NAMES[language]}")
    if not _assigns(nlp, "token.dep"):
        raise InputError(f"{name!r} has no parser, which kg needs to tell who does what", hint="give a pipeline that has one, or `builtin`")
    if not (_assigns(nlp, "token.tag") or _assigns(nlp, "token.pos")):
        raise InputError(f"{name!r} has no tagger, which kg needs beside the parser", hint="give a pipeline that has one, or `builtin`")
    nlp.add_pipe("kg_labels", config={"language": language})
    return nlp


class LabelMapper:
    """The spaCy component that puts a pipeline's labels into kg's words. Labels are those that the pipeline can give."""

    def __init__(self, language: Language, *, dependencies: Sequence[str], tags: Sequence[str]) -> None:
        labels = load_labels()
        self.kinds = labels.kinds()
        self.tags = labels.tag_scheme(tags)
        self.scheme = labels.dependency_scheme(language, dependencies)
        unknown = sorted({label for label in dependencies if label not in self.scheme and label.partition(":")[0] not in self.scheme})
        if unknown:
            _LOG.warning("kg does not know these dependency labels and leaves them as they are: %s", ", ".join(unknown))

    def __call__(self, doc: Doc) -> Doc:
        if not len(doc):
            return doc
        pos = [token.pos_ or self.tags.get(token.tag_, "X") for token in doc]
        words = [
            Word(frozenset({token.lower_, token.lemma_.lower()}), tag, token.head.i, token.dep_) for token, tag in zip(doc, pos, strict=True)
        ]
        write_tree(doc, pos, *universal(words, self.scheme))
        doc.set_ents([Span(doc, ent.start, ent.end, label=self.kinds[ent.label_]) for ent in doc.ents if ent.label_ in self.kinds])
        return doc


def write_tree(doc: Doc, pos: Sequence[str], heads: Sequence[int], deps: Sequence[str]) -> None:
    """Write parts of speech, heads (positions, a root its own) and labels on a Doc."""
    strings = doc.vocab.strings
    # spaCy takes distances to heads and hashes of labels in one table of 64 bits without a sign
    rows = [(strings.add(tag), (head - index) % 2**64, strings.add(dep)) for index, (tag, head, dep) in enumerate(zip(pos, heads, deps, strict=True))]
    doc.from_array([POS, HEAD, DEP], np.array(rows, dtype=np.uint64))  # type: ignore[arg-type]


@Pipeline.factory("kg_labels", default_config={"language": "en"}, assigns=["token.pos", "token.dep", "token.head", "doc.ents"])
def make_label_mapper(nlp: Pipeline, name: str, language: Language) -> LabelMapper:
    """Make the component `kg_labels` for the pipeline that it stands in."""
    del name
    return LabelMapper(language, dependencies=_labels(nlp, "token.dep"), tags=_labels(nlp, "token.tag"))


def _labels(nlp: Pipeline, attribute: str) -> list[str]:
    """Return the labels of the components that assign an attribute (without the marks of lifted arcs)."""
    return [label.partition("||")[0] for name in _assigns(nlp, attribute) for label in nlp.pipe_labels.get(name, ())]


def _assigns(nlp: Pipeline, attribute: str) -> list[str]:
    return [name for name in nlp.pipe_names if attribute in nlp.get_pipe_meta(name).assigns]
