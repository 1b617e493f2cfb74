// Title: Orphans
// Question: Which names stand in the texts without a single fact, and where are they mentioned most?
// 问题: 哪些名称在文本中出现却没有任何事实，多在哪里被提及？
// Version: 1
// Tags: quality
// Param: limit: integer(1..1000) = 100 -- rows at most
// Without modalities, origins, min_belief, as_of, negated, ended: an orphan has no fact of any kind
// Column: name: string -- the name
// Column: label: string -- what it is
// Column: documents: integer -- in how many documents it is mentioned
// Column: mentions: integer -- how often
// Column: modality, origin, belief, proof, source, date -- as of a mention: the proof is the title of the document that mentions it most
// Example: kg query run quality/orphans
MATCH (node:Entity)
WHERE NOT EXISTS { (node)-[:SUPPLIES|PRODUCES|OPERATES|USES|DEPENDS_ON|LOADS|AFFECTS|IN_SECTOR|PART_OF|SUCCEEDS|OWNS|ACQUIRES|INVESTS_IN|PARTNERS_WITH|COMPETES_WITH|TRACKS|HOLDS|MANAGES|RATES|LEADS|LOCATED_IN|LISTED_ON|REGULATES|PARTICIPATES_IN|REPORTED]->() }  // Unfiltered: see above
  AND NOT EXISTS { ()-[:SUPPLIES|PRODUCES|OPERATES|USES|DEPENDS_ON|LOADS|AFFECTS|IN_SECTOR|PART_OF|SUCCEEDS|OWNS|ACQUIRES|INVESTS_IN|PARTNERS_WITH|COMPETES_WITH|TRACKS|HOLDS|MANAGES|RATES|LEADS|LOCATED_IN|LISTED_ON|REGULATES|PARTICIPATES_IN|REPORTED]->(node) }  // Unfiltered: see above
MATCH (node)-[m:MENTIONED_IN]->(document:Document)
WITH node, m, document
ORDER BY m.count DESC, document.published DESC, document.id
WITH node, count(document) AS documents, sum(m.count) AS mentions, collect(document)[0] AS document
RETURN node.name AS name, [label IN labels(node) WHERE label <> 'Entity'][0] AS label, documents, mentions,
       null AS modality, null AS origin, null AS belief,
       document.title AS proof, document.source AS source, document.published AS date
ORDER BY mentions DESC, documents DESC, label, name
LIMIT $limit
