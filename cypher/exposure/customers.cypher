// Title: Customers
// Question: Whom does this company supply, with what, for which share of revenue, and which sentence says so?
// 问题: 这家公司向谁供货，供什么，占收入多少，哪句话说的？
// Version: 1
// Tags: exposure, customers
// Param: company: entity(Company|Organization|Facility) -- the supplier: a name in any language, or a ticker
// Param: modalities: modalities = fact -- facts only, or also plan, forecast, opinion, rumour, hypothetical
// Param: origins: origins = stated,reference -- what sentences say and background; derived only when asked for
// Param: min_belief: number(0..1) = 0 -- leave out what is believed less than this
// Param: as_of: date = 9999-12-31 -- only what was known on that day
// Param: limit: integer(1..1000) = 100 -- rows at most
// Column: supplier, customer: string -- both ends
// Column: product: string -- what is supplied, or "not disclosed"
// Column: sole: boolean -- true where the sentence says that there is no other
// Column: share_of_revenue_pct: string (%) -- share of the supplier's revenue, or "not disclosed"
// Column: share_of_cost_pct: string (%) -- share of the customer's cost, or "not disclosed"
// Column: disclosed_by: string -- which side disclosed it, or "not disclosed"
// Column: since: date -- the day on which it was first said; none where it is not dated
// Column: modality, origin, belief, proof, source, date -- how it is said, where it comes from, how sure the graph is, and the sentence
// Example: kg query run exposure/customers company=TSMC
CALL db.index.fulltext.queryNodes('entity_names', '"' + replace($company, '"', ' ') + '"') YIELD node AS supplier
WHERE supplier:Company|Organization|Facility
  AND any(name IN [supplier.name, supplier.name_en, supplier.name_zh, supplier.ticker] + coalesce(supplier.aliases, []) + coalesce(supplier.tickers, [])
          WHERE toLower(name) = toLower($company))
MATCH (supplier)-[f:SUPPLIES]->(customer:Entity)
WHERE f.modality IN $modalities AND f.origin IN $origins AND NOT f.negated AND NOT f.ended AND f.belief >= $min_belief
  AND left(coalesce(f.first_seen, ''), 10) <= $as_of
WITH customer, supplier, f
ORDER BY f.belief DESC, f.id
LIMIT $limit
OPTIONAL MATCH (product:Entity {id: f.product})
OPTIONAL MATCH (discloser:Entity {id: f.disclosed_by})
RETURN supplier.name AS supplier, customer.name AS customer, coalesce(product.name, 'not disclosed') AS product, coalesce(f.sole, false) AS sole,
       coalesce(toString(f.share_of_revenue_pct), 'not disclosed') AS share_of_revenue_pct,
       coalesce(toString(f.share_of_cost_pct), 'not disclosed') AS share_of_cost_pct,
       coalesce(discloser.name, 'not disclosed') AS disclosed_by, left(f.first_seen, 10) AS since,
       f.modality AS modality, f.origin AS origin, f.belief AS belief,
       f.proof AS proof, f.proof_source AS source, f.proof_date AS date
ORDER BY belief DESC, customer, product, proof
LIMIT $limit
