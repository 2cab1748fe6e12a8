"""The page machine: blocks flow down a page; heads, feet, QR and marks are drawn at the end."""

import base64
import hashlib
import io
from collections.abc import Callable, Sequence
from itertools import groupby

import msgspec
import segno
from reportlab.lib.units import mm
from reportlab.pdfbase.ttfonts import shapeStr
from reportlab.pdfgen.canvas import Canvas

from desktop.documents.fonts import TIBETAN, TICKED, font_for, is_tibetan, refuse_missing
from desktop.documents.text import Cell, blank_ems, break_lines, cells, plain, width

PAPERS = {"A4P": (210 * mm, 297 * mm), "A4L": (297 * mm, 210 * mm), "A3L": (420 * mm, 297 * mm)}
LEFT, RIGHT, TOP, BOTTOM = 25 * mm, 18 * mm, 20 * mm, 18 * mm
HEAD = 12 * mm
Draw = Callable[[Canvas], None]


class Imprint(msgspec.Struct, frozen=True):
    """What stands around the text: who, which number, which kind of print."""

    form_code: str
    number: str
    revision: str
    edition: str
    unit: str
    printed: str
    watermark: str = ""
    training: bool = False


def draw_line(canvas: Canvas, line: Sequence[Cell], x: float, y: float, size: float, extra: float = 0.0) -> None:
    """One line of cells from `x` on the baseline `y`; `extra` points go between characters."""

    def kind(cell: Cell) -> tuple[str, bool, bool, bool]:
        font = font_for(cell.char, cell.bold)
        return font, cell.under, bool(blank_ems(cell.char)), cell.char == TICKED

    for (font, under, ruled, ticked), group in groupby(line, kind):
        run = list(group)
        wide = sum(width(cell, size) + extra for cell in run)
        if under or ruled:
            canvas.line(x, y - 2, x + wide, y - 2)
        if ticked:
            _draw_ticked(canvas, font, x, y, size)
        elif not ruled and font:
            _draw_run(canvas, "".join(cell.char for cell in run), font, x, y, size, extra)
        x += wide


def _draw_run(canvas: Canvas, text: str, font: str, x: float, y: float, size: float, extra: float) -> None:
    canvas.setFont(font, size)
    if font != TIBETAN or not any(map(is_tibetan, text)):
        canvas.drawString(x, y, text, charSpace=extra)
        return
    # Shaped glyphs extract as private characters: the source goes along as ActualText.
    _says(canvas, text)
    canvas.drawString(x, y, shapeStr(text, font, size))
    canvas._code.append("EMC")


def _says(canvas: Canvas, text: str) -> None:
    actual = (b"\xfe\xff" + text.encode("utf-16-be")).hex().upper()
    canvas._code.append(f"/Span <</ActualText <{actual}>>> BDC")


def _draw_ticked(canvas: Canvas, font: str, x: float, y: float, size: float) -> None:
    _says(canvas, TICKED)
    canvas.setFont(font, size)
    canvas.drawString(x, y, "□")
    canvas._code.append("EMC")
    canvas.lines(
        [
            (x + size * 0.25, y + size * 0.38, x + size * 0.45, y + size * 0.15),
            (x + size * 0.45, y + size * 0.15, x + size * 0.85, y + size * 0.75),
        ]
    )


