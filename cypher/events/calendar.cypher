// Title: Calendar
// Question: What was still ahead when it was written: which plans and dated events fall between two days, whose are they, and what figures go with them?
// 问题: 成文时尚未发生的有哪些：两个日期之间到期的计划和事件，属于谁，带有什么数字？
// Version: 1
// Tags: events, plans
// Param: since: date = 0001-01-01 -- the first day that counts
// Param: until: date = 9999-12-31 -- the last day that counts
// Param: name: string = any -- whose calendar: a participant by any of its names, or any
// Param: modalities: modalities = plan,fact,forecast -- facts only, or also plan, forecast, opinion, rumour, hypothetical
// Param: origins: origins = stated,reference -- what sentences say and background; derived only when asked for
// Param: min_belief: number(0..1) = 0 -- leave out what is believed less than this
// Param: as_of: date = 9999-12-31 -- only what was known on that day
// Param: limit: integer(1..1000) = 100 -- rows at most
// Column: due: string -- day or period as the text gives it; "not disclosed" for a plan without one, which comes last
// Column: event: string -- what
// Column: kind: string -- which kind of event
// Column: who: list -- who takes part
// Column: figures: list -- what is planned, as the text writes it
// Column: modality, origin, belief, proof, source, date -- how it is said, where it comes from, how sure the graph is, and the sentence
// Example: kg query run events/calendar since=2026-01-01 until=2026-12-31
CALL () {
  WITH 1 AS once
  WHERE $name = 'any'
  MATCH (event:Event)
  RETURN event
  UNION
  CALL db.index.fulltext.queryNodes('entity_names', '"' + replace($name, '"', ' ') + '"') YIELD node AS main
  WHERE any(name IN [main.name, main.name_en, main.name_zh, main.ticker] + coalesce(main.aliases, []) + coalesce(main.tickers, [])
            WHERE toLower(name) = toLower($name))
  MATCH (main)-[p:PARTICIPATES_IN]->(event:Event)
  WHERE p.modality IN $modalities AND p.origin IN $origins AND NOT p.negated AND NOT p.ended AND p.belief >= $min_belief
    AND left(coalesce(p.first_seen, ''), 10) <= $as_of
  RETURN event
}
WITH event, coalesce(event.planned_for, event.date, event.window_end, event.period) AS due
WHERE due IS NOT NULL OR event.modality = 'plan'
WITH event, due, replace(coalesce(due, ''), 'FY', '') AS period
// a period begins with its first day and ends before the character that follows all digits and dashes
WITH event, due,
     CASE WHEN period =~ '\\d{4}Q[1-4]' THEN left(period, 4) + ['-01', '-04', '-07', '-10'][toInteger(right(period, 1)) - 1]
          WHEN period =~ '\\d{4}H[12]' THEN left(period, 4) + ['-01', '-07'][toInteger(right(period, 1)) - 1]
          WHEN period =~ '\\d{4}-\\d{4}' THEN left(period, 4) ELSE period END AS begins,
     CASE WHEN period =~ '\\d{4}Q[1-4]' THEN left(period, 4) + ['-03', '-06', '-09', '-12'][toInteger(right(period, 1)) - 1]
          WHEN period =~ '\\d{4}H[12]' THEN left(period, 4) + ['-06', '-12'][toInteger(right(period, 1)) - 1]
          WHEN period =~ '\\d{4}-\\d{4}' THEN right(period, 4) ELSE period END + '~' AS ends
WHERE due IS NULL OR (begins <= $until AND ends >= $since)
MATCH (who:Entity)-[f:PARTICIPATES_IN]->(event)
WHERE f.modality IN $modalities AND f.origin IN $origins AND NOT f.negated AND NOT f.ended AND f.belief >= $min_belief
  AND left(coalesce(f.first_seen, ''), 10) <= $as_of
  AND (due IS NULL OR ends > left(coalesce(f.first_seen, ''), 10) + '~')
WITH event, due, begins, who, f
ORDER BY f.belief DESC, who.name
WITH event, due, begins, collect(who.name) AS who, collect(f)[0] AS f
CALL (event) {
  MATCH (event)-[r:REPORTED]->(metric:Metric)
  WHERE r.modality IN $modalities AND r.origin IN $origins AND NOT r.negated AND NOT r.ended AND r.belief >= $min_belief
    AND left(coalesce(r.first_seen, ''), 10) <= $as_of
  WITH DISTINCT replace(metric.name, '_', ' ') + ' ' + metric.display AS figure
  ORDER BY figure
  RETURN collect(figure) AS figures
}
RETURN coalesce(due, 'not disclosed') AS due, event.name AS event, event.kind AS kind, who,
       CASE WHEN size(figures) = 0 AND event.display IS NOT NULL THEN [event.display] ELSE figures END AS figures,
       f.modality AS modality, f.origin AS origin, f.belief AS belief,
       f.proof AS proof, f.proof_source AS source, f.proof_date AS date
ORDER BY begins = '', begins, event, kind, who, belief DESC, proof
LIMIT $limit
