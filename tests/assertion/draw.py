"""Draws the sentences whose assertion people label, and turns their labels into pointers.

    python -m tests.assertion.draw sheet CORPORA SEED > SHEET        (472 sentences, to label; holds text: keep it out of the project)
    python -m tests.assertion.draw pointers CORPORA SHEET LABELS SEED > tests/assertion/corpora.tsv

The filters below are loose on purpose and are not the cue list: any sentence that holds one of these words or parts of words may be
drawn, whatever it means there, so that what the cue list misses is in. LABELS has a line a sentence: number, trigger (`#2` after it for
the second occurrence), modality with `not` and `over`, holder (`/` between names that serve as well); parted by `|`.
"""

from __future__ import annotations

import hashlib
import json
import random
import re
import sys
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

from kg.nlp.sentences import split
from kg.reading import read

FILES = {"zh": "zh_finance_flashes_dev2000.jsonl", "en": "reuters_2006_2013_dev1000.jsonl"}
LENGTHS = {"zh": (14, 130), "en": (45, 260)}
STRATA = {  # name: (how many in each language, loose filter of each)
    "talk": (28, {"zh": "传|消息|知情|透露|媒体|爆料|疑|流出|报道",
                  "en": "sourc|rumo|report|talk|specul|heard|famil|word|leak|alleg|anonym|media|newspaper"}),
    "doubt": (30, {"zh": "可能|或|如|若|考虑|研究|讨论|谈|商议|评估|探讨|一旦|能否|是否|排除|视|取决|倘|万一",
                   "en": r"\b(if|could|may|might|would|whether|unless|perhaps|maybe|possib|potential|option|consider|discuss|explor|weigh|mull)"}),
    "intent": (32, {"zh": "将|拟|划|要|准备|打算|推进|目标|争取|力争|欲|筹|签|启动|部署|明年|年内|定于|承诺|希望",
                    "en": r"\b(will|to be|plan|aim|inten|target|want|hope|sched|agree|seek|prepar|goal|commit|pledg|promis|set to|due|bid|going)"}),
    "outlook": (32, {"zh": "预|料|望|估|未来|前景|趋势|会|今后|后市",
                     "en": r"\b(expect|forecast|will|likel|outlook|predict|estimat|project|see|anticipat|next|should|poised|guid|future|2014)"}),
    "view": (28, {"zh": "认为|看|评|建议|觉得|指出|强调|应|值得|相信|分析|观点|机构|意味",
                  "en": r"\b(think|believ|view|analyst|said|feel|opinion|argu|rat(e|ed|ing)|say|seem|appear|concern|worr|ought|need|best|good)"}),
    "denial": (16, {"zh": "不|未|无|没|非|否|难|拒|免", "en": r"\b(no|not|never|without|fail|den|refus|reject|lack|neither|none|hardly|n't)|n't\b"}),
    "end": (16, {"zh": "停|终|结束|取消|退|撤|辞|放弃|关闭|下架|原|曾|解除|失效|暂|完毕|中断",
                 "en": r"\b(stop|end|ceas|former|cancel|quit|resign|clos|halt|suspend|scrap|drop|abandon|withdr|terminat|used to|once|step|shut|expir)"}),
    "any": (18, {"zh": "", "en": ""}),
}
SCARCE = {  # drawn after them: classes of which a loose filter finds too few
    "rumour": {"zh": (10, "传闻|据传|传出|知情|消息人士|有消息|有报道|媒体报道|据称|市场消息"),
               "en": (16, r"\bsources\b|source (close|fami)|(person|people) (fami|close)|reportedly|rumou?r|said to be|alleged|speculation|to be named")},
    "doubt": {"zh": (10, "可能|或许|如果|若|考虑|洽谈|能否|是否|排除")},
    "denial": {"zh": (8, "未|没有|并非|不存在|否认")},
    "end": {"zh": (6, "终止|不再|停止|终结|撤回|取消|辞去|结束")},
    "view": {"en": (16, r"\b(believe|think|should|recommend|overweight|our view|my view|opinion|considers?|rated|rating|sees)\b")},
    "intent": {"en": (6, r"\b(plans? to|agreed to|intend|scheduled)\b")},
}


