"""A backup is proven when it is written, refused when it is not whole, and comes back with a mark."""

import shutil
from pathlib import Path

import pytest
from sqlalchemy import text

from db import backup
from db.blobs import Blobs
from db.operation import new_id
from db.restored import clear_restored_mark, restored_mark
from db.store import Store
from tests.db.test_keyring import code_of
from tests.db.vault_builder import NAME, NUMBER, PASSWORD, PHOTO, USER, Made


@pytest.fixture
def written(made: Made, tmp_path: Path) -> Path:
    """A backup of a store with one record."""
    folder = tmp_path / "U盘" / "备份 一"
    with made.open() as store:
        with store.writing() as session:
            session.execute(
                text("insert into record values (:id, 'household', '513299102', x'00', 0, x'', x'', x'')"),
                {"id": new_id()},
            )
        assert backup.write(store, folder).counts == {"household": 1}
    return folder


def test_a_restored_store_has_everything_and_carries_the_mark(made: Made, written: Path, tmp_path: Path) -> None:
    target = tmp_path / "新电脑"
    manifest = backup.restore(written, target, USER, PASSWORD)
    assert manifest.counts == {"household": 1}
    mark = restored_mark(target)
    assert mark is not None and mark.backup == manifest.backup
    assert restored_mark(made.folder) is None
    with Store.open(target, USER, PASSWORD) as store:
        assert store.blobs.get(made.sha256) == PHOTO
        with store.read_connection() as connection:
            assert NAME in connection.execute(text("select value from setting")).scalar_one()
        assert store.integrity([made.sha256]) == []
        clear_restored_mark(target)
    assert restored_mark(target) is None and made.note()


def test_a_backup_tells_no_name_and_holds_nothing_but_its_files(written: Path) -> None:
    needles = [s.encode(c) for s in (NAME, NUMBER) for c in ("utf-8", "utf-16-le", "gb18030")]
    files = [path for path in written.rglob("*") if path.is_file()]
    assert {path.name for path in files if path.parent == written} == {
        "store.db",
        "keyring.json",
        "backup.json",
    }
    assert not [path for path in files for needle in needles if needle in path.read_bytes()]


def test_every_changed_missing_or_added_file_is_refused_and_nothing_is_restored(written: Path, tmp_path: Path) -> None:
    target = tmp_path / "新电脑"
    for path in sorted(p for p in written.rglob("*") if p.is_file()):
        whole = path.read_bytes()
        for at in (0, len(whole) // 2, len(whole) - 1):
            path.write_bytes(whole[:at] + bytes([whole[at] ^ 2]) + whole[at + 1 :])
            code = code_of(lambda: backup.restore(written, target, USER, PASSWORD))
            assert code in ("backup.damaged", "store.keyring_damaged"), (path.name, at)
        path.write_bytes(whole[: len(whole) // 2])
        assert code_of(lambda: backup.restore(written, target, USER, PASSWORD)).endswith("damaged")
        path.unlink()
        assert code_of(lambda: backup.restore(written, target, USER, PASSWORD)) in (
            "backup.damaged",
            "backup.missing",
            "store.not_writable",
        )
        path.write_bytes(whole)
    (written / "blobs" / "x.zcb").write_bytes(b"more")
    assert code_of(lambda: backup.restore(written, target, USER, PASSWORD)) == "backup.damaged"
    assert [path.name for path in target.iterdir()] == ["store.lock"]


def test_a_wrong_password_restores_nothing_and_leaves_the_backup_alone(written: Path, tmp_path: Path) -> None:
    before = sorted(path.name for path in written.rglob("*"))
    target = tmp_path / "新电脑"
    assert code_of(lambda: backup.restore(written, target, USER, "不是这个口令-2026")) == "store.wrong_password"
    assert sorted(path.name for path in written.rglob("*")) == before
    assert backup.restore(written, target, USER, PASSWORD)


def test_nothing_is_written_over(made: Made, written: Path, tmp_path: Path) -> None:
    with made.open() as store:
        assert code_of(lambda: backup.write(store, written)) == "backup.not_empty"
        assert code_of(lambda: backup.write(store, made.folder / "备份")) == "backup.inside_store"
    assert code_of(lambda: backup.restore(written, made.folder, USER, PASSWORD)) == "store.exists"
    assert made.note() and backup.restore(written, tmp_path / "新电脑", USER, PASSWORD)


def test_a_medium_that_gives_back_something_else_is_noticed_while_writing(
    made: Made, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def lying(source: Path, target: Path) -> None:
        Path(target).write_bytes(Path(source).read_bytes()[:-1] + b"?")

    monkeypatch.setattr(shutil, "copyfile", lying)
    folder = tmp_path / "坏盘"
    with made.open() as store:
        assert code_of(lambda: backup.write(store, folder)) in ("backup.damaged", "store.keyring_damaged")
    assert list(folder.iterdir()) == []


def test_a_backup_cut_off_is_none_and_the_folder_can_be_used_again(made: Made, written: Path) -> None:
    (written / backup.WRITING).touch()
    (written / backup.FILE).unlink()
    with made.open() as store:
        backup.write(store, written)
        assert backup.check(written, store.data_key())
        assert Blobs(written / "blobs", store.data_key(), read_only=True).verify([made.sha256]) == []


def test_a_changed_mark_is_found_and_still_counts(made: Made, written: Path, tmp_path: Path) -> None:
    target = tmp_path / "新电脑"
    backup.restore(written, target, USER, PASSWORD)
    (target / "restored.json").write_bytes(b"{}")
    assert restored_mark(target) is not None
    with Store.open(target, USER, PASSWORD) as store:
        assert len(store.integrity()) == 1
