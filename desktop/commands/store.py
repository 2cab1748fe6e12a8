"""The verbs about the store itself: made, its people, settings, state, verified, backed up."""

import argparse

from db.refused import BadValue
from desktop.commands.opening import (
    acting,
    business_date,
    new_password,
    opened,
    password,
    reading,
    store_folder,
    tell,
    user_name,
)
from desktop.commands.parser import Verbs, WrongUse, arg
from desktop.commands.shown import Answer
from desktop.commands.values import bytes_from, pairs, path_of

MOST_PDF = 200_000_000


def register(verbs: Verbs) -> None:
    """Add `init`, `users`, `recover`, `settings`, `info`, `verify` and `backup`."""
    verbs.add(
        "init",
        "新建资料库：第一个用户、本机密钥、恢复码",
        "init --store 资料 --user 王强 --township 513224102 --township-name 青云镇",
        _init,
        arg("--township", metavar="CODE", required=True, help="乡镇 9 位代码"),
        arg("--township-name", metavar="TEXT", required=True),
        arg("--training", action="store_true", help="演练用，永远不能与正式的互通"),
    )
    _users_and_passwords(verbs)
    _settings_of_township(verbs)
    verbs.add("info", "资料库的状态", "info", _info)
    _proofs(verbs)


def _users_and_passwords(verbs: Verbs) -> None:
    users = verbs.group("users", "谁可以打开这个资料库", "users list")
    users.add("list", "列出用户（不要口令）", "users list", _users)
    users.add(
        "add",
        "添加用户（新口令用 ZOUCUN_NEW_PASSWORD）",
        "users add 李梅 --role village_assistant",
        _add_user,
        arg("name", metavar="NAME"),
        arg("--role", metavar="ROLE", required=True),
    )
    users.add(
        "password",
        "改自己的口令（新口令用 ZOUCUN_NEW_PASSWORD）",
        "users password",
        _password,
    )
    verbs.add(
        "recover",
        "忘了口令：用恢复码设新口令",
        "recover --code 恢复码",
        _recover,
        arg("--code", metavar="CODE", required=True),
    )


def _settings_of_township(verbs: Verbs) -> None:
    settings = verbs.group("settings", "本乡镇的设置", "settings list")
    settings.add("list", "列出设置", "settings list", _settings)
    settings.add(
        "set",
        "改设置",
        "settings set township_phone=0837-7230001 school_calendar=@校历.json",
        _set,
        arg("values", metavar="NAME=V", nargs="+"),
    )


def _proofs(verbs: Verbs) -> None:
    verbs.add(
        "verify",
        "核验整个资料库，或一份文书、一个数据包",
        "verify\nverify 同意书.pdf",
        _verify,
        arg("target", metavar="FILE.pdf|FOLDER", nargs="?"),
    )
    backup = verbs.group("backup", "加密备份", "backup write 文件夹")
    backup.add(
        "write",
        "写备份并打开核对",
        "backup write /media/备份",
        _backup,
        arg("folder", metavar="FOLDER"),
    )
    backup.add(
        "restore",
        "从备份恢复到 --store 指的新文件夹",
        "backup restore /media/备份 --store 新资料",
        _restore,
        arg("folder", metavar="FOLDER"),
    )


def _init(args: argparse.Namespace) -> Answer:
    from desktop.workspace import Workspace, setup

    on = business_date(args)
    folder, user = store_folder(args), user_name(args)
    workspace, code = Workspace.create(
        folder,
        township=args.township,
        township_name=args.township_name,
        user=user,
        password=password(args),
        training=args.training,
        on=on,
    )
    try:
        device = workspace.look(setup.device_id)
    finally:
        workspace.lock()
    identity = workspace.identity
    return Answer(
        {
            "store": str(folder),
            "township": identity.township,
            "township_name": identity.township_name,
            "device": device,
            "training": identity.training,
            "recovery_code": code,
        }
    )


def _users(args: argparse.Namespace) -> Answer:
    from desktop.workspace import Workspace

    return Answer({"users": [user.as_json() for user in Workspace.users_of(store_folder(args))]})


def _add_user(args: argparse.Namespace) -> Answer:
    with opened(args) as workspace:
        fresh = new_password(args)
        workspace.add_user(args.name, args.role, fresh)
        return Answer({"users": [user.as_json() for user in workspace.users()]})


def _password(args: argparse.Namespace) -> Answer:
    with opened(args) as workspace:
        workspace.change_password(password(args), new_password(args))
        return Answer({"users": [user.as_json() for user in workspace.users()]})


def _recover(args: argparse.Namespace) -> Answer:
    from desktop.workspace import Workspace

    folder = store_folder(args)
    user = user_name(args, folder)
    Workspace.recover(folder, user, args.code, new_password(args, or_given=True))
    return Answer({"users": [one.as_json() for one in Workspace.users_of(folder)]})


def _settings(args: argparse.Namespace) -> Answer:
    from desktop.casework import settings

    return Answer({"settings": reading(args, settings.listed)})


def _set(args: argparse.Namespace) -> Answer:
    from desktop.casework import settings

    values = pairs(args.values)
    return Answer({"settings": acting(args, lambda work: settings.change(work, values))})


def _info(args: argparse.Namespace) -> Answer:
    with opened(args) as workspace:
        return Answer(workspace.info().as_json())


def _verify(args: argparse.Namespace) -> Answer:
    target = None if args.target is None else path_of(args.target)
    if target is not None and not target.exists():
        raise BadValue(
            "file.missing",
            "没有找到这个文件或文件夹。",
            "没有改动任何内容。",
            "请核对路径。",
        )
    with opened(args) as workspace:
        if target is None:
            ok, findings = workspace.verify(tell)
        elif target.is_dir():
            ok, findings = workspace.exchange.verify_packages(target)
        else:
            from desktop.casework import issued

            data = bytes_from(str(target), MOST_PDF)
            ok, findings = workspace.look(lambda work: issued.verify(work, data))
    return Answer({"ok": ok, "findings": findings})


def _backup(args: argparse.Namespace) -> Answer:
    with opened(args) as workspace:
        return Answer(workspace.backup(path_of(args.folder), tell))


def _restore(args: argparse.Namespace) -> Answer:
    import os

    from desktop.workspace import Workspace

    if getattr(args, "store", None) is None and not os.environ.get("ZOUCUN_STORE"):
        raise WrongUse(
            "还缺：--store（恢复到哪个新文件夹）。",
            "写 backup restore 文件夹 --store 新资料。",
        )
    backup = path_of(args.folder)
    folder = store_folder(args)
    return Answer(Workspace.restore(backup, folder, user_name(args, backup), password(args)))
