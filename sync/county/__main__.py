"""The county's command line: `python -m sync.county` (contracts/cli.md §3)."""

import argparse
import json
import os
import sys
from collections.abc import Callable, Mapping, Sequence
from typing import NoReturn

from db.refused import Refused
from sync.county import commands

_VERBS: dict[str, tuple[Callable[[argparse.Namespace], commands.Answer], str, str]] = {
    "init": (commands.init, "建立县级服务：密钥和空库", "init --county 513224 --name 某县民政局"),
    "enrol": (
        commands.enrol,
        "登记一台乡镇电脑，写出证书",
        "enrol 申请.zcp --township 513224102 --township-name 某镇 --out 证书.zcp",
    ),
    "revoke": (commands.revoke, "注销一台电脑", "revoke 0190…"),
    "serve": (commands.run, "运行服务，直到收到 SIGTERM", "serve --host 127.0.0.1 --port 8443 --port-file port.txt"),
    "import": (commands.take_folder, "读入文件夹（U 盘）里的数据包", "import /media/usb"),
    "export": (commands.give_folder, "把回执和更新写到文件夹（U 盘）", "export /media/usb --device 0190…"),
    "status": (commands.status, "看一眼：电脑、数量、指纹，不含个人信息", "status --json"),
}


class _Parser(argparse.ArgumentParser):
    """Says wrong use in Chinese, status 2."""

    def error(self, message: str) -> NoReturn:
        self.print_usage(sys.stderr)
        self.exit(2, f"用法不对：{message}\n")


def _parser() -> argparse.ArgumentParser:
    common = _Parser(add_help=False)
    common.add_argument("--data", default=argparse.SUPPRESS, help="数据文件夹（密钥、库）；也可用 ZOUCUN_DATA")
    common.add_argument("--db", default=argparse.SUPPRESS, help="PostgreSQL 地址；也可用 ZOUCUN_DB")
    common.add_argument("--json", action="store_true", default=argparse.SUPPRESS, help="输出一个 JSON 对象")
    parser = _Parser(
        prog="python -m sync.county",
        description="走村县级服务",
        parents=[common],
        epilog="例：python -m sync.county --data county status --json",
    )
    verbs = parser.add_subparsers(dest="verb", required=True, metavar="命令", parser_class=_Parser)
    made = {
        name: verbs.add_parser(
            name,
            help=words,
            description=words,
            parents=[common],
            epilog=f"例：python -m sync.county --data county {example}",
        )
        for name, (_, words, example) in _VERBS.items()
    }
    _options(made)
    return parser


def _options(made: Mapping[str, argparse.ArgumentParser]) -> None:
    made["init"].add_argument("--county", required=True, help="县级区划代码，6 位")
    made["init"].add_argument("--name", required=True, help="名称")
    made["init"].add_argument("--training", action="store_true", help="演练用，不能与正式数据混用")
    made["enrol"].add_argument("request", help="电脑交来的申请文件")
    made["enrol"].add_argument("--township", required=True, help="乡镇代码，9 位")
    made["enrol"].add_argument("--township-name", required=True, help="乡镇名称")
    made["enrol"].add_argument("--out", required=True, help="证书写到这里")
    made["revoke"].add_argument("device", help="电脑编号")
    made["serve"].add_argument("--host", default="127.0.0.1", help="监听地址")
    made["serve"].add_argument("--port", type=int, default=0, help="端口，0 为任选")
    made["serve"].add_argument("--port-file", help="开始服务后把端口写到这个文件")
    made["import"].add_argument("folder", help="文件夹")
    made["export"].add_argument("folder", help="文件夹")
    made["export"].add_argument("--device", help="只写给这一台")


def _refuse(refused: Refused, as_json: bool) -> int:
    print(refused.in_words(), file=sys.stderr)
    if as_json:
        print(json.dumps(refused.as_json(), ensure_ascii=False))
    return 1


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one verb; the exit status: 0 done, 1 refused, 2 wrong use."""
    options = _parser().parse_args(arguments)
    as_json = getattr(options, "json", False)
    options.data = getattr(options, "data", None) or os.environ.get("ZOUCUN_DATA") or "county"
    options.db = getattr(options, "db", None) or os.environ.get("ZOUCUN_DB") or None
    try:
        answer = _VERBS[options.verb][0](options)
    except Refused as refused:
        return _refuse(refused, as_json)
    if as_json:
        print(json.dumps(answer, ensure_ascii=False))
    else:
        for name, value in answer.items():
            print(f"{name}: {value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
