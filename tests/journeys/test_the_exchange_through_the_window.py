"""The sync page against a real county process: enrolment, F5, receipts, a stick, and a difference decided."""

import threading
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from desktop.casework import households, persons
from desktop.workspace import Workspace, traffic
from tests.journeys.conftest import County, a_household, frame_of, press, settle, training_store
from ui import work
from ui.pages.sync import SyncPage
from ui.window import Window


def sync_page(window: Window) -> SyncPage:
    page = frame_of(window).go("sync")
    assert isinstance(page, SyncPage)
    return page


def words_on(page: SyncPage) -> str:
    return " ".join(one.text() for one in page.findChildren(QLabel) if not one.isHidden())


@pytest.fixture
def here(tmp_path: Path, window: Window) -> Workspace:
    """An unlocked store in the window."""
    workspace = training_store(tmp_path / "one")
    window.enter(workspace)
    return workspace


def test_a_laptop_is_enrolled_once_a_person_has_compared_the_fingerprint(
    qtbot: QtBot, window: Window, here: Workspace, county: County, tmp_path: Path
) -> None:
    page, request = sync_page(window), tmp_path / "request.zcp"
    page.enrolment.request(request)
    settle(qtbot)
    certificate = county.certificate(request)
    page.enrolment.look_at(certificate)
    settle(qtbot)
    assert county.fingerprint in words_on(page)
    assert not here.exchange.state().enrolled
    assert page.enrolment.differs_button.text() == "不一样，不装"
    qtbot.waitUntil(page.enrolment.differs_button.hasFocus)
    page.enrolment.confirm_button.click()
    settle(qtbot)
    assert here.exchange.state().enrolled and "已在县里登记" in page.banner.text


def test_f5_sends_what_is_unsent_and_shows_the_receipt(
    qtbot: QtBot, window: Window, here: Workspace, county: County, server: str
) -> None:
    county.enrol(here)
    a_household(here)
    page = sync_page(window)
    page.address.line.setText(server)
    press(window, Qt.Key.Key_F5)
    settle(qtbot)
    assert "县已收到，回执" in page.banner.text
    first = page.table.rows.items[0]
    assert {row.direction for row in page.table.rows.items} == {"in", "out"} and first.receipt
    assert here.exchange.state().unsent == 0
    assert "没有未送的" in frame_of(window)._unsent.text() and "在线" in frame_of(window)._state.text()


def test_without_a_line_everything_stays_and_the_stick_is_offered(
    qtbot: QtBot, window: Window, here: Workspace, county: County
) -> None:
    county.enrol(here)
    a_household(here)
    page = sync_page(window)
    page.address.line.setText("http://127.0.0.1:9")
    page.sync()
    settle(qtbot)
    assert "连不上县里" in page.banner.text and "U 盘" in page.banner.text
    assert here.exchange.state().unsent > 0 and "离线" in frame_of(window)._state.text()


def test_the_same_exchange_by_stick(
    qtbot: QtBot, window: Window, here: Workspace, county: County, tmp_path: Path
) -> None:
    county.enrol(here)
    a_household(here)
    page, stick = sync_page(window), tmp_path / "stick"
    page.write_stick(stick)
    settle(qtbot)
    assert "已装入数据包" in page.banner.text
    back_from(county, stick, page)
    settle(qtbot)
    assert "县已收到，回执" in page.banner.text and here.exchange.state().unsent == 0


def test_a_stick_with_nothing_new_is_answered_too(
    qtbot: QtBot, window: Window, here: Workspace, county: County, tmp_path: Path
) -> None:
    county.enrol(here)
    page, stick = sync_page(window), tmp_path / "stick"
    page.write_stick(stick)
    settle(qtbot)
    assert not here.look(traffic.packages)[0].answered
    back_from(county, stick, page)
    settle(qtbot)
    assert all(package.answered for package in here.look(traffic.packages))


