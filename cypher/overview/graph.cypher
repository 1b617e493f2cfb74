// Title: What is in the graph
// Question: How many facts of each kind are there, where do they come from, and what is an example of each?
// 问题: 图中各类事实有多少，来自哪里，各举一例？
// Param: modalities: modalities = fact,plan,forecast,opinion,rumour,hypothetical -- facts only, or also plan, forecast, opinion, rumour, hypothetical
// Param: min_belief: number(0..1) = 0 -- leave out what is believed less than this
// Param: limit: integer(1..1000) = 100 -- rows at most
// Column: relation -- the kind of fact
// Column: facts -- how many
// Column: example -- one of the best proved
// Column: modality, origin, belief, proof, source, date -- how it is said, where it comes from, how sure the graph is, and the sentence, all of the example
// Example: kg query run overview/graph
MATCH (subject:Entity)-[f]->(object)
WHERE f.origin IS NOT NULL AND f.modality IN $modalities AND NOT f.negated AND NOT f.ended AND f.belief >= $min_belief
WITH type(f) AS relation, f.origin AS from, subject, f, object
ORDER BY f.support DESC, f.belief DESC, f.id
WITH relation, from, count(f) AS facts, collect({f: f, subject: subject, object: object})[0] AS best
WITH relation, facts, best.f AS f, best.subject AS subject, best.object AS object
RETURN relation, facts, subject.name + ' -> ' + coalesce(object.display, object.name) AS example,
       f.modality AS modality, f.origin AS origin, f.belief AS belief,
       f.proof AS proof, f.proof_source AS source, f.proof_date AS date
ORDER BY facts DESC, relation
LIMIT $limit
