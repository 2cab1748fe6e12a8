"""The county as people run it: its own process, its command line, HTTP and a stick."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from db.crypto.suites import LASTING_SUITE
from sync import package
from sync.county.__main__ import main
from tests.sync.laptop import TOWN, Laptop


def county(capsys: pytest.CaptureFixture[str], data: Path, *words: str, status: int = 0) -> Any:
    """The JSON answer of one county verb."""
    assert main(["--data", str(data), "--json", *words]) == status
    return json.loads(capsys.readouterr().out)


@pytest.fixture
def data(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Path:
    folder = tmp_path / "county"
    answer = county(capsys, folder, "init", "--county", "513299", "--name", "测试县")
    assert answer["county"] == "513299" and answer["fingerprint"]
    return folder


def enrolled(capsys: pytest.CaptureFixture[str], data: Path, name: str) -> Laptop:
    laptop = Laptop(name)
    request, certificate = data.parent / "request.zcp", data.parent / "certificate.zcp"
    request.write_bytes(laptop.request())
    answer = county(
        capsys, data, "enrol", str(request), "--township", TOWN, "--township-name", "测试镇", "--out", str(certificate)
    )
    assert answer["device"] == name and answer["township"] == TOWN
    laptop.accept(certificate.read_bytes())
    return laptop


@pytest.fixture
def server(data: Path) -> Iterator[str]:
    port_file = data.parent / "port"
    process = subprocess.Popen(
        [sys.executable, "-m", "sync.county", "serve", "--data", str(data), "--port-file", str(port_file)],
        env=os.environ | {"PYTHONPATH": os.getcwd()},
    )
    until = time.monotonic() + 20
    while not port_file.exists() and time.monotonic() < until:
        time.sleep(0.05)
    yield f"http://127.0.0.1:{int(port_file.read_text())}"
    process.send_signal(signal.SIGTERM)
    assert process.wait(15) == 0


def test_two_laptops_exchange_over_http_while_the_county_looks_at_its_status(
    data: Path, server: str, capsys: pytest.CaptureFixture[str]
) -> None:
    a, b = enrolled(capsys, data, "laptop-a"), enrolled(capsys, data, "laptop-b")

    def post(body: bytes) -> bytes:
        return httpx.post(server + "/v1/exchange", content=body, timeout=20).raise_for_status().content

    home = a.create(phone="1")
    a.sync(post)
    b.sync(post)
    assert b.base[home] == a.base[home]
    status = county(capsys, data, "status")
    assert status["operations"] == 1 and status["state_hash"] == {TOWN: a.state_hash()}
    assert [one["digit"] for one in status["devices"]] == [1, 2]
    wrong = httpx.post(server + "/v1/exchange", content=b"hello")
    assert wrong.status_code == 400 and wrong.json()["refused"]["code"] == "package.not_ours"
    county(capsys, data, "revoke", "laptop-b")
    refused = httpx.post(server + "/v1/exchange", content=b.up())
    assert refused.status_code == 403 and refused.json()["refused"]["code"] == "device.revoked"


def test_the_same_exchange_by_stick(data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    a, stick = enrolled(capsys, data, "laptop-a"), tmp_path / "stick"
    a.create(phone="1")
    body = a.body()
    package.write_file(stick, body.manifest.package, a.up(body, LASTING_SUITE))
    (stick / "notes.txt").write_text("别的文件")
    answer = county(capsys, data, "import", str(stick))
    assert answer["accepted"] == 1
    assert answer["refused"] == [{"file": "notes.txt", "code": "package.not_ours"}]
    files = county(capsys, data, "export", str(stick))["files"]
    down = a.read((stick / files[0]).read_bytes())
    a.apply(down)
    assert down.manifest.receipt and not a.pending
    assert county(capsys, data, "status")["state_hash"] == {TOWN: a.state_hash()}
    assert county(capsys, data, "import", str(stick))["accepted"] == 1


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("init", "--county", "513299", "--name", "再来"), "county.exists"),
        (("revoke", "nobody"), "device.unknown"),
        (("import", "/nowhere/at/all"), "package.no_folder"),
        (("enrol", "/nowhere", "--township", TOWN, "--township-name", "镇", "--out", "x"), "county.no_file"),
    ],
)
def test_what_cannot_be_done_is_said_in_four_parts(
    data: Path, capsys: pytest.CaptureFixture[str], words: tuple[str, ...], code: str
) -> None:
    refused = county(capsys, data, *words, status=1)["refused"]
    assert refused["code"] == code and all(refused[part] for part in ("what", "safe", "do"))
