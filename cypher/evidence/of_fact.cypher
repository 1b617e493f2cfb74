// Title: The proof of a fact or of a path
// Question: Which sentences say it, who says so, where and when, and how sure are we of each; and of what follows by a rule, which are the premises?
// 问题: 哪些句子说了这一事实（或路径上的每个事实），谁说的，何时何处，各有多可信；推导出的事实以什么为前提？
// Version: 1
// Tags: evidence, proof
// Param: fact: string -- the id of a fact (property `id` of any relationship), or several in the order of a path, with commas between
// Param: limit: integer(1..1000) = 100 -- rows at most
// Without modalities, origins, min_belief, as_of, negated, ended: the proof of a fact is shown whatever the fact is
// Column: step: integer -- which fact of the path
// Column: subject, relation, object: string -- what the fact says
// Column: rule: string -- the rule by which it follows, of a derived fact; its premises come after it
// Column: claim: string -- the claim's id
// Column: holder: string -- whose plan, forecast or opinion it is
// Column: confidence: number -- how sure the reader is
// Column: reader: string -- which frame or model read it
// Column: title: string -- the document
// Column: start, end: integer (characters) -- where in the text of the document the sentence stands
// Column: modality, origin, belief, proof, source, date -- how the sentence says it, where the fact comes from, how sure the graph is of it, and the sentence
// Example: kg query run evidence/of_fact fact=fact:0123456789abcdef
UNWIND range(1, size(split($fact, ','))) AS step
// all types by name, for each has an index of its ids
MATCH ()-[f:SUPPLIES|PRODUCES|OPERATES|USES|DEPENDS_ON|LOADS|AFFECTS|IN_SECTOR|PART_OF|SUCCEEDS|OWNS|ACQUIRES|INVESTS_IN|PARTNERS_WITH|COMPETES_WITH|TRACKS|HOLDS|MANAGES|RATES|LEADS|LOCATED_IN|LISTED_ON|REGULATES|PARTICIPATES_IN|REPORTED {id: trim(split($fact, ',')[step - 1])}]->()
CALL (f) {
  RETURN f AS g, 0 AS below
  UNION
  UNWIND coalesce(f.premises, []) AS premise
  MATCH ()-[g:SUPPLIES|PRODUCES|OPERATES|USES|DEPENDS_ON|LOADS|AFFECTS|IN_SECTOR|PART_OF|SUCCEEDS|OWNS|ACQUIRES|INVESTS_IN|PARTNERS_WITH|COMPETES_WITH|TRACKS|HOLDS|MANAGES|RATES|LEADS|LOCATED_IN|LISTED_ON|REGULATES|PARTICIPATES_IN|REPORTED {id: premise}]->()
  RETURN g, 1 AS below
}
WITH step, below, g, startNode(g) AS subject, endNode(g) AS object
OPTIONAL MATCH (claim:Claim {fact: g.id})-[:STATED_IN]->(document:Document)
OPTIONAL MATCH (claim)-[:HELD_BY]->(holder:Entity)
RETURN step, subject.name AS subject, type(g) AS relation, CASE WHEN object:Metric THEN replace(object.name, '_', ' ') + coalesce(' ' + object.display, '') ELSE object.name END AS object, g.rule AS rule,
       claim.id AS claim, holder.name AS holder, claim.confidence AS confidence, claim.reader AS reader,
       document.title AS title, claim.start AS start, claim.end AS end,
       coalesce(claim.modality, g.modality) AS modality, g.origin AS origin, g.belief AS belief,
       coalesce(claim.text, g.proof) AS proof, coalesce(document.source, g.proof_source) AS source, coalesce(document.published, g.proof_date) AS date
ORDER BY step, below, subject, relation, object, date, title, start
LIMIT $limit
