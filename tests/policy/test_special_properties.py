"""What must hold of treatment, prices, children and certified people whatever the facts: sums, order, boundaries."""

from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.policy.assessing import assess, person

fen = st.integers(0, 3_000_000)
CODES = ["tekun", "dibao", "edge_family", "rigid_expense_family", "orphan", "de_facto_orphan"]


def yuan(amount):
    return f"{amount // 100}.{amount % 100:02d}"


@given(
    parts=st.tuples(fen, fen, fen, fen, fen), category=st.sampled_from(CODES[:4]), paid=fen, ratio=st.integers(0, 99)
)
@settings(max_examples=80, deadline=None)
def test_aid_and_what_the_patient_pays_make_up_what_insurance_leaves_yl_007(county, parts, category, paid, ratio):
    basic, critical, supplement, outside, rest = parts
    bill = {
        "total": yuan(sum(parts)),
        "out_of_policy": yuan(outside),
        "basic_paid": yuan(basic),
        "critical_paid": yuan(critical),
        "supplement_paid": yuan(supplement),
        "paid_ytd": yuan(paid),
    }
    facts = {"medical": bill, "certifications": [{"programme_code": category}]}
    overrides = {"medical": {category: {"ratio": f"0.{ratio:02d}"}}}
    answer = assess(county, "medical_aid", facts, overrides=overrides)
    aid = Decimal(answer["amount_once"])
    assert aid + Decimal(answer["self_pay"]) == Decimal(yuan(outside + rest))
    assert 0 <= aid <= min(Decimal(yuan(rest)), max(30000 - Decimal(yuan(paid)), Decimal(0)))


@st.composite
def spans(draw):
    first, last = sorted(draw(st.tuples(st.integers(0, 23), st.integers(0, 23))))
    return first, last


def month(number):
    return f"{2025 + number // 12}-{number % 12 + 1:02d}"


@given(asked=spans(), batches=st.lists(st.tuples(spans(), st.integers(0, 99)), max_size=4))
@settings(max_examples=80, deadline=None)
def test_every_month_is_paid_once_by_the_batch_that_began_last_qt_006(county, asked, batches):
    rows = [
        {
            "doc_no": "T",
            "from_month": month(first),
            "to_month": month(last),
            "amount_month": f"{amount}.00",
            "programmes": ["dibao"],
        }
        for (first, last), amount in batches
    ]
    facts = {
        "members": [person()],
        "certifications": [{"programme_code": "dibao"}],
        "price": {"from_month": month(asked[0]), "to_month": month(asked[1])},
    }
    answer = assess(county, "price_subsidy", facts, overrides={"price_linkage": rows})
    paid = {}
    for number in range(asked[0], asked[1] + 1):
        covering = [(first, amount) for (first, last), amount in batches if first <= number <= last]
        if covering:
            paid[number] = max(covering, key=lambda one: one[0])[1]
    assert (answer["months"], answer["amount_once"]) == (len(paid), f"{sum(paid.values())}.00")
    assert answer["pay_from"] == (month(min(paid)) if paid else None)


parents = st.fixed_dictionaries(
    {},
    optional={
        "deceased_on": st.just("2020-01-01"),
        "working_away": st.booleans(),
        "able_to_guard": st.booleans(),
        "disabilities": st.lists(
            st.fixed_dictionaries({"kind": st.integers(1, 7), "grade": st.integers(1, 4)}), max_size=2
        ),
        "statuses": st.lists(
            st.fixed_dictionaries(
                {"kind": st.sampled_from(["in_prison", "lost_contact", "declared_missing", "severe_illness"])},
                optional={"since": st.sampled_from(["2024-01-01", "2026-05-01"]), "until": st.just("2026-12-01")},
            ),
            max_size=2,
        ),
    },
)


def told(answer):
    return {key: value for key, value in answer.items() if key != "reasons"}


@given(father=parents, mother=parents, code=st.sampled_from(["orphan", "de_facto_orphan", "left_behind_child"]))
@settings(max_examples=80, deadline=None)
def test_it_never_matters_which_parent_is_named_first_et_002(county, father, mother, code):
    both = [{"relation": "51", **father}, {"relation": "52", **mother}]
    answers = [
        told(assess(county, code, {"members": [person("2016-01-01")], "parents": order}))
        for order in (both, both[::-1])
    ]
    assert answers[0] == answers[1]


@given(codes=st.lists(st.sampled_from(CODES), max_size=4), data=st.data())
@settings(max_examples=60, deadline=None)
def test_the_order_of_certifications_never_matters_yl_001_jy_001(county, codes, data):
    held = [{"programme_code": code} for code in codes]
    bill = {"total": "9000.00", "out_of_policy": "0.00", "basic_paid": "1000.00", "critical_paid": "0.00"}
    facts = {"members": [person("2012-01-01", education={"stage": "compulsory"})], "medical": bill}
    shuffled = data.draw(st.permutations(held))
    for programme in ("medical_aid", "education_aid", "orphan", "disability_living"):
        whole = {**facts, "parents_not_found": True}
        first = assess(county, programme, {**whole, "certifications": held})
        assert told(first) == told(assess(county, programme, {**whole, "certifications": shuffled}))
