// Title: Who stands around a product
// Question: Who makes this product, who supplies it to whom, and who uses or needs it?
// 问题: 这种产品由谁制造，谁供应给谁，谁在使用或依赖它？
// Version: 1
// Tags: exposure, products
// Param: product: entity(Product) -- a chip, machine, model, material, in any language
// Param: modalities: modalities = fact,plan -- facts only, or also plan, forecast, opinion, rumour, hypothetical
// Param: origins: origins = stated,reference -- what sentences say and background; derived only when asked for
// Param: min_belief: number(0..1) = 0 -- leave out what is believed less than this
// Param: as_of: date = 9999-12-31 -- only what was known on that day
// Param: limit: integer(1..1000) = 100 -- rows at most
// Column: role: string -- makes, supplies, uses, depends on
// Column: who: string -- who does
// Column: whom: string -- to whom it is supplied; empty for the other roles
// Column: detail: string -- the only one, how many and whether planned, where it is said
// Column: since: date -- the day on which it was first said; none where it is not dated
// Column: modality, origin, belief, proof, source, date -- how it is said, where it comes from, how sure the graph is, and the sentence
// Example: kg query run exposure/by_product product=EUV
CALL db.index.fulltext.queryNodes('entity_names', '"' + replace($product, '"', ' ') + '"') YIELD node AS product
WHERE product:Product
  AND any(name IN [product.name, product.name_en, product.name_zh, product.ticker] + coalesce(product.aliases, []) + coalesce(product.tickers, [])
          WHERE toLower(name) = toLower($product))
CALL (product) {
  MATCH (who:Company)-[f:PRODUCES]->(product)
  WHERE f.modality IN $modalities AND f.origin IN $origins AND NOT f.negated AND NOT f.ended AND f.belief >= $min_belief
    AND left(coalesce(f.first_seen, ''), 10) <= $as_of
  RETURN 'makes' AS role, who, '' AS whom, CASE WHEN f.sole THEN 'the only one' ELSE '' END AS detail, f
  ORDER BY f.belief DESC, who.name LIMIT $limit
  UNION ALL
  MATCH (who:Entity)-[f:SUPPLIES {product: product.id}]->(customer:Entity)
  WHERE f.modality IN $modalities AND f.origin IN $origins AND NOT f.negated AND NOT f.ended AND f.belief >= $min_belief
    AND left(coalesce(f.first_seen, ''), 10) <= $as_of
  RETURN 'supplies' AS role, who, customer.name AS whom, CASE WHEN f.sole THEN 'the only one' ELSE '' END AS detail, f
  ORDER BY f.belief DESC, who.name LIMIT $limit
  UNION ALL
  MATCH (who:Entity)-[f:USES]->(product)
  WHERE f.modality IN $modalities AND f.origin IN $origins AND NOT f.negated AND NOT f.ended AND f.belief >= $min_belief
    AND left(coalesce(f.first_seen, ''), 10) <= $as_of
  RETURN 'uses' AS role, who, '' AS whom, trim(coalesce(toString(toInteger(f.quantity)), '') + coalesce(' ' + f.state, '')) AS detail, f
  ORDER BY f.belief DESC, who.name LIMIT $limit
  UNION ALL
  MATCH (who:Entity)-[f:DEPENDS_ON]->(product)
  WHERE f.modality IN $modalities AND f.origin IN $origins AND NOT f.negated AND NOT f.ended AND f.belief >= $min_belief
    AND left(coalesce(f.first_seen, ''), 10) <= $as_of
  RETURN 'depends on' AS role, who, '' AS whom, '' AS detail, f
  ORDER BY f.belief DESC, who.name LIMIT $limit
}
RETURN role, who.name AS who, whom, detail, left(f.first_seen, 10) AS since,
       f.modality AS modality, f.origin AS origin, f.belief AS belief,
       f.proof AS proof, f.proof_source AS source, f.proof_date AS date
ORDER BY CASE role WHEN 'makes' THEN 1 WHEN 'supplies' THEN 2 WHEN 'uses' THEN 3 ELSE 4 END, belief DESC, who, whom, proof
LIMIT $limit
