// Title: Suppliers
// Question: Who supplies this company, with what, and which sentence says so?
// 问题: 谁向这家公司供货，供什么，哪句话说的？
// Param: company: entity(Company|Facility|Sector|Infrastructure) -- the customer: a name in any language, or a ticker
// Param: modalities: modalities = fact -- facts only, or also plan, forecast, opinion, rumour, hypothetical
// Param: min_belief: number(0..1) = 0 -- leave out what is believed less than this
// Param: limit: integer(1..1000) = 100 -- rows at most
// Column: customer, supplier -- both ends
// Column: product -- what is supplied
// Column: sole -- true where the sentence says that there is no other
// Column: share_of_cost_pct -- share of the customer's cost, percent
// Column: share_of_revenue_pct -- share of the supplier's revenue, percent
// Column: modality, origin, belief, proof, source, date -- how it is said, where it comes from, how sure the graph is, and the sentence
// Example: kg query run exposure/suppliers company=台积电
CALL db.index.fulltext.queryNodes('entity_names', '"' + replace($company, '"', ' ') + '"') YIELD node AS customer
WHERE customer:Company|Facility|Sector|Infrastructure
  AND any(name IN [customer.id, customer.name, customer.name_en, customer.name_zh, customer.ticker] + coalesce(customer.aliases, []) + coalesce(customer.tickers, [])
          WHERE toLower(name) = toLower($company))
MATCH (supplier:Entity)-[f:SUPPLIES]->(customer)
WHERE f.modality IN $modalities AND NOT f.negated AND NOT f.ended AND f.belief >= $min_belief
OPTIONAL MATCH (product:Entity {id: f.product})
RETURN customer.name AS customer, supplier.name AS supplier, coalesce(product.name, 'not disclosed') AS product, coalesce(f.sole, false) AS sole,
       coalesce(toString(f.share_of_cost_pct), 'not disclosed') AS share_of_cost_pct,
       coalesce(toString(f.share_of_revenue_pct), 'not disclosed') AS share_of_revenue_pct,
       f.modality AS modality, f.origin AS origin, f.belief AS belief,
       f.proof AS proof, f.proof_source AS source, f.proof_date AS date
ORDER BY belief DESC, supplier, product
LIMIT $limit
