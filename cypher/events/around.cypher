// Title: What happened around a company
// Question: What happened to this company, to what it owns, runs and makes, and to those that it deals or competes with?
// 问题: 这家公司自身、它拥有、运营和制造的，以及与它往来或竞争的各方，发生了什么？
// Version: 1
// Tags: events
// Param: company: entity(Company) -- a name in any language, or a ticker
// Param: since: date = 0001-01-01 -- the first day that counts, of the event or, where that is not disclosed, of the sentence
// Param: kind: string = any -- one kind of event (earnings, guidance, capex, launch, outage, price_move, ...), or any
// Param: width: integer(1..100000) = 1000 -- of those around it so many, the surest ties first
// Param: modalities: modalities = fact,plan,forecast -- facts only, or also plan, forecast, opinion, rumour, hypothetical
// Param: origins: origins = stated,reference -- what sentences say and background; derived only when asked for
// Param: min_belief: number(0..1) = 0 -- leave out what is believed less than this
// Param: as_of: date = 9999-12-31 -- only what was known on that day
// Param: limit: integer(1..1000) = 100 -- rows at most
// Column: when: string -- date or period of the event; "not disclosed" where no sentence says
// Column: event: string -- what
// Column: kind: string -- which kind of event
// Column: who: string -- to whom it happened
// Column: tie: string -- what that is to the company
// Column: figure: string -- the figure that goes with it, as the text writes it
// Column: modality, origin, belief, proof, source, date -- the evidence of the event
// Example: kg query run events/around company=TSMC since=2026-01-01
CALL db.index.fulltext.queryNodes('entity_names', '"' + replace($company, '"', ' ') + '"') YIELD node AS company
WHERE company:Company
  AND any(name IN [company.name, company.name_en, company.name_zh, company.ticker] + coalesce(company.aliases, []) + coalesce(company.tickers, [])
            WHERE toLower(name) = toLower($company))
CALL (company) {
  RETURN company AS who, 'itself' AS tie, null AS r
  UNION
  MATCH (who:Entity)-[r:SUPPLIES]->(company)
  RETURN who, 'supplies it' AS tie, r
  UNION
  MATCH (company)-[r:SUPPLIES|OPERATES|OWNS|PRODUCES|IN_SECTOR]->(who:Entity)
  RETURN who, CASE type(r) WHEN 'SUPPLIES' THEN 'buys from it' WHEN 'OPERATES' THEN 'it runs' WHEN 'OWNS' THEN 'it owns' WHEN 'PRODUCES' THEN 'it makes'
    ELSE 'its sector' END AS tie, r
  UNION
  MATCH (company)-[r:COMPETES_WITH]-(who:Entity)
  RETURN who, 'competes with it' AS tie, r
}
WITH company, who, tie, r
WHERE r IS NULL
   OR (r.modality IN $modalities AND r.origin IN $origins AND NOT r.negated AND NOT r.ended AND r.belief >= $min_belief
     AND left(coalesce(r.first_seen, ''), 10) <= $as_of)
WITH who, tie, max(coalesce(r.belief, 2)) AS sure  // itself is surer than any tie
ORDER BY sure DESC, who.id, tie
LIMIT $width
MATCH (who)-[f:PARTICIPATES_IN]->(event:Event)
WHERE f.modality IN $modalities AND f.origin IN $origins AND NOT f.negated AND NOT f.ended AND f.belief >= $min_belief
  AND left(coalesce(f.first_seen, ''), 10) <= $as_of
  AND ($kind = 'any' OR event.kind = $kind)
WITH who, tie, event, f, coalesce(event.date, event.planned_for, event.period) AS when
WITH who, tie, event, f, when, replace(coalesce(when, left(f.proof_date, 10), ''), 'FY', '') AS day
WHERE left(day, 4) > left($since, 4) OR day >= left($since, size(day))
WITH who, event, when, day, f, collect(tie) AS ties
ORDER BY day DESC, f.belief DESC, event.id
LIMIT $limit
CALL (event) {
  MATCH (event)-[g:REPORTED]->(metric:Metric)
  WHERE g.modality IN $modalities AND g.origin IN $origins AND NOT g.negated AND NOT g.ended AND g.belief >= $min_belief
    AND left(coalesce(g.first_seen, ''), 10) <= $as_of
  WITH replace(metric.name, '_', ' ') + ' ' + metric.display AS figure
  ORDER BY figure
  RETURN collect(DISTINCT figure) AS figures
}
RETURN coalesce(when, 'not disclosed') AS when, event.name AS event, event.kind AS kind, who.name AS who,
       reduce(all = ties[0], one IN ties[1..] | all + ', ' + one) AS tie,
       CASE WHEN size(figures) = 0 THEN coalesce(event.display, CASE WHEN event.high <= 0 THEN 'down' WHEN event.low >= 0 THEN 'up' END, 'not disclosed')
         ELSE reduce(all = figures[0], one IN figures[1..] | all + '; ' + one) END AS figure,
       f.modality AS modality, f.origin AS origin, f.belief AS belief,
       f.proof AS proof, f.proof_source AS source, f.proof_date AS date
ORDER BY day DESC, belief DESC, event, who, proof
LIMIT $limit
