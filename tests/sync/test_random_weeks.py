"""Random weeks of two real laptops: edits, differences, lost answers, late sticks; in the end all three agree."""

import random
from pathlib import Path

import pytest

from db import journal
from db.refused import Refused
from sync.county.exchange import Desk
from sync.county.folder import export_packages, import_packages
from tests.sync.office import Laptop, refused
from tests.sync.test_laptops import county_hash

FIELDS = ("phone", "remark", "hukou")
VALUES = {"phone": ("13900000001", "13900000002"), "remark": ("路远", "近"), "hukou": ("rural", "urban")}


def seen(laptop: Laptop, home: str) -> tuple[object, ...] | None:
    """The fields of a household as a laptop shows them; None when it does not."""
    try:
        shown = laptop.look(home)
    except Refused:
        return None
    return (shown.phone, shown.remark, shown.hukou, shown.village)


class Week:
    """Two laptops, a stick that is lost and found again, and everything that was ever written on it."""

    def __init__(self, folder: Path, desk: Desk, seed: int) -> None:
        self.chance, self.desk, self.folder = random.Random(seed), desk, folder
        self.laptops = [Laptop(folder / name, desk) for name in ("a", "b")]
        self.homes: list[str] = []
        self.sticks = 0

    def step(self) -> None:
        """One thing that happens."""
        laptop = self.chance.choice(self.laptops)
        self.chance.choice(
            (self.create, self.edit, self.edit, self.edit, self.settle, self.wire, self.lost, self.write, self.read,
             self.county_reads, self.void)
        )(laptop)  # fmt: skip

    def known(self, laptop: Laptop) -> list[str]:
        """Households that this laptop shows."""
        return [home for home in self.homes if seen(laptop, home) is not None]

    def create(self, laptop: Laptop) -> None:
        """A new household."""
        self.homes.append(laptop.household())

    def edit(self, laptop: Laptop) -> None:
        """A field of a household that both may be changing."""
        if known := self.known(laptop):
            field = self.chance.choice(FIELDS)
            laptop.change(self.chance.choice(known), **{field: self.chance.choice(VALUES[field])})

    def void(self, laptop: Laptop) -> None:
        """Seldom: a household was a mistake."""
        if self.chance.random() < 0.3 and (known := self.known(laptop)):
            home = self.chance.choice(known)
            with laptop.workspace.writing() as session:
                journal.void(session, home, "重复")

    def settle(self, laptop: Laptop) -> None:
        """A person decides a difference."""
        if laptop.conflicts:
            found = self.chance.choice(laptop.conflicts)
            laptop.workspace.exchange.resolve(found.id, self.chance.choice(("mine", "county")))

    def wire(self, laptop: Laptop) -> None:
        """An exchange over the network."""
        laptop.sync()

    def lost(self, laptop: Laptop) -> None:
        """The answer never arrives."""
        laptop.line.change = lambda answer: answer[:40]
        assert refused(laptop.sync).startswith("package.")
        laptop.line.change = lambda answer: answer

    def write(self, laptop: Laptop) -> None:
        """A stick is written and may lie around."""
        self.sticks += 1
        laptop.write(self.folder / f"stick-{self.sticks}")

    def stick(self) -> Path | None:
        """Any stick that was ever written."""
        return self.folder / f"stick-{self.chance.randint(1, self.sticks)}" if self.sticks else None

    def county_reads(self, laptop: Laptop) -> None:
        """The county reads some stick, old or new, and writes its answers onto it."""
        if stick := self.stick():
            import_packages(self.desk, stick)
            export_packages(self.desk, stick)

    def read(self, laptop: Laptop) -> None:
        """A laptop reads some stick, perhaps again."""
        if stick := self.stick():
            laptop.read(stick)

    def quiet(self) -> None:
        """Everybody comes online, and open differences are decided by one of them."""
        for _ in range(3):
            for laptop in self.laptops:
                laptop.sync()
            for found in {item.id: item for item in self.laptops[0].conflicts}.values():
                self.laptops[0].workspace.exchange.resolve(found.id, "county")
        for laptop in (*self.laptops, self.laptops[0]):
            laptop.sync()


def live(desk: Desk, folder: Path, seed: int, steps: int) -> None:
    """One week, and what has to hold after it."""
    week = Week(folder, desk, seed)
    for _ in range(steps):
        week.step()
    week.quiet()
    first, second = week.laptops
    assert first.unsent == second.unsent == 0
    assert first.state_hash == second.state_hash == county_hash(desk, first)
    for home in week.homes:
        assert seen(first, home) == seen(second, home)
    for laptop in week.laptops:
        assert laptop.conflicts == []
        assert laptop.workspace.verify() == (True, [])


@pytest.mark.parametrize("seed", range(6))
def test_after_a_random_week_all_three_agree(desk, tmp_path, seed):
    live(desk, tmp_path, seed, 60)


@pytest.mark.soak
@pytest.mark.timeout(3000)
@pytest.mark.parametrize("seed", range(100, 160))
def test_after_many_random_weeks_all_three_agree(desk, tmp_path, seed):
    live(desk, tmp_path, seed, 150)
