"""The neural layers of every pipeline, as spaCy configuration: hashed word features, a small convolution, a transition parser."""

from __future__ import annotations

from typing import Any

Config = dict[str, Any]


def embedding(*, width: int, rows: tuple[int, int, int, int]) -> Config:
    """Hashed embeddings of a word's norm, prefix, suffix and shape (`rows` rows each), mixed by four convolutions over three words."""
    return {
        "@architectures": "spacy.Tok2Vec.v2",
        "embed": {
            "@architectures": "spacy.MultiHashEmbed.v2",
            "width": width,
            "attrs": ["NORM", "PREFIX", "SUFFIX", "SHAPE"],
            "rows": list(rows),
            "include_static_vectors": False,
        },
        "encode": {"@architectures": "spacy.MaxoutWindowEncoder.v2", "width": width, "depth": 4, "window_size": 1, "maxout_pieces": 3},
    }


def listener(width: int) -> Config:
    """The place where a component hears the shared embedding."""
    return {"@architectures": "spacy.Tok2VecListener.v1", "width": width, "upstream": "*"}


def tagger_model(tok2vec: Config) -> Config:
    """One softmax a word."""
    return {"@architectures": "spacy.Tagger.v2", "tok2vec": tok2vec, "nO": None, "normalize": False}


def parser_model(tok2vec: Config) -> Config:
    """A greedy transition system that builds trees."""
    return {
        "@architectures": "spacy.TransitionBasedParser.v2",
        "state_type": "parser",
        "extra_state_tokens": False,
        "hidden_width": 128,
        "maxout_pieces": 2,
        "use_upper": True,
        "nO": None,
        "tok2vec": tok2vec,
    }
