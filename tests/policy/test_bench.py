"""The bench of the policy engine measures what it says: ordinary households, decided, not refused."""

from desktop.policy.engine import answer_line
from tests.bench.policy import assessments, question


def test_the_benchs_households_are_decided_both_ways(county):
    answers = [answer_line(county, question(number)) for number in range(0, 10_000, 101)]
    assert {answer["outcome"] for answer in answers} == {"eligible", "not_eligible"}


def test_the_bench_gives_seconds():
    assert 0 < assessments(20) < 5
