"""The page machine: blocks flow down a page; what surrounds them is put around at the end."""

import base64
import hashlib
import io
import re
from collections.abc import Callable, Sequence

import msgspec
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas

from desktop.documents.drawing import Box, Item, Line, Picture, draw, says
from desktop.documents.fonts import font_for
from desktop.documents.surround import BOTTOM, LEFT, PAPERS, RIGHT, TOP, Face, Imprint, around, code
from desktop.documents.text import Cell, break_lines, cells, wide

PAD = 2.0
LEAD = 1.22
"""Line distance inside a cell, in sizes."""
LEAST = 9.0
"""No text is smaller (forms.md 0.2)."""
_WHOLE = re.compile(r"[0-9][0-9.,:-]*|[□☑][^\s□☑\U0010f000-\U0010ffff]{1,4}")


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

    @property
    def ending(self) -> float:
        """The height of the line that says where the text ends."""
        return LEAST * self.scale * 1.5

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
        if self.y - self.ending > BOTTOM:
            self.line(cells("（以下无正文）"), LEAST * self.scale, 1.5)
        face = Face(self.wide, self.high, self.title, len(self.pages))
        pages = []
        for at, items in enumerate(self.pages, 1):
            before, after = around(face, imprint, at, imprint.shown in says(items))
            pages.append([*before, *items, *after])
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
            for item in (*page, code(face, "|".join([*marks, f"{number}/{total}", h10]))):
                draw(canvas, item)
            canvas.showPage()
        canvas.save()
        return Finished(out.getvalue(), total, digest)


def text_digest(text: str) -> str:
    """The hex SHA-256 of printed text without white space."""
    return hashlib.sha256("".join(text.split()).encode()).hexdigest()


def short_digest(digest: str) -> str:
    """The h10 of a text digest: the first ten base32 characters."""
    return base64.b32encode(bytes.fromhex(digest))[:10].decode()
