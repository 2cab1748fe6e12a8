"""What the rules stand on: laws, regulations and papers with the day they began; citations in words for people."""

from datetime import date
from functools import lru_cache

import msgspec

from desktop.policy.periods import long_date
from desktop.policy.rulebook import RULES


class Source(msgspec.Struct, frozen=True):
    """A document: title, number, and the day it took effect (None where the rule book does not say)."""

    title: str
    number: str = ""
    effective_from: date | None = None


class Citation(msgspec.Struct, frozen=True):
    """A rule's sources in words, and since when the youngest of them has been in force."""

    text: str
    effective_from: date | None


SOURCES: dict[str, Source] = {
    "S1": Source("松潘县改革完善社会救助制度实施方案", "松府办发〔2021〕65号", date(2021, 12, 15)),
    "F01": Source("社会救助法", "", date(2026, 7, 1)),
    "F02": Source("最低生活保障审核确认办法", "民发〔2021〕57号", date(2021, 7, 1)),
    "F03": Source("特困人员认定办法", "民发〔2021〕43号", date(2021, 7, 1)),
    "F04": Source("刚性支出困难家庭认定办法", "", date(2025, 1, 1)),
    "F05": Source("关于进一步做好最低生活保障等社会救助兜底保障工作的通知", "民发〔2022〕83号", date(2022, 10, 20)),
    "F06": Source("关于加强低收入人口动态监测做好分层分类社会救助工作的意见", "国办发〔2023〕39号"),
    "F07": Source("关于进一步加强和改进临时救助工作的意见", "民发〔2018〕23号", date(2018, 1, 23)),
    "F08": Source("自然灾害救助条例", "国务院令第577号，2019年修订"),
    "F09": Source("社会救助暂行办法", "国务院令第649号，2019年修订"),
    "F10": Source("关于进一步加强事实无人抚养儿童保障工作的意见", "民发〔2019〕62号"),
    "F11": Source(
        "关于加强孤儿、困境儿童、农村留守儿童工作的意见", "国办发〔2010〕54号、国发〔2016〕36号、国发〔2016〕13号"
    ),
    "F12": Source("关于建立残疾儿童康复救助制度的意见", "国发〔2018〕20号"),
    "F13": Source("最低生活保障审核审批办法（试行）", "民发〔2012〕220号，已废止，仅作惯例参考"),
    "F14": Source("关于改革完善社会救助制度的意见", "2020年"),
    "F16": Source("国务院办公厅关于部分节假日安排的通知", "2021—2026各年"),
    "F18": Source("四川残疾人两项补贴口径", "川民规〔2024〕1号"),
    "F19": Source("残疾人证管理办法"),
    "F24": Source("公民身份号码", "GB 11643"),
    "G52": Source("关于全面建立困难残疾人生活补贴和重度残疾人护理补贴制度的意见", "国发〔2015〕52号"),
    "G381": Source("城市生活无着的流浪乞讨人员救助管理办法", "国务院令第381号"),
    "G支付": Source("支付结算办法", "附一《正确填写票据和结算凭证的基本规定》"),
    "PIPL": Source("个人信息保护法"),
    "民法典": Source("民法典", "", date(2021, 1, 1)),
    "行政复议法": Source("行政复议法"),
    "行政诉讼法": Source("行政诉讼法"),
    "法律援助法": Source("法律援助法"),
    "就业促进法": Source("就业促进法"),
    "义务教育法": Source("义务教育法"),
    "老年人权益保障法": Source("老年人权益保障法"),
    "残疾人教育条例": Source("残疾人教育条例"),
    "未成年人网络保护条例": Source("未成年人网络保护条例"),
    "档案法实施条例": Source("档案法实施条例"),
    "殡葬管理条例": Source("殡葬管理条例", "", date(2026, 3, 30)),
    "网络安全法": Source("网络安全法", "", date(2026, 1, 1)),
    "村民委员会组织法": Source("村民委员会组织法", "", date(2026, 1, 1)),
}
_OWN = {"D": "规则书裁定，须经县民政局认可", "K": "规则书所载惯例，未经核对"}


@lru_cache(maxsize=8192)
def cite(rule_id: str, on: date | None) -> Citation:
    """The rule's sources that were in force on the day; all of them when none was, or no day is known."""
    codes = RULES[rule_id].split()
    begun = [code for code in codes if _begun(code, on)] or codes
    days = [day for code in begun if (day := _since(code)) is not None]
    return Citation("；".join(_worded(code) for code in begun), max(days, default=None))


def _since(code: str) -> date | None:
    name = code.partition("-")[0]
    return SOURCES[name].effective_from if name in SOURCES else None


def _begun(code: str, on: date | None) -> bool:
    since = _since(code)
    return on is None or since is None or since <= on


def _worded(code: str) -> str:
    """《最低生活保障审核确认办法》（民发〔2021〕57号，2021年7月1日起施行）第9条、第29条"""
    if code in _OWN:
        return _OWN[code]
    name, _, articles = code.partition("-")
    source = SOURCES[name]
    details = [source.number] if source.number else []
    if source.effective_from:
        details.append(f"{long_date(source.effective_from)}起施行")
    note = f"（{'，'.join(details)}）" if details else ""
    return f"《{source.title}》{note}" + "、".join(f"第{article}条" for article in articles.split(",") if article)
