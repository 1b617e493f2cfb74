// Title: What changed
// Question: Which facts are new between two days, gone, strengthened by further voices, or said in another modality?
// 问题: 两个日期之间，哪些事实是新的、不再成立的、被更多来源证实的、或语气变了的？
// Version: 1
// Tags: change
// Param: since: date -- the first day that counts (2026-01-16)
// Param: until: date = 9999-12-31 -- the last day that counts
// Param: change: choice(any|new|gone|strengthened|modality) = any -- one kind of change, or any
// Param: modalities: modalities = fact,plan,forecast,opinion,rumour,hypothetical -- facts only, or also plan, forecast, opinion, rumour, hypothetical
// Param: origins: origins = stated -- what sentences say; background (reference) changes with the builder's data, not with the news
// Param: min_belief: number(0..1) = 0 -- leave out what is believed less than this
// Param: limit: integer(1..1000) = 100 -- rows at most
// Without as_of, negated, ended: since and until say what is known when, and an end is a change
// Column: change: string -- new; gone: said to have ended or not to be so; strengthened: said by further voices; modality: a plan that has become a fact, say
// Column: subject, relation, object: string -- the fact
// Column: before, after: string -- the modality, or the number of independent voices, before and by the last day
// Column: day: date -- the day of the change
// Column: modality, origin, belief, proof, source, date -- how it is said, where it comes from, how sure the graph is, and the sentence
// Example: kg query run change/between since=2026-01-18
MATCH (document:Document)
WHERE document.published >= $since AND document.published <= $until + '~'  // after every minute of the last day
MATCH (document)<-[:STATED_IN]-(claim:Claim)
WITH claim.fact AS id, collect(claim)[0] AS claim, min(document.published) AS day
MATCH (claim)-[:SUBJECT]->(subject)
MATCH (claim)-[:OBJECT]->(object)
MATCH (subject)-[f]->(object)
WHERE f.id = id AND f.modality IN $modalities AND f.origin IN $origins AND f.belief >= $min_belief
CALL (subject, object, f) {
  MATCH (subject)-[old]->(object)
  WHERE type(old) = type(f) AND old.first_seen < $since AND NOT old.negated AND old.id <> f.id
    AND old.modality IN $modalities AND old.origin IN $origins AND old.belief >= $min_belief
  ORDER BY old.last_seen DESC, old.belief DESC, old.id
  LIMIT 1
  RETURN collect(old.modality)[0] AS old
}
CALL (id) {
  MATCH (:Claim {fact: id})-[:STATED_IN]->(source:Document)
  WITH source, coalesce('party ' + toLower(source.interested_party), 'source ' + toLower(source.source), source.sha256) AS voice
  RETURN count(DISTINCT CASE WHEN source.published < $since THEN voice END) AS voices_before,
         count(DISTINCT CASE WHEN source.published <= $until + '~' THEN voice END) AS voices_after
}
WITH subject, object, f, old, day, voices_before, voices_after, CASE
    WHEN f.ended OR (f.negated AND f.first_seen >= $since) THEN ['gone', coalesce(old, CASE WHEN f.negated THEN 'never said' ELSE f.modality END), CASE WHEN f.ended THEN 'ended' ELSE 'denied' END]
    WHEN f.negated THEN []
    WHEN f.first_seen >= $since AND old <> f.modality THEN ['modality', old, f.modality]
    WHEN f.first_seen >= $since AND old IS NULL THEN ['new', '', f.modality]
    WHEN f.first_seen < $since AND voices_after > voices_before THEN ['strengthened', toString(voices_before), toString(voices_after)]
    ELSE [] END AS change
WHERE size(change) = 3 AND ($change = 'any' OR change[0] = $change)
RETURN change[0] AS change, subject.name AS subject, type(f) AS relation, CASE WHEN object:Metric THEN replace(object.name, '_', ' ') + coalesce(' ' + object.display, '') ELSE object.name END AS object,
       change[1] AS before, change[2] AS after, left(day, 10) AS day,
       f.modality AS modality, f.origin AS origin, f.belief AS belief,
       f.proof AS proof, f.proof_source AS source, f.proof_date AS date
ORDER BY change = 'new', change, day DESC, belief DESC, subject, relation, object, proof
LIMIT $limit
