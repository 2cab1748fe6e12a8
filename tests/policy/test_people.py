"""Disability by kind and grade, states with their days, live certifications, near kin."""

from datetime import date

import pytest

from desktop.policy.facts import Certification, Disability, Status
from desktop.policy.people import NEAR_KIN, cannot_labour, certified, in_state, parent_disabled, severe_or_mind_3

ON = date(2026, 5, 11)


@pytest.mark.parametrize(
    ("predicate", "kind", "grade", "answer"),
    [
        (cannot_labour, 6, 3, True),
        (cannot_labour, 6, 4, False),
        (cannot_labour, 4, 2, True),
        (cannot_labour, 4, 3, False),
        (cannot_labour, 1, 2, False),
        (cannot_labour, 2, 1, False),
        (cannot_labour, 7, 3, None),
        (cannot_labour, 7, 4, False),
        (severe_or_mind_3, 2, 2, True),
        (severe_or_mind_3, 5, 3, True),
        (severe_or_mind_3, 4, 3, False),
        (severe_or_mind_3, 7, 3, None),
        (severe_or_mind_3, 7, 4, False),
        (parent_disabled, 5, 4, True),
        (parent_disabled, 4, 3, False),
        (parent_disabled, 7, 4, None),
        (parent_disabled, 7, 2, True),
    ],
)
def test_a_disability_counts_by_kind_and_grade(predicate, kind, grade, answer):
    assert predicate([Disability(kind=kind, grade=grade)]) is answer


def test_a_second_certificate_settles_what_a_multiple_one_leaves_open():
    assert cannot_labour([Disability(kind=7, grade=3), Disability(kind=5, grade=3)]) is True


def test_a_state_holds_from_its_first_day_and_before_its_last():
    status = [Status(kind="in_prison", since=date(2026, 5, 11), until=date(2026, 6, 1))]
    assert in_state(status, "in_prison", ON) and not in_state(status, "in_prison", date(2026, 6, 1))


def test_a_certification_is_live_on_its_last_day():
    certification = [Certification(programme_code="dibao_single", valid_until=ON)]
    assert certified(certification, ("dibao",), ON) and not certified(certification, ("dibao",), date(2026, 5, 12))


def test_another_persons_certification_counts_only_where_nobody_asks_whose():
    certification = [Certification(programme_code="dibao", member="m2")]
    assert certified(certification, ("dibao",), ON) and not certified(certification, ("dibao",), ON, "m1")


@pytest.mark.parametrize("code", ["10", "29", "39", "40", "57", "60", "70", "77"])
def test_near_kin_by_code(code):
    assert code in NEAR_KIN


@pytest.mark.parametrize("code", ["01", "28", "38", "45", "53", "72", "91"])
def test_in_laws_and_cousins_are_no_near_kin(code):
    assert code not in NEAR_KIN


def test_dibao_single_counts_as_dibao_and_as_itself_but_dibao_not_as_single():
    single = [Certification(programme_code="dibao_single")]
    assert certified(single, ("dibao",), ON) and certified(single, ("dibao_single",), ON)
    assert not certified([Certification(programme_code="dibao")], ("dibao_single",), ON)
