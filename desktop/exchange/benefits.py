"""Which benefit a row of a ledger tells of: its programme, the occasion, and where its amounts stand in the case."""

from collections.abc import Callable, Mapping
from typing import Any

import msgspec

from desktop.exchange.ledger import Ledger
from desktop.policy.text import bare

Values = Mapping[str, Any]


class Benefit(msgspec.Struct, frozen=True):
    """A programme with the status that the row shows; `whole` household's or the person's.

    `occasion` tells apart what comes several times; with `own` each is a case of its own.
    """

    programme_code: str
    status: str = "paying"
    occasion: str = ""
    own: bool = False
    whole: bool = False


class Taking(msgspec.Struct, frozen=True):
    """How rows of a profile are taken over: `case` maps attributes of the case to keys of the row.

    `benefit` answers with a `Benefit`, or with a sentence that says why the row has no place. A `roster` lists
    everybody who receives at that time, so that who is missing can be told.
    """

    benefit: Callable[[Ledger, Values], Benefit | str]
    case: dict[str, str] = {}
    roster: bool = False
    derived: tuple[str, ...] = ()


_LIVING = {"month_amount_fen": "month_amount_fen", "band": "band", "start_month": "start_month"}
_CHILDREN = {"事实无人": "de_facto_orphan", "孤儿": "orphan", "留守": "left_behind_child"}
_RELIEFS = {"非户籍": "temp_nonlocal", "急难": "temp_emergency", "支出": "temp_expense"}
_ITEMS = {
    "事实无人": "de_facto_orphan",
    "孤儿": "orphan",
    "护理补贴": "disability_nursing",
    "生活补贴": "disability_living",
    "高龄": "elder_allowance",
    "特困": "tekun",
    "最低生活保障": "dibao",
    "低保": "dibao",
    "冬春": "",
}


def _told(words: Mapping[str, str], said: object) -> str:
    """The programme that the first fitting word names."""
    plain = bare(str(said or ""))
    return next((code for word, code in words.items() if word in plain), "")


def _always(code: str, whole: bool = False) -> Callable[[Ledger, Values], Benefit | str]:
    return lambda ledger, values: Benefit(code, whole=whole)


def _subsidy(ledger: Ledger, values: Values) -> Benefit | str:
    return Benefit(str(values["subsidy"]))


def _relief(ledger: Ledger, values: Values) -> Benefit | str:
    code = _told(_RELIEFS, values.get("kind"))
    if not code:
        return "没有写明救助类型（急难型、支出型、非户籍），不知道归哪一种临时救助。请补上“救助类型”再导入。"
    decided = values.get("approve") or values.get("pay")
    return Benefit(code, "confirmed" if decided else "accepted", str(values["apply"]), own=True)


def _payment(ledger: Ledger, values: Values) -> Benefit | str:
    code = _told(_ITEMS, values.get("item"))
    if not code:
        said = values.get("item")
        why = f"项目“{said}”不是本程序办理的待遇" if said else "没有写“项目”，不知道发的是什么"
        return f"{why}，这一行没有地方放。民政的项目请写全名，例如 农村低保、高龄津贴。"
    month = values.get("pay_month") or _month(ledger)
    return Benefit(code, occasion=f"{values.get('item')}|{month}", whole=code == "dibao")


def _child(ledger: Ledger, values: Values) -> Benefit | str:
    code = _told(_CHILDREN, values.get("category"))
    if not code:
        return "类别不是孤儿、事实无人抚养、留守中的一种；其他困境儿童本程序还没有这项业务，这一行没有地方放。"
    return Benefit(code, "confirmed" if code == "left_behind_child" else "paying")


def _house(ledger: Ledger, values: Values) -> Benefit | str:
    occasion = values.get("event_no") or values.get("struck_on") or f"{ledger.period.end.year}"
    decided = values.get("approved_on") or values.get("paid_on")
    return Benefit("disaster_relief", "confirmed" if decided else "accepted", f"house|{occasion}", own=True, whole=True)


def _winter(ledger: Ledger, values: Values) -> Benefit | str:
    end = ledger.period.end
    winter = end.year if end.month >= 7 else end.year - 1
    given = values.get("relief_fen") or values.get("goods_fen")
    return Benefit("disaster_relief", "confirmed" if given else "accepted", f"winter|{winter}", own=True, whole=True)


def _month(ledger: Ledger) -> str:
    return ledger.period.end.isoformat()[:7]


TAKEN: dict[str, Taking] = {
    "dibao_roster": Taking(
        _always("dibao", whole=True),
        _LIVING
        | {
            "supplement_fen": "supplement_fen",
            "covered_persons": "covered_persons",
            "checked_on": "checked_on",
            "cause": "cause",
        },
        roster=True,
        derived=("month_total_fen", "head_name", "remark"),
    ),
    "tekun_roster": Taking(
        _always("tekun"), {"month_amount_fen": "month_total_fen", "start_month": "start_month"}, roster=True
    ),
    "disability_subsidy_roster": Taking(
        _subsidy, {"month_amount_fen": "std_fen", "start_month": "start_month"}, roster=True, derived=("kind", "grade")
    ),
    "temp_relief_ledger": Taking(_relief, {"accepted_on": "apply", "cause": "cause"}),
    "elder_allowance_payment": Taking(
        _always("elder_allowance"),
        {"month_amount_fen": "std_fen", "band": "band", "start_month": "start_month"},
        roster=True,
    ),
    "payment_list": Taking(_payment, derived=("pay_month", "item")),
    "child_roster": Taking(_child, {"month_amount_fen": "month_total_fen"}, roster=True),
    "damaged_house_ledger": Taking(_house, derived=("event_no",)),
    "winter_spring_ledger": Taking(_winter),
    "dibao_household_export": Taking(
        _always("dibao", whole=True), _LIVING | {"covered_persons": "covered_persons", "cause": "cause"}, roster=True
    ),
    "tekun_household_export": Taking(
        _always("tekun"),
        {"month_amount_fen": "month_total_fen", "start_month": "start_month", "cause": "cause"},
        roster=True,
    ),
    "dibao_person_export": Taking(_always("dibao", whole=True), _LIVING, roster=True),
    "tekun_person_export": Taking(
        _always("tekun"), {"month_amount_fen": "month_total_fen", "start_month": "start_month"}, roster=True
    ),
    "elder_export": Taking(_always("elder_allowance"), {"month_amount_fen": "amount_fen"}, roster=True),
}
"""The profiles that can be written, by name."""
