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
UNDER_ON, UNDER_OFF, BOLD_MARK = "\x01", "\x02", "\x04"
_BLANK = 0xE000
_WORD = re.compile(
    r"[A-Za-z0-9][A-Za-z0-9.:/@+\-]*|[\u0f00-\u0fff]+?(?:\u0f0b|(?![\u0f00-\u0fff]))|[□☑][^\s□☑，；、。]{1,12}|.",
    re.S,
)


class Cell(NamedTuple):
    """One character with how it is drawn."""

    char: str
    under: bool = False
    bold: bool = False


def blank(ems: int) -> str:
    """A ruled line to write on, `ems` characters wide, that never breaks."""
    return chr(_BLANK + ems)


def blank_ems(char: str) -> int:
    """How many ems a blank is wide; 0 for a real character."""
    return ord(char) - _BLANK if _BLANK < ord(char) < _BLANK + 200 else 0


def plain(text: str) -> str:
    """What the marked text says, blanks as an underscore."""
    shown = "".join("_" if blank_ems(char) else char for char in text)
    return re.sub(f"[{UNDER_ON}{UNDER_OFF}{BOLD_MARK}]", "", shown)


def cells(text: str, bold: bool = False) -> list[Cell]:
    """Marked text as cells."""
    under, found = False, []
    for char in text:
        if char in (UNDER_ON, UNDER_OFF):
            under = char == UNDER_ON
        elif char == BOLD_MARK:
            bold = not bold
        else:
            found.append(Cell(char, under, bold))
    return found


def width(cell: Cell, size: float) -> float:
    """The advance of a cell in points."""
    if ems := blank_ems(cell.char):
        return ems * size
    if is_tibetan(cell.char) and unicodedata.category(cell.char) == "Mn":
        return 0.0
    font = font_for(cell.char, cell.bold)
    char = "□" if cell.char == TICKED else cell.char
    return float(pdfmetrics.stringWidth(char, font, size)) if font else size


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
        wide = sum(width(cell, size) for cell in piece)
        parts = [piece] if wide <= room else [[cell] for cell in piece]
        for part in parts:
            need = sum(width(cell, size) for cell in part)
            if lines[-1] and used + need > room:
                lines.append([])
                used = 0.0
            lines[-1] += part
            used += need
    return lines
