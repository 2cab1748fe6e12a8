"""`python -m tests.bench [RECORDS]`: measures, prints a table and writes build/bench.json."""

import statistics
import sys
import tempfile
from pathlib import Path

import msgspec

from tests.bench import anki, exchange, ledger, paper, policy, vault
from tests.bench.figures import Figure, Figures, beside, table

OUT = Path(__file__).parents[2] / "build" / "bench.json"

EXCHANGED = {
    "push_s": ("push", "s"),
    "push_bytes": ("push_bytes", "B"),
    "one_change_s": ("one_change", "s"),
    "one_change_bytes": ("one_change_bytes", "B"),
    "idle_s": ("idle", "s"),
    "idle_bytes": ("idle_bytes", "B"),
    "pull_s": ("pull", "s"),
    "pull_bytes": ("pull_bytes", "B"),
}
"""What the scripts call it, and what the table does."""

ROUNDS = 3
"""Ours and the peer's exchanges are measured in turn, and the medians are set beside each other."""


def main() -> None:
    """Run every measurement in turn."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000
    with tempfile.TemporaryDirectory(prefix="zoucun-bench-") as name:
        folder = Path(name)
        figures: Figures = vault.measure(folder)
        figures |= paper.measure(folder)
        figures["assess_10000"] = Figure(round(policy.assessments(), 2), "s")
        figures |= ledger.measure(folder)
        given = anki.records(count, folder)
        ours: list[dict[str, float]] = []
        theirs: list[dict[str, float]] = []
        for turn in range(ROUNDS):
            ours.append(exchange.measure(given, folder / f"exchange-{turn}"))
            peer = anki.measure(given)
            theirs += [peer] if peer else []
    for key, (title, unit) in EXCHANGED.items():
        value = statistics.median(one[key] for one in ours)
        beside_it = statistics.median(one[key] for one in theirs) if theirs and key in theirs[0] else None
        figures[title] = beside(value, unit, "anki", beside_it)
    print(table(figures))
    OUT.parent.mkdir(exist_ok=True)
    OUT.write_bytes(msgspec.json.format(msgspec.json.encode(figures)))


if __name__ == "__main__":
    main()
