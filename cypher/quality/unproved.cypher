// Title: Facts without a stated claim
// Question: Which facts does no sentence of the documents say: background and what follows by a rule, the oldest first?
// 问题: 哪些事实在文本中没有句子说过，只是背景知识或推导所得？最旧的在前。
// Version: 1
// Tags: quality, evidence
// Param: name: string = any -- facts about this name, in any language or a ticker, or any
// Param: modalities: modalities = fact,plan,forecast,opinion,rumour,hypothetical -- facts only, or also plan, forecast, opinion, rumour, hypothetical
// Param: origins: origins = reference,derived -- background, and what follows by a rule
// Param: min_belief: number(0..1) = 0 -- leave out what is believed less than this
// Param: as_of: date = 9999-12-31 -- only what was known on that day
// Param: limit: integer(1..1000) = 100 -- rows at most
// Column: subject, relation, object: string -- the fact
// Column: rule: string -- the rule by which it follows; empty for background
// Column: premises: integer -- on how many facts it rests
// Column: fact: string -- its id, for evidence/of_fact
// Column: modality, origin, belief, proof, source, date -- how it is said, where it comes from, how sure the graph is, and the sentence
// Example: kg query run quality/unproved name=TSMC
CALL () {
  WITH 1 AS once
  WHERE $name = 'any'
  MATCH (:Entity)-[f]->(:Entity|Metric)
  WHERE f.origin <> 'stated'
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
WITH f
WHERE f.origin <> 'stated'
  AND f.modality IN $modalities AND f.origin IN $origins AND NOT f.negated AND NOT f.ended AND f.belief >= $min_belief
    AND left(coalesce(f.first_seen, ''), 10) <= $as_of
WITH f
ORDER BY f.last_seen, f.belief, f.id
LIMIT $limit
WITH f, startNode(f) AS subject, endNode(f) AS object
RETURN subject.name AS subject, type(f) AS relation, CASE WHEN object:Metric THEN replace(object.name, '_', ' ') + coalesce(' ' + object.display, '') ELSE object.name END AS object, coalesce(f.rule, '') AS rule,
       size(coalesce(f.premises, [])) AS premises, f.id AS fact,
       f.modality AS modality, f.origin AS origin, f.belief AS belief,
       f.proof AS proof, f.proof_source AS source, f.proof_date AS date
ORDER BY f.last_seen, belief, fact
LIMIT $limit
