"""Ask `identity`: recognised by shape, checked level by level, oddities only warned of."""

import pytest

from desktop.policy.engine import answer_question
from desktop.policy.identity import check_digit

ON = "2026-11-23"


def number(region="513299", born="19800215", sequence="901"):
    first17 = region + born + sequence
    return first17 + check_digit(first17)


def ask(county, text, kind="auto", **question):
    return answer_question(county, {"id": "q", "ask": "identity", "kind": kind, "number": text, "as_of": ON} | question)


@pytest.mark.parametrize(
    ("text", "document", "rule"),
    [
        (number(), "resident_id", "SJ-001"),
        (number("810000"), "hkmo_residence_permit", "SJ-003"),
        (number("820000"), "hkmo_residence_permit", "SJ-003"),
        (number("830000"), "tw_residence_permit", "SJ-004"),
        (number() + "42", "disability_cert_no", "SJ-009"),
        (number() + "42B1", "disability_cert_no", "SJ-009"),
        ("13800001234", "phone", "SJ-011"),
        ("0837-7232100", "phone", "SJ-011"),
    ],
)
def test_a_number_is_recognised_by_its_shape(county, text, document, rule):
    answer = ask(county, text)
    assert (answer["valid"], answer["id_type"], answer["reasons"][0]["rule_id"]) == (True, document, rule)


def test_blanks_around_and_a_small_x_do_not_matter(county):
    assert ask(county, " 11010519491231002x ")["normalized"] == "11010519491231002X"


@pytest.mark.parametrize(
    ("text", "error"),
    [
        (number()[:17], "bad_format"),
        ("X" + number()[1:], "bad_format"),
        (number(born="20260230"), "bad_date"),
        (number(born="20261124"), "date_in_future"),
        (number()[:17] + ("1" if number()[17] != "1" else "2"), "bad_check_digit"),
    ],
)
def test_the_first_level_that_fails_is_the_error_of_SJ_002(county, text, error):
    answer = ask(county, text, kind="resident_id")
    assert answer["errors"] == [error] and answer["valid"] is False, "SJ-002"
    assert answer["birth_date"] is None and answer["sex"] is None


def test_a_birth_on_the_very_day_is_not_in_the_future(county):
    assert ask(county, number(born="20261123"))["age"] == 0


def test_an_old_number_of_fifteen_digits_is_a_bad_format_with_a_word(county):
    answer = ask(county, "513299800215901", kind="resident_id")
    assert (answer["errors"], answer["warnings"]) == (["bad_format"], ["legacy_15"])


def test_another_document_than_was_said_is_a_wrong_type(county):
    assert ask(county, number("810000"), kind="resident_id")["errors"] == ["wrong_type"]
    assert ask(county, number(), kind="tw_residence_permit")["errors"] == ["wrong_type"]
    assert ask(county, number("810000"), kind="tw_residence_permit")["errors"] == ["wrong_type"]


def test_a_certificate_says_kind_and_grade_and_belongs_to_its_holder(county):
    mine = ask(county, number() + "42", holder_id=number().lower())
    assert (mine["disability_kind"], mine["disability_grade"], mine["errors"]) == (4, 2, [])
    assert ask(county, number() + "42", holder_id=number(sequence="902"))["errors"] == ["holder_mismatch"], "SJ-009"


@pytest.mark.parametrize("tail", ["82", "45", "02", "4"])
def test_a_kind_or_grade_outside_the_table_is_a_bad_format(county, tail):
    assert ask(county, number() + tail, kind="disability_cert_no")["errors"] == ["bad_format"], "SJ-009"


def test_what_was_stated_differently_is_only_warned_of(county):
    answer = ask(county, number(), stated_sex="2", stated_birth_date="1980-02-16")
    assert answer["valid"] is True and answer["warnings"] == ["sex_mismatch", "birth_date_mismatch"]


def test_more_than_120_years_are_implausible_and_120_are_not(county):
    assert ask(county, number(born="19061123"))["warnings"] == []
    assert ask(county, number(born="19051123"))["warnings"] == ["age_implausible"]


def test_an_account_that_fails_luhn_is_only_warned_of_by_SJ_010(county):
    answer = ask(county, "6222020000000001", kind="bank_account")
    assert answer["valid"] is True and answer["warnings"] == ["luhn_failed"], "SJ-010"
    assert ask(county, "62220200000000", kind="bank_account")["errors"] == ["bad_format"]


@pytest.mark.parametrize("text", ["12800001234", "1380000123", "138000012345"])
def test_a_phone_of_no_known_shape_is_a_bad_format(county, text):
    assert ask(county, text, kind="phone")["errors"] == ["bad_format"], "SJ-011"
