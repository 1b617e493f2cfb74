// Title: Concentration by product
// Question: How concentrated is the supply of a product, or of each, as a Herfindahl-Hirschman index?
// 问题: 某种产品（或每种产品）的供应集中度有多高（赫芬达尔-赫希曼指数）？
// Version: 1
// Tags: chokepoints, concentration
// Param: product: string = any -- a product in any language, or any: all that have a known customer
// Param: min_customers: integer(1..100000) = 1 -- leave out products with fewer known customers
// Param: modalities: modalities = fact -- facts only, or also plan, forecast, opinion, rumour, hypothetical
// Param: origins: origins = stated,reference -- what sentences say and background; derived only when asked for
// Param: min_belief: number(0..1) = 0 -- leave out what is believed less than this
// Param: as_of: date = 9999-12-31 -- only what was known on that day
// Param: limit: integer(1..1000) = 100 -- rows at most
// Column: product: string -- what is supplied
// Column: hhi: number -- sum of the squared shares of its suppliers, in percent, 0 to 10000; a supplier's share is that of its customers among all pairs of supplier and customer that are known. No market share: see docs/exposure.md
// Column: level: string -- highly concentrated over 1800, moderately over 1000, else unconcentrated, as the US Merger Guidelines of 2023 put it
// Column: suppliers, customers: integer -- how many are known to supply and to buy it
// Column: makers: integer -- how many are said to make it; more than the suppliers where no customer is known of some
// Column: largest: string -- the supplier with most customers
// Column: share: number (%) -- its share
// Column: since: date -- the day on which a supplier of it was first known; none where none is dated
// Column: modality, origin, belief, proof, source, date -- how it is said, where it comes from, how sure the graph is, and the sentence, all of the weakest of its supplies
// Example: kg query run chokepoints/concentration
CALL () {
  WITH 1 AS once
  WHERE $product = 'any'
  MATCH (product:Product)
  RETURN product
  UNION
  WITH 1 AS once
  WHERE $product <> 'any'
  CALL db.index.fulltext.queryNodes('entity_names', '"' + replace($product, '"', ' ') + '"') YIELD node AS product
  WHERE product:Product AND any(name IN [product.name, product.name_en, product.name_zh] + coalesce(product.aliases, []) WHERE toLower(name) = toLower($product))
  RETURN product
}
MATCH (supplier:Entity)-[f:SUPPLIES {product: product.id}]->(customer:Entity)
WHERE f.modality IN $modalities AND f.origin IN $origins AND NOT f.negated AND NOT f.ended AND f.belief >= $min_belief
  AND left(coalesce(f.first_seen, ''), 10) <= $as_of
WITH product, supplier, count(DISTINCT customer) AS served, collect(DISTINCT customer) AS buyers, min([f.belief, f.id, f]) AS weakest, min(left(f.first_seen, 10)) AS since
ORDER BY served DESC, supplier.name
WITH product, collect({name: supplier.name, served: served, buyers: buyers}) AS sides, sum(served) AS pairs, min(weakest) AS weakest, min(since) AS since
WITH *, weakest[2] AS f, COUNT { UNWIND sides AS side UNWIND side.buyers AS buyer RETURN DISTINCT buyer } AS customers
WHERE customers >= $min_customers
WITH *, reduce(total = 0.0, side IN sides | total + (100.0 * side.served / pairs) ^ 2) AS hhi
ORDER BY hhi DESC, pairs DESC, product.name
LIMIT $limit
CALL (product) {
  MATCH (maker:Company)-[m:PRODUCES]->(product)
  WHERE m.modality IN $modalities AND m.origin IN $origins AND NOT m.negated AND NOT m.ended AND m.belief >= $min_belief
    AND left(coalesce(m.first_seen, ''), 10) <= $as_of
  RETURN count(DISTINCT maker) AS makers
}
RETURN product.name AS product, round(hhi, 1) AS hhi, CASE WHEN hhi > 1800 THEN 'highly concentrated' WHEN hhi > 1000 THEN 'moderately concentrated' ELSE 'unconcentrated' END AS level,
       size(sides) AS suppliers, customers, makers, sides[0].name AS largest, round(100.0 * sides[0].served / pairs, 1) AS share, since,
       f.modality AS modality, f.origin AS origin, f.belief AS belief,
       f.proof AS proof, f.proof_source AS source, f.proof_date AS date
ORDER BY hhi DESC, customers DESC, product
LIMIT $limit
