"""A guardian of the household: relation, number and phone go into empty answers only."""

import pytest

from desktop.casework import guardians, households, visits
from tests.casework.conftest import identity_number

NUMBER = identity_number()


@pytest.fixture
def agreement(township):
    """An F-22B of a son; his mother is the head."""
    people = [
        {"name": "测试甲", "relation": "02", "sex": "2", "id_number": NUMBER, "phone": "13800000021"},
        {"name": "测试丙", "relation": "20", "sex": "1"},
    ]
    made = township.run(lambda w: households.add(w, {"village": "下寨村", "members": people}))
    child = made.members[1]["person_id"]
    return township.run(lambda w: visits.add(w, "F-22B", "2026-11-05", person_id=child)).visit_id


def test_a_member_by_name_is_taken_over(township, agreement):
    township.run(lambda w: visits.record_answer(w, agreement, "guardian", "测试甲"))
    view = township.run(lambda w: guardians.take_over(w, agreement))
    taken = {key: view.answers.get(key) for key in ("grel", "guardian_id", "guardian_tel")}
    assert taken == {"grel": "52", "guardian_id": NUMBER, "guardian_tel": "13800000021"}


def test_what_was_typed_stays(township, agreement):
    typed = {"guardian": "测试甲", "guardian_tel": "13900000009", "grel": "58"}
    township.run(lambda w: visits.record_answers(w, agreement, typed))
    assert township.look(lambda w: guardians.known_of_guardian(w, agreement)) == {"guardian_id": NUMBER}


def test_somebody_else_is_not_guessed(township, agreement):
    for name in ("邻居", "测试丙", ""):
        township.run(lambda w, name=name: visits.record_answer(w, agreement, "guardian", name))
        assert township.look(lambda w: guardians.known_of_guardian(w, agreement)) == {}
