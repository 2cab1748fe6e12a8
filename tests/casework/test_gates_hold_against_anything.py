"""Whatever is typed as evidence or facts, the answer is a move, an assessment or a refusal in words, never a defect."""

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from db.refused import Refused
from desktop.casework import assessing, gates
from desktop.policy.asks.gate_evidence import Evidence
from desktop.policy.facts import Facts
from desktop.policy.transitions import NEXT
from tests.casework.test_assessing import case_of, home_of

WORDS = st.sampled_from(["", "true", "2026-11-05", "2026-13-99", "1.00", "-1", "a|b", "[1]", '{"on": 1}', "[[", "卓玛"])
INNER = ["on", "posted_on", "closed_on", "attended", "kind", "member"]
DOTTED = ["notices.posted_on", "home_visit.investigators", "approver.x", "kinship.relation", "note", ".", ""]
SCALARS = st.one_of(WORDS, st.text(max_size=8), st.booleans(), st.none(), st.integers(), st.floats())
JSON = st.recursive(
    SCALARS,
    lambda inner: st.one_of(
        st.lists(inner, max_size=3),
        st.dictionaries(st.one_of(st.sampled_from(INNER), st.text(max_size=4)), inner, max_size=3),
    ),
    max_leaves=6,
)
KEYS = st.one_of(
    st.sampled_from(Evidence.__struct_fields__),
    st.sampled_from(DOTTED),
    st.text(max_size=6),
)
LOOSE = settings(
    max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)


@LOOSE
@given(to=st.sampled_from(sorted(NEXT)), values=st.dictionaries(KEYS, JSON, max_size=4))
def test_any_evidence_moves_or_is_refused(township, to: str, values: dict[str, Any]):
    case = _case(township)

    def act(work: Any) -> None:
        gates.move(work, case, to, values)
        raise Refused("test.moved", "", "", "")  # so that every example begins with the same case

    with pytest.raises(Refused):
        township.run(act)


@LOOSE
@given(values=st.dictionaries(st.sampled_from(Facts.__struct_fields__), JSON, max_size=3))
def test_any_facts_are_assessed_or_refused(township, values: dict[str, Any]):
    case = _case(township)

    def act(work: Any) -> None:
        assessing.assess_case(work, case, values)
        raise Refused("test.assessed", "", "", "")

    with pytest.raises(Refused):
        township.run(act)


def test_numbers_and_depths_beyond_all_measure_are_refused(township):
    case = _case(township)
    deep: Any = []
    for _ in range(3000):
        deep = [deep]
    vast = {"attended": 10**30, "representatives": 10**30, "all_signed": True}
    for values in ({"notices": deep}, {"kinship": deep}, {"democratic_review": vast}, {"note": deep}):
        with pytest.raises(Refused):
            township.run(lambda work, v=values: _undone(gates.move, work, case, "investigating", v))
    with pytest.raises(Refused):
        township.run(lambda work: _undone(assessing.assess_case, work, case, {"property": deep}))


def _undone(act: Any, *given: Any) -> None:
    act(*given)
    raise Refused("test.done", "", "", "")


def _case(township: Any) -> str:
    rows = township.read.cases()
    if rows:
        return str(rows[0].case_id)
    household, _, _ = home_of(township)
    return case_of(township, household)
