"""Identity across documents: which mentions are one node, and what that node is called.

Positive evidence joins names, a judgement "different" parts them again, and no two entities of the lexicon are ever joined but by a
judgement. The same readings give the same ids on every machine.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import networkx as nx

from kg.ids import make_id
from kg.knowledge.lexicon import Entry, Lexicon
from kg.knowledge.normalise import is_cjk, key, simplify
from kg.model import Entity, Mention, Reading
from kg.resolve.match import Judgement, Linker, Name, compare

_REFERS_BACK = re.compile(
    r"^(?:the|this|that|these|those|its|their|his|her|it|they|he|she|such|said|our|we)\b|"
    r"^(?:该|此|本|其|这|那|上述|前述|两|公司$|集团$|基金$|企业$|行业$|他|她|它)", re.IGNORECASE,
)
_BARE = frozenset({"etf", "fund", "company", "bank", "index", "group", "firm", "corp", "the etf"})
_CASE_FREE = frozenset({"Product", "Sector", "Resource", "Infrastructure"})


@dataclass(frozen=True)
class Identity:
    """`entity_of` maps mention ids to entity ids; `entities` are the nodes, sorted by id; `applied` are the judgements that decided."""

    entity_of: Mapping[str, str]
    entities: tuple[Entity, ...]
    applied: tuple[Judgement, ...] = ()

    def entity(self, mention: str) -> Entity | None:
        """Return the node that a mention stands for."""
        wanted = self.entity_of.get(mention)
        return next((e for e in self.entities if e.id == wanted), None) if wanted else None


def identify(readings: Iterable[Reading], lexicon: Lexicon, judgements: Sequence[Judgement] = ()) -> Identity:
    """Give every mention of an entity its node.

    Mentions labelled Event or Metric, and mentions whose `entity` is neither in the lexicon nor None, are left as they are: their ids are
    somebody else's.
    """
    told = (m for reading in readings for m in reading.mentions if m.label not in ("Event", "Metric"))
    mentions = [m for m in told if m.entity is None or m.entity in lexicon]
    linker = Linker(lexicon)
    names = {m.id: Name(simplify(m.name or m.text), m.label, m.entity) for m in mentions}
    linked: dict[Name, Name] = {name: Name(name.text, name.label, linker.link(name)) for name in sorted(set(names.values()), key=_order)}
    graph, applied = _evidence(linked.values(), judgements)
    node_of: dict[Name, str] = {}
    for component in sorted((sorted(c, key=_order) for c in nx.connected_components(graph)), key=lambda c: _order(c[0])):
        ident = _id(component)
        node_of.update(dict.fromkeys(component, ident))
    entity_of = {m.id: node_of[linked[names[m.id]]] for m in mentions}
    seen: dict[str, list[Mention]] = defaultdict(list)
    for mention in mentions:
        seen[entity_of[mention.id]].append(mention)
    entities = tuple(_entity(ident, seen[ident], lexicon) for ident in sorted(seen))
    return Identity(entity_of, entities, applied)


def _evidence(names: Iterable[Name], judgements: Sequence[Judgement]) -> tuple[nx.Graph, tuple[Judgement, ...]]:
    """Return the graph whose edges are positive evidence, with every pair that was judged different in parts of its own."""
    graph: nx.Graph = nx.Graph()
    blocks: dict[tuple[str, str], list[Name]] = defaultdict(list)
    for name in sorted(set(names), key=_order):
        graph.add_node(name)
        blocks["entity", name.entity or ""].append(name)
        blocks["name", key(name.text) if name.label == "Company" else simplify(name.text).lower()].append(name)
    apart: set[frozenset[Name]] = set()
    applied: list[Judgement] = []
    for judgement in judgements:
        lefts, rights = (_judged(side, judgement.label, graph) for side in (judgement.left, judgement.right))
        pairs = [(a, b) for a in lefts for b in rights if a != b]
        if pairs:
            applied.append(judgement)
        if judgement.judgement == "same":
            graph.add_edges_from(pairs)
        else:
            apart |= {frozenset(pair) for pair in pairs}
    for (kind, value), block in blocks.items():
        if kind == "entity" and not value:
            continue
        first = block[0]
        for other in block:  # the first stands for its block: a legal form dropped or a script changed is the same for all of it
            for left in (first, *([b for b in block if b.entity == other.entity][:1])):
                if left != other and frozenset((left, other)) not in apart and compare(left, other).same:
                    graph.add_edge(left, other)
    return graph, tuple(applied)


def _judged(wanted: str, label: str, graph: nx.Graph) -> list[Name]:
    folded = simplify(wanted).lower()
    return [n for n in graph if n.entity == wanted or (n.label == label and simplify(n.text).lower() == folded)]


def _order(name: Name) -> tuple[str, str, str]:
    return (name.entity or "~", name.label, name.text)


def _id(component: Sequence[Name]) -> str:
    known = sorted({n.entity for n in component if n.entity})
    if known:
        return known[0]
    label = component[0].label
    return make_id(label.lower(), min(key(n.text) if label == "Company" else n.text.lower() for n in component))


def _entity(ident: str, mentions: Sequence[Mention], lexicon: Lexicon) -> Entity:
    texts = Counter(simplify(m.name or m.text) for m in mentions if m.name or m.text)
    if ident in lexicon:
        entry = lexicon[ident]
        known = {simplify(n).lower() for n in entry.names}
        learned = [t for t in sorted(texts) if simplify(t).lower() not in known and may_learn(t, entry, lexicon)]
        entity = entry.entity()
        return entity.model_copy(update={"aliases": (*entity.aliases, *learned)}) if learned else entity
    proper = Counter({t: n for t, n in texts.items() if not _REFERS_BACK.match(t)}) or texts or Counter({ident: 1})
    ranked = sorted(proper, key=lambda t: (-proper[t], t))
    chinese = next((t for t in ranked if any(map(is_cjk, t))), None)
    latin = next((t for t in ranked if not any(map(is_cjk, t))), None)
    sites = [m for m in mentions if m.label == "Facility" and m.name and m.name != m.text and m.name.endswith(m.text)]
    within = {simplify(m.text) for m in sites if not m.text.islower()}  # "Visp site" of "Lonza Visp site"
    others = tuple(sorted({*ranked, *within} - {ranked[0], chinese, latin}))
    return Entity(id=ident, labels=(mentions[0].label,), name=ranked[0], name_en=latin, name_zh=chinese, aliases=others)


def may_learn(text: str, entry: Entry, lexicon: Lexicon) -> bool:
    """Tell whether a way of naming an entity may become its alias.

    Not when it only refers back ("the company", 该基金), nor when it names somebody else: a fund under another house's name beside its
    code, a company's code beside another company's name.
    """
    if _REFERS_BACK.match(text) or text.lower() in _BARE or len(text) < 2:
        return False
    if entry.label in _CASE_FREE or lexicon.by_name(text):
        return False  # the lexicon has the common nouns already; a name of another entry contradicts
    if text.isascii() and not any(c.isupper() for c in text):
        return False
    return not any(other.id not in (entry.id, entry.kind) for other in _companies_named_in(text, lexicon))


def _companies_named_in(text: str, lexicon: Lexicon) -> list[Entry]:
    """Return the companies that a fund's or company's written name holds, whether as words or at its Chinese ends."""
    folded = simplify(text)
    words = folded.split()
    parts = {" ".join(words[i:j]) for i in range(len(words)) for j in range(i + 1, min(len(words), i + 3) + 1)}
    for run in re.findall(r"[一-鿿]+", folded):
        parts |= {run[:n] for n in range(2, 5)} | {run[-n:] for n in range(2, 5)}
    parts.discard(folded)
    return [e for part in sorted(parts) for e in lexicon.by_name(part) if e.label == "Company"]
