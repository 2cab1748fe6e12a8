"""The county's command line: `python -m sync.county` (contracts/cli.md §3)."""

import argparse
import json
import os
import sys
import traceback
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from db.refused import BadValue, Refused, not_text
from sync.county import commands, grammar, packs
from sync.county.shown import as_text

_RUN: dict[str, Callable[[argparse.Namespace], commands.Answer]] = {
    "init": commands.init,
    "enrol": commands.enrol,
    "revoke": commands.revoke,
    "serve": commands.run,
    "import": commands.take_folder,
    "export": commands.give_folder,
    "status": commands.status,
    "sign-pack": packs.sign,
}


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one verb; the exit status: 0 done, 1 refused, 2 wrong use. A traceback never leaves."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    as_json = "--json" in given
    _safe_output()
    try:
        options = _from_environment(grammar.parse(given), given)
        _answer(_RUN[options.verb](options), as_json)
        return 0
    except grammar.WrongUse as wrong:
        _refuse(wrong, as_json)
        print(wrong.usage, file=sys.stderr)
        return 2
    except Refused as refused:
        return _refuse(refused, as_json)
    except SystemExit as leaving:  # --help
        return int(leaving.code or 0)
    except Exception as defect:  # noqa: BLE001 - the one place where a defect becomes a sentence
        return _refuse(_defect(defect), as_json)


def _from_environment(options: argparse.Namespace, given: Sequence[str]) -> argparse.Namespace:
    options.data = getattr(options, "data", None) or os.environ.get("ZOUCUN_DATA") or "county"
    options.db = getattr(options, "db", None) or os.environ.get("ZOUCUN_DB") or None
    if any(not_text(part) for part in (*given, options.data, options.db or "")):
        raise BadValue(
            "value.not_text",
            "命令或环境变量里有不是 UTF-8 的字符。",
            "没有改动任何内容。",
            "请重新输入；是文件名的，请先给文件改名。",
        )
    return options


def _answer(answer: commands.Answer, as_json: bool) -> None:
    print(json.dumps(answer, ensure_ascii=False) if as_json else as_text(answer), flush=True)


def _refuse(refused: Refused, as_json: bool) -> int:
    print(refused.in_words(), file=sys.stderr)
    if as_json:
        print(json.dumps(refused.as_json(), ensure_ascii=False), flush=True)
    return 1


def _defect(defect: Exception) -> Refused:
    """A programming error without personal data: the kind of error and the place in our own code, no values."""
    frames = traceback.extract_tb(defect.__traceback__)
    ours = [f"{Path(f.filename).name}:{f.lineno}" for f in frames if {"sync", "db"} & set(Path(f.filename).parts)]
    return Refused(
        "program.defect",
        f"程序自己出了错（{type(defect).__name__}，{' > '.join(ours[-3:]) or '?'}）。",
        "已保存的内容都在，这一次没有写入。",
        "请把上面括号里的内容告诉维护人员，里面没有个人信息。",
    )


def _safe_output() -> None:
    """UTF-8 whatever the console says."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure: Any = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(encoding="utf-8", errors="backslashreplace")


if __name__ == "__main__":
    sys.exit(main())
