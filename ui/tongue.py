"""Qt's own dialogs (print, save, yes and no) in Chinese, whatever the machine's language."""

from pathlib import Path

import PySide6
from PySide6.QtCore import QLibraryInfo, QTranslator
from PySide6.QtWidgets import QApplication

CATALOGUE = "qtbase_zh_CN"
_LEFT_OUT = {
    "Look in:": "位置：",
    "&Look in:": "位置(&L)：",
    "Files of type:": "文件类型：",
    "Files of &type:": "文件类型(&T)：",
    "Folder": "文件夹",
    "Drive": "磁盘",
    "Page &Set:": "单双页(&S)：",
}
"""What Qt's catalogue has no Chinese for in the dialogs that we open."""


class _LeftOut(QTranslator):
    """The words that the catalogue lacks."""

    def translate(self, context: str, sourceText: str, disambiguation: str | None = None, n: int = -1) -> str:
        """The Chinese of a source text, else the text itself."""
        return _LEFT_OUT.get(sourceText, sourceText)

    def isEmpty(self) -> bool:
        """There are words, though no file was loaded."""
        return False


def speak(app: QApplication) -> bool:
    """Load Qt's Chinese words into the program; False when no catalogue was found, and Qt keeps its English."""
    words = QTranslator(app)
    if not any(words.load(CATALOGUE, str(folder)) for folder in _folders()):
        return False
    # Qt asks the latest first: ours answers what the catalogue cannot.
    return app.installTranslator(_LeftOut(app)) and app.installTranslator(words)


def _folders() -> list[Path]:
    """Where Qt says that its catalogues are, and where the wheels and the bundle have them."""
    home = Path(PySide6.__file__).parent
    told = Path(QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath))
    return [told, home / "Qt" / "translations", home / "translations"]
