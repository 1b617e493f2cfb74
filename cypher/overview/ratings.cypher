// Title: Ratings and targets
// Question: Who rates what, with which target price on which basis, and since when?
// 问题: 谁给出了什么评级，目标价多少、依据是什么、从何时起？
// Param: name: string = any -- whose ratings: the rated company, sector, fund or index, or any
// Param: modalities: modalities = opinion,fact,forecast -- facts only, or also plan, forecast, opinion, rumour, hypothetical
// Param: min_belief: number(0..1) = 0 -- leave out what is believed less than this
// Param: limit: integer(1..1000) = 100 -- rows at most
// Column: broker, rated -- who rates whom
// Column: rating -- as the broker words it
// Column: target_price, currency, period, multiple -- the target and what it rests on
// Column: as_of -- the day of the rating
// Column: modality, origin, belief, proof, source, date -- how it is said, where it comes from, how sure the graph is, and the sentence
// Example: kg query run overview/ratings name=TSMC
MATCH (broker:Company)-[f:RATES]->(rated:Entity)
WHERE ($name = 'any'
       OR any(name IN [rated.id, rated.name, rated.name_en, rated.name_zh, rated.ticker] + coalesce(rated.aliases, []) + coalesce(rated.tickers, [])
              WHERE toLower(name) = toLower($name)))
  AND f.modality IN $modalities AND NOT f.negated AND NOT f.ended AND f.belief >= $min_belief
RETURN broker.name AS broker, rated.name AS rated, coalesce(f.rating, 'not disclosed') AS rating,
       coalesce(toString(f.target_price), 'not disclosed') AS target_price, f.currency AS currency,
       coalesce(f.period, 'not disclosed') AS period, coalesce(f.multiple, 'not disclosed') AS multiple, coalesce(f.as_of, 'not disclosed') AS as_of,
       f.modality AS modality, f.origin AS origin, f.belief AS belief,
       f.proof AS proof, f.proof_source AS source, f.proof_date AS date
ORDER BY as_of DESC, broker, rated
LIMIT $limit
