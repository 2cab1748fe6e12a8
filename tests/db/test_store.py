"""The store opens whole or not at all, says why in words, and nothing in its folder can be read."""

import subprocess
import sys
import threading
from pathlib import Path

import pytest
from sqlalchemy import Engine, text

from db import attempts, migrations
from db.attempts import Moment
from db.refused import Refused, StoreRefused
from db.store import MAKING, Store
from tests.db.test_keyring import code_of
from tests.db.vault_builder import NAME, NUMBER, PASSWORD, PHOTO, USER, Made

PAGE = 4096


def test_what_was_written_is_there_after_unlocking_again(made: Made) -> None:
    assert made.note() == f'"{NAME} {NUMBER}"'
    with made.open() as store:
        assert store.identity.township_name == "示例镇" and store.identity.training
        assert store.identity.roles == ("township_clerk", "sysadmin")
        assert store.blobs.get(made.sha256) == PHOTO
        assert store.integrity([made.sha256]) == []
        assert migrations.version(store.engine) == migrations.newest()


def test_no_name_or_number_can_be_read_in_any_file_of_the_folder_open_or_closed(made: Made) -> None:
    def readable() -> list[str]:
        needles = [s.encode(c) for s in (NAME, NUMBER) for c in ("utf-8", "utf-16-le", "utf-16-be", "gb18030")]
        files = [path for path in made.folder.rglob("*") if path.is_file()]
        return [path.name for path in files for needle in needles if needle in path.read_bytes()]

    assert readable() == []
    with made.open() as store:
        with store.writing() as session:
            session.execute(text("insert into setting values ('more', :v)"), {"v": f"{NAME}{NUMBER}" * 500})
        assert (made.folder / "store.db-wal").stat().st_size > 0
        assert readable() == []


def test_a_missing_file_is_named_and_nothing_new_is_made(made: Made, tmp_path: Path) -> None:
    nowhere = tmp_path / "没有"
    assert code_of(lambda: Store.open(nowhere, USER, PASSWORD)) == "store.missing"
    assert not nowhere.exists()
    ring = (made.folder / "keyring.json").read_bytes()
    (made.folder / "keyring.json").unlink()
    assert code_of(made.open) == "store.keyring_missing"
    (made.folder / "keyring.json").write_bytes(ring)
    (made.folder / "store.db").unlink()
    assert code_of(made.open) == "store.damaged"
    assert not (made.folder / "store.db").exists()


def test_a_store_cut_at_any_length_is_refused_and_left_as_it_is(made: Made) -> None:
    path = made.folder / "store.db"
    whole = path.read_bytes()
    pages = len(whole) // PAGE
    for length in (
        0,
        1,
        16,
        1000,
        PAGE - 1,
        PAGE,
        PAGE + 1,
        pages // 2 * PAGE,
        len(whole) - PAGE,
        len(whole) - 1,
    ):
        path.write_bytes(whole[:length])
        assert code_of(made.open) == "store.damaged", length
        assert path.read_bytes() == whole[:length]
        (made.folder / "store.db-wal").unlink(missing_ok=True)
    path.write_bytes(whole)
    assert made.note()


def test_one_flipped_bit_anywhere_in_the_store_is_refused_or_found(made: Made) -> None:
    path = made.folder / "store.db"
    whole = path.read_bytes()
    pages = len(whole) // PAGE
    places = [0, 15, 16, 40, 100, PAGE - 1, PAGE - 40]
    places += [page * PAGE + at for page in range(1, pages, 5) for at in (0, 2000, PAGE - 70, PAGE - 20)]
    outcomes = set()
    for at in places:
        changed = bytearray(whole)
        changed[at] ^= 1 << at % 8
        path.write_bytes(changed)
        outcomes.add(_noticed(made))
    assert outcomes == {"refused", "found"}
    path.write_bytes(whole)
    assert made.note()


def _noticed(made: Made) -> str:
    try:
        with made.open() as store:
            return "found" if store.integrity() else "unnoticed"
    except Refused as refused:
        assert refused.code == "store.damaged"
        return "refused"


def test_a_store_exchanged_for_another_one_is_refused(made: Made, tmp_path: Path) -> None:
    other = Made(tmp_path / "另一个")
    (made.folder / "store.db").write_bytes((other.folder / "store.db").read_bytes())
    assert code_of(made.open) == "store.damaged"


def test_a_store_of_a_newer_program_is_refused_and_can_be_opened_by_that_one(made: Made) -> None:
    with made.open() as store, store.writing() as session:
        session.execute(text("update alembic_version set version_num = '9999'"))
    assert code_of(made.open) == "store.newer"
    assert code_of(lambda: Store.open(made.folder, USER, PASSWORD, read_only=True)) == "store.other_version"
    Store.open(made.folder, USER, PASSWORD, prepare=lambda engine: None).close()


