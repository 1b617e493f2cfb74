// Title: Disagreements
// Question: Where do two figures for the same thing differ, or is a fact both said and denied, and is that a matter of scale, of the day, of the basis, of a bound, or real?
// 问题: 同一指标的两个数字在哪里不一致，或同一事实既有人说又有人否认；差异出自量级、时点、口径、上下限，还是真正的分歧？
// Version: 1
// Tags: evidence, quality
// Param: name: string = any -- disagreements about this name, in any language or a ticker, or any
// Param: class: choice(any|scale|snapshot|basis|bound|real) = any -- one class of disagreement, or any
// Param: modalities: modalities = fact,plan,forecast,opinion -- facts only, or also plan, forecast, opinion, rumour, hypothetical
// Param: origins: origins = stated,reference -- what sentences say and background; derived only when asked for
// Param: min_belief: number(0..1) = 0 -- leave out what is believed less than this
// Param: as_of: date = 9999-12-31 -- only what was known on that day
// Param: limit: integer(1..1000) = 100 -- rows at most
// Column: subject: string -- whose figure, or of whom it is said and denied
// Column: measure: string -- which figure, of which segment; or the relation that is denied
// Column: period: string -- for which period, which both share
// Column: figure: string -- the surest figure, as the text writes it
// Column: other: string -- the one that differs
// Column: class: string -- basis: units, currencies or bases differ, so they do not compare; scale: a power of ten apart; bound: one contains or rounds the other; snapshot: of different days or windows; real: none of these
// Column: why: string -- what tells the class
// Column: other_proof, other_source: string -- the sentence of the other figure, and who says so
// Column: modality, origin, belief, proof, source, date -- the evidence of the surest figure, or of what is denied
// Example: kg query run evidence/disagreements name=TSMC
CALL () {
  CALL () {
    WITH 1 AS once
    WHERE $name = 'any'
    MATCH (who:Entity)
    WHERE NOT who:Event
    RETURN who
    UNION
    CALL db.index.fulltext.queryNodes('entity_names', '"' + replace($name, '"', ' ') + '"') YIELD node AS who
    WHERE any(name IN [who.name, who.name_en, who.name_zh, who.ticker] + coalesce(who.aliases, []) + coalesce(who.tickers, [])
              WHERE toLower(name) = toLower($name))
    RETURN who
  }
  MATCH (who)-[parts:PARTICIPATES_IN*0..1]->(of:Entity)-[f:REPORTED]->(m:Metric)
  WHERE all(p IN parts WHERE p.modality IN $modalities AND p.origin IN $origins AND NOT p.negated AND NOT p.ended AND p.belief >= $min_belief
                AND left(coalesce(p.first_seen, ''), 10) <= $as_of)
    AND f.modality IN $modalities AND f.origin IN $origins AND NOT f.negated AND NOT f.ended AND f.belief >= $min_belief
    AND left(coalesce(f.first_seen, ''), 10) <= $as_of
  WITH DISTINCT who, of, f, m
  WITH who, f, m, coalesce(m.as_of, m.window_start + ' to ' + m.window_end, CASE WHEN of:Event THEN of.date END, m.session) AS day
  ORDER BY f.belief DESC, f.support DESC, f.last_seen DESC, f.id
  WITH who, m.name AS measure, coalesce(m.segment, '') AS segment, coalesce(m.period, m.planned_for, '') AS period, f.modality AS said,
       collect({f: f, m: m, day: day, currency: coalesce(m.currency, ''), unit: coalesce(m.unit, ''), basis: coalesce(m.basis, ''),
                low: coalesce(m.value, m.low, -1.0e300), high: coalesce(m.value, m.high, 1.0e300), middle: coalesce(m.value, m.low, m.high)}) AS told
  WHERE size(told) > 1
  UNWIND told[1..] AS two
  WITH who, measure, segment, period, told[0] AS one, two
  WHERE one.low <> two.low OR one.high <> two.high OR one.currency <> two.currency
  WITH who, measure, segment, period, one, two,
       CASE WHEN one.currency <> two.currency THEN [one.currency, two.currency] WHEN one.unit <> two.unit THEN [one.unit, two.unit]
            WHEN one.basis <> two.basis THEN [one.basis, two.basis] END AS bases,
       CASE WHEN one.middle * two.middle > 0 THEN abs(log10(one.middle / two.middle)) ELSE 0 END AS tens
  WITH who, measure, segment, period, one, two, CASE
    WHEN bases IS NOT NULL THEN ['basis', replace(CASE bases[0] WHEN '' THEN 'none said' ELSE bases[0] END + ' against ' + CASE bases[1] WHEN '' THEN 'none said' ELSE bases[1] END, '_', ' ')]
    WHEN round(tens) >= 1 AND abs(tens - round(tens)) < 0.005 THEN ['scale', toString(toInteger(round(10 ^ tens))) + ' times apart']
    WHEN one.day <> two.day THEN ['snapshot', one.day + ' against ' + two.day]
    WHEN (one.low <= two.low AND two.high <= one.high) OR (two.low <= one.low AND one.high <= two.high) THEN ['bound', 'one contains the other']
    WHEN (one.m.approximate OR two.m.approximate) AND abs(one.middle - two.middle) <= 0.05 * abs(one.middle) THEN ['bound', 'one is rounded']
    WHEN (one.day IS NULL) <> (two.day IS NULL) THEN ['snapshot', coalesce(one.day, two.day) + ' against a day not disclosed']
    WHEN period = '' AND (measure STARTS WITH 'fund_flow' OR measure STARTS WITH 'turnover' OR measure = 'price_change') THEN ['snapshot', 'the windows are not disclosed']
    WHEN left(one.f.first_seen, 10) <> left(two.f.first_seen, 10) AND (period = '' OR one.m.holder = two.m.holder)
      THEN ['snapshot', 'said on ' + left(one.f.first_seen, 10) + ' and on ' + left(two.f.first_seen, 10)]
    ELSE ['real', CASE WHEN one.m.holder <> two.m.holder THEN 'two minds' ELSE 'the same thing, differently' END] END AS verdict
  RETURN who.name AS subject, replace(measure, '_', ' ') + CASE WHEN segment = '' THEN '' ELSE ' of ' + segment END AS measure, period,
         coalesce(one.m.display, 'not disclosed') AS figure, coalesce(two.m.display, 'not disclosed') AS other, verdict[0] AS class, verdict[1] AS why,
         two.f AS against, one.f AS f
  UNION ALL
  CALL () {
    WITH 1 AS once
    WHERE $name = 'any'
    MATCH (claim:Claim {negated: true})
    RETURN claim
    UNION
    CALL db.index.fulltext.queryNodes('entity_names', '"' + replace($name, '"', ' ') + '"') YIELD node AS end
    WHERE any(name IN [end.name, end.name_en, end.name_zh, end.ticker] + coalesce(end.aliases, []) + coalesce(end.tickers, [])
              WHERE toLower(name) = toLower($name))
    MATCH (claim:Claim {negated: true})-[:SUBJECT|OBJECT]->(end)
    RETURN claim
  }
  MATCH (claim)-[:SUBJECT]->(who:Entity)
  MATCH (claim)-[:OBJECT]->(whom:Entity)
  MATCH (who)-[against]->(whom)  // Unfiltered: the denial is negated; its modality and belief are those of what it denies
  WHERE against.id = claim.fact AND against.negated
  MATCH (who)-[f]->(whom)
  WHERE type(f) = type(against) AND f.modality = against.modality
    AND f.modality IN $modalities AND f.origin IN $origins AND NOT f.negated AND NOT f.ended AND f.belief >= $min_belief
      AND left(coalesce(f.first_seen, ''), 10) <= $as_of
  RETURN DISTINCT who.name AS subject, type(f) AS measure, '' AS period, whom.name AS figure, 'denied' AS other, 'real' AS class, 'said and denied' AS why, against, f
}
WITH subject, measure, period, figure, other, class, why, against, f
WHERE $class = 'any' OR class = $class
RETURN subject, measure, period, figure, other, class, why, against.proof AS other_proof, against.proof_source AS other_source,
       f.modality AS modality, f.origin AS origin, f.belief AS belief,
       f.proof AS proof, f.proof_source AS source, f.proof_date AS date
ORDER BY class = 'real' DESC, class = 'scale' DESC, class, subject, measure, period, figure, other, belief DESC, f.id, against.id
LIMIT $limit
