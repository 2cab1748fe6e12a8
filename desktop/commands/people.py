"""The verbs about households and persons."""

import argparse

from desktop.commands.opening import acting, reading
from desktop.commands.parser import Verbs, arg
from desktop.commands.shown import Answer
from desktop.commands.values import json_from, number, pairs


def register(verbs: Verbs) -> None:
    """Add `household` and `person`."""
    home = verbs.group("household", "家庭", "household list --find 卓玛")
    home.add(
        "add",
        "登记一户和它的成员（内容为 JSON 文件，- 为标准输入）",
        "household add 户.json",
        _add,
        arg("file", metavar="FILE"),
    )
    home.add(
        "list",
        "列出或查找家庭",
        "household list --find zhuoma --limit 20",
        _list,
        arg("--find", metavar="TEXT", help="姓名、拼音、首字母、村名或号码末几位"),
        arg("--village", metavar="V", help="只看一个村"),
        arg("--limit", metavar="N", help="最多几户，缺省 50"),
    )
    home.add(
        "show",
        "看一户（号码遮盖）",
        "household show 编号",
        _show,
        arg("id", metavar="ID"),
    )
    home.add(
        "set",
        "改一户的内容：village group address phone hukou remark",
        "household set 编号 village=上磨村 phone=13800001234",
        _set,
        arg("id", metavar="ID"),
        arg("values", metavar="F=V", nargs="+"),
    )
    person = verbs.group("person", "人员", "person show 编号")
    person.add(
        "show",
        "看一个人（号码遮盖；要看全号须写事由）",
        "person show 编号 --reveal 核对发放账号",
        _person,
        arg("id", metavar="ID"),
        arg("--reveal", metavar="REASON", help="显示完整号码的事由，会记入审计"),
    )
    person.add(
        "set",
        "改一个人的内容",
        "person set 编号 certificate.kind=5 certificate.grade=1",
        _set_person,
        arg("id", metavar="ID"),
        arg("values", metavar="F=V", nargs="+"),
    )


def _add(args: argparse.Namespace) -> Answer:
    from desktop.casework import households

    given = json_from(args.file)
    return Answer(acting(args, lambda work: households.add(work, given)).as_json())


def _list(args: argparse.Namespace) -> Answer:
    from desktop.casework import households

    limit = number(args.limit, "--limit", 50)
    found = reading(
        args,
        lambda work: households.rows(work, args.find or "", args.village or "", limit),
    )
    return Answer({"households": [row.as_json() for row in found]})


def _show(args: argparse.Namespace) -> Answer:
    from desktop.casework import dossiers

    return Answer(reading(args, lambda work: dossiers.show(work, args.id)).as_json())


def _set(args: argparse.Namespace) -> Answer:
    from desktop.casework import dossiers

    values = pairs(args.values)
    return Answer(acting(args, lambda work: dossiers.change(work, args.id, values)).as_json())


def _person(args: argparse.Namespace) -> Answer:
    from desktop.casework import persons

    if args.reveal is None:
        return Answer(reading(args, lambda work: persons.show(work, args.id)).as_json())
    return Answer(acting(args, lambda work: persons.reveal(work, args.id, args.reveal)).as_json())


def _set_person(args: argparse.Namespace) -> Answer:
    from desktop.casework import persons

    values = pairs(args.values)
    return Answer(acting(args, lambda work: persons.change(work, args.id, values)).as_json())
