"""Ten thousand ordinary households assessed by the policy engine, from the line of a questions file to the answer."""

import time
from pathlib import Path

import msgspec

from desktop.policy.engine import answer_line
from desktop.policy.pack import CountyPack

PACK = Path(__file__).parents[1] / "data" / "policy" / "fixture_pack.json"
COUNT = 10_000


def household(number: int) -> dict[str, object]:
    """A synthetic family of two to five, with wages, a field, and some savings; all kinds of classes come up."""
    children = [
        {"ref": f"c{child}", "relation": "20", "birth_date": f"{2010 + child}-06-01"} for child in range(number % 4)
    ]
    couple = [
        {"ref": "m1", "relation": "01", "birth_date": "1976-03-01", "employed": number % 2 == 0},
        {"ref": "m2", "relation": "12", "birth_date": "1978-04-02"},
    ]
    return {
        "area": "rural",
        "members": [*couple, *children],
        "incomes": [
            {"kind": "wage", "member": "m1", "amount_month": f"{number % 1500}.00"},
            {"kind": "business_net", "amount_year": f"{3000 + number % 7000}.50"},
            {"kind": "fp_reward", "member": "m2", "amount_year": "960.00"},
        ],
        "property": {"financial_assets": f"{number % 30000}.00", "houses": 1, "vehicles": ["motorcycle"]},
    }


def question(number: int) -> bytes:
    """One line of a questions file."""
    return msgspec.json.encode(
        {
            "id": f"q{number}",
            "ask": "assess",
            "programme_code": "dibao",
            "accepted_on": f"2026-{number % 12 + 1:02d}-11",
            "decided_on": "2027-01-15",
            "facts": household(number),
        }
    )


def assessments(count: int = COUNT) -> float:
    """Seconds of one core for `count` assessments, reading and answering included; the target is 2 for 10,000."""
    county = CountyPack.read(msgspec.json.decode(PACK.read_bytes()))
    lines = [question(number) for number in range(count)]
    started = time.process_time()
    for line in lines:
        answer_line(county, line)
    return time.process_time() - started
