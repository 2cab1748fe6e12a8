"""The verbs `print`, one paper as an audited export, and `document`, the papers that were issued."""

import argparse
from typing import TYPE_CHECKING

from db.refused import BadValue
from desktop.commands.opening import acting, opened, reading
from desktop.commands.parser import Verbs, arg
from desktop.commands.shown import Answer
from desktop.commands.values import path_of

if TYPE_CHECKING:
    from desktop.casework.views import DocumentRow, Paper
    from desktop.casework.work import Work


def register(verbs: Verbs) -> None:
    """Add `print` and `document`."""
    verb = verbs.add(
        "print",
        "生成一份文书的 PDF（导出要写事由，会记入审计）",
        "print F-22C --visit 编号 --out 同意书.pdf --reason 交家长签字\n"
        "print F-08 --blank --out 空白表.pdf --reason 入户备用",
        _print,
        arg("form", metavar="FORM_CODE"),
        arg("--out", metavar="FILE.pdf", required=True),
        arg("--reason", metavar="TEXT", required=True, help="导出的事由"),
        arg("--blank", action="store_true", help="空白表，手填用"),
        arg("--draft", action="store_true", help="草稿，带水印"),
        arg("--large", action="store_true", help="大字版"),
    )
    about = verb.add_mutually_exclusive_group()
    for name in ("visit", "case", "household", "person"):
        about.add_argument(f"--{name}", metavar="ID")


    document = verbs.group("document", "打印过的正式文书", "document list")
    document.add(
        "list",
        "列出正式文书；--same-numbers 只列两份同号的",
        "document list --visit 编号\ndocument list --same-numbers",
        _list,
        arg("--visit", metavar="ID", default=""),
        arg("--same-numbers", action="store_true", help="登记前两台电脑可能给出同一个编号"),
    )
    document.add(
        "spoil",
        "作废一份文书：编号不再用，再打印时给新编号",
        "document spoil 编号 --reason 同号",
        _spoil,
        arg("id", metavar="ID"),
        arg("--reason", metavar="TEXT", required=True),
    )


def _list(args: argparse.Namespace) -> Answer:
    from desktop.casework import corrections, issued

    def look(work: "Work") -> "list[DocumentRow]":
        return corrections.same_numbers(work) if args.same_numbers else issued.rows(work, visit_id=args.visit)

    return Answer({"documents": [row.as_json() for row in reading(args, look)]})


def _spoil(args: argparse.Namespace) -> Answer:
    from desktop.casework import corrections

    return Answer(acting(args, lambda work: corrections.spoil_paper(work, args.id, args.reason)).as_json())


def _print(args: argparse.Namespace) -> Answer:
    from desktop.casework import papers
    from desktop.casework.files import write_file

    out = path_of(args.out)
    if out.is_dir() or not out.parent.is_dir():
        raise BadValue(
            "file.bad_path",
            "写不到这个位置：文件夹不存在，或它本身是文件夹。",
            "没有生成文件。",
            "请核对 --out 的路径。",
        )
    ids = {f"{name}_id": getattr(args, name) for name in ("visit", "case", "household", "person")}
    subject = papers.Subject(**ids) if any(value is not None for value in ids.values()) else None
    with opened(args) as workspace:

        def act(work: "Work") -> "Paper":
            made = papers.issue(
                work,
                args.form,
                subject,
                args.reason,
                blank=args.blank,
                draft=args.draft,
                large=args.large,
            )
            write_file(out, made.data)  # before the commit: no number is spent on a file that could not be written
            return made

        paper = workspace.run(act, on=workspace.on)
    return Answer(
        {
            "document_no": paper.document_no,
            "pages": paper.pages,
            "sha256": paper.sha256,
            "path": str(out),
            "form_code": paper.form_code,
            "draft": paper.draft,
            "document_id": paper.document_id,
        }
    )
