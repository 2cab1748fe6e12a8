"""The real window before a real store, a county server in its own process, and the small steps that journeys share."""

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QCheckBox
from pytestqt.qtbot import QtBot

from db.crypto import kdf
from desktop.casework import households, visits
from desktop.workspace import Workspace
from sync.county.__main__ import main as county_main
from tests.casework.conftest import identity_number
from ui import settings_file, theme, work
from ui.frame import Frame
from ui.parts.lines import Line
from ui.window import Window

KEY = "纸上的口令 2026"
USER = "泽仁措"
TOWN, TOWN_NAME = "513299102", "青云镇"
ON = date(2026, 11, 5)


@pytest.fixture(autouse=True)
def nothing_outside(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Passwords cost nothing, and what the window remembers stays in the test's folder."""
    monkeypatch.setattr(kdf, "DEFAULT", kdf.CHEAP)
    monkeypatch.setattr(settings_file, "path", lambda: tmp_path / "window.json")


@pytest.fixture
def window(qtbot: QtBot, qapp: QApplication) -> Iterator[Window]:
    """The window before an empty folder, at the smallest screen that is promised."""
    theme.use(qapp)
    shown = open_window(qtbot)
    yield shown
    settle(qtbot)
    shown.lock()


def open_window(qtbot: QtBot, store: Path | None = None) -> Window:
    """A window of 1366 × 768."""
    shown = Window(store)
    qtbot.addWidget(shown, before_close_func=lambda _: settle(qtbot))  # nothing is under way when it dies
    shown.give_up = lambda waiting: True  # type: ignore[method-assign]  # nobody is there to be asked
    shown.resize(1366, 768)
    shown.show()
    shown.activateWindow()
    qtbot.waitUntil(shown.isActiveWindow, timeout=5_000)
    return shown


def settle(qtbot: QtBot) -> None:
    """Wait until the worker has nothing left to say and the window has shown it."""
    qtbot.waitUntil(lambda: work.busy() == 0, timeout=30_000)
    QApplication.processEvents()


def make_store(qtbot: QtBot, window: Window, folder: Path) -> None:
    """First start by typing, the recovery code confirmed."""
    door = window.door
    door.fields["folder"].set_value(str(folder))
    door.fields["township"].setFocus()
    for text in ("513224102", TOWN_NAME, USER, KEY, KEY):
        focused = QApplication.focusWidget()
        assert isinstance(focused, Line)
        focused.setText(text)
        QTest.keyClick(focused, Qt.Key.Key_Return)
    settle(qtbot)
    assert not door.go.isEnabled()
    kept = [box for box in door.findChildren(QCheckBox) if box.text().startswith("我已抄好")]
    kept[0].setChecked(True)
    door.go.click()


def training_store(folder: Path, user: str = USER) -> Workspace:
    """A training store made by the use cases."""
    workspace, _ = Workspace.create(
        folder, township=TOWN, township_name=TOWN_NAME, user=user, password=KEY, training=True, on=ON
    )
    return workspace


def a_household(workspace: Workspace, name: str = "测试甲", phone: str = "13800000021") -> tuple[str, str]:
    """Ids of a household and of its child."""
    people = [
        {"name": name, "relation": "02", "id_number": identity_number(), "sex": "2"},
        {"name": "测试丙", "relation": "20", "id_number": identity_number("20120901", 3), "sex": "1"},
    ]
    given = {"village": "下寨村", "group": "2", "phone": phone, "address": "5号", "members": people}
    made = workspace.run(lambda act: households.add(act, given))
    return made.household_id, made.members[1]["person_id"]


def a_visit(workspace: Workspace, household: str) -> str:
    """An F-08 begun."""
    team = (USER, "马建国")
    return workspace.run(lambda act: visits.add(act, "F-08", "2026-11-05", household, investigators=team)).visit_id


def press(window: Window, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    """A key to whatever has the focus, shortcuts first, as the person's keyboard gives it."""
    QApplication.processEvents()
    QTest.keyClick(QApplication.focusWidget() or window, key, modifier)
    QApplication.processEvents()


def frame_of(window: Window) -> Frame:
    """The frame of an unlocked window."""
    assert window.frame is not None
    return window.frame


class County:
    """A county of a test: its folder, its verbs in this process, its server in another."""

    def __init__(self, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.folder, self._capsys = folder, capsys
        told = self.do("init", "--county", "513299", "--name", "测试县", "--training")
        self.fingerprint = str(told["fingerprint"])

    def do(self, *words: str) -> Any:
        """The JSON answer of one verb."""
        self._capsys.readouterr()
        assert county_main(["--data", str(self.folder), "--json", *words]) == 0
        return json.loads(self._capsys.readouterr().out.strip().splitlines()[-1])

    def certificate(self, request: Path) -> Path:
        """Enrol the laptop of a request; the certificate file."""
        out = request.with_suffix(".cert.zcp")
        self.do("enrol", str(request), "--township", TOWN, "--township-name", TOWN_NAME, "--out", str(out))
        return out

    def enrol(self, workspace: Workspace) -> None:
        """Both files carried by hand."""
        request = self.folder.parent / f"{workspace.read.info().device}.zcp"
        workspace.exchange.request(request)
        workspace.exchange.accept(self.certificate(request), self.fingerprint, lambda _: False)


@pytest.fixture
def county(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> County:
    """A training county on SQLite."""
    return County(tmp_path / "county", capsys)


@pytest.fixture
def server(county: County) -> Iterator[str]:
    """The address of its server process on loopback."""
    port_file = county.folder.parent / "port"
    process = subprocess.Popen(
        [sys.executable, "-m", "sync.county", "serve", "--data", str(county.folder), "--port-file", str(port_file)],
        env=os.environ | {"PYTHONPATH": os.getcwd()},
    )
    until = time.monotonic() + 20
    while not (port_file.exists() and port_file.read_text()) and time.monotonic() < until:
        time.sleep(0.05)
    yield f"http://127.0.0.1:{int(port_file.read_text())}"
    process.send_signal(signal.SIGTERM)
    assert process.wait(15) in (0, -signal.SIGTERM)


def copied(store: Path, to: Path) -> Path:
    """A copy of a closed store."""
    shutil.copytree(store, to)
    return to
