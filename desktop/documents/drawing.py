"""What stands on a page as data (lines, boxes, pictures), how it is drawn, and what it says as text."""

import io
from collections.abc import Iterable, Sequence
from itertools import groupby

import msgspec
import segno
from PIL import Image
from reportlab.lib.units import mm
from reportlab.lib.utils import ImageReader
from reportlab.pdfbase.ttfonts import shapeStr
from reportlab.pdfgen.canvas import Canvas

from desktop.documents.fonts import TIBETAN, TICKED, font_for, is_tibetan
from desktop.documents.text import Cell, blank_ems, cells, wide

QR = 18 * mm
"""The side of the code."""


class Line(msgspec.Struct, frozen=True):
    """Cells from `x` on the baseline `y`; `extra` points go between characters."""

    row: Sequence[Cell]
    x: float
    y: float
    size: float
    extra: float = 0.0


class Box(msgspec.Struct, frozen=True):
    """A ruled rectangle from its lower left corner; without height a rule across, grey when `faint`."""

    x: float
    y: float
    wide: float
    high: float
    faint: bool = False


class Picture(msgspec.Struct, frozen=True):
    """A PNG or JPEG as large as fits into a rectangle, in its proportions."""

    data: bytes
    x: float
    y: float
    wide: float
    high: float


class Mark(msgspec.Struct, frozen=True):
    """Pale words across the page, `below` points under its middle."""

    text: str
    wide: float
    high: float
    below: float = 0.0


class Code(msgspec.Struct, frozen=True):
    """The QR code with its quiet zone; it says `text` to a scanner only."""

    text: str
    x: float
    y: float


Item = Line | Box | Picture | Mark | Code


def says(items: Iterable[Item]) -> str:
    """The text of what is drawn, in the order it is drawn, without white space."""
    found: list[str] = []
    for item in items:
        if isinstance(item, Line):
            found += [cell.char for cell in item.row if not blank_ems(cell.char) and font_for(cell.char, cell.bold)]
        elif isinstance(item, Mark):
            found.append(item.text)
    return "".join("".join(found).split())


def draw(canvas: Canvas, item: Item) -> None:
    """Put one item on the page."""
    if isinstance(item, Line):
        _line(canvas, item)
    elif isinstance(item, Box):
        _box(canvas, item)
    elif isinstance(item, Picture):
        _picture(canvas, item)
    elif isinstance(item, Mark):
        _mark(canvas, item)
    else:
        _code(canvas, item)


def _line(canvas: Canvas, line: Line) -> None:
    def kind(cell: Cell) -> tuple[str, bool, bool, bool, bool]:
        font = font_for(cell.char, cell.bold)
        return font, cell.under, bool(blank_ems(cell.char)), cell.char == TICKED, cell.ring

    x, y, size, extra = line.x, line.y, line.size, line.extra
    for (font, under, ruled, ticked, ring), group in groupby(line.row, kind):
        run = list(group)
        long = wide(run, size) + extra * len(run)
        if under or ruled:
            canvas.line(x, y - size * 0.18, x + long, y - size * 0.18)
        if ring:
            canvas.roundRect(x - 1, y - size * 0.2, long + 2, size * 1.15, size * 0.5)
        if ticked:
            _ticked(canvas, font, x, y, size)
        elif not ruled and font:
            _run(canvas, "".join(cell.char for cell in run), font, x, y, size, extra)
        x += long


def _run(canvas: Canvas, text: str, font: str, x: float, y: float, size: float, extra: float) -> None:
    canvas.setFont(font, size)
    if font != TIBETAN or not any(map(is_tibetan, text)):
        canvas.drawString(x, y, text, charSpace=extra)
        return
    # Shaped glyphs extract as private characters: the source goes along as ActualText.
    _speak(canvas, text)
    canvas.drawString(x, y, shapeStr(text, font, size))
    canvas._code.append("EMC")


def _speak(canvas: Canvas, text: str) -> None:
    actual = (b"\xfe\xff" + text.encode("utf-16-be")).hex().upper()
    canvas._code.append(f"/Span <</ActualText <{actual}>>> BDC")


def _ticked(canvas: Canvas, font: str, x: float, y: float, size: float) -> None:
    _speak(canvas, TICKED)
    canvas.setFont(font, size)
    canvas.drawString(x, y, "□")
    canvas._code.append("EMC")
    canvas.saveState()
    canvas.setLineWidth(size * 0.11)
    canvas.lines(
        [
            (x + size * 0.22, y + size * 0.38, x + size * 0.45, y + size * 0.12),
            (x + size * 0.45, y + size * 0.12, x + size * 0.92, y + size * 0.8),
        ]
    )
    canvas.restoreState()


def _box(canvas: Canvas, box: Box) -> None:
    if box.faint:
        canvas.saveState()
        canvas.setStrokeGray(0.7)
    if box.high:
        canvas.rect(box.x, box.y, box.wide, box.high)
    else:
        canvas.line(box.x, box.y, box.x + box.wide, box.y)
    if box.faint:
        canvas.restoreState()


def _picture(canvas: Canvas, picture: Picture) -> None:
    # Pillow's own picture keeps the name under which it is embedded the same for the same bytes.
    image = Image.open(io.BytesIO(picture.data)).convert("RGB")
    scale = min(picture.wide / image.width, picture.high / image.height)
    across, up = image.width * scale, image.height * scale
    x, y = picture.x + (picture.wide - across) / 2, picture.y + (picture.high - up) / 2
    canvas.drawImage(ImageReader(image), x, y, across, up)


def _mark(canvas: Canvas, mark: Mark) -> None:
    canvas.saveState()
    canvas.setFillGray(0.86)
    canvas.translate(mark.wide / 2, mark.high / 2 - mark.below)
    canvas.rotate(45)
    row = cells(mark.text, bold=True)
    _line(canvas, Line(row, -wide(row, 48) / 2, 0, 48))
    canvas.restoreState()


def _code(canvas: Canvas, code: Code) -> None:
    matrix = segno.make(code.text, error="m", micro=False, boost_error=False).matrix
    unit = QR / (len(matrix) + 4)
    path = canvas.beginPath()
    for row, modules in enumerate(matrix):
        y = code.y + QR - (row + 3) * unit
        column = 0
        for dark, group in groupby(modules):
            long = len(list(group))
            if dark:
                path.rect(code.x + (column + 2) * unit, y, long * unit, unit)
            column += long
    canvas.drawPath(path, stroke=0, fill=1)
