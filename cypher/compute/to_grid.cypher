// Title: From compute to grid
// Question: For each site: who runs it, which chips does it hold or plan and who makes them, what power does it take now, by plan and possibly, and what does that load?
// 问题: 每个算力站点由谁运营，装有或计划装哪些芯片、谁制造，现在、计划和可能的用电功率各是多少，又压在什么电网和水源上？
// Version: 1
// Tags: compute, power
// Param: site: string = any -- one site by any of its names, or any
// Param: modalities: modalities = fact,plan,forecast,hypothetical -- facts only, or also plan, forecast, opinion, rumour, hypothetical
// Param: origins: origins = stated,reference -- what sentences say and background; derived only when asked for
// Param: min_belief: number(0..1) = 0 -- leave out what is believed less than this
// Param: as_of: date = 9999-12-31 -- only what was known on that day
// Param: limit: integer(1..1000) = 100 -- rows at most
// Column: site: string -- the facility
// Column: step: string -- operated by, holds chips, made by, takes power, loads, loads as one of its kind
// Column: what: string -- who or what stands there; "not disclosed" where no sentence says
// Column: state: string -- of chips: installed or planned; of power: now, planned or possible
// Column: figure: string -- how many or how much, as the text writes it
// Column: value: number -- the figure to compute with, in `unit`; the lower end of a range
// Column: unit: string -- GPU, W (a megawatt is 1,000,000 W), Wh, m3
// Column: note: string -- a figure that several chips share, a unit that does not measure what it stands for, or what is said of the kind only
// Column: modality, origin, belief, proof, source, date -- how it is said, where it comes from, how sure the graph is, and the sentence
// Example: kg query run compute/to_grid site="Colossus 2"
CALL () {
  WITH 1 AS once
  WHERE $site = 'any'
  MATCH (site:Facility)
  RETURN site
  UNION
  CALL db.index.fulltext.queryNodes('entity_names', '"' + replace($site, '"', ' ') + '"') YIELD node AS site
  WHERE site:Facility AND any(name IN [site.name, site.name_en, site.name_zh] + coalesce(site.aliases, []) WHERE toLower(name) = toLower($site))
  RETURN site
}
CALL (site) {
  MATCH (site)-[f:USES|REPORTED|LOADS|DEPENDS_ON]->(what)
  RETURN f, what
  UNION
  MATCH (site)-[p:PARTICIPATES_IN]->(:Event)-[f:REPORTED]->(what)
  WHERE p.modality IN $modalities AND p.origin IN $origins AND NOT p.negated AND NOT p.ended AND p.belief >= $min_belief
    AND left(coalesce(p.first_seen, ''), 10) <= $as_of
  RETURN f, what
}
WITH site, f, what
WHERE CASE type(f) WHEN 'USES' THEN what:Product WHEN 'REPORTED' THEN what:Metric AND (what.name STARTS WITH 'power_' OR what.unit IN ['W', 'Wh']) ELSE what:Infrastructure|Resource END
  AND f.modality IN $modalities AND f.origin IN $origins AND NOT f.negated AND NOT f.ended AND f.belief >= $min_belief
  AND left(coalesce(f.first_seen, ''), 10) <= $as_of
WITH site, collect(f) AS found
WITH site, [f IN found WHERE type(f) = 'USES'] AS uses, [f IN found WHERE type(f) = 'REPORTED'] AS takes,
     [f IN found WHERE type(f) = 'LOADS'] AS loads, [f IN found WHERE type(f) = 'DEPENDS_ON'] AS needs
