// Title: Guidance beside forecasts
// Question: What does the company itself guide to, what do others forecast for the same measure and period, and how far apart are they?
// 问题: 公司自己的指引是多少，他人对同一指标、同一期间的预测是多少，相差多少？
// Version: 1
// Tags: money, guidance
// Param: company: entity(Company) -- a name in any language, or a ticker
// Param: measure: string = any -- one measure (revenue, revenue_growth, gross_margin, capex, ...), or any
// Param: modalities: modalities = plan,forecast,opinion -- facts only, or also plan, forecast, opinion, rumour, hypothetical
// Param: origins: origins = stated,reference -- what sentences say and background; derived only when asked for
// Param: min_belief: number(0..1) = 0 -- leave out what is believed less than this
// Param: as_of: date = 9999-12-31 -- only what was known on that day
// Param: limit: integer(1..1000) = 100 -- rows at most
// Column: company: string -- the company
// Column: measure: string -- what is guided and forecast
// Column: segment: string -- of which part of the company; empty for the whole
// Column: period: string -- for which period, as the guidance or else the forecast has it
// Column: guidance: string -- the company's own figure, as the text writes it; "not disclosed" where it gives none
// Column: forecast: string -- another's figure for the same
// Column: forecaster: string -- whose
// Column: gap: number -- how far the forecast lies above (+) or below (-) the guidance, in `gap_unit`; 0 within its range
// Column: gap_unit: string -- pp between percentages, else % of the guidance
// Column: note: string -- why the two do not compare, or why a figure is doubted
// Column: guidance_proof: string -- the sentence of the guidance
// Column: modality, origin, belief, proof, source, date -- the evidence of the forecast, of the guidance where there is no forecast
// Example: kg query run money/guidance company=TSMC
CALL db.index.fulltext.queryNodes('entity_names', '"' + replace($company, '"', ' ') + '"') YIELD node AS company
WHERE company:Company
  AND any(name IN [company.name, company.name_en, company.name_zh, company.ticker] + coalesce(company.aliases, []) + coalesce(company.tickers, [])
            WHERE toLower(name) = toLower($company))
MATCH (company)-[parts:PARTICIPATES_IN*0..1]->(of:Entity)-[f:REPORTED]->(m:Metric)
WHERE ($measure = 'any' OR m.name = $measure)
  AND all(p IN parts WHERE p.modality IN $modalities AND p.origin IN $origins AND NOT p.negated AND NOT p.ended AND p.belief >= $min_belief
                AND left(coalesce(p.first_seen, ''), 10) <= $as_of)
  AND f.modality IN $modalities AND f.origin IN $origins AND NOT f.negated AND NOT f.ended AND f.belief >= $min_belief
  AND left(coalesce(f.first_seen, ''), 10) <= $as_of
WITH company, f, m, coalesce(m.holder, CASE WHEN of:Event AND of.kind IN ['guidance', 'capex'] THEN company.id END) AS teller
WHERE teller IS NOT NULL
WITH company, m.name AS measure, coalesce(m.segment, '') AS segment, replace(coalesce(m.period, m.planned_for, ''), 'FY', '') AS year,
     collect(CASE WHEN teller = company.id THEN {f: f, m: m} END) AS guided, collect(CASE WHEN teller <> company.id THEN {f: f, m: m} END) AS forecasts
UNWIND CASE WHEN size(guided) = 0 THEN [null] ELSE guided END AS own
UNWIND CASE WHEN size(forecasts) = 0 THEN [null] ELSE forecasts END AS other
OPTIONAL MATCH (forecaster:Entity {id: other.m.holder})
WITH company, measure, segment, year, own, other, forecaster, coalesce(own.m.value, own.m.low) AS own_low, coalesce(own.m.value, own.m.high) AS own_high,
     coalesce(other.m.value, other.m.low) AS other_low, coalesce(other.m.value, other.m.high) AS other_high,
     CASE WHEN own IS NULL OR other IS NULL THEN ''
          WHEN year = '' THEN 'the period is not disclosed'
          WHEN coalesce(own.m.currency, own.m.unit, '') <> coalesce(other.m.currency, other.m.unit, '')
            THEN coalesce(own.m.currency, own.m.unit, 'no unit') + ' against ' + coalesce(other.m.currency, other.m.unit, 'no unit')
          WHEN own.m.basis <> other.m.basis THEN 'the bases differ' ELSE '' END AS apart
WITH *, CASE WHEN apart <> '' THEN null WHEN other_low > own_high THEN other_low - own_high WHEN other_high < own_low THEN other_high - own_low
             WHEN own_low IS NOT NULL AND own_high IS NOT NULL AND other IS NOT NULL THEN 0.0 END AS gap,
        CASE WHEN other_low > own_high THEN own_high ELSE own_low END AS base, coalesce(other.f, own.f) AS f
RETURN company.name AS company, replace(measure, '_', ' ') AS measure, segment,
       coalesce(own.m.period, own.m.planned_for, other.m.period, other.m.planned_for, 'not disclosed') AS period,
       CASE WHEN own IS NULL THEN 'not disclosed' ELSE coalesce(own.m.display, 'not disclosed') END AS guidance,
       CASE WHEN other IS NULL THEN 'not disclosed' ELSE coalesce(other.m.display, 'not disclosed') END AS forecast,
       coalesce(forecaster.name, 'not disclosed') AS forecaster,
       CASE WHEN own.m.unit = '%' THEN round(gap, 2) WHEN base <> 0 THEN round(100.0 * gap / abs(base), 2) END AS gap,
       CASE WHEN gap IS NULL THEN '' WHEN own.m.unit = '%' THEN 'pp' ELSE '%' END AS gap_unit,
       reduce(all = '', one IN [apart,
         CASE WHEN own.m.period <> other.m.period AND apart = '' THEN 'calendar year against fiscal year' ELSE '' END, coalesce(own.m.suspect, ''), coalesce(other.m.suspect, '')]
         | all + CASE WHEN all <> '' AND one <> '' THEN '; ' ELSE '' END + one) AS note,
       own.f.proof AS guidance_proof,
       f.modality AS modality, f.origin AS origin, f.belief AS belief,
       f.proof AS proof, f.proof_source AS source, f.proof_date AS date
ORDER BY own IS NULL OR other IS NULL, own IS NULL, measure, segment, year, belief DESC, forecaster, forecast, guidance, guidance_proof, proof
LIMIT $limit
