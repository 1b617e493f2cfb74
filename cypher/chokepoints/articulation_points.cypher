// Title: Articulation points of a supply chain
// Question: Which suppliers are the only way to others: if one of them failed, who further up would be cut off from this company?
// 问题: 哪些供应商是通往更上游的唯一通道，一旦失效，哪些上游企业就与这家公司断开？
// Version: 1
// Tags: chokepoints, tiers
// Param: company: entity(Company|Facility|Sector|Infrastructure) -- whose supply chain: a name in any language, or a ticker
// Param: depth: integer(2..4) = 3 -- steps up at most
// Param: hub: integer(1..1000000) = 1000 -- whoever has more links than this is named, but not walked through; nor is a tier of more names than this
// Param: modalities: modalities = fact -- facts only, or also plan, forecast, opinion, rumour, hypothetical
// Param: origins: origins = stated,reference -- what sentences say and background; derived only when asked for
// Param: min_belief: number(0..1) = 0 -- leave out what is believed less than this
// Param: as_of: date = 9999-12-31 -- only what was known on that day
// Param: limit: integer(1..1000) = 100 -- rows at most
// Column: point: string -- the company that every chain within the depth passes through
// Column: tier: integer (steps) -- where it stands, by the shortest path
// Column: cut_off: integer -- how many are cut off without it
// Column: names: list -- the first twenty of these
// Column: path: list -- its own way to the company, supplier first
// Column: since: date -- the earliest day on which every link of the path was known; none where none is dated
// Column: modality, origin, belief, proof, source, date -- how it is said, where it comes from, how sure the graph is, and the sentence, all of the weakest link of its own way to the company
// Example: kg query run chokepoints/articulation_points company=NVIDIA
CALL db.index.fulltext.queryNodes('entity_names', '"' + replace($company, '"', ' ') + '"') YIELD node AS firm
WHERE firm:Company|Facility|Sector|Infrastructure
  AND any(name IN [firm.name, firm.name_en, firm.name_zh, firm.ticker] + coalesce(firm.aliases, []) + coalesce(firm.tickers, [])
          WHERE toLower(name) = toLower($company))
