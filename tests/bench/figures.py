"""What a measurement is: a value with its unit, the peer it stands beside, and the table that is printed."""

import statistics
import time
from collections.abc import Callable

import msgspec


class Figure(msgspec.Struct, frozen=True):
    """One line of `build/bench.json`; `ratio` is ours divided by the peer's, below 1 is better."""

    value: float
    unit: str
    peer: str | None = None
    ratio: float | None = None


Figures = dict[str, Figure]


def median_ms(act: Callable[[], object], times: int) -> float:
    """Median of several runs in milliseconds; the first run, which warms up, is not counted."""
    act()
    found = []
    for _ in range(times):
        start = time.perf_counter()
        act()
        found.append((time.perf_counter() - start) * 1000)
    return round(statistics.median(found), 2)


def beside(value: float, unit: str, peer: str, theirs: float | None) -> Figure:
    """A figure beside a peer's from the same run; without the peer its columns stay empty."""
    if not theirs:
        return Figure(value, unit)
    return Figure(value, unit, peer, round(value / theirs, 3))


def table(figures: Figures) -> str:
    """The figures as text, one a line."""
    width = max(map(len, figures), default=0)
    lines = []
    for name, figure in figures.items():
        ratio = "" if figure.ratio is None else f"  {figure.ratio:.2f} x {figure.peer}"
        lines.append(f"{name:<{width}}  {figure.value:>12,.2f} {figure.unit}{ratio}")
    return "\n".join(lines)
