"""Assessments and what a gate was shown go to the county and to the other laptop, whole."""

import pytest

from db.kinds import MOST_DATA, TRANSITIONS
from desktop.casework import assessing, cases, dossiers, gates, households, persons, timeline
from desktop.policy.transitions import DELEGATED_NEXT, NEXT
from sync.county import keys
from sync.county.exchange import Desk
from sync.county.storage import Storage
from sync.county.values import FormValues
from tests.sync.office import Laptop


@pytest.fixture
def desk(tmp_path, cheap_passwords):
    keys.make(tmp_path / "county", "513299", "测试县", False)
    found = Desk(Storage(tmp_path / "county", None))
    yield found
    found.storage.close()


def test_the_other_laptop_reads_the_same_assessment(tmp_path, desk):
    first, second = Laptop(tmp_path / "one", desk), Laptop(tmp_path / "two", desk, "李敏")
    run, home = first.workspace.run, first.household("测试甲")
    head = run(lambda work: dossiers.show(work, home)).members[0].person_id
    run(lambda work: persons.change(work, head, {"birth_date": "1960-01-01"}))
    run(lambda work: households.change(work, home, {"hukou": "rural"}))
    case = run(lambda work: cases.add(work, home, "dibao", "2026-11-04")).case_id
    made = run(lambda work: assessing.assess_case(work, case))
    assert made.outcome == "cannot_decide" and made.missing  # a real store without the county's pack
    assert first.sync()["conflicts"] == 0
    second.sync()
    assert second.workspace.look(lambda work: assessing.of_case(work, case)) == made
    again = second.workspace.look(lambda work: assessing.again(work, made.assessment_id))
    assert again.same  # the program's own pack is the same on both
    assert first.state_hash == second.state_hash
    for laptop in (first, second):
        laptop.workspace.lock()


@pytest.mark.parametrize("content", ["text", 1, b"", b"x" * (MOST_DATA + 1), None])
def test_the_county_takes_content_only_as_bytes_of_a_size(content):
    reason = FormValues()("assessment", "", {"assessment": {"case_id": "c", "content": content}})
    assert reason == "bad_value: assessment"


def test_the_county_takes_bytes_as_content():
    assert FormValues()("assessment", "", {"assessment": {"case_id": "c", "content": b"x"}}) == ""
    assert FormValues()("case_event", "", {"event": {"case_id": "c", "event": "paying", "evidence": b"x"}}) == ""


def test_the_county_knows_the_table_of_moves_as_the_rules_have_it():
    table = {
        status: frozenset((*following, *DELEGATED_NEXT.get(status, ()))) for status, following in NEXT.items()
    }
    assert TRANSITIONS["case"] == table


def test_steps_of_a_case_arrive_and_a_leap_does_not(tmp_path, desk):
    first, second = Laptop(tmp_path / "one", desk), Laptop(tmp_path / "two", desk, "李敏")
    run, home = first.workspace.run, first.household("测试甲")
    case = run(lambda work: cases.add(work, home, "orphan", "2026-11-04")).case_id
    run(lambda work: gates.move(work, case, "investigating", {"near_relative_filed": "true"}))
    run(lambda work: gates.move(work, case, "pre_reviewed"))
    first.sync()
    second.sync()
    seen = second.workspace.look(lambda work: timeline.of_case(work.session, case))
    assert [step.event for step in seen] == ["accepted", "investigating", "pre_reviewed"]
    assert seen[1].given == {"near_relative_filed": True}
    assert second.workspace.read.case(case).status == "pre_reviewed"

    def leap(work):
        cases.find(work.session, case).status = "paying"

    second.workspace.run(leap)
    second.sync()
    first.sync()
    assert first.workspace.read.case(case).status == "pre_reviewed"
    for laptop in (first, second):
        laptop.workspace.lock()
