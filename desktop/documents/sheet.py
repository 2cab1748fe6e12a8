"""The page machine: blocks flow down a page; head, foot, code and marks stand around them at the end."""

import base64
import hashlib
import io
import re
from collections.abc import Callable, Sequence

import msgspec
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas

from desktop.documents.drawing import QR, Box, Code, Item, Line, Mark, Picture, draw, says
from desktop.documents.fonts import font_for
from desktop.documents.text import Cell, break_lines, cells, wide

PAPERS = {"A4P": (210 * mm, 297 * mm), "A4L": (297 * mm, 210 * mm), "A3L": (420 * mm, 297 * mm)}
LEFT, RIGHT, TOP, BOTTOM = 25 * mm, 18 * mm, 29.5 * mm, 18 * mm
"""Margins; the head (unit, title, code with number) stands in the upper one."""
PAD = 2.0
LEAD = 1.22
"""Line distance inside a cell, in sizes."""
LEAST = 9.0
"""No text is smaller (forms.md 0.2)."""
TITLE = (22, 18, 16)
_WHOLE = re.compile(r"[0-9][0-9.,:-]*|[□☑][^\s□☑]{1,4}")


class Imprint(msgspec.Struct, frozen=True):
    """What stands around the text: who, which number, which kind of print."""

    form_code: str
    form_name: str
    number: str
    revision: str
    edition: str
    unit: str
    printed: str
    watermark: str = ""
    training: bool = False


class Part(msgspec.Struct, frozen=True):
    """One cell of a ruled row, `wide` points across; with `rules` that many faint lines to write on."""

    text: str
    wide: float
    middle: bool = False
    bold: bool = False
    rules: int = 0
    right: bool = False


class Finished(msgspec.Struct, frozen=True):
    """A paper as bytes, with the hex SHA-256 of its printed text."""

    data: bytes
    pages: int
    text_hash: str


