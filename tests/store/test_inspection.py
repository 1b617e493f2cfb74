"""A query module held against the ontology and its own header: one that is in order, and each fault that one can have."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.knowledge.ontology import load_ontology
from kg.store.inspection import inspect
from kg.store.queries import load_modules, read_module

FILTER = (
    "f.modality IN $modalities AND f.origin IN $origins AND NOT f.negated AND NOT f.ended AND f.belief >= $min_belief "
    "AND left(coalesce(f.first_seen, ''), 10) <= $as_of"
)
HEADER = """// Title: Suppliers
// Question: Who?
// 问题: 谁？
// Version: 1
// Tags: exposure
// Param: company: entity(Company) -- the customer
// Param: modalities: modalities = fact -- how it is said
// Param: origins: origins = stated,reference -- where it comes from
// Param: min_belief: number(0..1) = 0 -- belief at least
// Param: as_of: date = 9999-12-31 -- known by then
// Param: limit: integer(1..1000) = 100 -- rows at most
// Column: supplier: string -- who
// Column: modality, origin, belief, proof, source, date -- the evidence
// Example: kg query run suppliers company=TSMC
"""
RETURN = """RETURN s.name AS supplier, f.modality AS modality, f.origin AS origin, f.belief AS belief,
       f.proof AS proof, f.proof_source AS source, f.proof_date AS date
