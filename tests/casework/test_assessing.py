"""The rules asked about cases and visits of a real store; every answer stands on what it was given by."""

from datetime import date
from functools import partial
from typing import Any

import pytest

from db.refused import Refused
from desktop.casework import assessing, cases, packs, persons, visits
from desktop.casework.packed import packed, unpacked
from tests.casework.conftest import identity_number
from tests.casework.test_packs import pack

INCOME = [{"kind": "03", "gross": "11200", "cost": "1800", "proof": "问到"}]


def home_of(township: Any, **values: Any) -> Any:
    """Head and wife with known births, on a rural register."""
    given = {"hukou": "rural", "village": "上磨村"} | values
    added = township.household("测试甲", "测试乙", **given)
    head, other = (member["person_id"] for member in added.members)
    township.run(lambda work: persons.change(work, other, {"relation": "12", "birth_date": "1982-01-01"}))
    return added.household_id, head, other


def case_of(township: Any, household: str, programme: str = "dibao", person: str | None = None) -> str:
    found = township.run(lambda work: cases.add(work, household, programme, "2026-11-02", person))
    return str(found.case_id)


def visit_of(township: Any, household: str, case: str | None = None, **answers: Any) -> str:
    """An open F-08 of 4 November with these answers."""
    begun = township.run(
        lambda work: visits.add(
            work, form_code="F-08", visited_on="2026-11-04", household_id=household, case_id=case,
            investigators=("王强", "李敏"),
        )
    )  # fmt: skip
    township.run(lambda work: visits.merge_answers(work, begun.visit_id, answers))
    return str(begun.visit_id)


def test_a_case_is_assessed_from_the_people_and_the_visit(township):
    household, head, _ = home_of(township)
    case = case_of(township, household)
    visit_of(township, household, case, income=[INCOME[0] | {"who": head}])
    found = township.run(lambda work: assessing.assess_case(work, case))
    assert found.outcome == "eligible"
    assert found.answer["per_capita_month"] == "391.67"  # 9400 / 12 / 2
    assert found.amount_month == "300.00"  # band 300 to 500: 150 each
    assert (found.assessed_on, found.pack_version, found.recorded_by) == ("2026-11-05", "training-1", "王强")
    assert {"DB-079", "DB-042"} <= {step.rule_id for step in found.trace}
    assert township.look(lambda work: assessing.of_case(work, case)) == found
    assert township.read.case(case).pack_version == "training-1"


def test_a_visit_is_assessed_while_it_is_open_and_before_there_is_a_case(township):
    household, head, _ = home_of(township)
    visit = visit_of(township, household, income=[INCOME[0] | {"who": head, "gross": "99800"}])
    found = township.run(lambda work: assessing.assess_visit(work, visit))
    assert (found.outcome, found.case_id, found.visit_id) == ("not_eligible", None, visit)
    assert township.look(lambda work: assessing.of_visit(work, visit)) == found


def test_what_must_be_known_first_is_named(township):
    household, _, other = home_of(township, hukou="resident")
    township.run(lambda work: persons.change(work, other, {"relation": ""}))
    case = case_of(township, household)
    with pytest.raises(Refused, match=r"assess\.facts_missing") as refusal:
        township.run(lambda work: assessing.assess_case(work, case))
    assert "测试乙与申请人的关系" in refusal.value.what and "户口性质" in refusal.value.what
    assert township.look(lambda work: assessing.of_case(work, case)) is None


def test_facts_that_no_form_holds_are_given_and_people_in_them_named_by_id(township):
    household, head, _ = home_of(township)
    case = case_of(township, household, "medical_aid", head)
    bill = {"total": "10000.00", "out_of_policy": "0.00", "basic_paid": "5000.00", "critical_paid": "0.00"}
    given = {"medical": bill, "certifications": [{"programme_code": "dibao", "member": head}]}
    found = township.run(lambda work: assessing.assess_case(work, case, given))
    assert found.outcome == "eligible"
    assert found.facts["certifications"][0]["member"] == found.facts["members"][0]["ref"]


def test_facts_that_cannot_be_are_refused(township):
    household, *_ = home_of(township)
    case = case_of(township, household)
    for given in ({"nonsense": 1}, {"property": {"financial_assets": "viel"}}, {"area": "moon"}):
        with pytest.raises(Refused, match=r"assess\.bad_facts"):
            township.run(partial(assessing.assess_case, case_id=case, given=given))


def test_one_person_is_judged_as_the_applicant(township):
    household, _, other = home_of(township)
    case = case_of(township, household, "elder_allowance", other)
    found = township.run(lambda work: assessing.assess_case(work, case))
    first, second = found.facts["members"]
    assert (first["birth_date"], first["relation"], second["relation"]) == ("1982-01-01", "01", "11")
    assert found.outcome == "not_eligible"


