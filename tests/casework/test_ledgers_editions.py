"""A ledger set beside the store: who is known, what changed since the edition before, and the way back."""

import hashlib
from datetime import date

import pytest
from sqlalchemy import select

from db.refused import Refused
from db.tables.cases import Case, CaseEvent
from db.tables.money import FundEntry
from db.tables.people import Household, Person
from desktop.casework import households, ledgers, persons
from desktop.casework.matching import near
from desktop.exchange import compare, examine, take_over
from tests.exchange.rosters import HEADS, home, number, workbook

ON = date(2026, 9, 30)
FIRST = [HEADS, *home(1, ("测试甲", "户主"), ("测试乙", "妻")), *home(2, ("测试丙", "户主"))]


def read(rows, sheet="低保2026年9月"):
    return examine(workbook(rows, sheet), "表.xlsx", on=ON)


def write(township, rows, sheet="低保2026年9月"):
    sha = hashlib.sha256(repr(rows).encode()).hexdigest()
    return township.run(lambda work: take_over(work, read(rows, sheet), sha))


def beside(township, rows, sheet="低保2026年9月"):
    return township.look(lambda work: compare(work, read(rows, sheet)))


def content(township):
    """Everything of the store that stands, by table."""

    def rows(work):
        return {
            kind.__name__: sorted(
                tuple(sorted((key, str(value)) for key, value in vars(row).items() if not key.startswith("_")))
                for row in work.session.execute(select(kind).where(kind.void.is_(False))).scalars()
            )
            for kind in (Household, Person, Case, CaseEvent, FundEntry)
        }

    return township.look(rows)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("扎西卓玛", "扎西·卓玛", True),
        ("扎西卓玛", "扎西", True),
        ("泽朗卓玛", "泽郎卓玛", True),
        ("测试甲", "测验甲", True),
        ("王强", "李强", False),
        ("扎西", "卓玛", False),
        ("", "扎西", False),
    ],
)
def test_names_are_near_when_they_are_spelled_alike_cut_short_or_differ_by_one_slip(one, other, same):
    assert near(one, other) is same


def test_the_same_number_with_a_near_name_is_the_same_person(township):
    write(township, FIRST)
    again = [HEADS, *home(1, ("测试·甲", "户主"), ("测试乙", "妻"))]
    found = beside(township, again)
    assert not found.added and not found.candidates and found.nothing


def test_the_same_number_with_another_name_is_shown_and_not_written(township):
    write(township, FIRST)
    before = content(township)
    rows = [HEADS, *home(1, ("卓玛央金", "户主"), ("测试乙", "妻"))]
    found = beside(township, rows)
    assert [(one.code, one.held, one.others[0].name) for one in found.candidates] == [("name_differs", True, "测试甲")]
    assert write(township, rows).held == 1 and content(township) == before


def test_the_same_name_with_another_number_is_another_person_and_only_shown_beside(township):
    write(township, FIRST)
    rows = [HEADS, *home(7, ("测试丙", "户主"))]
    found = beside(township, rows)
    assert [one.name for one in found.added] == ["测试丙"]
    assert [(one.code, one.held) for one in found.candidates] == [("same_name_and_birth", False)]
    assert write(township, rows).persons == 1


def test_people_of_two_households_of_the_store_are_not_put_together(township):
    write(township, FIRST)
    rows = [HEADS, *home(1, ("测试甲", "户主"), ("测试乙", "妻")), *home(2, ("测试丙", "户主"))]
    rows[3][:4] = [None] * 4
    rows[3][5], rows[1][7] = "子", 3
    rows[3][7:10] = [None] * 3
    assert [one.code for one in beside(township, rows).candidates] == ["two_households"]


def test_another_file_that_says_the_same_is_a_batch_without_changes(township):
    write(township, FIRST)
    before = content(township)
    again = write(township, [*FIRST, ["制表人：", "虚"]])
    assert again.unchanged and not again.repeated
    assert (again.households, again.persons, again.cases, again.changed, again.lines) == (0, 0, 0, 0, 0)
    assert content(township) == before


