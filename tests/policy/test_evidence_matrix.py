"""The table of evidence by programme, and what may stand in for evidence."""

from typing import get_args

import pytest

from desktop.policy.evidence_matrix import COLUMNS, FETCHED, MATRIX, NAMES, Mark, need, status_allowed


def test_every_code_has_a_cell_for_every_column_and_only_known_marks():
    assert len(MATRIX) == 26 * (sum(len(column) for column in COLUMNS) + 3) and len(NAMES) == 26
    assert {mark for found in MATRIX.values() for mark in found.marks} <= set(get_args(Mark))


def test_what_departments_are_asked_for_is_nowhere_asked_of_the_applicant_EV_R1():
    assert all("R" not in MATRIX[code, "dibao"].marks for code in FETCHED), "EV-R1"
    assert all("R" not in found.marks for (code, _), found in MATRIX.items() if code in FETCHED)


def test_children_have_neither_a_review_nor_a_notice_in_their_file():
    assert MATRIX["EV-20", "orphan"].marks == MATRIX["EV-21", "home_teaching"].marks == ("X",)


def test_a_programme_outside_the_matrix_has_no_needs():
    assert need("EV-01", "funeral_relief") is None


@pytest.mark.parametrize(("code", "allowed"), [("EV-12", True), ("EV-16", True), ("EV-01", False), ("EV-05", False)])
def test_a_promise_stands_in_only_for_what_is_hard_to_get_EV_R2(code, allowed):
    assert status_allowed("waived_by_commitment", code, "dibao") is allowed, "EV-R2"


def test_later_is_for_emergencies_and_people_without_papers_EV_R3():
    assert status_allowed("supplement_later", "EV-01", "temp_emergency"), "EV-R3"
    assert not status_allowed("supplement_later", "EV-01", "dibao")
    assert status_allowed("supplement_later", "EV-01", "dibao", no_id=True)
    assert status_allowed("provided", "EV-01", "dibao")


def test_a_tekun_person_states_who_owes_support_and_lets_both_be_checked_TK_030():
    assert MATRIX["EV-15", "tekun"].marks == ("R",), "TK-030"
    assert MATRIX["EV-05", "tekun"].note == "含义务人"


def test_an_old_persons_allowance_asks_for_no_paper_of_income():
    assert [code for code in NAMES if MATRIX[code, "elder_allowance"].marks] == ["EV-01", "EV-23"]
