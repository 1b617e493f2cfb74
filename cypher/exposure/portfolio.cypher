// Title: Suppliers behind a fund
// Question: On which suppliers do the holdings of this fund or index lean, and for how much of its weight?
// 问题: 这只基金或指数的持仓依赖哪些供应商，涉及多少权重？
// Version: 1
// Tags: exposure, funds
// Param: fund: entity(Fund|Index) -- a fund or an index: code, short or full name
// Param: depth: integer(1..3) = 2 -- steps up at most
// Param: decay: number(0..1) = 0.5 -- what each step after the first leaves of a shock, see docs/exposure.md
// Param: most: integer(1..1000) = 100 -- of what it holds so many are walked up from, the heaviest first
// Param: hub: integer(1..1000000) = 1000 -- whoever has more links than this is named, but not walked through
// Param: width: integer(1..100000) = 100 -- of each tier above a holding so many count, those with the strongest chains first
// Param: modalities: modalities = fact -- facts only, or also plan, forecast, opinion, rumour, hypothetical
// Param: origins: origins = stated,reference -- what sentences say and background; derived only when asked for
// Param: min_belief: number(0..1) = 0 -- leave out what is believed less than this
// Param: as_of: date = 9999-12-31 -- only what was known on that day
// Param: limit: integer(1..1000) = 100 -- rows at most
// Column: supplier: string -- who supplies companies that the fund holds, itself or by the index that it tracks
// Column: holdings: list -- those companies, with their weight in percent where it is disclosed
// Column: tier: integer (steps) -- the nearest at which it stands above one of them
// Column: weight_pct: number (%) -- their disclosed weights together; none where none is disclosed
// Column: exposed_pct: number (%) -- each disclosed weight times the holding's exposure to the supplier by its strongest chain: at least this much
// Column: path: list -- the strongest chain, supplier first
// Column: since: date -- the earliest day on which the holding and every link of that chain were known; none where none is dated
// Column: modality, origin, belief, proof, source, date -- how it is said, where it comes from, how sure the graph is, and the sentence, of the holding's fact included
// Example: kg query run exposure/portfolio fund=159363
CALL db.index.fulltext.queryNodes('entity_names', '"' + replace($fund, '"', ' ') + '"') YIELD node AS fund
WHERE fund:Fund|Index
  AND any(name IN [fund.name, fund.name_en, fund.name_zh, fund.ticker] + coalesce(fund.aliases, []) + coalesce(fund.tickers, [])
          WHERE toLower(name) = toLower($fund))
CALL (fund) {
  RETURN fund AS holder, null AS t
  UNION
  MATCH (fund)-[t:TRACKS]->(holder:Index)
  WHERE t.modality IN $modalities AND t.origin IN $origins AND NOT t.negated AND NOT t.ended AND t.belief >= $min_belief
    AND left(coalesce(t.first_seen, ''), 10) <= $as_of
  RETURN holder, t
}
MATCH (holder)-[h:HOLDS]->(firm:Company)
WHERE h.modality IN $modalities AND h.origin IN $origins AND NOT h.negated AND NOT h.ended AND h.belief >= $min_belief
  AND left(coalesce(h.first_seen, ''), 10) <= $as_of
