"""The window as a program: a picture of the first window, with and without a store, on a machine without a display."""

import os
import subprocess
import sys
from pathlib import Path

from PIL import Image

from tests.journeys.conftest import training_store

OURS = ("QT_QPA_PLATFORM", "DISPLAY", "WAYLAND_DISPLAY")


def start(home: Path, **more: str) -> subprocess.CompletedProcess[str]:
    """`python -m ui` with nothing of this machine's environment."""
    env = {name: value for name, value in os.environ.items() if name not in OURS}
    env |= {"HOME": str(home), "XDG_CONFIG_HOME": str(home), "PYTHONUTF8": "1"} | more
    return subprocess.run(
        [sys.executable, "-m", "ui"], env=env, capture_output=True, text=True, timeout=60, check=False, encoding="utf-8"
    )


def test_a_picture_of_the_first_window_without_display_and_store(tmp_path: Path) -> None:
    done = start(tmp_path, ZOUCUN_GRAB=str(tmp_path / "first.png"))
    assert done.returncode == 0, done.stderr
    assert Image.open(tmp_path / "first.png").size == (1366, 768)


def test_a_picture_of_the_door_of_a_store(tmp_path: Path) -> None:
    training_store(tmp_path / "store").lock()
    done = start(tmp_path, ZOUCUN_GRAB=str(tmp_path / "door.png"), ZOUCUN_STORE=str(tmp_path / "store"))
    assert done.returncode == 0 and (tmp_path / "door.png").stat().st_size > 5_000


def test_without_a_display_it_says_so(tmp_path: Path) -> None:
    done = start(tmp_path)
    if sys.platform.startswith("linux"):
        assert done.returncode == 1 and "没有显示器" in done.stderr and "Traceback" not in done.stderr
