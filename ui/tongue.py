"""Qt's own dialogs (print, save, yes and no) in Chinese, whatever the machine's language."""

from pathlib import Path

import PySide6
from PySide6.QtCore import QLibraryInfo, QTranslator
from PySide6.QtWidgets import QApplication

CATALOGUE = "qtbase_zh_CN"


def speak(app: QApplication) -> bool:
    """Load Qt's Chinese words into the program; False when no catalogue was found, and Qt keeps its English."""
    words = QTranslator(app)
    if not any(words.load(CATALOGUE, str(folder)) for folder in _folders()):
        return False
    return app.installTranslator(words)


def _folders() -> list[Path]:
    """Where Qt says that its catalogues are, and where the wheels and the bundle have them."""
    home = Path(PySide6.__file__).parent
    told = Path(QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath))
    return [told, home / "Qt" / "translations", home / "translations"]
