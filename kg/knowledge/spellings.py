"""House spellings: how English texts render the short names of Chinese companies that have no settled English name.

A name is spelled by the sound of its first part and the meaning of its last (联特科技: "LianTe Technology"), by sound alone
(致尚: "Zhishang"), or by meaning alone (中文在线: "Chinese Online"). Only a spelling that fits one company of the lexicon counts.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import cached_property
from itertools import product

from kg.knowledge.lexicon import Entry, Lexicon
from kg.knowledge.normalise import is_cjk, simplify

MIN_SYLLABLES = 3
_LAST_PARTS: Mapping[str, tuple[str, ...]] = {
    "科技": ("technology", "tech", "sci-tech", "science and technology", "science & technology"), "技术": ("technology",), "信息": ("information", "info", "information technology"),
    "电子": ("electronics", "electronic"), "股份": ("", "shares", "holdings", "co"), "集团": ("group",), "控股": ("holdings", "holding"),
    "证券": ("securities",), "银行": ("bank",), "软件": ("software",), "在线": ("online",), "网络": ("network", "networks"),
    "光电": ("optoelectronics", "photoelectric", "optoelectronic"), "光学": ("optics", "optical"), "通信": ("communication", "communications"), "通讯": ("communication", "communications", "telecom"),
    "药业": ("pharmaceutical", "pharma", "pharmaceuticals"), "制药": ("pharmaceutical", "pharma", "pharmaceuticals"), "医药": ("pharmaceutical", "pharma", "medicine", "pharmaceuticals"),
    "医疗": ("medical", "healthcare"), "生物": ("biotech", "biological", "bio", "biology", "biotechnology"), "新材": ("new materials", "new material"), "材料": ("materials", "material"),
    "环保": ("environmental protection", "environmental"), "环境": ("environment", "environmental"), "能源": ("energy",), "新能": ("new energy",), "电力": ("power", "electric power"),
    "电气": ("electric", "electrical"), "电器": ("electric", "electrical appliances", "appliances"), "电机": ("motor", "electric motor"), "电源": ("power supply", "power"), "重工": ("heavy industry", "heavy industries"),
    "机械": ("machinery",), "机电": ("electromechanical",), "智能": ("intelligent", "intelligence", "smart"), "自动化": ("automation",), "装备": ("equipment",), "设备": ("equipment",),
    "激光": ("laser",), "精密": ("precision",), "精工": ("precision", "seiko"), "传媒": ("media",), "文化": ("culture", "cultural"), "影视": ("film", "film and television"), "互动": ("interactive",),
    "游戏": ("games", "game"), "数据": ("data",), "数码": ("digital",), "数字": ("digital",), "微电": ("microelectronics",), "微": ("micro", "microelectronics"), "半导体": ("semiconductor", "semiconductors"),
    "汽车": ("automobile", "auto", "motor"), "汽配": ("auto parts",), "动力": ("power",), "航空": ("aviation", "airlines"), "航天": ("aerospace",), "物流": ("logistics",), "快递": ("express",),
    "化工": ("chemical", "chemicals", "chemical industry"), "化学": ("chemical", "chemistry", "chemicals"), "矿业": ("mining",), "黄金": ("gold",), "稀土": ("rare earth",), "锂业": ("lithium",), "钴业": ("cobalt",), "钼业": ("molybdenum",),
    "铝业": ("aluminum", "aluminium"), "铜业": ("copper",), "钢铁": ("steel", "iron and steel"), "特钢": ("special steel",), "煤业": ("coal",), "煤电": ("coal and electricity",), "石化": ("petrochemical",), "燃气": ("gas",), "水务": ("water",),
    "水泥": ("cement",), "玻璃": ("glass",), "建材": ("building materials",), "建设": ("construction",), "建工": ("construction",), "地产": ("real estate", "property"), "发展": ("development",), "实业": ("industrial", "industry"), "工业": ("industry", "industrial", "industries"),
    "投资": ("investment",), "资本": ("capital",), "食品": ("food", "foods"), "乳业": ("dairy",), "酒业": ("wine", "liquor"), "股份有限": ("",), "家居": ("home", "home furnishing"), "服饰": ("apparel",), "纺织": ("textile",), "纸业": ("paper",), "包装": ("packaging",),
    "高科": ("high-tech", "hi-tech"), "安全": ("security",), "安防": ("security",), "股权": ("equity",), "教育": ("education",), "旅游": ("tourism",), "酒店": ("hotel",), "港口": ("port",), "港": ("port",), "高速": ("expressway",), "机场": ("airport",), "超市": ("supermarket",), "百货": ("department store",),
    "农业": ("agriculture", "agricultural"), "牧业": ("animal husbandry",), "种业": ("seed",), "饲料": ("feed",), "光伏": ("photovoltaic", "pv"), "股控": ("holdings",), "创新": ("innovation",), "国际": ("international",), "环球": ("global",), "时代": ("times", "era"), "万维": ("wanwei",),
    "云": ("cloud",), "云计算": ("cloud computing",), "高新": ("high-tech", "hi-tech"), "光": ("light", "optical"), "锂能": ("lithium energy",), "储能": ("energy storage",), "电缆": ("cable",), "线缆": ("cable",), "电路": ("circuit", "circuits"),
}
_WORDS: Mapping[str, tuple[str, ...]] = {
    "中文": ("chinese",), "中国": ("china",), "东方": ("oriental", "orient", "eastern", "east"), "南方": ("southern",), "北方": ("northern",), "西部": ("western",), "金山": ("kingsoft",), "蓝色": ("blue",), "光标": ("cursor", "focus"),
    "人民": ("people's",), "世纪": ("century",), "大众": ("public", "volkswagen"), "天下": ("tianxia",), "第一": ("first",), "新": ("new",), "三维": ("3d", "three-dimensional"), "三六零": ("360",), "海洋": ("ocean",), "太平洋": ("pacific",), "长江": ("yangtze", "changjiang"),
    "黄河": ("yellow river",), "国家": ("national",), "国际": ("international",), "数字": ("digital",), "数据": ("data",), "智慧": ("smart", "wisdom"), "智能": ("intelligent", "smart"), "先锋": ("pioneer",), "先导": ("lead", "leading"), "阳光": ("sunshine", "sunlight"), "万达": ("wanda",),
    "互联": ("internet", "interconnect"), "网络": ("network",), "光线": ("enlight", "light"), "绿色": ("green",), "石头": ("stone", "roborock"), "汉": ("han",), "值得买": ("worth buying",), "卓越": ("excellence",), "因赛": ("insight",), "思": ("si",), "安": ("an",),
}
_INITIALS = "zh|ch|sh|[bpmfdtnlgkhjqxrzcsyw]"
_FINALS = "iang|iong|uang|ang|eng|ing|ong|ian|iao|uai|uan|ai|ei|ao|ou|an|en|in|un|ia|ie|iu|ua|ue|ui|uo|er|a|o|e|i|u|v"
_PINYIN = re.compile(rf"(?:(?:{_INITIALS})?(?:{_FINALS})){{2,5}}")
_OTHER_SOUNDS: Mapping[str, str] = {"长": "chang", "行": "hang", "重": "chong", "乐": "le", "朝": "chao"}
_CAPITALISED = re.compile(r"(?<![\w&'.-])[A-Z][A-Za-z]*(?:[- ](?:[A-Z][A-Za-z]*|&|and(?= [A-Z])))*(?![\w&-])")
_LATIN_WORD = re.compile(r"[A-Za-z&'-]+|\d+D?")


class Spellings:
    """The spellings of the lexicon's Chinese companies. The table is made when a text first holds a word that may be one."""

    def __init__(self, lexicon: Lexicon) -> None:
        self.lexicon = lexicon

    def match(self, name: str) -> Entry | None:
        """Return the one company that a Latin name spells, or None where none or more than one does."""
        if not any(_PINYIN.fullmatch(word.lower()) or word.lower() in _FIRST_WORDS for word in _LATIN_WORD.findall(name)):
            return None
        ids = self._table.get(_squeeze(name), frozenset())
        return self.lexicon[next(iter(ids))] if len(ids) == 1 else None

    def find(self, text: str) -> Iterator[tuple[int, int, Entry]]:
        """Yield the stretches of capitalised words in `text` that spell a company, the longest reading at each word."""
        for stretch in _CAPITALISED.finditer(text):
            words = [(m.start() + stretch.start(), m.end() + stretch.start()) for m in _LATIN_WORD.finditer(stretch.group())]
            first = 0
            while first < len(words):
                for last in range(min(len(words), first + 5), first, -1):
                    start, end = words[first][0], words[last - 1][1]
                    entry = self.match(text[start:end]) if end - start > 5 else None
                    if entry:
                        yield start, end, entry
                        first = last
                        break
                else:
                    first += 1

    @cached_property
    def _table(self) -> Mapping[str, frozenset[str]]:
        table: dict[str, set[str]] = defaultdict(set)
        for entry in self.lexicon.entries.values():
            if entry.label == "Company" and entry.name_zh and entry.country == "CN" and entry.name_zh not in entry.guard:
                for spelling in spell(entry.name_zh):
                    table[spelling].add(entry.id)
        return {spelling: frozenset(ids) for spelling, ids in table.items()}


