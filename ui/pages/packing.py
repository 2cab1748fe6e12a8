"""The county's pack of parameters, chosen as a file and installed: from wherever its absence is said."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget

from db.refused import Refused
from desktop.casework.case_views import PackView
from desktop.workspace import Workspace, packs
from ui import work


def choose_pack(
    parent: QWidget, workspace: Workspace, done: Callable[[str], None], refused: Callable[[Refused], None]
) -> None:
    """Ask for the file and install it."""
    path, _ = QFileDialog.getOpenFileName(parent, "县参数包", "", "县参数包 (*.json *.zcp);;所有文件 (*)")
    if path:
        install_pack(parent, workspace, Path(path), done, refused)


def install_pack(
    parent: QWidget, workspace: Workspace, path: Path, done: Callable[[str], None], refused: Callable[[Refused], None]
) -> None:
    """Install the pack of a file off the UI thread, and tell `done` in words."""

    def told(view: PackView) -> None:
        lacking = f"还有 {len(view.missing)} 项参数县里没有定。" if view.missing else ""
        done(f"县参数包 {view.pack_version} 已装好，{view.effective_from or ''} 起有效。{lacking}可以重新评估了。")

    work.aside(lambda _: packs.install(workspace, path), told, refused, parent=parent)
