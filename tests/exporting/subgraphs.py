"""Subgraphs made up by hand: a small one with one of everything, one with names that try to break out, and a neighbourhood of sixty."""

from __future__ import annotations

from typing import Any

from kg.exporting.subgraph import Edge, Figure, Node, Sentence, Source, Subgraph

SENTENCE = "据悉，星河半导体向台积电供应刻蚀机。"
BEFORE, AFTER = "公司今日公告。", "双方未披露金额。"
PAPER = Source(
    id="doc:1", title="港湾晚报：刻蚀机", source="港湾日报", published="2026-03-02T09:30", zone="Asia/Shanghai", language="zh",
    url="https://harbour.example/1",
)
SAID = Sentence(
    id="claim:1", document=PAPER.id, text=SENTENCE, before=BEFORE, after=AFTER, start=7, end=7 + len(SENTENCE), confidence=0.8, reader="made"
)
PLAN = "Harbour One is to add 25,000 Nova N7 chips by March, the company said."

REVENUE = Figure(
    id="metric:1", name="revenue", display="NT$4.88trn", belief=0.7, proof="Revenue came to NT$4.88trn.", proof_source="Harbour Daily",
    proof_date="2026-03-02", properties={"value": 4.88e12, "currency": "TWD", "period": "2025Q4"},
)
CAPEX = Figure(
    id="metric:2", name="capex", modality="plan", holder="company:tsmc", belief=0.8,
    properties={"low": 5.2e10, "high": 5.6e10, "currency": "USD"},
)
POWER = Figure(id="metric:3", name="power_capacity", display="300 MW", belief=0.9, properties={"value": 3e8, "unit": "W"})

TSMC = Node(
    id="company:tsmc", label="Company", name="TSMC", name_en="TSMC", name_zh="台积电", aliases=("Taiwan Semiconductor", "TSM"),
    properties={"tickers": ["2330.TW", "TSM"], "country": "TW"}, figures=(REVENUE, CAPEX), left_out=30,
)
GALAXY = Node(
    id="company:galaxy", label="Company", name="Galaxy Semiconductor", name_en="Galaxy Semiconductor", name_zh="星河半导体", distance=1
)
BLUE = Node(id="company:blue", label="Company", name="蓝海云", name_en="Blue Ocean Cloud", name_zh="蓝海云", distance=1, hidden=34, left_out=4)
N7 = Node(id="product:n7", label="Product", name="Nova N7", distance=1, properties={"kind": "chip"})
HARBOUR = Node(id="facility:harbour", label="Facility", name="Harbour One", distance=2, figures=(POWER,))
GRID = Node(id="infrastructure:grid", label="Infrastructure", name="power grid", name_zh="电网", distance=2)
EXPANSION = Node(
    id="event:1", label="Event", name="Blue Ocean Cloud expansion", distance=2, properties={"kind": "expansion", "modality": "plan"}
)


def edge(number: int, subject: Node, type: str, object: Node, proof: str, **more: Any) -> Edge:
    return Edge(id=f"fact:{number}", subject=subject.id, type=type, object=object.id, proof=proof, **{"belief": 0.8, **more})


SMALL = Subgraph(
    around="TSMC", hops=2, centres=(TSMC.id,), more=34, names={"product:etcher": "etching machines"}, documents=(PAPER,),
    nodes=(TSMC, GALAXY, BLUE, N7, HARBOUR, GRID, EXPANSION),
    edges=(
        edge(1, GALAXY, "SUPPLIES", TSMC, SENTENCE, belief=0.82, holder=TSMC.id, proof_source="港湾日报", proof_date="2026-03-02T09:30", first_seen="2026-03-02T09:30",
             last_seen="2026-03-02T09:30", support=1, claim_count=3, sentences=(SAID,), properties={"product": "product:etcher", "sole": True}),
        edge(2, TSMC, "SUPPLIES", BLUE, "Annual report.", origin="reference"),
        edge(3, TSMC, "PRODUCES", N7, "TSMC does not make the N7.", negated=True),
        edge(4, HARBOUR, "USES", N7, PLAN, modality="plan", properties={"quantity": 25000, "state": "planned"}),
        edge(5, HARBOUR, "USES", N7, "It runs 40,000 of them.", properties={"quantity": 40000, "state": "installed"}),
        edge(6, BLUE, "OPERATES", HARBOUR, "It no longer runs it.", ended=True),
        edge(7, HARBOUR, "LOADS", GRID, "The site strains the grid."),
        edge(8, BLUE, "PARTICIPATES_IN", EXPANSION, "It plans to expand.", modality="plan"),
    ),
)

NASTY_NAMES = (
    "</script><script>document.title='broken'</script>", "<img src=x onerror=\"document.title='broken'\">", "quotes \" ' ` ${1+1} $data",
    "\u202eright to left\u202c", "emoji 🏭🚀", "line\u2028break\nhere", "名" * 200, "&amp; &lt; <!-- ]]>", "bell \x07 and tab \x0b",
)
NASTY_NODES = tuple(
    Node(id=f"n:{at}", label="Company", name=name, aliases=(name,), distance=min(at, 1)) for at, name in enumerate(NASTY_NAMES)
)
NASTY = Subgraph(
    around=NASTY_NAMES[0], hops=1, centres=("n:0",), nodes=NASTY_NODES,
    edges=tuple(edge(at, NASTY_NODES[0], "SUPPLIES", node, node.name, proof_source=node.name) for at, node in enumerate(NASTY_NODES) if at),
)

_KINDS = (
    ("Company", "SUPPLIES", True), ("Company", "SUPPLIES", False), ("Product", "PRODUCES", False), ("Event", "PARTICIPATES_IN", False),
    ("Fund", "HOLDS", True), ("Sector", "IN_SECTOR", False),
)
_WORDS = {
    "Company": ("Works", "工业"), "Product": ("Chip", "芯片"), "Event": ("expansion", "扩产"), "Fund": ("ETF", "基金"),
    "Sector": ("sector", "板块"),
}
_PLACES = ("North", "South", "East", "West", "Upper", "Lower")


def neighbourhood(size: int = 60) -> Subgraph:
    """Return a company among suppliers, customers, products, funds, sectors and events, `size` nodes in all, some two steps away."""
    hub = Node(id="c", label="Company", name="Harbour Foundry", name_zh="港湾晶圆")
    nodes, edges = [hub], []
    for at in range(1, size):
        label, relation, inward = _KINDS[at % len(_KINDS)]
        parent = hub if at % 3 or at < 13 else nodes[1 + at % 2 * 6]
        en, zh = _WORDS[label]
        node = Node(
            id=f"n{at}", label=label, name=f"{_PLACES[at * 5 % 6]}{at} {en}", name_zh=f"第{at}{zh}" if at % 2 else None,
            distance=1 if parent is hub else 2,
        )
        nodes.append(node)
        ends = (node, parent) if inward else (parent, node)
        weight = {"weight_pct": at / 4} if relation == "HOLDS" else {}
        edges.append(edge(
            at, ends[0], relation, ends[1], f"Sentence {at}.", origin="reference" if at % 5 == 0 else "stated",
            modality="plan" if label == "Event" else "fact", properties=weight,
        ))
        if at > 20 and at % 12 == 0:
            edges.append(edge(1000 + at, node, "COMPETES_WITH", nodes[at - 12], "They compete."))
    return Subgraph(around="Harbour Foundry", hops=2, centres=("c",), nodes=tuple(nodes), edges=tuple(edges))
