"""The verbs `import-ledger`, a ledger from Excel looked at, taken over or undone, and `export-ledger`, one written."""

import argparse
import hashlib
from datetime import date
from typing import TYPE_CHECKING

from db.refused import BadValue
from desktop.commands.opening import acting, business_date, opened, other_password, tell
from desktop.commands.parser import Verbs, WrongUse, arg
from desktop.commands.shown import Answer
from desktop.commands.values import bytes_from, path_of

if TYPE_CHECKING:
    from desktop.casework.edition_views import EditionView
    from desktop.casework.work import Work
    from desktop.exchange import Report
    from desktop.exchange.outgoing.exporting import Exported
    from desktop.exchange.outgoing.sealing import Sealing
    from desktop.workspace import Workspace

MOST_LEDGER = 50_000_000
_AS_LEDGER = {"file.too_big": "LEDGER_TOO_LARGE"}


def register(verbs: Verbs) -> None:
    """Add `import-ledger`."""
    verbs.add(
        "import-ledger",
        "导入 Excel 台账，逐行分为干净、提示、报告、忽略",
        "import-ledger 花名册.xlsx --dry-run\nimport-ledger 花名册.xlsx --compare\n"
        "import-ledger 花名册.xlsx\nimport-ledger --undo 批次编号",
        _import,
        arg("file", metavar="FILE", nargs="?"),
        arg("--dry-run", action="store_true", help="只看，不写入，不要口令"),
        arg("--compare", action="store_true", help="和库里比一比：多了谁、改了什么、少了谁；不写入"),
        arg("--profile", metavar="P", help="台账种类（L1 或 dibao_roster 都行），缺省由表名和表头认"),
        arg("--refused-out", metavar="FILE.xlsx", help="把没导入的行按原样写到这个文件，旁边写明原因"),
        arg("--undo", metavar="BATCH", help="撤销一批"),
    )
    verbs.add(
        "export-ledger",
        "按规定的列导出一种台账（导出要写事由，会记入审计）",
        "export-ledger L1 --out L1_低保花名册_202609.xlsx --reason 上报县民政局\n"
        "export-ledger L7 --month 2026-09 --out L7_一卡通_202609.xlsx --reason 发放核对\n"
        "export-ledger L8 --out L8_儿童台账_202609.xlsx --reason 上报县民政局 --approver 李梅",
        _export,
        arg("profile", metavar="PROFILE", help="台账种类：L1 至 L10；L8 要审批人并加密"),
        arg("--out", metavar="FILE.xlsx", required=True, help="写到哪个文件（.xlsx 或 .csv）；文件名里不能有人名"),
        arg("--reason", metavar="TEXT", required=True, help="导出的事由"),
        arg("--month", metavar="YYYY-MM", help="花名册到这个月为止；发放、救助只要这个月的"),
        arg("--approver", metavar="NAME", help="第二个人：用自己的口令当场同意；写了就加密导出"),
        arg(
            "--approver-password-file",
            metavar="FILE",
            help="审批人的口令；或用环境变量 ZOUCUN_APPROVER_PASSWORD_FILE、ZOUCUN_APPROVER_PASSWORD",
        ),
        arg(
            "--open-password-file",
            metavar="FILE",
            help="表格的打开密码（至少 10 个字符，不保存）；或用 ZOUCUN_OPEN_PASSWORD_FILE、ZOUCUN_OPEN_PASSWORD",
        ),
    )


def _import(args: argparse.Namespace) -> Answer:
    if args.undo is not None:
        return _undo(args)
    if args.file is None:
        raise WrongUse("还缺：FILE 或 --undo 批次。", "写 import-ledger 文件，或 import-ledger --undo 批次编号。")
    on = business_date(args)
    data = _ledger_file(args.file)
    name = path_of(args.file).name
    if args.dry_run:
        found = _examined(data, name, args.profile, on)
        return Answer(found.as_json() | _refused_out(args, found))
    return _take_over(args, data, name, on)


