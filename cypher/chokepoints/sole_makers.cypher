// Title: Sole makers
// Question: What is made or supplied by one company alone, and who needs it?
// 问题: 什么东西只有一家公司能做或供应，谁离不开它？
// Version: 1
// Tags: chokepoints, makers
// Param: modalities: modalities = fact -- facts only, or also plan, forecast, opinion, rumour, hypothetical
// Param: origins: origins = stated,reference -- what sentences say and background; derived only when asked for
// Param: min_belief: number(0..1) = 0 -- leave out what is believed less than this
// Param: as_of: date = 9999-12-31 -- only what was known on that day
// Param: limit: integer(1..1000) = 100 -- rows at most
// Column: maker, product: string -- the only maker or supplier, and what it makes
// Column: dependants: list -- who is known to use, need or buy it, twenty names at most; "not disclosed" where no sentence says
// Column: count: integer -- how many they are
// Column: since: date -- the day on which it was first said that it is the only one; none where it is not dated
// Column: modality, origin, belief, proof, source, date -- how it is said, where it comes from, how sure the graph is, and the sentence
// Example: kg query run chokepoints/sole_makers
CALL () {
  MATCH (maker:Company)-[f:PRODUCES {sole: true}]->(product:Product)
  RETURN maker, product, f
  UNION ALL
  MATCH (maker:Entity)-[f:SUPPLIES {sole: true}]->(:Entity)
  MATCH (product:Entity {id: f.product})
  RETURN maker, product, f
}
WITH maker, product, f
WHERE f.modality IN $modalities AND f.origin IN $origins AND NOT f.negated AND NOT f.ended AND f.belief >= $min_belief
  AND left(coalesce(f.first_seen, ''), 10) <= $as_of
WITH maker, product, min([-f.belief, f.id, f]) AS surest
WITH maker, product, surest[2] AS f
ORDER BY f.belief DESC, maker.name, product.name
LIMIT $limit
CALL (maker, product) {
  CALL (maker, product) {
    MATCH (dependant:Entity)-[n:USES|DEPENDS_ON]->(product)
    WHERE n.modality IN $modalities AND n.origin IN $origins AND NOT n.negated AND NOT n.ended AND n.belief >= $min_belief
      AND left(coalesce(n.first_seen, ''), 10) <= $as_of
    RETURN dependant, n
    UNION ALL
    MATCH (maker)-[n:SUPPLIES {product: product.id}]->(dependant:Entity)
    WHERE n.modality IN $modalities AND n.origin IN $origins AND NOT n.negated AND NOT n.ended AND n.belief >= $min_belief
      AND left(coalesce(n.first_seen, ''), 10) <= $as_of
    RETURN dependant, n
  }
  WITH dependant, max(n.belief) AS sure
  ORDER BY sure DESC, dependant.name
  RETURN collect(dependant.name)[..20] AS needed, count(*) AS count
}
RETURN maker.name AS maker, product.name AS product, CASE count WHEN 0 THEN ['not disclosed'] ELSE needed END AS dependants, count, left(f.first_seen, 10) AS since,
       f.modality AS modality, f.origin AS origin, f.belief AS belief,
       f.proof AS proof, f.proof_source AS source, f.proof_date AS date
ORDER BY belief DESC, maker, product
LIMIT $limit
