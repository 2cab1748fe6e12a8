"""Identity numbers: what holds, what does not, and that the sentence names the place."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.policy import identity

ON = date(2026, 9, 30)
FIRST17 = "51329919800215901"
GOOD = FIRST17 + identity.check_digit(FIRST17)


def test_a_right_number_tells_birth_sex_and_region():
    finding = identity.check_id(GOOD, ON)
    assert finding.ok and finding.birth == date(1980, 2, 15)
    assert finding.sex == 1 and finding.region == "513299"


def test_how_a_number_was_typed_does_not_matter():
    typed = "’" + GOOD[:6] + "-" + GOOD[6:14] + " \u00a0\u200b" + GOOD[14:]
    wide = "".join(chr(ord(char) + 0xFEE0) for char in GOOD)
    assert identity.normalize_id(typed) == GOOD == identity.normalize_id(wide)
    assert identity.normalize_id("51329919800215901x").endswith("X")


@pytest.mark.parametrize(
    ("typed", "code", "words"),
    [
        ("", "E_ID_BLANK", "还没有填"),
        ("5.13299E+17", "E_ID_PRECISION", "Excel"),
        ("513299800215901", "E_ID_15", "15 位"),
        (GOOD[:10] + GOOD[11:], "E_ID_LENGTH", "少 1 位：现在 17 位"),
        (GOOD + "1", "E_ID_LENGTH", "多 1 位"),
        (GOOD[:7] + "O" + GOOD[8:], "E_ID_CHARS", "第 8 位"),
        ("513299198002309013", "E_ID_BIRTHDATE", "出生日期 19800230：2 月没有 30 号"),
        ("513299202610019013", "E_ID_BIRTHDATE", "还晚"),
        ("513299189910019013", "E_ID_BIRTHDATE", "1900"),
    ],
)
def test_a_wrong_number_gets_its_code_and_a_sentence_that_names_the_place(typed, code, words):
    finding = identity.check_id(typed, ON)
    assert finding.code == code and words in finding.text
    assert finding.birth is None and finding.sex is None


@given(st.dates(date(1900, 1, 1), ON), st.integers(0, 999), st.integers(0, 16), st.integers(1, 9))
def test_one_digit_copied_wrong_never_passes(born, sequence, place, shift):
    first17 = f"513299{born:%Y%m%d}{sequence:03d}"
    number = first17 + identity.check_digit(first17)
    assert identity.check_id(number, ON).ok
    wrong = number[:place] + str((int(number[place]) + shift) % 10) + number[place + 1 :]
    assert not identity.check_id(wrong, ON).ok


def test_the_checksum_sentence_gives_what_was_expected_and_what_was_written():
    other = str((int(GOOD[17]) + 1) % 10) if GOOD[17] != "X" else "1"
    text = identity.check_id(GOOD[:17] + other, ON).text
    assert f"应是 {GOOD[17]}，您写的是 {other}" in text


def test_an_old_number_becomes_its_new_form():
    assert identity.upgrade_15(GOOD[:6] + GOOD[8:17]) == GOOD
    assert identity.upgrade_15("123") is None


def test_other_documents_are_judged_by_their_own_rule():
    first17 = "81000019900101901"
    permit = first17 + identity.check_digit(first17)
    assert identity.check_id(permit, ON, "hkmo_residence_permit").warning == ""
    assert identity.check_id(GOOD, ON, "tw_residence_permit").warning
    assert identity.check_id("H12345678", ON, "hkmo_travel_permit").ok
    assert not identity.check_id("H1234567", ON, "hkmo_travel_permit").ok
    assert identity.check_id("CHN123456789012", ON, "foreigner_pr_id").ok
    assert identity.check_id("", ON, "no_id").ok


def test_a_certificate_belongs_to_its_person():
    assert identity.check_certificate(GOOD + "42", GOOD).grade == 2
    assert identity.check_certificate(GOOD + "42B1", None).kind == 4
    assert identity.check_certificate(GOOD + "82", GOOD).code == "E_CERT_FORMAT"
    mismatch = identity.check_certificate("513298" + GOOD[6:] + "42", GOOD)
    assert mismatch.code == "E_CERT_MISMATCH" and "第 6 位" in mismatch.text


def test_accounts_and_phones():
    assert identity.check_account("9905 1322 4000 0010 078").code in ("", "W_BANK_LUHN")
    assert identity.check_account("1234").code == "E_BANK_LENGTH"
    assert identity.check_account("9.90513E+18").code == "E_BANK_PRECISION"
    assert identity.check_account("4242424242424242").code == ""
    assert identity.check_account("4242424242424241").code == "W_BANK_LUHN"
    assert identity.check_phone("0837-7232345").code == ""
    assert identity.check_phone("1391234567").code == "W_PHONE"


def test_age_counts_full_years():
    assert identity.age_on(date(1946, 10, 1), ON) == 79
    assert identity.age_on(date(1946, 9, 30), ON) == 80


def test_the_foreigners_card_has_a_new_and_an_old_number_SJ_005():
    first17 = "911084" + "19800215" + "901"
    assert identity.check_id(first17 + identity.check_digit(first17), ON, "foreigner_pr_id").ok, "SJ-005"
    assert identity.check_id("USA110080021501", ON, "foreigner_pr_id").ok
    assert identity.check_id("USA1100800215", ON, "foreigner_pr_id").code == "E_ID_LENGTH"


@pytest.mark.parametrize(
    ("id_type", "right", "wrong"),
    [
        ("hkmo_travel_permit", "H12345678", "A12345678"),
        ("tw_travel_permit", "12345678", "1234567"),
        ("passport", "E12345678", "E123-一"),
    ],
)
def test_travel_documents_have_a_shape_and_no_check_digit_SJ_006(id_type, right, wrong):
    assert identity.check_id(right, ON, id_type).ok, "SJ-006"
    assert identity.check_id(wrong, ON, id_type).code == "E_ID_CHARS"


def test_a_person_without_papers_needs_no_number_SJ_007():
    assert identity.check_id("", ON, "no_id").ok, "SJ-007"
