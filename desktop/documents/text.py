"""Lines of Chinese: marked text to cells, cells to lines that begin and end where they may."""

import re
import unicodedata
from typing import NamedTuple

from reportlab.pdfbase import pdfmetrics

from desktop.documents.fonts import TICKED, font_for, is_tibetan

CLOSING = frozenset("，。、；：？！）》〉」』】〕”’％,.;:?!)]}%·…")
"""Marks that never begin a line."""
OPENING = frozenset("（《〈「『【〔“‘([{")
"""Marks that never end a line."""
UNDER_ON, UNDER_OFF, BOLD_MARK, RING_ON, RING_OFF = "\x01", "\x02", "\x04", "\x05", "\x06"
_BLANK = 0x10F000
"""Ruled blanks live at the end of the last private plane, where no font has a glyph; people's text is refused there."""
_WORD = re.compile(
    r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|[A-Za-z0-9][A-Za-z0-9.:/@+\-]*|[\u0f00-\u0fff]+?(?:\u0f0b|(?![\u0f00-\u0fff]))|[□☑][^\s□☑，；、。]{1,12}|.",
    re.S,
)
_CONTROL = re.compile(r"[\x00-\x09\x0b-\x1f\x7f]")


class Cell(NamedTuple):
    """One character with how it is drawn."""

    char: str
    under: bool = False
    bold: bool = False
    ring: bool = False


def bare(text: str) -> str:
    """Text as people wrote it, without control characters that would be taken for marks."""
    return _CONTROL.sub("", text)


def blank(ems: float) -> str:
    """A ruled line to write on, `ems` characters wide (to a quarter), that never breaks."""
    return chr(_BLANK + int(ems * 4))


def blank_ems(char: str) -> float:
    """How many ems a blank is wide; 0 for a real character."""
    return max(0, ord(char) - _BLANK) / 4


def cells(text: str, bold: bool = False) -> list[Cell]:
    """Marked text as cells."""
    under, ring, found = False, False, []
    for char in text:
        if char in (UNDER_ON, UNDER_OFF):
            under = char == UNDER_ON
        elif char in (RING_ON, RING_OFF):
            ring = char == RING_ON
        elif char == BOLD_MARK:
            bold = not bold
        else:
            found.append(Cell(char, under, bold, ring))
    return found


def width(cell: Cell, size: float) -> float:
    """The advance of a cell in points."""
    if ems := blank_ems(cell.char):
        return ems * size
    if is_tibetan(cell.char) and unicodedata.category(cell.char) == "Mn":
        return 0.0
    font = font_for(cell.char, cell.bold)
    char = "□" if cell.char == TICKED else cell.char
    if not font:
        return 0.0
    return float(pdfmetrics.stringWidth(char, font, size))


def wide(row: list[Cell], size: float) -> float:
    """The advance of a run of cells in points."""
    return sum(width(cell, size) for cell in row)


def _pieces(row: list[Cell]) -> list[list[Cell]]:
    text, at = "".join(cell.char for cell in row), 0
    found: list[list[Cell]] = []
    for match in _WORD.finditer(text):
        piece = row[at : at + len(match.group())]
        at += len(piece)
        glued = found and (piece[0].char in CLOSING or found[-1][-1].char in OPENING)
        if glued:
            found[-1] += piece
        else:
            found.append(list(piece))
    return found


def break_lines(row: list[Cell], room: float, size: float) -> list[list[Cell]]:
    """Lines no wider than `room` points; words, numbers and blanks stay whole unless wider than a line."""
    lines: list[list[Cell]] = [[]]
    used = 0.0
    for piece in _pieces(row):
        if piece[0].char == "\n":
            lines.append([])
            used = 0.0
            continue
        if piece[0].char == " " and len(piece) == 1:
            lines[-1] += piece  # a space may hang over the margin, it never begins a line
            used += width(piece[0], size)
            continue
        parts = [piece] if wide(piece, size) <= room else [[cell] for cell in piece]
        for part in parts:
            need = wide(part, size)
            if lines[-1] and used + need > room:
                lines.append([])
                used = 0.0
            lines[-1] += part
            used += need
    return lines
