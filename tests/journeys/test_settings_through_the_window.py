"""The settings page: look, township, people, password, backup and its proof."""

from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.workspace import Workspace
from tests.journeys.conftest import KEY, USER, a_household, frame_of, settle, training_store
from ui import settings_file, theme
from ui.pages.settings import SettingsPage
from ui.window import Window

NEW = "换过的口令 2026"


@pytest.fixture
def page(window: Window, tmp_path: Path) -> SettingsPage:
    workspace = training_store(tmp_path / "store")
    a_household(workspace)
    window.enter(workspace)
    found = frame_of(window).go("settings")
    assert isinstance(found, SettingsPage)
    return found


def test_what_is_typed_is_kept_or_said_to_be_wrong(qtbot: QtBot, page: SettingsPage) -> None:
    page.fields["township_phone"].line.setText("0837-7230001")
    page.fields["township_phone"].commit()
    page.fields["reeval_months"].line.setText("99")
    page.fields["reeval_months"].commit()
    settle(qtbot)
    assert page.workspace.read.settings()["township_phone"] == "0837-7230001"
    assert "1 到 60" in page.fields["reeval_months"].error
    page.take_calendar(page.workspace.store.folder / "nothing.json")
    assert "读不出校历" in page.banner.text


def test_dark_and_150_per_cent_take_effect_at_once_and_are_remembered(window: Window, page: SettingsPage) -> None:
    page.theme.set_value(True)
    page.scale.set_value(150)
    page.wear()
    QApplication.processEvents()
    assert theme.current().dark and theme.current().scale == 150
    assert settings_file.load() == {"dark": True, "scale": 150}
    assert window.minimumSizeHint().width() <= 1366
    again = frame_of(window).page("settings")
    assert again is not page and again.isVisible()


def test_a_second_person_and_a_new_password(qtbot: QtBot, window: Window, page: SettingsPage, tmp_path: Path) -> None:
    page.new_name.line.setText("罗让曲珍")
    page.new_role.set_value("village_assistant")
    page.new_password.line.setText(KEY)
    page.add_user()
    page.old.line.setText("不是这个口令 1")
    page.new.line.setText(NEW)
    page.again.line.setText(NEW)
    page.change_password()
    settle(qtbot)
    assert [one.name for one in page.workspace.users()] == [USER, "罗让曲珍"]
    assert page.old.error
    page.old.line.setText(KEY)
    page.change_password()
    settle(qtbot)
    window.lock()
    Workspace.unlock(tmp_path / "store", USER, NEW).lock()


def test_a_backup_is_proven_and_the_status_line_says_when(
    qtbot: QtBot, window: Window, page: SettingsPage, tmp_path: Path
) -> None:
    assert frame_of(window)._backup.text() == "还没有备份"
    page.backup(tmp_path / "stick" / "backup")
    settle(qtbot)
    assert "备份写好并验证过" in page.banner.text
    assert frame_of(window)._backup.text().startswith("备份已验证 今天")
    page.verify()
    settle(qtbot)
    assert "没有缺损" in page.banner.text
