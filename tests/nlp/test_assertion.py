"""How a thing is said. `[trigger]` and `{Company}` are marked in the sentences, which are made up."""

from datetime import date

import pytest
from spacy.tokens import Doc
from spacy.vocab import Vocab

from kg.knowledge.cues import load_cues
from kg.model import Values
from kg.nlp.assertion import STRENGTH, assess, faults
from kg.nlp.spans import Assertion, Found, Quantity, register

register()


def staged(marked: str, language: str) -> tuple[Doc, int, int]:
    text, mentions, trigger, opened = "", [], (0, 0), 0
    for character in marked:
        if character in "[{":
            opened = len(text)
        elif character == "]":
            trigger = (opened, len(text))
        elif character == "}":
            mentions.append(Found(opened, len(text), "Company", None, "test"))
        else:
            text += character
    doc = Doc(Vocab(), words=[text], spaces=[False])
    doc._.language, doc._.mentions = language, tuple(mentions)
    return doc, *trigger


def told(marked: str, language: str) -> str:
    doc, start, end = staged(marked, language)
    read = assess(doc, start, end)
    words = [read.modality, "not" if read.negated else "", "over" if read.ended else ""]
    if read.holder:
        words += ["by", doc.text[read.holder.start:read.holder.end]]
    return " ".join(word for word in words if word)


