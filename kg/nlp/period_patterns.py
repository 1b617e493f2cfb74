"""How dates and periods are written, in two languages: patterns by the name of the resolver in `kg.nlp.periods` that reads them.

Each row: resolver, literals of which one must be there (in lower case) for the pattern to be worth trying, pattern. The order is that of
trust: what is tried first wins its characters. Named groups: y, ry (year, relative year), m, mon (month as number,
as name), d (day), q (quarter or half), n (count), fy (fiscal), wd and week (day of a week), rel (a relative word), side and unit (a window).
"""

from __future__ import annotations

import re

HAN = re.compile("[\u4e00-\u9fff]")

_MON = (r"(?:Jan(?:uary|\.)?|Feb(?:ruary|\.)?|Mar(?:ch|\.)?|Apr(?:il|\.)?|May|June?|July?|Aug(?:ust|\.)?|Sept?(?:ember|\.)?|Oct(?:ober|\.)?"
        r"|Nov(?:ember|\.)?|Dec(?:ember|\.)?)")
_Y4 = r"(?:19[5-9]\d|20[0-9]\d)"
_TO = r"\s?(?:-|–|—|~|至|到|to|through)\s?"
_YMD = rf"(?<![\d.])(?P<y>{_Y4})(?P<sep>[-/.年])(?P<m>\d{{1,2}})(?:(?P=sep)|月)(?P<d>\d{{1,2}})日?(?![\d.]*\d)"
_YMD2 = re.sub(r"(?<=[<=])(y|sep|m|d)(?=[>)])", r"\g<1>2", _YMD.replace(r"(?<![\d.])", ""))
_FIRST_DATE = _YMD.replace("(?![\\d.]*\\d)", "(?!\\d)")
_ORD_EN = r"(?:first|second|third|fourth|final|last|1st|2nd|3rd|4th)"
_YEAR_EN = rf"(?:\s*(?:,|of|in)?\s*(?:the\s+)?(?P<fy>fiscal\s+)?(?:year\s+)?(?P<y>{_Y4})\b|\s+(?:of\s+)?(?P<ry>this|last|next)\s+year\b|\s+of\s+the\s+year\b)?"
_COUNT = r"(?:\d{1,2}|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)"

COMMON = [
    ("day_range", "20 19", rf"{_FIRST_DATE}{_TO}{_YMD2}"),
    ("day", "20 19", _YMD),
    ("day", "20 19", r"(?<![\d.,])(?P<y>20\d\d)(?P<m>0[1-9]|1[0-2])(?P<d>0[1-9]|[12]\d|3[01])(?!\d)"),
    ("years", "fy", r"\b(?P<fy>FY)\s?'?(?P<y>20\d\d|\d\d)E?\s?[-–~]\s?(?:FY)?\s?'?(?P<y2>20\d\d|\d\d)E?\b"),
    ("quarter", "fy", r"\b(?P<fy>FY|F)\s?'?(?P<y>20\d\d|\d\d)[ ,-]?\s?Q(?P<q>[1-4])E?(?![A-Za-z0-9])"),
    ("quarter", "fy", r"\bF?Q(?P<q>[1-4])\s?(?:of\s+)?(?P<fy>FY)\s?'?(?P<y>20\d\d|\d\d)\b"),
    ("half", "fy", r"\b(?P<fy>FY)\s?'?(?P<y>20\d\d|\d\d)[ ,-]?\s?H(?P<q>[12])E?(?![A-Za-z0-9])"),
    ("year", "fy", r"\b(?P<fy>FY)\s?'?(?P<y>20\d\d|\d\d)(?:[EFA](?![A-Za-z]))?(?![\dQH])"),
    ("quarter", "q", r"(?<![A-Za-z0-9.])(?P<y>20\d\d|[12]\d)年?\s?Q(?P<q>[1-4])E?(?![A-Za-z0-9])"),
    ("quarter", "q", r"(?<![A-Za-z0-9.])(?P<q>[1-4])Q\s?'?(?P<y>20\d\d|[12]\d)E?(?![A-Za-z0-9])"),
    ("quarter", "q", r"(?<![A-Za-z0-9])Q(?P<q>[1-4])\s?(?:of\s+|,\s?)?(?P<y>20\d\d(?!\d)|'\d\d(?!\d))"),
    ("quarter", "q", r"(?<![A-Za-z0-9-])Q(?P<q>[1-4])(?![A-Za-z0-9])"),
    ("half", "h", r"(?<![A-Za-z0-9.])(?P<y>20\d\d|[12]\d)年?\s?H(?P<q>[12])E?(?![A-Za-z0-9])"),
    ("half", "h", r"(?<![A-Za-z0-9.])(?P<q>[12])H\s?'?(?P<y>20\d\d|[12]\d)E?(?![A-Za-z0-9])"),
    ("half", "h", r"(?<![A-Za-z0-9])H(?P<q>[12])\s?(?:of\s+)?(?P<y>20\d\d)(?!\d)"),
    ("years", "20 19", rf"(?<![\d.,$€£¥])(?P<y>20\d\d)年?E?\s?(?:-|–|—|~|至|到)\s?(?P<y2>20\d\d)E?(?!\d|\.\d|[万亿])(?:年度?)?"),
    ("years", "20 19", r"(?<![\d.,$€£¥])(?P<y>20\d\d)[-/](?P<y2>\d\d)(?:年|\s+(?:fiscal|financial|season))"),
    ("year", "20 19", r"(?<![A-Za-z\d.,$€£¥])(?P<y>20\d\d)[EFA](?![A-Za-z])"),
    ("year", "e", r"(?<![A-Za-z\d.,$€£¥-])(?P<y>[23]\d)E(?![A-Za-z])"),
]

