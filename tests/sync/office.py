"""A township's office in tests: two real stores, enrolled at a real desk, that exchange by wire or by folder."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from db.operation import new_id
from db.refused import Refused
from desktop.casework import dossiers, households
from desktop.workspace import Workspace
from sync import device
from sync.county import devices
from sync.county.exchange import Desk
from sync.county.folder import export_packages, import_packages
from sync.device.carry import exchange_over

TOWN, TOWN_NAME = "513299102", "测试镇"
PASSWORD = "走村串户一二三四五六七"


def quiet(done: int, total: int, text: str) -> None:
    """Nobody watches."""


class DeskLine:
    """The wire without a network: packages go straight to the desk; `broken` loses the answer or the request."""

    def __init__(self, desk: Desk) -> None:
        self.desk, self.sent, self.received = desk, 0, 0
        self.change: Callable[[bytes], bytes] = lambda data: data

    def post(self, path: str, data: bytes) -> bytes:
        """The county's answer."""
        self.sent += len(data)
        answer = self.desk.exchange(data) if path == "/v1/exchange" else self.desk.blobs(data)
        self.received += len(answer)
        return self.change(answer)


class Laptop:
    """One laptop of the township with its workspace."""

    def __init__(self, folder: Path, desk: Desk, name: str = "王强") -> None:
        self.desk, self.line, self.folder = desk, DeskLine(desk), folder
        self.workspace, self.recovery = Workspace.create(
            folder, township=TOWN, township_name=TOWN_NAME, user=name, password=PASSWORD
        )
        with self.workspace.writing() as session:
            request = devices.read_request(device.request(session, self.workspace.store), False)
        self.certificate = devices.enrol(desk.storage, request, TOWN, TOWN_NAME)
        with self.workspace.writing() as session:
            device.accept(session, self.workspace.store, self.certificate, None, lambda fingerprint: True)

    def household(self, name: str = "测试甲", **values: Any) -> str:
        """A household of one person; its id."""
        given = {"village": "上磨村", "group": "2", "members": [{"name": name, "no_id_reason": "新生儿"}]} | values
        return self.workspace.run(lambda work: households.add(work, given)).household_id

    def change(self, household: str, **values: Any) -> None:
        """Set fields of a household."""
        self.workspace.run(lambda work: households.change(work, household, values))

    def look(self, household: str) -> Any:
        """The household as it shows."""
        return self.workspace.look(lambda work: dossiers.show(work, household))

    def sync(self) -> dict[str, Any]:
        """One exchange over the wire."""
        return exchange_over(self.workspace.store, self.workspace.writing, self.line, quiet)

    def write(self, stick: Path) -> dict[str, Any]:
        """Write a stick."""
        return device.write_stick(self.workspace.store, self.workspace.writing, stick, quiet)

    def read(self, stick: Path) -> dict[str, Any]:
        """Read a stick."""
        return device.read_stick(self.workspace.store, self.workspace.writing, stick, quiet)

    def by_stick(self, stick: Path) -> dict[str, Any]:
        """There and back by stick."""
        self.write(stick)
        import_packages(self.desk, stick)
        export_packages(self.desk, stick)
        return self.read(stick)

    @property
    def state_hash(self) -> str:
        """The digest of what this laptop knows the county to hold."""
        return self.workspace.exchange.state_hash()

    @property
    def unsent(self) -> int:
        """Operations without a final receipt."""
        return self.workspace.exchange.state().unsent

    @property
    def conflicts(self) -> list[Any]:
        """Open differences."""
        return self.workspace.exchange.conflicts()


def refused(act: Callable[[], object]) -> str:
    """The code of the refusal that the act ends in; "" when it is not refused."""
    try:
        act()
    except Refused as refusal:
        return refusal.code
    return ""


__all__ = ["PASSWORD", "TOWN", "DeskLine", "Laptop", "new_id", "quiet", "refused"]
