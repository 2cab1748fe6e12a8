"""Qt's own words are Chinese where the machine speaks nothing."""

import os
import subprocess
import sys
from pathlib import Path

from ui import tongue

ASKED = """
import sys
from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QApplication, QFileDialog, QMessageBox
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
import ui.__main__ as program
from ui.window import Window

def said(self):
    box = QMessageBox()
    box.setStandardButtons(QMessageBox.StandardButton.Yes | QMessageBox.StandardButton.Cancel)
    ask = QFileDialog(None)
    ask.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    ask.setOption(QFileDialog.Option.DontUseNativeDialog)
    words = [button.text() for button in box.buttons()]
    words += [ask.labelText(label) for label in QFileDialog.DialogLabel]
    words += [QCoreApplication.translate("QFileDialog", "%1 already exists.\\nDo you want to replace it?")]
    words += [QPrintDialog(printer := QPrinter()).windowTitle()]
    print("|".join(" ".join(word.split()) for word in words))
    sys.exit(0)

Window.show = said
program.main([])
"""


def test_the_dialogs_of_qt_are_chinese_without_a_language(tmp_path: Path) -> None:
    env = {name: value for name, value in os.environ.items() if not name.startswith(("LANG", "LC_"))}
    env |= {"HOME": str(tmp_path), "XDG_CONFIG_HOME": str(tmp_path), "QT_QPA_PLATFORM": "offscreen"}
    env |= {"PYTHONUTF8": "1", "PYTHONPATH": os.getcwd()}
    done = subprocess.run(
        [sys.executable, "-c", ASKED], env=env, capture_output=True, timeout=60, check=False, encoding="utf-8"
    )
    words = done.stdout.strip().split("|")
    assert len(words) == 9, done.stderr
    assert all(any("一" <= char <= "鿿" for char in word) for word in words), words


def test_the_words_come_from_where_the_bundle_keeps_them() -> None:
    assert any((folder / f"{tongue.CATALOGUE}.qm").is_file() for folder in tongue._folders()[1:])