def test_a_relation_corrected_in_the_visit_goes_before_the_registers(township):
    household, head, other = home_of(township)
    case = case_of(township, household)
    rows = [{"row": head, "relation": "02"}, {"row": other, "relation": "77"}]
    visit_of(township, household, case, members=rows)
    found = township.run(lambda work: assessing.assess_case(work, case))
    assert [member["relation"] for member in found.facts["members"]] == ["01", "77"]


def test_whoever_left_is_still_the_one_whom_the_case_is_about(township):
    household, _, other = home_of(township)
    case = case_of(township, household, "elder_allowance", other)

    def leave(work: Any) -> None:
        persons.find(work.session, other).left_on = "2026-11-03"

    township.run(leave)
    found = township.run(lambda work: assessing.assess_case(work, case))
    assert found.facts["members"][0]["birth_date"] == "1982-01-01" and len(found.facts["members"]) == 2


def test_a_live_case_of_the_household_is_a_certification(township):
    household, *_ = home_of(township)
    paid, asked = case_of(township, household), case_of(township, household, "education_aid")

    def pay(work: Any) -> None:
        cases.find(work.session, paid).status = "paying"

    township.run(pay)
    found = township.run(lambda work: assessing.assess_case(work, asked))
    assert found.facts["certifications"] == [{"programme_code": "dibao"}]


def test_an_old_assessment_asked_again_gives_its_old_answer_by_its_own_pack(township):
    household, head, _ = home_of(township)
    case = case_of(township, household)
    visit_of(township, household, case, income=[INCOME[0] | {"who": head}])
    old = township.run(lambda work: assessing.assess_case(work, case))
    dearer = pack(pack_version="t-9", benefit_mode="gap")
    township.run(lambda work: packs.install(work, dearer, None))
    new = township.run(lambda work: assessing.assess_case(work, case))
    assert (old.amount_month, new.amount_month) == ("300.00", "216.67") and new.pack_version == "t-9"
    again = township.look(lambda work: assessing.again(work, old.assessment_id))
    assert again.same and again.now["amount_month"] == "300.00"


def test_later_changes_do_not_touch_an_assessment_that_was_made(township):
    household, _, other = home_of(township)
    case = case_of(township, household)
    old = township.run(lambda work: assessing.assess_case(work, case))
    township.run(lambda work: persons.change(work, other, {"birth_date": "2015-01-01"}))
    again = township.look(lambda work: assessing.again(work, old.assessment_id))
    assert again.same and again.before == old


def test_the_latest_assessment_is_the_cases(township):
    household, *_ = home_of(township)
    case = case_of(township, household)
    township.run(lambda work: assessing.assess_case(work, case), on=date(2026, 12, 1))
    later = township.run(lambda work: assessing.assess_case(work, case), on=date(2026, 12, 2))
    assert township.look(lambda work: assessing.of_case(work, case)) == later


def test_tekun_asks_for_the_numbers_of_those_who_owe_support(township):
    household, head, _ = home_of(township)
    case = case_of(township, household, "tekun", head)
    row = {"name": "测试丙", "relation": "20", "support_m": "0", "support_real": "否", "income_m": "1000"}
    visit = visit_of(township, household, case, obligors=[row])
    with pytest.raises(Refused, match="义务人测试丙的证件号码"):
        township.run(lambda work: assessing.assess_case(work, case))
    kept = township.read.visit(visit).answers["obligors"][0]["row"]
    number = {"obligors": [{"row": kept, "id_no": identity_number("19700101")}]}
    township.run(lambda work: visits.merge_answers(work, visit, number))
    found = township.run(lambda work: assessing.assess_case(work, case))
    obligor = {"relation": "20", "birth_date": "1970-01-01", "income_year": "12000.00"}
    assert found.facts["obligors"] == [obligor]


def test_packed_content_comes_back_and_damage_is_told():
    assert unpacked(packed({"a": ["测试"]})) == {"a": ["测试"]} and unpacked(None) is None
    for data in (b"", b"x", packed([1])[:-2], b"\x00" * 50):
        with pytest.raises(Refused, match=r"record\.damaged"):
            unpacked(data)


def test_an_assessment_is_small(township):
    household, *_ = home_of(township)
    case = case_of(township, household)
    found = township.run(lambda work: assessing.assess_case(work, case))
    assert len(packed(found.as_json())) < 3000


def test_a_trial_of_a_visit_keeps_nothing(township):
    household, head, _ = home_of(township)
    visit = visit_of(township, household, income=[INCOME[0] | {"who": head}])
    tried = township.look(lambda work: assessing.trial(work, visit))
    assert (tried.outcome, tried.amount_month, tried.assessment_id) == ("eligible", "300.00", "")
    assert township.look(lambda work: assessing.of_visit(work, visit)) is None


def test_assessments_of_a_case_are_listed_latest_first(township):
    household, _, _ = home_of(township)
    case = case_of(township, household)
    first = township.run(lambda work: assessing.assess_case(work, case))
    second = township.run(lambda work: assessing.assess_case(work, case), on=date(2026, 11, 9))
    assert township.look(lambda work: assessing.listed(work, case)) == (second, first)
