"""A case through the window: accepted, brought on by what its gates ask, assessed with the reasons, by keyboard."""

from pathlib import Path
from time import perf_counter

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from desktop.casework import assessing, cases, dossiers, gates, packs
from desktop.workspace import Workspace
from tests.casework.test_packs import pack
from tests.journeys.conftest import (
    KEY,
    ON,
    TOWN,
    TOWN_NAME,
    USER,
    a_household,
    a_visit,
    frame_of,
    press,
    settle,
    training_store,
)
from ui.pages.case import CasePage
from ui.pages.cases import CasesPage
from ui.pages.household import HouseholdPage
from ui.pages.visit import VisitPage
from ui.pages.why import WhyPage
from ui.window import Window

CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def store(window: Window, tmp_path: Path) -> Workspace:
    """A store with a household on a rural register, open in the window."""
    workspace = training_store(tmp_path / "store")
    window.enter(workspace)
    return workspace


@pytest.fixture
def home(store: Workspace) -> str:
    household, _ = a_household(store)
    store.run(lambda act: dossiers.change(act, household, {"hukou": "rural"}, {}))
    return household


def accepted(store: Workspace, home: str, programme: str = "dibao") -> str:
    return store.run(lambda act: cases.add(act, home, programme, "2026-11-02")).case_id


def opened(qtbot: QtBot, window: Window, case: str) -> CasePage:
    found = frame_of(window).go("case", case)
    assert isinstance(found, CasePage)
    settle(qtbot)
    return found


def keys(text: str) -> None:
    """Typed into what has the focus."""
    focused = QApplication.focusWidget()
    assert focused is not None
    QTest.keyClicks(focused, text)


def words_on(widget: QWidget) -> str:
    parts: list[QLabel | QPushButton] = [*widget.findChildren(QLabel), *widget.findChildren(QPushButton)]
    return " ".join(one.text() for one in parts if one.isVisible())


def test_a_case_is_accepted_from_the_household(qtbot: QtBot, window: Window, store: Workspace, home: str) -> None:
    frame = frame_of(window)
    page = frame.go("household", home)
    assert isinstance(page, HouseholdPage)
    page._new_case()
    panel = page.accept
    panel.day.set_value("2026-11-06")
    panel.add()
    settle(qtbot)
    assert "2026-11-05 以前" in panel.day.error and panel.programme.value() == "dibao"
    panel.day.set_value("2026-11-02")
    panel.add()
    settle(qtbot)
    shown = frame.page("case")
    assert isinstance(shown, CasePage) and shown.isVisible() and shown.shown is not None
    assert shown.heading.text() == "最低生活保障 · 测试甲 家" and shown.state.text() == "已受理"
    assert shown.about.text().startswith("DB-2026-") and "2 人 · 下寨村2组" in shown.about.text()
    assert "橙 · 今天到期" in words_on(shown) and "剩 27 个工作日" in words_on(shown)
    press(window, Qt.Key.Key_Escape)
    assert page.isVisible() and "已受理" in words_on(page)


def test_a_case_of_a_person_asks_for_whom(qtbot: QtBot, window: Window, store: Workspace, home: str) -> None:
    page = frame_of(window).go("household", home)
    assert isinstance(page, HouseholdPage)
    page.members.selectRow(1)
    page._new_case()
    panel = page.accept
    qtbot.waitUntil(panel.isVisible)
    assert not panel.who.isVisible()
    panel.programme.set_value("orphan")
    panel._look()
    assert panel.who.isVisible()
    panel.who.set_value(None)
    panel.add()
    assert "给谁" in panel.who.error
    panel.who.set_value(page.members.rows.items[1].person_id)
    panel.add()
    settle(qtbot)
    assert frame_of(window).page("case").heading.text() == "孤儿 · 测试丙"


def test_moves_stand_in_the_order_of_the_state_table(qtbot: QtBot, window: Window, store: Workspace, home: str) -> None:
    page = opened(qtbot, window, accepted(store, home))
    assert list(page.moves) == ["checking", "investigating", "fast_relief", "aborted_noncooperation"]
    assert page.moves["investigating"].accessibleName() == "调查中，✓ 可以办"
    assert page.moves["checking"].accessibleName() == "信息核对中，还差 1 项"


def test_the_keyboard_alone_brings_a_case_on(qtbot: QtBot, window: Window, store: Workspace, home: str) -> None:
    case = accepted(store, home)
    page = opened(qtbot, window, case)
    press(window, Qt.Key.Key_F6)
    settle(qtbot)
    assert page.panel is not None and page.panel.form.status == "investigating"
    page.panel.fields["note"].editor.setFocus()
    keys("zhousan")
    press(window, Qt.Key.Key_S, CTRL)
    settle(qtbot)
    assert store.read.case(case).status == "investigating" and page.state.text() == "调查中"
    assert page.panel is None and "说明：zhousan" in words_on(page) and "记在经过里" in page.banner.text


