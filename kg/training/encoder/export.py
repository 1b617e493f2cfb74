"""A tuned network -> two ONNX graphs in int8, its tokenizer and its card: what `kg` reads with, without torch."""

from __future__ import annotations

import json
import shutil
import tempfile
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path

import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from torch import Tensor, nn

from kg.training.encoder.network import Network
from kg.training.encoder.tuning import Lesson, inventories, null_bias, null_label, turned_labels


class _Lower(nn.Module):
    def __init__(self, network: Network) -> None:
        super().__init__()
        self.network = network

    def forward(self, ids: Tensor, shapes: Tensor, mask: Tensor) -> tuple[Tensor, ...]:
        states = self.network.lower(ids, shapes, mask)
        if self.network.shape.names_from_upper:
            return (states,)
        return (states, *self.network.tags(states, mask).values())


class _Upper(nn.Module):
    def __init__(self, network: Network) -> None:
        super().__init__()
        self.network = network

    def forward(self, states: Tensor, mask: Tensor, roles: Tensor) -> tuple[Tensor, ...]:
        top = self.network.upper(states, mask, roles)
        answers = self.network.read_pair(top, roles)
        if not self.network.shape.names_from_upper:
            return (answers,)
        return (answers, *(layer(top) for layer in self.network.names.values()))


def export(network: Network, taught: Lesson, tokenizer: Path, card: Mapping[str, object], folder: Path) -> None:
    """Write `lower.onnx`, `upper.onnx`, `tokenizer.json`, `labels.json` and `card.json` into `folder`."""
    network = network.float().cpu().eval()
    folder.mkdir(parents=True, exist_ok=True)
    ids = torch.ones(2, 6, dtype=torch.long)
    states, roles = torch.zeros(2, 6, network.roles.embedding_dim), torch.tensor([[0, 1, 1, 0, 2, 0]] * 2)
    name_sets = list(network.names)
    below, above = ([], name_sets) if network.shape.names_from_upper else (name_sets, [])
    with tempfile.TemporaryDirectory() as scratch:
        parts: list[tuple[str, nn.Module, tuple[Tensor, ...], list[str], list[str]]] = [
            ("lower", _Lower(network), (ids, ids * 0, ids), ["ids", "shapes", "mask"], ["states", *below]),
            ("upper", _Upper(network), (states, ids, roles), ["states", "mask", "roles"], ["answers", *above]),
        ]
        for name, module, inputs, taken, given in parts:
            plain = Path(scratch) / f"{name}.onnx"
            axes = {each: {0: "rows", 1: "pieces"} for each in (*taken, *given) if each != "answers"} | {"answers": {0: "rows"}}
            axes = {each: axis for each, axis in axes.items() if each in (*taken, *given)}
            torch.onnx.export(module, inputs, str(plain), input_names=taken, output_names=given, dynamic_axes=axes, opset_version=17, dynamo=False)
            quantize_dynamic(plain, folder / f"{name}.onnx", weight_type=QuantType.QInt8, per_channel=True,
                             op_types_to_quantize=["MatMul", "Gather"])  # not Gemm, the head of pairs: small, and int8 there costs two points
    shutil.copyfile(tokenizer, folder / "tokenizer.json")
    labels = {
        "names": {name: list(kinds) for name, kinds in taught.names.items()},
        "names_from_upper": network.shape.names_from_upper,
        "null_bias": {name: [null_label(name), null_bias(name)] for name in taught.asked.labels if null_bias(name)},
        "links": taught.links,
        "repeats": {name: asdict(each) for name, each in taught.repeats.items()},
        "turned": {name: turned for name in (*inventories(taught.language), "kg") if (turned := turned_labels(name))},
        "kinds": list(taught.asked.kinds),
        "answers": {name: list(each) for name, each in taught.asked.labels.items()},
    }
    (folder / "labels.json").write_text(json.dumps(labels, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    (folder / "card.json").write_text(json.dumps(card, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