ORDER BY belief DESC, supplier
LIMIT $limit
"""
PLAIN = f"MATCH (s:Company)-[f:SUPPLIES]->(c:Company {{name: $company}})\nWHERE {FILTER}\n"
PATH = f"""MATCH way = (s:Company)-[:SUPPLIES*1..4]->(c:Company {{id: $company}})
WITH s, relationships(way) AS links
WHERE all(f IN links WHERE {FILTER})
UNWIND links AS link
WITH s, link ORDER BY link.belief
WITH s, collect({{edge: link}})[0] AS best
WITH s, best.edge AS f
"""
SUBQUERY = f"""MATCH (c:Company {{id: $company}})
CALL {{
  WITH c
  MATCH (s:Company)-[f:SUPPLIES]->(c) RETURN s, f
  UNION
  WITH c
  MATCH (s:Company)-[f:ACQUIRES]->(c) WHERE EXISTS {{ (s)-[g:PRODUCES]->(:Product) WHERE {FILTER.replace("f.", "g.")} }} RETURN s, f
}}
WITH s, f
WHERE {FILTER}
"""
HOPS = f"MATCH (s:Company) ((:Entity)-[f:SUPPLIES]->(:Entity) WHERE {FILTER}){{1,4}} (c:Company {{id: $company}})\nWITH s, last(f) AS f\n"


def problems(tmp_path: Path, text: str) -> list[str]:
    path = tmp_path / "m.cypher"
    path.write_text(text, encoding="utf-8")
    return [str(problem).removeprefix(f"{path}:") for problem in inspect(read_module(path, tmp_path), load_ontology())]


@pytest.mark.parametrize("body", [PLAIN, PATH, SUBQUERY, HOPS], ids=["plain", "path", "subquery", "hops"])
def test_a_module_in_order_has_no_fault(tmp_path: Path, body: str) -> None:
    assert problems(tmp_path, HEADER + body + RETURN) == []


@pytest.mark.parametrize(
    ("body", "old", "new", "fault"),
    [
        (PLAIN, "(s:Company)", "(s:Firm)", "15: the ontology has no label Firm"),
        (PLAIN, "WHERE ", "WHERE s:Firm|Company AND ", "16: the ontology has no label Firm"),
        (PLAIN, ":SUPPLIES]", ":SELLS]", "15: the ontology has no relationship type SELLS"),
        (PLAIN, "WHERE ", "WHERE s.kind = 'x' AND ", "16: s has no property kind"),
        (PLAIN, "WHERE ", "WHERE f.weight_pct > 1 AND ", "16: f has no property weight_pct"),
        (PLAIN, "{name:", "{title:", "15: Company has no property title"),
        (PLAIN, "[f:SUPPLIES]", "[f:SUPPLIES {state: 'planned'}]", "15: SUPPLIES has no property state"),
        (PATH, "best.edge", "best.edgy", "21: best has no property edgy"),
        (PLAIN, "]->(", "]-(", "15: a relationship is matched in either direction"),
        (PLAIN, "MATCH", "MATCH (c)--(s) MATCH", "15: a relationship is matched in either direction"),
        (PLAIN, "(s:Company)-[f:SUPPLIES]->", "(s:Product)-[f:SUPPLIES]->", "15: SUPPLIES never leads from a Product to a Company"),
        (PLAIN, "(s:Company)-[f:SUPPLIES]->", "(s:Fund)<-[f:SUPPLIES]-", "15: SUPPLIES never leads from a Company to a Fund"),
        (PATH, "*1..4", "*", "15: a path has no upper bound of hops"),
        (PATH, "*1..4", "*2..", "15: a path has no upper bound of hops"),
        (HOPS, "{1,4}", "+", "15: a path has no upper bound of hops"),
        (HOPS, "{1,4}", "{1,}", "15: a path has no upper bound of hops"),
        (RETURN, "LIMIT $limit", "", "17: has no LIMIT"),
        (PLAIN, "$company", "'TSMC'", "1: the parameter company is declared and never used"),
        (PLAIN, "$company", "$firm", "15: $firm is used and not declared"),
        (HEADER, "// Param: origins: origins = stated,reference -- where it comes from\n", "", "1: has no parameter origins"),
        (PLAIN, "[f:SUPPLIES]", "[:SUPPLIES]", "15: a fact (SUPPLIES) is walked without a name to filter"),
        (PLAIN, "f.modality IN $modalities", "true", "15: f is walked without its filter by modalities"),
        (PLAIN, "f.origin IN $origins", "f.origin = 'stated'", "15: f is walked without its filter by origins"),
        (PLAIN, "NOT f.negated", "f.negated", "15: f is walked without its filter by negated"),
        (PLAIN, "NOT f.ended", "true", "15: f is walked without its filter by ended"),
        (PLAIN, "f.belief >=", "f.belief <=", "15: f is walked without its filter by min_belief"),
        (PLAIN, "left(coalesce(f.first_seen, ''), 10) <= $as_of", "$as_of <> ''", "15: f is walked without its filter by as_of"),
        (PATH, "NOT f.ended", "true", "15: way is walked without its filter by ended"),
        (SUBQUERY, "NOT g.ended", "true", "21: g is walked without its filter by ended"),
        (HOPS, "NOT f.ended", "true", "15: f is walked without its filter by ended"),
        (RETURN, "s.name AS supplier,", "s.name AS supplier, c.name AS customer,", "17: declares the columns supplier, modality"),
        (RETURN, "f.modality AS modality, f.origin AS origin", "f.origin AS origin, f.modality AS modality", "17: declares the columns"),
        (HEADER, "// Column: modality, origin, belief,", "// Column: origin, modality, belief,", "1: does not end its columns in modality"),
        (HEADER, "// Version: 1\n", "", "1: has no line `// Version: 1`"),
        (HEADER, "// Tags: exposure\n", "", "1: has no line `// Tags: ...`"),
        (HEADER, "supplier: string", "supplier", "1: the column supplier has no type"),
    ],
)
def test_each_fault_is_told_with_its_line(tmp_path: Path, body: str, old: str, new: str, fault: str) -> None:
    text = HEADER + (body if body in (PATH, SUBQUERY, HOPS) else PLAIN) + RETURN
    assert old in body
    found = problems(tmp_path, text.replace(body, body.replace(old, new, 1)))
    assert any(line.startswith(fault) for line in found), found


def test_a_filter_in_one_branch_of_a_union_does_not_stand_for_the_other(tmp_path: Path) -> None:
    body = SUBQUERY.replace(f"WITH s, f\nWHERE {FILTER}\n", "").replace("[f:SUPPLIES]->(c)", f"[f:SUPPLIES]->(c) WHERE {FILTER}")
    found = problems(tmp_path, HEADER + body + RETURN)
    assert [line for line in found if "f is walked" in line and line.startswith("18")] == []
    assert [line for line in found if "f is walked" in line and line.startswith("21")]


def test_what_is_left_out_for_a_stated_reason_is_no_fault(tmp_path: Path) -> None:
    without = HEADER.replace("// Param: origins: origins = stated,reference -- where it comes from\n", "")
    body = PLAIN.replace("AND f.origin IN $origins", "")
    assert problems(tmp_path, without + "// Without origins: the question is about where facts come from\n" + body + RETURN) == []
    known = "MATCH (c:Company {id: $company})\nWHERE EXISTS { (c)-[:SUPPLIES]->(:Company) }  // Unfiltered: it only tells a maker from a shop\n"
    assert problems(tmp_path, HEADER + known + PLAIN.replace("{name: $company}", "") + RETURN) == []


@pytest.mark.parametrize("name", load_modules())
def test_every_module_is_in_order(name: str) -> None:
    assert [str(problem) for problem in inspect(load_modules()[name], load_ontology())] == []
