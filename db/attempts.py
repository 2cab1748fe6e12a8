"""Wrong passwords in a row and the quarter of an hour after five of them (rule book 13 §2.2)."""

import time
from collections.abc import Callable
from pathlib import Path

import msgspec

from db.files import write_whole
from db.refused import StoreRefused

FILE = "attempts.json"
MOST_WRONG = 5
WAIT_SECONDS = 15 * 60


class Moment(msgspec.Struct, frozen=True):
    """Seconds by two clocks: the wall's, which a person can set, and the machine's since it came on."""

    wall: float
    steady: float


Clock = Callable[[], Moment]


def machine_clock() -> Moment:
    """Now, by both clocks; the steady one also counts sleep where the system can tell."""
    boot = getattr(time, "CLOCK_BOOTTIME", None)
    return Moment(time.time(), time.monotonic() if boot is None else time.clock_gettime(boot))


class _Tries(msgspec.Struct, frozen=True):
    wrong: int
    wall: float
    steady: float

    def waited(self, now: Moment) -> float:
        """Seconds since the last wrong one that surely passed.

        While the machine stays on only the steady clock counts, so setting the wall clock changes nothing.
        After a restart the wall clock helps an honest person; set back, it leaves the time since the start.
        """
        if now.steady >= self.steady:
            return now.steady - self.steady
        return max(now.steady, now.wall - self.wall)


class Attempts:
    """The wrong tries of every user of one store folder; a hurdle for guests, the lock itself is Argon2id."""

    def __init__(self, folder: Path, clock: Clock = machine_clock) -> None:
        self._path, self._clock = folder / FILE, clock

    def _read(self) -> dict[str, _Tries]:
        try:
            return msgspec.json.decode(self._path.read_bytes(), type=dict[str, _Tries])
        except (FileNotFoundError, msgspec.DecodeError):
            return {}  # whoever can spoil this file can also remove it

    def _write(self, tries: dict[str, _Tries]) -> None:
        if tries:
            write_whole(self._path, msgspec.json.encode(tries))
        else:
            self._path.unlink(missing_ok=True)

    def admit(self, user: str) -> None:
        """Go on only when the user need not wait; raises StoreRefused `store.locked_out`."""
        tries = self._read().get(user)
        if tries is None or tries.wrong < MOST_WRONG:
            return
        left = WAIT_SECONDS - tries.waited(self._clock())
        if left > 0:
            raise _locked_out(left)

    def wrong(self, user: str) -> StoreRefused:
        """Count one more wrong password; the refusal that says how many are left or how long to wait."""
        all_tries, now = self._read(), self._clock()
        before = all_tries.get(user)
        count = 1 if before is None or before.waited(now) >= WAIT_SECONDS else before.wrong + 1
        self._write(all_tries | {user: _Tries(count, now.wall, now.steady)})
        if count >= MOST_WRONG:
            return _locked_out(WAIT_SECONDS)
        return StoreRefused(
            "store.wrong_password",
            "口令不对。",
            "资料没有受影响。",
            f"还可以试 {MOST_WRONG - count} 次，之后要等 15 分钟。忘了口令可以用打印的恢复码重设。",
        )

    def right(self, user: str) -> None:
        """The password was right: start counting anew."""
        tries = self._read()
        if tries.pop(user, None) is not None or self._path.exists():
            self._write(tries)


def _locked_out(seconds: float) -> StoreRefused:
    return StoreRefused(
        "store.locked_out",
        f"口令已经错了 {MOST_WRONG} 次，还要等 {max(1, -(-int(seconds) // 60))} 分钟才能再试。",
        "资料没有受影响。",
        "请等时间到了再试，或用打印的恢复码重设口令。",
    )
