"""The two ways to the county: one whole exchange over HTTP(S), or the same packages through a folder."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any, Protocol
from urllib.parse import urlsplit

from sqlalchemy.orm import Session

from db.crypto.parties import PartyKeys
from db.crypto.suites import LASTING_SUITE, SMALL_SUITE
from db.refused import PackageRefused, Refused, Unreachable
from db.store import Store
from sync import package
from sync.device import differences, down, up
from sync.device.enrol import own
from sync.protocol import FORK, GAP

Writing = Callable[[], AbstractContextManager[Session]]
Tell = Callable[[int, int, str], None]


class Line(Protocol):
    """What carries packages: `post(path, package) -> package`, counting bytes both ways."""

    sent: int
    received: int

    def post(self, path: str, data: bytes) -> bytes:
        """The county's answer; raises Unreachable or the county's own refusal."""


_SAFE = "改动都在本机，没有丢。"
_BATCH = 8


def exchange(store: Store, writing: Writing, url: str, tell: Tell) -> dict[str, Any]:
    """Send what is unsent, take in the receipt and the township's changes, then the attachments both ways.

    Raises Unreachable `sync.unreachable`, BadValue-like Refused `sync.bad_address` and `sync.plain_http`, and what
    the county refuses with.
    """
    with _Line(_address(url)) as line:
        return exchange_over(store, writing, line, tell)


def exchange_over(store: Store, writing: Writing, line: Line, tell: Tell) -> dict[str, Any]:
    """The exchange over any line that carries a package to an address of the county and brings the answer."""
    for _ in range(3):
        tell(0, 3, "正在装包")
        with writing() as session:
            packed = up.operations(session, store, "http", SMALL_SUITE)
        tell(1, 3, "正在送出")
        answer = line.post("/v1/exchange", packed.data)
        with writing() as session:
            taken = down.take(session, store, answer, "http", packed)
        if taken.answer not in (GAP, FORK):
            break
    tell(2, 3, "正在送照片")
    _blobs(store, writing, line, list(taken.wanted))
    tell(3, 3, "县已收到")
    with writing() as session:
        open_now = len({item.id for item in differences.conflicts(session)})
    return {
        "sent": packed.count, "received": taken.records, "conflicts": open_now, "receipt": taken.receipt or None,
        "bytes_up": line.sent, "bytes_down": line.received,
    }  # fmt: skip


def _blobs(store: Store, writing: Writing, line: Line, wanted: list[str]) -> None:
    while True:
        with writing() as session:
            missing = up.missing(session)
        if not wanted and not missing:
            return
        with writing() as session:
            packed = up.attachments(session, store, "http", SMALL_SUITE, wanted[:_BATCH])
        answer = line.post("/v1/blobs", packed.data)
        with writing() as session:
            got = down.take(session, store, answer, "http").attachments
        if not packed.count and not got:
            return
        wanted = wanted[_BATCH:]


def write_stick(store: Store, writing: Writing, folder: Path, tell: Tell) -> dict[str, Any]:
    """One file with every unsent operation, and one with attachments when there are any; nothing else is written."""
    with writing() as session:
        packages = [up.operations(session, store, "stick", LASTING_SUITE)]
        names = up.unconfirmed(session)
        if names:
            packages.append(up.attachments(session, store, "stick", LASTING_SUITE, names))
        files = []
        for done, packed in enumerate(packages, 1):
            files.append(package.write_file(folder, packed.id, packed.data).name)
            tell(done, len(packages), "正在写入")
    return {"files": files, "sent": packages[0].count, "receipt": None}


def read_stick(store: Store, writing: Writing, folder: Path, tell: Tell) -> dict[str, Any]:
    """Take in what is for this laptop and leave the rest where it is."""
    received, receipt, files = 0, "", list[str]()
    paths = package.files_in(folder)
    with writing() as session:
        me = PartyKeys(own(session).private_keys).public.key_id
    mine = []
    for path in paths:
        try:
            data = path.read_bytes()
            header = package.peek(data)
        except PackageRefused:
            continue
        except OSError:
            raise PackageRefused(
                "package.unreadable", f"文件 {path.name} 读不出来。", _SAFE, "请重新插好 U 盘再读一次。"
            ) from None
        if me in header.recipients and header.type in (package.DOWN, package.BLOBS_DOWN):
            mine.append((header.type, path.name, data))
    for _, name, data in sorted(mine):
        with writing() as session:
            taken = down.take(session, store, data, "stick")
        received += taken.records
        receipt = taken.receipt or receipt
        files.append(name)
        tell(len(files), len(mine), "正在读入")
    return {"received": received, "receipt": receipt or None, "files": files}


def inspect(session: Session, data: bytes) -> None:
    """Raise PackageRefused when a package is not whole or not one of ours."""
    package.peek(data)


def _bad_address() -> Refused:
    return Refused("sync.bad_address", "县里的地址写得不对。", _SAFE, "请写成 https://… 的样子再试。")


def _address(url: str) -> str:
    try:
        parts = urlsplit(url)
        if parts.scheme not in ("http", "https") or not parts.hostname or parts.port == 0 or not url.isprintable():
            raise ValueError(url)
        parts.hostname.encode("idna")
    except ValueError:  # also a port that is no number, an open bracket, a name that is no host's
        raise _bad_address() from None
    if parts.scheme == "http" and parts.hostname not in ("127.0.0.1", "localhost", "::1"):
        raise Refused("sync.plain_http", "这个地址没有加密（http），不能用。", _SAFE, "请向县里要 https 的地址。")
    return url.rstrip("/")


class _Line:
    """One connection to the county that counts its bytes and turns its refusals into ours."""

    def __init__(self, address: str) -> None:
        import httpx  # slow to import, only needed when an exchange starts

        self._httpx = httpx
        timeout = httpx.Timeout(120, connect=10)
        # Plain http goes to loopback only; the certificates, slow to load, are for https.
        try:
            self._client = httpx.Client(base_url=address, timeout=timeout, verify=address.lower().startswith("https"))
        except httpx.InvalidURL:
            raise _bad_address() from None
        self.sent = self.received = 0

    def __enter__(self) -> "_Line":
        return self

    def __exit__(self, *_: object) -> None:
        self._client.close()

    def post(self, path: str, data: bytes) -> bytes:
        """The county's answer; raises Unreachable or the county's own refusal."""
        try:
            answer = self._client.post(path, content=data)
        except (self._httpx.HTTPError, self._httpx.InvalidURL):
            raise Unreachable("sync.unreachable", "连不上县里。", _SAFE, "等有网再送，或写入 U 盘。") from None
        self.sent += len(data)
        self.received += len(answer.content)
        if answer.status_code == 200:
            return answer.content
        try:
            told = answer.json()["refused"]
            raise Refused(*(_sentence(told[part]) for part in ("code", "what", "safe", "do")))
        except (ValueError, KeyError, TypeError):
            raise Unreachable(
                "sync.strange_answer", "对方不是走村的县级服务，或者出了故障。", _SAFE, "请核对地址，稍后再试。"
            ) from None


def _sentence(part: Any) -> str:
    """A part of the county's refusal; raises TypeError for what is no text."""
    if not isinstance(part, str):
        raise TypeError(type(part))
    return part
