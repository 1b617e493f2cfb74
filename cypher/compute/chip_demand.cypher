// Title: Demand for one chip
// Question: Who holds, plans or buys this chip, at which site, run by whom, how many, and inside which system?
// 问题: 谁在哪个站点装有、计划装或采购这款芯片，由谁运营，数量多少，装在哪种整机里？
// Version: 1
// Tags: compute, demand
// Param: chip: entity(Product) -- a chip or another product: a name in any language
// Param: modalities: modalities = fact,plan,forecast -- facts only, or also plan, forecast, opinion, rumour, hypothetical
// Param: origins: origins = stated,reference -- what sentences say and background; derived only when asked for
// Param: min_belief: number(0..1) = 0 -- leave out what is believed less than this
// Param: as_of: date = 9999-12-31 -- only what was known on that day
// Param: limit: integer(1..1000) = 100 -- rows at most
// Column: chip: string -- the chip asked about
// Column: inside: string -- the system that holds the chip; the chip itself where it is named alone
// Column: user: string -- the site, company or sector that holds or buys it
// Column: operator: string -- who runs the site; "not disclosed" where no sentence says
// Column: state: string -- installed or planned as the sentence says, else used or bought
// Column: figure: string -- how many
// Column: quantity: number -- how many, to compute with, in `unit`; the lower end of a range
// Column: unit: string -- what is counted
// Column: shared_with: list -- other chips within the same figure: count it once
// Column: modality, origin, belief, proof, source, date -- the evidence of the use or the purchase
// Example: kg query run compute/chip_demand chip=H100
CALL db.index.fulltext.queryNodes('entity_names', '"' + replace($chip, '"', ' ') + '"') YIELD node AS chip
WHERE chip:Product
  AND any(name IN [chip.name, chip.name_en, chip.name_zh, chip.ticker] + coalesce(chip.aliases, []) + coalesce(chip.tickers, [])
            WHERE toLower(name) = toLower($chip))
CALL (chip) {
  RETURN chip AS item
  UNION
  MATCH (item:Product)-[part:USES]->(chip)
  WHERE part.modality IN $modalities AND part.origin IN $origins AND NOT part.negated AND NOT part.ended AND part.belief >= $min_belief
    AND left(coalesce(part.first_seen, ''), 10) <= $as_of
  RETURN item
}
CALL (chip, item) {
  MATCH (user:Company|Facility|Sector)-[f:USES]->(item)
  RETURN user, f, coalesce(f.state, 'used') AS state
  UNION
  MATCH (maker:Company)-[made:PRODUCES]->(item)
  WHERE made.modality IN $modalities AND made.origin IN $origins AND NOT made.negated AND NOT made.ended AND made.belief >= $min_belief
    AND left(coalesce(made.first_seen, ''), 10) <= $as_of
  WITH item, collect(maker) AS makers
  MATCH (seller:Company)-[f:SUPPLIES {product: item.id}]->(user:Entity)
  WHERE seller IN makers
  RETURN user, f, 'bought' AS state
}
WITH DISTINCT chip, item, user, f, state
WHERE f.modality IN $modalities AND f.origin IN $origins AND NOT f.negated AND NOT f.ended AND f.belief >= $min_belief
  AND left(coalesce(f.first_seen, ''), 10) <= $as_of
WITH chip, item, user, f, state
ORDER BY state, coalesce(f.quantity, f.low, f.high) DESC, f.belief DESC, user.name, item.name, f.id
LIMIT $limit
CALL (user) {
  MATCH (operator:Entity)-[runs:OPERATES]->(user)
  WHERE runs.modality IN $modalities AND runs.origin IN $origins AND NOT runs.negated AND NOT runs.ended AND runs.belief >= $min_belief
    AND left(coalesce(runs.first_seen, ''), 10) <= $as_of
  WITH operator
  ORDER BY operator.name
  RETURN collect(DISTINCT operator.name) AS operators
}
CALL (chip, f) {
  UNWIND coalesce(f.joint, []) AS id
  MATCH (other:Product {id: id})
  WHERE other.id <> endNode(f).id
  RETURN collect(other.name) AS shared_with
}
WITH chip, item, user, operators, f, state, shared_with,
     [n IN [f.quantity, f.low, f.high] | CASE WHEN n >= 1000000 THEN toString(round(n / 10000.0) / 100) + 'm'
        WHEN n >= 1000 THEN toString(toInteger(n) / 1000) + ',' + right('00' + toString(toInteger(n) % 1000), 3) ELSE toString(toInteger(n)) END] AS said
RETURN chip.name AS chip, item.name AS inside, user.name AS user,
       CASE WHEN size(operators) > 0 THEN reduce(all = operators[0], one IN operators[1..] | all + ', ' + one)
            WHEN user:Company THEN user.name ELSE 'not disclosed' END AS operator,
       state,
       CASE WHEN said[0] IS NOT NULL THEN CASE WHEN f.approximate THEN '≈' ELSE '' END + said[0]
            ELSE coalesce(said[1] + '-' + said[2], '≥' + said[1], '≤' + said[2], 'not disclosed') END AS figure,
       coalesce(f.quantity, f.low, f.high) AS quantity, f.unit AS unit, shared_with,
       f.modality AS modality, f.origin AS origin, f.belief AS belief,
       f.proof AS proof, f.proof_source AS source, f.proof_date AS date
ORDER BY state, quantity DESC, belief DESC, user, inside, proof
LIMIT $limit
