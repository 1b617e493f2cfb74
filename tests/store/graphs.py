"""A small graph, made up, with one of everything: entities in two languages, a stated fact, a plan, a metric, an event."""

from __future__ import annotations

from kg.ids import digest
from kg.model import Argument, Claim, Document, Entity, Event, Fact, Graph, Metric

SENTENCE = "据悉，星河半导体向蓝海云供应刻蚀机。"
TEXT = f"{SENTENCE}\nBlue Ocean Cloud plans to use 5,000 Nova N7 chips in its Harbour data centre."
DOCUMENT = Document(
    id="doc:1", path="a.txt", offset=0, title="星河与蓝海", source="Harbour Daily", published="2026-03-02T09:30", zone="Asia/Shanghai",
    language="zh", sha256=digest(TEXT), text=TEXT,
)
SUPPLIER = Entity(
    id="company:galaxy", labels=("Company",), name="Galaxy Semiconductor", name_en="Galaxy Semiconductor", name_zh="星河半导体",
    aliases=("星河半导体", "Galaxy Semi"), properties={"tickers": ("688999.SH",), "country": "CN"},
)
CUSTOMER = Entity(id="company:blue", labels=("Company",), name="蓝海云", name_en="Blue Ocean Cloud", name_zh="蓝海云", aliases=("BOC",))
PAPER = Entity(id="company:harbour-daily", labels=("Company",), name="Harbour Daily")
CHIP = Entity(id="product:n7", labels=("Product",), name="Nova N7", properties={"kind": "chip"})
EXPANSION = Event(id="event:1", kind="expansion", name="蓝海云 expansion", participants=("company:blue",), modality="plan")
CAPACITY = Metric(
    id="metric:1", name="power_capacity", subject="event:1", value=3e8, unit="W", display="300 MW", modality="plan", holder="company:blue"
)


def claim(number: int, subject: Entity, relation: str, object: Entity, text: str, confidence: float, modality: str = "fact") -> Claim:
    start = TEXT.index(text)
    return Claim(
        id=f"claim:{number}", fact=f"fact:{relation}", document=DOCUMENT.id, start=start, end=start + len(text), locator=None, text=text,
        subject=Argument(mention=None, id=subject.id), relation=relation, object=Argument(mention=None, id=object.id), qualifiers={},
        modality=modality, negated=False, ended=False, holder=CUSTOMER.id if modality == "plan" else None, confidence=confidence,
        reader="test",
    )


def fact(relation: str, subject: str, object: str, *claims: Claim, **properties: object) -> Fact:
    return Fact(
        id=f"fact:{relation}", subject=subject, relation=relation, object=object, properties=properties,
        modality=claims[0].modality if claims else "fact", negated=False, ended=False, belief=0.8, origin="stated", support=1,
        claims=tuple(c.id for c in claims),
    )


SUPPLIES = claim(1, SUPPLIER, "SUPPLIES", CUSTOMER, SENTENCE, 0.9)
WEAKER = claim(2, SUPPLIER, "SUPPLIES", CUSTOMER, "星河半导体向蓝海云供应刻蚀机。", 0.4)
USES = claim(3, CUSTOMER, "USES", CHIP, "Blue Ocean Cloud plans to use 5,000 Nova N7 chips in its Harbour data centre.", 0.8, "plan")

GRAPH = Graph(
    documents=(DOCUMENT,),
    mentions=(),
    claims=(SUPPLIES, WEAKER, USES),
    entities=(SUPPLIER, CUSTOMER, PAPER, CHIP),
    facts=(
        fact("SUPPLIES", SUPPLIER.id, CUSTOMER.id, WEAKER, SUPPLIES),
        fact("USES", CUSTOMER.id, CHIP.id, USES, quantity=5000, state="planned"),
        fact("PARTICIPATES_IN", CUSTOMER.id, EXPANSION.id, USES, role="builder"),
        fact("REPORTED", EXPANSION.id, CAPACITY.id, USES),
        fact("MENTIONED_IN", CUSTOMER.id, DOCUMENT.id, count=2),
        fact("PUBLISHED_BY", DOCUMENT.id, PAPER.id),
    ),
    events=(EXPANSION,),
    metrics=(CAPACITY,),
    rejected=(),
)
