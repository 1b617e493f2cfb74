// Title: From compute to grid
// Question: For each site: who runs it, which chips of whose making it holds or plans, how much power it takes, and what that loads?
// 问题: 每个算力站点由谁运营，装有或计划装哪些芯片、谁制造，用电多少，又压在什么电网上？
// Param: site: string = any -- one site by name, or any
// Param: modalities: modalities = fact,plan,forecast,hypothetical -- facts only, or also plan, forecast, opinion, rumour, hypothetical
// Param: min_belief: number(0..1) = 0 -- leave out what is believed less than this
// Param: limit: integer(1..1000) = 100 -- rows at most
// Column: site -- the facility
// Column: step -- operated by, holds chips, made by, takes power, loads
// Column: what -- who or what stands there
// Column: figure -- how many or how much, installed or planned apart
// Column: modality, origin, belief, proof, source, date -- how it is said, where it comes from, how sure the graph is, and the sentence
// Example: kg query run exposure/compute_to_grid site="Colossus 2"
MATCH (site:Facility)
WHERE ($site = 'any' AND (EXISTS { (site)-[:USES]->(:Product) } OR EXISTS { (site)-[:REPORTED]->(:Metric {unit: 'W'}) }))
   OR any(name IN [site.id, site.name, site.name_en, site.name_zh] + coalesce(site.aliases, []) WHERE toLower(name) = toLower($site))
CALL {
  WITH site
  MATCH (who:Entity)-[f:OPERATES]->(site)
  RETURN 1 AS step_order, 'operated by' AS step, who.name AS what, '' AS figure, f
  UNION
  WITH site
  MATCH (site)-[f:USES]->(chip:Product)
  RETURN 2 AS step_order, 'holds chips' AS step, chip.name AS what,
         coalesce(CASE WHEN f.approximate THEN '≈' ELSE '' END + toString(toInteger(f.quantity)), 'number not disclosed')
         + coalesce(' ' + f.state, '') + CASE WHEN size(coalesce(f.joint, [])) > 1 THEN ' (together with others)' ELSE '' END AS figure, f
  UNION
  WITH site
  MATCH (site)-[u:USES]->(chip:Product)<-[f:PRODUCES]-(maker:Company)
  WHERE COUNT { (chip)<-[:PRODUCES]-(:Company) } = 1  // who made a chip that several make is not known
  RETURN 3 AS step_order, chip.name + ' made by' AS step, maker.name AS what, '' AS figure, f
  UNION
  WITH site
  MATCH (site)-[f:REPORTED]->(power:Metric)
  WHERE power.unit = 'W'
  RETURN 4 AS step_order, 'takes power' AS step, replace(power.name, '_', ' ') AS what,
         power.display + coalesce(' by ' + power.planned_for, '') AS figure, f
  UNION
  WITH site
  MATCH (site)-[:PARTICIPATES_IN]->(:Event)-[f:REPORTED]->(power:Metric)
  WHERE power.unit = 'W'
  RETURN 4 AS step_order, 'takes power' AS step, replace(power.name, '_', ' ') AS what,
         power.display + coalesce(' by ' + power.planned_for, '') AS figure, f
  UNION
  WITH site
  MATCH (site)-[f:LOADS|DEPENDS_ON]->(grid:Infrastructure|Resource)
  RETURN 5 AS step_order, 'loads' AS step, grid.name AS what, coalesce(toString(f.quantity) + ' ' + f.unit, 'load not disclosed') AS figure, f
  UNION
  WITH site
  MATCH (site)-[:IN_SECTOR|PART_OF]->(sector:Sector)-[f:LOADS]->(grid:Infrastructure|Resource)
  RETURN 6 AS step_order, sector.name + ' load' AS step, grid.name AS what, coalesce(toString(f.quantity) + ' ' + f.unit, 'load not disclosed') AS figure, f
}
WITH site, step_order, step, what, figure, f
WHERE f.modality IN $modalities AND NOT f.negated AND NOT f.ended AND f.belief >= $min_belief
WITH site, step_order, step, what, figure, f
ORDER BY site.name, step_order, f.belief DESC, what
RETURN site.name AS site, step, what, figure,
       f.modality AS modality, f.origin AS origin, f.belief AS belief,
       f.proof AS proof, f.proof_source AS source, f.proof_date AS date
LIMIT $limit