ENGLISH = [
    # plain facts
    ("{Orrin} [supplies] bearings to {Talvik}.", "fact"),
    ("{Orrin} [acquired] the yard in 2024.", "fact"),
    ("The site can [power] 40,000 homes.", "fact"),
    ("Not only does it [use] gas, it burns oil.", "fact"),
    ("{Orrin} not only [supplies] bearings but installs them.", "fact"),
    ("No doubt {Orrin} [supplies] the yard.", "fact"),
    ("Profit was better than expected because it [uses] cheap gas.", "fact"),
    ("As planned, {Orrin} [supplies] the yard.", "fact"),
    ("The [deal] was worth no less than $2bn.", "fact"),
    ("It was not until 2020 that {Orrin} [supplied] the yard.", "fact"),
    ("No. 3 in the field, {Orrin} [supplies] the yard.", "fact"),
    ("In May the firm [supplied] the yard.", "fact"),
    ("The fund will's executors said: {Orrin} [owns] it.", "fact"),
    # negation and its scope
    ("{Orrin} does not [supply] the yard.", "fact not"),
    ("{Orrin} doesn't [supply] the yard.", "fact not"),
    ("{Orrin} cannot [supply] the yard.", "fact not"),
    ("{Orrin} has never [supplied] the yard.", "fact not"),
    ("{Orrin} holds no [stake] in the yard.", "fact not"),
    ("{Orrin} failed to [acquire] the yard.", "fact not"),
    ("{Orrin} runs the mill without [using] coal.", "fact not"),
    ("{Orrin} did not raise prices, but [supplies] the yard.", "fact"),
    ("{Orrin} did not comment; it [supplies] the yard.", "fact"),
    ("{Orrin} does not make bolts and [supplies] the yard with nuts.", "fact"),
    ("Without naming the buyer, {Orrin} [sold] the yard.", "fact"),
    ("{Orrin} denied that it [supplies] the yard.", "fact not by Orrin"),
    ("Reports that {Orrin} [supplies] the yard are false.", "fact not"),
    ("{Orrin} ruled out [buying] the yard.", "fact not"),
    ("{Orrin} has yet to [ship] the first tool.", "fact not"),
    ("Neither firm [supplies] the yard.", "fact not"),
    # over
    ("{Orrin} no longer [supplies] the yard.", "fact over"),
    ("{Orrin} stopped [supplying] the yard.", "fact over"),
    ("{Orrin} ended its [partnership] with the yard.", "fact over"),
    ("{Orrin} used to [supply] the yard.", "fact over"),
    ("Ann Lowe, former [chief executive] of {Orrin}, spoke.", "fact over"),
    ("The [contract] with the yard was terminated.", "fact over"),
    ("{Orrin} no longer plans to [build] the mill.", "plan over by Orrin"),
    ("{Orrin} scrapped a plan to [build] the mill.", "plan over by Orrin"),
    ("{Orrin} abandoned its [takeover] of the yard.", "plan over by Orrin"),
    # plans
    ("{Orrin} plans to [build] a mill.", "plan by Orrin"),
    ("{Orrin} is planning to [build] a mill.", "plan by Orrin"),
    ("{Orrin} aims to [supply] the yard by 2028.", "plan by Orrin"),
    ("{Orrin} will [acquire] the yard.", "plan by Orrin"),
    ("{Orrin} will also [supply] the yard.", "plan by Orrin"),
    ("{Orrin} said it will [invest] in the yard.", "plan by Orrin"),
    ("{Orrin} has agreed to [buy] the yard.", "plan by Orrin"),
    ("{Orrin} signed a deal to [supply] the yard.", "plan"),
    ("{Orrin} expects to [open] the mill in June.", "plan by Orrin"),
    ("{Orrin} to [acquire] the yard for $3bn", "plan by Orrin"),
    ("The mill is scheduled to [open] in June.", "plan"),
    ("{Orrin} is [building] a mill in Kelso.", "plan by Orrin"),
    ("The mill, under construction in Kelso, [uses] gas.", "plan"),
    ("Once fully operational, the campus will [house] 80,000 processors.", "plan"),
    ("The proposed [acquisition] awaits approval.", "plan"),
    ("{Orrin} will build a mill and [supply] the yard.", "plan by Orrin"),
    # plans end where another clause begins
    ("{Orrin}, which plans to go public, [supplies] the yard.", "fact"),
    ("{Orrin} will build a mill, while {Talvik} [owns] the yard.", "fact"),
    ("{Orrin} will build a mill, but it already [supplies] the yard.", "fact"),
    ("{Orrin} plans to expand, {Talvik} [supplies] the yard.", "fact"),
    ("{Orrin} (which plans a listing) [supplies] the yard.", "fact"),
    ("{Orrin} will invest in {Talvik}, which [supplies] the yard.", "fact"),
    ("{Orrin} will list in June and [supplies] the yard.", "fact"),
    # what names a thing by another is taken for granted
    ("{Orrin} plans to sell its [unit] {Talvik}.", "fact"),
    ("{Orrin} may list its [subsidiary] {Talvik}.", "fact"),
    ("{Talvik} will become a [subsidiary of] {Orrin}.", "forecast"),
    ("{Orrin} [chief executive] Ann Lowe will speak.", "fact"),
    ("Ann Lowe will become [chief executive] of {Orrin}.", "forecast"),
    ("{Orrin} is not a [supplier to] {Talvik}.", "fact not"),
    ("The phone will be compatible with the chips [designed by] {Orrin}.", "fact"),
    ("The chips will be [designed by] {Orrin}.", "plan"),
    ("{Orrin} does not disclose what its [supplier] {Talvik} earns.", "fact"),
    ("{Orrin} courted a potential [customer], {Talvik}.", "hypothetical"),
    # forecasts
    ("Demand will [strain] the grid.", "forecast"),
    ("The boom is expected to [benefit] {Orrin}.", "forecast"),
    ("The boom was expected to [benefit] {Orrin}.", "forecast"),
    ("{Meriton} forecasts that tariffs will [hurt] {Orrin}.", "forecast by Meriton"),
    ("Analysts at {Meriton} expect {Orrin} to [benefit].", "forecast by Meriton"),
    ("According to {Meriton}, chips are projected to [drive] demand.", "forecast by Meriton"),
    ("Tariffs are likely to [hurt] {Orrin}.", "forecast"),
    ("Tariffs are unlikely to [hurt] {Orrin}.", "forecast not"),
    ("Sales are [seen] at $5bn in 2028E.", "forecast"),
    # opinions
    ("{Meriton} believes {Orrin} [leads] the market.", "opinion by Meriton"),
    ("{Meriton} recommends [buying] the shares.", "opinion by Meriton"),
    ("{Meriton} [rates] {Orrin} a buy.", "opinion by Meriton"),
    ("{Orrin} [leads] the market, {Meriton} believes.", "opinion by Meriton"),
    # rumours
    ("{Orrin} has reportedly [acquired] the yard.", "rumour"),
    ("{Orrin} is reported to [supply] the yard.", "rumour"),
    ("{Orrin} [supplies] the yard, according to people familiar with the matter.", "rumour"),
    ("Sources said {Orrin} plans to [buy] the yard.", "rumour"),
    # possibilities
    ("{Orrin} may [supply] the yard.", "hypothetical"),
    ("{Orrin} could [buy] the yard.", "hypothetical"),
    ("If approved, {Orrin} will [buy] the yard.", "hypothetical"),
    ("{Orrin} would [buy] the yard if prices fell.", "hypothetical"),
    ("{Orrin} is in talks to [buy] the yard.", "hypothetical by Orrin"),
    ("{Orrin} is considering [building] a mill.", "hypothetical by Orrin"),
    ("{Meriton} believes {Orrin} may [buy] the yard.", "hypothetical by Meriton"),
    ("Output could double, but {Orrin} [supplies] the yard.", "fact"),
    # said by someone
    ("{Orrin} said it [supplies] the yard.", "fact by Orrin"),
    ("{Orrin} [supplies] the yard, {Talvik} said.", "fact by Talvik"),
    ("{Orrin} [supplies] the yard, according to {Meriton}.", "fact by Meriton"),
    ("{Orrin} [supplies] {Talvik}, which said nothing.", "fact"),
    ("{Orrin}, which [makes] engines, expects no harm from delays that {Talvik} announced.", "fact"),
    # whose word it is: past asides, titles and a first verb
    ("{Orrin}, which also runs a port in {Talvik} bay, plans to [close] the mill.", "plan by Orrin"),
    ("{Orrin} (ORR), the second largest miller, will [close] the mill.", "plan by Orrin"),
    ("Its president, {Ann Lowe}, told a meeting that the mill [uses] coal.", "fact by Ann Lowe"),
    ("The mill [uses] coal, said {Ann Lowe}, an analyst in Kelso.", "fact by Ann Lowe"),
    ("{Ann Lowe}, an analyst at {Meriton}, said the mill [uses] coal.", "fact by Ann Lowe"),
    ("{Orrin} cut its dividend and said the mill [uses] coal.", "fact by Orrin"),
    ("{Orrin} cut its dividend, and analysts said the mill [uses] coal.", "fact"),
    ("After the sale of {Orrin}, the city said the mill [uses] coal.", "fact"),
    # the future in another's view, or of what has no will
    ("{Meriton} believes {Orrin} will [buy] the yard.", "forecast by Meriton"),
    ("{Meriton} believes {Orrin} plans to [buy] the yard.", "plan by Orrin"),
    ("{Orrin} will [inspect] the yard.", "plan by Orrin"),
    ("The flood will [hinder] trade.", "forecast"),
    ("{Orrin} said the sale would [lift] its profit.", "forecast by Orrin"),
    ("It's going to [rise].", "forecast"),
    ("Sales should [rise] in May.", "forecast"),
    ("{Orrin} warned of a bad [harvest].", "forecast by Orrin"),
    ("{Orrin}'s outlook has [lifted] the shares.", "fact"),
    ("Due to weak trade, {Orrin} [closed] the yard.", "fact"),
    # advice is an opinion
    ("The state should [close] the mill.", "opinion"),
    ("The mill must [use] less coal.", "opinion"),
    ("{Meriton} urged the state to [sell] the mill.", "opinion"),
    ("{Orrin} is widely seen as the [leader] in rails.", "opinion"),
    # talk that precedes is rumour, talk that follows is not
    ("Rumours that {Orrin} [sold] the yard lifted the shares.", "rumour"),
    ("{Orrin} [sold] the yard and declined comment on rumours.", "fact"),
    ("Industry sources expect {Orrin} to [buy] the yard.", "rumour"),
    ("The [owner] of the yard, who allegedly burned it, was fined.", "fact"),
    # conditions and questions
    ("Should trade recover, {Orrin} will [open] the yard.", "hypothetical"),
    ("Will {Orrin} [buy] the yard?", "hypothetical"),
    ("The court [rules] whether the sale stands.", "fact"),
    ("They hope {Orrin} can [save] the yard.", "hypothetical"),
    # bans, near misses, ends
    ("The court banned {Orrin} from [selling] the saw.", "fact not"),
    ("{Orrin} almost [sold] the yard.", "fact not"),
    ("{Orrin} suspended [shipments] to the yard.", "fact over"),
    ("{Orrin} and the yard have a [licence] that expired in May.", "fact over"),
    ("{Orrin} is not the only [supplier] of the yard.", "fact"),
]

