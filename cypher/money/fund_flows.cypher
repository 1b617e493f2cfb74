// Title: Fund flows
// Question: How much money went into or out of this fund, sector or index, and over which window?
// 问题: 这只基金、行业或指数流入或流出了多少资金，对应哪个时间窗口？
// Version: 1
// Tags: money, funds
// Param: fund: string = any -- a fund, sector or index: a code or a name in any language, or any
// Param: modalities: modalities = fact -- facts only, or also plan, forecast, opinion, rumour, hypothetical
// Param: origins: origins = stated,reference -- what sentences say and background; derived only when asked for
// Param: min_belief: number(0..1) = 0 -- leave out what is believed less than this
// Param: as_of: date = 9999-12-31 -- only what was known on that day
// Param: limit: integer(1..1000) = 100 -- rows at most
// Column: fund: string -- what the money went into or out of
// Column: direction: string -- in or out
// Column: figure: string -- how much, as the text writes it
// Column: low, high: number -- the figure to compute with, in `unit`; both ends of a range, one alone for a bound
// Column: unit: string -- the currency, or the units of the fund
// Column: from_day, to_day: string -- the window; "not disclosed" where no sentence says how long, or until when. Windows may overlap: do not add them up
// Column: session: string -- intraday or close, where it is said
// Column: note: string -- why the figure is doubted
// Column: modality, origin, belief, proof, source, date -- how it is said, where it comes from, how sure the graph is, and the sentence
// Example: kg query run money/fund_flows fund=159363
CALL () {
  WITH 1 AS once
  WHERE $fund = 'any'
  MATCH (m:Metric)
  WHERE m.name IN ['fund_flow', 'fund_flow_units']
  MATCH (fund:Entity)-[:PARTICIPATES_IN*0..1]->(:Entity)-[:REPORTED]->(m)  // Unfiltered: its figures are, below
  RETURN fund
  UNION
  CALL db.index.fulltext.queryNodes('entity_names', '"' + replace($fund, '"', ' ') + '"') YIELD node AS fund
  WHERE any(name IN [fund.name, fund.name_en, fund.name_zh, fund.ticker] + coalesce(fund.aliases, []) + coalesce(fund.tickers, [])
            WHERE toLower(name) = toLower($fund))
  RETURN fund
}
WITH fund
WHERE NOT fund:Event
MATCH (fund)-[parts:PARTICIPATES_IN*0..1]->(of:Entity)-[f:REPORTED]->(m:Metric)
WHERE m.name IN ['fund_flow', 'fund_flow_units']
  AND all(p IN parts WHERE p.modality IN $modalities AND p.origin IN $origins AND NOT p.negated AND NOT p.ended AND p.belief >= $min_belief
                AND left(coalesce(p.first_seen, ''), 10) <= $as_of)
  AND f.modality IN $modalities AND f.origin IN $origins AND NOT f.negated AND NOT f.ended AND f.belief >= $min_belief
  AND left(coalesce(f.first_seen, ''), 10) <= $as_of
WITH fund, f, m, CASE WHEN of:Event THEN of END AS event
RETURN fund.name AS fund, CASE WHEN coalesce(m.value, m.high, m.low) < 0 THEN 'out' ELSE 'in' END AS direction,
       coalesce(m.display, 'not disclosed') AS figure, coalesce(m.value, m.low) AS low, coalesce(m.value, m.high) AS high,
       coalesce(m.currency, m.unit) AS unit,
       coalesce(m.window_start, event.window_start, m.as_of, 'not disclosed') AS from_day,
       coalesce(m.window_end, event.window_end, m.as_of, event.date, 'not disclosed') AS to_day,
       coalesce(m.session, event.session, 'not disclosed') AS session, coalesce(m.suspect, '') AS note,
       f.modality AS modality, f.origin AS origin, f.belief AS belief,
       f.proof AS proof, f.proof_source AS source, f.proof_date AS date
ORDER BY fund, to_day = 'not disclosed', to_day DESC, from_day, unit, coalesce(high, low) DESC, belief DESC, figure, proof
LIMIT $limit
