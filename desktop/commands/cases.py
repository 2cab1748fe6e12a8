"""The verbs about cases."""

import argparse

from desktop.commands.opening import acting, reading
from desktop.commands.parser import Verbs, arg
from desktop.commands.shown import Answer


def register(verbs: Verbs) -> None:
    """Add `case`."""
    case = verbs.group("case", "案件", "case list --status accepted")
    case.add(
        "add",
        "受理一个案件",
        "case add --household 编号 --programme dibao --accepted-on 2026-11-05",
        _add,
        arg("--household", metavar="ID", required=True),
        arg("--person", metavar="ID", help="按人办理的业务写上本人"),
        arg(
            "--programme",
            metavar="CODE",
            required=True,
            help="业务代码，例如 dibao、tekun、home_teaching",
        ),
        arg("--accepted-on", metavar="DATE", required=True, help="受理日期"),
    )
    case.add(
        "list",
        "列出案件",
        "case list --programme dibao",
        _list,
        arg("--status", metavar="S"),
        arg("--programme", metavar="P"),
    )
    case.add("show", "看一个案件和它的经过", "case show 编号", _show, arg("id", metavar="ID"))


def _add(args: argparse.Namespace) -> Answer:
    from desktop.casework import cases

    found = acting(
        args,
        lambda work: cases.add(work, args.household, args.programme, args.accepted_on, args.person),
    )
    return Answer(found.as_json())


def _list(args: argparse.Namespace) -> Answer:
    from desktop.casework import cases

    found = reading(
        args,
        lambda work: cases.rows(work, args.status or "", args.programme or "", limit=100_000),
    )
    return Answer({"cases": [row.as_json() for row in found]})


def _show(args: argparse.Namespace) -> Answer:
    from desktop.casework import cases

    return Answer(reading(args, lambda work: cases.show(work, args.id)).as_json())
