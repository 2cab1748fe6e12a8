"""Questions about synthetic households, short enough for a test to show only what it is about."""

from desktop.policy.engine import answer_question

ACCEPTED = "2026-05-11"


def member(ref="m1", relation="01", born="1976-03-01", **more):
    """A person; the applicant by default."""
    return {"ref": ref, "relation": relation, "birth_date": born, **more}


COUPLE = [member(), member("m2", "12", "1978-04-02")]
FOUR = [*COUPLE, member("m3", "20", "2012-06-01"), member("m4", "30", "2015-07-01")]


def income(yearly, kind="other_counted", **more):
    """An income a year; the family's by default."""
    return {"kind": kind, "amount_year": yearly, **more}


def status(kind, since=None, until=None):
    """A state of a person."""
    return {"kind": kind, **({"since": since} if since else {}), **({"until": until} if until else {})}


def disability(kind, grade, issued=None):
    """A disability certificate."""
    return {"kind": kind, "grade": grade, **({"cert_issued_on": issued} if issued else {})}


def assess(county, programme, facts, overrides=None, **question):
    """The contract's answer; rural and accepted on a Monday of May 2026 unless the question says otherwise."""
    return answer_question(
        county,
        {
            "id": "q",
            "ask": "assess",
            "programme_code": programme,
            "accepted_on": ACCEPTED,
            "facts": {"area": "rural", **facts},
            "overrides": overrides or {},
            **question,
        },
    )


def reason(answer, rule_id):
    """What a rule came to: the last word on it; None when the answer does not give it as a reason."""
    found = [one["passed"] for one in answer["reasons"] if one["rule_id"] == rule_id]
    return found[-1] if found else None