ENGLISH = [
    ("day_range", "jan feb mar apr may jun jul aug sep oct nov dec", rf"\b(?P<mon>{_MON})\s+(?P<d>\d{{1,2}})(?:st|nd|rd|th)?\s?(?:-|–|—|to|through)\s?(?:(?P<mon2>{_MON})\s+)?(?P<d2>\d{{1,2}})(?:st|nd|rd|th)?\b(?:,?\s+(?P<y2>{_Y4})\b)?"),
    ("day", "jan feb mar apr may jun jul aug sep oct nov dec", rf"\b(?P<mon>{_MON})\s+(?P<d>\d{{1,2}})(?:st|nd|rd|th)?(?!\d|,\d|\.\d|%)(?:,?\s+(?P<y>{_Y4})\b)?"),
    ("day", "jan feb mar apr may jun jul aug sep oct nov dec", rf"\b(?P<d>\d{{1,2}})(?:st|nd|rd|th)?\s+(?:of\s+)?(?P<mon>{_MON})(?:,?\s+(?P<y>{_Y4}))?\b"),
    ("quarter", "quarter", rf"(?i:\b(?P<fy>fiscal\s+)?(?P<q>{_ORD_EN})[\s-]quarter\b{_YEAR_EN.replace('(?P<fy>fiscal', '(?:fiscal')})"),
    ("quarter", "quarter", rf"(?i:\b(?P<y>{_Y4})(?:'s)?\s+(?P<q>{_ORD_EN})[\s-]quarter\b)"),
    ("half", "half", rf"(?i:\b(?P<q>first|second|1st|2nd)[\s-]half\b{_YEAR_EN})"),
    ("first_months", "first", rf"(?i:\bfirst\s+(?P<n>{_COUNT})\s+months\b{_YEAR_EN})"),
    ("first_months", "first", rf"(?i:\bfirst\s+(?P<n>{_COUNT})\s+(?P<quarters>quarters)\b{_YEAR_EN})"),
    ("year", "fiscal", rf"(?i:\b(?P<fy>fiscal)\s+(?:year\s+)?(?P<y>{_Y4}|'\d\d)\b)"),
    ("years", "20 19", rf"(?i:\b(?:between|from)\s+(?P<y>{_Y4})\s+(?:and|to|through|until)\s+(?P<y2>{_Y4})\b)"),
    ("years", "20 19", rf"\b(?P<y>{_Y4})\s+(?:to|through)\s+(?P<y2>{_Y4})\b"),
    ("month", "jan feb mar apr may jun jul aug sep oct nov dec", rf"\b(?P<mon>{_MON}),?\s+(?P<y>{_Y4})\b"),
    ("month", "jan feb mar apr may jun jul aug sep oct nov dec", rf"(?<=[Ii]n |[Bb]y |of )(?P<mon>{_MON})(?:\s+(?P<ry>this|last|next)\s+year)?\b(?!\s+\d)"),
    ("month", "jan feb mar apr may jun jul aug sep oct nov dec", rf"(?:(?<=[Ss]ince )|(?<=[Uu]ntil )|(?<=from )|(?<=for )|(?<=early )|(?<=late )|(?<=mid-)|(?<=during )|(?<=through )|(?<=last )|(?<=next )|(?<=this ))(?P<mon>{_MON})\b(?!\s+\d)"),
    ("month", "jan feb mar apr may jun jul aug sep oct nov dec", r"\b(?P<mon>January|February|April|June|July|August|September|October|November|December)\b(?!\s+\d)"),
    ("year_to_date", "year ytd", r"(?i:\byear[\s-]to[\s-]date\b|\bYTD\b|\bso\s+far\s+this\s+year\b|\bsince\s+the\s+(?:start|beginning)\s+of\s+(?:the|this)\s+year\b)"),
    ("window", "past last prev prec next com follow", rf"(?i:\b(?P<side>past|last|previous|preceding|next|coming|following)\s+(?P<n>{_COUNT})\s+(?:calendar\s+)?(?P<unit>days|weeks|months|quarters|years|decades)\b)"),
    ("window", "past last prev prec next com follow", r"(?i:\b(?:over|in|during|for|within)\s+the\s+(?P<side>past|last|next|coming)\s+(?P<unit>week|month|quarter|year|decade)\b)"),
    ("relative", "today tomorrow tonight yesterday overnight this last next current previous coming", r"(?i:\b(?P<rel>today|yesterday|tomorrow|tonight|overnight|(?:this|last|next|current|previous|coming)[\s-](?:year|week|month|quarter))\b)"),
    ("weekday", "day", r"(?:\b(?P<week>[Ll]ast|[Nn]ext)\s+)?\b(?P<wd>Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday)\b"),
    ("year", "20 19", rf"(?<![A-Za-z\d.,$€£¥#-])(?<![\d.,] )(?P<y>199\d|20[0-6]\d)(?=\b)(?![\d%]|,\d|\.\d|-\d|\s*(?:%|[Pp]ercent|points?\b|[mb]illion|thousand|yuan|won|yen|dollars|[Kk]?[MG]?Wh?\b))"),
]

