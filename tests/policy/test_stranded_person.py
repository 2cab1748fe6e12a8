"""生活无着的流散人员: who is helped, in which steps, and for how long."""

import pytest

from tests.policy.assessing import assess, failed

FOUND = "2026-05-11T21:30"


def ask(county, overrides=None, as_of="2026-05-11", **stranded):
    facts = {"stranded": {"circumstance": "lost", "found_at": FOUND, **stranded}}
    return assess(county, "stranded_person", facts, as_of=as_of, overrides=overrides or {})


def steps(answer):
    return [step["measure"] for step in answer["steps"]]


@pytest.mark.parametrize("conduct", ["charged", "forced_labour", "leave_restricted", "sexes_together"])
def test_nobody_may_be_charged_or_kept_ll_003(county, conduct):
    answer = ask(county, conduct=[conduct])
    assert answer["outcome"] == "blocked" and failed(answer) == {"LL-003"}


def test_no_template_is_made_of_a_face_ll_002(county):
    assert failed(ask(county, conduct=["face_template"])) == {"LL-002"}
    assert failed(ask(county, conduct=["face_template", "charged"])) == {"LL-002", "LL-003"}


@pytest.mark.parametrize("circumstance", ["lost", "abandoned", "trafficked", "domestic_violence", "incident"])
def test_only_vagrants_must_be_without_a_livelihood_ls_008(county, circumstance):
    assert ask(county, circumstance=circumstance)["outcome"] == "eligible"
    answer = ask(county, circumstance="vagrant")
    assert answer["outcome"] == "not_eligible" and failed(answer) == {"LL-001"}


def test_all_that_is_done_for_an_unknown_ill_child_comes_in_order_ll_005(county):
    answer = ask(county, minor=True, ill=True, as_of="2026-08-11")
    assert steps(answer) == [
        "report_police", "emergency_treatment", "register", "care", "identity_query", "trace_notice", "dna", "settle",
    ]  # fmt: skip
    assert [step["order"] for step in answer["steps"]] == list(range(1, 9))
    rules = ["ET-010", "LL-001", "LL-005", "LL-001", "LL-001", "LL-004", "LL-004", "LL-004"]
    assert [step["rule_id"] for step in answer["steps"]] == rules


@pytest.mark.parametrize(
    ("known", "expected"),
    [
        ({"identity_known": True}, ["register", "care", "trace_notice"]),
        ({"family_found": True}, ["register", "care", "identity_query", "trace_notice", "dna"]),
        ({"identity_known": True, "family_found": True}, ["register", "care", "return_home"]),
    ],
)
def test_the_search_ends_when_name_and_family_are_known_ll_001(county, known, expected):
    assert steps(ask(county, **known)) == expected


@pytest.mark.parametrize(
    ("weak", "escort"), [({}, False), ({"minor": True}, True), ({"elderly": True}, True), ({"disabled": True}, True)]
)
def test_the_weak_are_escorted_home_ll_003(county, weak, escort):
    answer = ask(county, identity_known=True, family_found=True, **weak)
    assert answer["steps"][-1] == {
        "order": len(answer["steps"]), "measure": "return_home", "rule_id": "LL-003", "escort": escort,
    }  # fmt: skip


@pytest.mark.parametrize(("as_of", "settled"), [("2026-08-10", False), ("2026-08-11", True)])
def test_whom_nobody_knows_after_three_months_is_settled_ll_004(county, as_of, settled):
    assert ("settle" in steps(ask(county, as_of=as_of))) == settled


def test_the_hours_of_the_notice_count_from_the_finding_ll_004(county):
    notice = next(step for step in ask(county)["steps"] if step["measure"] == "trace_notice")
    assert notice["due_at"] == "2026-05-12T21:30"


@pytest.mark.parametrize(("as_of", "alerts"), [("2026-05-21", []), ("2026-05-22", ["stay_over"])])
def test_a_stay_of_more_than_ten_days_is_told_ll_004(county, as_of, alerts):
    answer = ask(county, as_of=as_of, station_entered_on="2026-05-11")
    assert (answer["stay_until"], answer["alerts"]) == ("2026-05-21", alerts)


def test_periods_that_are_not_set_are_named_ll_004(county):
    answer = ask(county, overrides={"stranded": None}, as_of="2027-01-01", station_entered_on="2026-05-11")
    assert answer["stay_until"] is None and answer["outcome"] == "eligible"
    notice = next(step for step in answer["steps"] if step["measure"] == "trace_notice")
    assert notice["due_at"] is None and "settle" not in steps(answer)
    keys = {"stranded.notice_hours", "stranded.settle_months", "stranded.stay_days"}
    assert keys < set(answer["missing"])


def test_a_finding_after_the_day_of_judgement_is_impossible(county):
    assert ask(county, as_of="2026-05-10")["error"]["code"] == "bad_value"
