"""What surrounds the text of a page: marks across it, head with code and number, foot, the frame of training."""

import msgspec
from reportlab.lib.units import mm

from desktop.documents.drawing import QR, Box, Code, Item, Line, Mark
from desktop.documents.text import break_lines, cells, wide

PAPERS = {"A4P": (210 * mm, 297 * mm), "A4L": (297 * mm, 210 * mm), "A3L": (420 * mm, 297 * mm)}
LEFT, RIGHT, TOP, BOTTOM = 25 * mm, 18 * mm, 29.5 * mm, 18 * mm
"""Margins; the head (unit, title, code, number) stands in the upper one."""
FRAME = (10 * mm, 10.6 * mm)
"""The double frame of a training paper, from the edge: office printers cut the outer five millimetres."""
_QR_TOP, _UNIT, _STEP, _TITLE, _UNDER, _FOOT = 6.5 * mm, 14.2 * mm, 4 * mm, 22.3 * mm, 27.8 * mm, 13 * mm
_TITLES = (22, 18, 16)
_SMALL = 9
_CODE = "核验码"


class Imprint(msgspec.Struct, frozen=True):
    """What stands around the text: who, which number, which kind of print.

    `number` is what the code says (empty: a draft), `shown` what a reader sees in its place; `about` names on every
    page after the first whom the paper is about.
    """

    form_code: str
    form_name: str
    number: str
    shown: str
    revision: str
    edition: str
    unit: str
    printed: str
    watermark: str = ""
    training: bool = False
    about: str = ""


class Face(msgspec.Struct, frozen=True):
    """A page's size in points, the paper's title, and how many pages it has."""

    wide: float
    high: float
    title: str
    pages: int

    @property
    def free(self) -> float:
        """The width that is left beside the code."""
        return float(self.wide - LEFT - RIGHT - QR - 3 * mm)


def around(face: Face, imprint: Imprint, page: int, numbered: bool) -> tuple[list[Item], list[Item]]:
    """What is drawn before and after the text of a page; `numbered` says that its own text gives the number."""
    return [*_marks(face, imprint), *_head(face, imprint, page, numbered)], _foot(face, imprint, page)


def code(face: Face, text: str) -> Code:
    """The code in its corner."""
    return Code(text, face.wide - RIGHT - QR, face.high - _QR_TOP - QR)


def _marks(face: Face, imprint: Imprint) -> list[Item]:
    words = [word for word in (imprint.watermark, "演练" if imprint.training else "") if word]
    found: list[Item] = [Mark(word, face.wide, face.high, at * 60 * mm) for at, word in enumerate(words)]
    return found + (_frame(face) if imprint.training else [])


def _frame(face: Face) -> list[Item]:
    """Two rules around the page; the upper ones leave the code free."""
    found: list[Item] = []
    for edge in FRAME:
        across, up = face.wide - 2 * edge, face.high - 2 * edge
        before, after = face.wide - RIGHT - QR - 1 * mm - edge, RIGHT - 1 * mm - edge
        found += [Box(x, edge, 0, up) for x in (edge, face.wide - edge)]
        found += [Box(edge, edge, across, 0), Box(edge, face.high - edge, before, 0)]
        found.append(Box(face.wide - edge - after, face.high - edge, after, 0))
    return found


def _head(face: Face, imprint: Imprint, page: int, numbered: bool) -> list[Item]:
    """The unit and the title, after the first page also whom it is about; the code's word and the number."""
    under = _under_code(face, imprint, numbered)
    lines = break_lines(cells(f"填报单位：{imprint.unit}"), face.free, _SMALL)
    if page > 1:
        lines = [lines[0], break_lines(cells(f"{face.title}（续）"), face.free, _SMALL)[0]]
        if imprint.about:
            lines += break_lines(cells(imprint.about), under[0].x - LEFT - 3 * mm, _SMALL)[:2]
    found: list[Item] = [Line(line, LEFT, face.high - _UNIT - at * _STEP, _SMALL) for at, line in enumerate(lines)]
    return [*found, *([_heading(face)] if page == 1 else []), *under]


def _under_code(face: Face, imprint: Imprint, numbered: bool) -> list[Line]:
    """What the code is for, amid its width, and the number for people before it, once a page."""
    y, word = face.high - _UNDER, cells(_CODE)
    x = face.wide - RIGHT - QR
    found = [Line(word, x + (QR - wide(word, _SMALL)) / 2, y, _SMALL)]
    if not numbered:
        number = cells(imprint.shown)
        found.insert(0, Line(number, x - 2 * mm - wide(number, _SMALL), y, _SMALL))
    return found


def _heading(face: Face) -> Line:
    """The title: amid the page where it keeps clear of the code, else amid what is left beside it."""
    row, free = cells(face.title, bold=True), face.free
    size = next((size for size in _TITLES if wide(row, size) <= free), _TITLES[-1])
    long = wide(row, size)
    middle = (face.wide - LEFT - RIGHT - long) / 2
    x = LEFT + (middle if middle + long <= free else (free - long) / 2)
    return Line(row, x, face.high - _TITLE, size)


def _foot(face: Face, imprint: Imprint, page: int) -> list[Item]:
    text = f"第{page}页/共{face.pages}页　{imprint.form_code} {imprint.edition}版　{imprint.printed}"
    room = face.wide - LEFT - RIGHT - 24
    found: list[Item] = [Line(break_lines(cells(text), room, _SMALL)[0], LEFT, _FOOT, _SMALL)]
    if imprint.training:
        found.append(Line(cells("演练", bold=True), face.wide - RIGHT - 24, _FOOT, 12))
    return found
