"""Values: what each phrase is read as."""

from __future__ import annotations

from datetime import date

import pytest

from kg.model import Values
from kg.nlp.display import display
from kg.nlp.spans import Quantity
from kg.nlp.values import find_values

PUBLISHED = date(2026, 1, 16)

# phrase -> its values, each as: kind, [~]value or low..high, currency, unit, direction
ENGLISH = [
    ("Micron guided revenue to $8.7 billion", "money 8700000000 USD"),
    ("the fab will cost between $15 billion and $20 billion", "money 15000000000..20000000000 USD"),
    ("capex of US$30bn-32bn next year", "money 30000000000..32000000000 USD; period 2027"),
    ("a budget of 40-42 billion USD", "money 40000000000..42000000000 USD"),
    ("sales of NT$ 868,461 million", "money 868461000000 TWD"),
    ("HK$3.5bn of new shares", "money 3500000000 HKD"),
    ("€1.2 billion in grants", "money 1200000000 EUR"),
    ("the £750m plant", "money 750000000 GBP"),
    ("a loss of 12.4 billion yen", "money 12400000000 JPY"),
    ("operating profit of 9.2 trillion won", "money 9.2e+12 KRW"),
    ("an order worth 300 million yuan", "money 300000000 CNY"),
    ("RMB 5 billion in subsidies", "money 5000000000 CNY"),
    ("¥200 million", "money 200000000 CNY"),
    ("INR 450 crore", "money 4500000000 INR"),
    ("nearly $2 a barrel", "money ~2 USD/bbl"),
    ("dividends of 45 cents a share", "money 0.45 USD/share"),
    ("earnings of $1.05 per share", "money 1.05 USD/share"),
    ("copper at $9,850 a tonne", "money 9850 USD/t"),
    ("a 500 million pound contract", "money 500000000 GBP"),
    ("they raised over $6 billion", "money 6000000000.. USD"),
    ("up to $1.7 billion of equity", "money ..1700000000 USD"),
    ("no more than $10 million", "money ..10000000 USD"),
    ("at least 2 billion euros", "money 2000000000.. EUR"),
    ("about $40", "money ~40 USD"),
    ("less than $900 million", "money ..900000000 USD"),
    ("spending fell $3 billion", "money 3000000000 USD down"),
    ("more than $1 trillion in market value", "money 1e+12.. USD"),
    ("$5m", "money 5000000 USD"),
    ("$2.5 million to $3 million", "money 2500000..3000000 USD"),
    ("revenue rose to $5 billion from $4 billion", "money 5000000000 USD; money 4000000000 USD"),
    ("it costs $400 to $500", "money 400..500 USD"),
    ("shares fell 6%", "percent -6 % down"),
    ("shares fell by more than 6 percent", "percent ..-6 % down"),
    ("the stock gained nearly 12%", "percent ~12 % up"),
    ("the index was down 0.8%", "percent -0.8 % down"),
    ("sales grew at least 20 percent", "percent 20.. % up"),
    ("profit slipped 1.4 per cent", "percent -1.4 % down"),
    ("margins of 62.3%", "percent 62.3 %"),
    ("gross margin widened 2.5 percentage points", "points 2.5 pp"),
    ("yields rose 25 basis points", "points 25 bp up"),
    ("the Dow lost 186.29 points", "points -186.29 point down"),
    ("down 3%, 4% and 5%", "percent -3 % down; percent -4 % down; percent -5 % down"),
    ("growth rates of 28%, 26% and 22%", "percent 28 % up; percent 26 % up; percent 22 % up"),
    ("a 30% increase", "percent 30 % up"),
    ("a nearly 40% jump in orders", "percent ~40 % up"),
    ("a 6% annual decline", "percent -6 % down"),
    ("it is 15 percent higher", "percent 15 % up"),
    ("between 10% and 20%", "percent 10..20 %"),
    ("10%-20% of spending", "percent 10..20 %"),
    ("up 4-5 percent", "percent 4..5 % up"),
    ("margin rose from 55% to 58%", "percent 55 %; percent 58 %"),
    ("as much as 20 percent", "percent ..20 %"),
    ("5 percent or more", "percent 5.. %"),
    ("60%+ of wafers", "percent 60.. %"),
    ("roughly a third", ""),
    ("half of its output", "percent ~50 %"),
    ("an 80% stock allocation", "percent 80 %"),
    ("-3.5% in June", "percent -3.5 %; period 2026-06"),
    ("200,000 GPUs", "count 200000 GPU"),
    ("about 100,000 NVIDIA H100/H200 GPUs", "count ~100000 GPU"),
    ("some 30,000 employees", "count ~30000 employee"),
    ("over 45 million households", "count 45000000.. household"),
    ("12 new data centers", "count 12 center"),
    ("two factories", "count 2 factory"),
    ("a dozen suppliers", "count 12 supplier"),
    ("one customer", ""),
    ("one million robots", "count 1000000 robot"),
    ("67 million people", "count 67000000 people"),
    ("5 of the plants", ""),
    ("100+ stores", "count 100.. store"),
    ("20-30 banks", "count 20..30 bank"),
    ("capacity of 40,000 wafers per month", "count 40000 wafer/month"),
    ("436 million units", "count 436000000 unit"),
    ("6 trillion parameters", "count 6e+12 parameter"),
    ("a 1GW cluster", "power 1000000000 W"),
    ("a 300-megawatt site", "power 300000000 W"),
    ("1.5 GW by 2028", "power 1500000000 W; period 2028"),
    ("500 kW to 800 kW", "power 500000..800000 W"),
    ("120 GWh of storage", "energy 120000000000 Wh"),
    ("100MW/200MWh", "power 100000000 W; energy 200000000 Wh"),
    ("35 kilowatt-hours", "energy 35000 Wh"),
    ("3x the speed", "multiple 3 x"),
    ("22x forward earnings", "multiple 22 x"),
    ("three times the output of 2024", "multiple 3 x; period 2024"),
    ("100-340 times that level", "multiple 100..340 x"),
    ("more than double last year's sales", 'multiple 2.. x; period 2025'),
    ("output doubled", "multiple 2 x up"),
    ("a fivefold rise", "multiple 5 x"),
    ("10-fold growth", "multiple 10 x"),
    ("twice a week", ""),
    ("three times a week", ""),
    ("double-digit growth", ""),
    ("12 years", "duration 12 year"),
    ("a 10-year deal", "duration 10 year"),
    ("in 122 days", "duration 122 day"),
    ("more than six months", "duration 6.. month"),
    ("over 10 years", "duration 10 year"),
    ("a 12-inch wafer", "length 0.3048 m"),
    ("8,500 tonnes of copper", "mass 8500 t"),
    ("2 million barrels", "volume 2000000 bbl"),
    ("300 acres", "area 1214056.92 m2"),
    ("100 EFLOPS of compute", "rate 1e+20 FLOPS"),
    ("3nm and 5nm processes", ""),
    ("a 5G modem, a 3D chip and an 800G module", ""),
    ("NVIDIA GB200 NVL72 and H100", ""),
    ("COVID-19, GPT-4 and 10-K", ""),
    ("Colossus 2 and Grok 5", ""),
    ("the ETF (159363) and 2330.TW", ""),
    ("at 13:51 or 7:05", ""),
    ("see https://x.co/2025/12 for No. 5", ""),
    ("the S&P 500", ""),
    ("Boeing 787 jets", ""),
    ("the index broke 4000", "number 4000"),
    ("at 7,789.56", "number 7789.56"),
    ("in 13 states", "count 13 state"),
    ("24/7 support", ""),
    ("Phase 3 trials", ""),
    ("version 2.5 of it", ""),
    ("Windows 11 users", ""),
    ("up 5,000 units", "count 5000 unit up"),
    ("2.21 billion shares", "count 2210000000 share"),
    ("a quarter of sales", ""),
    ("$80-$100 million", "money 80000000..100000000 USD"),
    ("three to five plants", "count 3..5 plant"),
    ("two to three years", "duration 2..3 year"),
    ("as many as 900 jobs", "count ..900 job"),
    ("fewer than 50 suppliers", "count ..50 supplier"),
    ("exceeding 300 million yuan", "money 300000000.. CNY"),
    ("sales topped 2 million vehicles", "count 2000000.. vehicle"),
    ("a record size of 5.527 billion yuan", "money 5527000000 CNY"),
    ("2026 revenue of $9 billion", "period 2026; money 9000000000 USD"),
    ("1,200 MW", "power 1200000000 W"),
    ("market value soared past $500 billion", "money 500000000000.. USD up"),
    ("fell 20 points, or 1.2 percent", "points -20 point down; percent -1.2 % down"),
    ("$10.2  billion a year earlier", "money 10200000000 USD"),
    ("two-thirds of sales", "percent ~66.6667 %"),
    ("T$28 billion", "money 28000000000 TWD"),
    ("2.5 million tonnes a year", "mass 2500000 t/year"),
    ("in the next decade", "period 2026-01-16/2036-01-16"),
]
CHINESE = [
    ("公司拟投资120亿元", "money 12000000000 CNY"),
    ("成交额超12亿元", "money 1200000000.. CNY"),
    ("净利润约4.78亿元", "money ~478000000 CNY"),
    ("预计净利2.53亿元-2.93亿元", "money 253000000..293000000 CNY"),
    ("资本开支520亿至560亿美元", "money 52000000000..56000000000 USD"),
    ("资本开支450-480亿美元", "money 45000000000..48000000000 USD"),
    ("港元计价,募资35亿港元", "money 3500000000 HKD"),
    ("新台币4880亿元", "money 488000000000 TWD"),
    ("人民币5亿元", "money 500000000 CNY"),
    ("亏损30亿日元", "money 3000000000 JPY"),
    ("营业利润9万亿韩元", "money 9e+12 KRW"),
    ("投资逾10亿欧元", "money 1000000000.. EUR"),
    ("每股0.5元", "money 0.5 CNY/share"),
    ("52.1元/股", "money 52.1 CNY/share"),
    ("报价6.2万元/吨", "money 62000 CNY/t"),
    ("现货黄金报2650.5美元/盎司", "money 2650.5 USD/oz"),
    ("不超过28亿元人民币", "money ..2800000000 CNY"),
    ("不低于3000万元", "money 30000000.. CNY"),
    ("近百亿元", "money ~10000000000 CNY"),
    ("超千亿元", "money 100000000000.. CNY"),
    ("数百亿元", ""),
    ("十几亿元", ""),
    ("20多亿元", "money 2000000000.. CNY"),
    ("约30亿-40亿元", "money ~3000000000..4000000000 CNY"),
    ("股价跌超10%", "percent ..-10 % down"),
    ("涨超5%", "percent 5.. % up"),
    ("收跌1.81%", "percent -1.81 % down"),
    ("同比增长34.66%", "percent 34.66 % up"),
    ("同比下降65.49%", "percent -65.49 % down"),
    ("跌幅扩大至1.55％", "percent -1.55 % down"),
    ("营收增长90%-120%", "percent 90..120 % up"),
    ("毛利率升至62.3%", "percent 62.3 %"),
    ("占比约六成", "percent ~60 %"),
    ("三成以上", "percent 30.. %"),
    ("六成五", "percent 65 %"),
    ("百分之五", "percent 5 %"),
    ("三分之二", "percent ~66.6667 %"),
    ("不到5%", "percent ..5 %"),
    ("50%以下", "percent ..50 %"),
    ("20%左右", "percent ~20 %"),
    ("下调0.5个百分点", "points -0.5 pp down"),
    ("上行25个基点", "points 25 bp up"),
    ("分别下跌2%、3%和4%", "percent -2 % down; percent -3 % down; percent -4 % down"),
    ("较上年提高逾30%", "percent 30.. % up"),
    ("增速为-2.1%", "percent -2.1 % down"),
    ("费率降低五成", "percent -50 % down"),
    ("市值突破5000亿美元", "money 500000000000.. USD"),
    ("沪指站上4000点", "points 4000.. point"),
    ("跌破3000点", "points ..3000 point"),
    ("iBio(IBIO.O)跌6.42%", "percent -6.42 % down"),
    ("跌20点，或0.5%", "points -20 point down; percent -0.5 % down"),
    ("指数涨20.5点", "points 20.5 point up"),
    ("200多家企业", "count 200.. 家"),
    ("近百家供应商", "count ~100 家"),
    ("上千家门店", "count 1000.. 家"),
    ("三家公司", "count 3 家"),
    ("一家公司", ""),
    ("两座工厂", "count 2 座"),
    ("3万台服务器", "count 30000 台"),
    ("10万张GPU", "count 100000 张"),
    ("部署2万卡集群", "count 20000 卡"),
    ("1.5万人", "count 15000 人"),
    ("20余万辆", "count 200000.. 辆"),
    ("单日净申购4.36亿份", "count 436000000 份"),
    ("100个项目", "count 100 个"),
    ("新增订单1200台", "count 1200 台"),
    ("前三名", ""),
    ("两位数增长", ""),
    ("月产能5万片/月", "count 50000 片/month"),
    ("1GW级集群", "power 1000000000 W"),
    ("300兆瓦", "power 300000000 W"),
    ("800万千瓦", "power 8000000000 W"),
    ("1.2吉瓦", "power 1200000000 W"),
    ("1亿千瓦时", "energy 100000000000 Wh"),
    ("300亿度", "energy 3e+13 Wh"),
    ("100MW/200MWh", "power 100000000 W; energy 200000000 Wh"),
    ("3倍", "multiple 3 x"),
    ("两倍于去年", "multiple 2 x; period 2025"),
    ("翻倍", "multiple 2 x up"),
    ("翻两番", "multiple 4 x up"),
    ("市盈率22倍", "multiple 22 x"),
    ("100至340倍", "multiple 100..340 x"),
    ("5年期贷款", ""),
    ("10年期国债", ""),
    ("为期3年", "duration 3 year"),
    ("八周", "duration 8 week"),
    ("3个月", "duration 3 month"),
    ("过去5天", "period 2026-01-11/2026-01-16"),
    ("连续8天", "duration 8 day"),
    ("5日均线", ""),
    ("140米", "length 140 m"),
    ("350万吨", "mass 3500000 t"),
    ("2亿桶", "volume 200000000 bbl"),
    ("面积5万平方米", "area 50000 m2"),
    ("500亩", "area 333333.35 m2"),
    ("3nm工艺", ""),
    ("5G基站和800G光模块", ""),
    ("(159363)", ""),
    ("代码588200", ""),
    ("坦克600、问界M9", ""),
    ("三星电子、百度、三一重工", ""),
    ("第3条和第五届", ""),
    ("一季度业绩", "period 2026Q1"),
    ("时间为13:51", ""),
    ("统一部署", ""),
    ("千方百计", ""),
    ("中国平安涨近3%", "percent ~3 % up"),
    ("较前值上升0.3个百分点", "points 0.3 pp up"),
    ("成本减少3成", "percent -30 % down"),
    ("最高可达800元", "money 800 CNY"),
    ("至少投入2000万美元", "money 20000000 USD"),
    ("产能利用率达到95%", "percent 95 %"),
    ("1万吨/年", "mass 10000 t/year"),
    ("5.5亿股", "count 550000000 股"),
    ("大增2.5倍", "multiple 2.5 x up"),
]


