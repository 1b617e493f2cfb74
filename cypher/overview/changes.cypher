// Title: What is new
// Question: Which facts were first said on or after a day?
// 问题: 某日以来首次出现了哪些事实？
// Param: since: date -- the first day that counts (2026-01-16)
// Param: modalities: modalities = fact,plan,forecast,opinion,rumour,hypothetical -- facts only, or also plan, forecast, opinion, rumour, hypothetical
// Param: min_belief: number(0..1) = 0 -- leave out what is believed less than this
// Param: limit: integer(1..1000) = 100 -- rows at most
// Column: first_seen -- the day on which it was first said
// Column: subject, relation, object -- the fact
// Column: modality, origin, belief, proof, source, date -- how it is said, where it comes from, how sure the graph is, and the sentence
// Example: kg query run overview/changes since=2026-01-16
MATCH (subject:Entity)-[f]->(object)
WHERE f.first_seen >= $since AND f.origin = 'stated'
  AND f.modality IN $modalities AND NOT f.negated AND NOT f.ended AND f.belief >= $min_belief
RETURN f.first_seen AS first_seen, subject.name AS subject, type(f) AS relation, coalesce(object.display, object.name) AS object,
       f.modality AS modality, f.origin AS origin, f.belief AS belief,
       f.proof AS proof, f.proof_source AS source, f.proof_date AS date
ORDER BY first_seen DESC, belief DESC, subject, relation, object
LIMIT $limit
