"""The verbs about visits: begin, answer, photo, sign, complete, show, take back."""

import argparse

from db.refused import Refused
from desktop.casework.views import VisitView
from desktop.commands.opening import acting, reading
from desktop.commands.parser import Verbs, arg
from desktop.commands.shown import Answer
from desktop.commands.values import bytes_from, json_from, pairs

MOST_PICTURE = 200_000_000
"""Read no more than this before the use case says that 25 MB is the limit."""


_ID = arg("id", metavar="ID")


def register(verbs: Verbs) -> None:
    """Add `visit`."""
    visit = verbs.group("visit", "访视和问卷", "visit show 编号")
    _beginning(visit)
    _filling(visit)
    _ending(visit)


def _beginning(visit: Verbs) -> None:
    begin = visit.add(
        "add",
        "开始一次访视",
        "visit add --household 编号 --form F-08 --visited-on 2026-11-05 --investigator 王强 --investigator 李梅\n"
        "visit add --person 编号 --form F-22C --visited-on 2026-11-05",
        _add,
        arg("--case", metavar="ID"),
        arg("--form", metavar="CODE", required=True),
        arg("--visited-on", metavar="DATE", required=True),
        arg(
            "--investigator",
            metavar="NAME",
            action="append",
            default=[],
            help="调查人；F-08 要写两名",
        ),
    )
    about = begin.add_mutually_exclusive_group(required=True)
    about.add_argument("--household", metavar="ID")
    about.add_argument("--person", metavar="ID")
    visit.add("show", "看一次访视：回答、缺项、提示", "visit show 编号", _show, _ID)


def _filling(visit: Verbs) -> None:
    visit.add(
        "answer",
        "按 JSON 文件填写（只改给出的项）",
        "visit answer 编号 回答.json",
        _answer,
        _ID,
        arg("file", metavar="FILE"),
    )
    visit.add(
        "set",
        "逐项填写；TABLE.ROW.key=值 填明细，空值清除",
        "visit set 编号 at_home=true place=上寨",
        _set,
        _ID,
        arg("values", metavar="F=V", nargs="+"),
    )
    visit.add(
        "photo",
        "放入照片",
        "visit photo 编号 door.jpg --slot door",
        _photo,
        _ID,
        arg("image", metavar="IMAGE"),
        arg("--slot", metavar="SLOT", required=True),
    )
    visit.add(
        "sign",
        "放入签名、指印或公章的图",
        "visit sign 编号 --role sg1 --name 王强 签名.png",
        _sign,
        _ID,
        arg("image", metavar="IMAGE"),
        arg("--role", metavar="ROLE", required=True),
        arg("--name", metavar="NAME", required=True),
    )


def _ending(visit: Verbs) -> None:
    visit.add(
        "complete",
        "完成访视（缺项时不能完成）",
        "visit complete 编号",
        _complete,
        _ID,
    )
    visit.add(
        "reopen",
        "重新打开已完成的访视",
        "visit reopen 编号 --reason 纸面与录入不一致",
        _reopen,
        _ID,
        arg("--reason", metavar="TEXT", required=True),
    )
    visit.add(
        "void",
        "作废一次开错的访视，它的文书一起作废（留痕，不删除）",
        "visit void 编号 --reason 选错了人",
        _void,
        _ID,
        arg("--reason", metavar="TEXT", required=True),
    )


def _told(view: VisitView) -> Answer:
    return Answer(view.as_json())


def _add(args: argparse.Namespace) -> Answer:
    from desktop.casework import visits

    return _told(
        acting(
            args,
            lambda work: visits.add(
                work,
                args.form,
                args.visited_on,
                household_id=args.household,
                person_id=args.person,
                case_id=args.case,
                investigators=tuple(args.investigator),
            ),
        )
    )


def _answer(args: argparse.Namespace) -> Answer:
    from desktop.casework import visits

    given = json_from(args.file)
    return _told(acting(args, lambda work: visits.merge_answers(work, args.id, given)))


def _set(args: argparse.Namespace) -> Answer:
    from desktop.casework import visits

    values = pairs(args.values)
    return _told(acting(args, lambda work: visits.record_answers(work, args.id, values)))


def _photo(args: argparse.Namespace) -> Answer:
    from desktop.casework import attachments

    data = bytes_from(args.image, MOST_PICTURE)
    return _told(acting(args, lambda work: attachments.add_photo(work, args.id, args.slot, data)))


def _sign(args: argparse.Namespace) -> Answer:
    from desktop.casework import attachments

    data = bytes_from(args.image, MOST_PICTURE)
    return _told(
        acting(
            args,
            lambda work: attachments.sign(work, args.id, args.role, args.name, data),
        )
    )


def _complete(args: argparse.Namespace) -> Answer:
    from desktop.casework import visits

    try:
        return _told(acting(args, lambda work: visits.complete(work, args.id)))
    except Refused as refusal:
        if refusal.code == "visit.incomplete":
            refusal.do += "可用 visit show 看全部缺项。"
        raise


def _reopen(args: argparse.Namespace) -> Answer:
    from desktop.casework import visits

    return _told(acting(args, lambda work: visits.reopen(work, args.id, args.reason)))


def _void(args: argparse.Namespace) -> Answer:
    from desktop.casework import corrections

    papers = acting(args, lambda work: corrections.withdraw_visit(work, args.id, args.reason))
    return Answer({"visit_id": args.id, "void": True, "spoiled_papers": papers})


def _show(args: argparse.Namespace) -> Answer:
    from desktop.casework import visit_views

    return _told(reading(args, lambda work: visit_views.show(work, args.id)))
