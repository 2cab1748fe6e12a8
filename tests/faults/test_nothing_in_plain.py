"""Everything that a week of work leaves on disk, searched byte by byte for the people in it."""

import io
import os
from pathlib import Path

from PIL import Image

from db.operation import new_id
from desktop.casework import attachments, households, papers, visits
from desktop.casework.papers import Subject
from sync.county import keys
from sync.county.desk import desk_for
from sync.county.folder import export_packages, import_packages
from sync.county.storage import Storage
from tests.casework.conftest import identity_number
from tests.sync.office import Laptop

NAMES = ("罗让卓玛", "泽仁扎西", "兰卡措姆")
VILLAGE, ANSWER = "上磨坝子村", "屋后山坡开裂下雨时要搬"
CODINGS = ("utf-8", "utf-16-le", "utf-16-be", "gb18030")


def leavings(folder: Path) -> list[Path]:
    """Every file below a folder."""
    return [path for path in folder.rglob("*") if path.is_file()]


def found_in(folder: Path, words: tuple[str, ...]) -> list[str]:
    """Files that hold one of the words in any coding, or carry it in their name."""
    needles = {word.encode(coding) for word in words for coding in CODINGS}
    hits = []
    for path in leavings(folder):
        data = path.read_bytes()
        if any(needle in data for needle in needles) or any(word in str(path) for word in words):
            hits.append(path.name)
    return hits


def photo() -> bytes:
    """A picture whose metadata names a person."""
    image, out = Image.effect_noise((320, 240), 50).convert("RGB"), io.BytesIO()
    exif = Image.Exif()
    exif[0x010E] = NAMES[0].encode("utf-8").decode("latin-1")
    image.save(out, "JPEG", exif=exif.tobytes())
    return out.getvalue()


def test_names_and_numbers_stay_in_the_store(tmp_path, monkeypatch):
    temporary = tmp_path / "tmp"
    temporary.mkdir()
    monkeypatch.setenv("TMPDIR", str(temporary))
    monkeypatch.setattr("tempfile.tempdir", None)
    keys.make(tmp_path / "county", "513299", "测试县", False)
    desk = desk_for(Storage(tmp_path / "county", None))
    first, second = Laptop(tmp_path / "a", desk), Laptop(tmp_path / "b", desk)
    number = identity_number("19611003", 7)
    home = first.household(NAMES[0], village=VILLAGE)
    run = first.workspace.run
    run(lambda w: households.add_member(w, home, {"name": NAMES[1], "id_number": number, "relation": "20"}))
    visit = run(
        lambda w: visits.add(w, "F-08", "2026-11-05", household_id=home, investigators=(NAMES[2], "王强"))
    ).visit_id
    run(lambda w: visits.merge_answers(w, visit, {"problems": ANSWER}))
    picture = photo()
    run(lambda w: attachments.add_photo(w, visit, "door", picture))
    paper = run(lambda w: papers.issue(w, "F-08", Subject(visit_id=visit), "给人看", draft=True))
    assert paper.data.startswith(b"%PDF")
    first.sync()
    stick = tmp_path / "stick"
    second.write(stick)
    import_packages(desk, stick)
    export_packages(desk, stick)
    second.read(stick)
    first.workspace.backup(tmp_path / "backup")
    words = (*NAMES, VILLAGE, ANSWER, number)
    before_close = found_in(tmp_path, words)
    first.workspace.lock()
    second.workspace.lock()
    desk.storage.close()
    assert before_close == found_in(tmp_path, words) == []
    assert len(leavings(stick)) >= 3 and leavings(tmp_path / "backup")


def test_the_search_would_find_a_name(tmp_path):
    for coding in CODINGS:
        name = f"{os.urandom(4).hex()}-{new_id()}"
        (tmp_path / name).write_bytes(b"\x00" + NAMES[0].encode(coding) + b"\x00")
    assert len(found_in(tmp_path, (NAMES[0],))) == len(CODINGS)
