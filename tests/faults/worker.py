"""A laptop at work until it is killed: answers saved one by one, each told when it is durable, and exchanges between.

    python -m tests.faults.worker STORE VISIT PORT_FILE
"""

import os
import sys
from functools import partial
from pathlib import Path

from db.crypto import kdf
from db.refused import Refused
from desktop.casework import visit_views, visits
from desktop.casework.work import Work
from desktop.workspace import Workspace
from sync import device
from tests.sync.office import PASSWORD, quiet

EVERY = 6


def main() -> None:
    """Say the last answer found, then save and exchange without end."""
    store, visit, port_file = Path(sys.argv[1]), sys.argv[2], Path(sys.argv[3])
    kdf.DEFAULT = kdf.CHEAP
    workspace = Workspace.unlock(store, "王强", PASSWORD)
    shown = workspace.look(lambda work: visit_views.show(work, visit)).answers.get("minutes", 0)
    tell(f"found {shown}")
    value = int(shown)
    while True:
        value += 1
        workspace.run(partial(save, visit, value))
        tell(f"saved {value}")
        if value % EVERY == 0:
            exchange(workspace, port_file)


def save(visit: str, value: int, work: Work) -> None:
    """One answer."""
    visits.merge_answers(work, visit, {"minutes": value})


def exchange(workspace: Workspace, port_file: Path) -> None:
    """One exchange; a county that is just being killed is no reason to stop."""
    try:
        address = f"http://127.0.0.1:{int(port_file.read_text())}"
        device.exchange(workspace.store, workspace.writing, address, quiet)
        tell("exchanged")
    except (Refused, OSError, ValueError):
        tell("away")


def tell(line: str) -> None:
    """Write a line at once, whole."""
    os.write(1, f"{line}\n".encode())


if __name__ == "__main__":
    main()