_RY_ZH = r"(?P<ry>今年|去年|明年|前年|后年|本年度|本年)"
_YEAR_ZH = rf"(?:(?<!\d)(?P<y>20\d\d)年?(?:度)?|{_RY_ZH}的?)?"
_NUM_ZH = r"(?:\d{1,3}|[一二两三四五六七八九]?十[一二三四五六七八九]?|[一二两三四五六七八九]|半)"

CHINESE = [
    ("day_range", "月", rf"(?:(?<!\d)(?P<y>20\d\d)年|{_RY_ZH})?(?<!\d)(?P<m>\d{{1,2}})月(?P<d>\d{{1,2}})日?\s?(?:-|–|—|~|至|到)\s?(?:(?P<m2>\d{{1,2}})月)?(?P<d2>\d{{1,2}})日"),
    ("day", "月", rf"(?:(?<!\d)(?P<y>20\d\d)年|{_RY_ZH})?(?<!\d)(?P<m>\d{{1,2}})月(?P<d>\d{{1,2}})[日号]"),
    ("first_months", "季", rf"{_YEAR_ZH}前(?P<n>[二三两23])(?P<quarters>个?季度?)(?![节])"),
    ("first_months", "月", rf"{_YEAR_ZH}(?:前|1\s?[-–—~至到]\s?)(?P<n>\d{{1,2}}|十[一]?|[二三四五六七八九])个?月份?(?!\d)"),
    ("quarter", "季", rf"{_YEAR_ZH}第?(?P<q>[一二三四1-4])季度?(?![报度节])"),
    ("quarter", "季", rf"{_YEAR_ZH}第?(?P<q>[一二三四1-4])季(?=报)"),
    ("quarter", "季", r"(?<!\d)(?P<y>[23]\d)年?(?:Q|第)?(?P<q>[一二三四1-4])(?:季度)"),
    ("half", "半年", rf"{_YEAR_ZH}(?P<q>[上下])半年"),
    ("half", "中报", rf"{_YEAR_ZH}(?P<q>[中])报"),
    ("years", "年", r"(?<!\d)(?P<y>\d\d)\s?[-–—~至到]\s?(?P<y2>\d\d)年(?=[的营净收业]|E)"),
    ("year", "年", r"(?<!\d)(?P<y>20\d\d)(?P<fy>财年|财政年度)"),
    ("month", "月", rf"(?:(?<!\d)(?P<y>20\d\d)年|{_RY_ZH})(?P<m>\d{{1,2}})月(?:份)?"),
    ("month", "月", r"(?<![\d个年/.-])(?P<m>1[0-2]|[1-9])月(?:份)?(?![\d内])"),
    ("month", "月", r"(?<![\d个年/.-])(?P<m>十[一二]?|[二三四五六七八九一])月份"),
    ("year", "年", rf"(?<![\d.,])(?P<y>(?:19|20)\d\d)年(?:度)?"),
    ("year", "年", r"(?P<y>二[〇零][一二三四][〇零一二三四五六七八九])年(?:度)?"),
    ("year", "年", r"(?<![\d.,])(?P<y>2[4-9]|3[0-5])年(?=[的]?(?:营收|净利|归母|业绩|收入|全年|年末|年底|资本开支|底|末|初|目标|预测|EPS|PE|PB|[EF]))"),
    ("year", "年", r"(?:(?<=预计)|(?<=预测)|(?<=到)|(?<=至)|(?<=截至))(?P<y>2[4-9]|3[0-5])年(?![内间来期])"),
    ("year_to_date", "年初 今年 年内", r"年初(?:至今|以来)|今年以来|年内(?!将)"),
    ("window", "近 过去 未来 此前", rf"(?P<side>最近|过去|近|未来|此前)(?P<n>{_NUM_ZH})个?(?P<unit>年|月|周|星期|天|日(?!线|均|移)|季度)(?![以])"),
    ("window", "半年", r"(?P<side>最近|过去|近|未来)(?P<unit>半年)"),
    ("weekday", "周 星期 礼拜", r"(?P<week>上|本|下|这)?(?:周|星期|礼拜)(?P<wd>[一二三四五六日天])(?![带个])"),
    ("relative", "今 昨 明 前 后 隔夜 本 上 下 当 去年 季", r"(?P<rel>今日|今天|昨日|昨天|昨夜|昨晚|明日|明天|今晨|今晚|今早|前天|后天|隔夜|本周|上周|下周|当周|本月|上月|下月|本季度|上季度|下季度|一季度后|今年|去年|明年|前年|后年|本年度?)(?![底])"),
    ("relative", "底", r"(?P<rel>今年|去年|明年|本周|本月|上月)(?=底)"),
    ("day_of_month", "日", r"(?<![\d月年近前每个.\-/])(?<!过去)(?<!连续)(?P<d>3[01]|[12]\d|[1-9])日(?=[,，。)）]|(?:晚|早|上午|下午|凌晨|盘|收盘|开盘|召开|发布|公布|公告|宣布|表示|说|称|电|讯|消息|在|举行|报道|起|前|对|主持|就|与|将|夜|午|获|从|向|由))"),
]

