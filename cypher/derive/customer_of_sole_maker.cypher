// Title: Rule: who needs a tool of a sole maker buys from it
// Question: Who is known to use or need a product that one company alone makes, and is therefore its customer?
// 问题: 谁使用或依赖某种独家制造的产品，因而是这家制造商的客户？
// Version: 1
// Tags: derive, chokepoints
// Param: modalities: modalities = fact -- facts only, or also plan, forecast, opinion, rumour, hypothetical
// Param: origins: origins = stated,reference -- what sentences say and background; derived only when asked for
// Param: min_belief: number(0..1) = 0 -- leave out what is believed less than this
// Param: as_of: date = 9999-12-31 -- only what was known on that day
// Param: limit: integer(1..1000) = 100 -- rows at most
// Column: subject, relation, object: string -- the fact that follows
// Column: product: string -- what is supplied; none where that has no place
// Column: quantity: number -- how much, of the premise that says it; none where none does
// Column: unit: string -- its unit
// Column: because: list -- the sentences of the premises
// Column: since: date -- the earliest day on which all premises were known; none where none is dated
// Column: subject_id, object_id, product_id: string -- the ids of the three
// Column: premises: list -- the ids of the facts that it follows from, all of which must hold
// Column: beliefs: list -- how sure the graph is of each
// Column: modality, origin, belief, proof, source, date -- how it is said, where it comes from, how sure the graph is, and the sentence, of the weakest premise
// Example: kg query run derive/customer_of_sole_maker
MATCH (maker:Company)-[m:PRODUCES {sole: true}]->(product:Product)<-[u:USES|DEPENDS_ON]-(customer:Company|Facility)
WHERE maker <> customer AND m.modality IN $modalities AND m.origin IN $origins AND NOT m.negated AND NOT m.ended AND m.belief >= $min_belief
  AND left(coalesce(m.first_seen, ''), 10) <= $as_of
  AND u.modality IN $modalities AND u.origin IN $origins AND NOT u.negated AND NOT u.ended AND u.belief >= $min_belief
  AND left(coalesce(u.first_seen, ''), 10) <= $as_of
WITH maker, customer, product, null AS quantity, null AS unit, [m, u] AS facts
WITH *, round(reduce(chance = 1.0, fact IN facts | chance * fact.belief), 4) AS belief, [fact IN facts | fact.id] AS premises
ORDER BY belief DESC, maker.name, customer.name, product.name, premises
LIMIT $limit
UNWIND facts AS fact
WITH maker, customer, product, quantity, unit, facts, premises, belief, min([fact.belief, fact.id, fact]) AS weakest, max(left(fact.first_seen, 10)) AS since
WITH *, weakest[2] AS f
RETURN maker.name AS subject, 'SUPPLIES' AS relation, customer.name AS object, product.name AS product, quantity, unit,
       [fact IN facts | fact.proof] AS because, since, maker.id AS subject_id, customer.id AS object_id, product.id AS product_id,
       premises, [fact IN facts | fact.belief] AS beliefs,
       // what follows is no surer than the least sure way in which a premise is said
       [said IN ['hypothetical', 'rumour', 'opinion', 'forecast', 'plan', 'fact'] WHERE said IN [fact IN facts | fact.modality]][0] AS modality,
       'derived' AS origin, belief,
       f.proof AS proof, f.proof_source AS source, f.proof_date AS date
ORDER BY belief DESC, subject, object, product, premises
LIMIT $limit
