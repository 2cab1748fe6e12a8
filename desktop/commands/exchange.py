"""The verbs between laptop and county: enrolment, exchange over the network or by stick, differences to decide."""

import argparse

from desktop.commands.opening import opened, tell
from desktop.commands.parser import Verbs, arg
from desktop.commands.shown import Answer
from desktop.commands.values import json_from, path_of


def register(verbs: Verbs) -> None:
    """Add `device`, `sync`, `package` and `conflicts`."""
    device = verbs.group("device", "本机登记", "device request 登记申请")
    device.add(
        "request",
        "写出登记申请文件，交给县里",
        "device request 申请.zcp",
        _request,
        arg("file", metavar="FILE"),
    )
    device.add(
        "accept",
        "装入县里发来的证书",
        "device accept 证书.zcp --trust 指纹",
        _accept,
        arg("file", metavar="FILE"),
        arg("--trust", metavar="FINGERPRINT", help="电话里核对过的县密钥指纹"),
    )
    verbs.add(
        "sync",
        "通过网络与县里完整交换一次",
        "sync https://县里地址",
        _sync,
        arg("url", metavar="URL"),
    )
    package = verbs.group("package", "用 U 盘交换", "package write 文件夹")
    package.add(
        "write",
        "把未送的内容写成加密数据包",
        "package write /media/u盘",
        _write,
        arg("folder", metavar="FOLDER"),
    )
    package.add(
        "read",
        "装入县里给本机的数据包",
        "package read /media/u盘",
        _read,
        arg("folder", metavar="FOLDER"),
    )
    conflicts = verbs.group("conflicts", "两边不同的内容，由人来定", "conflicts list")
    conflicts.add("list", "列出分歧", "conflicts list", _list)
    resolve = conflicts.add(
        "resolve",
        "定下一个分歧：留本机的、留县里的，或写第三个值",
        "conflicts resolve 编号 --keep county",
        _resolve,
        arg("id", metavar="ID"),
    )
    choice = resolve.add_mutually_exclusive_group(required=True)
    choice.add_argument("--keep", metavar="mine|county")
    choice.add_argument("--value", metavar="V")


def _request(args: argparse.Namespace) -> Answer:
    path = path_of(args.file)
    with opened(args) as workspace:
        return Answer(workspace.exchange.request(path))


def _accept(args: argparse.Namespace) -> Answer:
    path = path_of(args.file)
    with opened(args) as workspace:
        return Answer(workspace.exchange.accept(path, args.trust, _ask_trust))


def _ask_trust(fingerprint: str) -> bool:
    import sys

    if not sys.stdin.isatty():
        return False
    sys.stderr.write(f"县密钥指纹：{fingerprint}\n")
    return input("请打电话与县里核对。一样就写“是”：").strip() in ("是", "y", "yes")


def _sync(args: argparse.Namespace) -> Answer:
    with opened(args) as workspace:
        return Answer(workspace.exchange.sync(args.url, tell))


def _write(args: argparse.Namespace) -> Answer:
    folder = path_of(args.folder)
    with opened(args) as workspace:
        return Answer(workspace.exchange.write_stick(folder, tell))


def _read(args: argparse.Namespace) -> Answer:
    folder = path_of(args.folder)
    with opened(args) as workspace:
        return Answer(workspace.exchange.read_stick(folder, tell))


def _list(args: argparse.Namespace) -> Answer:
    with opened(args) as workspace:
        return Answer({"conflicts": [item.as_json() for item in workspace.exchange.conflicts()]})


def _resolve(args: argparse.Namespace) -> Answer:
    value = args.value
    if isinstance(value, str) and (value == "-" or value.startswith("@")):
        value = json_from(value.removeprefix("@"))
    from desktop.workspace.third import third_value

    with opened(args) as workspace:
        if args.keep is None:
            value = third_value(workspace, args.id, value)
        workspace.exchange.resolve(args.id, args.keep, value)
        return Answer({"conflicts": [item.as_json() for item in workspace.exchange.conflicts()]})