MONTHS = {name: at for at, name in enumerate("jan feb mar apr may jun jul aug sep oct nov dec".split(), 1)}
ORDINALS = {
    **dict(zip("one two three four five six seven eight nine ten eleven twelve".split(), range(1, 13), strict=True)),
    **{"first": 1, "second": 2, "third": 3, "fourth": 4, "final": 4, "1st": 1, "2nd": 2, "3rd": 3, "4th": 4},
    **{char: at for at, char in enumerate("一二三四五六七八九十", 1)}, **{"两": 2, "十一": 11, "十二": 12, "上": 1, "中": 1, "下": 2},
    **{f"{tens}十{ones}": 10 * at + one for at, tens in enumerate("一二三四五六七八九", 1) for one, ones in enumerate(" 一二三四五六七八九".replace(" ", "_"))},
}
ORDINALS = {word.replace("_", ""): value for word, value in ORDINALS.items()} | {f"十{c}": 10 + at for at, c in enumerate("一二三四五六七八九", 1)}
WEEKDAYS = dict(zip("monday tuesday wednesday thursday friday saturday sunday".split(), range(7), strict=True)) | {
    char: at for at, char in enumerate("一二三四五六日")} | {"天": 6}
WEEK_STEPS = {"上": -1, "本": 0, "这": 0, "下": 1, "last": -1, "next": 1}
YEAR_STEPS = {"今年": 0, "去年": -1, "明年": 1, "前年": -2, "后年": 2, "本年度": 0, "本年": 0, "this": 0, "last": -1, "next": 1}
STEPS: dict[str, tuple[int, str]] = {
    "today": (0, "day"), "tonight": (0, "day"), "overnight": (-1, "day"), "yesterday": (-1, "day"), "tomorrow": (1, "day"),
    **{f"{word} {unit}": (step, unit) for unit in ("year", "week", "month", "quarter")
       for word, step in (("this", 0), ("current", 0), ("last", -1), ("previous", -1), ("next", 1), ("coming", 1))},
    **dict.fromkeys(("今日", "今天", "今晨", "今晚", "今早"), (0, "day")), **dict.fromkeys(("昨日", "昨天", "昨夜", "昨晚", "隔夜"), (-1, "day")),
    **dict.fromkeys(("明日", "明天"), (1, "day")), "前天": (-2, "day"), "后天": (2, "day"),
    "本周": (0, "week"), "当周": (0, "week"), "上周": (-1, "week"), "下周": (1, "week"), "本月": (0, "month"), "上月": (-1, "month"), "下月": (1, "month"),
    "本季度": (0, "quarter"), "上季度": (-1, "quarter"), "下季度": (1, "quarter"),
    **{word: (step, "year") for word, step in YEAR_STEPS.items() if not word.isascii()},
}
SPANS = {
    **{word + plural: word for word in ("day", "week", "month", "quarter", "year", "decade") for plural in ("", "s")},
    "年": "year", "月": "month", "周": "week", "星期": "week", "天": "day", "日": "day", "季度": "quarter", "半年": "half",
}
AHEAD = frozenset(("next", "coming", "following", "未来"))
