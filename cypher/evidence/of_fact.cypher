// Title: The proof of a fact
// Question: Which sentences say it, who says so, where and when, and how sure are we of each?
// 问题: 哪些句子说了这一事实，谁说的，何时何处，各有多可信？
// Param: fact: string -- the id of a fact (property `id` of any relationship)
// Param: limit: integer(1..1000) = 100 -- rows at most
// Column: claim -- the claim's id
// Column: holder -- whose plan, forecast or opinion it is
// Column: confidence, reader -- how sure the reader is, and which frame or model read it
// Column: title, start, end -- the document, and where in its text the sentence stands
// Column: modality, origin, belief, proof, source, date -- how it is said, where it comes from, how sure the graph is, and the sentence
// Example: kg query run evidence/of_fact fact=fact:0123456789abcdef
MATCH (claim:Claim {fact: $fact})-[:STATED_IN]->(document:Document)
OPTIONAL MATCH (claim)-[:HELD_BY]->(holder:Entity)
OPTIONAL MATCH (:Entity)-[f {id: $fact}]->()
RETURN claim.id AS claim, holder.name AS holder, claim.confidence AS confidence, claim.reader AS reader,
       document.title AS title, claim.start AS start, claim.end AS end,
       claim.modality AS modality, f.origin AS origin, f.belief AS belief,
       claim.text AS proof, document.source AS source, document.published AS date
ORDER BY date, title, start
LIMIT $limit
