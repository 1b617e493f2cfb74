// Title: Holdings of a fund
// Question: What does this fund hold, directly or through the index it tracks, and with which weight?
// 问题: 这只基金直接持有、或经所跟踪的指数持有什么，权重多少？
// Param: fund: entity(Fund|Index) -- a fund or an index: code, short or full name
// Param: modalities: modalities = fact -- facts only, or also plan, forecast, opinion, rumour, hypothetical
// Param: min_belief: number(0..1) = 0 -- leave out what is believed less than this
// Param: limit: integer(1..1000) = 100 -- rows at most
// Column: holder -- the fund, or the index that it tracks
// Column: holding, label -- what is held, and what it is
// Column: weight_pct -- percent of the holder
// Column: as_of -- the day for which it is said
// Column: modality, origin, belief, proof, source, date -- how it is said, where it comes from, how sure the graph is, and the sentence
// Example: kg query run overview/fund_holdings fund=159363
CALL db.index.fulltext.queryNodes('entity_names', '"' + replace($fund, '"', ' ') + '"') YIELD node AS fund
WHERE fund:Fund|Index
  AND any(name IN [fund.id, fund.name, fund.name_en, fund.name_zh, fund.ticker] + coalesce(fund.aliases, []) + coalesce(fund.tickers, [])
          WHERE toLower(name) = toLower($fund))
MATCH (fund)-[:TRACKS*0..1]->(holder)-[f:HOLDS]->(holding:Entity)
WHERE f.modality IN $modalities AND NOT f.negated AND NOT f.ended AND f.belief >= $min_belief
RETURN DISTINCT holder.name AS holder, holding.name AS holding, [label IN labels(holding) WHERE label <> 'Entity'][0] AS label,
       coalesce(CASE WHEN f.approximate THEN '≈' ELSE '' END + toString(f.weight_pct), 'not disclosed') AS weight_pct,
       coalesce(f.as_of, 'not disclosed') AS as_of,
       f.modality AS modality, f.origin AS origin, f.belief AS belief,
       f.proof AS proof, f.proof_source AS source, f.proof_date AS date
ORDER BY holder, weight_pct DESC, holding
LIMIT $limit
