"""Ten thousand rows of a roster in the dry run, beside plain reading of the same file by two libraries.

The libraries only read cells; ours also judges every row. Each runs in a process of its own, so that seconds and peak
memory are its own. A library that is neither here nor to be had leaves its columns empty.
"""

import json
import os
import subprocess
import sys
import venv
from pathlib import Path

from platformdirs import user_cache_path

from desktop.policy.identity import check_digit
from tests.bench.figures import Figure, Figures, beside
from tests.exchange.rosters import HEADS, workbook

COUNT = 10_000
PEERS = {"openpyxl": "openpyxl>=3.1,<4", "python-calamine": "python-calamine>=0.6"}
"""Libraries with what is installed where they are missing."""

_OURS = """
from datetime import date
from desktop.exchange.examining import examine
answer = examine(open(path, "rb").read(), "低保2026年9月.xlsx", on=date(2026, 9, 30)).as_json()
assert answer["summary"]["classes"]["clean"] == count
"""
_READERS = {
    "openpyxl": """
import openpyxl
rows = [row for page in openpyxl.load_workbook(path, data_only=True) for row in page.iter_rows(values_only=True)]
assert len(rows) == count + 1
""",
    "python-calamine": """
from python_calamine import CalamineWorkbook
book = CalamineWorkbook.from_path(path)
rows = [row for name in book.sheet_names for row in book.get_sheet_by_name(name).to_python()]
assert len(rows) == count + 1
""",
}
_AROUND = """
import json, pathlib, re, resource, sys, time
path, count = sys.argv[1], int(sys.argv[2])
start = time.perf_counter()
{act}
seconds = time.perf_counter() - start
status = pathlib.Path("/proc/self/status")
if status.exists():  # ru_maxrss would count the process that started this one
    peak = int(re.search(r"VmHWM:\\s*([0-9]+)", status.read_text())[1]) * 1024
else:
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
print(json.dumps({{"seconds": seconds, "bytes": peak}}))
"""


def measure(folder: Path, count: int = COUNT) -> Figures:
    """Seconds and peak memory of the dry run, beside each library; the targets are 10 s and 300 MB for 10,000 rows."""
    path = folder / "roster.xlsx"
    path.write_bytes(roster(count))
    ours = _timed(Path(sys.executable), _OURS, path, count)
    assert ours is not None
    figures: Figures = {
        f"ledger_{count}": Figure(round(ours["seconds"], 2), "s"),
        f"ledger_{count}_memory": Figure(round(ours["bytes"] / 1e6, 1), "MB"),
    }
    for name, requirement in PEERS.items():
        python = _python(name, requirement)
        theirs = _timed(python, _READERS[name], path, count) if python is not None else None
        seconds, memory = (theirs["seconds"], theirs["bytes"]) if theirs else (None, None)
        figures[f"ledger_{count}_{name}"] = beside(round(ours["seconds"], 2), "s", name, seconds)
        figures[f"ledger_{count}_memory_{name}"] = beside(
            round(ours["bytes"] / 1e6, 1), "MB", name, memory / 1e6 if memory else None
        )
    return figures


def roster(count: int) -> bytes:
    """A dibao roster of couples, household values on the first row of each only."""
    rows: list[list[object]] = [list(HEADS)]
    for home in range(count // 2):
        for spot, (name, relation) in enumerate((("测试甲", "户主"), ("测试乙", "妻"))):
            place = home * 2 + spot
            first = [home + 1, f"H{home + 1}", "样例沟村", name] if spot == 0 else [None] * 4
            last = [2, "二档", 400] if spot == 0 else [None] * 3
            rows.append([*first, name, relation, _number(place), *last, None])
    return workbook(rows)


def _number(place: int) -> str:
    """A number of its own for each of many people."""
    order, day = place % 999, place // 999
    first = f"5132991960{day // 28 % 12 + 1:02d}{day % 28 + 1:02d}{order:03d}"
    return first + check_digit(first)


def _timed(python: Path, act: str, path: Path, count: int) -> dict[str, float] | None:
    """What one run in a process of its own took; None when it could not run."""
    run = subprocess.run(
        [python, "-c", _AROUND.format(act=act), path, str(count)],
        capture_output=True,
        text=True,
        check=False,
        env=os.environ | {"PYTHONUTF8": "1"},
    )
    if run.returncode:
        return None
    found: dict[str, float] = json.loads(run.stdout.strip().splitlines()[-1])
    return found


def _python(name: str, requirement: str) -> Path | None:
    """A Python that has the library: this one, else one of its own in the cache; None without network."""
    module = name.replace("-", "_")
    here = Path(sys.executable)
    if subprocess.run([here, "-c", f"import {module}"], capture_output=True, check=False).returncode == 0:
        return here
    folder = user_cache_path("zoucun-bench", appauthor=False) / name
    python = folder / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    try:
        if not python.exists():
            venv.create(folder, with_pip=True)
        install = [str(python), "-m", "pip", "install", "-qq", "--retries", "0", requirement]
        subprocess.run(install, check=True, timeout=300)
    except (OSError, subprocess.SubprocessError):
        return None
    return python
