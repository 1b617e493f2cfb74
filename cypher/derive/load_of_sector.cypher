// Title: Rule: the sites of its members load what a sector loads
// Question: Which sector loads a grid or a resource by the sites that its members run?
// 问题: 哪个行业通过其成员运营的站点给电网或资源带来负荷？
// Version: 2
// Tags: derive, sectors
// Param: modalities: modalities = fact -- facts only, or also plan, forecast, opinion, rumour, hypothetical
// Param: origins: origins = stated,reference -- what sentences say and background; derived only when asked for
// Param: min_belief: number(0..1) = 0 -- leave out what is believed less than this
// Param: as_of: date = 9999-12-31 -- only what was known on that day
// Param: limit: integer(1..1000) = 100 -- rows at most
// Column: subject, relation, object: string -- the fact that follows
// Column: product: string -- what is supplied; none where that has no place
// Column: quantity: number -- how much, of the premise that says it; none where none does
// Column: unit: string -- its unit
// Column: because: list -- the sentences of the premises
// Column: since: date -- the earliest day on which all premises were known; none where none is dated
// Column: subject_id, object_id, product_id: string -- the ids of the three
// Column: premises: list -- the ids of the facts that it follows from, all of which must hold
// Column: beliefs: list -- how sure the graph is of each
// Column: modality, origin, belief, proof, source, date -- how it is said, where it comes from, how sure the graph is, and the sentence, of the weakest premise
// Example: kg query run derive/load_of_sector
MATCH (site:Facility)-[l:LOADS]->(load:Infrastructure|Resource)
WHERE l.modality IN $modalities AND l.origin IN $origins AND NOT l.negated AND NOT l.ended AND l.belief >= $min_belief
  AND left(coalesce(l.first_seen, ''), 10) <= $as_of
// of several facts of one modality between two names, which kg itself never writes, the surest counts: else each would multiply the ways
WITH site, load, l.modality AS said, min([-l.belief, l.id, l])[2] AS l
WITH site, collect({load: load, l: l}) AS loads
MATCH (member:Company)-[o:OPERATES]->(site)
WHERE o.modality IN $modalities AND o.origin IN $origins AND NOT o.negated AND NOT o.ended AND o.belief >= $min_belief
  AND left(coalesce(o.first_seen, ''), 10) <= $as_of
WITH member, site, loads, o.modality AS said, min([-o.belief, o.id, o])[2] AS o
WITH member, collect({o: o, loads: loads}) AS sites
MATCH (member)-[i:IN_SECTOR]->(sector:Sector)
WHERE i.modality IN $modalities AND i.origin IN $origins AND NOT i.negated AND NOT i.ended AND i.belief >= $min_belief
  AND left(coalesce(i.first_seen, ''), 10) <= $as_of
WITH sites, sector, i.modality AS said, min([-i.belief, i.id, i])[2] AS i
UNWIND sites AS run
UNWIND run.loads AS each
WITH sector, each.load AS load, null AS product, each.l.quantity AS quantity, each.l.unit AS unit, [i, run.o, each.l] AS facts
WITH *, round(reduce(chance = 1.0, fact IN facts | chance * fact.belief), 4) AS belief, [fact IN facts | fact.id] AS premises
ORDER BY belief DESC, sector.name, load.name, premises
LIMIT $limit
UNWIND facts AS fact
WITH sector, load, product, quantity, unit, facts, premises, belief, min([fact.belief, fact.id, fact]) AS weakest, max(left(fact.first_seen, 10)) AS since
WITH *, weakest[2] AS f
RETURN sector.name AS subject, 'LOADS' AS relation, load.name AS object, product.name AS product, quantity, unit,
       [fact IN facts | fact.proof] AS because, since, sector.id AS subject_id, load.id AS object_id, product.id AS product_id,
       premises, [fact IN facts | fact.belief] AS beliefs,
       // what follows is no surer than the least sure way in which a premise is said
       [said IN ['hypothetical', 'rumour', 'opinion', 'forecast', 'plan', 'fact'] WHERE said IN [fact IN facts | fact.modality]][0] AS modality,
       'derived' AS origin, belief,
       f.proof AS proof, f.proof_source AS source, f.proof_date AS date
ORDER BY belief DESC, subject, object, product, premises
LIMIT $limit
