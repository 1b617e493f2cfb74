// Title: Chokepoints
// Question: What is made or supplied by one company alone, and who needs it?
// 问题: 什么东西只有一家公司能做或供应，谁离不开它？
// Param: modalities: modalities = fact -- facts only, or also plan, forecast, opinion, rumour, hypothetical
// Param: min_belief: number(0..1) = 0 -- leave out what is believed less than this
// Param: limit: integer(1..1000) = 100 -- rows at most
// Column: maker, product -- the only maker, and what it makes
// Column: dependants -- who is known to use, need or buy it; "not disclosed" where no sentence says
// Column: modality, origin, belief, proof, source, date -- how it is said, where it comes from, how sure the graph is, and the sentence
// Example: kg query run exposure/chokepoints
CALL {
  MATCH (maker:Company)-[f:PRODUCES]->(product:Product)
  WHERE f.sole
  RETURN maker, product, f
  UNION
  MATCH (maker:Entity)-[f:SUPPLIES]->(customer:Entity)
  WHERE f.sole
  MATCH (product:Entity {id: f.product})
  RETURN maker, product, f
}
WITH maker, product, f
WHERE f.modality IN $modalities AND NOT f.negated AND NOT f.ended AND f.belief >= $min_belief
OPTIONAL MATCH (user:Entity)-[needs:USES|DEPENDS_ON]->(product)
WHERE NOT needs.negated AND NOT needs.ended AND needs.modality IN $modalities
OPTIONAL MATCH (maker)-[sells:SUPPLIES]->(buyer:Entity)
WHERE sells.product = product.id AND NOT sells.negated AND NOT sells.ended AND sells.modality IN $modalities
WITH maker, product, f, collect(DISTINCT user.name) + collect(DISTINCT buyer.name) AS needed
RETURN maker.name AS maker, product.name AS product, CASE WHEN size(needed) = 0 THEN ['not disclosed'] ELSE needed END AS dependants,
       f.modality AS modality, f.origin AS origin, f.belief AS belief,
       f.proof AS proof, f.proof_source AS source, f.proof_date AS date
ORDER BY belief DESC, maker, product
LIMIT $limit
