"""kill -9 at random moments of entry and exchange, on either side: what was told as saved is there, and both agree."""

import os
import random
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop.casework import visit_views, visits
from desktop.workspace import Workspace
from sync import device
from sync.county import keys
from sync.county.desk import desk_for
from sync.county.storage import Storage
from tests.sync.office import PASSWORD, Laptop, quiet


class Server:
    """The county as a process of its own, that can be killed and started again on the same data."""

    def __init__(self, data: Path) -> None:
        self.data, self.port_file = data, data.parent / "port"
        self.process: subprocess.Popen[bytes] | None = None
        self.start()

    def start(self) -> None:
        """Start it and wait until it answers."""
        self.port_file.unlink(missing_ok=True)
        words = ["--data", str(self.data), "serve", "--port", "0", "--port-file", str(self.port_file)]
        self.process = subprocess.Popen([sys.executable, "-m", "sync.county", *words], stderr=subprocess.DEVNULL)
        until = time.monotonic() + 20
        while not self.port_file.exists():
            assert time.monotonic() < until, "the county does not start"
            time.sleep(0.02)

    def kill(self) -> None:
        """kill -9."""
        assert self.process is not None
        self.process.kill()
        self.process.wait()

    @property
    def address(self) -> str:
        """Where it answers."""
        return f"http://127.0.0.1:{int(self.port_file.read_text())}"


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Server]:
    """A county server."""
    keys.make(tmp_path / "county", "513299", "测试县", False)
    Storage(tmp_path / "county", None).close()
    running = Server(tmp_path / "county")
    yield running
    running.kill()


def prepared(folder: Path, server: Server) -> str:
    """Two enrolled laptops with one visit; its id."""
    storage = Storage(server.data, None)
    first, second = (Laptop(folder / name, desk_for(storage)) for name in ("a", "b"))
    home = first.household()
    visit = first.workspace.run(
        lambda w: visits.add(w, "F-08", "2026-11-05", household_id=home, investigators=("甲", "乙"))
    ).visit_id
    for one in (first, second):
        one.workspace.lock()
    storage.close()
    return visit


def work_until_killed(folder: Path, visit: str, server: Server, after: float) -> tuple[int, int, int]:
    """One life of the worker: what it found, the last value it told as saved, and how often it exchanged."""
    command = [sys.executable, "-m", "tests.faults.worker", str(folder / "a"), visit, str(server.port_file)]
    worker = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    assert worker.stdout is not None and worker.stderr is not None
    first = worker.stdout.readline().decode()
    assert first.startswith("found "), first + worker.stderr.read().decode()[-2000:]
    timer = threading.Timer(after, lambda: os.kill(worker.pid, signal.SIGKILL))
    timer.start()
    lines = worker.stdout.read().decode().splitlines()
    worker.wait()
    timer.cancel()
    assert worker.returncode == -signal.SIGKILL, worker.stderr.read().decode()[-2000:]
    found = int(first.split()[1])
    saved = [int(line.split()[1]) for line in lines if line.startswith("saved ")]
    return found, saved[-1] if saved else found, lines.count("exchanged")


def campaign(folder: Path, server: Server, kills: int, seed: int) -> None:
    """Kill the laptop, now and then the county too; then both laptops and the county have to agree."""
    chance = random.Random(seed)
    visit = prepared(folder, server)
    told, exchanged = 0, 0
    for life in range(kills):
        if life % 4 == 3:
            breaker = threading.Timer(chance.uniform(0, 0.3), server.kill)
            breaker.start()
        found, saved, times = work_until_killed(folder, visit, server, chance.uniform(0.02, 0.7))
        assert found >= told, f"{told} was told as saved, {found} is there"
        told, exchanged = saved, exchanged + times
        if life % 4 == 3:
            breaker.join()
            server.start()
    assert exchanged, "no exchange ever came through"
    agree(folder, visit, server, told)


def agree(folder: Path, visit: str, server: Server, told: int) -> None:
    """After one quiet exchange each everything told is on both laptops, and their digests are the county's."""
    hashes = []
    for name in ("a", "b"):
        workspace = Workspace.unlock(folder / name, "王强", PASSWORD)
        device.exchange(workspace.store, workspace.writing, server.address, quiet)
        assert int(workspace.look(lambda w: visit_views.show(w, visit)).answers["minutes"]) >= told
        assert workspace.verify() == (True, [])
        assert workspace.exchange.state().unsent == 0
        hashes.append(workspace.exchange.state_hash())
        workspace.lock()
    assert len(set(hashes)) == 1


@pytest.mark.timeout(240)
def test_twenty_kills_lose_nothing_that_was_told_as_saved(tmp_path, server):
    campaign(tmp_path, server, 20, seed=3)


@pytest.mark.soak
@pytest.mark.timeout(3000)
def test_two_hundred_kills_lose_nothing_that_was_told_as_saved(tmp_path, server):
    campaign(tmp_path, server, 200, seed=5)
