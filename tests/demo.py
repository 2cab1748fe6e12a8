"""`make demo`: a training township from its first start to the county and back, by the three programs alone.

Prints what it did and where the papers lie. The folder stays, so that they can be looked at.
"""

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from PIL import Image, ImageDraw

HERE = Path(__file__).parent
TOWN, TOWN_NAME, DAY = "513299102", "青云镇", "2026-11-05"
USER, SECOND, PASSWORD = "王强", "李敏", "走村串户一二三四五六七"
WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
WAIT_FOR_SERVER_S = 20


class Stopped(Exception):
    """A program refused; the sentence says which step and why."""


def person(name: str, relation: str, birth: str, order: int) -> dict[str, str]:
    """A member of a household who can be nobody: county code 513299, valid check digit."""
    first = f"513299{birth}{order:03d}"
    digit = "10X98765432"[sum(int(one) * weight for one, weight in zip(first, WEIGHTS, strict=True)) % 11]
    return {"name": name, "relation": relation, "id_number": first + digit}


def call(module: str, *argv: object, **variables: str) -> dict[str, Any]:
    """Run one program with --json; its answer, or `Stopped` with the refusal."""
    command = [sys.executable, "-m", module, "--json", *map(str, argv)]
    env = os.environ | {"PYTHONUTF8": "1", "QT_QPA_PLATFORM": "offscreen"} | variables
    done = subprocess.run(
        command, cwd=HERE.parent, env=env, capture_output=True, check=False, text=True, encoding="utf-8"
    )
    if done.returncode:
        raise Stopped(f"{module} {argv[0]} {argv[1] if len(argv) > 1 else ''}: {done.stderr.strip()}")
    return dict(json.loads(done.stdout))