CHINESE = [
    # 事实
    ("{甲钢}向{乙船}[供应]钢板。", "fact"),
    ("{甲钢}已[收购]{乙船}。", "fact"),
    ("{甲钢}不仅[供应]钢板，还做加工。", "fact"),
    ("{甲钢}不断[推出]新钢板。", "fact"),
    ("将近一半钢板由{甲钢}[供应]。", "fact"),
    ("{甲钢}将钢板[供应]给{乙船}。", "fact"),
    ("{甲钢}将{乙船}[纳入]名单。", "fact"),
    ("若干船厂向{甲钢}[采购]钢板。", "fact"),
    ("{甲钢}的虚拟电厂[采用]新系统。", "fact"),
    ("面向未来，{甲钢}[供应]钢板。", "fact"),
    ("{甲钢}业绩超预期，[受益]于限产。", "fact"),
    ("{甲钢}或者{乙船}[供应]钢板。", "fact"),
    ("{甲钢}的传感器[搭载]新芯片。", "fact"),
    ("{甲钢}无人仓[采用]新系统。", "fact"),
    ("{甲钢}原材料由{乙船}[供应]。", "fact"),
    ("{甲钢}曾[收购]{乙船}。", "fact"),
    # 否定
    ("{甲钢}未向{乙船}[供货]。", "fact not"),
    ("{甲钢}没有[供应]钢板。", "fact not"),
    ("{甲钢}不[生产]钢板。", "fact not"),
    ("{甲钢}并非{乙船}的[供应商]。", "fact not"),
    ("{甲钢}尚未与{乙船}[合作]。", "fact not"),
    ("{甲钢}否认[收购]{乙船}。", "fact not by 甲钢"),
    ("{甲钢}与{乙船}不存在[合作]关系。", "fact not"),
    ("{甲钢}暂无相关[合作]。", "fact not"),
    ("{甲钢}[收购]{乙船}告吹。", "fact not"),
    ("{甲钢}[离不开]{乙船}。", "fact"),
    ("{甲钢}没有停产，[供应]钢板。", "fact"),
    ("{甲钢}未披露金额，但[供应]钢板。", "fact"),
    ("{甲钢}无法[供应]钢板。", "fact not"),
    ("{甲钢}从未向{乙船}[供货]。", "fact not"),
    # 已止
    ("{甲钢}不再向{乙船}[供货]。", "fact over"),
    ("{甲钢}停止向{乙船}[供货]。", "fact over"),
    ("{甲钢}与{乙船}终止[合作]。", "fact over"),
    ("{甲钢}与{乙船}的[合作]已终止。", "fact over"),
    ("王一曾任{甲钢}[总经理]。", "fact over"),
    ("{甲钢}原[总经理]王一出席。", "fact over"),
    ("王一辞去{甲钢}[总经理]职务。", "fact over"),
    ("{甲钢}终止[收购]{乙船}。", "plan over by 甲钢"),
    ("{甲钢}放弃对{乙船}的[收购]。", "plan over by 甲钢"),
    ("{甲钢}不再计划[收购]{乙船}。", "plan over by 甲钢"),
    # 计划
    ("{甲钢}拟[收购]{乙船}。", "plan by 甲钢"),
    ("{甲钢}计划[投资]10亿元。", "plan by 甲钢"),
    ("{甲钢}将[收购]{乙船}。", "plan by 甲钢"),
    ("{甲钢}将于明年[推出]新钢板。", "plan by 甲钢"),
    ("{甲钢}公告称，公司拟[收购]{乙船}。", "plan by 甲钢"),
    ("{甲钢}力争明年[投产]。", "plan by 甲钢"),
    ("{甲钢}二期项目预计明年[投产]。", "plan"),
    ("{甲钢}在建产线[采用]新系统。", "plan by 甲钢"),
    ("{甲钢}拟出资10亿元，[建设]冷轧线。", "plan by 甲钢"),
    ("{甲钢}计划扩产，目前向{乙船}[供货]。", "fact"),
    ("{甲钢}拟收购{丙矿}，{乙船}[持有]其股权。", "fact"),
    ("{甲钢}拟扩产；{乙船}[持有]其股权。", "fact"),
    # 以彼名此者，不在计划之内
    ("{甲钢}拟向[控股股东]{乙船}发行股份。", "fact"),
    ("{甲钢}拟转让所[持有]的{乙船}股权。", "fact"),
    ("{乙船}将成为{甲钢}的[全资子公司]。", "forecast"),
    ("王一将出任{甲钢}[总经理]。", "plan"),
    ("{甲钢}[总经理]王一将出席。", "fact"),
    ("{丙证}认为{甲钢}[总经理]王一过于乐观。", "fact"),
    ("{甲钢}签署[供货]意向书。", "plan"),
    ("{甲钢}与{乙船}签署[合作]框架协议。", "fact"),
    # 预测
    ("需求将[带动]钢价上涨。", "forecast"),
    ("限产有望[利好]{甲钢}。", "forecast"),
    ("{丙证}预计需求[拉动]钢价。", "forecast by 丙证"),
    ("{丙证}表示，需求将[拉动]钢价。", "forecast by 丙证"),
    ("据{丙证}预测，需求将[拉动]钢价。", "forecast by 丙证"),
    ("{丙证}：需求有望[拉动]钢价。", "forecast by 丙证"),
    ("2028E净利润[达]20亿元。", "forecast"),
    # 观点
    ("{丙证}认为{甲钢}[受益]于限产。", "opinion by 丙证"),
    ("{丙证}看好{甲钢}[受益]于限产。", "opinion by 丙证"),
    ("{丙证}[给予]{甲钢}买入评级。", "opinion by 丙证"),
    # 传闻
    ("据传{甲钢}[收购]{乙船}。", "rumour"),
    ("知情人士称，{甲钢}拟[收购]{乙船}。", "rumour"),
    ("市场传闻{甲钢}向{乙船}[供货]。", "rumour"),
    ("{甲钢}[收购]{乙船}，消息人士称。", "rumour"),
    ("据悉，{甲钢}向{乙船}[供货]。", "fact"),
    # 可能
    ("{甲钢}可能[收购]{乙船}。", "hypothetical"),
    ("{甲钢}或将[收购]{乙船}。", "hypothetical"),
    ("若获批准，{甲钢}将[收购]{乙船}。", "hypothetical"),
    ("如果需求回升，{甲钢}将[供应]钢板。", "hypothetical"),
    ("{甲钢}考虑[收购]{乙船}。", "hypothetical by 甲钢"),
    ("{甲钢}是否[收购]{乙船}尚待公告。", "hypothetical"),
    ("{甲钢}正与{乙船}洽谈[采购]钢板。", "hypothetical by 甲钢"),
    ("{丙证}认为{甲钢}可能[收购]{乙船}。", "hypothetical by 丙证"),
    # 谁说
    ("{甲钢}表示，公司向{乙船}[供货]。", "fact by 甲钢"),
    ("{甲钢}董事长表示，公司向{乙船}[供货]。", "fact by 甲钢"),
    ("据{丙证}研报，{甲钢}向{乙船}[供货]。", "fact by 丙证"),
    ("{甲钢}公告，与{乙船}[签署]供货合同。", "fact by 甲钢"),
    ("{甲钢}发布风险提示公告，公司向{乙船}[供货]。", "fact by 甲钢"),
    ("{甲钢}在昨夜发给股东的信中表示，公司向{乙船}[供货]。", "fact by 甲钢"),
    ("某国钢铁部部长{王一}：钢厂[减产]。", "fact by 王一"),
    ("“旧炉[采用]焦炭，”{甲钢}总经理表示。", "fact by 甲钢"),
    ("{甲钢}与{乙船}签约，双方将[共建]船坞。", "plan by 甲钢"),
    # 将来：人为之为计划，自成之为预测
    ("{丙证}认为{甲钢}将[收购]{乙船}。", "forecast by 丙证"),
    ("{丙证}认为{甲钢}拟[收购]{乙船}。", "plan by 甲钢"),
    ("新规将更好地[保护]股东。", "forecast"),
    ("此举也将为船厂[提供]新的动力。", "forecast"),
    ("{甲钢}将[增设]两座高炉。", "plan by 甲钢"),
    ("{甲钢}预计5月10日[复牌]。", "plan by 甲钢"),
    ("{甲钢}2025年净利[预增]五成。", "forecast"),
    ("钢价仍会[上涨]。", "forecast"),
    ("{甲钢}股东拟合计[减持]2%股份。", "plan"),
    ("会议要求，各厂[减产]。", "plan"),
    ("对旧钢的[补贴]将被取消。", "plan over"),
    # 标题以空格分句
    ("{甲钢}高炉不受影响 {乙船}今起[停工]", "fact"),
    ("{甲钢}二季度可能停产检修 {乙船}[开工]", "fact"),
    # 建议、传闻、存疑
    ("各厂应当[减产]。", "opinion"),
    ("传{甲钢}[收购]{乙船}。", "rumour"),
    ("有媒体报道，{甲钢}[收购]{乙船}。", "rumour"),
    ("{甲钢}[收购]{乙船}，有媒体报道船价上涨。", "fact"),
    ("限产不一定会[推高]钢价。", "hypothetical"),
    ("新炉存在[污染]河流的风险。", "hypothetical"),
    ("谁来[收购]{乙船}？", "hypothetical"),
    ("考虑到成本，{甲钢}[减产]。", "fact"),
    # 数据里的预期不是预测
    ("钢产量前值51，预期 52，[公布] 50。", "fact"),
    ("通胀预期的指标[下降]。", "fact"),
    # 非唯一仍是
    ("{乙船}不是{甲钢}唯一的[客户]。", "fact"),
    ("夜间严禁[进出]船坞。", "fact not"),
    ("{甲钢}暂停[供应]汽车板。", "fact over"),
]


