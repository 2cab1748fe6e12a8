"""The grammar of the county's command line: Chinese help with an example, wrong use in words (contracts/cli.md)."""

import argparse
from collections.abc import Sequence
from typing import Any, NoReturn

from db.refused import Refused

PROGRAM = "python -m sync.county"

VERBS: dict[str, tuple[str, str]] = {
    "init": ("建立县级服务：密钥和空库", "init --county 513224 --name 某县民政局"),
    "enrol": (
        "登记一台乡镇电脑，写出证书",
        "enrol 申请.zcp --township 513224102 --township-name 某镇 --out 证书.zcp",
    ),
    "revoke": ("注销一台电脑", "revoke 0190…"),
    "serve": ("运行服务，直到收到 SIGTERM", "serve --host 127.0.0.1 --port 8443 --port-file port.txt"),
    "import": ("读入文件夹（U 盘）里的数据包", "import /media/usb"),
    "export": ("把回执和更新写到文件夹（U 盘）", "export /media/usb --device 0190…"),
    "sign-pack": ("核对县参数包并签名，发给乡镇装入", "sign-pack 参数包.json --out 参数包.签名.json"),
    "status": ("看一眼：电脑、数量、指纹，不含个人信息", "status --json"),
}
"""Each verb with what it does and an example."""


class WrongUse(Refused):
    """An unknown verb or option, or a missing argument: status 2. `usage` is for standard error alone."""

    def __init__(self, what: str, do: str, usage: str) -> None:
        super().__init__("usage.wrong", what, "没有改动任何内容。", do)
        self.usage = usage


class _Formatter(argparse.HelpFormatter):
    """Help with Chinese heads."""

    def add_usage(self, usage: Any, actions: Any, groups: Any, prefix: str | None = None) -> None:
        super().add_usage(usage, actions, groups, "用法：" if prefix is None else prefix)

    def start_section(self, heading: str | None) -> None:
        heads = {"positional arguments": "参数", "options": "选项"}
        super().start_section(heads.get(heading or "", heading))


class _Parser(argparse.ArgumentParser):
    """Says what is wrong in Chinese by raising `WrongUse`."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs | {"formatter_class": _Formatter, "allow_abbrev": False, "add_help": False})
        if kwargs.get("prog"):
            self.add_argument("--help", "-h", action="help", help="显示这页说明")

    def error(self, message: str) -> NoReturn:
        raise WrongUse(_in_words(message), f"看说明：{self.prog} --help", self.format_usage().strip())


def parse(arguments: Sequence[str] | None) -> argparse.Namespace:
    """The options of one call; raises `WrongUse`."""
    common = _Parser()
    common.add_argument("--data", default=argparse.SUPPRESS, help="数据文件夹（密钥、库）；也可用 ZOUCUN_DATA")
    common.add_argument("--db", default=argparse.SUPPRESS, help="PostgreSQL 地址；也可用 ZOUCUN_DB")
    common.add_argument("--json", action="store_true", default=argparse.SUPPRESS, help="输出一个 JSON 对象")
    parser = _Parser(
        prog=PROGRAM,
        description="走村县级服务",
        parents=[common],
        epilog=f"例：{PROGRAM} --data county status --json",
    )
    verbs = parser.add_subparsers(dest="verb", required=True, metavar="命令", title="命令", parser_class=_Parser)
    for name, (words, example) in VERBS.items():
        verb = verbs.add_parser(
            name,
            help=words,
            description=words,
            parents=[common],
            epilog=f"例：{PROGRAM} --data county {example}",
        )
        _options(name, verb)
    return parser.parse_args(arguments)


def _options(name: str, verb: argparse.ArgumentParser) -> None:
    if name == "init":
        verb.add_argument("--county", required=True, metavar="CODE", help="县级区划代码，6 位")
        verb.add_argument("--name", required=True, metavar="TEXT", help="名称")
        verb.add_argument("--training", action="store_true", help="演练用，不能与正式数据混用")
    elif name == "enrol":
        verb.add_argument("request", metavar="REQUEST", help="电脑交来的申请文件")
        verb.add_argument("--township", required=True, metavar="CODE", help="乡镇代码，9 位")
        verb.add_argument("--township-name", required=True, metavar="TEXT", help="乡镇名称")
        verb.add_argument("--out", required=True, metavar="CERTIFICATE", help="证书写到这里")
    elif name == "revoke":
        verb.add_argument("device", metavar="DEVICE", help="电脑编号")
    elif name == "serve":
        verb.add_argument("--host", default="127.0.0.1", metavar="H", help="监听地址")
        verb.add_argument("--port", default="0", metavar="P", help="端口，0 为任选")
        verb.add_argument("--port-file", metavar="FILE", help="开始服务后把端口写到这个文件")
    elif name == "sign-pack":
        verb.add_argument("pack", metavar="PACK", help="县参数包（JSON）")
        verb.add_argument("--out", required=True, metavar="FILE", help="签名的参数包写到这里")
    elif name in ("import", "export"):
        verb.add_argument("folder", metavar="FOLDER", help="文件夹")
    if name == "export":
        verb.add_argument("--device", metavar="D", help="只写给这一台")


def _in_words(message: str) -> str:
    """What argparse says, in Chinese; typed values are not repeated."""
    head, _, rest = message.partition(": ")
    if head == "the following arguments are required":
        return f"还缺：{rest}。"
    if head == "unrecognized arguments":
        options = [part.partition("=")[0] for part in rest.split() if part.startswith("-")]
        return f"没有这样的选项：{' '.join(options)}。" if options else "多写了内容，命令里没有它的位置。"
    if rest.startswith("expected"):
        return f"{head.removeprefix('argument ')} 后面要写一个值。"
    if rest.startswith("invalid choice"):
        return f"没有这样的{head.removeprefix('argument ')}。"
    return "命令的写法不对。"
