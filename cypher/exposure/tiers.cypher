// Title: Tiers of a supply chain
// Question: Who stands one, two, three or four steps up or down the supply chain, by which path, and how strong is its weakest link?
// 问题: 供应链上游或下游的一至四级各是谁，经过哪条路径，最弱的一环有多强？
// Param: company: entity(Company|Facility|Sector|Infrastructure) -- where to start: a name in any language, or a ticker
// Param: direction: choice(up|down) = up -- up to suppliers, or down to customers
// Param: depth: integer(1..4) = 3 -- steps at most
// Param: modalities: modalities = fact -- facts only, or also plan, forecast, opinion, rumour, hypothetical
// Param: min_belief: number(0..1) = 0 -- leave out what is believed less than this
// Param: limit: integer(1..1000) = 100 -- rows at most
// Column: tier -- steps away
// Column: company -- who stands there
// Column: path -- the shortest way there, supplier first
// Column: modality, origin, belief, proof, source, date -- how it is said, where it comes from, how sure the graph is, and the sentence, all of the weakest link
// Example: kg query run exposure/tiers company=NVIDIA direction=up depth=2
CALL db.index.fulltext.queryNodes('entity_names', '"' + replace($company, '"', ' ') + '"') YIELD node AS start
WHERE start:Company|Facility|Sector|Infrastructure
  AND any(name IN [start.id, start.name, start.name_en, start.name_zh, start.ticker] + coalesce(start.aliases, []) + coalesce(start.tickers, [])
          WHERE toLower(name) = toLower($company))
CALL {
  WITH start
  MATCH way = (other:Entity)-[:SUPPLIES*1..4]->(start)
  WHERE $direction = 'up' AND length(way) <= $depth AND other <> start
  RETURN other, way
  UNION
  WITH start
  MATCH way = (start)-[:SUPPLIES*1..4]->(other:Entity)
  WHERE $direction = 'down' AND length(way) <= $depth AND other <> start
  RETURN other, way
}
WITH start, other, way, relationships(way) AS links
WHERE all(f IN links WHERE f.modality IN $modalities AND NOT f.negated AND NOT f.ended AND f.belief >= $min_belief)
UNWIND links AS link
WITH start, other, way, link
ORDER BY link.belief
WITH start, other, way, collect(link)[0] AS weakest
ORDER BY length(way), weakest.belief DESC
WITH start, other, collect({way: way, weakest: weakest})[0] AS best
WITH other, best.way AS way, best.weakest AS f
RETURN length(way) AS tier, other.name AS company, [n IN nodes(way) | n.name] AS path,
       f.modality AS modality, f.origin AS origin, f.belief AS belief,
       f.proof AS proof, f.proof_source AS source, f.proof_date AS date
ORDER BY tier, belief DESC, company
LIMIT $limit
