// Title: Suppliers
// Question: Who supplies this company, with what, for which share of cost, and which sentence says so?
// 问题: 谁向这家公司供货，供什么，占成本多少，哪句话说的？
// Version: 1
// Tags: exposure, suppliers
// Param: company: entity(Company|Facility|Sector|Infrastructure) -- the customer: a name in any language, or a ticker
// Param: modalities: modalities = fact -- facts only, or also plan, forecast, opinion, rumour, hypothetical
// Param: origins: origins = stated,reference -- what sentences say and background; derived only when asked for
// Param: min_belief: number(0..1) = 0 -- leave out what is believed less than this
// Param: as_of: date = 9999-12-31 -- only what was known on that day
// Param: limit: integer(1..1000) = 100 -- rows at most
// Column: customer, supplier: string -- both ends
// Column: product: string -- what is supplied, or "not disclosed"
// Column: sole: boolean -- true where the sentence says that there is no other
// Column: share_of_cost_pct: string (%) -- share of the customer's cost, or "not disclosed"
// Column: share_of_revenue_pct: string (%) -- share of the supplier's revenue, or "not disclosed"
// Column: disclosed_by: string -- which side disclosed it, or "not disclosed"
// Column: since: date -- the day on which it was first said; none where it is not dated
// Column: modality, origin, belief, proof, source, date -- how it is said, where it comes from, how sure the graph is, and the sentence
// Example: kg query run exposure/suppliers company=台积电
CALL db.index.fulltext.queryNodes('entity_names', '"' + replace($company, '"', ' ') + '"') YIELD node AS customer
WHERE customer:Company|Facility|Sector|Infrastructure
  AND any(name IN [customer.name, customer.name_en, customer.name_zh, customer.ticker] + coalesce(customer.aliases, []) + coalesce(customer.tickers, [])
          WHERE toLower(name) = toLower($company))
MATCH (supplier:Entity)-[f:SUPPLIES]->(customer)
WHERE f.modality IN $modalities AND f.origin IN $origins AND NOT f.negated AND NOT f.ended AND f.belief >= $min_belief
  AND left(coalesce(f.first_seen, ''), 10) <= $as_of
WITH customer, supplier, f
ORDER BY f.belief DESC, f.id
LIMIT $limit
OPTIONAL MATCH (product:Entity {id: f.product})
OPTIONAL MATCH (discloser:Entity {id: f.disclosed_by})
RETURN customer.name AS customer, supplier.name AS supplier, coalesce(product.name, 'not disclosed') AS product, coalesce(f.sole, false) AS sole,
       coalesce(toString(f.share_of_cost_pct), 'not disclosed') AS share_of_cost_pct,
       coalesce(toString(f.share_of_revenue_pct), 'not disclosed') AS share_of_revenue_pct,
       coalesce(discloser.name, 'not disclosed') AS disclosed_by, left(f.first_seen, 10) AS since,
       f.modality AS modality, f.origin AS origin, f.belief AS belief,
       f.proof AS proof, f.proof_source AS source, f.proof_date AS date
ORDER BY belief DESC, supplier, product, proof
LIMIT $limit
