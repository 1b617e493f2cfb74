// Title: Revenue by segment
// Question: Of which segments is this company's revenue made, with which share, amount and growth, for which period?
// 问题: 这家公司的收入由哪些分部构成，各占多少、金额和增速如何，属于哪个期间？
// Version: 1
// Tags: money, revenue
// Param: company: entity(Company|Organization) -- a name in any language, or a ticker
// Param: modalities: modalities = fact -- facts only, or also plan, forecast, opinion, rumour, hypothetical
// Param: origins: origins = stated,reference -- what sentences say and background; derived only when asked for
// Param: min_belief: number(0..1) = 0 -- leave out what is believed less than this
// Param: as_of: date = 9999-12-31 -- only what was known on that day
// Param: limit: integer(1..1000) = 100 -- rows at most
// Column: company: string -- the company
// Column: segment: string -- the part of the company, as the text names it; parts of different splits overlap, so they need not add up
// Column: measure: string -- revenue share, revenue or revenue growth
// Column: figure: string -- how much, as the text writes it
// Column: low, high: number -- the figure to compute with, in `unit`; both ends of a range, one alone for a bound
// Column: unit: string -- % or the currency
// Column: period: string -- for which period
// Column: basis: string -- what a growth is measured against
// Column: note: string -- why the figure is doubted
// Column: modality, origin, belief, proof, source, date -- how it is said, where it comes from, how sure the graph is, and the sentence
// Example: kg query run money/revenue_mix company=TSMC
CALL db.index.fulltext.queryNodes('entity_names', '"' + replace($company, '"', ' ') + '"') YIELD node AS company
WHERE company:Company|Organization
  AND any(name IN [company.name, company.name_en, company.name_zh, company.ticker] + coalesce(company.aliases, []) + coalesce(company.tickers, [])
            WHERE toLower(name) = toLower($company))
MATCH (company)-[parts:PARTICIPATES_IN*0..1]->(of:Entity)-[f:REPORTED]->(m:Metric)
WHERE m.name IN ['revenue_share', 'revenue', 'revenue_growth'] AND m.segment IS NOT NULL
  AND all(p IN parts WHERE p.modality IN $modalities AND p.origin IN $origins AND NOT p.negated AND NOT p.ended AND p.belief >= $min_belief
                AND left(coalesce(p.first_seen, ''), 10) <= $as_of)
  AND f.modality IN $modalities AND f.origin IN $origins AND NOT f.negated AND NOT f.ended AND f.belief >= $min_belief
  AND left(coalesce(f.first_seen, ''), 10) <= $as_of
WITH company, f, m, coalesce(m.period, CASE WHEN of:Event THEN of.period END, m.as_of, 'not disclosed') AS period
RETURN company.name AS company, m.segment AS segment, replace(m.name, '_', ' ') AS measure, coalesce(m.display, 'not disclosed') AS figure,
       coalesce(m.value, m.low) AS low, coalesce(m.value, m.high) AS high, coalesce(m.currency, m.unit) AS unit, period,
       coalesce(replace(m.basis, '_', ' '), '') AS basis, coalesce(m.suspect, '') AS note,
       f.modality AS modality, f.origin AS origin, f.belief AS belief,
       f.proof AS proof, f.proof_source AS source, f.proof_date AS date
ORDER BY period DESC, measure DESC, coalesce(high, low) DESC, segment, belief DESC, proof
LIMIT $limit
