// Title: A country is cut off
// Question: If the companies and sites of one country or region stop delivering, who elsewhere is hit, how strongly, and who could step in?
// 问题: 如果某个国家或地区的企业和工厂停止供货，其他地方谁会受影响，影响多大，谁能替代？
// Version: 1
// Tags: shocks, countries
// Param: country: string -- two letters (TW) for the companies registered there, or the name of a country, region or city, in any language, for what is said to be there
// Param: most: integer(1..5000) = 1000 -- companies that fail, those with most customers first
// Param: depth: integer(1..3) = 2 -- steps at most
// Param: decay: number(0..1) = 0.5 -- what each step after the first leaves of a shock, see docs/exposure.md
// Param: hub: integer(1..1000000) = 1000 -- whoever has more links than this is named, but not walked through
// Param: width: integer(1..100000) = 500 -- of each tier so many are walked on from, those with the strongest chains first
// Param: modalities: modalities = fact -- facts only, or also plan, forecast, opinion, rumour, hypothetical
// Param: origins: origins = stated,reference -- what sentences say and background; derived only when asked for
// Param: min_belief: number(0..1) = 0 -- leave out what is believed less than this
// Param: as_of: date = 9999-12-31 -- only what was known on that day
// Param: limit: integer(1..1000) = 100 -- rows at most
// Column: hit: string -- who is hit
// Column: label: string -- what that is
// Column: tier: integer (steps) -- steps from the failure, by the shortest path
// Column: how: string -- by what it leans on the one before it
// Column: exposure: number -- the chance that the shock comes by the strongest chain alone: at least this, see docs/exposure.md
// Column: exposure_at_most: number -- no more than this, over all chains
// Column: path: list -- the strongest chain, from the failure on
// Column: substitutes: list -- who else makes what it lacks, or supplies it already; "none known", or "not disclosed" where it is not said what is lacking
// Column: since: date -- the earliest day on which every link of the path was known; none where none is dated
// Column: modality, origin, belief, proof, source, date -- how it is said, where it comes from, how sure the graph is, and the sentence, all of the weakest link
// Example: kg query run shocks/country country=TW
CALL () {
  MATCH (seed:Company {country: toUpper($country)})
  RETURN seed
  UNION
  CALL db.index.fulltext.queryNodes('entity_names', '"' + replace($country, '"', ' ') + '"') YIELD node AS place
  WHERE place:Place AND any(name IN [place.name, place.name_en, place.name_zh] + coalesce(place.aliases, []) WHERE toLower(name) = toLower($country))
  CALL (place) {
    RETURN place AS within
    UNION
    MATCH (within:Place)-[p:PART_OF]->(place)
    WHERE p.modality IN $modalities AND p.origin IN $origins AND NOT p.negated AND NOT p.ended AND p.belief >= $min_belief
      AND left(coalesce(p.first_seen, ''), 10) <= $as_of
    RETURN within
  }
  MATCH (seed:Company|Facility)-[l:LOCATED_IN]->(within)
  WHERE l.modality IN $modalities AND l.origin IN $origins AND NOT l.negated AND NOT l.ended AND l.belief >= $min_belief
    AND left(coalesce(l.first_seen, ''), 10) <= $as_of
  RETURN seed
}
WITH seed, COUNT { (seed)-[:SUPPLIES]->() } AS customers  // Unfiltered: links are counted, not believed
ORDER BY customers DESC, seed.id
LIMIT $most
WITH collect({node: seed, tier: 0, least: 1.0, most: 1.0, path: [seed.name], last: null, weakest: null, since: null}) AS hit0
CALL (hit0) {
  UNWIND hit0 AS here
  WITH here, here.node AS at
  CALL (at) {
    MATCH (at)-[f:SUPPLIES]->(next:Entity)
    WHERE f.modality IN $modalities AND f.origin IN $origins AND NOT f.negated AND NOT f.ended AND f.belief >= $min_belief
      AND left(coalesce(f.first_seen, ''), 10) <= $as_of
    RETURN f, next
    UNION ALL
    MATCH (at)<-[f:USES|DEPENDS_ON|OPERATES|PRODUCES]-(next:Entity)
    WHERE f.modality IN $modalities AND f.origin IN $origins AND NOT f.negated AND NOT f.ended AND f.belief >= $min_belief
      AND left(coalesce(f.first_seen, ''), 10) <= $as_of
    RETURN f, next
  }
  WITH here, next, min([-f.belief, f.id, f]) AS surest  // of several facts between two names the surest counts
  WITH next, 1 - exp(sum(log(1 + here.most * surest[0]))) AS most, min([here.least * surest[0], here.path, surest[1], surest[2], here]) AS best
  // what only the best way to a name needs is read once for each name
  WITH next, most, -best[0] AS least, best[1] + [next.name] AS path, best[3] AS f, best[4] AS here
  ORDER BY least DESC, path, f.id
  RETURN collect({node: next, tier: 1, least: least, most: most, path: path, last: f,
                  weakest: CASE WHEN here.weakest.belief <= f.belief THEN here.weakest ELSE f END,
                  since: CASE WHEN left(f.first_seen, 10) <= here.since THEN here.since ELSE coalesce(left(f.first_seen, 10), here.since) END}) AS hit1
}
CALL (hit1) {
  UNWIND hit1[..$width] AS here
  WITH here, here.node AS at
  // Unfiltered: links are counted, not believed
  WHERE $depth >= 2 AND COUNT { (at)-[:SUPPLIES]->() } <= $hub
  CALL (at) {
    MATCH (at)-[f:SUPPLIES]->(next:Entity)
    WHERE f.modality IN $modalities AND f.origin IN $origins AND NOT f.negated AND NOT f.ended AND f.belief >= $min_belief
      AND left(coalesce(f.first_seen, ''), 10) <= $as_of
    RETURN f, next
    UNION ALL
    MATCH (at)<-[f:USES|DEPENDS_ON|OPERATES|PRODUCES]-(next:Entity)
    WHERE f.modality IN $modalities AND f.origin IN $origins AND NOT f.negated AND NOT f.ended AND f.belief >= $min_belief
      AND left(coalesce(f.first_seen, ''), 10) <= $as_of
    RETURN f, next
  }
  WITH here, next, min([-f.belief, f.id, f]) AS surest  // of several facts between two names the surest counts
  WITH next, 1 - exp(sum(log(1 + here.most * surest[0] * $decay))) AS most, min([here.least * surest[0] * $decay, here.path, surest[1], surest[2], here]) AS best
  // what only the best way to a name needs is read once for each name
  WITH next, most, -best[0] AS least, best[1] + [next.name] AS path, best[3] AS f, best[4] AS here
  ORDER BY least DESC, path, f.id
  RETURN collect({node: next, tier: 2, least: least, most: most, path: path, last: f,
                  weakest: CASE WHEN here.weakest.belief <= f.belief THEN here.weakest ELSE f END,
                  since: CASE WHEN left(f.first_seen, 10) <= here.since THEN here.since ELSE coalesce(left(f.first_seen, 10), here.since) END}) AS hit2
}
CALL (hit2) {
  UNWIND hit2[..$width] AS here
  WITH here, here.node AS at
  // Unfiltered: links are counted, not believed
  WHERE $depth >= 3 AND COUNT { (at)-[:SUPPLIES]->() } <= $hub
  CALL (at) {
    MATCH (at)-[f:SUPPLIES]->(next:Entity)
    WHERE f.modality IN $modalities AND f.origin IN $origins AND NOT f.negated AND NOT f.ended AND f.belief >= $min_belief
      AND left(coalesce(f.first_seen, ''), 10) <= $as_of
    RETURN f, next
    UNION ALL
    MATCH (at)<-[f:USES|DEPENDS_ON|OPERATES|PRODUCES]-(next:Entity)
    WHERE f.modality IN $modalities AND f.origin IN $origins AND NOT f.negated AND NOT f.ended AND f.belief >= $min_belief
      AND left(coalesce(f.first_seen, ''), 10) <= $as_of
    RETURN f, next
  }
  WITH here, next, min([-f.belief, f.id, f]) AS surest  // of several facts between two names the surest counts
  WITH next, 1 - exp(sum(log(1 + here.most * surest[0] * $decay))) AS most, min([here.least * surest[0] * $decay, here.path, surest[1], surest[2], here]) AS best
  // what only the best way to a name needs is read once for each name
  WITH next, most, -best[0] AS least, best[1] + [next.name] AS path, best[3] AS f, best[4] AS here
  ORDER BY least DESC, path, f.id
  RETURN collect({node: next, tier: 3, least: least, most: most, path: path, last: f,
                  weakest: CASE WHEN here.weakest.belief <= f.belief THEN here.weakest ELSE f END,
                  since: CASE WHEN left(f.first_seen, 10) <= here.since THEN here.since ELSE coalesce(left(f.first_seen, 10), here.since) END}) AS hit3
}
// Those that fail come first, since they are told apart from those that are hit, then the hardest hit.
UNWIND hit0 + hit1 + hit2 + hit3 AS hit
WITH hit.node AS node, min(hit.tier) AS tier, 1 - exp(sum(log(1 - CASE hit.tier WHEN 0 THEN 0 ELSE hit.most END))) AS most,
     min([-hit.least, hit.tier, hit.path, hit.last.id, hit.last, hit.weakest, hit.since]) AS best
