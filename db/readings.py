"""How names are read and written: odd surname readings, and Chinese spellings of one Tibetan syllable."""

SURNAMES: dict[str, tuple[str, ...]] = {
    "曾": ("zeng",),
    "单": ("shan",),
    "解": ("xie",),
    "仇": ("qiu",),
    "翟": ("zhai", "di"),
    "朴": ("piao",),
    "区": ("ou",),
    "查": ("zha",),
    "盖": ("ge", "gai"),
    "召": ("shao", "zhao"),
    "折": ("she",),
    "洗": ("xian",),
    "缪": ("miao",),
    "尉": ("yu", "wei"),
    "万": ("wan",),
    "任": ("ren",),
    "华": ("hua",),
    "葛": ("ge",),
    "种": ("chong",),
    "覃": ("qin", "tan"),
    "乐": ("yue", "le"),
    "员": ("yun",),
    "黑": ("he", "hei"),
    "繁": ("po",),
    "秘": ("bi",),
    "冼": ("xian",),
    "宓": ("mi",),
    "那": ("na",),
    "卜": ("bu",),
    "薄": ("bo",),
}
"""Readings of a character at the beginning of a name; everywhere else the dictionary's readings count."""

SAME_SOUND: dict[str, str] = {
    "郎": "朗",
    "则": "泽",
    "札": "扎",
    "马": "玛",
    "钦": "青",
    "洛": "罗",
    "夺": "多",
    "杰": "吉",
    "基": "吉",
    "措": "错",
    "迟": "次",
    "称": "成",
    "朱": "珠",
}
"""Characters that write the same syllable of a Tibetan name; for finding only, never for taking two people as one."""


def folded(text: str) -> str:
    """Text with every spelling variant written one way."""
    return "".join(SAME_SOUND.get(char, char) for char in text)
