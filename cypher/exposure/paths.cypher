// Title: Paths between two names
// Question: By which chains of supply does one company reach another, and how much does each chain carry?
// 问题: 一家公司通过哪些供应链条连到另一家，每条链条的分量如何？
// Version: 1
// Tags: exposure, paths
// Param: supplier: entity(Company|Organization|Facility) -- who might fail: a name in any language, or a ticker
// Param: customer: entity(Company|Facility|Sector|Infrastructure) -- who would feel it
// Param: depth: integer(1..4) = 3 -- steps at most
// Param: decay: number(0..1) = 0.5 -- what each step after the first leaves of a shock, see docs/exposure.md
// Param: hub: integer(1..1000000) = 1000 -- whoever has more links than this is named, but not walked through
// Param: width: integer(1..100000) = 1000 -- of each tier so many are walked on from, those with the strongest chains first
// Param: modalities: modalities = fact -- facts only, or also plan, forecast, opinion, rumour, hypothetical
// Param: origins: origins = stated,reference -- what sentences say and background; derived only when asked for
// Param: min_belief: number(0..1) = 0 -- leave out what is believed less than this
// Param: as_of: date = 9999-12-31 -- only what was known on that day
// Param: limit: integer(1..1000) = 100 -- rows at most
// Column: tier: integer (steps) -- links on the way
// Column: path: list -- the names on the way, supplier first
// Column: products: list -- what is supplied at each step, or "not disclosed"
// Column: exposure: number -- the chance that a shock comes this way: every link's belief, and the decay of every step after the first
// Column: chain_belief: number -- the chance that all its links are so
// Column: share_of_cost_pct: string (%) -- of the last one's cost, what comes from the first this way; "not disclosed" where a link's share is not
// Column: share_of_revenue_pct: string (%) -- of the first one's revenue, what goes to the last this way; "not disclosed" where a link's share is not
// Column: since: date -- the earliest day on which every link of the path was known; none where none is dated
// Column: modality, origin, belief, proof, source, date -- how it is said, where it comes from, how sure the graph is, and the sentence, all of the weakest link
// Example: kg query run exposure/paths supplier=ASML customer=Apple
CALL db.index.fulltext.queryNodes('entity_names', '"' + replace($supplier, '"', ' ') + '"') YIELD node AS supplier
WHERE supplier:Company|Organization|Facility
  AND any(name IN [supplier.name, supplier.name_en, supplier.name_zh, supplier.ticker] + coalesce(supplier.aliases, []) + coalesce(supplier.tickers, [])
          WHERE toLower(name) = toLower($supplier))
CALL db.index.fulltext.queryNodes('entity_names', '"' + replace($customer, '"', ' ') + '"') YIELD node AS customer
WHERE customer:Company|Facility|Sector|Infrastructure
  AND any(name IN [customer.name, customer.name_en, customer.name_zh, customer.ticker] + coalesce(customer.aliases, []) + coalesce(customer.tickers, [])
          WHERE toLower(name) = toLower($customer))
WITH supplier, customer
WHERE supplier <> customer
// Chains are grown from the customer upwards, the strongest first, and end at the supplier. No chain is grown through a hub.
WITH supplier, customer, [{stops: [customer], chance: 1.0}] AS ways0
CALL (supplier, ways0) {
  UNWIND ways0[..$width] AS way
  WITH supplier, way, way.stops[0] AS at
  WHERE $depth > 1
  MATCH (at)<-[f:SUPPLIES]-(next:Entity)
  WHERE next <> supplier AND NOT next IN way.stops AND f.modality IN $modalities AND f.origin IN $origins AND NOT f.negated AND NOT f.ended AND f.belief >= $min_belief
    AND left(coalesce(f.first_seen, ''), 10) <= $as_of
  WITH way, next, way.chance * max(f.belief) AS chance
  ORDER BY chance DESC, next.id
  RETURN collect({stops: [next] + way.stops, chance: chance}) AS ways1
}
CALL (supplier, ways1) {
  UNWIND ways1[..$width] AS way
  WITH supplier, way, way.stops[0] AS at
  // Unfiltered: links are counted, not believed
  WHERE $depth > 2 AND COUNT { (at)<-[:SUPPLIES]-() } <= $hub
  MATCH (at)<-[f:SUPPLIES]-(next:Entity)
  WHERE next <> supplier AND NOT next IN way.stops AND f.modality IN $modalities AND f.origin IN $origins AND NOT f.negated AND NOT f.ended AND f.belief >= $min_belief
    AND left(coalesce(f.first_seen, ''), 10) <= $as_of
  WITH way, next, way.chance * max(f.belief) AS chance
  ORDER BY chance DESC, next.id
  RETURN collect({stops: [next] + way.stops, chance: chance}) AS ways2
}
CALL (supplier, ways2) {
  UNWIND ways2[..$width] AS way
  WITH supplier, way, way.stops[0] AS at
  // Unfiltered: links are counted, not believed
  WHERE $depth > 3 AND COUNT { (at)<-[:SUPPLIES]-() } <= $hub
  MATCH (at)<-[f:SUPPLIES]-(next:Entity)
  WHERE next <> supplier AND NOT next IN way.stops AND f.modality IN $modalities AND f.origin IN $origins AND NOT f.negated AND NOT f.ended AND f.belief >= $min_belief
    AND left(coalesce(f.first_seen, ''), 10) <= $as_of
  WITH way, next, way.chance * max(f.belief) AS chance
  ORDER BY chance DESC, next.id
  RETURN collect({stops: [next] + way.stops, chance: chance}) AS ways3
}
WITH supplier, customer, ways0 + ways1[..$width] + ways2[..$width] + ways3[..$width] AS ways,
     size(ways1) > $width OR size(ways2) > $width OR size(ways3) > $width AS cut
