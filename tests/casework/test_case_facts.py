"""Facts from people and F-08 against examples worked by hand; what the form does not say is left out."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import resources
from desktop.casework.case_facts import Home, Someone, facts_of
from desktop.casework.kinship import to_applicant
from desktop.policy.engine import decide
from desktop.policy.pack import CountyPack

TRAINING = CountyPack.read(json.loads(resources.read_text("policy", "training_pack.json")))


def someone(ref: str = "p1", **values: Any) -> Someone:
    plain = {"ref": ref, "row": f"row-{ref}", "name": "测试甲", "relation": "01", "birth_date": "1980-03-05"}
    return Someone(**(plain | values))


def facts(*people: Someone, **answers: Any) -> dict[str, Any]:
    return facts_of(
        Home(people=people or (someone(),), hukou="rural", visited_on="2026-11-05", answers=answers)
    ).facts


def income(kind: str, gross: str, cost: str = "0.00", **values: Any) -> dict[str, Any]:
    return {"kind": kind, "gross": gross, "cost": cost, "who": "row-p1"} | values


def test_people_alone_say_who_they_are_and_nothing_else():
    assert facts(someone(sex="1")) == {
        "area": "rural",
        "members": [{"ref": "p1", "relation": "01", "birth_date": "1980-03-05", "sex": "1"}],
    }


@pytest.mark.parametrize(
    ("labor", "able"), [("1", None), ("2", None), ("3", False), ("4", False), (None, None)]
)
def test_only_all_ability_lost_is_not_able_to_work(labor, able):
    assert facts(someone(labor=labor))["members"][0].get("able_to_work") is able


@pytest.mark.parametrize("job", ["2", "3", "4", "5", "6"])
def test_jobs_are_employment(job):
    assert facts(someone(job=job))["members"][0]["employed"] is True


@pytest.mark.parametrize("job", ["1", "7", "8", "9", "10", "11", "12", None])
def test_farming_school_and_no_job_are_not_employment(job):
    assert "employed" not in facts(someone(job=job))["members"][0]


def test_a_wage_in_table_d_is_employment_of_its_earner():
    found = facts(someone(job="1"), someone("p2", relation="12"), income=[income("06", "100.00")])
    assert [member.get("employed") for member in found["members"]] == [True, None]


@pytest.mark.parametrize(
    ("study", "stage"),
    [("1", "kindergarten"), ("2", "compulsory"), ("3", "compulsory"), ("9", "compulsory"), ("4", "senior_high"),
     ("5", "secondary_vocational"), ("6", "junior_college"), ("7", "undergraduate"), ("8", "postgraduate")],
)  # fmt: skip
def test_school_stages(study, stage):
    assert facts(someone(study=study, job="7"))["members"][0]["education"] == {"stage": stage, "full_time": True}


@pytest.mark.parametrize("study", ["10", "11", "12", None])
def test_taught_at_home_not_begun_and_dropped_out_are_at_no_school(study):
    assert "education" not in facts(someone(study=study))["members"][0]


def test_a_certificate_is_ten_years_old_when_it_runs_out():
    member = facts(someone(dis_kind="4", dis_grade="2", certificate_until="2030-06-30"))["members"][0]
    assert member["disabilities"] == [{"kind": 4, "grade": 2, "cert_issued_on": "2020-06-30"}]
    assert facts(someone(dis_kind="5", dis_grade="1"))["members"][0]["disabilities"] == [{"kind": 5, "grade": 1}]
    assert "disabilities" not in facts(someone(dis_kind="5"))["members"][0]


@pytest.mark.parametrize(
    ("reason", "status"),
    [("服刑", {"kind": "in_prison"}), ("强制隔离戒毒", {"kind": "compulsory_rehab"}),
     ("宣告失踪", {"kind": "declared_missing"}),
     ("脱离家庭3年以上教职人员", {"kind": "clergy_away", "since": "2023-11-05"})],
)  # fmt: skip
def test_reasons_not_to_count_somebody_are_states(reason, status):
    assert facts(someone(exclude_reason=reason))["members"][0]["statuses"] == [status]


def test_what_the_province_adds_is_no_state_of_the_contract():
    assert "statuses" not in facts(someone(exclude_reason="省规定其他"))["members"][0]


def test_wages_go_in_before_costs_and_everything_else_net():
    found = facts(income=[income("07", "30000.00", "5000.00"), income("03", "11200.00", "1800.00")])
    assert found["incomes"] == [
        {"kind": "wage", "amount_year": "30000.00", "member": "p1"},
        {"kind": "business_net", "amount_year": "9400.00", "member": "p1"},
    ]


def test_a_loss_counts_as_nothing_and_is_said():
    found = facts_of(Home(people=(someone(),), answers={"income": [income("03", "100.00", "300.00")]}))
    assert found.facts["incomes"][0]["amount_year"] == "0.00" and "小于 0" in found.remarks[0]


def test_an_income_of_somebody_outside_the_family_carries_no_member():
    assert "member" not in facts(income=[income("12", "5.00", who="邻居")])["incomes"][0]


@pytest.mark.parametrize(
    ("words", "kind"),
    [("养老金个人账户", "personal_account_pension"), ("中央基础养老金", "central_basic_pension"),
     ("高龄津贴", "elder_allowance"), ("赡养抚养费", "transfer_net"), ("奖学金", "scholarship"),
     ("残疾人两项补贴", "disability_two_subsidies")],
)  # fmt: skip
def test_transfers_go_by_their_kind(words, kind):
    assert facts(income=[income("11", "10.00", transfer_kind=words)])["incomes"][0]["kind"] == kind


def test_a_row_that_is_not_finished_is_left_out_and_said():
    half = [{"kind": "11", "gross": "10.00"}, {"kind": "03"}]
    found = facts_of(Home(people=(someone(),), answers={"income": half}))
    assert "incomes" not in found.facts and len(found.remarks) == 2


def test_property_is_money_houses_and_vehicles_and_debts_take_nothing_off():
    rows = [
        {"kind": "1", "value": "5000.00"}, {"kind": "2", "value": "100.50"}, {"kind": "15", "value": "9000.00"},
        {"kind": "8", "qty": "90"}, {"kind": "4", "vehicle_kind": "摩托车", "value": "1.00"}, {"kind": "5", "qty": "1"},
        {"kind": "11", "qty": "3"},
    ]  # fmt: skip
    found = facts(assets=rows)
    assert found["property"] == {
        "financial_assets": "5100.50",
        "houses": 1,
        "vehicles": ["motorcycle", "farm_machine"],
    }
    assert found["has_contracted_land"] is True


def test_expenses_are_what_the_family_paid_itself():
    rows = [
        {"kind": "2", "total": "9000.00", "reimb": "6000.00", "bills": 3},
        {"kind": "3", "total": "100.00", "reimb": "0.00", "bills": 0},
        {"kind": "6", "total": "100.00", "reimb": "200.00", "bills": 1},
    ]
    assert facts(expenses=rows)["expenses"] == [
        {"kind": "medical", "amount": "3000.00", "receipt": True},
        {"kind": "education", "amount": "100.00", "receipt": False},
        {"kind": "other", "amount": "0.00", "receipt": True},
    ]


def test_whom_to_support_is_said_once_everybody_was_asked():
    one, two = someone(covered=True), someone("p2", relation="12", covered=False)
    assert facts(one, two)["protected_members"] == ["p1"]
    assert "protected_members" not in facts(one, someone("p2", relation="12"))


def test_a_grade_that_no_expert_gave_is_no_grade():
    assert facts(h_grade="C")["house_grade"] == "C" and "house_grade" not in facts(h_grade="未鉴定")


def test_a_register_of_residents_does_not_say_which_standard_holds():
    assert "area" not in facts_of(Home(people=(someone(),), hukou="resident")).facts


def test_people_without_relation_or_birth_are_asked_about():
    found = facts_of(Home(people=(someone(), someone("p2", relation=None, birth_date=None, name="测试乙"))))
    assert [(lack.key, lack.words) for lack in found.lacks] == [
        ("members.p2.relation", "测试乙与申请人的关系"),
        ("members.p2.birth_date", "测试乙的出生日期"),
    ]


def test_a_family_of_three_worked_by_hand():
    """(9400 + 12000 - 200 × 12 - 3000) ÷ 12 ÷ 3 = 444.44 < 500, band 150 × 3; the basic pension is left out."""
    people = someone(job="1"), someone("p2", relation="12"), someone("p3", relation="20", birth_date="2015-01-01")
    found = facts(
        *people,
        income=[
            income("03", "11200.00", "1800.00"), income("06", "12000.00", "1000.00"),
            income("11", "1380.00", transfer_kind="中央基础养老金"),
        ],
        expenses=[{"kind": "2", "total": "9000.00", "reimb": "6000.00", "bills": 3}],
    )  # fmt: skip
    question = {"id": "1", "ask": "assess", "programme_code": "dibao", "accepted_on": "2026-11-05", "facts": found}
    answer = decide(TRAINING, question).as_json("1")
    assert (answer["outcome"], answer["per_capita_month"], answer["amount_month"]) == ("eligible", "444.44", "450.00")


@pytest.mark.parametrize(
    ("applicant", "other", "sex", "own", "seen"),
    [
        ("02", "12", "2", "1", "12"), ("01", "20", "1", "1", "20"),
        ("12", "02", "1", "2", "11"), ("12", "20", "1", "2", "20"), ("12", "51", "1", "2", "53"),
        ("11", "52", "2", "1", "56"), ("12", "55", "1", "2", "51"), ("12", "77", "2", "2", "97"),
        ("20", "02", "1", "1", "51"), ("30", "12", "2", "2", "52"), ("20", "30", "2", "1", "70"),
        ("20", "51", "1", "1", "60"), ("20", "41", "1", "1", None), ("20", "38", "2", "1", None),
        ("52", "02", "1", "2", "20"), ("51", "12", "2", "1", "38"), ("52", "20", "1", "2", "40"),
        ("52", "51", "1", "2", None), ("71", "02", "1", "1", "70"), ("71", "51", "1", "1", "51"),
        ("71", "12", "2", "1", "97"), ("41", "02", "1", "1", "60"), ("41", "20", "1", "1", None),
        ("98", "02", "1", "1", None), ("20", "98", "1", "1", "98"),
    ],
)  # fmt: skip
def test_relations_turn_from_the_head_to_the_applicant_where_that_follows(applicant, other, sex, own, seen):
    assert to_applicant(applicant, other, sex, own) == seen


CODES = st.sampled_from([*(f"{n:02d}" for n in (1, 2)), *map(str, range(10, 99))])


@given(CODES, CODES, st.sampled_from(["1", "2", "0", None]), st.sampled_from(["1", "2", None]))
def test_a_relation_seen_from_the_applicant_is_a_code_or_open(applicant, other, sex, own):
    seen = to_applicant(applicant, other, sex, own)
    assert seen is None or (len(seen) == 2 and seen.isdigit())
