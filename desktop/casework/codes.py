"""Code tables as people write them: the code or the option's text, answered with the code."""

from db.refused import BadValue
from desktop.casework.work import shorten


def coded(table: str, text: str, label: str, code: str) -> str:
    """The code of `text` in a code table (`K03`, …); raises `BadValue` with the refusal code `code`."""
    from desktop.forms import code_table

    options = code_table(table)
    if text in options:
        return text
    for key, words in options.items():
        if words == text:
            return key
    shown = "、".join(f"{key}{words if words != key else ''}" for key, words in list(options.items())[:20])
    raise BadValue(
        code,
        f"“{label}”没有“{shorten(text)}”这一种。",
        "没有改动任何内容。",
        f"可以填：{shown}{'等' if len(options) > 20 else ''}。",
    )