CREDIT = re.compile(r"\((Additional )?(Reporting|Editing|Writing)|\(\$1 =")
Row = tuple[int, int, int, str]


def sentences(folder: Path, language: str) -> Iterator[Row]:
    """Yield (number of the record, start and end in its `text`, the sentence) for each sentence of a fit length that its record holds once."""
    shortest, longest = LENGTHS[language]
    records = [json.loads(line) for line in (folder / FILES[language]).read_text("utf-8").splitlines()]
    for number, (document, record) in enumerate(zip(read(folder / FILES[language]), records, strict=True), 1):
        for sentence in split(document):
            text = document.text[sentence.start:sentence.end]
            if shortest <= len(text) <= longest and sentence.language == language and record["text"].count(text) == 1:
                start = record["text"].index(text)
                yield number, start, start + len(text), text


def drawn(everything: list[Row], strata: list[tuple[int, str]], used: set[int]) -> Iterator[Row]:
    """Draw the strata one after another, at most one sentence a document."""
    for count, words in strata:
        loose = re.compile(words, re.IGNORECASE)
        fitting = iter([row for row in everything if loose.search(row[3])])
        while count:
            row = next(fitting)
            if row[0] not in used:
                used.add(row[0])
                count -= 1
                yield row


def sheet(folder: Path, seed: int) -> None:
    chance, rows, used = random.Random(seed), [], {language: set[int]() for language in FILES}
    everything = {language: list(sentences(folder, language)) for language in FILES}
    for language in FILES:
        chance.shuffle(everything[language])
        strata = [(count, filters[language]) for count, filters in STRATA.values()]
        rows += [(language, *row) for row in drawn(everything[language], strata, used[language])]
    for language in FILES:
        said = [row for row in everything[language] if not CREDIT.match(row[3])]
        rows += [(language, *row) for row in drawn(said, [one[language] for one in SCARCE.values() if language in one], used[language])]
    for number, (language, document, start, end, text) in enumerate(rows, 1):
        print(number, language, document, start, end, json.dumps(text, ensure_ascii=False), sep="\t")


def place(text: str, words: str) -> tuple[int, int]:
    """Return where the words stand in the text; `#2` after them asks for the second time."""
    words, _, nth = words.partition("#")
    at = -1
    for _ in range(int(nth or 1)):
        at = text.index(words, at + 1)
    return at, at + len(words)


def pointers(folder: Path, sheet_file: Path, labels: Path, seed: int) -> None:
    told = {}
    for line in labels.read_text("utf-8").splitlines():
        if line.strip() and not line.startswith("//"):
            number, *cells = line.split("|")
            told[int(number)] = [cell.strip() for cell in cells]
    rows, strata = [], defaultdict(list)
    for line in sheet_file.read_text("utf-8").splitlines():
        number, language, document, start, end, quoted = line.split("\t")
        if int(number) not in told:
            continue
        text = json.loads(quoted)
        trigger, said, holder = told[int(number)]
        modality, *flags = said.split()
        try:
            a, b = place(text, trigger)
            holding = ";".join("{}-{}".format(*place(text, one)) for one in holder.split("/") if one)
        except ValueError as error:
            raise SystemExit(f"{number}: {trigger!r} or {holder!r} is not in the sentence") from error
        sha = hashlib.sha256(text.encode()).hexdigest()[:16]
        strata[language, modality].append(len(rows))
        rows.append([FILES[language], document, start, end, a, b, modality, int("not" in flags), int("over" in flags), holding, sha])
    chance, half = random.Random(seed), {}
    for key in sorted(strata):
        members = strata[key]
        chance.shuffle(members)
        half |= {row: "tune" if place < (len(members) + 1) // 2 else "held" for place, row in enumerate(members)}
    print("path", "document", "start", "end", "trigger_start", "trigger_end", "modality", "negated", "ended", "holder", "sha", "half", sep="\t")
    for number, row in enumerate(rows):
        print(*row, half[number], sep="\t")


if __name__ == "__main__":
    task, folder, *rest = sys.argv[1:]
    if task == "sheet":
        sheet(Path(folder), int(rest[0]))
    else:
        pointers(Path(folder), Path(rest[0]), Path(rest[1]), int(rest[2]))