ORDER BY tier > 0, best[0], tier, node.name
LIMIT $most + $limit
WITH collect(CASE WHEN tier = 0 THEN node END) AS seeds,
     collect(CASE WHEN tier > 0 THEN {node: node, tier: tier, least: -best[0], most: most, path: best[2], last: best[4], weakest: best[5], since: best[6]} END)[..$limit] AS found
UNWIND found AS hit
// Who makes what is lacking is looked up once for each such thing, not for each that is hit.
WITH seeds, coalesce(hit.last.product, CASE WHEN endNode(hit.last):Product AND type(hit.last) <> 'PRODUCES' THEN endNode(hit.last).id END) AS lacking, collect(hit) AS rows
CALL (seeds, lacking) {
  MATCH (maker:Company)-[s:PRODUCES]->(:Product {id: lacking})
  WHERE NOT maker IN seeds AND s.modality IN $modalities AND s.origin IN $origins AND NOT s.negated AND NOT s.ended AND s.belief >= $min_belief
    AND left(coalesce(s.first_seen, ''), 10) <= $as_of
  WITH DISTINCT maker
  ORDER BY maker.name
  RETURN collect(maker) AS makers
}
UNWIND rows AS hit
WITH seeds, lacking, makers, hit.node AS node, hit.tier AS tier, hit.least AS least, hit.most AS most, hit.path AS path, hit.last AS last, hit.weakest AS f, hit.since AS since
// A substitute: who else is said to make what is lacking, or to supply it to the one that is hit.
CALL (seeds, node, last, lacking, makers) {
  CALL (node, last, lacking) {
    WITH *
    WHERE lacking IS NOT NULL AND COUNT { (node)<-[:SUPPLIES]-() } <= $hub  // Unfiltered: links are counted, not believed
    MATCH (other:Entity)-[s:SUPPLIES]->(node)
    WHERE s.product = lacking AND other <> startNode(last) AND s.modality IN $modalities AND s.origin IN $origins AND NOT s.negated AND NOT s.ended AND s.belief >= $min_belief
      AND left(coalesce(s.first_seen, ''), 10) <= $as_of
    RETURN DISTINCT other
  }
  WITH collect(CASE WHEN NOT other IN seeds THEN other.name + ' (supplies it already)' END) AS suppliers
  UNWIND suppliers + [maker IN makers WHERE maker <> node AND maker <> startNode(last) | maker.name][..10] AS substitute
  WITH DISTINCT substitute
  ORDER BY substitute
  RETURN collect(substitute)[..10] AS found
}
RETURN node.name AS hit, [label IN labels(node) WHERE label <> 'Entity'][0] AS label, tier,
       CASE type(last) WHEN 'SUPPLIES' THEN 'buys from ' WHEN 'OPERATES' THEN 'runs ' WHEN 'USES' THEN 'uses ' WHEN 'PRODUCES' THEN 'makes ' WHEN 'IN_SECTOR' THEN 'is in '
       WHEN 'REGULATES' THEN 'is regulated by ' WHEN 'AFFECTS' THEN CASE last.effect WHEN 1 THEN 'gains by ' WHEN -1 THEN 'loses by ' ELSE 'is affected by ' END
       ELSE 'depends on ' END + path[-2] AS how,
       round(least, 4) AS exposure, round(most, 4) AS exposure_at_most, path,
       CASE WHEN size(found) > 0 THEN found WHEN lacking IS NULL THEN ['not disclosed'] ELSE ['none known'] END AS substitutes, since,
       f.modality AS modality, f.origin AS origin, f.belief AS belief,
       f.proof AS proof, f.proof_source AS source, f.proof_date AS date
ORDER BY exposure DESC, tier, hit
LIMIT $limit
