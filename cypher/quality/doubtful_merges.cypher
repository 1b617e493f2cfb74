// Title: Doubtful merges
// Question: Which two nodes bear one name and may be one thing, and which single node bears two tickers of one exchange and may be two?
// 问题: 哪两个节点共用一个名称、或许本是一个，哪个节点有同一交易所的两个代码、或许本是两个？
// Version: 1
// Tags: quality, identity
// Param: doubt: choice(any|shared name|two tickers) = any -- one kind of doubt, or any
// Param: limit: integer(1..1000) = 100 -- rows at most
// Without modalities, origins, min_belief, as_of, negated, ended: identity is in doubt whatever is said of the nodes; the proof shows their surest fact
// Column: doubt: string -- shared name: two nodes bear it; two tickers: one node bears two of one exchange
// Column: node, other: string -- the ids; `other` is empty where one node may be two
// Column: name, other_name: string -- what they are called
// Column: shared: string -- the name or ticker that both bear, or both tickers
// Column: modality, origin, belief, proof, source, date -- the evidence of the surest fact of the less known node
// Example: kg query run quality/doubtful_merges
CALL () {
  WITH 1 AS once
  WHERE $doubt <> 'two tickers'
  MATCH (node:Entity)
  WHERE NOT node:Event
  UNWIND [name IN [node.name, node.name_en, node.name_zh, node.ticker] + coalesce(node.aliases, []) + coalesce(node.tickers, []) WHERE name IS NOT NULL] AS name
  WITH DISTINCT toLower(name) AS shared, node
  ORDER BY shared, node.id
  WITH shared, collect(node) AS nodes
  WHERE size(nodes) > 1
  UNWIND range(1, size(nodes) - 1) AS at
  RETURN 'shared name' AS doubt, nodes[0] AS node, nodes[at] AS other, shared
  UNION
  WITH 1 AS once
  WHERE $doubt <> 'shared name'
  MATCH (node:Company)
  WHERE size(node.tickers) > 1
  WITH node, [ticker IN node.tickers WHERE ticker CONTAINS '.' AND any(another IN node.tickers WHERE another <> ticker AND split(another, '.')[1] = split(ticker, '.')[1])] AS both
  WHERE size(both) > 1
  RETURN 'two tickers' AS doubt, node, null AS other, both[0] + ', ' + both[1] AS shared
}
CALL (node, other) {
  WITH coalesce(other, node) AS lesser
  MATCH (lesser)-[f]->(:Entity|Metric)  // Unfiltered: see above
  WHERE f.belief IS NOT NULL
  RETURN f
  ORDER BY f.belief DESC, f.id
  LIMIT 1
  UNION
  WITH coalesce(other, node) AS lesser
  MATCH (:Entity)-[f]->(lesser)  // Unfiltered: see above
  WHERE f.belief IS NOT NULL
  RETURN f
  ORDER BY f.belief DESC, f.id
  LIMIT 1
}
WITH doubt, node, other, shared, f
ORDER BY f.belief DESC, f.id
WITH doubt, node, other, shared, collect(f)[0] AS f
RETURN doubt, node.id AS node, coalesce(other.id, '') AS other, node.name AS name, coalesce(other.name, '') AS other_name, shared,
       f.modality AS modality, f.origin AS origin, f.belief AS belief,
       f.proof AS proof, f.proof_source AS source, f.proof_date AS date
ORDER BY doubt, shared, node, other
LIMIT $limit