CALL (site, uses, takes, loads, needs) {
  MATCH (who:Entity)-[f:OPERATES]->(site)
  RETURN 1 AS at, 'operated by' AS step, who.name AS what, '' AS state, '' AS figure, null AS value, '' AS unit, '' AS note, f
  UNION
  UNWIND uses AS f
  WITH f, endNode(f) AS chip, [n IN [f.quantity, f.low, f.high] | CASE WHEN n >= 1000000 THEN toString(round(n / 10000.0) / 100) + 'm'
         WHEN n >= 1000 THEN toString(toInteger(n) / 1000) + ',' + right('00' + toString(toInteger(n) % 1000), 3) ELSE toString(toInteger(n)) END] AS said
  RETURN 2 AS at, 'holds chips' AS step, chip.name AS what, coalesce(f.state, '') AS state,
         CASE WHEN said[0] IS NOT NULL THEN CASE WHEN f.approximate THEN '≈' ELSE '' END + said[0]
              ELSE coalesce(said[1] + '-' + said[2], '≥' + said[1], '≤' + said[2], 'not disclosed') END AS figure,
         coalesce(f.quantity, f.low, f.high) AS value, coalesce(f.unit, '') AS unit,
         CASE WHEN size(coalesce(f.joint, [])) > 1 THEN 'one figure for ' + toString(size(f.joint)) + ' chips: count it once' ELSE '' END AS note, f
  UNION
  UNWIND uses AS used
  WITH DISTINCT endNode(used) AS chip
  MATCH (maker:Company)-[f:PRODUCES]->(chip)
  WHERE f.modality IN $modalities AND f.origin IN $origins AND NOT f.negated AND NOT f.ended AND f.belief >= $min_belief
    AND left(coalesce(f.first_seen, ''), 10) <= $as_of
  WITH chip, collect(maker.name) AS makers, collect(f) AS made
  WHERE size(makers) = 1  // who made a chip that several make is not known
  RETURN 3 AS at, 'made by' AS step, makers[0] AS what, '' AS state, '' AS figure, null AS value, '' AS unit, 'maker of ' + chip.name AS note, made[0] AS f
  UNION
  UNWIND CASE WHEN size(takes) = 0 THEN [null] ELSE takes END AS f
  WITH f, endNode(f) AS power
  RETURN 4 AS at, 'takes power' AS step, coalesce(replace(power.name, '_', ' '), 'not disclosed') AS what,
         CASE WHEN f IS NULL THEN '' WHEN power.modality = 'fact' THEN 'now'
              WHEN power.modality IN ['plan', 'forecast'] THEN 'planned' + coalesce(' for ' + power.planned_for, '') ELSE 'possible' END AS state,
         coalesce(power.display, CASE WHEN f IS NULL THEN '' ELSE 'not disclosed' END) AS figure,
         coalesce(power.value, power.low, power.high) AS value, coalesce(power.unit, '') AS unit,
         CASE WHEN f IS NULL OR power.unit = 'W' THEN coalesce(power.suspect, '') WHEN power.unit = 'Wh' THEN 'energy, no power' ELSE 'no unit of power' END AS note, f
  UNION
  UNWIND CASE WHEN size(loads) = 0 THEN [null] ELSE loads END + needs AS f
  WITH f, endNode(f) AS grid
  RETURN 5 AS at, CASE type(f) WHEN 'DEPENDS_ON' THEN 'depends on' ELSE 'loads' END AS step, coalesce(grid.name, 'not disclosed') AS what, '' AS state,
         coalesce(replace(toString(f.quantity) + ' ', '.0 ', ' ') + coalesce(f.unit, ''), CASE WHEN f IS NULL THEN '' ELSE 'not disclosed' END) AS figure,
         f.quantity AS value, coalesce(f.unit, '') AS unit,
         CASE WHEN f.quantity IS NULL THEN '' WHEN grid.name_en = 'water' AND NOT coalesce(f.unit, '') STARTS WITH 'm3' THEN 'no unit of water'
              WHEN (grid:Infrastructure OR grid.name_en = 'electricity') AND NOT coalesce(f.unit, '') STARTS WITH 'W' THEN 'no unit of power or energy'
              ELSE '' END AS note, f
  UNION
  CALL db.index.fulltext.queryNodes('entity_names', '"' + coalesce(site.kind, 'no kind') + '"') YIELD node AS kind
  WHERE kind:Sector AND any(name IN [kind.name, kind.name_en] + coalesce(kind.aliases, []) WHERE toLower(name) = toLower(site.kind))
  MATCH (kind)-[f:LOADS]->(grid:Infrastructure|Resource)
  RETURN 6 AS at, 'loads as one of its kind' AS step, grid.name AS what, '' AS state,
         coalesce(replace(toString(f.quantity) + ' ', '.0 ', ' ') + coalesce(f.unit, ''), 'not disclosed') AS figure, f.quantity AS value, coalesce(f.unit, '') AS unit,
         'said of ' + kind.name + ', not of this site' AS note, f
}
WITH site, at, step, what, state, figure, value, unit, note, f
WHERE f IS NULL
   OR (f.modality IN $modalities AND f.origin IN $origins AND NOT f.negated AND NOT f.ended AND f.belief >= $min_belief
       AND left(coalesce(f.first_seen, ''), 10) <= $as_of)
RETURN site.name AS site, step, what, state, figure, value, unit, note,
       f.modality AS modality, f.origin AS origin, f.belief AS belief,
       f.proof AS proof, f.proof_source AS source, f.proof_date AS date
ORDER BY site, at, state, belief DESC, what, note, proof
LIMIT $limit
