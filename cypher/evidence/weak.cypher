// Title: Weakly proved facts
// Question: Which facts rest on one voice alone, or have not been said again for long?
// 问题: 哪些事实只有单一来源，或久未再被提及？
// Version: 1
// Tags: evidence, quality
// Param: name: string = any -- facts about this name, in any language or a ticker, or any
// Param: weakness: choice(any|one voice|stale|one voice and stale) = any -- what makes a fact weak
// Param: stale_before: date = 2025-01-01 -- a fact is stale when it was last said before this day
// Param: modalities: modalities = fact,plan,forecast -- facts only, or also plan, forecast, opinion, rumour, hypothetical
// Param: origins: origins = stated -- what sentences say; background (reference) has one voice by its nature
// Param: min_belief: number(0..1) = 0 -- leave out what is believed less than this
// Param: as_of: date = 9999-12-31 -- only what was known on that day
// Param: limit: integer(1..1000) = 100 -- rows at most
// Column: weakness: string -- one voice, stale, or both
// Column: subject, relation, object: string -- the fact
// Column: voices: integer -- how many independent voices say it
// Column: last_said: date -- the day on which it was last said; empty for a text without a date, which is taken for stale
// Column: fact: string -- its id, for evidence/of_fact
// Column: modality, origin, belief, proof, source, date -- how it is said, where it comes from, how sure the graph is, and the sentence
// Example: kg query run evidence/weak name=TSMC stale_before=2026-01-01
CALL () {
  WITH 1 AS once
  WHERE $name = 'any'
  MATCH (:Entity)-[f]->(:Entity|Metric)
  RETURN f
  UNION ALL
  CALL db.index.fulltext.queryNodes('entity_names', '"' + replace($name, '"', ' ') + '"') YIELD node AS node
  WHERE any(name IN [node.name, node.name_en, node.name_zh, node.ticker] + coalesce(node.aliases, []) + coalesce(node.tickers, [])
            WHERE toLower(name) = toLower($name))
  CALL (node) {
    MATCH (node)-[f]->(:Entity|Metric)
    RETURN f
    UNION
    MATCH (:Entity)-[f]->(node)
    RETURN f
  }
  RETURN f
}
WITH f, CASE WHEN f.support <= 1 THEN ['one voice'] ELSE [] END
        + CASE WHEN left(coalesce(f.last_seen, ''), 10) < $stale_before THEN ['stale'] ELSE [] END AS weak
WHERE size(weak) > 0
  AND ($weakness = 'any' OR $weakness IN weak OR ($weakness = 'one voice and stale' AND size(weak) = 2))
  AND f.modality IN $modalities AND f.origin IN $origins AND NOT f.negated AND NOT f.ended AND f.belief >= $min_belief
    AND left(coalesce(f.first_seen, ''), 10) <= $as_of
WITH f, weak
ORDER BY size(weak) DESC, f.last_seen, f.belief, f.id
LIMIT $limit
WITH f, weak, startNode(f) AS subject, endNode(f) AS object
RETURN reduce(all = weak[0], one IN weak[1..] | all + ' and ' + one) AS weakness,
       subject.name AS subject, type(f) AS relation, CASE WHEN object:Metric THEN replace(object.name, '_', ' ') + coalesce(' ' + object.display, '') ELSE object.name END AS object, f.support AS voices,
       left(f.last_seen, 10) AS last_said, f.id AS fact,
       f.modality AS modality, f.origin AS origin, f.belief AS belief,
       f.proof AS proof, f.proof_source AS source, f.proof_date AS date
ORDER BY size(weak) DESC, f.last_seen, belief, fact
LIMIT $limit
