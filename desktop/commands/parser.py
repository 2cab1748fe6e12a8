"""The grammar of the command line: Chinese help, common options before or after the verb, wrong use is status 2."""

import argparse
import re
from collections.abc import Callable, Sequence
from typing import Any, NoReturn

from db.refused import Refused

COMMON: tuple[tuple[str, str, str], ...] = (
    ("--store", "DIR", "资料所在文件夹（环境变量 ZOUCUN_STORE）"),
    ("--user", "NAME", "以谁的身份（ZOUCUN_USER）"),
    (
        "--password-file",
        "FILE",
        "口令文件（ZOUCUN_PASSWORD_FILE，或直接用 ZOUCUN_PASSWORD）",
    ),
    ("--on", "DATE", "业务日期，例如 2026-11-05；缺省为今天"),
)


class WrongUse(Refused):
    """The command line was not written as it must be: an unknown verb or option, a missing argument.

    `usage` is the grammar of the verb, for standard error alone.
    """

    def __init__(self, what: str, do: str, usage: str = "") -> None:
        super().__init__("usage.wrong", what, "没有改动任何内容。", do)
        self.usage = usage


class _Formatter(argparse.RawDescriptionHelpFormatter):
    """Help with Chinese heads."""

    def add_usage(self, usage: Any, actions: Any, groups: Any, prefix: str | None = None) -> None:
        """The usage line."""
        super().add_usage(usage, actions, groups, "用法：" if prefix is None else prefix)

    def start_section(self, heading: str | None) -> None:
        """Heads of the two lists of arguments."""
        heads = {"positional arguments": "参数", "options": "选项"}
        super().start_section(heads.get(heading or "", heading))


class Parser(argparse.ArgumentParser):
    """A parser that says what is wrong in Chinese and never repeats a typed value (it may be personal)."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs |= {
            "formatter_class": _Formatter,
            "allow_abbrev": False,
            "add_help": False,
        }
        super().__init__(**kwargs)
        self.add_argument("--help", "-h", action="help", help="显示这页说明")

    def error(self, message: str) -> NoReturn:
        """Raise `WrongUse` instead of leaving."""
        raise WrongUse(_in_words(message), f"看说明：{self.prog} --help", self.format_usage().strip())


Run = Callable[[argparse.Namespace], Any]


class Verbs:
    """Where the families of verbs register theirs: name, words, example, arguments, what to run."""

    def __init__(self, holder: Any, program: str) -> None:
        self._holder, self._program = holder, program

    def add(
        self,
        name: str,
        words: str,
        example: str,
        run: Run | None = None,
        *arguments: tuple[Sequence[str], dict[str, Any]],
    ) -> "Parser":
        """One verb; without `run` it only holds sub-verbs."""
        text = f"{words}\n\n例子：\n" + "\n".join(f"  {self._program} {line}" for line in example.splitlines())
        parser: Parser = self._holder.add_parser(name, help=words, description=text)
        with_common(parser)
        for flags, options in arguments:
            parser.add_argument(*flags, **options)
        if run is not None:
            parser.set_defaults(run=run)
        return parser

    def group(self, name: str, words: str, example: str) -> "Verbs":
        """A verb with sub-verbs (`household add`)."""
        parser = self.add(name, words, example)
        holder = parser.add_subparsers(dest=f"{name}_verb", metavar="动作", required=True, title="动作")
        return Verbs(holder, self._program)


def arg(*flags: str, **options: Any) -> tuple[Sequence[str], dict[str, Any]]:
    """One argument of a verb, as argparse takes it."""
    return flags, options


def with_common(parser: argparse.ArgumentParser) -> None:
    """The options that every verb takes, before or after it."""
    group = parser.add_argument_group("通用选项")
    for flag, metavar, words in COMMON:
        group.add_argument(flag, metavar=metavar, default=argparse.SUPPRESS, help=words)
    group.add_argument(
        "--json",
        action="store_true",
        default=argparse.SUPPRESS,
        help="回答写成一个 JSON 对象",
    )


_REQUIRED = re.compile(r"the following arguments are required: (.*)")
_UNKNOWN = re.compile(r"unrecognized arguments: (.*)")
_EXPECTED = re.compile(r"argument ([^:]*): expected .*")
_CHOICE = re.compile(r"argument ([^:]*): invalid choice: .*")
_BOTH = re.compile(r"argument ([^:]*): not allowed with argument (.*)")
_ONE_OF = re.compile(r"one of the arguments (.*) is required")


def _in_words(message: str) -> str:
    if found := _REQUIRED.match(message):
        return f"还缺：{found[1]}。"
    if found := _UNKNOWN.match(message):
        options = [part.split("=")[0] for part in found[1].split() if part.startswith("-")]
        return f"没有这样的选项：{' '.join(options)}。" if options else "多写了内容，命令里没有它的位置。"
    if found := _EXPECTED.match(message):
        return f"{found[1]} 后面要写一个值。"
    if found := _CHOICE.match(message):
        return f"没有这样的{found[1]}。"
    if found := _BOTH.match(message):
        return f"{found[1]} 和 {found[2]} 不能同时写。"
    if found := _ONE_OF.match(message):
        return f"要写明其中一个：{found[1]}。"
    return "命令的写法不对。"