def test_after_every_refusal_the_store_is_free_for_the_next_one(made: Made) -> None:
    def broken(engine: Engine) -> None:
        raise StoreRefused("store.newer", "", "", "")

    code_of(lambda: made.open("不是这个口令-2026"))
    code_of(lambda: Store.open(made.folder, USER, PASSWORD, prepare=broken))
    assert made.note()


def test_only_one_program_writes_but_another_may_look(made: Made) -> None:
    with made.open() as store:
        assert code_of(made.open) == "store.in_use"
        with store.writing() as session:
            session.execute(text("update setting set value = 'new' where name = 'note'"))
        with Store.open(made.folder, USER, PASSWORD, read_only=True) as looking:
            with looking.read_connection() as connection:
                assert connection.execute(text("select value from setting")).scalar_one() == "new"
            assert looking.integrity() == []
            with pytest.raises(StoreRefused), looking.writing() as session:
                session.execute(text("delete from setting"))
    assert made.note() == "new"


def test_a_killed_program_holds_no_lock_and_loses_nothing_it_had_committed(made: Made) -> None:
    script = f"""
import os
from pathlib import Path
from sqlalchemy import text
from db.store import Store
store = Store.open(Path({str(made.folder)!r}), {USER!r}, {PASSWORD!r})
with store.writing() as session:
    session.execute(text("update setting set value = 'acknowledged' where name = 'note'"))
session = store.session()
session.execute(text("update setting set value = 'half' where name = 'note'"))
os.kill(os.getpid(), 9)
"""
    subprocess.run([sys.executable, "-c", script], cwd=Path(__file__).parents[2], check=False)
    assert made.note() == "acknowledged"


def test_a_read_connection_cannot_write_and_works_beside_the_writer_in_another_thread(made: Made) -> None:
    with made.open() as store:
        found: list[str] = []

        def look() -> None:
            with store.read_connection() as connection:
                found.append(str(connection.execute(text("select value from setting")).scalar_one()))
                with pytest.raises(StoreRefused):
                    connection.execute(text("delete from setting"))

        with store.session() as session:
            session.execute(text("update setting set value = 'not yet committed'"))
            thread = threading.Thread(target=look)
            thread.start()
            thread.join()
            session.rollback()
        assert found == [f'"{NAME} {NUMBER}"']


def test_a_full_disk_is_said_in_words_and_leaves_what_was_there(made: Made) -> None:
    with made.open() as store:
        raw = store.engine.raw_connection()
        raw.cursor().execute("PRAGMA max_page_count = 10")
        raw.close()
        with pytest.raises(StoreRefused) as caught, store.writing() as session:
            session.execute(text("insert into setting values ('big', :v)"), {"v": "大" * 1_000_000})
        assert caught.value.code == "store.disk_full"
    assert made.note()


def test_a_locked_store_gives_no_key_and_no_session(made: Made) -> None:
    store = made.open()
    key = store.key_for("search")
    assert key != store.key_for("audit")
    store.lock()
    for act in (store.session, store.read_connection, lambda: store.key_for("search")):
        assert code_of(act) == "store.closed"
    with made.open() as again:
        assert again.key_for("search") == key


def test_a_store_is_never_made_over_another_and_a_failed_making_leaves_nothing(made: Made, tmp_path: Path) -> None:
    assert code_of(lambda: Made(made.folder)) == "store.exists"
    assert made.note()
    empty = tmp_path / "新"

    def broken(engine: Engine) -> None:
        raise StoreRefused("store.disk_full", "", "", "")

    def make() -> object:
        return Store.create(empty, USER, PASSWORD, "513299102", "镇", prepare=broken)

    assert code_of(make) == "store.disk_full"
    assert [path.name for path in empty.iterdir()] == ["store.lock"]
    assert Made(empty).note()


def test_a_making_that_was_cut_off_is_refused_at_opening_and_can_be_done_again(made: Made) -> None:
    (made.folder / MAKING).touch()
    assert code_of(made.open) == "store.unfinished"
    again = Made(made.folder)
    assert again.note() and not (made.folder / MAKING).exists()


def test_a_wait_after_five_mistakes_is_told_by_the_store_too(made: Made) -> None:
    def clock() -> Moment:
        return Moment(1.0, 1.0)

    for _ in range(5):
        code_of(lambda: Store.open(made.folder, USER, "不对", clock=clock))
    assert code_of(lambda: Store.open(made.folder, USER, PASSWORD, clock=clock)) == "store.locked_out"
    assert (made.folder / attempts.FILE).exists()


def test_every_file_of_the_folder_is_covered_by_the_check(made: Made) -> None:
    for path in sorted(p for p in made.folder.rglob("*") if p.is_file()):
        whole = path.read_bytes()
        path.write_bytes(whole[:-1] + bytes([(whole or b"\0")[-1] ^ 4]))
        try:
            with made.open() as store:
                assert store.integrity([made.sha256]) != [], path.name
        except Refused as refused:
            assert refused.code in ("store.damaged", "store.keyring_damaged")
        path.write_bytes(whole)
    with made.open() as store:
        assert store.integrity([made.sha256]) == []
