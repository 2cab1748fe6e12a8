"""10,000 visit records pushed, one change, an idle exchange, and all of it pulled: our program as the line sees it."""

import json
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import msgspec

from db.operation import new_id
from db.tables.visits import Visit
from desktop import forms
from desktop.workspace import Workspace
from sync import device
from tests.bench.peers.byte_counter import ByteCounter

TOWN, NAME, USER, PASSWORD = "513299102", "青云镇", "王强", "走村串户一二三四五六七"
KEYS = [*(f"q{k:02d}" for k in range(40)), "name", "village", "notes"]


def bench_form() -> dict[str, object]:
    """The form of the records: forty answers, a name, a village and a note, all free text."""
    items = [{"label": key, "key": key, "type": "T", "required": False, "section": "A"} for key in KEYS]
    return {
        "code": "BENCH", "name": "测量用表", "paper": "A4P 1", "copies": "乡1", "sign": [],
        "sections": [{"id": "A", "label": "答案"}], "items": items,
    }  # fmt: skip


def measure(given: Path, folder: Path) -> dict[str, float]:
    """Seconds and bytes by the names that the peers' scripts use."""
    folder.mkdir()
    county = folder / "county"
    fingerprint = _county(county, "init", "--county", "513299", "--name", "测量县")["fingerprint"]
    (county / "forms").mkdir()
    (county / "forms" / "BENCH.json").write_bytes(msgspec.json.encode(bench_form()))
    forms.install(forms.build(bench_form()))
    laptops = [_laptop(folder, county, name, fingerprint) for name in ("first", "second")]
    port = folder / "port"
    serve = ["serve", "--port", "0", "--port-file", str(port)]
    command = [sys.executable, "-m", "sync.county", "--data", str(county), *serve]
    server = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        while not port.exists():
            time.sleep(0.02)
        return _exchanges(laptops[0], laptops[1], ByteCounter(int(port.read_text())), given)
    finally:
        server.terminate()
        server.wait(10)


def _county(data: Path, *words: str) -> dict[str, str]:
    command = [sys.executable, "-m", "sync.county", "--data", str(data), "--json", *words]
    answer: dict[str, str] = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
    return answer


def _laptop(folder: Path, county: Path, name: str, fingerprint: str) -> Workspace:
    workspace, _ = Workspace.create(folder / name, township=TOWN, township_name=NAME, user=USER, password=PASSWORD)
    request, certificate = folder / f"{name}.request", folder / f"{name}.certificate"
    workspace.exchange.request(request)
    _county(county, "enrol", str(request), "--township", TOWN, "--township-name", NAME, "--out", str(certificate))
    workspace.exchange.accept(certificate, fingerprint, lambda shown: False)
    return workspace


def _exchanges(first: Workspace, second: Workspace, relay: ByteCounter, given: Path) -> dict[str, float]:
    records = [json.loads(line) for line in given.read_text(encoding="utf-8").splitlines()]
    found: dict[str, float] = {"local_write_s": _timed(lambda: _write(first, records))}

    def run(workspace: Workspace) -> tuple[float, int, int]:
        relay.reset()
        address = f"http://127.0.0.1:{relay.port}"
        seconds = _timed(lambda: device.exchange(workspace.store, workspace.writing, address, _quiet))
        time.sleep(0.1)
        return seconds, relay.up, relay.down

    run(second)  # the library that speaks HTTP is loaded before anything is timed
    found["push_s"], found["push_bytes"], _ = run(first)
    with first.writing() as session:
        visit = session.query(Visit).first()
        assert visit is not None
        visit.answers = visit.answers | {"A.notes": "changed"}
    found["one_change_s"], up, down = run(first)
    found["one_change_bytes"] = up + down
    found["idle_s"], up, down = run(first)
    found["idle_bytes"] = up + down
    found["pull_s"], _, found["pull_bytes"] = run(second)
    if second.info().counts["visit"] != len(records) or first.exchange.state_hash() != second.exchange.state_hash():
        raise AssertionError("the second laptop does not hold what the first one wrote")
    return found


def _quiet(done: int, total: int, text: str) -> None:
    """Nobody watches."""


def _timed(act: Callable[[], object]) -> float:
    start = time.perf_counter()
    act()
    return round(time.perf_counter() - start, 4)


def _write(workspace: Workspace, records: list[dict[str, Any]]) -> None:
    with workspace.writing() as session:
        for record in records:
            answers = {f"A.{key}": str(value) for key, value in record["answers"].items()}
            answers |= {f"A.{key}": str(record[key]) for key in ("name", "village", "notes")}
            session.add(
                Visit(id=new_id(), scope=TOWN, form_code="BENCH", form_version="1", visited_on="2026-11-05",
                      status="completed", answers=answers)
            )  # fmt: skip
