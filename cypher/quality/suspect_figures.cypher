// Title: Suspect figures
// Question: Which figures cannot be as they are read, and why?
// 问题: 哪些数字照原样读来不可能成立，为什么？
// Version: 1
// Tags: quality, figures
// Param: modalities: modalities = fact,plan,forecast,opinion,rumour,hypothetical -- facts only, or also plan, forecast, opinion, rumour, hypothetical
// Param: origins: origins = stated,reference -- what sentences say and background; derived only when asked for
// Param: min_belief: number(0..1) = 0 -- leave out what is believed less than this
// Param: as_of: date = 9999-12-31 -- only what was known on that day
// Param: limit: integer(1..1000) = 100 -- rows at most
// Column: subject: string -- whose figure
// Column: measure: string -- which figure, or the kind of the event
// Column: period: string -- for which period
// Column: figure: string -- as the text writes it
// Column: value: number -- the figure as it was read, in `unit`; the lower end of a range
// Column: unit: string -- the currency or the unit
// Column: why: string -- why it is doubted
// Column: modality, origin, belief, proof, source, date -- how it is said, where it comes from, how sure the graph is, and the sentence
// Example: kg query run quality/suspect_figures
CALL () {
  MATCH (m:Metric)
  WHERE m.suspect IS NOT NULL
  MATCH (subject:Entity)-[f:REPORTED]->(m)
  RETURN subject, m AS figure, f
  UNION
  MATCH (event:Event)
  WHERE event.suspect IS NOT NULL
  MATCH (subject:Entity)-[f:PARTICIPATES_IN]->(event)
  RETURN subject, event AS figure, f
}
WITH subject, figure, f
WHERE f.modality IN $modalities AND f.origin IN $origins AND NOT f.negated AND NOT f.ended AND f.belief >= $min_belief
  AND left(coalesce(f.first_seen, ''), 10) <= $as_of
RETURN subject.name AS subject, replace(coalesce(figure.kind, figure.name), '_', ' ') AS measure, coalesce(figure.period, figure.planned_for, 'not disclosed') AS period,
       coalesce(figure.display, 'not disclosed') AS figure, coalesce(figure.value, figure.low, figure.high) AS value, coalesce(figure.currency, figure.unit) AS unit,
       figure.suspect AS why,
       f.modality AS modality, f.origin AS origin, f.belief AS belief,
       f.proof AS proof, f.proof_source AS source, f.proof_date AS date
ORDER BY belief DESC, subject, measure, period, value, proof
LIMIT $limit