def back_from(county: County, stick: Path, page: SyncPage) -> None:
    county.do("import", str(stick))
    county.do("export", str(stick))
    page.read_stick(stick)


@pytest.mark.parametrize("choice", ["mine", "county", "third"])
def test_a_difference_is_decided_in_the_window(
    qtbot: QtBot, window: Window, here: Workspace, county: County, server: str, tmp_path: Path, choice: str
) -> None:
    other = training_store(tmp_path / "two", "王芳")
    for one in (here, other):
        county.enrol(one)
    home, _ = a_household(here)
    here.exchange.sync(server, lambda *_: None)
    other.exchange.sync(server, lambda *_: None)
    head = here.read.household(home).members[0].person_id
    other.run(lambda act: persons.change(act, head, {"phone": "13900007710"}))
    other.exchange.sync(server, lambda *_: None)
    here.run(lambda act: persons.change(act, head, {"phone": "13800000021"}))
    page = sync_page(window)
    page.address.line.setText(server)
    page.sync()
    settle(qtbot)

    decision = page.deciding.decisions[0]
    assert decision.own and decision.where == "测试甲"
    assert [(f.label, f.mine, f.county) for f in decision.fields] == [("电话", "138****0021", "139****7710")]
    assert "13900007710" not in words_on(page) and "需要您决定 1 处" in words_on(page)
    if choice == "third":
        page.deciding.third_of(decision.id)
        line = page.deciding.fields["phone"].line
        qtbot.waitUntil(line.hasFocus)
        qtbot.wait(30)
        assert not line.visibleRegion().isEmpty()
        line.setText("13700000003")
        page.deciding.settle(decision.id, None)
    else:
        page.deciding.settle(decision.id, choice)
    settle(qtbot)
    assert page.deciding.decisions == []
    want = {"mine": "138****0021", "county": "139****7710", "third": "137****0003"}[choice]
    assert here.read.person(head).phone == want
    page.sync()
    settle(qtbot)
    other.exchange.sync(server, lambda *_: None)
    assert other.read.person(head).phone == want
    assert other.exchange.state_hash() == here.exchange.state_hash()
    other.lock()


def test_a_third_value_that_cannot_be_is_said_and_the_difference_stays(
    qtbot: QtBot, window: Window, here: Workspace, county: County, server: str, tmp_path: Path
) -> None:
    other = training_store(tmp_path / "two", "王芳")
    for one in (here, other):
        county.enrol(one)
    home, _ = a_household(here)
    here.exchange.sync(server, lambda *_: None)
    other.exchange.sync(server, lambda *_: None)
    other.run(lambda act: households.change(act, home, {"hukou": "urban"}))
    other.exchange.sync(server, lambda *_: None)
    here.run(lambda act: households.change(act, home, {"hukou": "rural"}))
    page = sync_page(window)
    page.address.line.setText(server)
    page.sync()
    settle(qtbot)
    decision = page.deciding.decisions[0]
    page.deciding.third_of(decision.id)
    page.deciding.fields["hukou"].line.setText("不知道")
    page.deciding.settle(decision.id, None)
    settle(qtbot)
    assert page.deciding.fields["hukou"].error and len(page.deciding.decisions) == 1
    other.lock()


def test_an_exchange_can_be_stopped(
    qtbot: QtBot, window: Window, here: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    page, going = sync_page(window), threading.Event()

    def slow(url: str, tell: work.Tell) -> None:
        for done in range(1000):
            going.set()
            tell(done, 1000, "正在送出")
            threading.Event().wait(0.01)

    monkeypatch.setattr(here.exchange, "sync", slow)
    page.address.line.setText("http://127.0.0.1:9")
    page.sync()
    assert going.wait(5) and not page.going.isHidden() and not page.sync_button.isEnabled()
    page.cancel()
    settle(qtbot)
    assert "已按您的要求停下" in page.banner.text and page.going.isHidden() and page.sync_button.isEnabled()
