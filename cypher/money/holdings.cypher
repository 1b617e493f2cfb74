// Title: Holdings of a fund
// Question: What does this fund or index hold, directly or through the index that it tracks, and with which weight?
// 问题: 这只基金或指数直接持有、或经所跟踪的指数持有什么，权重多少？
// Version: 1
// Tags: money, funds
// Param: fund: entity(Fund|Index) -- a fund or an index: code, short or full name
// Param: modalities: modalities = fact -- facts only, or also plan, forecast, opinion, rumour, hypothetical
// Param: origins: origins = stated,reference -- what sentences say and background; derived only when asked for
// Param: min_belief: number(0..1) = 0 -- leave out what is believed less than this
// Param: as_of: date = 9999-12-31 -- only what was known on that day
// Param: limit: integer(1..1000) = 100 -- rows at most
// Column: through: string -- the fund itself, or the index that it tracks
// Column: holding: string -- what is held
// Column: label: string -- what that is: a company or a sector
// Column: weight: string -- percent of the holder; "not disclosed" where no sentence says
// Column: weight_pct: number (%) -- the weight to compute with; the lower end of a range
// Column: held_on: string -- the day for which it is said
// Column: modality, origin, belief, proof, source, date -- the evidence columns, of the weaker link where it goes through an index
// Example: kg query run money/holdings fund=159363
CALL db.index.fulltext.queryNodes('entity_names', '"' + replace($fund, '"', ' ') + '"') YIELD node AS fund
WHERE fund:Fund|Index
  AND any(name IN [fund.name, fund.name_en, fund.name_zh, fund.ticker] + coalesce(fund.aliases, []) + coalesce(fund.tickers, [])
            WHERE toLower(name) = toLower($fund))
CALL (fund) {
  RETURN fund AS holder, null AS t
  UNION
  MATCH (fund)-[t:TRACKS]->(holder:Index)
  RETURN holder, t
}
MATCH (holder)-[h:HOLDS]->(holding:Entity)
WHERE h.modality IN $modalities AND h.origin IN $origins AND NOT h.negated AND NOT h.ended AND h.belief >= $min_belief
  AND left(coalesce(h.first_seen, ''), 10) <= $as_of
  AND (t IS NULL
       OR (t.modality IN $modalities AND t.origin IN $origins AND NOT t.negated AND NOT t.ended AND t.belief >= $min_belief
         AND left(coalesce(t.first_seen, ''), 10) <= $as_of))
WITH holder, holding, h, CASE WHEN t.belief < h.belief THEN t ELSE h END AS f
RETURN holder.name AS through, holding.name AS holding, [label IN labels(holding) WHERE label <> 'Entity'][0] AS label,
       CASE WHEN h.weight_pct IS NOT NULL THEN CASE WHEN h.approximate THEN '≈' ELSE '' END + replace(toString(h.weight_pct) + '%', '.0%', '%')
            ELSE coalesce(replace(toString(h.low) + '-' + toString(h.high) + '%', '.0', ''), '≥' + replace(toString(h.low) + '%', '.0%', '%'),
                          '≤' + replace(toString(h.high) + '%', '.0%', '%'), 'not disclosed') END AS weight,
       coalesce(h.weight_pct, h.low, h.high) AS weight_pct, coalesce(h.as_of, 'not disclosed') AS held_on,
       f.modality AS modality, f.origin AS origin, f.belief AS belief,
       f.proof AS proof, f.proof_source AS source, f.proof_date AS date
ORDER BY through, held_on DESC, weight_pct IS NULL, weight_pct DESC, holding, proof
LIMIT $limit
