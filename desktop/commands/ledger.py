"""The verb `import-ledger`: a ledger from Excel, looked at, taken over or undone."""

import argparse
import hashlib
from datetime import date
from typing import Any

from desktop.commands.opening import acting, business_date, opened, tell
from desktop.commands.parser import Verbs, WrongUse, arg
from desktop.commands.shown import Answer
from desktop.commands.values import bytes_from, path_of

MOST_LEDGER = 50_000_000


def register(verbs: Verbs) -> None:
    """Add `import-ledger`."""
    verbs.add(
        "import-ledger",
        "导入 Excel 台账，逐行分为干净、提示、报告、忽略",
        "import-ledger 花名册.xlsx --dry-run\nimport-ledger 花名册.xlsx\nimport-ledger --undo 批次编号",
        _import,
        arg("file", metavar="FILE", nargs="?"),
        arg("--dry-run", action="store_true", help="只看，不写入，不要口令"),
        arg("--profile", metavar="P", help="台账种类，缺省由表头认"),
        arg("--undo", metavar="BATCH", help="撤销一批"),
    )


def _import(args: argparse.Namespace) -> Answer:
    if args.undo is not None:
        if args.file is not None or args.dry_run:
            raise WrongUse(
                "--undo 不能和文件或 --dry-run 一起写。",
                "import-ledger --undo 批次编号",
            )
        from desktop.casework import ledgers

        return Answer(acting(args, lambda work: ledgers.undo(work, args.undo)).as_json())
    if args.file is None:
        raise WrongUse("还缺：FILE 或 --undo 批次。", "import-ledger FILE [--dry-run]")
    on = business_date(args)
    data = bytes_from(args.file, MOST_LEDGER)
    name = path_of(args.file).name
    if args.dry_run:
        return Answer(_examined(data, name, args.profile, on).as_json())
    with opened(args) as workspace:
        from desktop.casework import ledgers

        found = _examined(data, name, args.profile, on)
        sha256 = hashlib.sha256(data).hexdigest()
        batch = workspace.run(
            lambda work: ledgers.take_over(work, found.profile, sha256, ledgers.planned(found.plan)),
            on=on,
            on_progress=tell,
        )
    return Answer(found.as_json() | batch.as_json())


def _examined(data: bytes, name: str, profile: str | None, on: date) -> Any:
    """What every row is, without a store."""
    from desktop.exchange import examine

    return examine(data, name, profile=profile, on=on)