class Sheet:
    """A growing paper; every text goes through it, so the hash of the printed text is that of the layout."""

    def __init__(self, paper: str, scale: float = 1.0) -> None:
        self.wide, self.high = PAPERS[paper]
        self.scale = scale
        self.room = self.wide - LEFT - RIGHT
        self.pages: list[list[Draw]] = []
        self.texts: list[str] = []
        self.y = 0.0
        self.new_page()

    def new_page(self) -> None:
        """Begin another page."""
        self.pages.append([])
        self.y = self.high - TOP - HEAD

    def need(self, height: float) -> bool:
        """Make sure that `height` points are left; says whether a page had to be turned."""
        turn = bool(self.y - height < BOTTOM)
        if turn:
            self.new_page()
        return turn

    def paragraph(
        self,
        text: str,
        size: float = 12,
        indent: float = 0,
        middle: bool = False,
        bold: bool = False,
        keep: float = 0,
    ) -> None:
        """Text over the whole width; `indent` in ems, `keep` points that must follow on the same page."""
        size *= self.scale
        self.texts.append(plain(text))
        lead = size * 1.55
        row = [Cell("\u3000")] * int(indent) + cells(text, bold)
        lines = break_lines(row, self.room, size)
        self.need(lead + keep)
        for at, line in enumerate(lines):
            self.need(lead)
            self.y -= lead
            used = sum(width(cell, size) for cell in line)
            x = LEFT + ((self.room - used) / 2 if middle else 0)
            last = middle or at == len(lines) - 1 or len(line) < 2
            extra = 0.0 if last else min((self.room - used) / len(line), size * 0.12)
            self._put(line, x, self.y + lead * 0.3, size, extra)

    def _put(self, line: list[Cell], x: float, y: float, size: float, extra: float = 0.0) -> None:
        self.pages[-1].append(lambda canvas: draw_line(canvas, line, x, y, size, extra))

    def row(
        self,
        texts: Sequence[str],
        widths: Sequence[float],
        size: float = 10.5,
        least: float = 9 * mm,
        bold: bool = False,
        again: Callable[[], None] | None = None,
    ) -> None:
        """One row of ruled cells that grows with its text; `again` repeats the head on a new page."""
        size *= self.scale
        lead = size * 1.3
        broken = [break_lines(cells(text, bold), wide - 4, size) for text, wide in zip(texts, widths, strict=True)]
        self.texts.extend(map(plain, texts))
        most = max(1, int((self.high - TOP - HEAD - BOTTOM - 30 * mm) / lead))
        for start in range(0, max(1, *map(len, broken)), most):
            part = [lines[start : start + most] for lines in broken]
            height = max(least if start == 0 else 0.0, max(map(len, part)) * lead + 4)
            if self.need(height) and again:
                again()
            self._ruled(part, widths, size, height)

    def _ruled(self, part: Sequence[list[list[Cell]]], widths: Sequence[float], size: float, height: float) -> None:
        x, lead = LEFT, size * 1.3
        for lines, wide in zip(part, widths, strict=True):
            self.box(x, self.y - height, wide, height)
            top = self.y - (height - len(lines) * lead) / 2
            for at, line in enumerate(lines):
                self._put(line, x + 2, top - at * lead - size, size)
            x += wide
        self.y -= height

    def box(self, x: float, y: float, wide: float, high: float) -> None:
        """A ruled rectangle."""
        self.pages[-1].append(lambda canvas: canvas.rect(x, y, wide, high))

    def boxes(self, labels: Sequence[str], wide: float, high: float) -> None:
        """Empty boxes for signatures, fingerprints or seals, as many on a line as fit."""
        per = max(1, int(self.room / wide + 0.01))
        size = 10.5 * self.scale
        for at in range(0, len(labels), per):
            self.need(high)
            for place, label in enumerate(labels[at : at + per]):
                x = LEFT + place * wide
                self.box(x, self.y - high, wide, high)
                for number, line in enumerate(break_lines(cells(label), wide - 4, size)):
                    self._put(line, x + 2, self.y - (number + 1) * size * 1.2, size)
                self.texts.append(label)
            self.y -= high

    def text_hash(self) -> str:
        """SHA-256 (hex) of the printed text in layout order."""
        return hashlib.sha256("\n".join(self.texts).encode()).hexdigest()

    def finish(self, imprint: Imprint) -> bytes:
        """The PDF; the same input gives the same bytes."""
        refuse_missing([*self.texts, imprint.unit, imprint.printed])
        self.paragraph("（以下无正文）", 9, middle=True)
        out = io.BytesIO()
        canvas = Canvas(out, pagesize=(self.wide, self.high), invariant=1, initialFontName=font_for("一"))
        canvas.setTitle(imprint.form_code)
        h10 = base64.b32encode(bytes.fromhex(self.text_hash()))[:10].decode()
        for number, page in enumerate(self.pages, 1):
            canvas.setLineWidth(0.5)
            self._around(canvas, imprint, number, h10)
            for draw in page:
                draw(canvas)
            canvas.showPage()
        canvas.save()
        return out.getvalue()

    def _around(self, canvas: Canvas, imprint: Imprint, number: int, h10: str) -> None:
        total = len(self.pages)
        marks = [
            "SP1",
            imprint.form_code,
            imprint.number or "DRAFT",
            imprint.revision,
            f"{number}/{total}",
            h10,
        ]
        top = self.high - 8 * mm
        self._qr(canvas, "|".join(marks), self.wide - RIGHT - 18 * mm, top - 18 * mm)
        shown = cells(imprint.number or "草稿")
        used = sum(width(cell, 9) for cell in shown)
        draw_line(canvas, shown, self.wide - RIGHT - used, top - 18 * mm - 10, 9)
        draw_line(canvas, cells(f"填报单位：{imprint.unit}"), LEFT, top - 12 * mm, 10.5)
        foot = f"第{number}页/共{total}页　{imprint.form_code} {imprint.edition}版　{imprint.printed}"
        draw_line(canvas, cells(foot), LEFT, 10 * mm, 9)
        if imprint.training:
            canvas.rect(6 * mm, 6 * mm, self.wide - 12 * mm, self.high - 12 * mm)
        for at, mark in enumerate(filter(None, (imprint.watermark, "演练" if imprint.training else ""))):
            self._watermark(canvas, mark, at)

    def _watermark(self, canvas: Canvas, mark: str, at: int) -> None:
        canvas.saveState()
        canvas.setFillGray(0.85)
        canvas.translate(self.wide / 2, self.high / 2 - at * 60 * mm)
        canvas.rotate(45)
        row = cells(mark, bold=True)
        draw_line(canvas, row, -sum(width(cell, 48) for cell in row) / 2, 0, 48)
        canvas.restoreState()

    def _qr(self, canvas: Canvas, text: str, x: float, y: float) -> None:
        matrix = segno.make(text, error="m", micro=False, boost_error=False).matrix
        unit = 18 * mm / (len(matrix) + 4)
        for row, modules in enumerate(matrix):
            for column, dark in enumerate(modules):
                if dark:
                    at = y + 18 * mm - (row + 3) * unit
                    canvas.rect(x + (column + 2) * unit, at, unit, unit, stroke=0, fill=1)