// What was held on the latest day that is told; a weight told as a range counts with its lower end.
WITH firm, max([coalesce(h.as_of, ''), h.belief, h.id, h]) AS latest
WITH firm, latest[3] AS held
ORDER BY coalesce(held.weight_pct, held.low, 0) DESC, held.belief DESC, firm.name
LIMIT $most
WITH *, [{node: firm, least: 1.0, path: [firm.name], weakest: null, since: null}] AS tier0
CALL (firm, tier0) {
  UNWIND tier0 AS here
  WITH firm, here, here.node AS at
  MATCH (at)<-[f:SUPPLIES]-(next:Entity)
  WHERE next <> firm AND f.modality IN $modalities AND f.origin IN $origins AND NOT f.negated AND NOT f.ended AND f.belief >= $min_belief
    AND left(coalesce(f.first_seen, ''), 10) <= $as_of
  WITH next, min([-here.least * f.belief, here.path, f.id, f, here]) AS best
  // what only the best way to a name needs is read once for each name
  WITH next, -best[0] AS least, [next.name] + best[1] AS path, best[3] AS f, best[4] AS here
  ORDER BY least DESC, path, f.id
  LIMIT $width
  RETURN collect({node: next, tier: 1, least: least, path: path, weakest: CASE WHEN here.weakest.belief <= f.belief THEN here.weakest ELSE f END,
                  since: CASE WHEN left(f.first_seen, 10) <= here.since THEN here.since ELSE coalesce(left(f.first_seen, 10), here.since) END}) AS tier1
}
CALL (firm, tier1) {
  UNWIND tier1 AS here
  WITH firm, here, here.node AS at
  // Unfiltered: links are counted, not believed
  WHERE $depth >= 2 AND COUNT { (at)<-[:SUPPLIES]-() } <= $hub
  MATCH (at)<-[f:SUPPLIES]-(next:Entity)
  WHERE next <> firm AND f.modality IN $modalities AND f.origin IN $origins AND NOT f.negated AND NOT f.ended AND f.belief >= $min_belief
    AND left(coalesce(f.first_seen, ''), 10) <= $as_of
  WITH next, min([-here.least * f.belief * $decay, here.path, f.id, f, here]) AS best
  // what only the best way to a name needs is read once for each name
  WITH next, -best[0] AS least, [next.name] + best[1] AS path, best[3] AS f, best[4] AS here
  ORDER BY least DESC, path, f.id
  LIMIT $width
  RETURN collect({node: next, tier: 2, least: least, path: path, weakest: CASE WHEN here.weakest.belief <= f.belief THEN here.weakest ELSE f END,
                  since: CASE WHEN left(f.first_seen, 10) <= here.since THEN here.since ELSE coalesce(left(f.first_seen, 10), here.since) END}) AS tier2
}
CALL (firm, tier2) {
  UNWIND tier2 AS here
  WITH firm, here, here.node AS at
  // Unfiltered: links are counted, not believed
  WHERE $depth >= 3 AND COUNT { (at)<-[:SUPPLIES]-() } <= $hub
  MATCH (at)<-[f:SUPPLIES]-(next:Entity)
  WHERE next <> firm AND f.modality IN $modalities AND f.origin IN $origins AND NOT f.negated AND NOT f.ended AND f.belief >= $min_belief
    AND left(coalesce(f.first_seen, ''), 10) <= $as_of
  WITH next, min([-here.least * f.belief * $decay, here.path, f.id, f, here]) AS best
  // what only the best way to a name needs is read once for each name
  WITH next, -best[0] AS least, [next.name] + best[1] AS path, best[3] AS f, best[4] AS here
  ORDER BY least DESC, path, f.id
  LIMIT $width
  RETURN collect({node: next, tier: 3, least: least, path: path, weakest: CASE WHEN here.weakest.belief <= f.belief THEN here.weakest ELSE f END,
                  since: CASE WHEN left(f.first_seen, 10) <= here.since THEN here.since ELSE coalesce(left(f.first_seen, 10), here.since) END}) AS tier3
}
UNWIND tier1 + tier2 + tier3 AS found
WITH firm, held, found.node AS supplier, min(found.tier) AS tier,
     min([-found.least, found.path, found.weakest.id, CASE WHEN held.belief < found.weakest.belief THEN held ELSE found.weakest END,
          CASE WHEN left(held.first_seen, 10) <= found.since THEN found.since ELSE coalesce(left(held.first_seen, 10), found.since) END]) AS best
WITH supplier, firm, coalesce(held.weight_pct, held.low) AS weight, tier, best
ORDER BY weight DESC, firm.name
WITH supplier, collect(firm.name + coalesce(' ' + toString(weight) + '%', ' (weight not disclosed)')) AS holdings, min(tier) AS tier, sum(weight) AS weights,
     count(weight) AS disclosed, sum(weight * -best[0]) AS exposed, min(best) AS best
WITH *, best[3] AS f
RETURN supplier.name AS supplier, holdings, tier, CASE WHEN disclosed > 0 THEN round(weights, 4) END AS weight_pct,
       CASE WHEN disclosed > 0 THEN round(exposed, 4) END AS exposed_pct, best[1] AS path, best[4] AS since,
       f.modality AS modality, f.origin AS origin, f.belief AS belief,
       f.proof AS proof, f.proof_source AS source, f.proof_date AS date
ORDER BY coalesce(exposed_pct, 0) DESC, size(holdings) DESC, tier, supplier
LIMIT $limit