@pytest.mark.parametrize(("marked", "expected"), ENGLISH, ids=[marked for marked, _ in ENGLISH])
def test_english(marked: str, expected: str) -> None:
    assert told(marked, "en") == expected


@pytest.mark.parametrize(("marked", "expected"), CHINESE, ids=[marked for marked, _ in CHINESE])
def test_chinese(marked: str, expected: str) -> None:
    assert told(marked, "zh") == expected


@pytest.mark.parametrize("language", ["en", "zh"])
def test_examples_of_the_cue_file(language: str) -> None:
    assert faults(language) == []


@pytest.mark.parametrize("language", ["en", "zh"])
def test_no_cue_without_effect_but_the_noted_ones(language: str) -> None:
    idle = [c.id for c in load_cues(language).cues if not (c.modality or c.negated or c.ended or c.holder)]
    assert idle == (["zh.learned"] if language == "zh" else [])


def test_every_modality_has_its_strength() -> None:
    assert len(set(STRENGTH)) == 6


def dated(marked: str, language: str, words: str, iso: str, published: date | None = None) -> str | None:
    doc, start, end = staged(marked, language)
    at = doc.text.index(words)
    values = Values(period=iso) if len(iso) < 10 else Values(as_of=iso)
    doc._.values, doc._.published = (Quantity(at, at + len(words), "period" if len(iso) < 10 else "date", values),), published
    return assess(doc, start, end).planned_for


