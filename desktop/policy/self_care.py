"""How far somebody can care for themselves (02 §3): six things, each done alone or not; a gap is never a yes."""

from desktop.policy.codes import CareLevel
from desktop.policy.facts import SelfCare
from desktop.policy.inquiry import Case

ITEMS: dict[str, str] = {
    "eat": "自主吃饭",
    "dress": "自主穿衣",
    "bed_transfer": "自主上下床",
    "toilet": "自主如厕",
    "indoor_walk": "室内自主行走",
    "bathe": "自主洗澡",
}
LEVEL_WORDS: dict[CareLevel, str] = {
    "full": "具备生活自理能力",
    "partial": "部分丧失生活自理能力",
    "none": "完全丧失生活自理能力",
}
_MOST_FAILED: tuple[tuple[int, CareLevel], ...] = ((0, "full"), (3, "partial"), (6, "none"))


def self_care_level(case: Case, can: SelfCare) -> CareLevel | None:
    """The level by how many of the six cannot be done; None, and the gaps named, until all are assessed (TK-042)."""
    unknown = [item for item in ITEMS if getattr(can, item) is None]
    if unknown:
        case.workings.lack(*(f"self_care.{item}" for item in unknown))
        case.workings.note("TK-042", f"还没有评估：{'、'.join(ITEMS[item] for item in unknown)}，不能得出自理能力")
        return None
    failed = [words for item, words in ITEMS.items() if not getattr(can, item)]
    level = next(level for most, level in _MOST_FAILED if len(failed) <= most)
    which = f"（{'、'.join(failed)}）" if failed else ""
    case.workings.note("02.3", f"六项中 {len(failed)} 项不能完成{which}，{LEVEL_WORDS[level]}")
    return level
