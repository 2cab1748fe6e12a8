"""The second person: an act on children's data that two people of one store must agree to (AQ-005)."""

from collections.abc import Sequence

import msgspec

from db.keyring import UserEntry
from db.refused import BadValue, NotAllowed
from desktop.casework.work import ACTS, MAY, ROLES, allow

CHILDREN = "children"
"""The act of taking children's data out of the store."""
_SAFE = "没有生成文件。"


class Approval(msgspec.Struct, frozen=True):
    """Who agreed to whose act, the password proved at that moment; only `Workspace.approve` makes one."""

    act: str
    asked_by: str
    approver: str


def may_approve(users: Sequence[UserEntry], user: str, act: str) -> tuple[str, ...]:
    """The others of a store whose roles let them agree, for a choice in the window; empty when there are none."""
    return tuple(one.name for one in users if one.name != user and not MAY[act].isdisjoint(one.roles))


def needs_second(users: Sequence[UserEntry], user: str, act: str, approver: str) -> None:
    """Refuse an approver who is nobody, the same person, unknown here or without a fitting role."""
    able = may_approve(users, user, act)
    if not able:
        raise NotAllowed("approval.nobody_else", _alone(users, act), _SAFE, _add_one(act))
    ask = f"请从这些人里请一位：{'、'.join(able)}，由他当场输入自己的口令。"
    if not approver:
        raise BadValue("approval.missing", f"{ACTS[act]}要两个人，还没有写第二个人是谁。", _SAFE, ask)
    if approver == user:
        raise NotAllowed("approval.same_person", f"{ACTS[act]}要两个人，审批的不能是您自己。", _SAFE, ask)
    held = next((one for one in users if one.name == approver), None)
    if held is None:
        raise BadValue("approval.unknown_user", "这个资料库里没有您写的审批人。", _SAFE, ask)
    if approver not in able:
        raise NotAllowed("approval.not_allowed", f"{approver}的角色不能审批：{ACTS[act]}。", _SAFE, ask)


def agreed(act: str, asked_by: str, second: UserEntry) -> Approval:
    """The approval of somebody whose password was right; their role is looked at once more, as it was proved."""
    allow(second.roles, act)
    return Approval(act, asked_by, second.name)


def _alone(users: Sequence[UserEntry], act: str) -> str:
    if len(users) == 1:
        return f"{ACTS[act]}要两个人同意，这个资料库里只有您一个用户。"
    return f"{ACTS[act]}要两个人同意，这个资料库里没有第二个人的角色可以审批。"


def _add_one(act: str) -> str:
    roles = "、".join(f"{ROLES[role]}（{role}）" for role in ROLES if role in MAY[act])
    return (
        f"请由系统管理员添加第二个用户，角色是{roles}之一，例如："
        "users add 姓名 --role township_reviewer；口令由本人来设。"
    )
