"""House spellings: how English texts render the short names of Chinese companies that have no settled English name.

A name is spelled by the sound of its first part and the meaning of its last (a company called 联特科技: "LianTe Technology"), by sound
alone ("Zhongji Xuchuang"), or by meaning alone (中文在线: "Chinese Online"). What the parts mean is data: `data/identity/spellings.csv`.
Only a spelling that fits one company of the lexicon counts.
"""

from __future__ import annotations

import csv
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from itertools import product
from pathlib import Path

from kg.errors import DataError
from kg.knowledge.lexicon import Entry, Lexicon
from kg.knowledge.normalise import is_cjk, simplify
from kg.knowledge.yaml_file import data_folder

SHORTEST, LONGEST = 3, 8  # ideographs of a short name that is worth spelling
PERSONAL = 3  # ideographs: a name by sound alone of no more may be a person's
_INITIALS = "zh|ch|sh|[bpmfdtnlgkhjqxrzcsyw]"
_FINALS = "iang|iong|uang|ang|eng|ing|ong|ian|iao|uai|uan|ai|ei|ao|ou|an|en|in|un|ia|ie|iu|ua|ue|ui|uo|er|a|o|e|i|u|v"
_SYLLABLE = rf"(?:(?:{_INITIALS})?(?:{_FINALS}))"
_PINYIN = re.compile(_SYLLABLE + "{2,5}")
_ONE_OR_MORE = re.compile(_SYLLABLE + "{1,5}")
_SAYS_LITTLE = frozenset({"股份", "集团", "控股", "实业", "工业", "发展", "投资", "国际"})  # too little to name a company by meaning alone
_OTHER_SOUNDS = {"长": "chang", "行": "hang", "重": "chong", "乐": "le", "朝": "chao"}
_CAPITALISED = re.compile(r"(?<![\w&'.-])[A-Z][A-Za-z]*(?:[- ](?:[A-Z][A-Za-z]*|&|and(?= [A-Z])))*(?![\w&-])")
_LATIN_WORD = re.compile(r"[A-Za-z&'-]+|\d+D?")


@dataclass(frozen=True)
class Parts:
    """What the parts of Chinese short names mean in English: last parts (科技: technology, tech) and first ones (中文: chinese)."""

    last: Mapping[str, tuple[str, ...]]
    first: Mapping[str, tuple[str, ...]]

    @cached_property
    def last_meanings(self) -> frozenset[str]:
        """Every last word of a translated name, squeezed."""
        return frozenset(_squeeze(meaning.split()[-1]) for meanings in self.last.values() for meaning in meanings)

    @cached_property
    def first_words(self) -> frozenset[str]:
        """Every first word of a name that is translated whole."""
        return frozenset(meaning.split()[0] for meanings in self.first.values() for meaning in meanings)


def read_parts(path: Path) -> Parts:
    """Read a CSV of parts (part, place, meanings, source). Raises DataError with file and line."""
    parts: dict[str, dict[str, tuple[str, ...]]] = {"last": {}, "first": {}}
    with path.open(encoding="utf-8", newline="") as file:
        rows = csv.reader(file)
        if next(rows, []) != ["part", "place", "meanings", "source"]:
            raise DataError("the header must be part,place,meanings,source", where=path, line=1)
        for row in rows:
            if len(row) != 4 or row[1] not in parts or not all(row):
                raise DataError("a row is a part, first or last, its meanings and a source", where=path, line=rows.line_num)
            parts[row[1]][row[0]] = tuple(row[2].split("|"))
    return Parts(parts["last"], parts["first"])


@cache
def load_parts() -> Parts:
    """Return the parts that ship with kg (read once a process)."""
    return read_parts(data_folder("identity", "spellings.csv"))


class Spellings:
    """The spellings of the lexicon's Chinese companies. The table is made when a text first holds a word that may be one."""

    def __init__(self, lexicon: Lexicon) -> None:
        self.lexicon = lexicon

    def match(self, name: str) -> Entry | None:
        """Return the one company that a Latin name spells, or None where none or more than one does."""
        if not any(_PINYIN.fullmatch(word.lower()) or word.lower() in load_parts().first_words for word in _LATIN_WORD.findall(name)):
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
    """Tell whether a spelling holds no translated part: where it is short, it may be a person's name."""
    words = [word.lower() for word in _LATIN_WORD.findall(name)]
    return all(map(_ONE_OR_MORE.fullmatch, words)) and words[-1] not in load_parts().last_meanings


def spell(name: str) -> set[str]:
    """Return the Latin spellings of a Chinese short name, in lower case without spaces (`liantetechnology`)."""
    name = re.sub(r"^\*?ST|-[A-Z]+$|[AB]$", "", simplify(name))
    if not SHORTEST <= len(name) <= LONGEST or not all(map(is_cjk, name)):
        return set()
    parts = load_parts()
    found: set[str] = set()
    for sound in _sounds(name):
        found.add("".join(sound))
        for cut in range(1, len(name)):
            head, last = name[:cut], name[cut:]
            meant = () if last in _SAYS_LITTLE else parts.first.get(head, ())
            heads = (*meant, *(["".join(sound[:cut])] if cut > 1 else []))
            tails = parts.last.get(last, ())
            found.update(_squeeze(a + b) for a, b in product(heads, tails))
            rest = (*parts.first.get(last, ()), "".join(sound[cut:])) if len(name) > SHORTEST else parts.first.get(last, ())
            found.update(_squeeze(a + b) for a, b in product(parts.first.get(head, ()), rest))
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
