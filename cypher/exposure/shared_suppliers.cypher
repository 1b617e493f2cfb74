// Title: Shared suppliers of two companies
// Question: Which suppliers, direct or further up, do two companies have in common?
// 问题: 两家公司有哪些共同的直接或间接供应商？
// Version: 1
// Tags: exposure, suppliers
// Param: one: entity(Company|Facility|Sector|Infrastructure) -- a name in any language, or a ticker
// Param: other: entity(Company|Facility|Sector|Infrastructure) -- another
// Param: depth: integer(1..3) = 2 -- steps up at most
// Param: decay: number(0..1) = 0.5 -- what each step after the first leaves of a shock, see docs/exposure.md
// Param: hub: integer(1..1000000) = 1000 -- whoever has more links than this is named, but not walked through
// Param: width: integer(1..100000) = 1000 -- of each tier so many are walked on from, those with the strongest chains first
// Param: modalities: modalities = fact -- facts only, or also plan, forecast, opinion, rumour, hypothetical
// Param: origins: origins = stated,reference -- what sentences say and background; derived only when asked for
// Param: min_belief: number(0..1) = 0 -- leave out what is believed less than this
// Param: as_of: date = 9999-12-31 -- only what was known on that day
// Param: limit: integer(1..1000) = 100 -- rows at most
// Column: supplier: string -- who supplies both
// Column: tier_of_one, tier_of_other: integer (steps) -- how far up it stands, by the strongest chain
// Column: exposure_of_one, exposure_of_other: number -- the chance that a shock at the supplier comes by the strongest chain alone: the exposure is at least this
// Column: path_to_one, path_to_other: list -- those chains, supplier first
// Column: since: date -- the earliest day on which every link of both was known; none where none is dated
// Column: modality, origin, belief, proof, source, date -- how it is said, where it comes from, how sure the graph is, and the sentence, all of the weakest link of both chains
// Example: kg query run exposure/shared_suppliers one=NVIDIA other=AMD
CALL db.index.fulltext.queryNodes('entity_names', '"' + replace($one, '"', ' ') + '"') YIELD node AS one
WHERE one:Company|Facility|Sector|Infrastructure
  AND any(name IN [one.name, one.name_en, one.name_zh, one.ticker] + coalesce(one.aliases, []) + coalesce(one.tickers, [])
          WHERE toLower(name) = toLower($one))
CALL db.index.fulltext.queryNodes('entity_names', '"' + replace($other, '"', ' ') + '"') YIELD node AS other
WHERE other:Company|Facility|Sector|Infrastructure
  AND any(name IN [other.name, other.name_en, other.name_zh, other.ticker] + coalesce(other.aliases, []) + coalesce(other.tickers, [])
          WHERE toLower(name) = toLower($other))
WITH one, other
WHERE one <> other
UNWIND [one, other] AS firm
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
WITH one, other, firm, found.node AS supplier, min([-found.least, found.tier, found.path, found.weakest.id, found.weakest, found.since]) AS best
WHERE supplier <> one AND supplier <> other
WITH one, other, supplier, collect({firm: firm, best: best}) AS sides
WHERE size(sides) = 2
WITH supplier, [side IN sides WHERE side.firm = one | side.best][0] AS of_one, [side IN sides WHERE side.firm = other | side.best][0] AS of_other
WITH supplier, of_one, of_other, CASE WHEN of_other[4].belief < of_one[4].belief THEN of_other[4] ELSE of_one[4] END AS f
RETURN supplier.name AS supplier, of_one[1] AS tier_of_one, of_other[1] AS tier_of_other, round(-of_one[0], 4) AS exposure_of_one,
       round(-of_other[0], 4) AS exposure_of_other, of_one[2] AS path_to_one, of_other[2] AS path_to_other,
       CASE WHEN of_one[5] <= of_other[5] THEN of_other[5] ELSE coalesce(of_one[5], of_other[5]) END AS since,
       f.modality AS modality, f.origin AS origin, f.belief AS belief,
       f.proof AS proof, f.proof_source AS source, f.proof_date AS date
ORDER BY exposure_of_one + exposure_of_other DESC, supplier
LIMIT $limit
