// Title: Capital spending
// Question: Who plans or guides to spend how much on capital, over which period and against what basis, and who supplies the spender?
// 问题: 谁计划或指引多少资本开支，期间和比较基准是什么，谁向它供货？
// Version: 1
// Tags: money, capex
// Param: buyer: string = any -- who spends: a name in any language or a ticker, or any
// Param: modalities: modalities = plan,fact,forecast,opinion -- facts only, or also plan, forecast, opinion, rumour, hypothetical
// Param: origins: origins = stated,reference -- what sentences say and background; derived only when asked for
// Param: min_belief: number(0..1) = 0 -- leave out what is believed less than this
// Param: as_of: date = 9999-12-31 -- only what was known on that day
// Param: limit: integer(1..1000) = 100 -- rows at most
// Column: buyer: string -- who spends
// Column: measure: string -- capex, capex growth, or what is invested in
// Column: figure: string -- how much, as the text writes it
// Column: low, high: number -- the figure to compute with, in `unit`; both ends of a range, one alone for a bound
// Column: unit: string -- the currency, or % of a growth
// Column: period: string -- for which period
// Column: basis: string -- what a growth is measured against
// Column: holder: string -- whose word it is
// Column: suppliers: list -- who supplies the buyer, the surest first, twenty at most, with the product where it is said
// Column: note: string -- why the figure is doubted
// Column: modality, origin, belief, proof, source, date -- the evidence of the figure
// Example: kg query run money/capex buyer=TSMC
CALL () {
  WITH 1 AS once
  WHERE $buyer = 'any'
  MATCH (metric:Metric)
  WHERE metric.name IN ['capex', 'capex_growth']
  MATCH (buyer:Entity)-[:PARTICIPATES_IN*0..1]->(:Entity)-[:REPORTED]->(metric)  // Unfiltered: its figures are, below
  RETURN buyer
  UNION
  WITH 1 AS once
  WHERE $buyer = 'any'
  MATCH (buyer:Entity)-[:INVESTS_IN]->(:Entity)  // Unfiltered: as above
  RETURN buyer
  UNION
  CALL db.index.fulltext.queryNodes('entity_names', '"' + replace($buyer, '"', ' ') + '"') YIELD node AS buyer
  WHERE any(name IN [buyer.name, buyer.name_en, buyer.name_zh, buyer.ticker] + coalesce(buyer.aliases, []) + coalesce(buyer.tickers, [])
            WHERE toLower(name) = toLower($buyer))
  RETURN buyer
}
WITH buyer
WHERE NOT buyer:Event
CALL (buyer) {
  MATCH (buyer)-[parts:PARTICIPATES_IN*0..1]->(:Entity)-[f:REPORTED]->(what:Metric)
  WHERE what.name IN ['capex', 'capex_growth']
    AND all(p IN parts WHERE p.modality IN $modalities AND p.origin IN $origins AND NOT p.negated AND NOT p.ended AND p.belief >= $min_belief
                  AND left(coalesce(p.first_seen, ''), 10) <= $as_of)
  RETURN f
  UNION
  MATCH (buyer)-[f:INVESTS_IN]->(:Entity)
  RETURN f
}
WITH buyer, f, endNode(f) AS what
WHERE f.modality IN $modalities AND f.origin IN $origins AND NOT f.negated AND NOT f.ended AND f.belief >= $min_belief
  AND left(coalesce(f.first_seen, ''), 10) <= $as_of
WITH buyer, collect({f: f, what: what}) AS told
CALL (buyer) {
  MATCH (supplier:Entity)-[s:SUPPLIES]->(buyer)
  WHERE s.modality IN $modalities AND s.origin IN $origins AND NOT s.negated AND NOT s.ended AND s.belief >= $min_belief
    AND left(coalesce(s.first_seen, ''), 10) <= $as_of
  WITH supplier, s
  ORDER BY s.belief DESC, supplier.name, s.product
  LIMIT 100
  OPTIONAL MATCH (product:Entity {id: s.product})
  WITH supplier, s, product
  ORDER BY s.belief DESC, supplier.name, product.name
  RETURN collect(DISTINCT supplier.name + coalesce(' (' + product.name + ')', ''))[..20] AS suppliers
}
UNWIND told AS one
WITH buyer, suppliers, one.f AS f, one.what AS what
OPTIONAL MATCH (holder:Entity {id: coalesce(what.holder, f.holder)})
OPTIONAL MATCH (against:Entity {id: what.basis})
WITH buyer, f, what, suppliers, holder, against,
     [n IN [f.amount, f.low, f.high] | CASE WHEN n >= 1.0e12 THEN toString(round(n / 1.0e10) / 100) + 'trn' WHEN n >= 1.0e9 THEN toString(round(n / 1.0e7) / 100) + 'bn'
        ELSE toString(round(n / 1.0e4) / 100) + 'm' END] AS said
RETURN buyer.name AS buyer, CASE WHEN type(f) = 'INVESTS_IN' THEN 'invests in ' + what.name ELSE replace(what.name, '_', ' ') END AS measure,
       CASE WHEN type(f) = 'REPORTED' THEN coalesce(what.display, 'not disclosed')
            ELSE coalesce(f.currency + ' ' + replace(coalesce(said[0], said[1] + '-' + said[2], '≥' + said[1], '≤' + said[2]), '.0', ''), 'not disclosed') END AS figure,
       CASE WHEN type(f) = 'REPORTED' THEN coalesce(what.value, what.low) ELSE coalesce(f.amount, f.low) END AS low,
       CASE WHEN type(f) = 'REPORTED' THEN coalesce(what.value, what.high) ELSE coalesce(f.amount, f.high) END AS high,
       coalesce(what.currency, what.unit, f.currency) AS unit,
       coalesce(what.period, what.planned_for, f.period, 'not disclosed') AS period,
       CASE WHEN NOT what.name ENDS WITH '_growth' THEN '' ELSE coalesce(against.name, replace(what.basis, '_', ' '), 'not disclosed') END AS basis,
       coalesce(holder.name, 'not disclosed') AS holder, CASE WHEN size(suppliers) = 0 THEN ['not disclosed'] ELSE suppliers END AS suppliers,
       coalesce(what.suspect, '') AS note,
       f.modality AS modality, f.origin AS origin, f.belief AS belief,
       f.proof AS proof, f.proof_source AS source, f.proof_date AS date
ORDER BY buyer, period DESC, measure, belief DESC, figure, proof
LIMIT $limit
