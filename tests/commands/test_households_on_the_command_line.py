"""Households, persons and cases as a clerk works on them with a script."""

import pytest


def test_a_household_is_added_found_and_shown_with_masked_numbers(desk):
    added = desk.household()
    assert [member["name"] for member in added["members"]] == ["测试甲", "测试乙"]
    found = desk.do("household", "list", "--find", "ceshijia")["households"]
    assert [row["household_id"] for row in found] == [added["household_id"]]
    shown = desk.do("household", "show", added["household_id"])
    assert shown["members"][0]["id_number"] == "5132**********0014"
    assert shown["members"][0]["phone"] == "138****1234"


@pytest.mark.parametrize(
    "number,code",
    [
        ("51329919800305001X", "E_ID_CHECKSUM"),
        ("51329919800230001X", "E_ID_BIRTHDATE"),
        ("5132991980030500", "E_ID_LENGTH"),
        ("513299800305001", "E_ID_15"),
        ("5.13299198003050E+17", "E_ID_PRECISION"),
        ("51329919800305O014", "E_ID_CHARS"),
    ],
)
def test_a_number_that_cannot_be_right_is_kept_with_a_warning(desk, number, code):
    added = desk.household({"name": "测试丙", "id_number": number})
    assert [warning["code"] for warning in added["warnings"]] == [code]
    person = desk.do("person", "show", added["members"][0]["person_id"], "--reveal", "核对证件")
    assert person["id_number"] == number.upper()


def test_whole_numbers_are_shown_only_with_a_reason_and_that_is_written_down(desk):
    person = desk.household()["members"][0]["person_id"]
    assert desk.do("person", "show", person)["id_number"] == "5132**********0014"
    assert desk.do("person", "show", person, "--reveal", "核对账号")["id_number"] == "513299198003050014"
    assert desk.refuse("person", "show", person, "--reveal", "")["code"] == "reason.missing"


def test_a_certificate_and_an_account_are_set_and_masked(desk):
    person = desk.household()["members"][1]["person_id"]
    answer = desk.do(
        "person",
        "set",
        person,
        "certificate.kind=5",
        "certificate.grade=1",
        "certificate.number=51329920150101001951",
        "certificate.valid_until=2030-01-01",
        "account.payee=测试甲",
        "account.number=6228480000000000018",
    )
    assert answer["certificate.number"] == "5132************1951"
    assert answer["account.number"].endswith("0018") and answer["account.number"].startswith("****")
    assert desk.do("person", "set", person, "certificate.kind=")["certificate.kind"] is None


@pytest.mark.parametrize(
    "values,code",
    [
        (["nonsense=1"], "person.unknown_field"),
        (["birth_date=2026-02-30"], "person.bad_date"),
        (["birth_date=2062-01-01"], "person.bad_date"),
        (["sex=男女"], "person.bad_code"),
        (["ethnicity=999"], "person.bad_code"),
        (["name="], "person.no_name"),
        (["id_type=stolen"], "person.bad_code"),
        (["novalue"], "value.not_a_pair"),
        (["phone=1", "phone=2"], "value.twice"),
        (["name=" + "长" * 51], "person.bad_value"),
        (["certificate.grade=7"], "person.bad_code"),
        (["job=@no-such-file.json"], "file.missing"),
    ],
)
def test_bad_values_of_a_person_are_refused_and_change_nothing(desk, values, code):
    person = desk.household()["members"][0]["person_id"]
    before = desk.do("person", "show", person)
    assert desk.refuse("person", "set", person, *values)["code"] == code
    assert desk.do("person", "show", person) == before


@pytest.mark.parametrize(
    "content,code",
    [
        ({"village": "上磨村", "members": []}, "household.bad_file"),
        ({"village": "上磨村"}, "household.bad_file"),
        ([], "household.bad_file"),
        ({"members": ["甲"]}, "household.bad_file"),
        ({"members": [{}]}, "person.no_name"),
        ({"members": [{"name": "甲测"}], "villag": "x"}, "household.unknown_field"),
        ({"members": [{"name": "甲测"}], "hukou": "moon"}, "household.bad_code"),
        ({"members": [{"name": "甲测", "relation": "10"}]}, "household.head_relation"),
        ({"members": [{"name": "甲测", "birth_date": ["1980"]}]}, "person.bad_value"),
    ],
)
def test_a_file_that_is_no_household_is_refused_and_nothing_is_added(desk, content, code):
    assert desk.refuse("household", "add", desk.file(content))["code"] == code
    assert desk.do("household", "list")["households"] == []


def test_absurd_files_are_refused_in_words(desk, tmp_path):
    binary = tmp_path / "x.json"
    binary.write_bytes(bytes(range(256)) * 10)
    deep = tmp_path / "deep.json"
    deep.write_text("[" * 100_000)
    assert desk.refuse("household", "add", binary)["code"] == "file.not_json"
    assert desk.refuse("household", "add", deep)["code"] == "file.not_json"
    assert desk.refuse("household", "add", tmp_path)["code"] == "file.missing"
    assert desk.refuse("household", "add", tmp_path / "none.json")["code"] == "file.missing"
    assert desk.refuse("household", "add", "-", stdin="not json")["code"] == "file.not_json"


def test_a_case_takes_its_number_and_its_first_event(desk):
    household = desk.household()["household_id"]
    first = desk.do(
        "case",
        "add",
        "--household",
        household,
        "--programme",
        "dibao",
        "--accepted-on",
        "2026-11-02",
    )
    second = desk.do(
        "case",
        "add",
        "--household",
        household,
        "--programme",
        "dibao_single",
        "--accepted-on",
        "2026-11-03",
    )
    assert (first["case_no"], second["case_no"]) == (
        "513299-102-DB-2026-00001",
        "513299-102-DB-2026-00002",
    )
    assert first["status"] == "accepted" and first["events"][0]["on"] == "2026-11-02"
    rows = desk.do("case", "list", "--programme", "dibao", "--status", "accepted")["cases"]
    assert [row["case_id"] for row in rows] == [first["case_id"]]


@pytest.mark.parametrize(
    "programme,day,code",
    [
        ("dibaoo", "2026-11-02", "case.unknown_programme"),
        ("dibao", "2026-13-02", "case.bad_date"),
        ("dibao", "2026-11-06", "case.bad_date"),
        ("dibao", "yesterday", "case.bad_date"),
    ],
)
def test_a_case_that_cannot_be_is_refused(desk, programme, day, code):
    household = desk.household()["household_id"]
    asked = desk.refuse(
        "case",
        "add",
        "--household",
        household,
        "--programme",
        programme,
        "--accepted-on",
        day,
    )
    assert asked["code"] == code


def test_unknown_ids_are_refused_for_every_kind(desk):
    for verb in (
        ["household", "show"],
        ["person", "show"],
        ["case", "show"],
        ["visit", "show"],
    ):
        assert desk.refuse(*verb, "no-such-id")["code"].endswith(".unknown")
        assert desk.refuse(*verb, "01a214d7-b2c0-701b-8279-a6f77c9b9791")["code"].endswith(".unknown")


def test_the_same_identity_number_twice_is_asked_about(desk):
    desk.household()
    again = desk.household({"name": "测试丁", "id_number": "513299198003050014"})
    assert "W_ID_KNOWN" in [warning["code"] for warning in again["warnings"]]


def test_nothing_personal_stands_on_standard_error(desk):
    desk.household()
    desk.refuse(
        "household",
        "add",
        desk.file({"members": [{"name": "秘密人", "id_number": "513299198003050014", "sex": "x"}]}),
    )
    assert "秘密人" not in desk.err and "513299198003050014" not in desk.err
