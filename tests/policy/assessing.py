"""Ask `assess` in one line, with a household of one child or one adult at hand."""

from desktop.policy.engine import answer_question, decide

ON = "2026-05-11"


def assess(county, programme_code, facts, **question):
    """The contract's answer; accepted on 11 May 2026 unless said otherwise."""
    return answer_question(county, _question(programme_code, facts, question))


def told_rules(county, programme_code, facts, **question):
    """The rules of the trace in order, those that decided nothing too."""
    return [step.rule_id for step in decide(county, _question(programme_code, facts, question)).trace]


def _question(programme_code, facts, more):
    base = {"id": "q", "ask": "assess", "programme_code": programme_code, "accepted_on": ON}
    return {**base, "facts": facts, **more}


def person(birth_date="1980-01-01", ref="m1", **more):
    """A member as a question writes one."""
    return {"ref": ref, "relation": "01", "birth_date": birth_date, **more}


def certified(*programme_codes, **more):
    """Certifications without an end, for everybody unless a member is named."""
    return [{"programme_code": code, **more} for code in programme_codes]


def failed(answer):
    """The rules that did not hold."""
    return {reason["rule_id"] for reason in answer["reasons"] if not reason["passed"]}


def passed(answer):
    """The rules that held."""
    return {reason["rule_id"] for reason in answer["reasons"] if reason["passed"]}
