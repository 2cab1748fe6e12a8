"""The verbs about cases."""

import argparse
from typing import TYPE_CHECKING

from desktop.commands.opening import acting, reading
from desktop.commands.parser import Verbs, arg
from desktop.commands.shown import Answer
from desktop.commands.values import pairs

if TYPE_CHECKING:
    from desktop.casework.case_views import AssessmentView, StepView

_MARKS = {True: "✓", False: "✗", None: "·"}


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
    case.add(
        "show", "看一个案件：经过、能走的下一步、还缺什么、在走的期限", "case show 编号", _show, arg("id", metavar="ID")
    )
    _register_acts(case)


def _register_acts(case: Verbs) -> None:
    case.add(
        "move",
        "办理下一步；材料写成 字段=值，人写编号或姓名，a.b=值 是里面的一项，note=说明",
        "case move 编号 investigating\n"
        "case move 编号 democratic_review\n"
        "case move 编号 pre_reviewed democratic_review=@评议.json\n"
        "case move 编号 terminated written_reason=true opinion_hearing_on=2026-11-01",
        _move,
        arg("id", metavar="ID"),
        arg("status", metavar="STATUS"),
        arg("values", metavar="F=V", nargs="*"),
    )
    case.add(
        "assess",
        "按县参数包测算资格和金额并存档；表里没有的事实写成 字段=@文件",
        "case assess 编号\ncase assess 编号 medical=@结算.json",
        _assess,
        arg("id", metavar="ID"),
        arg("values", metavar="F=V", nargs="*"),
    )
    case.add("why", "逐条看最近一次测算的依据", "case why 编号", _why, arg("id", metavar="ID"))


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
    from desktop.casework import progress

    return Answer(reading(args, lambda work: progress.show(work, args.id)).as_json())


def _move(args: argparse.Namespace) -> Answer:
    from desktop.casework import gates

    values = pairs(args.values)
    return Answer(acting(args, lambda work: gates.move(work, args.id, args.status, values)).as_json())


def _assess(args: argparse.Namespace) -> Answer:
    from desktop.casework import assessing

    values = pairs(args.values)
    found = acting(args, lambda work: assessing.assess_case(work, args.id, values))
    return Answer(found.as_json(), _told(found))


def _why(args: argparse.Namespace) -> Answer:
    from desktop.casework import assessing

    found: AssessmentView | None = reading(args, lambda work: assessing.of_case(work, args.id))
    if found is None:
        return Answer({"case_id": args.id, "assessment_id": None, "trace": []}, ("这个案件还没有测算过。",))
    return Answer(found.as_json(), _told(found))


def _told(found: "AssessmentView") -> tuple[str, ...]:
    """The answer, and every rule that was tried, as the family may read it."""
    from desktop.casework.rule_words import OUTCOMES

    outcome = OUTCOMES.get(found.outcome, found.outcome)
    amount = f"，每月 {found.amount_month} 元" if found.amount_month else ""
    lines = [f"{found.assessed_on} 测算：{outcome}{amount}（县参数包 {found.pack_version}）"]
    if found.missing:
        lines.append("还缺：" + "、".join(found.missing))
    lines += [f"注意：{remark}" for remark in found.remarks]
    return (*lines, *(line for step in found.trace for line in _step(step)))


def _step(step: "StepView") -> list[str]:
    since = f"，{step.effective_from} 起施行" if step.effective_from else ""
    lines = [f"{_MARKS[step.passed]} {step.rule_id}  {step.text}", f"    依据：{step.source}{since}"]
    used = "，".join(f"{name} {value}" for name, value in step.inputs.items())
    return lines + ([f"    用到：{used}"] if used else [])
