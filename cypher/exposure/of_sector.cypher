// Title: What a sector leans on
// Question: Which infrastructure, resources and products does this sector load or depend on, and what affects it?
// 问题: 这个行业依赖或加重了哪些基础设施、资源和产品，又受什么影响？
// Param: sector: entity(Sector) -- a sector, industry or theme, in any language
// Param: modalities: modalities = fact,forecast -- facts only, or also plan, forecast, opinion, rumour, hypothetical
// Param: min_belief: number(0..1) = 0 -- leave out what is believed less than this
// Param: limit: integer(1..1000) = 100 -- rows at most
// Column: who -- the sector itself, or one that is part of it
// Column: exposure -- loads, depends on, affects, is affected by
// Column: what, label -- the other end, and what it is
// Column: quantity -- how much, where it is said
// Column: modality, origin, belief, proof, source, date -- how it is said, where it comes from, how sure the graph is, and the sentence
// Example: kg query run exposure/of_sector sector="data centers"
CALL db.index.fulltext.queryNodes('entity_names', '"' + replace($sector, '"', ' ') + '"') YIELD node AS sector
WHERE sector:Sector
  AND any(name IN [sector.id, sector.name, sector.name_en, sector.name_zh, sector.ticker] + coalesce(sector.aliases, []) + coalesce(sector.tickers, [])
          WHERE toLower(name) = toLower($sector))
MATCH (part:Sector)-[:PART_OF*0..2]->(sector)
WITH DISTINCT part
CALL {
  WITH part
  MATCH (part)-[f:LOADS]->(what:Entity) RETURN 'loads' AS exposure, what, f
  UNION
  WITH part
  MATCH (part)-[f:DEPENDS_ON|USES]->(what:Entity) RETURN 'depends on' AS exposure, what, f
  UNION
  WITH part
  MATCH (part)-[f:AFFECTS]->(what:Entity) RETURN 'affects' AS exposure, what, f
  UNION
  WITH part
  MATCH (part)<-[f:AFFECTS]-(what:Entity) RETURN 'is affected by' AS exposure, what, f
}
WITH part, exposure, what, f
WHERE f.modality IN $modalities AND NOT f.negated AND NOT f.ended AND f.belief >= $min_belief
RETURN part.name AS who, exposure, what.name AS what, [label IN labels(what) WHERE label <> 'Entity'][0] AS label,
       coalesce(toString(f.quantity) + ' ' + coalesce(f.unit, ''), 'not disclosed') AS quantity,
       f.modality AS modality, f.origin AS origin, f.belief AS belief,
       f.proof AS proof, f.proof_source AS source, f.proof_date AS date
ORDER BY exposure DESC, belief DESC, what
LIMIT $limit
