// Title: All that is said about a name
// Question: Which facts does the graph hold about this name, by which sentence, from how many voices?
// 问题: 图中关于这一名称有哪些事实，出自哪句话，有几个独立来源？
// Version: 1
// Tags: evidence, proof
// Param: name: entity(Company|Organization|Person|Sector|Product|Facility|Infrastructure|Resource|Fund|Index|Program|Place|Event) -- in any language, or a ticker
// Param: modalities: modalities = fact,plan,forecast,opinion,rumour,hypothetical -- facts only, or also plan, forecast, opinion, rumour, hypothetical
// Param: origins: origins = stated,reference -- what sentences say and background; derived only when asked for
// Param: min_belief: number(0..1) = 0 -- leave out what is believed less than this
// Param: as_of: date = 9999-12-31 -- only what was known on that day
// Param: limit: integer(1..1000) = 100 -- rows at most
// Column: subject, relation, object: string -- the fact; of a figure, its name
// Column: figure: string -- the figure as the text writes it, where the fact has one
// Column: voices: integer -- how many independent voices say it
// Column: fact: string -- its id, for evidence/of_fact
// Column: modality, origin, belief, proof, source, date -- how it is said, where it comes from, how sure the graph is, and the sentence
// Example: kg query run evidence/of_node name="Colossus 2"
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
WITH f
WHERE f.modality IN $modalities AND f.origin IN $origins AND NOT f.negated AND NOT f.ended AND f.belief >= $min_belief
  AND left(coalesce(f.first_seen, ''), 10) <= $as_of
WITH f
ORDER BY f.belief DESC, type(f), f.id
LIMIT $limit
WITH f, startNode(f) AS subject, endNode(f) AS object
RETURN subject.name AS subject, type(f) AS relation, object.name AS object, coalesce(object.display, '') AS figure, f.support AS voices, f.id AS fact,
       f.modality AS modality, f.origin AS origin, f.belief AS belief,
       f.proof AS proof, f.proof_source AS source, f.proof_date AS date
ORDER BY belief DESC, relation, subject, object, figure, fact
LIMIT $limit
