"""Addresses and answers of a county that a laptop must not trip over."""

import http.server
import json
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from sync.county.__main__ import main as county


def fingerprint(capsys: pytest.CaptureFixture[str]) -> str:
    """What the county answered last."""
    return str(json.loads(capsys.readouterr().out.splitlines()[-1])["fingerprint"])


@pytest.fixture
def enrolled(desk: Any, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Any:
    """A laptop that its county knows."""
    request, certificate, data = tmp_path / "request", tmp_path / "certificate", str(tmp_path / "county")
    desk.do("device", "request", request)
    assert county(["--data", data, "init", "--county", "513299", "--name", "测试县", "--training"]) == 0
    town = ("--township", "513299102", "--township-name", "青云镇")
    assert county(["--json", "--data", data, "enrol", str(request), *town, "--out", str(certificate)]) == 0
    desk.do("device", "accept", certificate, "--trust", fingerprint(capsys))
    return desk


class _Strange(http.server.BaseHTTPRequestHandler):
    answer = b""
    status = 200

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers["content-length"]))
        self.send_response(self.status)
        self.send_header("content-length", str(len(self.answer)))
        self.end_headers()
        self.wfile.write(self.answer)

    def log_message(self, *args: object) -> None:
        """Nobody reads it."""


@pytest.fixture
def strange() -> Iterator[str]:
    """The address of a server that is no county."""
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), _Strange)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


@pytest.fixture
def differing(enrolled: Any, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Any:
    """The laptop after its phone and its child's account lost to those of a second laptop, all by stick."""
    household = enrolled.household()
    person, home = household["members"][1]["person_id"], household["household_id"]
    stick, data, mine = tmp_path / "stick", str(tmp_path / "county"), enrolled.store

    def exchange() -> None:
        written = enrolled.do("package", "write", stick)
        assert written["receipt"] is None and [path.name for path in stick.iterdir()] == written["files"]
        for verb in ("import", "export"):
            assert county(["--data", data, verb, str(stick)]) == 0
        capsys.readouterr()
        read = enrolled.do("package", "read", stick)
        assert len(read["files"]) == 1
        for path in stick.iterdir():
            path.unlink()

    def change(phone: str, payee: str) -> None:
        enrolled.do("household", "set", home, f"phone={phone}")
        enrolled.do("person", "set", person, f"account.payee={payee}", f"account.bank={payee}行")

    exchange()
    enrolled.store = tmp_path / "second"
    enrolled.do("init", "--township", "513299102", "--township-name", "青云镇", "--training")
    enrolled.do("device", "request", tmp_path / "request2")
    town = ("--township", "513299102", "--township-name", "青云镇", "--out", str(tmp_path / "certificate2"))
    assert county(["--json", "--data", data, "enrol", str(tmp_path / "request2"), *town]) == 0
    enrolled.do("device", "accept", tmp_path / "certificate2", "--trust", fingerprint(capsys))
    exchange()
    change("13800000001", "甲")
    exchange()
    enrolled.store = mine
    change("13800000002", "乙")
    exchange()
    enrolled.home, enrolled.person = home, person
    return enrolled


def test_a_third_value_is_read_as_the_record_reads_it_and_settles_a_group_at_once(differing):
    found = differing.do("conflicts", "list")["conflicts"]
    phone = next(item["id"] for item in found if item["field"] == "phone")
    account = {item["id"] for item in found if item["field"].startswith("account.")}
    assert len(account) == 1 and len(found) == 3
    (group,) = account
    for conflict, value in (
        (phone, "长" * 300),
        (phone, "\ud800".encode("utf-8", "surrogatepass").decode("utf-8", "surrogateescape")),
        (phone, f"@{differing.file([1])}"),
        (phone, f"@{differing.file({'a': 1})}"),
        (group, "甲"),
        (group, "{}"),
        (group, '{"nonsense": "甲"}'),
        (group, '{"account.payee": ["甲"]}'),
    ):
        differing.refuse("conflicts", "resolve", conflict, "--value", value)
    assert len(differing.do("conflicts", "list")["conflicts"]) == 3
    differing.do("conflicts", "resolve", phone, "--value", "13800000003")
    done = differing.do("conflicts", "resolve", group, "--value", '{"account.payee": "丙", "bank": "丙行"}')
    assert done["conflicts"] == []
    person = differing.do("person", "show", differing.person)
    assert (person["account.payee"], person["account.bank"]) == ("丙", "丙行")
    assert differing.do("household", "show", differing.home)["phone"] == "138****0003"


def test_an_address_that_cannot_be_is_refused_and_none_is_asked(enrolled):
    for url in ("", "x", "ftp://x", "http://", "http://[::1", "http://127.0.0.1:x", "http://127.0.0.1:99999",
                "https://" + "a" * 300, "https://a..b", "https://x/\x01", "127.0.0.1:80"):  # fmt: skip
        assert enrolled.refuse("sync", url)["code"] == "sync.bad_address", url
    for url in ("http://example.com", "http://127.0.0.1.example.com", "HTTP://EXAMPLE.COM", "http://2130706433:1"):
        assert enrolled.refuse("sync", url)["code"] == "sync.plain_http", url


def test_a_server_that_is_no_county_is_told_from_one(enrolled, strange, monkeypatch):
    for status, answer in (
        (200, b""),
        (200, b"hello"),
        (500, b"\xff"),
        (500, b"[]"),
        (500, b'{"refused": 5}'),
        (400, b'{"refused": {"code": 1, "what": 2, "safe": 3, "do": null}}'),
        (302, b""),
    ):
        monkeypatch.setattr(_Strange, "answer", answer)
        monkeypatch.setattr(_Strange, "status", status)
        enrolled.refuse("sync", strange)


def test_a_place_that_takes_no_package_is_refused(enrolled, tmp_path):
    file = tmp_path / "file"
    file.write_text("x")
    enrolled.household()
    for place in (file, file / "below"):
        assert enrolled.refuse("package", "write", place)["code"] == "package.not_written"
        enrolled.refuse("package", "read", place)
    assert enrolled.do("info")["unsent"] == 3
