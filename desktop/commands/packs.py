"""The verb `pack`: the county's parameters in force, and a new pack taken in."""

import argparse

from desktop.commands.opening import opened, reading
from desktop.commands.parser import Verbs, arg
from desktop.commands.shown import Answer
from desktop.commands.values import path_of


def register(verbs: Verbs) -> None:
    """Add `pack`."""
    pack = verbs.group("pack", "县参数包（标准、档次、期限参数）", "pack show")
    pack.add("show", "看现在有效的县参数包，还有哪些参数没有定", "pack show", _show)
    pack.add(
        "install",
        "装入县里下发的参数包（核对签名和各项规定，不合的整包不收）",
        "pack install 参数包.json",
        _install,
        arg("file", metavar="FILE"),
    )


def _show(args: argparse.Namespace) -> Answer:
    from desktop.casework import packs

    return Answer(reading(args, packs.show).as_json())


def _install(args: argparse.Namespace) -> Answer:
    from desktop.workspace import packs

    path = path_of(args.file)
    with opened(args) as workspace:
        return Answer(packs.install(workspace, path).as_json())
