// Title: Suppliers by country
// Question: In which countries do the suppliers of this company sit, tier by tier?
// 问题: 这家公司的各级供应商分布在哪些国家和地区？
// Version: 1
// Tags: exposure, countries
// Param: company: entity(Company|Facility|Sector|Infrastructure) -- the customer: a name in any language, or a ticker
// Param: depth: integer(1..3) = 2 -- steps up at most
// Param: decay: number(0..1) = 0.5 -- what each step after the first leaves of a shock, see docs/exposure.md
// Param: hub: integer(1..1000000) = 1000 -- whoever has more links than this is named, but not walked through
// Param: width: integer(1..100000) = 1000 -- of each tier so many are walked on from, those with the strongest chains first
// Param: modalities: modalities = fact -- facts only, or also plan, forecast, opinion, rumour, hypothetical
// Param: origins: origins = stated,reference -- what sentences say and background; derived only when asked for
// Param: min_belief: number(0..1) = 0 -- leave out what is believed less than this
// Param: as_of: date = 9999-12-31 -- only what was known on that day
// Param: limit: integer(1..1000) = 100 -- rows at most
// Column: country: string -- where they are registered (two letters of ISO 3166), or "not disclosed"
// Column: tier: integer (steps) -- steps up, by the shortest path
// Column: suppliers: integer -- how many
// Column: names: list -- the twenty to which the company is most exposed
// Column: exposure: number -- to the first of these, by its strongest chain alone: at least this
// Column: path: list -- that chain, supplier first
// Column: since: date -- the earliest day on which every link of the path was known; none where none is dated
// Column: modality, origin, belief, proof, source, date -- how it is said, where it comes from, how sure the graph is, and the sentence, all of the weakest link
// Example: kg query run exposure/by_country company=NVIDIA
CALL db.index.fulltext.queryNodes('entity_names', '"' + replace($company, '"', ' ') + '"') YIELD node AS firm
WHERE firm:Company|Facility|Sector|Infrastructure
  AND any(name IN [firm.name, firm.name_en, firm.name_zh, firm.ticker] + coalesce(firm.aliases, []) + coalesce(firm.tickers, [])
          WHERE toLower(name) = toLower($company))
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
  RETURN collect({node: next, tier: 1, least: least, path: path, weakest: CASE WHEN here.weakest.belief <= f.belief THEN here.weakest ELSE f END,
                  since: CASE WHEN left(f.first_seen, 10) <= here.since THEN here.since ELSE coalesce(left(f.first_seen, 10), here.since) END}) AS tier1
}
CALL (firm, tier1) {
  UNWIND tier1[..$width] AS here
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
  RETURN collect({node: next, tier: 2, least: least, path: path, weakest: CASE WHEN here.weakest.belief <= f.belief THEN here.weakest ELSE f END,
                  since: CASE WHEN left(f.first_seen, 10) <= here.since THEN here.since ELSE coalesce(left(f.first_seen, 10), here.since) END}) AS tier2
}
CALL (firm, tier2) {
  UNWIND tier2[..$width] AS here
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
  RETURN collect({node: next, tier: 3, least: least, path: path, weakest: CASE WHEN here.weakest.belief <= f.belief THEN here.weakest ELSE f END,
                  since: CASE WHEN left(f.first_seen, 10) <= here.since THEN here.since ELSE coalesce(left(f.first_seen, 10), here.since) END}) AS tier3
}
UNWIND tier1 + tier2 + tier3 AS found
WITH found.node AS supplier, min(found.tier) AS tier, min([-found.least, found.path, found.weakest.id, found.weakest, found.since]) AS best
ORDER BY best, supplier.name
WITH coalesce(supplier.country, 'not disclosed') AS country, tier, count(*) AS suppliers, collect(supplier.name)[..20] AS names, collect(best)[0] AS best
WITH *, best[3] AS f
RETURN country, tier, suppliers, names, round(-best[0], 4) AS exposure, best[1] AS path, best[4] AS since,
       f.modality AS modality, f.origin AS origin, f.belief AS belief,
       f.proof AS proof, f.proof_source AS source, f.proof_date AS date
ORDER BY tier, suppliers DESC, country
LIMIT $limit