@pytest.mark.parametrize(("phrase", "expected"), ENGLISH, ids=[phrase for phrase, _ in ENGLISH])
def test_reads_english_values(phrase: str, expected: str) -> None:
    assert _summary(find_values(phrase, "en", PUBLISHED)) == expected


@pytest.mark.parametrize(("phrase", "expected"), CHINESE, ids=[phrase for phrase, _ in CHINESE])
def test_reads_chinese_values(phrase: str, expected: str) -> None:
    assert _summary(find_values(phrase, "zh", PUBLISHED)) == expected


def test_the_span_is_the_figure_without_the_words_that_bound_it() -> None:
    text = "orders fell by more than $3.5 billion in all"
    (quantity,) = find_values(text, "en")
    assert text[quantity.start:quantity.end] == "$3.5 billion"


def test_a_range_is_one_span() -> None:
    text = "资本开支为520亿至560亿美元。"
    (quantity,) = find_values(text, "zh")
    assert text[quantity.start:quantity.end] == "520亿至560亿美元"


def test_full_width_digits_and_signs_are_read_in_place() -> None:
    text = "占比为１２．５％，约￥３亿"
    percent, money = find_values(text, "zh")
    assert (percent.values.value, text[percent.start:percent.end], money.values.value) == (12.5, "１２．５％", 3e8)


