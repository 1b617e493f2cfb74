"""The published sets that `kg` is measured on and trained from: what each holds, and readers of their files.

`SETS` names them. A set keeps its own labels here, so that figures compare with the published ones.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType

from kg.evaluation.pairs import Pair
from kg.evaluation.published.relations import locate, read_aircraft, read_core, read_dfki, read_finre, read_finred, read_fire
from kg.model import Language

__all__ = [
    "SETS", "PublishedSet", "locate", "read_aircraft", "read_core", "read_dfki", "read_finre", "read_finred", "read_fire",
]


@dataclass(frozen=True)
class PublishedSet:
    """A published set of relations.

    `labels` are all of its labels, the `null` one among them (None where it has none: every pair is related). `inverse` says of a label
    which one holds the other way round; a `symmetric` one holds both ways. `ships` tells whether its licence lets it train what ships.
    `read` takes one of its files; `train` and `dev` are where those lie in the data folder (no `dev`: to be cross-validated).
    """

    name: str
    language: Language
    licence: str
    ships: bool
    labels: tuple[str, ...]
    null: str | None
    read: Callable[[Path], list[Pair]]
    train: str
    dev: str | None
    inverse: Mapping[str, str] = field(default_factory=dict)
    symmetric: frozenset[str] = frozenset()


_CORE = (
    "acquired_by", "brand_of", "client_of", "collaboration", "competitor_of", "merged_with", "product_or_service_of", "regulated_by",
    "shareholder_of", "subsidiary_of", "traded_on", "undefined",
)
_FIRE = (
    "ActionBuy", "ActionMerge", "ActionSell", "Actionin", "Actionto", "Constituentof", "Designation", "Employeeof", "Locatedin", "Productof",
    "Propertyof", "Quantity", "Sector", "Subsidiaryof", "Value", "ValueChangeDecreaseby", "ValueChangeIncreaseby", "Valuein", "none",
)
_FINRED = (
    "brand", "business_division", "chairperson", "chief_executive_officer", "creator", "currency", "developer", "director_/_manager",
    "distributed_by", "distribution_format", "employer", "founded_by", "headquarters_location", "industry", "legal_form",
    "location_of_formation", "manufacturer", "member_of", "operator", "original_broadcaster", "owned_by", "owner_of", "parent_organization",
    "platform", "position_held", "product_or_material_produced", "publisher", "stock_exchange", "subsidiary",
)
_FINRE_DIRECTED = (
    "买资", "借壳", "入股", "减持", "分析", "发行", "增持", "帮助", "成立", "拟收购", "拥有", "持股", "收购", "欠款", "注资", "转让",
)
_FINRE_MUTUAL = ("交易", "合作", "合并", "合资", "商讨", "竞争", "签约", "纠纷", "自己", "订单", "重组")
_AIRCRAFT = ("供应", "共指", "其他/无", "合作/拟合作", "生产产品/提供服务", "股东/母公司/并购/投资")


def _both_ways(pairs: Mapping[str, str]) -> Mapping[str, str]:
    return MappingProxyType({**pairs, **{other: one for one, other in pairs.items()}})


SETS: Mapping[str, PublishedSet] = MappingProxyType({
    each.name: each
    for each in (
        PublishedSet(
            "core", "en", "CC-BY-4.0", True, _CORE, "undefined", read_core, "relations/core/train.json", None,
            symmetric=frozenset({"collaboration", "competitor_of", "merged_with", "undefined"}),
        ),
        PublishedSet(
            "fire", "en", "CC-BY-4.0", True, _FIRE, "none", read_fire, "relations/fire/train.json", "relations/fire/dev.json",
            symmetric=frozenset({"ActionMerge"}),
        ),
        PublishedSet(
            "dfki", "en", "CC-BY-4.0", True, ("CompanyProvidesProduct", "no_relation"), "no_relation", read_dfki,
            "relations/dfki_product/train.jsonl.gz", "relations/dfki_product/dev.jsonl.gz",
        ),
        PublishedSet(
            "finred", "en", "not stated", False, _FINRED, None, lambda path: read_finred(path.parent, path.stem),
            "relations/finred/train.sent", "relations/finred/dev.sent",
            inverse=_both_ways({"owned_by": "owner_of", "parent_organization": "subsidiary"}),
        ),
        PublishedSet(
            "finre", "zh", "MIT", True, tuple(sorted((*_FINRE_MUTUAL, *_FINRE_DIRECTED, *(f"被{label}" for label in _FINRE_DIRECTED), "unknown"))),
            "unknown", read_finre, "relations/finre/train.txt", "relations/finre/valid.txt",
            inverse=_both_ways({label: f"被{label}" for label in _FINRE_DIRECTED}), symmetric=frozenset({*_FINRE_MUTUAL, "unknown"}),
        ),
        PublishedSet(
            "aircraft_zh", "zh", "not stated", False, _AIRCRAFT, "其他/无", read_aircraft,
            "relations/aircraft_zh/5LLMs_high_consistency_samples.jsonl", "relations/aircraft_zh/5LLMs-exact-consistent-samples-200.jsonl",
            symmetric=frozenset({"合作/拟合作", "共指"}),
        ),
    )
})
