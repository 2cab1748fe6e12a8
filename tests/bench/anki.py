"""Anki beside us: the same records through its own sync server; installed on demand, else absent."""

import json
import os
import subprocess
import sys
import venv
from pathlib import Path

from platformdirs import user_cache_path

PEERS = Path(__file__).parent / "peers"


def records(count: int, folder: Path) -> Path:
    """The synthetic records that every system is given."""
    path = folder / f"records-{count}.jsonl"
    subprocess.run([sys.executable, PEERS / "make_records.py", str(count), path], check=True)
    return path


def measure(given: Path) -> dict[str, float] | None:
    """Anki's seconds and bytes for these records, or None when it is not to be had."""
    python = _installed()
    if python is None:
        return None
    run = subprocess.run(
        [python, PEERS / "peer_anki.py", given], cwd=PEERS, capture_output=True, text=True, check=False
    )
    if run.returncode:
        return None
    answer = json.loads(run.stdout.strip().splitlines()[-1])
    return {name: float(value) for name, value in answer.items() if name != "system"}


def _installed() -> Path | None:
    folder = user_cache_path("zoucun-bench", appauthor=False) / "anki"
    python = folder / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    ready = folder / "ready"
    if ready.exists():
        return python
    try:
        venv.create(folder, with_pip=True)
        install = [str(python), "-m", "pip", "install", "-qq", "--retries", "0", "anki>=25.9"]
        subprocess.run(install, check=True, timeout=300)
    except (OSError, subprocess.SubprocessError):
        return None
    ready.touch()
    return python
