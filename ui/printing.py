"""Printing from memory: page images of a PDF to a printer that the person chooses."""

import re

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QRectF, QSize
from PySide6.QtGui import QPainter
from PySide6.QtPdf import QPdfDocument
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QDialog, QWidget

_DOTS = 300
_FILE_PRINTERS = re.compile(r"pdf|xps|onenote|fax|传真|image", re.IGNORECASE)


class Pages(QPdfDocument):
    """A PDF held in memory only."""

    def __init__(self, data: bytes) -> None:
        super().__init__()
        self._buffer = QBuffer(self)
        self._buffer.setData(QByteArray(data))
        self._buffer.open(QIODevice.OpenModeFlag.ReadOnly)
        self.load(self._buffer)


def choose_printer(parent: QWidget, paper_only: bool = False) -> QPrinter | None:
    """Ask for a printer; None when the person turned back. `paper_only` offers no file instead of one."""
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setFullPage(True)
    dialog = QPrintDialog(printer, parent)
    if paper_only:
        dialog.setOption(QPrintDialog.PrintDialogOption.PrintToFile, False)
    return printer if dialog.exec() == QDialog.DialogCode.Accepted else None


def writes_a_file(printer: QPrinter) -> bool:
    """Whether what is printed would lie on this computer: print to file, or a printer that only makes files."""
    if printer.outputFormat() == QPrinter.OutputFormat.PdfFormat or printer.outputFileName():
        return True
    return bool(_FILE_PRINTERS.search(printer.printerName()))


def print_pdfs(printer: QPrinter, papers: list[bytes]) -> int:
    """Send every page of every paper in one go; how many pages went, 0 where the printer takes none."""
    painter, sent = QPainter(), 0
    if not painter.begin(printer):
        return 0
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
