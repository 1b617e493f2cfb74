// Title: Voices
// Question: For each fact about this name: who said it first, who next and how much later, how many independent voices say it, and how many of them without an interest?
// 问题: 关于这一名称的每个事实，谁最先说，谁随后、隔了多久，有几个独立来源，其中几个没有利益关系？
// Version: 1
// Tags: evidence, sources
// Param: name: entity(Company|Organization|Person|Sector|Product|Facility|Infrastructure|Resource|Fund|Index|Program|Place|Event) -- in any language, or a ticker
// Param: modalities: modalities = fact,plan,forecast,opinion -- facts only, or also plan, forecast, opinion, rumour, hypothetical
// Param: origins: origins = stated,reference -- what sentences say and background; derived only when asked for
// Param: min_belief: number(0..1) = 0 -- leave out what is believed less than this
// Param: as_of: date = 9999-12-31 -- only what was known on that day
// Param: limit: integer(1..1000) = 100 -- rows at most
// Column: subject, relation, object: string -- the fact
// Column: first_source: string -- who said it first
// Column: first_said: date -- when
// Column: next_source: string -- the first other voice to say it; empty where there is none
// Column: days_later: integer (days) -- how long after the first
// Column: voices: integer -- independent voices until as_of: copies of a text, the texts of one source and those of one interested party are one voice
// Column: disinterested: integer -- voices that do not speak for a party
// Column: parties: list -- in whose interest the others speak
// Column: fact: string -- its id, for evidence/of_fact
// Column: modality, origin, belief, proof, source, date -- how it is said, where it comes from, how sure the graph is, and the sentence
// Example: kg query run evidence/voices name=159363
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
ORDER BY f.support DESC, f.belief DESC, f.id
LIMIT $limit
CALL (f) {
  MATCH (:Claim {fact: f.id})-[:STATED_IN]->(copy:Document)
  WHERE left(coalesce(copy.published, ''), 10) <= $as_of
  WITH DISTINCT copy
  ORDER BY copy.published, copy.id
  WITH copy.sha256 AS text, collect(copy)[0] AS document
  WITH document, coalesce('party ' + toLower(document.interested_party), 'source ' + toLower(document.source), text) AS voice
  ORDER BY document.published, document.id
  WITH voice, collect(document)[0] AS document
  ORDER BY document.published, document.id
  RETURN collect(document) AS documents
}
WITH f, startNode(f) AS subject, endNode(f) AS object, documents, documents[0] AS first, documents[1] AS next
RETURN subject.name AS subject, type(f) AS relation, CASE WHEN object:Metric THEN replace(object.name, '_', ' ') + coalesce(' ' + object.display, '') ELSE object.name END AS object,
       coalesce(first.source, first.title) AS first_source, first.published AS first_said, coalesce(next.source, next.title, '') AS next_source,
       duration.inDays(date(left(first.published, 10)), date(left(next.published, 10))).days AS days_later,
       size(documents) AS voices, size([one IN documents WHERE one.interested_party IS NULL]) AS disinterested,
       [one IN documents WHERE one.interested_party IS NOT NULL | one.interested_party] AS parties, f.id AS fact,
       f.modality AS modality, f.origin AS origin, f.belief AS belief,
       f.proof AS proof, f.proof_source AS source, f.proof_date AS date
ORDER BY voices DESC, disinterested DESC, belief DESC, relation, subject, object, fact
LIMIT $limit
