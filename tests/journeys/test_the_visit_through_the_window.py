"""A day of work through the real window: make a store, a household, a visit by keyboard, a photo, a signature."""

from pathlib import Path

from PIL import Image
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from tests.journeys.conftest import KEY, frame_of, make_store, settle
from ui.pages.evidence import SignatureField
from ui.pages.questions import TableBox
from ui.pages.visit import VisitPage
from ui.parts.choices import Chips, Someone
from ui.parts.inputs import Field
from ui.parts.lines import Line
from ui.window import Window


def begin_visit(qtbot: QtBot, window: Window) -> VisitPage:
    """A household of one and its F-08."""
    frame = frame_of(window)
    page = frame.go("household", "new")
    page.fields["village"].editor.setText("下寨村")  # type: ignore[attr-defined]
    page.head["name"].editor.setText("罗让卓玛")  # type: ignore[attr-defined]
    page.save()  # type: ignore[attr-defined]
    settle(qtbot)
    page._start()  # type: ignore[attr-defined]
    page.begin.fields["second"].editor.setText("马建国")  # type: ignore[attr-defined]
    page.begin.begin()  # type: ignore[attr-defined]
    settle(qtbot)
    found = frame.page("visit")
    assert isinstance(found, VisitPage)
    return found


def write_row(qtbot: QtBot, table: TableBox, **cells: str) -> None:
    table.add_row()
    for key, text in cells.items():
        line = table.fields[key].line
        line.setText(text)
        QTest.keyClick(line, Qt.Key.Key_Return)
    settle(qtbot)


def test_from_an_empty_folder_to_a_signed_visit(qtbot: QtBot, window: Window, tmp_path: Path) -> None:
    make_store(qtbot, window, tmp_path / "store")
    visit = begin_visit(qtbot, window)
    assert visit.view is not None

    method = visit.parts["method"]
    assert isinstance(method, Field) and isinstance(method.editor, Chips)
    QTest.keyClick(method.editor, Qt.Key.Key_1)
    settle(qtbot)
    assert visit.view.answers["method"] == ["1"]
    assert visit.saved.text().startswith("已存本机")

    visit.go_section("D")
    income = visit.parts["income"]
    assert isinstance(income, TableBox)
    write_row(qtbot, income, gross="26400", cost="400")
    assert [(one["gross"], one["cost"]) for one in visit.view.answers["income"]] == [("26400.00", "400.00")]
    who = income.fields["who"].editor
    assert isinstance(who, Someone)
    for words in ("邻居的名字", "罗让卓玛"):
        who.setFocus()
        who.setEditText(words)
        QTest.keyClick(who, Qt.Key.Key_Return)
        settle(qtbot)
        assert words in [str(income.table.rows.index(0, at).data()) for at in range(income.table.rows.columnCount())]
    assert visit.view.answers["income"][0]["who"] == visit.view.answers["members"][0]["row"]
    shown = [line.text() for line in visit.findChildren(QLabel)]
    assert any("26,000.00" in line for line in shown)

    picture = tmp_path / "door.jpg"
    Image.new("RGB", (640, 480), (120, 90, 60)).save(picture)
    visit.go_section("M")
    visit.take_photo("door", picture)
    settle(qtbot)
    assert [photo.slot for photo in visit.view.photos] == ["door"]

    visit.go_section("N")
    pad = visit.parts["sg1"]
    assert isinstance(pad, SignatureField)
    pad.name.line.setText("泽仁措")
    QTest.mousePress(pad.pad, Qt.MouseButton.LeftButton, pos=QPointF(20, 20).toPoint())
    QTest.mouseMove(pad.pad, QPointF(120, 60).toPoint())
    QTest.mouseRelease(pad.pad, Qt.MouseButton.LeftButton, pos=QPointF(150, 40).toPoint())
    pad.keep.click()
    settle(qtbot)
    assert [(one.role, one.name) for one in visit.view.signatures] == [("sg1", "泽仁措")]

    visit.complete()
    settle(qtbot)
    assert "还缺" in visit.banner.text
    assert "罗让卓玛" not in window.windowTitle()
    assert window.minimumSizeHint().width() <= 1366
    window.lock()
    assert window.workspace is None and window.door.user == "泽仁措"


def test_enter_and_digits_belong_to_the_input_method_while_it_composes(qtbot: QtBot, window: Window) -> None:
    line = window.door.fields["name"].editor
    assert isinstance(line, Line)
    line.setFocus()
    QApplication.sendEvent(line, QInputMethodEvent("qing", []))
    QTest.keyClick(line, Qt.Key.Key_Return)
    assert line.hasFocus()
    done = QInputMethodEvent()
    done.setCommitString("青云镇")
    QApplication.sendEvent(line, done)
    QTest.keyClick(line, Qt.Key.Key_Return)
    assert line.text() == "青云镇" and not line.hasFocus()


def test_a_wrong_password_says_what_is_left(qtbot: QtBot, window: Window, tmp_path: Path) -> None:
    make_store(qtbot, window, tmp_path / "store")
    window.lock()
    door = window.door
    door.fields["password"].line.setText("不是这个 123")
    QTest.keyClick(door.fields["password"].editor, Qt.Key.Key_Return)
    settle(qtbot)
    assert "口令不对" in door.fields["password"].error
    door.fields["password"].line.setText(KEY)
    QTest.keyClick(door.fields["password"].editor, Qt.Key.Key_Return)
    settle(qtbot)
    assert window.workspace is not None
    window.lock()
