"""Which published sets there are: language, licence, labels, files."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

from kg.evaluation.names import Named
from kg.evaluation.pairs import Inventory, Pair
from kg.evaluation.published.events import Eventful, read_fewfc
from kg.evaluation.published.names import read_cluener, read_fintech_key_phrase, read_gsdsimp, read_uner, read_wnut17
from kg.evaluation.published.relations import read_aircraft, read_core, read_dfki, read_finre, read_finred, read_fire
from kg.model import Language


@dataclass(frozen=True, kw_only=True)
class PublishedSet(Inventory):
    """A published set of relations: its label set and where it comes from.

    `ships` tells whether its licence lets it train what ships. `read` takes one of its files; `train` and `dev` are where those lie in
    the data folder (no `dev`: to be cross-validated). With `all_pairs` it says of every pair of a text's entities that
    could be related whether they are.
    """

    language: Language
    licence: str
    ships: bool
    read: Callable[[Path], list[Pair]]
    train: str
    dev: str | None
    all_pairs: bool = False


@dataclass(frozen=True, kw_only=True)
class NameSet:
    """A published set of names; fields as those of `PublishedSet`, `labels` its own kinds."""

    name: str
    labels: tuple[str, ...]
    language: Language
    licence: str
    ships: bool
    read: Callable[[Path], list[Named]]
    train: str
    dev: str | None


@dataclass(frozen=True, kw_only=True)
class EventSet:
    """A published set of events; fields as those of `PublishedSet`, `labels` its own kinds. `train` may be several files."""

    name: str
    labels: tuple[str, ...]
    language: Language
    licence: str
    ships: bool
    read: Callable[[Path], list[Eventful]]
    train: tuple[str, ...]


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
    "core": PublishedSet(
        name="core", language="en", licence="CC-BY-4.0", ships=True, labels=_CORE, null="undefined", read=read_core,
        train="relations/core/train.json", dev=None,
        symmetric=frozenset({"collaboration", "competitor_of", "merged_with", "undefined"}),
    ),
    "fire": PublishedSet(
        name="fire", language="en", licence="CC-BY-4.0", ships=True, labels=_FIRE, null="none", read=read_fire,
        train="relations/fire/train.json", dev="relations/fire/dev.json", all_pairs=True,
        symmetric=frozenset({"ActionMerge"}),
    ),
    "dfki": PublishedSet(
        name="dfki", language="en", licence="CC-BY-4.0", ships=True, labels=("CompanyProvidesProduct", "no_relation"), null="no_relation",
        read=read_dfki, train="relations/dfki_product/train.jsonl.gz", dev="relations/dfki_product/dev.jsonl.gz", all_pairs=True,
    ),
    "finred": PublishedSet(
        name="finred", language="en", licence="not stated", ships=False, labels=_FINRED, null=None,
        read=lambda path: read_finred(path.parent, path.stem), train="relations/finred/train.sent", dev="relations/finred/dev.sent",
        inverse=_both_ways({"owned_by": "owner_of", "parent_organization": "subsidiary"}),
    ),
    "finre": PublishedSet(
        name="finre", language="zh", licence="MIT", ships=True, null="unknown", read=read_finre,
        labels=tuple(sorted((*_FINRE_MUTUAL, *_FINRE_DIRECTED, *(f"被{label}" for label in _FINRE_DIRECTED), "unknown"))),
        train="relations/finre/train.txt", dev="relations/finre/valid.txt",
        inverse=_both_ways({label: f"被{label}" for label in _FINRE_DIRECTED}), symmetric=frozenset({*_FINRE_MUTUAL, "unknown"}),
    ),
    "aircraft_zh": PublishedSet(
        name="aircraft_zh", language="zh", licence="not stated", ships=False, labels=_AIRCRAFT, null="其他/无", read=read_aircraft,
        train="relations/aircraft_zh/5LLMs_high_consistency_samples.jsonl",
        dev="relations/aircraft_zh/5LLMs-exact-consistent-samples-200.jsonl", symmetric=frozenset({"合作/拟合作", "共指"}),
    ),
})
"""Relations, by name."""

NAME_SETS: Mapping[str, NameSet] = MappingProxyType({
    "uner": NameSet(
        name="uner", language="en", licence="CC-BY-SA-4.0", ships=True, labels=("PER", "ORG", "LOC", "OTH"), read=read_uner,
        train="ner/uner_en_ewt-train.iob2", dev="ner/uner_en_ewt-dev.iob2",
    ),
    "wnut17": NameSet(
        name="wnut17", language="en", licence="CC-BY-4.0", ships=True,
        labels=("corporation", "creative-work", "group", "location", "person", "product"), read=read_wnut17,
        train="ner/wnut17-train.conll", dev="ner/wnut17-dev.conll",
    ),
    "gsdsimp": NameSet(
        name="gsdsimp", language="zh", licence="CC-BY-SA-4.0", ships=True, labels=("PER", "ORG", "LOC"), read=read_gsdsimp,
        train="treebank/zh_gsdsimp_v13-train.conllu", dev="treebank/zh_gsdsimp_v13-dev.conllu",
    ),
    "cluener": NameSet(
        name="cluener", language="zh", licence="not stated", ships=False, read=read_cluener, train="ner/cluener/train.json", dev=None,
        labels=("address", "book", "company", "game", "government", "movie", "name", "organization", "position", "scene"),
    ),
    "fintech_key_phrase": NameSet(
        name="fintech_key_phrase", language="zh", licence="Apache-2.0", ships=True, labels=("financial_entity",),
        read=read_fintech_key_phrase, train="ner/fintech_key_phrase/train.json", dev=None,
    ),
})
"""Names, by name."""

EVENT_SETS: Mapping[str, EventSet] = MappingProxyType({
    "fewfc": EventSet(
        name="fewfc", language="zh", licence="CC-BY-SA-4.0", ships=True, read=read_fewfc,
        train=("events/fewfc/train_base.json", "events/fewfc/train_trans.json"),
        labels=("中标", "减持", "判决", "投资", "担保", "收购", "签署合同", "股份股权转让", "质押", "起诉"),
    ),
})
"""Events, by name."""
