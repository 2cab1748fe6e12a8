"""Stores of every version that left the house open with today's program and lose nothing."""

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from db import migrations
from desktop.workspace import Workspace
from tests.migrations.facts import facts
from tests.migrations.freeze import FACTS, STORES, USER
from tests.sync.office import PASSWORD

FROZEN = sorted(path.name for path in STORES.iterdir())


@pytest.fixture(params=FROZEN)
def frozen(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """A copy of a frozen store."""
    return Path(shutil.copytree(STORES / request.param, tmp_path / "store", ignore=shutil.ignore_patterns(FACTS)))


def told(name: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((STORES / name / FACTS).read_text("utf-8"))
    return found


def known(now: Any, before: Any) -> Any:
    """What is told now, without what the older version did not tell at all."""
    if isinstance(now, dict) and isinstance(before, dict):
        return {key: known(value, before[key]) for key, value in now.items() if key in before}
    if isinstance(now, list) and isinstance(before, list) and len(now) == len(before):
        return [known(*pair) for pair in zip(now, before, strict=True)]
    return now


@pytest.mark.parametrize("frozen", FROZEN, indirect=True)
def test_an_older_store_opens_and_says_the_same(frozen: Path, request: pytest.FixtureRequest) -> None:
    before = told(request.node.callspec.params["frozen"])
    workspace = Workspace.unlock(frozen, USER, PASSWORD)
    now = facts(workspace)
    assert now["counts"] == dict.fromkeys(now["counts"], 0) | dict(before["counts"])
    assert known(now, before) == before
    assert workspace.verify() == (True, [])
    assert workspace.info().store_version == migrations.newest()
    workspace.lock()


def test_the_newest_version_is_among_them() -> None:
    assert migrations.newest() in FROZEN, "python -m tests.migrations.freeze VERSION"
