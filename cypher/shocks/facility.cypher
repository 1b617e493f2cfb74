// Title: A facility fails
// Question: If this plant or data centre stops, who runs it, uses it or is supplied from it, and who is hit after those?
// 问题: 如果这座工厂或数据中心停摆，谁运营、使用它或由它供货，接着又影响谁？
// Version: 1
// Tags: shocks, facilities
// Param: facility: entity(Facility) -- a fab, plant, mine, port or data centre, in any language
// Param: depth: integer(1..4) = 3 -- steps at most
// Param: decay: number(0..1) = 0.5 -- what each step after the first leaves of a shock, see docs/exposure.md
// Param: hub: integer(1..1000000) = 1000 -- whoever has more links than this is named, but not walked through
// Param: width: integer(1..100000) = 1000 -- of each tier so many are walked on from, those with the strongest chains first
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
// Example: kg query run shocks/facility facility="Fab 18"
CALL db.index.fulltext.queryNodes('entity_names', '"' + replace($facility, '"', ' ') + '"') YIELD node AS facility
WHERE facility:Facility
  AND any(name IN [facility.name, facility.name_en, facility.name_zh, facility.ticker] + coalesce(facility.aliases, []) + coalesce(facility.tickers, [])
          WHERE toLower(name) = toLower($facility))
WITH [facility] AS seeds, [{node: facility, least: 1.0, most: 1.0, path: [facility.name], last: null, weakest: null, since: null}] AS hit0
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
CALL (hit3) {
  UNWIND hit3[..$width] AS here
  WITH here, here.node AS at
  // Unfiltered: links are counted, not believed
  WHERE $depth >= 4 AND COUNT { (at)-[:SUPPLIES]->() } <= $hub
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
  RETURN collect({node: next, tier: 4, least: least, most: most, path: path, last: f,
                  weakest: CASE WHEN here.weakest.belief <= f.belief THEN here.weakest ELSE f END,
                  since: CASE WHEN left(f.first_seen, 10) <= here.since THEN here.since ELSE coalesce(left(f.first_seen, 10), here.since) END}) AS hit4
}
UNWIND hit1 + hit2 + hit3 + hit4 AS hit
WITH seeds, hit.node AS node, min(hit.tier) AS tier, 1 - exp(sum(log(1 - hit.most))) AS most,
     min([-hit.least, hit.tier, hit.path, hit.last.id, hit.last, hit.weakest, hit.since]) AS best
WHERE NOT node IN seeds
WITH seeds, node, tier, -best[0] AS least, most, best[2] AS path, best[4] AS last, best[5] AS f, best[6] AS since
ORDER BY least DESC, tier, node.name
LIMIT $limit
WITH *, coalesce(last.product, CASE WHEN endNode(last):Product AND type(last) <> 'PRODUCES' THEN endNode(last).id END) AS lacking
// Who makes what is lacking is looked up once for each such thing, not for each that is hit.
WITH seeds, lacking, collect({node: node, tier: tier, least: least, most: most, path: path, last: last, f: f, since: since}) AS rows
CALL (seeds, lacking) {
  MATCH (maker:Company)-[s:PRODUCES]->(:Product {id: lacking})
  WHERE NOT maker IN seeds AND s.modality IN $modalities AND s.origin IN $origins AND NOT s.negated AND NOT s.ended AND s.belief >= $min_belief
    AND left(coalesce(s.first_seen, ''), 10) <= $as_of
  WITH DISTINCT maker
  ORDER BY maker.name
  RETURN collect(maker) AS makers
}
UNWIND rows AS row
WITH seeds, lacking, makers, row.node AS node, row.tier AS tier, row.least AS least, row.most AS most, row.path AS path, row.last AS last, row.f AS f, row.since AS since
// A substitute: who else is said to make what is lacking, or to supply it to the one that is hit.
CALL (seeds, node, last, lacking, makers) {
  CALL (seeds, node, last, lacking) {
    WITH *
    WHERE lacking IS NOT NULL AND COUNT { (node)<-[:SUPPLIES]-() } <= $hub  // Unfiltered: links are counted, not believed
    MATCH (other:Entity)-[s:SUPPLIES]->(node)
    WHERE s.product = lacking AND other <> startNode(last) AND NOT other IN seeds AND s.modality IN $modalities AND s.origin IN $origins AND NOT s.negated AND NOT s.ended AND s.belief >= $min_belief
      AND left(coalesce(s.first_seen, ''), 10) <= $as_of
    RETURN other.name + ' (supplies it already)' AS substitute
  }
  WITH collect(substitute) AS others
  UNWIND others + [maker IN makers WHERE maker <> node AND maker <> startNode(last) | maker.name][..10] AS substitute
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
