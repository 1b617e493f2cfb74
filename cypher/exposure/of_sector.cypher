// Title: What a sector leans on
// Question: Which infrastructure, resources and products does this sector load or depend on, and what affects it?
// 问题: 这个行业依赖或加重了哪些基础设施、资源和产品，又受什么影响？
// Version: 1
// Tags: exposure, sectors
// Param: sector: entity(Sector) -- a sector, industry or theme, in any language
// Param: modalities: modalities = fact,forecast -- facts only, or also plan, forecast, opinion, rumour, hypothetical
// Param: origins: origins = stated,reference -- what sentences say and background; derived only when asked for
// Param: min_belief: number(0..1) = 0 -- leave out what is believed less than this
// Param: as_of: date = 9999-12-31 -- only what was known on that day
// Param: limit: integer(1..1000) = 100 -- rows at most
// Column: who: string -- the sector itself, or one that is part of it
// Column: exposure: string -- loads, depends on, affects, is affected by
// Column: what: string -- the other end
// Column: label: string -- what that is
// Column: quantity: string -- how much and in which unit, or "not disclosed"
// Column: since: date -- the earliest day on which every link of the way was known; none where none is dated
// Column: modality, origin, belief, proof, source, date -- how it is said, where it comes from, how sure the graph is, and the sentence, of the weaker link where the sector is part of the one asked for
// Example: kg query run exposure/of_sector sector="data centers"
CALL db.index.fulltext.queryNodes('entity_names', '"' + replace($sector, '"', ' ') + '"') YIELD node AS sector
WHERE sector:Sector
  AND any(name IN [sector.name, sector.name_en, sector.name_zh, sector.ticker] + coalesce(sector.aliases, []) + coalesce(sector.tickers, [])
          WHERE toLower(name) = toLower($sector))
CALL (sector) {
  RETURN sector AS part, null AS p
  UNION
  MATCH (part:Sector)-[p:PART_OF]->(sector)
  WHERE p.modality IN $modalities AND p.origin IN $origins AND NOT p.negated AND NOT p.ended AND p.belief >= $min_belief
    AND left(coalesce(p.first_seen, ''), 10) <= $as_of
  RETURN part, p
}
CALL (part) {
  MATCH (part)-[f:LOADS]->(what:Entity) RETURN 'loads' AS exposure, what, f
  UNION ALL
  MATCH (part)-[f:DEPENDS_ON|USES]->(what:Entity) RETURN 'depends on' AS exposure, what, f
  UNION ALL
  MATCH (part)-[f:AFFECTS]->(what:Entity) RETURN 'affects' AS exposure, what, f
  UNION ALL
  MATCH (part)<-[f:AFFECTS]-(what:Entity) RETURN 'is affected by' AS exposure, what, f
}
WITH part, p, exposure, what, f
WHERE f.modality IN $modalities AND f.origin IN $origins AND NOT f.negated AND NOT f.ended AND f.belief >= $min_belief
  AND left(coalesce(f.first_seen, ''), 10) <= $as_of
WITH part, exposure, what, f AS own, CASE WHEN p.belief < f.belief THEN p ELSE f END AS f,
     CASE WHEN left(p.first_seen, 10) > left(f.first_seen, 10) THEN left(p.first_seen, 10) ELSE coalesce(left(f.first_seen, 10), left(p.first_seen, 10)) END AS since
RETURN part.name AS who, exposure, what.name AS what, [label IN labels(what) WHERE label <> 'Entity'][0] AS label,
       coalesce(CASE WHEN own.unit = 'W' AND own.quantity >= 1e9 THEN toString(round(own.quantity / 1e9, 3)) + ' GW'
                     WHEN own.unit = 'W' AND own.quantity >= 1e6 THEN toString(round(own.quantity / 1e6, 3)) + ' MW'
                     ELSE toString(own.quantity) + coalesce(' ' + own.unit, '') END, 'not disclosed') AS quantity, since,
       f.modality AS modality, f.origin AS origin, f.belief AS belief,
       f.proof AS proof, f.proof_source AS source, f.proof_date AS date
ORDER BY exposure DESC, belief DESC, what, who, proof
LIMIT $limit
