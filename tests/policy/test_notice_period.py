"""Ask `notice_period`: when a notice has run out, across holidays, restarts and local rules."""

from desktop.policy.engine import answer_question


def ask(county, **question):
    base = {"id": "q", "ask": "notice_period", "kind": "pre_notice", "programme_code": "dibao"}
    return answer_question(county, {**base, **question})


def test_the_latest_restart_counts_even_if_it_is_not_the_last_one_listed(county):
    restarts = [{"on": "2026-05-09", "cause": "torn"}, {"on": "2026-05-08", "cause": "names"}]
    assert ask(county, posted_on="2026-05-06", restarts=restarts)["counted_from"] == "2026-05-09"


def test_a_restart_on_the_day_of_posting_is_none_before_it(county):
    assert "error" not in ask(county, posted_on="2026-05-06", restarts=[{"on": "2026-05-06", "cause": "torn"}])


def test_each_kind_of_relief_has_its_own_days(county):
    days = {"notice_days": {"default": 7, "temp": 5, "disaster": 6, "board": 15}}
    found = {
        programme: ask(county, posted_on="2026-05-06", programme_code=programme, overrides=days)["days"]
        for programme in ("tekun", "temp_expense", "disaster_relief")
    }
    assert found == {"tekun": 7, "temp_expense": 5, "disaster_relief": 6}


def test_a_published_decision_is_not_moved_and_needs_no_calendar(county):
    answer = ask(county, kind="decision_publication", posted_on="2027-05-01")
    assert answer["min_end"] == "2027-05-16" and answer["provisional"] is False
    assert "effective_end" not in answer


def test_days_that_the_county_has_not_set_are_named(county):
    assert ask(county, posted_on="2026-05-06", overrides={"notice_days": None})["missing"] == [
        "notice_days",
        "notice_days.default",
    ]
    only = ask(county, posted_on="2026-05-06", overrides={"notice_days": {"default": None}})
    assert ("min_end" in only, "notice_days.default" in only["missing"]) == (False, True)


def test_the_last_day_of_the_notice_is_too_early_to_take_it_down(county):
    assert ask(county, posted_on="2026-05-06", planned_removal_on="2026-05-13")["removal_ok"] is False
    assert ask(county, posted_on="2026-05-06", planned_removal_on="2026-05-14")["removal_ok"] is True
