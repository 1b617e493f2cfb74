// Title: Tiers of a supply chain
// Question: Who stands one, two, three or four steps up or down the supply chain, by which path, and how strong is its weakest link?
// 问题: 供应链上游或下游的一至四级各是谁，经过哪条路径，最弱的一环有多强？
// Version: 1
// Tags: exposure, tiers
// Param: company: entity(Company|Facility|Sector|Infrastructure) -- where to start: a name in any language, or a ticker
// Param: direction: choice(up|down) = up -- up to suppliers, or down to customers
// Param: depth: integer(1..4) = 3 -- steps at most
// Param: hub: integer(1..1000000) = 1000 -- whoever has more links than this is named, but not walked through
// Param: modalities: modalities = fact -- facts only, or also plan, forecast, opinion, rumour, hypothetical
// Param: origins: origins = stated,reference -- what sentences say and background; derived only when asked for
// Param: min_belief: number(0..1) = 0 -- leave out what is believed less than this
// Param: as_of: date = 9999-12-31 -- only what was known on that day
// Param: limit: integer(1..1000) = 100 -- rows at most
// Column: tier: integer (steps) -- steps away, by the shortest path
// Column: company: string -- who stands there
// Column: path: list -- the names on the way, supplier first; of the shortest paths the one whose weakest link is the strongest
// Column: since: date -- the earliest day on which every link of the path was known; none where none is dated
// Column: modality, origin, belief, proof, source, date -- how it is said, where it comes from, how sure the graph is, and the sentence, all of the weakest link
// Example: kg query run exposure/tiers company=NVIDIA direction=up depth=2
CALL db.index.fulltext.queryNodes('entity_names', '"' + replace($company, '"', ' ') + '"') YIELD node AS start
WHERE start:Company|Facility|Sector|Infrastructure
  AND any(name IN [start.name, start.name_en, start.name_zh, start.ticker] + coalesce(start.aliases, []) + coalesce(start.tickers, [])
          WHERE toLower(name) = toLower($company))
