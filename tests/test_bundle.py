"""The built programs start without Python on PATH: `make build` runs these on dist/zoucun."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

BUNDLE = Path(__file__).parent.parent / "dist" / "zoucun"
ENDING = ".exe" if sys.platform == "win32" else ""

pytestmark = [
    pytest.mark.bundle,
    pytest.mark.skipif(not BUNDLE.is_dir(), reason="nothing is built: run `make build`"),
]


def run(program: str, *argv: object, **variables: str) -> subprocess.CompletedProcess[str]:
    """Run a program of the bundle with an empty PATH and nothing of this Python in its environment."""
    bare = {"PATH": "", "QT_QPA_PLATFORM": "offscreen", "PYTHONUTF8": "1"} | variables
    if sys.platform == "win32":
        bare["SYSTEMROOT"] = os.environ["SYSTEMROOT"]
    command = [str(BUNDLE / f"{program}{ENDING}"), *map(str, argv)]
    return subprocess.run(
        command, env=bare, capture_output=True, check=False, text=True, encoding="utf-8", timeout=60
    )


def test_the_command_line_makes_a_store_and_tells_about_it(tmp_path: Path) -> None:
    access = {
        "ZOUCUN_STORE": str(tmp_path / "store"),
        "ZOUCUN_USER": "王强",
        "ZOUCUN_PASSWORD": "走村串户一二三四五六七",
    }
    town = ("--township", "513299102", "--township-name", "青云镇", "--training")
    made = run("zoucun-cli", "--json", "init", *town, **access)
    assert made.returncode == 0, made.stderr
    told = run("zoucun-cli", "--json", "info", **access)
    assert told.returncode == 0, told.stderr
    assert json.loads(told.stdout)["township"]


def test_the_county_starts_from_the_bundle(tmp_path: Path) -> None:
    made = run(
        "zoucun-county",
        "--data",
        tmp_path / "county",
        "--json",
        "init",
        "--county",
        "513299",
        "--name",
        "测试县",
    )
    assert made.returncode == 0, made.stderr
    assert json.loads(made.stdout)["fingerprint"]


def test_the_window_shows_the_unlock_page(tmp_path: Path) -> None:
    """`ZOUCUN_GRAB=FILE` lets the window draw its first page into a picture and leave."""
    picture = tmp_path / "unlock.png"
    shown = run("zoucun", ZOUCUN_GRAB=str(picture), ZOUCUN_STORE=str(tmp_path / "none"), HOME=str(tmp_path))
    assert shown.returncode == 0, shown.stderr
    assert picture.read_bytes().startswith(b"\x89PNG") and picture.stat().st_size > 5_000


def test_the_bundle_is_small_enough_for_a_4_gb_laptop() -> None:
    """design.md, budgets: 200 MB unpacked."""
    files = [path for path in BUNDLE.rglob("*") if path.is_file() and not path.is_symlink()]
    assert sum(path.stat().st_size for path in files) < 200_000_000
