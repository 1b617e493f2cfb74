// Title: Ratings and targets
// Question: Who rates this security how, with which target in which currency and on what basis, and what did the same broker say before?
// 问题: 谁对这只证券给出什么评级，目标价多少、以何种货币、依据是什么，同一券商此前怎么说？
// Version: 1
// Tags: money, ratings
// Param: name: string = any -- whose ratings: the rated company, sector, fund or index, or any
// Param: modalities: modalities = opinion,fact,forecast -- facts only, or also plan, forecast, opinion, rumour, hypothetical
// Param: origins: origins = stated,reference -- what sentences say and background; derived only when asked for
// Param: min_belief: number(0..1) = 0 -- leave out what is believed less than this
// Param: as_of: date = 9999-12-31 -- only what was known on that day
// Param: limit: integer(1..1000) = 100 -- rows at most
// Column: rated: string -- company, sector, fund or index
// Column: security: string -- which of its securities, where the text tells
// Column: broker: string -- who rates
// Column: rating: string -- as the broker words it
// Column: target: string -- the target price with its currency
// Column: target_price: number -- the target to compute with, in `currency`; targets in two currencies do not compare
// Column: currency: string -- of the target
// Column: period, multiple: string -- what the target rests on: whose year's figures, times what
// Column: rated_on: string -- the day of the rating
// Column: before: string -- the broker's rating and target of the same security before this one, with its day
// Column: change: number (%) -- of the target against the one before, in the same currency
// Column: modality, origin, belief, proof, source, date -- how it is said, where it comes from, how sure the graph is, and the sentence
// Example: kg query run money/ratings name=TSMC
CALL () {
  WITH 1 AS once
  WHERE $name = 'any'
  MATCH (broker:Company)-[f:RATES]->(rated:Entity)
  RETURN broker, f, rated
  UNION
  CALL db.index.fulltext.queryNodes('entity_names', '"' + replace($name, '"', ' ') + '"') YIELD node AS rated
  WHERE any(name IN [rated.name, rated.name_en, rated.name_zh, rated.ticker] + coalesce(rated.aliases, []) + coalesce(rated.tickers, [])
            WHERE toLower(name) = toLower($name))
  MATCH (broker:Company)-[f:RATES]->(rated)
  RETURN broker, f, rated
}
WITH broker, f, rated
WHERE f.modality IN $modalities AND f.origin IN $origins AND NOT f.negated AND NOT f.ended AND f.belief >= $min_belief
  AND left(coalesce(f.first_seen, ''), 10) <= $as_of
CALL (broker, f, rated) {
  MATCH (broker)-[old:RATES]->(rated)
  WHERE old.modality IN $modalities AND old.origin IN $origins AND NOT old.negated AND NOT old.ended AND old.belief >= $min_belief
    AND left(coalesce(old.first_seen, ''), 10) <= $as_of
    AND old.as_of < f.as_of AND coalesce(old.security, '') = coalesce(f.security, '') AND coalesce(old.currency, '') = coalesce(f.currency, '')
  ORDER BY old.as_of DESC, old.id
  LIMIT 1
  RETURN collect(old)[0] AS old
}
RETURN rated.name AS rated, coalesce(f.security, 'not disclosed') AS security, broker.name AS broker, coalesce(f.rating, 'not disclosed') AS rating,
       coalesce(coalesce(f.currency + ' ', '') + trim(replace(toString(f.target_price) + ' ', '.0 ', ' ')), 'not disclosed') AS target,
       f.target_price AS target_price, f.currency AS currency,
       coalesce(f.period, 'not disclosed') AS period, coalesce(f.multiple, 'not disclosed') AS multiple, coalesce(f.as_of, 'not disclosed') AS rated_on,
       CASE WHEN old IS NULL THEN '' ELSE coalesce(old.rating, 'not disclosed') + coalesce(', ' + trim(replace(toString(old.target_price) + ' ', '.0 ', ' ')), '') + ' on ' + old.as_of END AS before,
       round(100.0 * (f.target_price - old.target_price) / old.target_price, 1) AS change,
       f.modality AS modality, f.origin AS origin, f.belief AS belief,
       f.proof AS proof, f.proof_source AS source, f.proof_date AS date
ORDER BY rated, security, currency, rated_on DESC, broker, proof
LIMIT $limit