@pytest.mark.parametrize(("marked", "language", "words", "iso"), [
    ("The site will be [upgraded] to 900 MW by April.", "en", "April", "2026-04"),
    ("{Orrin} plans to [open] the mill in 2027.", "en", "2027", "2027"),
    ("In 2027, {Orrin} will [open] the mill.", "en", "2027", "2027"),
    ("{甲钢}预计2027年[投产]。", "zh", "2027年", "2027"),
    ("{甲钢}拟4月前[投产]。", "zh", "4月", "2026-04"),
])
def test_the_date_of_a_plan(marked: str, language: str, words: str, iso: str) -> None:
    assert dated(marked, language, words, iso) == iso


def test_a_fact_has_no_date_of_a_plan() -> None:
    assert dated("{Orrin} [opened] the mill in 2027.", "en", "2027", "2027") is None


def test_a_plan_is_not_dated_before_its_text() -> None:
    assert dated("{Orrin}, founded in 2009, plans to [open] a mill.", "en", "2009", "2009", date(2026, 1, 5)) is None


def test_a_plan_without_another_owner_is_the_subjects() -> None:
    doc, start, end = staged("{Orrin} of Kelso, a maker of bearings, plans to [supply] the yard.", "en")
    subject = doc._.mentions[0]
    assert assess(doc, start, end, subject=subject).holder == subject


def test_the_cues_are_shown() -> None:
    doc, start, end = staged("{Orrin} may [supply] the yard.", "en")
    assert [doc.text[a:b] for a, b in assess(doc, start, end).cues] == ["may"]


def test_words_inside_a_name_are_no_cue() -> None:
    doc, start, end = staged("{May Not Foods} [supplies] the yard.", "en")
    assert assess(doc, start, end) == Assertion()


def test_a_tagged_finite_verb_of_its_own_clause_is_free() -> None:
    doc = Doc(Vocab(), words=["It", "will", "list", "and", "supplied", "yards"], tags=["PRP", "MD", "VB", "CC", "VBD", "NNS"],
              pos=["PRON", "AUX", "VERB", "CCONJ", "VERB", "NOUN"],
              heads=[2, 2, 2, 2, 2, 4], deps=["nsubj", "aux", "ROOT", "cc", "conj", "obj"])
    doc._.mentions = ()
    assert assess(doc, 17, 25).modality == "fact"