// Walked tier by tier; `gates` is what all ways to a name have in common, so that nothing is walked twice and no path is listed.
WITH firm, [{node: firm, path: [firm.name], weakest: null, since: null, gates: []}] AS tier0
CALL (firm, tier0) {
  UNWIND tier0 AS here
  WITH firm, here, here.node AS at
  MATCH (at)<-[f:SUPPLIES]-(next:Entity)
  WHERE next <> firm AND f.modality IN $modalities AND f.origin IN $origins AND NOT f.negated AND NOT f.ended AND f.belief >= $min_belief
    AND left(coalesce(f.first_seen, ''), 10) <= $as_of
  WITH next, collect(DISTINCT []) AS ways,
       min([CASE WHEN here.weakest.belief <= f.belief THEN -here.weakest.belief ELSE -f.belief END, here.path, f.id, f, here]) AS best
  WITH next, ways, [next.name] + best[1] AS path, best[3] AS f, best[4] AS here
  RETURN collect({node: next, tier: 1, path: path, weakest: CASE WHEN here.weakest.belief <= f.belief THEN here.weakest ELSE f END,
                  since: CASE WHEN left(f.first_seen, 10) <= here.since THEN here.since ELSE coalesce(left(f.first_seen, 10), here.since) END,
                  gates: reduce(common = ways[0], way IN tail(ways) | [gate IN common WHERE gate IN way])}) AS tier1
}
CALL (firm, tier1) {
  UNWIND tier1 AS here
  WITH firm, here, here.node AS at
  // Unfiltered: links are counted, not believed
  WHERE $depth >= 2 AND size(tier1) <= $hub AND COUNT { (at)<-[:SUPPLIES]-() } <= $hub
  MATCH (at)<-[f:SUPPLIES]-(next:Entity)
  WHERE next <> firm AND f.modality IN $modalities AND f.origin IN $origins AND NOT f.negated AND NOT f.ended AND f.belief >= $min_belief
    AND left(coalesce(f.first_seen, ''), 10) <= $as_of
  WITH next, collect(DISTINCT CASE WHEN here.node IN here.gates THEN here.gates ELSE here.gates + [here.node] END) AS ways,
       min([CASE WHEN here.weakest.belief <= f.belief THEN -here.weakest.belief ELSE -f.belief END, here.path, f.id, f, here]) AS best
  WITH next, ways, [next.name] + best[1] AS path, best[3] AS f, best[4] AS here
  RETURN collect({node: next, tier: 2, path: path, weakest: CASE WHEN here.weakest.belief <= f.belief THEN here.weakest ELSE f END,
                  since: CASE WHEN left(f.first_seen, 10) <= here.since THEN here.since ELSE coalesce(left(f.first_seen, 10), here.since) END,
                  gates: reduce(common = ways[0], way IN tail(ways) | [gate IN common WHERE gate IN way])}) AS tier2
}
CALL (firm, tier2) {
  UNWIND tier2 AS here
  WITH firm, here, here.node AS at
  // Unfiltered: links are counted, not believed
  WHERE $depth >= 3 AND size(tier2) <= $hub AND COUNT { (at)<-[:SUPPLIES]-() } <= $hub
  MATCH (at)<-[f:SUPPLIES]-(next:Entity)
  WHERE next <> firm AND f.modality IN $modalities AND f.origin IN $origins AND NOT f.negated AND NOT f.ended AND f.belief >= $min_belief
    AND left(coalesce(f.first_seen, ''), 10) <= $as_of
  WITH next, collect(DISTINCT CASE WHEN here.node IN here.gates THEN here.gates ELSE here.gates + [here.node] END) AS ways,
       min([CASE WHEN here.weakest.belief <= f.belief THEN -here.weakest.belief ELSE -f.belief END, here.path, f.id, f, here]) AS best
  WITH next, ways, [next.name] + best[1] AS path, best[3] AS f, best[4] AS here
  RETURN collect({node: next, tier: 3, path: path, weakest: CASE WHEN here.weakest.belief <= f.belief THEN here.weakest ELSE f END,
                  since: CASE WHEN left(f.first_seen, 10) <= here.since THEN here.since ELSE coalesce(left(f.first_seen, 10), here.since) END,
                  gates: reduce(common = ways[0], way IN tail(ways) | [gate IN common WHERE gate IN way])}) AS tier3
}
CALL (firm, tier3) {
  UNWIND tier3 AS here
  WITH firm, here, here.node AS at
  // Unfiltered: links are counted, not believed
  WHERE $depth >= 4 AND size(tier3) <= $hub AND COUNT { (at)<-[:SUPPLIES]-() } <= $hub
  MATCH (at)<-[f:SUPPLIES]-(next:Entity)
  WHERE next <> firm AND f.modality IN $modalities AND f.origin IN $origins AND NOT f.negated AND NOT f.ended AND f.belief >= $min_belief
    AND left(coalesce(f.first_seen, ''), 10) <= $as_of
  WITH next, collect(DISTINCT CASE WHEN here.node IN here.gates THEN here.gates ELSE here.gates + [here.node] END) AS ways,
       min([CASE WHEN here.weakest.belief <= f.belief THEN -here.weakest.belief ELSE -f.belief END, here.path, f.id, f, here]) AS best
  WITH next, ways, [next.name] + best[1] AS path, best[3] AS f, best[4] AS here
  RETURN collect({node: next, tier: 4, path: path, weakest: CASE WHEN here.weakest.belief <= f.belief THEN here.weakest ELSE f END,
                  since: CASE WHEN left(f.first_seen, 10) <= here.since THEN here.since ELSE coalesce(left(f.first_seen, 10), here.since) END,
                  gates: reduce(common = ways[0], way IN tail(ways) | [gate IN common WHERE gate IN way])}) AS tier4
}
// a first tier that is not walked on from cuts nobody off
UNWIND CASE WHEN size(tier1) <= $hub THEN tier1 + tier2 + tier3 + tier4 ELSE [] END AS found
WITH firm, found.node AS node, collect(found.gates) AS ways, min([found.tier, -found.weakest.belief, found.path, found.weakest.id, found.weakest, found.since]) AS best
WITH firm, node, best, [gate IN reduce(common = ways[0], way IN tail(ways) | [gate IN common WHERE gate IN way]) WHERE gate <> node] AS gates
ORDER BY node.name
WITH firm, collect({node: node, best: best, gates: gates}) AS reached
UNWIND reached AS one
UNWIND one.gates AS point
WITH reached, point, collect(one.node.name) AS names
WITH point, names, [one IN reached WHERE one.node = point | one.best][0] AS best
WITH point, names, best, best[4] AS f
RETURN point.name AS point, best[0] AS tier, size(names) AS cut_off, names[..20] AS names, best[2] AS path, best[5] AS since,
       f.modality AS modality, f.origin AS origin, f.belief AS belief,
       f.proof AS proof, f.proof_source AS source, f.proof_date AS date
ORDER BY cut_off DESC, tier, point
LIMIT $limit