def test_relative_dates_are_left_out_when_the_day_of_publication_is_unknown() -> None:
    assert find_values("the company said on Monday that it closed 3 plants last year", "en")[0].kind == "count"


def test_the_digits_of_an_unresolved_date_are_no_figure() -> None:
    assert find_values("其中1例为12月2日发布", "zh")[-1].values.value == 1


@pytest.mark.parametrize(("values", "language", "expected"), [
    (Values(value=4.88e12, currency="TWD"), "en", "NT$4.88trn"),
    (Values(low=52e9, high=56e9, currency="USD"), "en", "US$52-56bn"),
    (Values(low=52e9, high=56e9, currency="USD"), "zh", "520-560亿美元"),
    (Values(value=62.3, unit="%"), "en", "62.3%"),
    (Values(value=1e9, unit="W"), "en", "1 GW"),
    (Values(value=200_000, approximate=True), "en", "≈200k"),
    (Values(value=200_000, unit="台", approximate=True), "zh", "≈20万台"),
    (Values(low=5e11, currency="USD"), "en", "≥US$500bn"),
    (Values(high=-10, unit="%"), "zh", "≤-10%"),
    (Values(value=30_000, unit="GPU"), "en", "30k GPUs"),
    (Values(value=0.5, unit="CNY/share", currency="CNY"), "zh", "0.5元/股"),
    (Values(low=-6, high=-5, unit="%"), "en", "-6 to -5%"),
    (Values(value=3, unit="month"), "zh", "3个月"),
    (Values(period="2025Q4"), "en", "2025Q4"),
])
def test_displays_a_figure_as_a_reader_likes_it(values: Values, language: str, expected: str) -> None:
    assert display(values, language) == expected


def _summary(quantities: list[Quantity]) -> str:
    return "; ".join(_one(quantity) for quantity in quantities)


def _one(quantity: Quantity) -> str:
    values = quantity.values
    if values.value is not None:
        number = f"{values.value:.12g}"
    elif values.low is not None or values.high is not None:
        number = "..".join("" if bound is None else f"{bound:.12g}" for bound in (values.low, values.high))
    else:
        number = values.as_of or values.period or f"{values.window_start}/{values.window_end}"
    currency = values.currency if values.currency and not (values.unit or "").startswith(values.currency) else None
    words = (quantity.kind, ("~" if values.approximate else "") + number, currency, values.unit, quantity.change)
    return " ".join(word for word in words if word)
