"""The county's HTTP door: two addresses that take a sealed package and answer with one."""

import gc
import signal
import socket
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import msgspec
import uvicorn
from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.routing import Route

from db.refused import NotAllowed, Refused
from sync.county.exchange import Desk
from sync.package import MAX_PACKAGE

BINARY = "application/octet-stream"


def application(desk: Desk) -> Starlette:
    """`POST /v1/exchange` and `POST /v1/blobs`; packages are taken in one after the other."""
    turn = threading.Lock()

    def in_turn(act: Callable[[bytes], bytes], data: bytes) -> bytes:
        with turn:
            return act(data)

    def door(act: Callable[[bytes], bytes]) -> Route:
        async def answer(request: Request) -> Response:
            try:
                data = await _read(request)
                return Response(await run_in_threadpool(in_turn, act, data), media_type=BINARY)
            except Refused as refused:
                return _refusal(refused)
            except ClientDisconnect:
                return Response(status_code=400)

        return Route(f"/v1/{act.__name__}", answer, methods=["POST"])

    return Starlette(routes=[door(desk.exchange), door(desk.blobs)])


async def _read(request: Request) -> bytes:
    parts, size = [], 0
    async for part in request.stream():
        size += len(part)
        if size > MAX_PACKAGE:
            raise Refused("package.too_large", "数据包超过了允许的大小。", "没有采用任何内容。", "请分成几次发送。")
        parts.append(part)
    return b"".join(parts)


def _refusal(refused: Refused) -> Response:
    if refused.code.startswith("county."):
        status = 503
    elif refused.code == "package.too_large":
        status = 413
    else:
        status = 403 if isinstance(refused, NotAllowed) else 400
    return Response(msgspec.json.encode(refused.as_json()), status, media_type="application/json")


_SELDOM = (200_000, 20, 20)
"""A package is ten thousands of small objects that all live until it is written: looking for cycles among them every
700 costs a fifth of the time and finds none."""


class _Server(uvicorn.Server):
    """Says where it answers once it does, and writes the port."""

    port_file: Path | None = None

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        """End at SIGTERM and SIGINT, which is done and no death by signal (uvicorn would raise it once more)."""
        if threading.current_thread() is not threading.main_thread():
            yield
            return
        ends = (signal.SIGTERM, signal.SIGINT)
        before = {end: signal.signal(end, self.handle_exit) for end in ends}
        try:
            yield
        finally:
            for end, handler in before.items():
                signal.signal(end, handler)

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        if not (self.started and sockets):
            return
        host, port = sockets[0].getsockname()[:2]
        sys.stderr.write(f"正在 http://{f'[{host}]' if ':' in host else host}:{port} 服务，按 Ctrl+C 停下。\n")
        sys.stderr.flush()
        if self.port_file is not None:
            temporary = self.port_file.with_suffix(".tmp")
            temporary.write_text(f"{port}\n")
            temporary.replace(self.port_file)


def serve(desk: Desk, host: str, port: int, port_file: Path | None) -> None:
    """Answer until SIGTERM or SIGINT; raises Refused `serve.no_address`."""
    try:
        family = socket.AF_INET6 if ":" in host else socket.AF_INET
        listener = socket.socket(family, socket.SOCK_STREAM)
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        if not host:
            raise ValueError(host)
        listener.bind((host, port))
    except (OSError, ValueError):  # ValueError: a host name that cannot be one
        raise Refused(
            "serve.no_address", "这个地址或端口不能使用。", "没有改动任何内容。", "请换一个 --host 或 --port。"
        ) from None
    if port_file is not None and not (port_file.parent.is_dir() and port_file.name and not port_file.is_dir()):
        raise Refused(
            "serve.no_port_file", "--port-file 的位置写不进去。", "没有改动任何内容。", "请核对它的文件夹和名称。"
        )
    config = uvicorn.Config(
        application(desk),
        log_config=None,
        access_log=False,
        lifespan="off",
        timeout_keep_alive=15,
        timeout_graceful_shutdown=10,
        server_header=False,
        ws="none",
    )
    gc.set_threshold(*_SELDOM)
    server = _Server(config)
    server.port_file = port_file
    server.run(sockets=[listener])