class Sheet:
    """A growing paper."""

    def __init__(self, paper: str, title: str, scale: float = 1.0, below_head: float = 0.0) -> None:
        self.wide, self.high = PAPERS[paper]
        self.below_head = below_head
        self.scale, self.title = scale, title
        self.room = self.wide - LEFT - RIGHT
        self.pages: list[list[Item]] = []
        self.y = 0.0
        self.new_page()

    def new_page(self) -> None:
        """Begin another page."""
        self.pages.append([])
        self.y = self.high - TOP - self.below_head

    def need(self, height: float) -> bool:
        """Make sure that `height` points are left; says whether a page had to be turned."""
        turn = bool(self.y - height < BOTTOM - 0.01) and bool(self.pages[-1])
        if turn:
            self.new_page()
        return turn

    def put(self, item: Item) -> None:
        """One item on the page at hand."""
        self.pages[-1].append(item)

    def paragraph(
        self, text: str, size: float, lead: float, indent: int = 0, keep: float = 0.0, whole: bool = False
    ) -> None:
        """Text over the whole width; `indent` in ems, `keep` points must follow on the page of its (`whole`) lines."""
        size *= self.scale
        row = [Cell("\u3000")] * indent + cells(text)
        lines = break_lines(row, self.room, size)
        self.need(lead * size * (len(lines) if whole else min(2, len(lines))) + keep)
        for at, line in enumerate(lines):
            last = at == len(lines) - 1 or len(line) < 2
            self.line(line, size, lead, 0.0 if last else self.room)

    def line(self, row: Sequence[Cell], size: float, lead: float = 1.5, stretch: float = 0.0) -> None:
        """One line of cells, drawn apart up to `stretch` points."""
        high = size * lead
        self.need(high)
        self.y -= high
        extra = min((stretch - wide(list(row), size)) / len(row), size * 0.12) if stretch and row else 0.0
        self.put(Line(row, LEFT, self.y + (high - size) / 2 + size * 0.14, size, max(0.0, extra)))

    def row(
        self,
        parts: Sequence[Part],
        size: float = 9,
        least: float = 9 * mm,
        again: Callable[[], None] | None = None,
    ) -> None:
        """One row of ruled cells that grows with its text; `again` repeats the head on a new page."""
        sizes = [self._fitting(part, size * self.scale) for part in parts]
        broken = [
            break_lines(cells(part.text, part.bold), part.wide - 2 * PAD, fit)
            for part, fit in zip(parts, sizes, strict=True)
        ]
        most = max(1, int((self.high - TOP - self.below_head - BOTTOM - 30 * mm) / (size * self.scale * LEAD)))
        for start in range(0, max(1, *map(len, broken)), most):
            shown = [lines[start : start + most] for lines in broken]
            text = max(len(lines) * fit * LEAD for lines, fit in zip(shown, sizes, strict=True))
            height = max(least if start == 0 else 0.0, text + 2 * PAD)
            if self.need(height) and again:
                again()
            self._ruled(parts, shown, sizes, height)

    def _fitting(self, part: Part, size: float) -> float:
        """The size at which no number and no short option is broken: smaller in large print only, to nine points."""
        if size <= LEAST:
            return size
        longest = max((wide(cells(word, part.bold), size) for word in _WHOLE.findall(part.text)), default=0.0)
        room = part.wide - 2 * PAD
        return size if longest <= room else max(LEAST, size * room / longest * 0.999)

    def _ruled(
        self, parts: Sequence[Part], shown: Sequence[list[list[Cell]]], sizes: Sequence[float], height: float
    ) -> None:
        x = LEFT
        for part, lines, size in zip(parts, shown, sizes, strict=True):
            lead = size * LEAD
            self.put(Box(x, self.y - height, part.wide, height))
            empty = not any(lines)
            for at in range(1, part.rules if empty else 0):
                self.put(Box(x + 2 * mm, self.y - at * height / part.rules, part.wide - 4 * mm, 0, faint=True))
            top = self.y - (height - len(lines) * lead) / 2
            for at, line in enumerate(lines):
                spare = part.wide - wide(line, size)
                inset = spare / 2 if part.middle else spare - PAD if part.right else PAD
                if line:
                    self.put(Line(line, x + inset, top - at * lead - lead / 2 - size * 0.36, size))
            x += part.wide
        self.y -= height

    def label(self, text: str, x: float, top: float, wide_: float, size: float) -> None:
        """Small text in the upper left corner of a box, over as many lines as it takes; large where that is one."""
        if wide(cells(text), size * self.scale) <= wide_ - 2 * PAD:
            size *= self.scale
        for at, line in enumerate(break_lines(cells(text), wide_ - 2 * PAD, size)):
            self.put(Line(line, x + PAD, top - PAD - at * size * LEAD - size * 0.88, size))

    def picture(self, data: bytes, x: float, y: float, wide_: float, high: float) -> None:
        """A picture inside a rectangle of the page at hand."""
        self.put(Picture(data, x, y, wide_, high))

    def finish(self, imprint: Imprint) -> Finished:
        """The PDF; the same input gives the same bytes. The code carries what the text comes to, so it is last."""
        if self.y - 14 > BOTTOM:
            self.line(cells("（以下无正文）"), 9 * self.scale, 1.5)
        pages = [
            [*self._marks(imprint), *self._head(imprint, at), *items, *self._foot(imprint, at)]
            for at, items in enumerate(self.pages, 1)
        ]
        digest = text_digest(says(item for page in pages for item in page))
        h10 = short_digest(digest)
        total = len(pages)
        out = io.BytesIO()
        canvas = Canvas(out, pagesize=(self.wide, self.high), invariant=1, initialFontName=font_for("一"))
        marks = ["SP1", imprint.form_code, imprint.number or "DRAFT", imprint.revision]
        canvas.setTitle(f"{imprint.form_code} {imprint.form_name}")
        canvas.setAuthor(imprint.unit)
        canvas.setSubject(imprint.number or "DRAFT")
        canvas.setKeywords("|".join([*marks, imprint.edition, h10]))
        for number, page in enumerate(pages, 1):
            canvas.setLineWidth(0.5)
            code = "|".join([*marks, f"{number}/{total}", h10])
            for item in (*page, Code(code, self.wide - RIGHT - QR, self.high - 6.5 * mm - QR)):
                draw(canvas, item)
            canvas.showPage()
        canvas.save()
        return Finished(out.getvalue(), total, digest)

    def _marks(self, imprint: Imprint) -> list[Item]:
        words = [word for word in (imprint.watermark, "演练" if imprint.training else "") if word]
        found: list[Item] = [Mark(word, self.wide, self.high, at * 60 * mm) for at, word in enumerate(words)]
        if imprint.training:
            found += [Box(edge, edge, self.wide - 2 * edge, self.high - 2 * edge) for edge in (4.6 * mm, 5.2 * mm)]
        return found

    def _head(self, imprint: Imprint, number: int) -> list[Item]:
        free = self.room - QR - 3 * mm
        unit = break_lines(cells(f"填报单位：{imprint.unit}"), free, 9)
        shown = cells(imprint.number or "草稿")
        number_x = self.wide - RIGHT - wide(shown, 9)
        found: list[Item] = [Line(row, LEFT, self.high - (11 + at * 4) * mm, 9) for at, row in enumerate(unit)]
        if number == 1:
            found.append(self._heading(free))
        else:
            again = break_lines(cells(f"{self.title}（续）"), number_x - LEFT - 3 * mm, 9)[0]
            found.append(Line(again, LEFT, self.high - 27.8 * mm, 9))
        return [*found, Line(shown, number_x, self.high - 27.8 * mm, 9)]

    def _heading(self, free: float) -> Line:
        """The title: amid the page where it keeps clear of the code, else amid what is left beside it."""
        row = cells(self.title, bold=True)
        size = next((size for size in TITLE if wide(row, size) <= free), TITLE[-1])
        long = wide(row, size)
        middle = (self.room - long) / 2
        return Line(row, LEFT + (middle if middle + long <= free else (free - long) / 2), self.high - 21.5 * mm, size)

    def _foot(self, imprint: Imprint, number: int) -> list[Item]:
        text = f"第{number}页/共{len(self.pages)}页　{imprint.form_code} {imprint.edition}版　{imprint.printed}"
        found: list[Item] = [Line(break_lines(cells(text), self.room - 24, 9)[0], LEFT, 10 * mm, 9)]
        if imprint.training:
            found.append(Line(cells("演练", bold=True), self.wide - RIGHT - 24, 10 * mm, 12))
        return found


def text_digest(text: str) -> str:
    """The hex SHA-256 of printed text without white space."""
    return hashlib.sha256("".join(text.split()).encode()).hexdigest()


def short_digest(digest: str) -> str:
    """The h10 of a text digest: the first ten base32 characters."""
    return base64.b32encode(bytes.fromhex(digest))[:10].decode()
