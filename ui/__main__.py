"""`python -m ui [--store DIR]`: the window; ZOUCUN_GRAB=FILE.png saves a picture of the first one and ends."""

import argparse
import os
import sys
from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from ui import settings_file, theme, tongue
from ui.window import Window


def main(argv: list[str] | None = None) -> int:
    """Start the program; gives its exit status."""
    parser = argparse.ArgumentParser(prog="zoucun", description="走村：民政助理的离线工作台")
    parser.add_argument("--store", metavar="DIR", help="资料库文件夹（缺省是上次用的）")
    args = parser.parse_args(argv)
    grab = os.environ.get("ZOUCUN_GRAB")
    if not _display():
        if not grab:
            sys.stderr.write("这里没有显示器，打不开窗口。资料没有受影响。请在桌面上打开，或用命令行 zoucun-cli。\n")
            return 1
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
    app = QApplication.instance() or QApplication(sys.argv[:1])
    assert isinstance(app, QApplication)
    app.setApplicationName("zoucun")
    tongue.speak(app)
    kept = settings_file.load()
    theme.use(app, bool(kept.get("dark")), int(kept.get("scale") or 100))
    store = args.store or os.environ.get("ZOUCUN_STORE") or kept.get("store")
    window = Window(Path(store).expanduser() if store else None)
    window.show()
    if grab:
        QTimer.singleShot(300, lambda: app.exit(0 if window.grab().save(grab, "PNG") else 1))
    return app.exec()


def _display() -> bool:
    """Whether there is something to show a window on; a platform that was asked for is trusted."""
    told = ("QT_QPA_PLATFORM", "DISPLAY", "WAYLAND_DISPLAY")
    return not sys.platform.startswith("linux") or any(os.environ.get(name) for name in told)


if __name__ == "__main__":
    sys.exit(main())
