"""The ontology as Cypher: constraints, indexes, and one `UNWIND` statement for each label and each relationship type. Pure text."""

from __future__ import annotations

from kg.knowledge.ontology import Ontology, RelationType

ENTITY = "Entity"
BUILD = "Build"
NAMES = ("name", "name_en", "name_zh", "aliases", "tickers", "ticker")
NAME_INDEX = "entity_names"


def schema(ontology: Ontology) -> dict[str, str]:
    """Return the statements that make the schema, by the name of what each makes.

    Ids are unique for each label, for `:Entity`, and for each type of fact. Labels of their own come before `:Entity`, since
    Neo4j hands labels out in the order in which they were first seen. Names in any script are found through the full-text
    index `entity_names` (Chinese by pairs of characters: the analyzer `cjk`).
    """
    names = ", ".join(f"n.{name}" for name in NAMES)
    made = {
        **{f"{label.lower()}_id": f"CONSTRAINT # FOR (n:{label}) REQUIRE n.id IS UNIQUE" for label in (*ontology.labels, ENTITY)},
        **{f"{name.lower()}_fact_id": f"CONSTRAINT # FOR ()-[r:{name}]-() REQUIRE r.id IS UNIQUE" for name in ontology.facts},
        "entity_name": f"INDEX # FOR (n:{ENTITY}) ON (n.name)",
        "company_country": "INDEX # FOR (n:Company) ON (n.country)",
        "supplies_product": "INDEX # FOR ()-[r:SUPPLIES]-() ON (r.product)",
        "supplies_sole": "INDEX # FOR ()-[r:SUPPLIES]-() ON (r.sole)",
        "produces_sole": "INDEX # FOR ()-[r:PRODUCES]-() ON (r.sole)",
        "event_kind": "INDEX # FOR (n:Event) ON (n.kind)",
        "metric_name": "INDEX # FOR (n:Metric) ON (n.name)",
        "metric_suspect": "INDEX # FOR (n:Metric) ON (n.suspect)",
        "claim_fact": "INDEX # FOR (n:Claim) ON (n.fact)",
        "claim_negated": "INDEX # FOR (n:Claim) ON (n.negated)",
        "document_published": "INDEX # FOR (n:Document) ON (n.published)",
        NAME_INDEX: f"FULLTEXT INDEX # FOR (n:{ENTITY}) ON EACH [{names}] OPTIONS {{indexConfig: {{`fulltext.analyzer`: 'cjk'}}}}",
    }
    return {name: f"CREATE {what.replace('#', f'{name} IF NOT EXISTS')}" for name, what in made.items()}


SCHEMA_NAMES = "SHOW INDEXES YIELD name RETURN name"
"""The question for the names of all indexes, those that constraints bring among them."""


def merge_nodes(ontology: Ontology, label: str) -> str:
    """Return the statement that writes nodes: `$rows` of {id, properties}. Written again, the same rows change nothing."""
    entity = f" SET n:{ENTITY}" if ontology.labels[label].entity else ""
    return f"UNWIND $rows AS row MERGE (n:{label} {{id: row.id}}) SET n = row.properties{entity}"


def merge_relationships(relation: RelationType, subject: str, object: str) -> str:
    """Return the statement that writes relationships of one type between nodes found by the labels `subject` and `object`.

    `$rows` are {id, subject, object, properties}. A fact is told by its id, an edge of proof by its two ends.
    """
    key = "" if relation.evidence else " {id: row.id}"
    return (
        f"UNWIND $rows AS row MATCH (s:{subject} {{id: row.subject}}) MATCH (o:{object} {{id: row.object}}) "
        f"MERGE (s)-[r:{relation.name}{key}]->(o) SET r = row.properties"
    )


def list_nodes(ontology: Ontology) -> str:
    """Return the question for (element, label, id) of all nodes that are kg's own, Build nodes apart."""
    own = [label for label in ontology.labels if label != BUILD]
    return f"MATCH (n:{'|'.join(own)}) RETURN elementId(n) AS element, [label IN labels(n) WHERE label IN {own}][0] AS label, n.id AS id"


def list_relationships(ontology: Ontology) -> str:
    """Return the question for (element, type, id, subject, object) of all relationships that are kg's own, those that a rule made apart."""
    return (
        f"MATCH (s)-[r:{'|'.join(ontology.relations)}]->(o) WHERE r.rule IS NULL "
        "RETURN elementId(r) AS element, type(r) AS type, r.id AS id, s.id AS subject, o.id AS object"
    )


def list_derived(ontology: Ontology) -> str:
    """Return the question for (element, id) of all facts that a rule made."""
    return f"MATCH ()-[r:{'|'.join(ontology.facts)}]->() WHERE r.rule IS NOT NULL RETURN elementId(r) AS element, r.id AS id"


DELETE_NODES = "UNWIND $rows AS element MATCH (n) WHERE elementId(n) = element DETACH DELETE n"
DELETE_RELATIONSHIPS = "UNWIND $rows AS element MATCH ()-[r]->() WHERE elementId(r) = element DELETE r"
"""The statements that remove the elements `$rows`."""
