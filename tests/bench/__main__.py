"""`python -m tests.bench [RECORDS]`: measures, prints a table and writes build/bench.json."""

import sys
import tempfile
from pathlib import Path

import msgspec

from tests.bench import anki, vault
from tests.bench.figures import Figure, Figures, table

OUT = Path(__file__).parents[2] / "build" / "bench.json"

PEER_FIGURES = {
    "push_s": ("peer_push", "s"),
    "push_bytes": ("peer_push_bytes", "B"),
    "one_change_s": ("peer_one_change", "s"),
    "one_change_bytes": ("peer_one_change_bytes", "B"),
    "pull_s": ("peer_pull", "s"),
    "pull_bytes": ("peer_pull_bytes", "B"),
}


def main() -> None:
    """Run every measurement in turn."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000
    with tempfile.TemporaryDirectory(prefix="zoucun-bench-") as name:
        folder = Path(name)
        figures: Figures = vault.measure(folder)
        peer = anki.measure(anki.records(count, folder)) or {}
    for key, (title, unit) in PEER_FIGURES.items():
        if key in peer:
            figures[title] = Figure(peer[key], unit, "anki")
    print(table(figures))
    OUT.parent.mkdir(exist_ok=True)
    OUT.write_bytes(msgspec.json.format(msgspec.json.encode(figures)))


if __name__ == "__main__":
    main()
