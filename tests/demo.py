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

sys.path.insert(0, str(Path(__file__).parents[1]))
from tests import demo_answers

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


def call(module: str, *argv: object, given: object = None, **variables: str) -> dict[str, Any]:
    """Run one program with --json; its answer, or `Stopped` with the refusal.

    `given` goes in as JSON through standard input: nothing about people is written to a file.
    """
    command = [sys.executable, "-m", module, "--json", *map(str, argv)]
    env = os.environ | {"PYTHONUTF8": "1", "QT_QPA_PLATFORM": "offscreen"} | variables
    done = subprocess.run(
        command, cwd=HERE.parent, env=env, capture_output=True, check=False, text=True, encoding="utf-8",
        input=json.dumps(given, ensure_ascii=False),
    )  # fmt: skip
    if done.returncode:
        raise Stopped(f"{module} {argv[0]} {argv[1] if len(argv) > 1 else ''}: {done.stderr.strip()}")
    return dict(json.loads(done.stdout))


PEOPLE = [
    person("测试甲", "02", "19800305", 2),
    person("测试乙", "30", "20150901", 2)
    | {"certificate.kind": "4", "certificate.grade": "1", "certificate.valid_until": "2031-06-30"},
    person("测试丙", "52", "19520307", 4),
]
"""A mother, her child and the grandmother; the certificate's number is the child's own with kind and grade."""
PEOPLE[1]["certificate.number"] = PEOPLE[1]["id_number"] + "41"


class Laptop:
    """One laptop's store, driven by the command line."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        folder.mkdir()
        self.access = {
            "ZOUCUN_STORE": str(folder / "store"),
            "ZOUCUN_USER": USER,
            "ZOUCUN_PASSWORD": PASSWORD,
        }

    def do(self, *argv: object, given: object = None) -> dict[str, Any]:
        """A verb on this laptop on the day of the demo."""
        return call("desktop", *argv, "--on", DAY, given=given, **self.access)


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


def sign(laptop: Laptop, visit_id: str, role: str, name: str) -> None:
    """A signature drawn on the screen."""
    laptop.do("visit", "sign", visit_id, "--role", role, "--name", name, picture(laptop.folder / f"{role}.png", role))


def visit(laptop: Laptop, home: dict[str, Any]) -> str:
    """An F-08 visit from beginning to end: answers, photos, signatures, completed."""
    team = ("--investigator", USER, "--investigator", SECOND)
    subject = ("--household", home["household_id"])
    begun = laptop.do("visit", "add", *subject, "--form", "F-08", "--visited-on", DAY, *team)
    found = str(begun["visit_id"])
    people = {one["person_id"]: one["name"] for one in home["members"]}
    head, child, *_ = people
    laptop.do("visit", "answer", found, "-", given=demo_answers.home_visit(head, child, people))
    for slot in ("door", "house", "living", "kitchen"):
        laptop.do("visit", "photo", found, picture(laptop.folder / f"{slot}.png", slot), "--slot", slot)
    for role, name in (("sg1", USER), ("sg2", SECOND), ("sgm", "测试甲"), ("sgi", "测试丁")):
        sign(laptop, found, role, name)
    missing = laptop.do("visit", "complete", found)["missing"]
    if missing:
        raise Stopped(f"the visit is not complete: {missing}")
    return found


def papers(laptop: Laptop, home: dict[str, Any], visit_id: str, out: Path) -> list[Path]:
    """F-08 as it was answered, and the agreement and the consent form to be signed by hand."""
    child = home["members"][1]["person_id"]
    number = PEOPLE[0]["id_number"]
    about = {"F-08": visit_id}
    for form, answers in (("F-22B", demo_answers.agreement(number)), ("F-22C", demo_answers.consent(number))):
        begun = laptop.do("visit", "add", "--person", child, "--form", form, "--visited-on", DAY)
        about[form] = begun["visit_id"]
        laptop.do("visit", "answer", about[form], "-", given=answers)
    found = []
    for form, ident in about.items():
        path = out / f"{form}.pdf"
        laptop.do("print", form, "--visit", ident, "--out", path, "--reason", "演示")
        if not laptop.do("verify", path)["ok"]:
            raise Stopped(f"{path.name} is not known as ours")
        found.append(path)
    return found


def pictures(laptop: Laptop, folder: Path) -> int:
    """Every page of the window as a picture; how many."""
    folder.mkdir()
    env = os.environ | {"QT_QPA_PLATFORM": "offscreen", "PYTHONUTF8": "1"} | laptop.access
    looks = [word for look in ("light", "dark", "150") for word in ("--look", look)]
    command = [sys.executable, "-m", "tests.pictures", str(laptop.folder / "store"), str(folder), *looks]
    subprocess.run(command, cwd=HERE.parent, check=True, timeout=90, env=env, capture_output=True)
    return len(list(folder.glob("*.png")))


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

    first.do("settings", "set", "edu_tel=0837-0005678", "township_phone=0837-0001111")
    given = {"village": "上磨村", "group": "2", "address": "上磨村2组5号", "phone": "13800000001", "hukou": "rural",
             "members": PEOPLE}
    home = first.do("household", "add", "-", given=given)
    visit_id = visit(first, home)
    print("A household added by hand, visited, photographed and signed", flush=True)

    case = first.do("case", "add", "--household", home["household_id"], "--programme", "dibao", "--accepted-on", DAY)
    found = first.do("case", "assess", case["case_id"])
    told = f"{found['outcome']}, {found['amount_month']} a month by the practice pack"
    print(f"Case {case['case_no']}: {told}", flush=True)

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
    print(f"Pictures of the window: {pictures(first, folder / 'pictures')} in {folder / 'pictures'}", flush=True)


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