def is_sound_only(name: str) -> bool:
    """Tell whether a spelling holds no translated part and fewer syllables than four: it may be a person's name."""
    words = [word.lower() for word in _LATIN_WORD.findall(name)]
    return all(_PINYIN.fullmatch(w) or len(w) < 4 for w in words) and len("".join(words)) < 16 and words[-1] not in _MEANINGS


def spell(name: str) -> set[str]:
    """Return the Latin spellings of a Chinese short name, in lower case without spaces (`liantetechnology`)."""
    name = re.sub(r"^\*?ST|-[A-Z]+$|[AB]$", "", simplify(name))
    if not MIN_SYLLABLES <= len(name) <= 8 or not all(is_cjk(c) for c in name):
        return set()
    found: set[str] = set()
    for sound in _sounds(name):
        found.add("".join(sound))
        for cut in range(1, len(name)):
            head, last = name[:cut], name[cut:]
            for meaning in _LAST_PARTS.get(last, ()):
                if meaning and len(head) >= 2:
                    found.add(_squeeze("".join(sound[:cut]) + meaning))
                found.update(_squeeze(word + meaning) for word in _WORDS.get(head, ()) if meaning)
            if head in _WORDS and last in _WORDS:
                found.update(_squeeze(a + b) for a, b in product(_WORDS[head], _WORDS[last]))
    return found


def _sounds(name: str) -> Iterator[list[str]]:
    sound = _sound(name)
    yield sound
    if any(char in _OTHER_SOUNDS for char in name):
        yield [_OTHER_SOUNDS.get(char, syllable) for char, syllable in zip(name, sound, strict=True)]


def _sound(name: str) -> list[str]:
    from pypinyin import lazy_pinyin

    return [str(syllable).replace("ü", "v") for syllable in lazy_pinyin(name)]


def _squeeze(name: str) -> str:
    return re.sub(r"[^a-z0-9]", "", name.lower().replace("&", "and"))


_FIRST_WORDS = frozenset(word for words in _WORDS.values() for word in words)
_MEANINGS = frozenset(_squeeze(word) for words in _LAST_PARTS.values() for word in words if word)
