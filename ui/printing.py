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


def print_pdf(parent: QWidget, data: bytes) -> bool:
    """Ask for a printer and send every page; False when the person turned back."""
    printer = _asked(parent)
    if printer is None:
        return False
    pages, painter = Pages(data), QPainter(printer)
    for number in range(pages.pageCount()):
        if number:
            printer.newPage()
        size = pages.pagePointSize(number) * (_DOTS / 72)
        image = pages.render(number, QSize(round(size.width()), round(size.height())))
        painter.drawImage(QRectF(printer.paperRect(QPrinter.Unit.DevicePixel)), image)
    painter.end()
    return True


def print_text(parent: QWidget, text: str) -> bool:
    """Ask for a printer and print a short text; False when the person turned back."""
    printer = _asked(parent)
    if printer is None:
        return False
    document = QTextDocument()
    document.setPlainText(text)
    document.print_(printer)
    return True


def _asked(parent: QWidget) -> QPrinter | None:
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setFullPage(True)
    dialog = QPrintDialog(printer, parent)
    return printer if dialog.exec() == QDialog.DialogCode.Accepted else None