def next_month():
    """测试乙 left the list, somebody joined, an amount and a band changed."""
    rows = [HEADS, *home(1, ("测试甲", "户主"), amount=450), *home(2, ("测试丙", "户主"), ("测试丁", "女"))]
    rows[1][8] = "三档"
    return rows


def test_a_newer_edition_shows_what_changes_before_it_is_written(township):
    write(township, FIRST)
    before = content(township)
    found = beside(township, next_month(), "低保2026年10月")
    changed = {(one.name, one.label): (one.old, one.new) for one in found.changed}
    assert changed[("测试甲", "月金额")] == ("400.00", "450.00")
    assert changed[("测试甲", "档次")] == ("2", "3")
    assert changed[("测试甲", "保障人口")] == ("2", "1")
    assert [one.name for one in found.added] == ["测试丁"] and [one.name for one in found.gone] == ["测试乙"]
    assert content(township) == before


def test_a_newer_edition_writes_only_what_changed_and_can_be_undone(township):
    write(township, FIRST)
    before = content(township)
    batch = write(township, next_month(), "低保2026年10月")
    assert (batch.households, batch.persons, batch.cases, batch.gone) == (0, 1, 0, 1)
    assert beside(township, next_month(), "低保2026年10月").nothing
    after = content(township)
    amounts = {dict(row)["month_amount_fen"] for row in after["Case"]}
    assert amounts == {"45000", "40000"} and len(after["Person"]) == 4
    township.run(lambda work: ledgers.undo(work, batch.batch_id))
    assert content(township) == before


def test_a_batch_below_a_later_one_is_undone_after_it_and_not_before(township):
    first = write(township, FIRST)
    second = write(township, next_month())
    with pytest.raises(Refused, match=r"import\.changed_since"):
        township.run(lambda work: ledgers.undo(work, first.batch_id))
    township.run(lambda work: ledgers.undo(work, second.batch_id))
    township.run(lambda work: ledgers.undo(work, first.batch_id))
    assert not any(content(township).values())


def test_what_was_changed_by_hand_stays_when_the_ledger_has_no_news_of_it(township):
    write(township, FIRST)
    person = township.read.household(township.read.households("测试丙")[0].household_id).members[0].person_id
    township.run(lambda work: persons.change(work, person, {"name": "测试丙丙"}))
    assert beside(township, FIRST).nothing


def test_a_change_of_a_batch_that_was_changed_again_keeps_the_batch_from_being_undone(township):
    write(township, FIRST)
    batch = write(township, next_month())
    home_id = township.read.households("测试丁")[0].household_id
    township.run(lambda work: households.change(work, home_id, {"phone": "13800001234"}))
    township.run(lambda work: ledgers.undo(work, batch.batch_id))
    batch = write(township, [*next_month(), *home(5, ("测试戊", "户主"))])
    home_id = township.read.households("测试戊")[0].household_id
    township.run(lambda work: households.change(work, home_id, {"phone": "13800001234"}))
    with pytest.raises(Refused, match=r"import\.changed_since"):
        township.run(lambda work: ledgers.undo(work, batch.batch_id))


def test_a_ledger_fills_what_is_empty_and_leaves_what_the_store_says_otherwise(township):
    made = township.household("测试甲", village="上磨村")
    rows = [HEADS, *home(1, ("测试甲", "户主"))]
    person = made.members[0]["person_id"]
    township.run(
        lambda work: persons.change(work, person, {"id_number": number(10), "birth_date": "1970-03-15", "sex": "2"})
    )
    found = beside(township, rows)
    assert [(one.label, one.old, one.new, one.written) for one in found.changed] == [
        ("村（社区）", "上磨村", "样例沟村", False)
    ]
    assert [one.programme_code for one in found.cases] == ["dibao"] and not found.added
    write(township, rows)
    assert township.read.household(made.household_id).village == "上磨村"
    assert beside(township, rows).nothing
