"""What a use case works with: one session of one person on one business date, and what that person's roles allow."""

import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Protocol

from sqlalchemy.orm import Session

from db import audit
from db.kinds import WRITERS
from db.refused import BadValue, NotAllowed

ROLES: dict[str, str] = {
    "applicant_proxy": "申请代办人",
    "village_assistant": "村（社区）协理员",
    "township_clerk": "民政助理",
    "township_reviewer": "乡镇分管领导",
    "county_clerk": "县民政局经办",
    "county_approver": "县民政局审批",
    "auditor": "审计",
    "sysadmin": "系统管理员",
}
"""Roles of rule book 15 §2 by code."""

_FIELD = frozenset({"village_assistant", "township_clerk", "township_reviewer"})
_OFFICE = frozenset({"township_clerk", "township_reviewer"})
_LOOK = _FIELD | {"county_clerk", "county_approver", "auditor"}

MAY: dict[str, frozenset[str]] = {
    "look": _LOOK,
    "reveal": _LOOK,
    "people": _FIELD,
    "case": _OFFICE,
    "lead": frozenset({"township_reviewer"}),
    "county": frozenset({"county_clerk", "county_approver"}),
    "decide": frozenset({"county_approver"}),
    "assess": _FIELD | {"county_clerk", "county_approver"},
    "pack": frozenset({"township_clerk", "sysadmin"}),
    "visit": _FIELD,
    "print": _FIELD,
    "children": _OFFICE,
    "import": _OFFICE,
    "resolve": _OFFICE,
    "settings": frozenset({"township_clerk", "sysadmin"}),
    "users": frozenset({"sysadmin"}),
    "enrol": frozenset({"sysadmin", "township_clerk"}),
    "sync": _FIELD | {"sysadmin"},
    "backup": _FIELD | {"sysadmin"},
    "verify": _LOOK | {"sysadmin"},
}
"""Which roles may do what (15 §2, D16)."""

ACTS: dict[str, str] = {
    "look": "查看救助对象资料",
    "reveal": "查看完整号码",
    "people": "登记和修改家庭、人员",
    "case": "受理和办理案件",
    "lead": "作乡镇负责人的审核、确认决定",
    "county": "办理县级审核",
    "decide": "作县级确认决定",
    "assess": "测算资格和金额",
    "pack": "装入县参数包",
    "visit": "填写访视",
    "print": "打印或导出文书",
    "children": "导出儿童台账",
    "import": "导入台账",
    "resolve": "处理分歧",
    "settings": "修改设置",
    "users": "管理用户",
    "enrol": "办理本机登记",
    "sync": "与县里交换",
    "backup": "备份",
    "verify": "核验",
}
"""The same acts in words."""


class Blobs(Protocol):
    """The encrypted attachments of the store, by SHA-256 of their clear bytes."""

    def put(self, data: bytes) -> str:
        """Keep bytes; the hash under which they are found."""

    def get(self, sha256: str) -> bytes:
        """The bytes; refuses when they are not here or were altered."""


def _no_step(done: int, total: int, text: str) -> None:
    """Nobody watches the progress."""


class Work:
    """One act on its way: the session, who acts (`roles`), on which business date, and where attachments lie.

    `training` is the mark of a store for practice (D14): every paper shows it. `shipped_pack` is the county pack that
    holds while none was installed, `staff` tells which roles anybody of this store holds.
    The session's author is already named (`journal.write_as`); the caller commits or rolls back.
    """

    def __init__(
        self,
        session: Session,
        user: str,
        roles: Sequence[str],
        scope: str,
        on: date,
        blobs: Blobs,
        step: Callable[[int, int, str], None] = _no_step,
        training: bool = False,
        shipped_pack: bytes = b"{}",
        staff: Callable[[], frozenset[str]] = frozenset,
    ) -> None:
        self.training, self.shipped_pack, self.staff = training, shipped_pack, staff
        self.session, self.user, self.roles, self.scope = (
            session,
            user,
            tuple(roles),
            scope,
        )
        self.day, self.on, self.blobs, self.step = on, on.isoformat(), blobs, step

    def allow(self, act: str) -> None:
        """Go on only when one of the person's roles may do this; raises `NotAllowed` in words otherwise."""
        allow(self.roles, act)

    def record(self, act: str, subject: str = "", detail: Mapping[str, object] | None = None) -> None:
        """Write the act into the audit chain of the same transaction."""
        audit.record(self.session, act, subject, detail)


def allow(roles: Sequence[str], act: str) -> None:
    """Refuse an act that none of these roles may do."""
    if MAY[act].isdisjoint(roles):
        held = "、".join(ROLES.get(role, role) for role in roles)
        able = "、".join(ROLES[role] for role in ROLES if role in MAY[act])
        raise NotAllowed(
            "role.not_allowed",
            f"您的角色（{held}）不能{ACTS[act]}。",
            "没有改动任何内容。",
            f"请由{able}来办。",
        )


def writing_role(roles: Sequence[str]) -> str:
    """The role that operations are written under: one that the county takes in, if the person holds one."""
    for role in roles:
        if role in WRITERS:
            return role
    return roles[0] if roles else ""


def day_of(text: object, what: str, code: str = "value.bad_date") -> str:
    """An ISO date as given, checked against the calendar; raises `BadValue` naming the field."""
    if isinstance(text, str) and re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", text):
        try:
            return date.fromisoformat(text).isoformat()
        except ValueError:
            pass
    raise BadValue(
        code,
        f"“{what}”要写成 2026-11-05 这样的日期，“{shorten(text)}”不是日历上的一天。",
        "没有改动任何内容。",
        "请改正日期再做一次。",
    )


def one_line(text: str) -> str:
    """Words as typed on one line: control characters count as blanks, blanks in a row as one."""
    return " ".join("".join(" " if unicodedata.category(char) == "Cc" else char for char in text).split())


def shorten(value: object, most: int = 24) -> str:
    """A value for a sentence: one line, never long."""
    text = " ".join(str(value).split())
    return text if len(text) <= most else text[:most] + "…"
