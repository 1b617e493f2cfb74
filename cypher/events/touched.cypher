// Title: Touched by an event
// Question: Who takes part in an event or gains or loses by it, and who supplies, buys from, runs, uses or holds those?
// 问题: 谁参与了这一事件或因它受益受损，谁又是这些对象的供应商、客户、运营者、使用者或持有者？
// Version: 1
// Tags: events, exposure
// Param: name: entity(Company|Organization|Sector|Product|Facility|Infrastructure|Resource|Fund|Index|Program|Place|Event) -- an event, or whose events
// Param: kind: string = any -- one kind of event (earnings, guidance, capex, launch, outage, price_move, ...), or any
// Param: events: integer(1..50) = 5 -- the latest events, so many
// Param: hub: integer(1..1000000) = 1000 -- whoever has more suppliers (or customers) than this is named, but theirs are not
// Param: modalities: modalities = fact,plan -- facts only, or also plan, forecast, opinion, rumour, hypothetical
// Param: origins: origins = stated,reference -- what sentences say and background; derived only when asked for
// Param: min_belief: number(0..1) = 0 -- leave out what is believed less than this
// Param: as_of: date = 9999-12-31 -- only what was known on that day
// Param: limit: integer(1..1000) = 100 -- rows at most
// Column: event: string -- what happens
// Column: kind: string -- which kind of event
// Column: when: string -- its date or period
// Column: order: integer (steps) -- 1: takes part or is affected; 2: tied to one of those
// Column: touched: string -- who
// Column: how: string -- through what
// Column: modality, origin, belief, proof, source, date -- the evidence columns, of the weaker link where there are two
// Example: kg query run events/touched name=TSMC kind=capex
CALL db.index.fulltext.queryNodes('entity_names', '"' + replace($name, '"', ' ') + '"') YIELD node AS main
WHERE main:Company|Organization|Sector|Product|Facility|Infrastructure|Resource|Fund|Index|Program|Place|Event
  AND any(name IN [main.name, main.name_en, main.name_zh, main.ticker] + coalesce(main.aliases, []) + coalesce(main.tickers, [])
            WHERE toLower(name) = toLower($name))
CALL (main) {
  WITH main
  WHERE main:Event
  RETURN main AS event
  UNION
  MATCH (main)-[p:PARTICIPATES_IN]->(event:Event)
  WHERE p.modality IN $modalities AND p.origin IN $origins AND NOT p.negated AND NOT p.ended AND p.belief >= $min_belief
    AND left(coalesce(p.first_seen, ''), 10) <= $as_of
  RETURN event
  UNION
  MATCH (event:Event)-[p:AFFECTS]->(main)
  WHERE p.modality IN $modalities AND p.origin IN $origins AND NOT p.negated AND NOT p.ended AND p.belief >= $min_belief
    AND left(coalesce(p.first_seen, ''), 10) <= $as_of
  RETURN event
}
WITH DISTINCT event
WHERE $kind = 'any' OR event.kind = $kind
WITH event, coalesce(event.date, event.planned_for, event.period) AS when
ORDER BY coalesce(when, '') DESC, event.id
LIMIT $events
CALL (event) {
  MATCH (one:Entity)-[q:PARTICIPATES_IN]->(event)
  RETURN one, q, 'takes part' + CASE WHEN q.role IN ['subject', 'target'] THEN '' ELSE coalesce(' as ' + q.role, '') END AS part
  UNION
  MATCH (event)-[q:AFFECTS]->(one:Entity)
  RETURN one, q, CASE q.effect WHEN 1 THEN 'gains' WHEN -1 THEN 'loses' ELSE 'is affected' END + coalesce(' by ' + q.mechanism, '') AS part
}
WITH event, when, one, q, part
WHERE q.modality IN $modalities AND q.origin IN $origins AND NOT q.negated AND NOT q.ended AND q.belief >= $min_belief
  AND left(coalesce(q.first_seen, ''), 10) <= $as_of
WITH event, when, collect({one: one, q: q, part: part}) AS firsts, collect(DISTINCT one) AS known
UNWIND firsts AS first
WITH event, when, first.one AS one, first.q AS q, first.part AS part, known
// whom an event touches itself come first: where they fill the rows, no other would be shown
CALL (one, q, part, known) {
  RETURN 1 AS order, one AS touched, part AS how, q AS s
  UNION
  MATCH (one)<-[s:SUPPLIES|OPERATES|OWNS|USES|DEPENDS_ON|LOADS|IN_SECTOR|HOLDS]-(touched:Entity)
  WHERE size(known) < $limit AND COUNT { (one)<-[:SUPPLIES]-() } <= $hub AND NOT touched IN known  // Unfiltered: links are counted, not believed
    AND s.modality IN $modalities AND s.origin IN $origins AND NOT s.negated AND NOT s.ended AND s.belief >= $min_belief
    AND left(coalesce(s.first_seen, ''), 10) <= $as_of
  RETURN 2 AS order, touched, CASE type(s) WHEN 'SUPPLIES' THEN 'supplies ' WHEN 'OPERATES' THEN 'runs ' WHEN 'OWNS' THEN 'owns ' WHEN 'USES' THEN 'uses '
    WHEN 'DEPENDS_ON' THEN 'depends on ' WHEN 'LOADS' THEN 'loads ' WHEN 'HOLDS' THEN 'holds ' ELSE 'is in the sector ' END + one.name AS how, s
  UNION
  MATCH (one)-[s:SUPPLIES|AFFECTS]->(touched:Entity)
  WHERE size(known) < $limit AND COUNT { (one)-[:SUPPLIES]->() } <= $hub AND NOT touched IN known AND NOT touched:Event  // Unfiltered: links are counted, not believed
    AND s.modality IN $modalities AND s.origin IN $origins AND NOT s.negated AND NOT s.ended AND s.belief >= $min_belief
    AND left(coalesce(s.first_seen, ''), 10) <= $as_of
  RETURN 2 AS order, touched, CASE WHEN type(s) = 'SUPPLIES' THEN 'buys from ' WHEN s.effect = 1 THEN 'gains by ' WHEN s.effect = -1 THEN 'loses by '
    ELSE 'is affected by ' END + one.name AS how, s
}
WITH event, when, order, touched, how, CASE WHEN s.belief < q.belief THEN s ELSE q END AS f
WITH event, when, order, touched, how, min([-f.belief, f.id, f]) AS surest  // two deals of one pair are one tie
WITH event, when, order, touched, how, surest[2] AS f
RETURN event.name AS event, event.kind AS kind, coalesce(when, 'not disclosed') AS when, order, touched.name AS touched, how,
       f.modality AS modality, f.origin AS origin, f.belief AS belief,
       f.proof AS proof, f.proof_source AS source, f.proof_date AS date
ORDER BY when DESC, event, order, belief DESC, touched, how, proof
LIMIT $limit
