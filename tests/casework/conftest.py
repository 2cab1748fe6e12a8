"""A township's workspace on a real store, and people who can be nobody (county code 513299)."""

import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from desktop.casework import households
from desktop.casework.views import Added
from desktop.policy.identity import check_digit
from desktop.workspace import Workspace

PASSWORD = "走村串户一二三四五六七"
ON = date(2026, 11, 5)


def identity_number(birth: str = "19800305", order: int = 1) -> str:
    """A number of the unassigned county code with its check digit."""
    first = f"513299{birth}{order:03d}"
    return first + check_digit(first)


class Township(Workspace):
    """A workspace with builders."""

    def household(self, *names: str, **values: Any) -> Added:
        """A household of these people in one line."""
        members = [
            {
                "name": name,
                "id_number": identity_number(order=place + 1),
                "relation": "02" if place == 0 else "20",
            }
            for place, name in enumerate(names or ("测试甲", "测试乙"))
        ]
        given = {"village": "上磨村", "group": "2", "address": "上磨村2组5号"} | values | {"members": members}
        return self.run(lambda work: households.add(work, given))


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory, cheap_passwords: None) -> Path:
    """A new store that tests copy."""
    folder = tmp_path_factory.mktemp("made") / "store"
    workspace, _ = Workspace.create(
        folder,
        township="513299102",
        township_name="青云镇",
        user="王强",
        password=PASSWORD,
        training=True,
        on=ON,
    )
    workspace.lock()
    return folder


@pytest.fixture
def township(made: Path, tmp_path: Path) -> Iterator[Township]:
    """An unlocked store of 青云镇 on 5 November 2026."""
    folder = tmp_path / "store"
    shutil.copytree(made, folder)
    found = Township.unlock(folder, "王强", PASSWORD, ON)
    assert isinstance(found, Township)
    yield found
    found.lock()