def test_evidence_is_asked_for_and_a_refusal_loses_nothing(
    qtbot: QtBot, window: Window, store: Workspace, home: str
) -> None:
    case = accepted(store, home)
    page = opened(qtbot, window, case)
    page.open_move("aborted_noncooperation")
    settle(qtbot)
    panel = page.panel
    assert panel is not None
    assert list(panel.fields) == ["noncooperation.reminded_in_writing_on", "noncooperation.good_reason", "note"]
    assert "DB-007" in panel.said and "书面提醒" in panel.said
    panel.fields["noncooperation.reminded_in_writing_on"].editor.setFocus()
    keys("20261104")
    press(window, Qt.Key.Key_Return)
    press(window, Qt.Key.Key_1)
    press(window, Qt.Key.Key_S, CTRL)
    settle(qtbot)
    assert "还不能办" in panel.said and "DB-007" in panel.said and "不能终止" in panel.said
    assert store.read.case(case).status == "accepted"
    assert panel.typed() == {"noncooperation.reminded_in_writing_on": "2026-11-04", "noncooperation.good_reason": True}
    panel.fields["noncooperation.good_reason"].editor.setFocus()
    press(window, Qt.Key.Key_2)
    press(window, Qt.Key.Key_S, CTRL)
    settle(qtbot)
    assert store.read.case(case).status == "aborted_noncooperation"
    assert "书面提醒的日期：2026-11-04" in words_on(page) and "有正当理由：否" in words_on(page)


def test_people_are_named_by_ticking_them(qtbot: QtBot, window: Window, store: Workspace, home: str) -> None:
    case = accepted(store, home)
    page = opened(qtbot, window, case)
    page.open_move("checking")
    settle(qtbot)
    assert page.panel is not None
    assert list(page.panel.form.people.values()) == ["测试甲"]  # the child does not sign
    page.panel.fields["authorized_members"].setFocus()
    press(window, Qt.Key.Key_1)
    page.panel.go.click()
    settle(qtbot)
    assert page.state.text() == "信息核对中" and "成年成员：测试甲" in words_on(page)


def test_evidence_that_cannot_be_stays_to_be_mended(qtbot: QtBot, window: Window, store: Workspace, home: str) -> None:
    page = opened(qtbot, window, accepted(store, home))
    page.open_move("aborted_noncooperation")
    settle(qtbot)
    assert page.panel is not None
    page.panel.fields["noncooperation.reminded_in_writing_on"].line.setText("2026-02-30")
    page.panel.go.click()
    settle(qtbot)
    assert page.panel.said.startswith("✕ ") and page.panel.fields[
        "noncooperation.reminded_in_writing_on"
    ].value() == "2026-02-30"  # fmt: skip


def test_a_half_filled_move_is_kept_when_one_goes_away(
    qtbot: QtBot, window: Window, store: Workspace, home: str
) -> None:
    page = opened(qtbot, window, accepted(store, home))
    page.open_move("investigating")
    settle(qtbot)
    assert page.panel is not None
    page.panel.fields["note"].line.setText("约好周三")
    page.panel.away.click()
    assert page.panel is None and page.moves["investigating"].accessibleName() == "调查中，接着填"
    frame_of(window).go("households")
    page = opened(qtbot, window, page.case_id)
    page.open_move("investigating")
    settle(qtbot)
    assert page.panel is not None and page.panel.fields["note"].value() == "约好周三"


def test_why_shows_every_step_and_old_assessments_with_their_pack(
    qtbot: QtBot, window: Window, store: Workspace, home: str
) -> None:
    case = accepted(store, home)
    page = opened(qtbot, window, case)
    assert "还没有评估过" in words_on(page)
    press(window, Qt.Key.Key_R, CTRL)
    settle(qtbot)
    first = page.why.current
    assert first is not None and "✓ 符合" in words_on(page) and "每月 800.00 元" in words_on(page)
    assert "2026-11-05 按县参数包 training-1 算的" in words_on(page)
    steps = page.why.trace.model_
    told = [steps.data(steps.index(at), Qt.ItemDataRole.AccessibleTextRole) for at in range(steps.rowCount())]
    assert any("DB-079" in one and "依据：" in one and "起施行" in one for one in told)
    assert (
        any("保障对象 测试甲" in one or "用到：" in one for one in told)
        and QApplication.focusWidget() is page.why.trace
    )
    store.run(lambda act: packs.install(act, pack(pack_version="county-2"), None))
    press(window, Qt.Key.Key_R, CTRL)
    settle(qtbot)
    assert page.why.current is not None and page.why.current.pack_version == "county-2"
    assert page.why.pick.isVisible() and page.why.pick.count() == 2
    page.why.pick.setCurrentIndex(1)
    page.why.pick.activated.emit(1)
    assert page.why.current == first
    page.why.proof.click()
    settle(qtbot)
    assert "都与当时一样" in page.banner.text


