"""Who acts on which store: the common options with their environment variables, passwords, and the opened workspace."""

import argparse
import getpass
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from db.refused import BadValue
from desktop.commands.parser import WrongUse
from desktop.commands.values import bytes_from, path_of

if TYPE_CHECKING:
    from desktop.casework.work import Work
    from desktop.workspace import Workspace

T = TypeVar("T")
_MOST_PASSWORD = 4_000


def business_date(args: argparse.Namespace) -> date:
    """`--on`, else today as the laptop's clock proposes it (D10)."""
    from desktop.casework.work import day_of

    text = getattr(args, "on", None)
    return date.today() if text is None else date.fromisoformat(day_of(text, "--on"))


def store_folder(args: argparse.Namespace) -> Path:
    """`--store`, `ZOUCUN_STORE`, else the program's own folder of this account."""
    text = getattr(args, "store", None) or os.environ.get("ZOUCUN_STORE")
    if text:
        return path_of(text)
    from platformdirs import user_data_path

    return user_data_path("zoucun", appauthor=False) / "store"


def user_name(args: argparse.Namespace, folder: Path | None = None) -> str:
    """`--user`, `ZOUCUN_USER`, else the only user of the store; raises `WrongUse` when nobody is named."""
    text = getattr(args, "user", None) or os.environ.get("ZOUCUN_USER")
    if text:
        return str(text)
    if folder is not None:
        from desktop.workspace import Workspace

        users = Workspace.users_of(folder)
        if len(users) == 1:
            return users[0].name
    raise WrongUse("还缺：--user（以谁的身份）。", "写 --user 姓名，或设环境变量 ZOUCUN_USER。")


def password(args: argparse.Namespace) -> str:
    """The password from file, environment or terminal; raises `WrongUse` when there is none."""
    named = getattr(args, "password_file", None)
    if named is not None:
        return _from_file(named)
    if os.environ.get("ZOUCUN_PASSWORD_FILE"):
        return _from_file(os.environ["ZOUCUN_PASSWORD_FILE"])
    if "ZOUCUN_PASSWORD" in os.environ:
        return os.environ["ZOUCUN_PASSWORD"]
    return _asked("口令：")


def new_password(args: argparse.Namespace, *, or_given: bool = False) -> str:
    """`ZOUCUN_NEW_PASSWORD` or asked twice; with `or_given` the ordinary password options serve too."""
    if "ZOUCUN_NEW_PASSWORD" in os.environ:
        return os.environ["ZOUCUN_NEW_PASSWORD"]
    named = getattr(args, "password_file", None) or os.environ.get("ZOUCUN_PASSWORD_FILE")
    if or_given and (named or "ZOUCUN_PASSWORD" in os.environ):
        return password(args)
    first = _asked("新口令：", "ZOUCUN_NEW_PASSWORD")
    if _asked("再写一遍：") != first:
        raise BadValue(
            "store.passwords_differ",
            "两次写的口令不一样。",
            "口令没有改动。",
            "请再做一次。",
        )
    return first


def other_password(args: argparse.Namespace, option: str, variable: str, prompt: str, *, twice: bool = False) -> str:
    """A password beside one's own: from the file of `option`, `variable`_FILE, `variable`, else asked for."""
    named = getattr(args, option, None) or os.environ.get(f"{variable}_FILE")
    if named:
        return _from_file(named)
    if variable in os.environ:
        return os.environ[variable]
    shown = f"--{option.replace('_', '-')}"
    first = _asked(prompt, variable, shown)
    if twice and _asked("再写一遍：", variable, shown) != first:
        raise BadValue("store.passwords_differ", "两次写的不一样。", "没有改动任何内容。", "请再做一次。")
    return first


def _from_file(name: str) -> str:
    try:
        text = bytes_from(name, _MOST_PASSWORD).decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise BadValue(
            "file.unreadable",
            "口令文件不是 UTF-8 文字。",
            "没有改动任何内容。",
            "请核对文件。",
        ) from error
    return text.removesuffix("\n").removesuffix("\r")


def _asked(prompt: str, variable: str = "ZOUCUN_PASSWORD", option: str = "--password-file") -> str:
    if not sys.stdin.isatty():
        raise WrongUse(
            f"还缺{prompt.removesuffix('：')}。" if option != "--password-file" else "还缺口令。",
            f"写 {option} 文件，或设环境变量 {variable}；只有在终端上才会问。",
        )
    return getpass.getpass(prompt)


@contextmanager
def opened(args: argparse.Namespace) -> "Iterator[Workspace]":
    """The workspace that the common options name, locked again at the end."""
    from desktop.workspace import Workspace

    on = business_date(args)
    folder = store_folder(args)
    user = user_name(args, folder)
    workspace = Workspace.unlock(folder, user, password(args))
    workspace.on = on
    try:
        yield workspace
    finally:
        workspace.lock()


def acting(args: argparse.Namespace, act: "Callable[[Work], T]") -> T:
    """Run one use case in one transaction of the named store."""
    with opened(args) as workspace:
        return workspace.run(act, on=workspace.on, on_progress=tell)


def tell(done: int, total: int, text: str) -> None:
    """Progress goes to standard error."""
    if total:
        sys.stderr.write(f"{text} {done}/{total}\n")


def reading(args: argparse.Namespace, act: "Callable[[Work], Any]") -> Any:
    """Run a use case that only looks."""
    with opened(args) as workspace:
        return workspace.look(act)
