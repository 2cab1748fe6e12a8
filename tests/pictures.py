"""`python -m tests.pictures STORE FOLDER`: every page of a store as PNG, light, dark and at 150 %, at 1366 × 768.

User and password come from ZOUCUN_USER and ZOUCUN_PASSWORD. Prints the path of every picture.
"""

import argparse
import os
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtWidgets import QApplication, QWidget

from db.refused import Refused
from desktop.workspace import Workspace
from ui import settings_file, theme, work
from ui.pages import PLACES
from ui.pages.ledgers.page import LedgersPage
from ui.window import Window

LOOKS = {"light": (False, 100), "dark": (True, 100), "150": (False, 150), "dark-150": (True, 150)}
SIZE = (1366, 768)
_PATIENCE_MS = 30_000
ROSTER = next((Path(__file__).parent / "data" / "ledgers").glob("01_*.xlsx"))


def settle() -> None:
    """Let the worker finish and the window paint."""
    app, loop, spent = QApplication.instance(), QEventLoop(), 0
    assert app is not None
    while spent < _PATIENCE_MS:
        QTimer.singleShot(60, loop.quit)
        loop.exec()
        spent += 60
        if work.busy() == 0 and spent >= 180:
            return


def pages(window: Window) -> Iterator[str]:
    """Bring every page to the front in turn; its name for the file."""
    frame, workspace = window.frame, window.workspace
    assert frame is not None and workspace is not None
    desk = workspace.read
    for name, place in PLACES.items():
        if place.words:
            page = frame.go(name)
            yield name
            if isinstance(page, LedgersPage):
                page.look_at(ROSTER)
                yield f"{name}-examined"
    homes = desk.households(limit=1)
    frame.go("household", "new")
    yield "household-new"
    if homes:
        frame.go("household", homes[0].household_id)
        yield "household"
    for case in sorted(desk.cases(limit=20), key=lambda one: not desk.case(one.case_id).pack_version)[:1]:
        page = frame.go("case", case.case_id)
        yield "case"
        settle()
        page.next_step()  # type: ignore[attr-defined]
        yield "case-move"
    shown: set[str] = set()
    for visit in desk.visits():
        if visit.form_code in shown:
            continue
        shown.add(visit.form_code)
        page = frame.go("visit", visit.visit_id)
        for section in desk.form(visit.form_code).sections:
            page.go_section(section.id)  # type: ignore[attr-defined]
            yield f"visit-{visit.form_code}-{section.id}"
        if visit.form_code == "F-08":
            frame.go("why", visit.visit_id)
            yield "why"


def grab(
    store: Path,
    folder: Path,
    user: str,
    password: str,
    looks: dict[str, tuple[bool, int]] | None = None,
    look_at: Callable[[str, Window], object] | None = None,
) -> list[Path]:
    """Write the pictures; `look_at(name, window)` is called before each one is taken."""
    app = QApplication.instance() or QApplication(sys.argv[:1])
    assert isinstance(app, QApplication)
    folder.mkdir(parents=True, exist_ok=True)
    made: list[Path] = []
    for look, (dark, scale) in (looks or LOOKS).items():
        theme.use(app, dark, scale)
        window = Window(store)
        window.resize(*SIZE)
        window.show()
        settle()
        made.append(_take(window, folder / f"{look}-door.png"))
        window.enter(Workspace.unlock(store, user, password))
        for name in pages(window):
            settle()
            if look_at is not None:
                look_at(f"{look}-{name}", window)
            made.append(_take(window, folder / f"{look}-{name}.png"))
        window.lock()
        window.close()
        window.deleteLater()
    return made


def _take(window: QWidget, path: Path) -> Path:
    window.grab().save(str(path), "PNG")
    return path


def main() -> int:
    """Grab and print; 1 when the store does not open."""
    parser = argparse.ArgumentParser(prog="python -m tests.pictures", description=__doc__)
    parser.add_argument("store", type=Path)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--look", choices=LOOKS, action="append", help="only this look (light, dark, 150, dark-150)")
    args = parser.parse_args()
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    settings_file.path = lambda: args.folder / "window.json"  # the person's own settings stay untouched
    looks = {name: LOOKS[name] for name in args.look or LOOKS}
    try:
        made = grab(
            args.store, args.folder, os.environ.get("ZOUCUN_USER", ""), os.environ.get("ZOUCUN_PASSWORD", ""), looks
        )
    except Refused as refusal:
        print(refusal.what, refusal.do, file=sys.stderr)
        return 1
    for path in made:
        print(path)
    return 0


if __name__ == "__main__":
    sys.exit(main())
