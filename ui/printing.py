"""Printing from memory: page images of a PDF, or plain text, to a printer that the person chooses."""

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QRectF, QSize
from PySide6.QtGui import QPainter, QTextDocument
from PySide6.QtPdf import QPdfDocument
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QDialog, QWidget

_DOTS = 300


class Pages(QPdfDocument):
    """A PDF held in memory only."""

    def __init__(self, data: bytes) -> None:
        super().__init__()
        self._buffer = QBuffer(self)
        self._buffer.setData(QByteArray(data))
        self._buffer.open(QIODevice.OpenModeFlag.ReadOnly)
        self.load(self._buffer)


def choose_printer(parent: QWidget) -> QPrinter | None:
    """Ask for a printer; None when the person turned back."""
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setFullPage(True)
    dialog = QPrintDialog(printer, parent)
    return printer if dialog.exec() == QDialog.DialogCode.Accepted else None


def print_pdfs(printer: QPrinter, papers: list[bytes]) -> int:
    """Send every page of every paper in one go; how many pages went."""
    painter, sent = QPainter(printer), 0
    for data in papers:
        pages = Pages(data)
        for number in range(pages.pageCount()):
            if sent:
                printer.newPage()
            size = pages.pagePointSize(number) * (_DOTS / 72)
            image = pages.render(number, QSize(round(size.width()), round(size.height())))
            painter.drawImage(QRectF(printer.paperRect(QPrinter.Unit.DevicePixel)), image)
            sent += 1
    painter.end()
    return sent


def print_text(parent: QWidget, text: str) -> bool:
    """Ask for a printer and print a short text; False when the person turned back."""
    printer = choose_printer(parent)
    if printer is None:
        return False
    document = QTextDocument()
    document.setPlainText(text)
    document.print_(printer)
    return True