def test_facts_that_lack_are_named_with_the_way_there(
    qtbot: QtBot, window: Window, store: Workspace, home: str
) -> None:
    store.run(lambda act: dossiers.change(act, home, {"hukou": ""}, {}))
    page = opened(qtbot, window, accepted(store, home))
    press(window, Qt.Key.Key_R, CTRL)
    settle(qtbot)
    assert "户口性质" in page.banner.text and page.why.current is None
    page.banner.act.click()
    assert frame_of(window).page("household").isVisible()


def test_without_the_countys_parameter_the_page_says_where_it_is_set(
    qtbot: QtBot, window: Window, store: Workspace, home: str
) -> None:
    store.run(lambda act: packs.install(act, pack(pack_version="bare", standards=None), None))
    page = opened(qtbot, window, accepted(store, home))
    press(window, Qt.Key.Key_R, CTRL)
    settle(qtbot)
    assert "缺参数或事实，定不了" in words_on(page) and "保障标准（县参数包里没有定，请问县里）" in words_on(page)


def test_a_store_without_a_county_pack_says_so_and_takes_one_in(
    qtbot: QtBot, window: Window, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store, _ = Workspace.create(
        tmp_path / "real", township=TOWN, township_name=TOWN_NAME, user=USER, password=KEY, on=ON
    )
    window.enter(store)
    household, _ = a_household(store)
    store.run(lambda act: dossiers.change(act, household, {"hukou": "rural"}, {}))
    page = opened(qtbot, window, accepted(store, household))
    press(window, Qt.Key.Key_R, CTRL)
    settle(qtbot)
    assert "县参数包还没有装" in words_on(page)
    (way,) = [one for one in page.findChildren(QPushButton) if one.text() == "装入县参数包…" and one.isVisible()]
    unsigned = tmp_path / "pack.json"
    unsigned.write_bytes(pack())
    monkeypatch.setattr("ui.pages.packing.QFileDialog.getOpenFileName", lambda *_: (str(unsigned), ""))
    way.click()
    settle(qtbot)
    assert page.banner.text.startswith("✕ ") and "县参数包还没有装" in words_on(page)  # only the county's own is taken


def test_the_list_narrows_by_name_programme_and_status(
    qtbot: QtBot, window: Window, store: Workspace, home: str
) -> None:
    first = accepted(store, home)
    other, _ = a_household(store, "测试丁", "13800000022")
    second = accepted(store, other, "edge_family")
    store.run(lambda act: gates.move(act, second, "investigating"))
    press(window, Qt.Key.Key_2, CTRL)
    settle(qtbot)
    page = frame_of(window).page("cases")
    assert isinstance(page, CasesPage) and page.isVisible()

    def shown() -> list[str]:
        return [one.case.case_id for one in page.rows.items]

    assert shown() == [first, second]  # the nearest deadline comes first
    column = [one.head for one in page.rows.columns].index("期限")
    assert page.rows.data(page.rows.index(0, column)) == "橙 · 今天到期"
    assert page.about.text() == "2 件 · 1 件快到期或已逾期"
    keys("edge")
    page.line.setText("测试丁")
    qtbot.waitUntil(lambda: shown() == [second])
    page.line.setText("")
    qtbot.waitUntil(lambda: len(shown()) == 2)
    page.status.set_value("accepted")
    page._look()
    assert shown() == [first]
    page.status.set_value(None)
    page.programme.set_value("edge_family")
    page._look()
    assert shown() == [second]
    page.line.setFocus()
    press(window, Qt.Key.Key_Return)
    settle(qtbot)
    assert frame_of(window).page("case").isVisible()


def test_the_visit_says_how_the_rules_stand_and_typing_stays_quick(
    qtbot: QtBot, window: Window, store: Workspace, home: str
) -> None:
    visit = a_visit(store, home)
    page = frame_of(window).go("visit", visit)
    assert isinstance(page, VisitPage)
    card = page.assessment
    qtbot.waitUntil(lambda: card.result.text() == "✓ 符合", timeout=10_000)
    settle(qtbot)
    asked = card.asked
    slow = _slowest(qtbot, page)
    assert store.read.visit(visit).answers["place"] == "第三处"
    assert slow < 0.25, f"a save took {slow:.3f} s"
    assert card.asked == asked  # while answers are being saved nothing is asked
    qtbot.waitUntil(lambda: card.asked == asked + 1, timeout=5_000)
    settle(qtbot)
    card.why.click()
    settle(qtbot)
    why = frame_of(window).page("why")
    assert isinstance(why, WhyPage) and why.isVisible()
    assert why.why.current is not None and "没有存档" in why.about.text()
    assert store.look(lambda on: assessing.of_visit(on, visit)) is None
    press(window, Qt.Key.Key_Escape)
    assert page.isVisible()


def _slowest(qtbot: QtBot, page: VisitPage) -> float:
    slowest = 0.0
    for place in ("第一处", "第二处", "第三处"):
        begun = perf_counter()
        page.save("place", place)
        qtbot.waitUntil(lambda: page.unsaved == 0, timeout=5_000)
        slowest = max(slowest, perf_counter() - begun)
    return slowest
