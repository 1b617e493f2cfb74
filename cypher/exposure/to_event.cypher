// Title: Exposed to an event
// Question: Who takes part in an event, whom does it affect, and who supplies or buys from those?
// 问题: 谁参与了这一事件，它影响谁，谁又是这些公司的供应商或客户？
// Param: name: entity(Company|Organization|Sector|Product|Facility|Infrastructure|Resource|Fund|Index|Program|Place) -- whose events
// Param: kind: string = any -- one kind of event (earnings, guidance, capex, launch, price_move, ...), or any
// Param: modalities: modalities = fact,plan -- facts only, or also plan, forecast, opinion, rumour, hypothetical
// Param: min_belief: number(0..1) = 0 -- leave out what is believed less than this
// Param: limit: integer(1..1000) = 100 -- rows at most
// Column: event -- what happens
// Column: kind, when -- which kind of event, and its date or period
// Column: order -- 1: takes part or is affected; 2: supplies or buys from one of those
// Column: exposed, how -- who is exposed, and through what
// Column: modality, origin, belief, proof, source, date -- how it is said, where it comes from, how sure the graph is, and the sentence
// Example: kg query run exposure/to_event name=TSMC kind=capex
CALL db.index.fulltext.queryNodes('entity_names', '"' + replace($name, '"', ' ') + '"') YIELD node AS main
WHERE main:Company|Organization|Sector|Product|Facility|Infrastructure|Resource|Fund|Index|Program|Place
  AND any(name IN [main.id, main.name, main.name_en, main.name_zh, main.ticker] + coalesce(main.aliases, []) + coalesce(main.tickers, [])
          WHERE toLower(name) = toLower($name))
MATCH (main)-[:PARTICIPATES_IN]->(event:Event)
WHERE $kind = 'any' OR event.kind = $kind
WITH DISTINCT event
CALL {
  WITH event
  MATCH (one:Entity)-[f:PARTICIPATES_IN]->(event)
  RETURN 1 AS order, one, 'takes part' + coalesce(' as ' + f.role, '') AS how, f
  UNION
  WITH event
  MATCH (event)-[f:AFFECTS]->(one:Entity)
  RETURN 1 AS order, one, CASE f.effect WHEN 1 THEN 'gains' WHEN -1 THEN 'loses' ELSE 'is affected' END + coalesce(' by ' + f.mechanism, '') AS how, f
  UNION
  WITH event
  MATCH (first:Company)-[:PARTICIPATES_IN]->(event)
  MATCH (first)<-[f:SUPPLIES]-(one:Entity)
  RETURN 2 AS order, one, 'supplies ' + first.name AS how, f
  UNION
  WITH event
  MATCH (first:Company)-[:PARTICIPATES_IN]->(event)
  MATCH (first)-[f:SUPPLIES]->(one:Entity)
  RETURN 2 AS order, one, 'buys from ' + first.name AS how, f
}
WITH event, order, one, how, f
WHERE f.modality IN $modalities AND NOT f.negated AND NOT f.ended AND f.belief >= $min_belief
RETURN event.name AS event, event.kind AS kind, coalesce(event.date, event.period, event.planned_for, 'not disclosed') AS when,
       order, one.name AS exposed, how,
       f.modality AS modality, f.origin AS origin, f.belief AS belief,
       f.proof AS proof, f.proof_source AS source, f.proof_date AS date
ORDER BY event, order, belief DESC, exposed
LIMIT $limit
