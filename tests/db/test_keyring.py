"""Passwords, users, the printed code, the county's slot, and the wait after five mistakes."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from db import attempts, keyring
from db.attempts import Moment
from db.crypto.parties import PartyKeys
from db.refused import BadValue, Refused
from db.store import Store
from tests.db.vault_builder import PASSWORD, USER, Made


def code_of(act: Callable[[], object]) -> str:
    """The code of the refusal that the act must meet."""
    with pytest.raises(Refused) as caught:
        act()
    return caught.value.code


def test_a_new_password_opens_the_old_data_and_the_old_one_no_longer_does(made: Made) -> None:
    before = made.note()
    with made.open() as store:
        store.change_password(PASSWORD, "换过以后的新口令-2027")
    assert made.note("换过以后的新口令-2027") == before
    assert code_of(made.open) == "store.wrong_password"


def test_a_second_user_sees_the_same_data_under_an_own_name_and_role(made: Made) -> None:
    with made.open() as store:
        store.add_user("泽仁", ["village_assistant"], "泽仁自己的口令-2026")
    assert made.note("泽仁自己的口令-2026", "泽仁") == made.note()
    with made.open("泽仁自己的口令-2026", "泽仁") as store:
        assert store.identity.user == "泽仁" and store.identity.roles == ("village_assistant",)
        assert [entry.name for entry in store.users()] == [USER, "泽仁"]
        assert code_of(lambda: store.add_user("泽仁", ["auditor"], "又一个足够长的口令-1")) == "store.user_exists"


def test_short_passwords_and_nameless_users_are_refused(made: Made, tmp_path: Path) -> None:
    with made.open() as store:
        assert code_of(lambda: store.add_user("甲", ["auditor"], "九个字的口令太短啊")) == "store.short_password"
        assert code_of(lambda: store.add_user(" \n", ["auditor"], PASSWORD * 2)) == "store.bad_user"
        assert code_of(lambda: store.change_password(PASSWORD, "短")) == "store.short_password"
    empty = tmp_path / "空"
    assert code_of(lambda: Store.create(empty, "甲", "短", "513299102", "示例镇")) == "store.short_password"
    assert not empty.exists()


def test_the_printed_code_sets_a_new_password_even_after_five_wrong_ones(made: Made) -> None:
    before = made.note()
    for _ in range(5):
        code_of(lambda: made.open("不是这个口令不是这个"))
    Store.recover(made.folder, made.code.lower().replace("-", ""), USER, "从恢复码来的新口令-1")
    assert made.note("从恢复码来的新口令-1") == before


def test_a_mistyped_code_and_a_foreign_code_are_told_apart(made: Made, tmp_path: Path) -> None:
    other = Made(tmp_path / "另一个")
    letter = "3" if made.code[0] != "3" else "4"
    mistyped = letter + made.code[1:]
    assert code_of(lambda: Store.recover(made.folder, mistyped, USER, PASSWORD * 2)) == "store.recovery_mistyped"
    assert code_of(lambda: Store.recover(made.folder, other.code, USER, PASSWORD * 2)) == "store.wrong_recovery_code"
    assert made.note()


def test_the_county_can_open_a_store_that_accepted_its_certificate_and_nobody_else_can(made: Made) -> None:
    county, stranger = PartyKeys.generate(), PartyKeys.generate()
    assert code_of(lambda: keyring.open_county_slot(made.folder, county)) == "store.no_county_slot"
    with made.open() as store:
        store.set_county_slot(county.public)
        assert keyring.open_county_slot(made.folder, county) == store.data_key()
    assert code_of(lambda: keyring.open_county_slot(made.folder, stranger)) == "crypto.not_opened"
    assert made.note()


class Clocks:
    """Two clocks that a test turns by hand."""

    def __init__(self) -> None:
        self.wall, self.steady = 1_800_000_000.0, 5_000.0

    def __call__(self) -> Moment:
        return Moment(self.wall, self.steady)

    def pass_by(self, seconds: float) -> None:
        """Time goes by for both."""
        self.wall += seconds
        self.steady += seconds


def test_after_five_wrong_passwords_even_the_right_one_waits_a_quarter_of_an_hour(made: Made) -> None:
    clock = Clocks()

    def try_(password: str) -> str:
        return code_of(lambda: keyring.unlock(made.folder, USER, password, clock))

    left = []
    for _ in range(4):
        with pytest.raises(Refused) as caught:
            keyring.unlock(made.folder, USER, "不对", clock)
        left.append(caught.value.do[:9])
    assert left == [f"还可以试 {n} 次，" for n in (4, 3, 2, 1)]
    assert [try_("不对"), try_(PASSWORD)] == ["store.locked_out"] * 2
    clock.pass_by(14 * 60)
    assert try_(PASSWORD) == "store.locked_out"
    clock.pass_by(61)
    assert keyring.unlock(made.folder, USER, PASSWORD, clock).identity.user == USER
    assert try_("不对") == "store.wrong_password"


@pytest.mark.parametrize("shift", [-10 * 365 * 86400.0, 10 * 365 * 86400.0])
def test_setting_the_wall_clock_neither_shortens_nor_lengthens_the_wait(made: Made, shift: float) -> None:
    clock = Clocks()
    for _ in range(5):
        code_of(lambda: keyring.unlock(made.folder, USER, "不对", clock))
    clock.wall += shift
    assert code_of(lambda: keyring.unlock(made.folder, USER, PASSWORD, clock)) == "store.locked_out"
    clock.steady += 15 * 60
    assert keyring.unlock(made.folder, USER, PASSWORD, clock)


def test_after_a_restart_with_the_clock_set_back_the_wait_is_at_most_a_quarter_of_an_hour(made: Made) -> None:
    clock = Clocks()
    for _ in range(5):
        code_of(lambda: keyring.unlock(made.folder, USER, "不对", clock))
    clock.steady, clock.wall = 60.0, 0.0
    assert code_of(lambda: keyring.unlock(made.folder, USER, PASSWORD, clock)) == "store.locked_out"
    clock.steady = 15 * 60.0
    assert keyring.unlock(made.folder, USER, PASSWORD, clock)


def test_a_spoiled_count_of_mistakes_keeps_nobody_out(made: Made) -> None:
    (made.folder / attempts.FILE).write_bytes(b"\xff{")
    assert made.note()
    assert not (made.folder / attempts.FILE).exists()


FORGERIES: dict[str, Callable[[dict[str, Any]], None]] = {
    "training": lambda ring: ring["header"].update(training=False),
    "township": lambda ring: ring["header"].update(township="513299103"),
    "roles": lambda ring: ring["users"][0].update(roles=["county_approver"]),
    "name": lambda ring: ring["users"][0].update(name="别人"),
    "mac": lambda ring: ring.update(mac="AAAA"),
}


@pytest.mark.parametrize("what", FORGERIES)
def test_a_keyring_that_was_edited_and_signed_off_anew_is_still_refused(made: Made, what: str) -> None:
    path = made.folder / keyring.FILE
    ring = json.loads(path.read_text(encoding="utf-8"))
    FORGERIES[what](ring)
    ring["check"] = ""
    text = json.dumps(ring, ensure_ascii=False, separators=(",", ":"))
    check = sha256(text.encode()).hexdigest()
    path.write_text(text.replace('"check":""', f'"check":"{check}"'), encoding="utf-8")
    user = "别人" if what == "name" else USER
    assert code_of(lambda: made.open(user=user)) == "store.keyring_altered"


def test_every_flipped_bit_and_every_cut_of_the_keyring_is_refused_without_counting_as_a_mistake(
    made: Made,
) -> None:
    path = made.folder / keyring.FILE
    whole = path.read_bytes()
    spoiled = [whole[:length] for length in (0, 1, len(whole) // 2, len(whole) - 1)]
    for at in range(0, len(whole), 7):
        changed = bytearray(whole)
        changed[at] ^= 1 << at % 8
        spoiled.append(bytes(changed))
    for data in spoiled:
        path.write_bytes(data)
        assert code_of(made.open) == "store.keyring_damaged"
    path.write_bytes(whole)
    assert made.note() and not (made.folder / attempts.FILE).exists()


def test_a_keyring_of_a_newer_format_says_so(made: Made) -> None:
    path = made.folder / keyring.FILE
    ring = json.loads(path.read_text(encoding="utf-8")) | {"format": 2, "novelty": [], "check": ""}
    text = json.dumps(ring, ensure_ascii=False, separators=(",", ":"))
    check = sha256(text.encode()).hexdigest()
    path.write_text(text.replace('"check":""', f'"check":"{check}"'), encoding="utf-8")
    assert code_of(made.open) == "store.newer"


CHANGER = """
import sys
from pathlib import Path
from db import keyring
from db.crypto.kdf import CHEAP
folder, user, old, new = Path(sys.argv[1]), *sys.argv[2:]
print("ready", flush=True)
while True:
    keyring.change_password(folder, user, old, new, CHEAP)
    old, new = new, old
"""


def test_a_kill_during_a_password_change_leaves_the_old_or_the_new_password(made: Made) -> None:
    new = "第二个也足够长的口令-2"
    for round_ in range(8):
        opened = PASSWORD if _opens(made, PASSWORD) else new
        other = new if opened == PASSWORD else PASSWORD
        process = subprocess.Popen(
            [sys.executable, "-c", CHANGER, str(made.folder), USER, opened, other],
            stdout=subprocess.PIPE,
            cwd=Path(__file__).parents[2],
        )
        assert process.stdout is not None and process.stdout.readline()
        time.sleep(0.003 + round_ * 0.004)
        os.kill(process.pid, signal.SIGKILL)
        process.communicate()
        assert [_opens(made, PASSWORD), _opens(made, new)].count(True) == 1


def _opens(made: Made, password: str) -> bool:
    clock = Clocks()
    (made.folder / attempts.FILE).unlink(missing_ok=True)
    try:
        keyring.unlock(made.folder, USER, password, clock)
    except Refused as refused:
        assert refused.code == "store.wrong_password"
        return False
    return True


def test_a_bad_value_is_a_bad_value() -> None:
    with pytest.raises(BadValue):
        keyring.check_password("一二三四五六七八九")
