// Title: What is in the graph
// Question: How many facts of each kind are there, where do they come from, and what is an example of each?
// 问题: 图中各类事实有多少，来自哪里，各举一例？
// Version: 1
// Tags: overview
// Param: modalities: modalities = fact,plan,forecast,opinion,rumour,hypothetical -- facts only, or also plan, forecast, opinion, rumour, hypothetical
// Param: origins: origins = stated,reference -- what sentences say and background; derived only when asked for
// Param: min_belief: number(0..1) = 0 -- leave out what is believed less than this
// Param: as_of: date = 9999-12-31 -- only what was known on that day
// Param: limit: integer(1..1000) = 100 -- rows at most
// Column: relation: string -- the kind of fact
// Column: facts: integer -- how many of that origin
// Column: example: string -- one of the best proved
// Column: modality, origin, belief, proof, source, date -- how it is said, where it comes from, how sure the graph is, and the sentence, all of the example
// Example: kg query run overview/graph
MATCH (:Entity)-[f]->(:Entity|Metric)
WHERE f.modality IN $modalities AND f.origin IN $origins AND NOT f.negated AND NOT f.ended AND f.belief >= $min_belief
  AND left(coalesce(f.first_seen, ''), 10) <= $as_of
WITH type(f) AS relation, f.origin AS from, count(f) AS facts, max([f.support, f.belief, f.id, f]) AS best
WITH relation, facts, best[3] AS f
WITH relation, facts, f, startNode(f) AS subject, endNode(f) AS object
RETURN relation, facts, subject.name + ' -> ' + CASE WHEN object:Metric THEN replace(object.name, '_', ' ') + coalesce(' ' + object.display, '') ELSE object.name END AS example,
       f.modality AS modality, f.origin AS origin, f.belief AS belief,
       f.proof AS proof, f.proof_source AS source, f.proof_date AS date
ORDER BY facts DESC, relation, origin
LIMIT $limit
