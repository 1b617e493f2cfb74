// Title: Customers
// Question: Whom does this company supply, with what, and which sentence says so?
// 问题: 这家公司向谁供货，供什么，哪句话说的？
// Param: company: entity(Company|Organization|Facility) -- the supplier: a name in any language, or a ticker
// Param: modalities: modalities = fact -- facts only, or also plan, forecast, opinion, rumour, hypothetical
// Param: min_belief: number(0..1) = 0 -- leave out what is believed less than this
// Param: limit: integer(1..1000) = 100 -- rows at most
// Column: supplier, customer -- both ends
// Column: product -- what is supplied
// Column: sole -- true where the sentence says that there is no other
// Column: share_of_revenue_pct -- share of the supplier's revenue, percent
// Column: share_of_cost_pct -- share of the customer's cost, percent
// Column: modality, origin, belief, proof, source, date -- how it is said, where it comes from, how sure the graph is, and the sentence
// Example: kg query run exposure/customers company=TSMC
CALL db.index.fulltext.queryNodes('entity_names', '"' + replace($company, '"', ' ') + '"') YIELD node AS supplier
WHERE supplier:Company|Organization|Facility
  AND any(name IN [supplier.id, supplier.name, supplier.name_en, supplier.name_zh, supplier.ticker] + coalesce(supplier.aliases, []) + coalesce(supplier.tickers, [])
          WHERE toLower(name) = toLower($company))
MATCH (supplier)-[f:SUPPLIES]->(customer:Entity)
WHERE f.modality IN $modalities AND NOT f.negated AND NOT f.ended AND f.belief >= $min_belief
OPTIONAL MATCH (product:Entity {id: f.product})
RETURN supplier.name AS supplier, customer.name AS customer, coalesce(product.name, 'not disclosed') AS product, coalesce(f.sole, false) AS sole,
       coalesce(toString(f.share_of_revenue_pct), 'not disclosed') AS share_of_revenue_pct,
       coalesce(toString(f.share_of_cost_pct), 'not disclosed') AS share_of_cost_pct,
       f.modality AS modality, f.origin AS origin, f.belief AS belief,
       f.proof AS proof, f.proof_source AS source, f.proof_date AS date
ORDER BY belief DESC, customer, product
LIMIT $limit
