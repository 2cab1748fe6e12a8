"""Addresses and answers of a county that a laptop must not trip over."""

import http.server
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from sync.county.__main__ import main as county


@pytest.fixture
def enrolled(desk: Any, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Any:
    """A laptop that its county knows."""
    request, certificate, data = tmp_path / "request", tmp_path / "certificate", str(tmp_path / "county")
    desk.do("device", "request", request)
    assert county(["--data", data, "init", "--county", "513299", "--name", "测试县", "--training"]) == 0
    town = ("--township", "513299102", "--township-name", "青云镇")
    assert county(["--data", data, "enrol", str(request), *town, "--out", str(certificate)]) == 0
    words = capsys.readouterr().out.split()
    desk.do("device", "accept", certificate, "--trust", words[words.index("fingerprint:") + 1])
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
