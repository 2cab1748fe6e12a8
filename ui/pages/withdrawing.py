"""A visit that was begun by mistake, taken back with its reason: the deed of the visit page and of the list."""

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from db.refused import Refused
from desktop.casework import corrections
from desktop.workspace import Workspace
from ui import work
from ui.parts.asking import ask_reason

_WHY = "为什么作废？（例如：选错了人）\n这次走访从名单里拿掉，打过的文书一起作废；记录和事由留在历史里。"


def withdraw(
    parent: QWidget,
    workspace: Workspace,
    visit_id: str,
    done: Callable[[str], None],
    refused: Callable[[Refused], None],
) -> None:
    """Ask for the reason, take the visit back, and tell `done` in words what was done."""
    reason = ask_reason(parent, "作废", _WHY)
    if reason is None:
        return

    def told(papers: int) -> None:
        done("这次走访已作废，事由记下了。" + (f"打过的 {papers} 份文书也作废了，请收回。" if papers else ""))

    work.submit(workspace, lambda act: corrections.withdraw_visit(act, visit_id, reason), told, refused)
