"""An answer as a picture: the facts and paths that its rows rest on, instead of their words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any, NamedTuple

from kg.store.anatomy import Anatomy, Item, dissect

if TYPE_CHECKING:
    from neo4j.graph import Node, Relationship

    from kg.store.client import Client

PROOF = "proof"
_NODES = "MATCH (n) WHERE elementId(n) IN $elements RETURN n"


class Picture(NamedTuple):
    """Nodes as {id, label, properties} and links as {id, type, subject, object, properties}, each once, in the order of the answer."""

    nodes: list[dict[str, Any]]
    links: list[dict[str, Any]]


def drawn(cypher: str) -> str | None:
    """Return the Cypher of a question with the facts behind its rows in place of the rows; None where the text shows none.

    The last `RETURN` tells them: a path of which `nodes(path)` or `relationships(path)` is returned, else the fact `f` of `f.proof AS proof`.
    Everything else, the limit and the order among it, stays as it is, so that table and picture are one answer.
    """
    body = dissect(cypher)
    if body.answer is None or any(body.is_word(at, "UNION") for at in range(body.answer, len(body.tokens))):
        return None
    path = next(filter(None, (_path(body, item) for item in body.items)), None)
    fact = next((_fact(body, item) for item in body.items if item.name == PROOF), None)
    if (shown := path or fact) is None:
        return None
    begin, end = body.items[0].begin, body.items[-1].end
    what = "shown" if path else "startNode(shown) AS subject, shown AS fact, endNode(shown) AS object"
    head = cypher[: body.offsets[body.answer]]
    distinct = "DISTINCT " if body.is_word(body.answer + 1, "DISTINCT") else ""
    tail = cypher[body.offsets[end] :].rstrip().rstrip(";") if end < len(body.offsets) else ""
    return f"{head}WITH {distinct}{body.source(begin, end)}, {shown} AS shown\n{tail}\nRETURN {what}\n"


def _path(body: Anatomy, item: Item) -> str | None:
    for at in range(item.begin, item.end - 3):
        if body.is_word(at, "NODES", "RELATIONSHIPS") and body.is_sign(at + 1, "(") and body.is_sign(at + 3, ")"):
            return body.name_at(at + 2)
    return None


def _fact(body: Anatomy, item: Item) -> str | None:
    plain = item.end - item.begin == 5 and body.is_sign(item.begin + 1, ".") and body.name_at(item.begin + 2) == PROOF
    return body.name_at(item.begin) if plain else None


def picture(client: Client, rows: Iterable[Iterable[Any]]) -> Picture:
    """Return the nodes and relationships in rows as the driver gives them, those inside paths, lists and maps among them."""
    from neo4j.graph import Node

    nodes: dict[str, Node] = {}
    links: dict[str, Relationship] = {}
    ends: set[str] = set()
    for value in _leaves(rows):
        if isinstance(value, Node):
            nodes.setdefault(value.element_id, value)
        else:
            links.setdefault(value.element_id, value)
            ends.update(end.element_id for end in value.nodes if end is not None)
    if lacking := sorted(ends - {*nodes}):  # a relationship that comes alone does not bring what its ends are
        nodes.update((node.element_id, node) for (node,) in client.read(_NODES, {"elements": lacking}).rows)
    ids = {element: node.get("id", element) for element, node in nodes.items()}
    return Picture(
        [{"id": ids[element], "label": _label(node), "properties": dict(node)} for element, node in nodes.items()],
        [
            {"id": link.get("id", element), "type": link.type, "subject": ids[link.nodes[0].element_id], "object": ids[link.nodes[1].element_id],
             "properties": dict(link)}
            for element, link in links.items() if link.nodes[0] is not None and link.nodes[1] is not None
        ],
    )


def plain(value: Any) -> Any:
    """Return a value of the driver as text and JSON can show it: a node by its name, a relationship by its type, a path by its names."""
    from neo4j.graph import Node, Path, Relationship

    match value:
        case Path():
            return [plain(node) for node in value.nodes]
        case Node():
            return value.get("name") or value.get("title") or value.get("text") or value.get("id") or sorted(value.labels)
        case Relationship():
            return value.type
        case list() | tuple():
            return [plain(part) for part in value]
        case dict():
            return {name: plain(part) for name, part in value.items()}
        case _ if hasattr(value, "iso_format"):
            return value.iso_format()
        case _:
            return value


def _leaves(value: Any) -> Iterator[Any]:
    from neo4j.graph import Node, Path, Relationship

    if isinstance(value, Node | Relationship):
        yield value
    elif isinstance(value, Path):
        yield from value.nodes
        yield from value.relationships
    elif isinstance(value, dict):
        for part in value.values():
            yield from _leaves(part)
    elif isinstance(value, Iterable) and not isinstance(value, str | bytes):
        for part in value:
            yield from _leaves(part)


def _label(node: Node) -> str:
    return next((label for label in sorted(node.labels) if label != "Entity"), "Entity")
