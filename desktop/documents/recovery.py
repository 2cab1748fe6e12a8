"""The recovery code on paper, for the cabinet: bytes in memory only, the code large enough for tired eyes."""

import io

import msgspec
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas

from desktop.documents.drawing import draw
from desktop.documents.fonts import font_for, refuse_missing
from desktop.documents.sheet import Part, Sheet
from desktop.documents.text import bare

TITLE = "走村　恢复码"
CODE_SIZE = 28.0
"""Points."""
_WHAT = (
    "**这是什么**　这台电脑上的走村资料库是加密的。口令忘了，只有这个恢复码能开；口令和恢复码都没有了，谁也打不开。",
    "**怎么用**　打开走村，点“忘记口令”，把上面各组从左到右、从上到下打进去，就能设一个新口令。"
    "大小写、横线都不要紧；里面没有字母 I、L、O、U，像这些的是数字。",
    "**怎么保管**　打印出来马上锁进柜子，和电脑分开放。"
    "不要拍照，不要用微信发，不要存在任何电脑上。交接工作时当面交接。",
)
_ON_A_LINE = 2


class Kept(msgspec.Struct, frozen=True):
    """Which store the code opens, as people find it again."""

    township: str
    user: str
    on: str
    machine: str
    folder: str


def recovery_paper(code: str, kept: Kept) -> bytes:
    """One A4 page as PDF; raises `Refused("paper.glyph_missing")` when a name cannot be printed."""
    facts = [bare(value) for value in (kept.township, kept.user, kept.on, kept.machine, kept.folder)]
    refuse_missing([code, *facts])
    sheet = Sheet("A4P", TITLE)
    sheet.paragraph(f"\x04{TITLE}\x04", 22, 1.6)
    sheet.y -= 4 * mm
    _facts(sheet, facts)
    groups = code.split("-")
    for at in range(0, len(groups), _ON_A_LINE):
        line = groups[at : at + _ON_A_LINE]
        sheet.row([Part(group, sheet.room / len(line), middle=True, bold=True) for group in line], CODE_SIZE, 16 * mm)
    sheet.y -= 5 * mm
    for text in _WHAT:
        sheet.paragraph(text.replace("**", "\x04"), 12, 1.6)
        sheet.y -= 2 * mm
    sheet.y -= 3 * mm
    label, half = 30 * mm, (sheet.room - 60 * mm) / 2
    sheet.row([Part("封存人", label), Part("", half), Part("封存日期", label), Part("", half)], 12, least=14 * mm)
    return _pdf(sheet)


def _facts(sheet: Sheet, facts: list[str]) -> None:
    label, half = 30 * mm, (sheet.room - 60 * mm) / 2
    township, user, on, machine, folder = facts
    for pairs in ((("乡镇", township), ("姓名", user)), (("日期", on), ("电脑", machine))):
        parts = [part for name, value in pairs for part in (Part(name, label, bold=True), Part(value, half))]
        sheet.row(parts, 12, least=10 * mm)
    sheet.row([Part("资料库文件夹", label, bold=True), Part(folder, sheet.room - label)], 12, least=10 * mm)


def _pdf(sheet: Sheet) -> bytes:
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=(sheet.wide, sheet.high), invariant=1, initialFontName=font_for("一"))
    canvas.setTitle(TITLE)
    for items in sheet.pages:
        canvas.setLineWidth(0.5)
        for item in items:
            draw(canvas, item)
        canvas.showPage()
    canvas.save()
    return out.getvalue()
