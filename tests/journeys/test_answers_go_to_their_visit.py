"""Answers that wait for the worker belong to the visit in which they were given, wherever one goes meanwhile."""

from pathlib import Path

import pytest
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from tests.journeys.conftest import a_household, a_visit, frame_of, settle, training_store
from ui.pages.evidence import PhotoSlot, SignatureField
from ui.pages.visit import VisitPage
from ui.window import Window


@pytest.fixture
def page(window: Window, tmp_path: Path) -> VisitPage:
    """The page of a visit; the store has a second one."""
    workspace = training_store(tmp_path / "store")
    home, _ = a_household(workspace)
    a_visit(workspace, home)
    first = a_visit(workspace, home)
    window.enter(workspace)
    found = frame_of(window).go("visit", first)
    assert isinstance(found, VisitPage)
    return found


def test_going_to_another_visit_takes_no_answer_along(qtbot: QtBot, window: Window, page: VisitPage) -> None:
    first, desk = page.visit_id, page.workspace.read
    other = next(one.visit_id for one in desk.visits() if one.visit_id != first)
    before = desk.visit(other).answers
    for key, value in (("place", "上坝"), ("km", "12.5"), ("minutes", "40")):
        page.save(key, value)
    frame_of(window).go("visit", other)
    settle(qtbot)
    assert {key: desk.visit(first).answers.get(key) for key in ("place", "km", "minutes")} == {
        "place": "上坝", "km": "12.5", "minutes": 40,
    }  # fmt: skip
    assert desk.visit(other).answers == before and page.visit_id == other


def test_a_photo_in_the_wrong_slot_is_taken_out_again(qtbot: QtBot, page: VisitPage, tmp_path: Path) -> None:
    from PIL import Image

    shot = tmp_path / "door.jpg"
    Image.new("RGB", (320, 240), (120, 90, 60)).save(shot)
    page.go_section("M")
    page.take_photo("door", shot)
    settle(qtbot)
    slot = page.parts["door"]
    assert isinstance(slot, PhotoSlot)
    (out,) = [one for one in slot.findChildren(QPushButton) if one.text() == "移去"]
    out.click()
    settle(qtbot)
    assert page.view is not None and page.view.photos == ()
    assert page.workspace.verify() == (True, [])


@pytest.mark.parametrize("kind", ["photo", "signature"])
def test_a_picture_that_cannot_be_read_is_said_in_words(
    qtbot: QtBot, page: VisitPage, tmp_path: Path, kind: str
) -> None:
    gone = tmp_path / "gone.png"
    if kind == "photo":
        page.take_photo("door", gone)
    else:
        page.go_section("N")
        field = page.parts["sg1"]
        assert isinstance(field, SignatureField)
        QTest.keyClicks(field.name.line, "Wang")
        field.take_file(gone)
    settle(qtbot)
    assert "没有找到这个文件" in page.banner.text
