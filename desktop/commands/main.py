"""From arguments to exit status: 0 done, 1 refused in words, 2 wrong use; a traceback never leaves."""

import os
import sys
import traceback
from collections.abc import Sequence
from typing import Any

import msgspec

from db.refused import BadValue, Refused, not_text
from desktop.commands import cases, exchange, ledger, packs, papers, people, policy, store, visits
from desktop.commands.parser import Parser, Verbs, WrongUse, with_common
from desktop.commands.shown import Answer, as_text

PROGRAM = "python -m desktop"


def build() -> Parser:
    """The whole grammar."""
    parser = Parser(prog=PROGRAM, description="走村：乡镇社会救助离线办公。命令与窗口做同样的事。")
    with_common(parser)
    holder = parser.add_subparsers(dest="verb", metavar="命令", required=True, title="命令")
    verbs = Verbs(holder, PROGRAM)
    for family in (store, people, cases, visits, papers, ledger, exchange, packs, policy):
        family.register(verbs)
    return parser


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; the exit status. Standard output carries the answer, standard error everything else."""
    given = list(sys.argv[1:] if argv is None else argv)
    wants_json = "--json" in given
    _safe_output()
    try:
        args = build().parse_args(given)
        _need_text(given)
        wants_json = getattr(args, "json", False)
        _answer(args.run(args), wants_json)
        return 0
    except WrongUse as wrong:
        _refused(wrong, wants_json)
        if wrong.usage:
            sys.stderr.write(wrong.usage + "\n")
        return 2
    except Refused as refusal:
        return _refused(refusal, wants_json)
    except KeyboardInterrupt:
        return _refused(
            Refused(
                "job.cancelled",
                "已按您的要求停下。",
                "停下之前的资料都在，没有写入一半的内容。",
                "需要时再做一次。",
            ),
            wants_json,
        )
    except SystemExit as leaving:  # --help
        return int(leaving.code or 0)
    except Exception as defect:  # noqa: BLE001 - the one place where a defect becomes a sentence
        return _refused(_defect(defect), wants_json)


def _need_text(given: Sequence[str]) -> None:
    """Refuse bytes that are no UTF-8 text (they arrive as lone surrogates): nothing could keep or repeat them."""
    settings = [value for name, value in os.environ.items() if name.startswith("ZOUCUN_")]
    if any(not_text(part) for part in (*given, *settings)):
        raise BadValue(
            "value.not_text",
            "命令或环境变量里有不是 UTF-8 的字符。",
            "没有改动任何内容。",
            "请重新输入；是文件名的，请先给文件改名。",
        )


def _answer(answer: Answer | None, wants_json: bool) -> None:
    if answer is None:
        return
    if wants_json:
        _print(msgspec.json.encode(answer.data).decode())
    else:
        _print(as_text(answer))


def _print(text: str) -> None:
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


def _refused(refusal: Refused, wants_json: bool) -> int:
    if wants_json:
        _print(msgspec.json.encode(refusal.as_json()).decode())
    sys.stderr.write(refusal.in_words() + "\n")
    return 1


def _defect(defect: Exception) -> Refused:
    """A programming error without personal data: the kind of error and the places in our own code, no values."""
    frames = traceback.extract_tb(defect.__traceback__)
    ours = [f"{_module(f.filename)}:{f.lineno}" for f in frames if _module(f.filename)]
    where = " > ".join(ours[-3:]) or "?"
    return Refused(
        "program.defect",
        f"程序自己出了错（{type(defect).__name__}，{where}）。",
        "已保存的内容都在，这一次没有写入。",
        "请把上面括号里的内容告诉维护人员，里面没有个人信息。",
    )


def _module(filename: str) -> str:
    parts = filename.replace("\\", "/").split("/")
    for room in ("desktop", "sync", "db", "resources"):
        if room in parts:
            return "/".join(parts[parts.index(room) :])
    return ""


def _safe_output() -> None:
    """UTF-8 whatever the console says, and no error for a lone surrogate."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure: Any = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(encoding="utf-8", errors="backslashreplace")
