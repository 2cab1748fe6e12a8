"""What goes to a printer is as large on paper as it was laid out, and the recovery code goes to paper only."""

import io
import shutil
import subprocess
from pathlib import Path

import pytest
from PIL import Image
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from desktop.documents import Kept, recovery_paper
from tests.journeys.conftest import training_store
from ui import printing, settings_file
from ui.door import Door
from ui.printing import print_pdfs, writes_a_file

CODE = "WWWWW-MMMMM-01234-56789-ABCDE-FGHJK-NPQRS-TVWXY"
DOTS = 144


def pdf_printer(out: Path) -> QPrinter:
    """A printer that keeps the page as its paper would have it."""
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(out))
    printer.setFullPage(True)
    return printer


def drawn(data: bytes) -> Image.Image:
    """The first page at `DOTS` an inch."""
    argv = ["pdftoppm", "-r", str(DOTS), "-gray", "-f", "1", "-l", "1", "-"]
    return Image.open(io.BytesIO(subprocess.run(argv, input=data, capture_output=True, check=True).stdout))


def rows(page: Image.Image, left: float, right: float) -> list[int]:
    """Heights in points of the runs of rows that have ink in a strip of the page (shares of its width)."""
    strip = page.crop((int(page.width * left), 0, int(page.width * right), page.height)).point(
        lambda p: 255 * (p < 128)
    )
    dark = [strip.crop((0, y, strip.width, y + 1)).getbbox() is not None for y in range(strip.height)]
    found, long = [], 0
    for inked in [*dark, False]:
        if not inked and long:
            found.append(round(long * 72 / DOTS))
        long = long + 1 if inked else 0
    return found


@pytest.mark.skipif(shutil.which("pdftoppm") is None, reason="poppler-utils renders the page")
def test_the_recovery_code_on_paper_has_the_height_it_was_laid_out_with(qapp: QApplication, tmp_path: Path) -> None:
    data = recovery_paper(CODE, Kept("青云镇", "测试甲", "2026-11-05", "pc-1", "走村"))
    out = tmp_path / "paper.pdf"
    assert print_pdfs(pdf_printer(out), [data]) == 1
    printed, laid_out = drawn(out.read_bytes()), drawn(data)
    assert abs(printed.width - laid_out.width) <= 2 and abs(printed.height - laid_out.height) <= 2
    printed_rows, laid_rows = rows(printed, 0.25, 0.35), rows(laid_out, 0.25, 0.35)
    assert len(printed_rows) == len(laid_rows)
    assert all(abs(one - other) <= 1 for one, other in zip(printed_rows, laid_rows, strict=True))
    capitals = [high for high in printed_rows if 17 <= high <= 30]  # seven tenths of 24 points and more
    assert len(capitals) >= 4


@pytest.mark.parametrize(
    ("name", "expected"),
    [("HP LaserJet 1020", False), ("Microsoft Print to PDF", True), ("Microsoft XPS Document Writer", True)],
)
def test_a_printer_that_only_makes_files_is_known(qapp: QApplication, name: str, expected: bool) -> None:
    class Named(QPrinter):
        def outputFormat(self) -> QPrinter.OutputFormat:
            return QPrinter.OutputFormat.NativeFormat

        def outputFileName(self) -> str:
            return ""

        def printerName(self) -> str:
            return name

    assert writes_a_file(Named()) is expected


def test_the_recovery_code_is_never_printed_into_a_file(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(settings_file, "path", lambda: tmp_path / "window.json")
    out = tmp_path / "code.pdf"
    monkeypatch.setattr(printing, "choose_printer", lambda parent, paper_only: pdf_printer(out))
    workspace = training_store(tmp_path / "store")
    door = Door(None)
    qtbot.addWidget(door)
    door._made(tmp_path / "store", workspace, CODE)
    next(b for b in door.findChildren(QPushButton) if b.text() == "打印恢复码").click()
    assert "没有打印" in door.banner.text and "打印到文件" in door.banner.text
    assert not out.exists()
    workspace.lock()


def test_the_recovery_paper_names_the_store_and_goes_the_way_of_papers(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    sent: list[list[bytes]] = []

    def take(printer: QPrinter, papers: list[bytes]) -> int:
        sent.append(papers)
        return len(papers)

    monkeypatch.setattr(printing, "choose_printer", lambda parent, paper_only: pdf_printer(tmp_path / "never.pdf"))
    monkeypatch.setattr(printing, "writes_a_file", lambda printer: False)
    monkeypatch.setattr(printing, "print_pdfs", take)
    workspace = training_store(tmp_path / "store")
    door = Door(None)
    qtbot.addWidget(door)
    door._made(tmp_path / "store", workspace, CODE)
    door._print(CODE, workspace, tmp_path / "store")
    said = "".join(page_text(sent[0][0]).split())
    assert all(word in said for word in ("青云镇", "泽仁措", "store", "WWWWW", "锁进柜子"))
    assert "已送打印机" in door.banner.text
    assert not [path for path in tmp_path.rglob("*") if path.is_file() and CODE[:5].encode() in path.read_bytes()]
    workspace.lock()


def page_text(data: bytes) -> str:
    """The text of the first page."""
    import pypdf

    return pypdf.PdfReader(io.BytesIO(data)).pages[0].extract_text()
