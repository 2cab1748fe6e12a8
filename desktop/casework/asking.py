"""Questions to the rules about a household: facts gathered, completed by what a person adds, and what they lack."""

from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any

from db.refused import BadValue
from desktop.casework.case_facts import Found, Lack, facts_of
from desktop.casework.gathering import Gathered, ref_of
from desktop.casework.work import Work
from desktop.policy import identity
from desktop.policy.asks.assess import PROGRAMMES
from desktop.policy.outcome import Unanswerable

_DEEPEST = 50
"""Levels of JSON that evidence and facts may have; the contract's have five."""

_WORDS: dict[str, str] = {
    "area": "户口性质（农村或城镇；居民户要另判待遇区域）",
    "members": "家庭成员",
    "subject": "单人纳入的是哪一个人",
    "medical": "医疗费用（medical）",
    "enrol": "参保缴费（enrol）",
    "house_grade": "房屋安全等级",
    "school_year_start": "学年开始日（school_year_start）",
    "disaster": "受灾情况（disaster）",
    "stranded": "流散情况（stranded）",
    "price": "价格补贴月份（price）",
    "funeral": "丧葬情况（funeral）",
    "legal": "法律援助事项（legal）",
    "judicial": "司法救助事项（judicial）",
}


def facts_for(work: Work, gathered: Gathered, programme: str, given: Mapping[str, Any]) -> Found:
    """The facts that a programme is asked with; `given` lies over them, people in it named by their ids."""
    found = facts_of(gathered.home)
    facts = dict(found.facts)
    if gathered.certifications:
        facts["certifications"] = list(gathered.certifications)
    add = _MORE.get(programme)
    lacks = list(found.lacks)
    if add is not None:
        more, wanted = add(work, gathered)
        facts |= more
        lacks += [lack for lack in wanted if lack.key.split(".")[0] not in given]
    facts |= {key: named(gathered, value) for key, value in given.items()}
    lacks += [Lack(key, _WORDS.get(key, key)) for key in PROGRAMMES[programme].required(facts)]
    return Found(facts, tuple(lacks), found.remarks)


def named(gathered: Gathered, value: Any) -> Any:
    """The same value with people, given by their ids or names, called as the question calls them.

    Raises `BadValue` for a value nested beyond measure.
    """
    known = {person.row: person.ref for person in gathered.home.people}
    names = [person.name for person in gathered.home.people]
    known |= {person.name: person.ref for person in gathered.home.people if names.count(person.name) == 1}
    return _renamed(value, known, 0)


def _renamed(value: Any, known: Mapping[str, str], depth: int) -> Any:
    if depth > _DEEPEST:
        raise BadValue("value.too_deep", "所给的内容套了太多层。", "没有改动任何内容。", "请核对所附的文件。")
    if isinstance(value, str):
        return known.get(value, value)
    if isinstance(value, Mapping):
        return {key: _renamed(part, known, depth + 1) for key, part in value.items()}
    return [_renamed(part, known, depth + 1) for part in value] if isinstance(value, list) else value


def not_askable(refusal: Unanswerable, code: str, safe: str) -> BadValue:
    """A refusal of the rules to answer, in the program's words."""
    return BadValue(code, f"规则引擎答不了：{refusal.message}。", safe, "请核对所填的内容和所附的文件。")


def _subject(work: Work, gathered: Gathered) -> tuple[dict[str, Any], list[Lack]]:
    """Where one person alone is taken in, it is the case's person (DB-020)."""
    return ({"subject": gathered.home.people[0].ref} if gathered.home.people else {}), []


def _obligors(work: Work, gathered: Gathered) -> tuple[dict[str, Any], list[Lack]]:
    """Who owes support but lives elsewhere (table C); whether they can is judged from age, which their number says."""
    found, lacks = list[dict[str, Any]](), list[Lack]()
    for row in gathered.home.answers.get("obligors", ()):
        finding = identity.check_id(row.get("id_no") or "", work.day)
        if not finding.ok or finding.birth is None or not row.get("relation"):
            lacks.append(Lack(f"obligors.{ref_of(row['row'])}.birth_date", f"义务人{row.get('name') or ''}的证件号码"))
            continue
        one: dict[str, Any] = {"relation": row["relation"], "birth_date": finding.birth.isoformat()}
        if row.get("income_m") not in (None, ""):
            one["income_year"] = _yearly(str(row["income_m"]))
        found.append(one)
    return ({"obligors": found} if found else {}), lacks


def _yearly(amount: str) -> str:
    return f"{Decimal(amount) * 12:.2f}"


_MORE: dict[str, Callable[[Work, Gathered], tuple[dict[str, Any], list[Lack]]]] = {
    "dibao_single": _subject,
    "tekun": _obligors,
}
"""What a programme asks beyond the household's facts."""


def question(
    programme: str, accepted_on: str, as_of: str, scope: str, facts: Mapping[str, Any], decided_on: str | None
) -> dict[str, Any]:
    """The contract's question (§5): judged as things stand on `as_of`, by rules and standards of the acceptance day."""
    found: dict[str, Any] = {
        "id": "1",
        "ask": "assess",
        "programme_code": programme,
        "accepted_on": accepted_on,
        "as_of": as_of,
        "township_code": scope,
        "facts": dict(facts),
    }
    return found | ({"decided_on": decided_on} if decided_on else {})
