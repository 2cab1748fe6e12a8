"""Relations as the applicant sees them: households keep them as the head sees them (GB/T 4761)."""

from collections.abc import Callable

from desktop.policy.people import CHILDREN, GRANDCHILDREN, GRANDPARENTS, PARENTS, SIBLINGS, SPOUSE

HEAD = frozenset(("01", "02"))
APPLICANT = "01"
_IN_LAWS = frozenset(("28", "38"))
_HIS_OR_HER_PARENTS = {"51": ("53", "55"), "52": ("54", "56"), "57": ("53", "55"), "58": ("54", "56")}
_OWN = {"53": "51", "55": "51", "54": "52", "56": "52"}
_OTHER_KIN, _NO_KIN = "97", "98"

Sex = str | None
Seen = Callable[[str, Sex, Sex], str | None]
"""How somebody looks to the applicant: (relation to the head, own sex, the applicant's sex) to a code or None."""


def to_applicant(applicant: str, relation: str, sex: Sex = None, applicant_sex: Sex = None) -> str | None:
    """The relation of somebody to the applicant, from both relations to the head; None where that does not follow.

    What does not follow is asked, never guessed: a head's grandchild is the applicant's child or nephew.
    """
    if applicant in HEAD:
        return relation if relation not in HEAD else APPLICANT
    seen = next((rule for kin, rule in _SEEN_BY if applicant in kin), None)
    return seen(relation, sex, applicant_sex) if seen is not None else None


def _by_sex(sex: Sex, male: str, female: str, unknown: str | None) -> str | None:
    return {"1": male, "2": female}.get(sex or "", unknown)


def _spouse(relation: str, sex: Sex, own: Sex) -> str | None:
    """The head is husband or wife, and their children are the children of both."""
    if relation in HEAD:
        return _by_sex(sex, "11", "12", "10")
    if relation in CHILDREN or relation in _IN_LAWS or relation in GRANDCHILDREN:
        return relation
    if relation in _HIS_OR_HER_PARENTS:
        of_him, of_her = _HIS_OR_HER_PARENTS[relation]
        return _by_sex(own, of_her, of_him, None)
    if relation in GRANDPARENTS:
        return "65"
    return _OWN.get(relation) or _distant(relation, SIBLINGS)


def _child(relation: str, sex: Sex, own: Sex) -> str | None:
    """The head and the head's spouse are the parents, the head's children brothers and sisters."""
    if relation in HEAD or relation in SPOUSE:
        return _by_sex(sex, "51", "52", "50")
    if relation in CHILDREN:
        return "70"
    if relation in PARENTS or relation in _OWN:
        return "60"
    return _distant(relation, SIBLINGS | GRANDPARENTS)


def _parent(relation: str, sex: Sex, own: Sex) -> str | None:
    if relation in HEAD or relation in SIBLINGS:
        return _by_sex(sex, "20", "30", None)
    if relation in SPOUSE:
        return _by_sex(sex, "28", "38", None)
    if relation in CHILDREN:
        return "40"
    return _distant(relation, GRANDCHILDREN)


def _sibling(relation: str, sex: Sex, own: Sex) -> str | None:
    if relation in HEAD or relation in SIBLINGS:
        return "70"
    if relation in PARENTS or relation in GRANDPARENTS:
        return relation
    return _distant(relation, SPOUSE | CHILDREN | GRANDCHILDREN)


def _grandchild(relation: str, sex: Sex, own: Sex) -> str | None:
    return "60" if relation in HEAD or relation in SPOUSE else _distant(relation, frozenset())


def _grandparent(relation: str, sex: Sex, own: Sex) -> str | None:
    return "40" if relation in HEAD or relation in SIBLINGS else _distant(relation, frozenset())


def _distant(relation: str, kin: frozenset[str]) -> str | None:
    """Those who owe the applicant nothing by law; no relative of the head is none of the applicant's either."""
    if relation == _NO_KIN:
        return _NO_KIN
    return _OTHER_KIN if relation in kin else None


_SEEN_BY: tuple[tuple[frozenset[str], Seen], ...] = (
    (SPOUSE, _spouse),
    (CHILDREN, _child),
    (PARENTS, _parent),
    (SIBLINGS, _sibling),
    (GRANDCHILDREN, _grandchild),
    (GRANDPARENTS, _grandparent),
)