UNWIND ways AS way
WITH supplier, customer, cut, way.stops AS beyond, way.stops[0] AS last
// Unfiltered: links are counted, not believed
WHERE last = customer OR COUNT { (last)<-[:SUPPLIES]-() } <= $hub
MATCH (supplier)-[f:SUPPLIES]->(last)
WHERE f.modality IN $modalities AND f.origin IN $origins AND NOT f.negated AND NOT f.ended AND f.belief >= $min_belief
  AND left(coalesce(f.first_seen, ''), 10) <= $as_of
WITH DISTINCT supplier, customer, cut, [supplier] + beyond AS stops
UNWIND range(1, size(stops) - 1) AS step
WITH supplier, customer, cut, stops, step, stops[step - 1] AS giver, stops[step] AS taker
MATCH (giver)-[f:SUPPLIES]->(taker)
WHERE f.modality IN $modalities AND f.origin IN $origins AND NOT f.negated AND NOT f.ended AND f.belief >= $min_belief
  AND left(coalesce(f.first_seen, ''), 10) <= $as_of
// Of several facts between two names the surest counts: they often share a sentence, and are no independent witnesses.
WITH supplier, customer, cut, stops, step, giver, taker, min([-f.belief, f.id, f]) AS surest,
     max(f.share_of_cost_pct) AS cost, max(f.share_of_revenue_pct) AS revenue
WITH supplier, customer, cut, stops, step, surest[2] AS f, giver, taker, cost, revenue
ORDER BY step
WITH supplier, customer, cut, stops, collect({f: f, ends: [giver.id, taker.id], belief: f.belief, cost: cost, revenue: revenue,
                                         passes: CASE step WHEN 1 THEN f.belief ELSE f.belief * $decay END}) AS links
WITH stops, links, reduce(chance = 1.0, link IN links | chance * link.belief) AS chain_belief,
     reduce(chance = 1.0, link IN links | chance * link.passes) AS exposure,
     reduce(share = 100.0, link IN links | share * link.cost / 100) AS cost, reduce(share = 100.0, link IN links | share * link.revenue / 100) AS revenue
ORDER BY exposure DESC, [stop IN stops | stop.name]
LIMIT $limit
UNWIND links AS link
WITH stops, links, exposure, chain_belief, cost, revenue, min([link.f.belief, link.f.id, link.f]) AS weakest, max(left(link.f.first_seen, 10)) AS since
WITH stops, links, exposure, chain_belief, cost, revenue, since, weakest[2] AS f
RETURN size(links) AS tier, [stop IN stops | stop.name] AS path,
       [link IN links | coalesce(COLLECT { MATCH (product:Entity {id: link.f.product}) RETURN product.name }[0], 'not disclosed')] AS products,
       round(exposure, 4) AS exposure, round(chain_belief, 4) AS chain_belief,
       coalesce(toString(round(cost, 4)), 'not disclosed') AS share_of_cost_pct,
       coalesce(toString(round(revenue, 4)), 'not disclosed') AS share_of_revenue_pct, since,
       f.modality AS modality, f.origin AS origin, f.belief AS belief,
       f.proof AS proof, f.proof_source AS source, f.proof_date AS date
ORDER BY exposure DESC, tier, path
LIMIT $limit