class Laptop:
    """One laptop's store, driven by the command line."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        folder.mkdir()
        self._access = {
            "ZOUCUN_STORE": str(folder / "store"),
            "ZOUCUN_USER": USER,
            "ZOUCUN_PASSWORD": PASSWORD,
        }

    def do(self, *argv: object) -> dict[str, Any]:
        """A verb on this laptop on the day of the demo."""
        return call("desktop", *argv, "--on", DAY, **self._access)

    def file(self, name: str, content: object) -> Path:
        """A JSON file for a verb."""
        path = self.folder / name
        path.write_text(json.dumps(content, ensure_ascii=False), encoding="utf-8")
        return path


class County:
    """The county's data folder and its server."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def do(self, *argv: object) -> dict[str, Any]:
        """A verb of the county."""
        return call("sync.county", *argv, "--data", self.folder)

    @contextmanager
    def serving(self) -> Iterator[str]:
        """The address of the running server."""
        port = self.folder / "port"
        command = [
            *(sys.executable, "-m", "sync.county", "--data", str(self.folder)),
            *("serve", "--port", "0", "--port-file", str(port)),
        ]
        server = subprocess.Popen(
            command, cwd=HERE.parent, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        try:
            until = time.monotonic() + WAIT_FOR_SERVER_S
            while not port.exists() or not port.read_text().strip():
                if server.poll() is not None or time.monotonic() > until:
                    raise Stopped("sync.county serve: the server did not come up")
                time.sleep(0.05)
            yield f"http://127.0.0.1:{port.read_text().strip()}"
        finally:
            server.terminate()
            server.wait()


def enrol(county: County, laptop: Laptop, fingerprint: str) -> None:
    """Request, certificate, acceptance: two files carried by hand."""
    request, certificate = laptop.folder / "request.zcp", laptop.folder / "certificate.zcp"
    laptop.do("device", "request", request)
    county.do(*("enrol", request, "--township", TOWN, "--township-name", TOWN_NAME, "--out", certificate))
    laptop.do("device", "accept", certificate, "--trust", fingerprint)


def picture(path: Path, text: str) -> Path:
    """A stand-in for a photo or a signature."""
    image = Image.new("RGB", (640, 480), "white")
    draw = ImageDraw.Draw(image)
    draw.line([(60, 300), (200, 120), (320, 330), (460, 140), (580, 300)], fill="black", width=6)
    draw.text((20, 20), text, fill="black")
    image.save(path)
    return path


def visit(laptop: Laptop, household: str) -> str:
    """An F-08 visit with an answer, a photo and both investigators' signatures."""
    team = ("--investigator", USER, "--investigator", SECOND)
    begun = laptop.do(
        *("visit", "add", "--household", household, "--form", "F-08", "--visited-on", DAY, *team)
    )
    found = str(begun["visit_id"])
    laptop.do("visit", "answer", found, laptop.file("answers.json", {"place": "上磨坝", "minutes": 25}))
    laptop.do("visit", "photo", found, picture(laptop.folder / "door.png", "door"), "--slot", "door")
    for role, name in (("sg1", USER), ("sg2", SECOND)):
        laptop.do(
            *("visit", "sign", found, "--role", role, "--name", name),
            picture(laptop.folder / f"{role}.png", role),
        )
    return found


def papers(laptop: Laptop, home: dict[str, Any], visit_id: str, out: Path) -> list[Path]:
    """F-08 with its answers, the agreement and the consent form, as drafts while something is missing."""
    child = home["members"][1]["person_id"]
    found = []
    for form in ("F-08", "F-22B", "F-22C"):
        if form == "F-08":
            about = visit_id
        else:
            begun = laptop.do("visit", "add", "--person", child, "--form", form, "--visited-on", DAY)
            about = begun["visit_id"]
        path = out / f"{form}.pdf"
        laptop.do("print", form, "--visit", about, "--out", path, "--reason", "演示", "--draft")
        found.append(path)
    return found


def same_state(county: County, laptops: list[Laptop]) -> str:
    """The state hash that county and laptops agree on."""
    at_county = county.do("status")["state_hash"][TOWN]
    hashes = {str(laptop.do("info")["state_hash"]) for laptop in laptops} | {str(at_county)}
    if len(hashes) != 1:
        raise Stopped(f"county and laptops differ: {sorted(hashes)}")
    return hashes.pop()


def by_stick(county: County, laptop: Laptop, stick: Path) -> None:
    """One exchange without a network."""
    laptop.do("package", "write", stick)
    county.do("import", stick)
    county.do("export", stick)
    laptop.do("package", "read", stick)


def story(folder: Path) -> None:
    """The whole demo, one printed line a step."""
    county, first, second = County(folder / "county"), Laptop(folder / "one"), Laptop(folder / "two")
    fingerprint = county.do("init", "--county", "513299", "--name", "演示县", "--training")["fingerprint"]
    for laptop in (first, second):
        laptop.do("init", "--township", TOWN, "--township-name", TOWN_NAME, "--training")
        enrol(county, laptop, fingerprint)
    print(f"County and two laptops of {TOWN_NAME} enrolled, fingerprint {fingerprint}", flush=True)

    people = [person("测试甲", "02", "19800305", 1), person("测试乙", "20", "20150901", 2)]
    given = {"village": "上磨村", "group": "2", "address": "上磨村2组5号", "members": people}
    home = first.do("household", "add", first.file("household.json", given))
    visit_id = visit(first, home["household_id"])
    print("A household added by hand, visited, photographed and signed", flush=True)

    ledger = next((HERE / "data" / "ledgers").glob("01_*.xlsx"))
    print(f"Roster imported: {len(first.do('import-ledger', ledger)['rows'])} rows", flush=True)
    for path in papers(first, home, visit_id, folder):
        print(f"Paper: {path}", flush=True)

    with county.serving() as url:
        for laptop in (first, second):
            answer = laptop.do("sync", url)
            print(f"Synced: {answer['sent']} sent, {answer['received']} received", flush=True)
        print(f"Same state everywhere: {same_state(county, [first, second])}", flush=True)
    second.do("household", "set", home["household_id"], "address=上磨村2组6号")
    for laptop in (second, first):
        by_stick(county, laptop, folder / "stick")
    print(f"By stick, same state again: {same_state(county, [first, second])}", flush=True)
    shown = folder / "window.png"
    subprocess.run(
        [sys.executable, "-m", "ui"], cwd=HERE.parent, check=True, timeout=60,
        env=os.environ | {"QT_QPA_PLATFORM": "offscreen", "ZOUCUN_GRAB": str(shown),
                          "ZOUCUN_STORE": str(first.folder / "store")},
    )  # fmt: skip
    print(f"Window: {shown}", flush=True)


def main() -> int:
    """Run the story; 0 done, 1 stopped at a step that is named."""
    folder = Path(tempfile.mkdtemp(prefix="zoucun-demo-"))
    started = time.monotonic()
    try:
        story(folder)
    except (Stopped, subprocess.SubprocessError) as stopped:
        print(f"The demo stopped. {stopped}", file=sys.stderr)
        return 1
    print(f"Done in {time.monotonic() - started:.0f} s; everything lies in {folder}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
