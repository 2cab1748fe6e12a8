"""The verb `policy`: questions about the rules answered from a county pack, for programs and for people."""

import argparse
import sys
from collections.abc import Iterator
from io import BufferedReader

import msgspec

from db.refused import BadValue
from desktop.commands.parser import Verbs, WrongUse, arg
from desktop.commands.values import bytes_from, path_of
from desktop.policy.engine import answer_line, decide
from desktop.policy.outcome import Answer, Unanswerable
from desktop.policy.pack import CountyPack, PackUnreadable
from desktop.policy.trace import Step

MOST_PACK = 20_000_000
_BOM = b"\xef\xbb\xbf"
_MARKS = {True: "✓", False: "✗", None: "·"}


def register(verbs: Verbs) -> None:
    """Add `policy answer` and `policy explain`."""
    family = verbs.group(
        "policy", "按县配置回答政策问题，逐条列出依据", "policy answer 问题.jsonl --pack 配置.json"
    )
    given = (
        arg("questions", metavar="QUESTIONS", help="每行一个问题（JSON）"),
        arg("--pack", metavar="PACK", required=True, help="县配置（JSON）"),
    )
    example = "问题.jsonl --pack 配置.json"
    family.add("answer", "每行一个问题，每行一个回答（JSON），顺序不变", f"policy answer {example}", _answer, *given)
    family.add("explain", "把每个回答一步一步讲给人看", f"policy explain {example}", _explain, *given)


def _answer(args: argparse.Namespace) -> None:
    """One JSON answer a line (policy_contract.md §1)."""
    county, lines = _county(args.pack), _lines(args.questions)
    for line in lines:
        sys.stdout.write(msgspec.json.encode(answer_line(county, line)).decode() + "\n")
    sys.stdout.flush()


def _explain(args: argparse.Namespace) -> None:
    """Every rule that was tried, in order, as the family may read it."""
    county, lines = _county(args.pack), _lines(args.questions)
    for line in lines:
        sys.stdout.write("\n".join(_told(county, line)) + "\n\n")
    sys.stdout.flush()


def _told(county: CountyPack, line: bytes) -> list[str]:
    try:
        raw = msgspec.json.decode(line)
    except (msgspec.DecodeError, UnicodeError, RecursionError):
        return ["这一行不是 JSON。"]
    name = str(raw.get("id") or "") if isinstance(raw, dict) else ""
    try:
        answer = decide(county, raw)
    except Unanswerable as refusal:
        return [f"{name} 答不了：{refusal.message}（{refusal.code}）"]
    return [name, *_result(answer), *(text for step in answer.trace for text in _step(step))]


def _result(answer: Answer) -> list[str]:
    plain = answer.as_json("")
    told = {key: value for key, value in plain.items() if key not in ("id", "reasons") and value not in (None, [], "")}
    return [f"  {key} = {_words(value)}" for key, value in told.items()]


def _words(value: object) -> str:
    return value if isinstance(value, str) else msgspec.json.encode(value).decode()


def _step(step: Step) -> list[str]:
    since = f"，{step.effective_from} 起施行" if step.effective_from else ""
    facts = "，".join(f"{name} {value}" for name, value in step.inputs)
    lines = [f"  {_MARKS[step.passed]} {step.rule_id}  {step.text}"]
    lines += [f"      依据：{step.source}{since}"]
    return lines + ([f"      用到：{facts}"] if facts else [])


def _county(name: str) -> CountyPack:
    try:
        raw = msgspec.json.decode(bytes_from(name, MOST_PACK).removeprefix(_BOM))
        return CountyPack.read(raw)
    except BadValue as refusal:
        raise WrongUse(f"县配置读不了：{refusal.what}", refusal.do) from refusal
    except (msgspec.DecodeError, UnicodeError, RecursionError) as error:
        raise WrongUse("县配置不是 JSON（要 UTF-8 编码）。", "请核对 --pack 后面的文件。") from error
    except PackUnreadable as error:
        raise WrongUse(f"县配置读不了：{error}。", "请核对 --pack 后面的文件。") from error


def _lines(name: str) -> Iterator[bytes]:
    """The lines that are not empty, of a file that is opened at once: wrong use when it cannot be read."""
    try:
        file = path_of(name).open("rb")
        file.peek(1)
    except (OSError, BadValue) as error:
        raise WrongUse("问题文件读不了。", "请核对路径，和有没有权限看它。") from error
    return _of(file)


def _of(file: BufferedReader) -> Iterator[bytes]:
    with file:
        for number, line in enumerate(file):
            words = line.removeprefix(_BOM) if number == 0 else line
            if words.strip():
                yield words