def _refused_out(args: argparse.Namespace, found: "Report", edition: "EditionView | None" = None) -> dict[str, object]:
    """Write the rows that were not taken to the file asked for; nothing is written when there are none."""
    if args.refused_out is None:
        return {}
    from desktop.casework.files import write_file
    from desktop.exchange.outgoing.refused_rows import held_rows, refused_rows

    out = path_of(args.refused_out)
    made = refused_rows(found, held_rows(edition) if edition is not None else None)
    if made is not None:
        write_file(out, made[0])
    return {"refused_rows": made[1] if made else 0, "refused_out": str(out) if made else None}


def _export(args: argparse.Namespace) -> Answer:
    """One ledger as an audited export; no number of the audit is spent on a file that could not be written."""
    from desktop.casework.files import write_file
    from desktop.exchange.outgoing.exporting import export, needs_nameless

    out = path_of(args.out)
    with opened(args) as workspace:
        township = workspace.identity.township_name

        sealing = _sealing(args, workspace)
        plain = out.suffix.lower() == ".csv"

        def act(work: "Work") -> "Exported":
            made = export(work, args.profile, args.reason, args.month, township, sealing, plain)
            needs_nameless(out.stem, made.names)
            write_file(out, made.data)
            return made

        made = workspace.run(act, on=workspace.on)
    return Answer(made.as_json() | {"path": str(out)})


def _sealing(args: argparse.Namespace, workspace: "Workspace") -> "Sealing | None":
    """The second person's yes and the opening password, when somebody is named or the ledger needs it."""
    from desktop.casework.approvals import CHILDREN
    from desktop.exchange.outgoing.exporting import needs_sealing
    from desktop.exchange.outgoing.sealing import Sealing, check_file_password

    if args.approver is None and not needs_sealing(args.profile):
        return None
    workspace.needs_second(args.approver or "", CHILDREN)
    secret = other_password(args, "approver_password_file", "ZOUCUN_APPROVER_PASSWORD", f"{args.approver}的口令：")
    opening = other_password(args, "open_password_file", "ZOUCUN_OPEN_PASSWORD", "表格的打开密码：", twice=True)
    check_file_password(opening)
    return Sealing(workspace.approve(args.approver, secret), opening)


def _undo(args: argparse.Namespace) -> Answer:
    """Take a whole batch back."""
    if args.file is not None or args.dry_run or args.compare:
        raise WrongUse("--undo 不能和文件、--dry-run 或 --compare 一起写。", "只写 import-ledger --undo 批次编号。")
    from desktop.casework import ledgers

    return Answer(acting(args, lambda work: ledgers.undo(work, args.undo)).as_json())


def _take_over(args: argparse.Namespace, data: bytes, name: str, on: date) -> Answer:
    """Write what the file brings anew, in one transaction; with `--compare` only show it."""
    from desktop.exchange import compare, refusal, take_over

    found = _examined(data, name, args.profile, on)
    if not found.writable:
        raise refusal("LEDGER_LOOK_ONLY")
    sha256 = hashlib.sha256(data).hexdigest()
    with opened(args) as workspace:
        edition = workspace.look(lambda work: compare(work, found))
        told = found.as_json() | {"edition": edition.as_json()} | _refused_out(args, found, edition)
        if args.compare:
            return Answer(told)
        batch = workspace.run(lambda work: take_over(work, found, sha256), on=on, on_progress=tell)
    return Answer(told | batch.as_json())


def _ledger_file(name: str) -> bytes:
    """The bytes of the file; what stands against it is said with the codes of ledgers."""
    from desktop.exchange import refusal

    try:
        return bytes_from(name, MOST_LEDGER)
    except BadValue as error:
        raise refusal(_AS_LEDGER.get(error.code, "LEDGER_MISSING")) from error


def _examined(data: bytes, name: str, profile: str | None, on: date) -> "Report":
    """What every row is, without a store."""
    from desktop.exchange import examine

    return examine(data, name, profile=profile, on=on)
