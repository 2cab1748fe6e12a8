"""A township on the command line: every verb through `main(argv)` on a real store in a temporary folder."""

import io
import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from desktop.commands.main import main
from desktop.workspace import Workspace

PASSWORD = "走村串户一二三四五六七"


class Desk:
    """One laptop: `ask` runs a verb with --json and gives status and answer; `do` expects it to be done."""

    def __init__(
        self,
        folder: Path,
        capsys: pytest.CaptureFixture[str],
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:
        self.folder, self._capsys, self._patch = folder, capsys, monkeypatch
        self.store, self.user, self.err = folder / "store", "王强", ""

    def ask(self, *argv: object, stdin: str | None = None) -> tuple[int, dict[str, Any]]:
        """Exit status and the one JSON object on standard output."""
        if stdin is not None:
            self._patch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(stdin.encode())))
        status = main(
            [
                "--store",
                str(self.store),
                "--user",
                self.user,
                "--on",
                "2026-11-05",
                "--json",
                *map(str, argv),
            ]
        )
        out, self.err = self._capsys.readouterr()
        assert "Traceback" not in out + self.err
        lines = out.splitlines()
        assert len(lines) == 1, out
        return status, json.loads(lines[0])

    def do(self, *argv: object, stdin: str | None = None) -> dict[str, Any]:
        """The answer of a verb that must be done."""
        status, answer = self.ask(*argv, stdin=stdin)
        assert status == 0, answer
        return answer

    def refuse(self, *argv: object, stdin: str | None = None) -> dict[str, Any]:
        """The four parts of a refusal that must come."""
        status, answer = self.ask(*argv, stdin=stdin)
        assert status == 1 and set(answer["refused"]) >= {
            "code",
            "what",
            "safe",
            "do",
        }, answer
        assert answer["refused"]["code"] != "program.defect", answer
        return dict(answer["refused"])

    def file(self, content: object, name: str = "given.json") -> Path:
        """A JSON file beside the store."""
        path = self.folder / name
        path.write_text(json.dumps(content, ensure_ascii=False), encoding="utf-8")
        return path

    def household(self, *members: dict[str, Any], **values: Any) -> dict[str, Any]:
        """A household of two in one line."""
        people = list(members) or [
            {
                "name": "测试甲",
                "id_number": "513299198003050014",
                "phone": "13800001234",
            },
            {"name": "测试乙", "relation": "20", "id_number": "513299201501010019"},
        ]
        plain = {
            "village": "上磨村",
            "group": "2",
            "address": "上磨村2组5号",
            "hukou": "rural",
        } | values
        return self.do("household", "add", self.file(plain | {"members": people}))


@pytest.fixture
def bare(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Desk:
    """A laptop without a store."""
    monkeypatch.setenv("ZOUCUN_PASSWORD", PASSWORD)
    return Desk(tmp_path, capsys, monkeypatch)


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory, cheap_passwords: None) -> Path:
    """A new training store of 青云镇 that tests copy: making one takes a second."""
    folder = tmp_path_factory.mktemp("made") / "store"
    workspace, _ = Workspace.create(
        folder, township="513299102", township_name="青云镇", user="王强", password=PASSWORD, training=True
    )
    workspace.lock()
    return folder


@pytest.fixture
def desk(bare: Desk, made: Path) -> Desk:
    """A laptop with a training store of 青云镇."""
    shutil.copytree(made, bare.store)
    return bare


@pytest.fixture
def env(monkeypatch: pytest.MonkeyPatch) -> Callable[[str, str], None]:
    """Set an environment variable for this test."""
    return monkeypatch.setenv
