// Title: Overlap of two funds
// Question: What do both funds hold, directly or through the indices they track, and how large is the overlap of each holding?
// 问题: 两只基金（直接或经所跟踪的指数）共同持有什么，每项重合多少？
// Version: 1
// Tags: money, funds
// Param: fund: entity(Fund|Index) -- one fund or index: code, short or full name
// Param: other: entity(Fund|Index) -- the other
// Param: modalities: modalities = fact -- facts only, or also plan, forecast, opinion, rumour, hypothetical
// Param: origins: origins = stated,reference -- what sentences say and background; derived only when asked for
// Param: min_belief: number(0..1) = 0 -- leave out what is believed less than this
// Param: as_of: date = 9999-12-31 -- only what was known on that day
// Param: limit: integer(1..1000) = 100 -- rows at most
// Column: holding: string -- what both hold
// Column: label: string -- what that is: a company or a sector
// Column: weight, other_weight: number (%) -- what the latest sentence says each holds of it; empty where none says how much
// Column: overlap: number (%) -- the smaller of both; the sum over companies is the overlap of the funds, as far as weights are disclosed
// Column: held_on, other_held_on: string -- the days for which it is said
// Column: modality, origin, belief, proof, source, date -- the evidence columns, of the weaker of both
// Example: kg query run money/overlap fund=159363 other=159273
CALL () {
  CALL db.index.fulltext.queryNodes('entity_names', '"' + replace($fund, '"', ' ') + '"') YIELD node AS one
  WHERE one:Fund|Index
    AND any(name IN [one.name, one.name_en, one.name_zh, one.ticker] + coalesce(one.aliases, []) + coalesce(one.tickers, [])
              WHERE toLower(name) = toLower($fund))
  RETURN collect(one) AS ones
}
CALL () {
  CALL db.index.fulltext.queryNodes('entity_names', '"' + replace($other, '"', ' ') + '"') YIELD node AS two
  WHERE two:Fund|Index
    AND any(name IN [two.name, two.name_en, two.name_zh, two.ticker] + coalesce(two.aliases, []) + coalesce(two.tickers, [])
              WHERE toLower(name) = toLower($other))
  RETURN collect(two) AS twos
}
UNWIND [{at: 0, funds: ones}, {at: 1, funds: twos}] AS side
UNWIND side.funds AS fund
CALL (fund) {
  RETURN fund AS holder, null AS t
  UNION
  MATCH (fund)-[t:TRACKS]->(holder:Index)
  WHERE t.modality IN $modalities AND t.origin IN $origins AND NOT t.negated AND NOT t.ended AND t.belief >= $min_belief
    AND left(coalesce(t.first_seen, ''), 10) <= $as_of
  RETURN holder, t
}
MATCH (holder)-[h:HOLDS]->(holding:Entity)
// most of what a fund holds the other does not: only of the rest is anything read
WITH holding, collect({at: side.at, h: h, t: t}) AS held, min(side.at) AS first, max(side.at) AS last
WHERE first < last
UNWIND held AS each
WITH holding, each.at AS at, each.h AS h, each.t AS t
WHERE h.modality IN $modalities AND h.origin IN $origins AND NOT h.negated AND NOT h.ended AND h.belief >= $min_belief
  AND left(coalesce(h.first_seen, ''), 10) <= $as_of
WITH at, holding, h, CASE WHEN t.belief < h.belief THEN t ELSE h END AS f
ORDER BY coalesce(h.as_of, '') DESC, h.weight_pct IS NULL, h.belief DESC, h.id
WITH holding, collect(CASE WHEN at = 0 THEN {h: h, f: f} END)[0] AS mine, collect(CASE WHEN at = 1 THEN {h: h, f: f} END)[0] AS theirs
WHERE mine IS NOT NULL AND theirs IS NOT NULL
WITH holding, mine, theirs, coalesce(mine.h.weight_pct, mine.h.low) AS weight, coalesce(theirs.h.weight_pct, theirs.h.low) AS other_weight,
     CASE WHEN theirs.f.belief < mine.f.belief THEN theirs.f ELSE mine.f END AS f
RETURN holding.name AS holding, [label IN labels(holding) WHERE label <> 'Entity'][0] AS label, weight, other_weight,
       CASE WHEN weight < other_weight THEN weight WHEN other_weight <= weight THEN other_weight END AS overlap,
       coalesce(mine.h.as_of, 'not disclosed') AS held_on, coalesce(theirs.h.as_of, 'not disclosed') AS other_held_on,
       f.modality AS modality, f.origin AS origin, f.belief AS belief,
       f.proof AS proof, f.proof_source AS source, f.proof_date AS date
ORDER BY overlap IS NULL, overlap DESC, holding
LIMIT $limit