// Each tier is found from the one before: a name is met once a tier, with the best way to it, however many ways there are.
// A tier that fills the rows is the last: no further one would be shown.
WITH start, [{node: start, path: [start.name], weakest: null, since: null}] AS tier0
CALL (start, tier0) {
  UNWIND tier0 AS here
  WITH start, here, here.node AS at
  // Unfiltered: links are counted, not believed
  WHERE $depth >= 1 AND (at = start OR CASE $direction WHEN 'up' THEN COUNT { (at)<-[:SUPPLIES]-() } ELSE COUNT { (at)-[:SUPPLIES]->() } END <= $hub)
  UNWIND CASE $direction WHEN 'up' THEN [(at)<-[f:SUPPLIES]-(next:Entity) | {f: f, next: next}]
                         ELSE [(at)-[f:SUPPLIES]->(next:Entity) | {f: f, next: next}] END AS link
  WITH start, here, link.f AS f, link.next AS next
  WHERE next <> start AND f.modality IN $modalities AND f.origin IN $origins AND NOT f.negated AND NOT f.ended AND f.belief >= $min_belief
    AND left(coalesce(f.first_seen, ''), 10) <= $as_of
  WITH here, next, f, CASE WHEN here.weakest.belief <= f.belief THEN here.weakest ELSE f END AS weakest
  WITH next, min([-weakest.belief, CASE $direction WHEN 'up' THEN [next.name] + here.path ELSE here.path + [next.name] END, weakest.id, weakest,
                  CASE WHEN left(f.first_seen, 10) <= here.since THEN here.since ELSE coalesce(left(f.first_seen, 10), here.since) END]) AS best
  RETURN collect({node: next, tier: 1, path: best[1], weakest: best[3], since: best[4]}) AS tier1
}
CALL (start, tier1) {
  UNWIND tier1 AS here
  WITH start, here, here.node AS at
  // Unfiltered: links are counted, not believed
  WHERE $depth >= 2 AND size(tier1) < $limit AND (at = start OR CASE $direction WHEN 'up' THEN COUNT { (at)<-[:SUPPLIES]-() } ELSE COUNT { (at)-[:SUPPLIES]->() } END <= $hub)
  UNWIND CASE $direction WHEN 'up' THEN [(at)<-[f:SUPPLIES]-(next:Entity) | {f: f, next: next}]
                         ELSE [(at)-[f:SUPPLIES]->(next:Entity) | {f: f, next: next}] END AS link
  WITH start, here, link.f AS f, link.next AS next
  WHERE next <> start AND f.modality IN $modalities AND f.origin IN $origins AND NOT f.negated AND NOT f.ended AND f.belief >= $min_belief
    AND left(coalesce(f.first_seen, ''), 10) <= $as_of
  WITH here, next, f, CASE WHEN here.weakest.belief <= f.belief THEN here.weakest ELSE f END AS weakest
  WITH next, min([-weakest.belief, CASE $direction WHEN 'up' THEN [next.name] + here.path ELSE here.path + [next.name] END, weakest.id, weakest,
                  CASE WHEN left(f.first_seen, 10) <= here.since THEN here.since ELSE coalesce(left(f.first_seen, 10), here.since) END]) AS best
  RETURN collect({node: next, tier: 2, path: best[1], weakest: best[3], since: best[4]}) AS tier2
}
CALL (start, tier2) {
  UNWIND tier2 AS here
  WITH start, here, here.node AS at
  // Unfiltered: links are counted, not believed
  WHERE $depth >= 3 AND size(tier2) < $limit AND (at = start OR CASE $direction WHEN 'up' THEN COUNT { (at)<-[:SUPPLIES]-() } ELSE COUNT { (at)-[:SUPPLIES]->() } END <= $hub)
  UNWIND CASE $direction WHEN 'up' THEN [(at)<-[f:SUPPLIES]-(next:Entity) | {f: f, next: next}]
                         ELSE [(at)-[f:SUPPLIES]->(next:Entity) | {f: f, next: next}] END AS link
  WITH start, here, link.f AS f, link.next AS next
  WHERE next <> start AND f.modality IN $modalities AND f.origin IN $origins AND NOT f.negated AND NOT f.ended AND f.belief >= $min_belief
    AND left(coalesce(f.first_seen, ''), 10) <= $as_of
  WITH here, next, f, CASE WHEN here.weakest.belief <= f.belief THEN here.weakest ELSE f END AS weakest
  WITH next, min([-weakest.belief, CASE $direction WHEN 'up' THEN [next.name] + here.path ELSE here.path + [next.name] END, weakest.id, weakest,
                  CASE WHEN left(f.first_seen, 10) <= here.since THEN here.since ELSE coalesce(left(f.first_seen, 10), here.since) END]) AS best
  RETURN collect({node: next, tier: 3, path: best[1], weakest: best[3], since: best[4]}) AS tier3
}
CALL (start, tier3) {
  UNWIND tier3 AS here
  WITH start, here, here.node AS at
  // Unfiltered: links are counted, not believed
  WHERE $depth >= 4 AND size(tier3) < $limit AND (at = start OR CASE $direction WHEN 'up' THEN COUNT { (at)<-[:SUPPLIES]-() } ELSE COUNT { (at)-[:SUPPLIES]->() } END <= $hub)
  UNWIND CASE $direction WHEN 'up' THEN [(at)<-[f:SUPPLIES]-(next:Entity) | {f: f, next: next}]
                         ELSE [(at)-[f:SUPPLIES]->(next:Entity) | {f: f, next: next}] END AS link
  WITH start, here, link.f AS f, link.next AS next
  WHERE next <> start AND f.modality IN $modalities AND f.origin IN $origins AND NOT f.negated AND NOT f.ended AND f.belief >= $min_belief
    AND left(coalesce(f.first_seen, ''), 10) <= $as_of
  WITH here, next, f, CASE WHEN here.weakest.belief <= f.belief THEN here.weakest ELSE f END AS weakest
  WITH next, min([-weakest.belief, CASE $direction WHEN 'up' THEN [next.name] + here.path ELSE here.path + [next.name] END, weakest.id, weakest,
                  CASE WHEN left(f.first_seen, 10) <= here.since THEN here.since ELSE coalesce(left(f.first_seen, 10), here.since) END]) AS best
  RETURN collect({node: next, tier: 4, path: best[1], weakest: best[3], since: best[4]}) AS tier4
}
UNWIND tier1 + tier2 + tier3 + tier4 AS found
WITH start, found.node AS node, min([found.tier, -found.weakest.belief, found.path, found.weakest.id, found.weakest, found.since]) AS best
WITH node, best[0] AS tier, best[2] AS path, best[4] AS f, best[5] AS since
RETURN tier, node.name AS company, path, since,
       f.modality AS modality, f.origin AS origin, f.belief AS belief,
       f.proof AS proof, f.proof_source AS source, f.proof_date AS date
ORDER BY tier, belief DESC, company
LIMIT $limit
