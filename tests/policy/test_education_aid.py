"""教育救助 and 送教上门: pupils of certified households, and children who are taught at home."""

import pytest

from tests.policy.assessing import assess, certified, failed, passed, person

START = "2026-09-01"
ASSESSMENT = {"on": "2026-05-01", "conclusion": "home_teaching"}


def pupil(stage="compulsory", **more):
    return person("2012-01-01", **({"education": {"stage": stage}} if stage else {}), **more)


def ask(county, member, certifications, **facts):
    return assess(county, "education_aid", {"members": [member], "certifications": certifications, **facts})


@pytest.mark.parametrize(
    "code", ["tekun", "dibao", "dibao_single", "edge_family", "rigid_expense_family", "orphan", "de_facto_orphan"]
)
def test_pupils_of_every_certified_kind_are_helped_jy_001(county, code):
    answer = ask(county, pupil(), certified(code))
    assert answer["outcome"] == "eligible" and passed(answer) >= {"JY-001"}


def test_another_childs_certification_helps_only_that_child_jy_001(county):
    assert ask(county, pupil(), certified("orphan", member="m2"))["outcome"] == "not_eligible"
    assert ask(county, pupil(), certified("orphan", member="m1"))["outcome"] == "eligible"


def test_who_is_not_at_school_still_gets_the_certificate_jy_003(county):
    answer = ask(county, pupil(None), certified("dibao"))
    assert answer["outcome"] == "not_eligible" and failed(answer) == {"JY-001"}
    assert answer["documents_due"] == ["identity_certificate"]


def test_postgraduates_are_for_people_to_decide_jy_001(county):
    answer = ask(county, pupil("postgraduate"), certified("dibao"))
    assert answer["outcome"] == "manual_review" and answer["push"] is None
    assert ask(county, pupil("postgraduate"), [])["outcome"] == "not_eligible"


@pytest.mark.parametrize(
    ("codes", "listed", "push"),
    [(("dibao",), False, "add"), (("dibao",), True, "none"), ((), True, "remove"), ((), False, "none")],
)
def test_the_terms_list_is_brought_up_to_date_jy_004(county, codes, listed, push):
    assert ask(county, pupil(), certified(*codes), listed_last_term=listed)["push"] == push


def test_other_help_never_counts_against_it_jy_002(county):
    answer = ask(county, pupil(), certified("dibao"), existing_aid=["fee_waiver", "student_loan"])
    assert answer["stackable"] is True and answer["outcome"] == "eligible"


@pytest.mark.parametrize(
    ("disability", "stage", "at_school", "referred"),
    [
        ({"kind": 4, "grade": 2}, "compulsory", False, True),
        ({"kind": 7, "grade": 3}, "compulsory", False, True),
        ({"kind": 4, "grade": 3}, "compulsory", False, False),
        ({"kind": 4, "grade": 2}, "compulsory", True, False),
        ({"kind": 4, "grade": 2}, "kindergarten", False, False),
    ],
)
def test_a_severely_disabled_child_kept_from_school_is_referred_jy_016(county, disability, stage, at_school, referred):
    answer = ask(county, pupil(stage, disabilities=[disability]), [], can_attend_school=at_school)
    papers = ["home_teaching_agreement", "home_teaching_consent"]
    assert answer["documents_due"] == (papers if referred else [])
    assert answer["alerts"] == (["refer_home_teaching"] if referred else [])


def teach(county, birth_date="2016-01-01", kind=5, grade=1, assessment=ASSESSMENT, at_school=False):
    member = person(birth_date, disabilities=[{"kind": kind, "grade": grade}])
    found = {"committee_assessment": assessment} if assessment else {}
    facts = {"members": [member], "school_year_start": START, "can_attend_school": at_school, **found}
    return assess(county, "home_teaching", facts)


@pytest.mark.parametrize(
    ("kind", "grade", "outcome"),
    [
        (1, 2, "eligible"),
        (1, 3, "not_eligible"),
        (5, 3, "eligible"),
        (6, 3, "eligible"),
        (7, 3, "eligible"),
        (7, 4, "not_eligible"),
    ],
)
def test_which_disability_keeps_a_child_from_school_jy_010(county, kind, grade, outcome):
    assert teach(county, kind=kind, grade=grade)["outcome"] == outcome


def test_a_child_who_can_go_to_school_is_not_taught_at_home_jy_010(county):
    assert failed(teach(county, at_school=True)) == {"JY-010"}


@pytest.mark.parametrize(
    ("birth_date", "outcome"),
    [
        ("2020-09-02", "not_eligible"),
        ("2020-09-01", "eligible"),
        ("2010-09-02", "eligible"),
        ("2010-09-01", "manual_review"),
        ("2008-09-02", "manual_review"),
        ("2008-09-01", "not_eligible"),
    ],
)
def test_the_age_is_that_of_the_first_day_of_the_school_year_jy_011(county, birth_date, outcome):
    assert teach(county, birth_date)["outcome"] == outcome


@pytest.mark.parametrize(
    ("assessment", "outcome"),
    [
        (None, "manual_review"),
        ({"on": "2026-05-12", "conclusion": "home_teaching"}, "manual_review"),
        ({"on": "2026-05-11", "conclusion": "can_attend"}, "not_eligible"),
    ],
)
def test_the_committee_must_have_found_so_by_the_day_jy_012(county, assessment, outcome):
    assert teach(county, assessment=assessment)["outcome"] == outcome


def test_an_assessment_that_decides_and_was_not_made_is_named_as_missing_jy_012(county):
    assert teach(county, assessment=None)["missing"] == ["committee_assessment"]
    assert teach(county, "2010-09-01", assessment=None)["missing"] == ["committee_assessment"]
    assert teach(county)["missing"] == []
    assert teach(county, kind=4, grade=3, assessment=None)["missing"] == []


def test_a_child_too_old_is_refused_though_not_assessed_jy_011(county):
    assert teach(county, "2008-09-01", assessment=None)["outcome"] == "not_eligible"
