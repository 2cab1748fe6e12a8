"""Why a whole file cannot be read, in the words of excel.md §7; single rows never refuse."""

from db.refused import BadValue

_SAFE = "没有改动任何内容，原文件也没有动。"
_WORDS = {
    "LEDGER_MISSING": ("没有找到这个文件，或者读不出来。", "请核对路径和文件名。"),
    "LEDGER_FORMAT": (
        "这不是 xlsx、xls、csv 表格，或者里面不是表格。",
        "请用 WPS 或 Excel 打开它，另存为 xlsx，再来导入。",
    ),
    "LEDGER_BROKEN": ("这个表格文件损坏了，打不开。", "请用 WPS 或 Excel 打开后另存一份；打不开就向给表的人再要一份。"),
    "LEDGER_ENCRYPTED": ("这个表格设了打开密码。", "请在 WPS 或 Excel 里去掉密码，另存后再来导入。"),
    "LEDGER_TOO_LARGE": ("这个表格超过 5 万行，或者太大。", "请按村或按季度分成几个文件，再分别导入。"),
    "LEDGER_NO_SHEET": (
        "这个文件里没有可以导入的表：没有认得的表头、缺必要的列，或者表是隐藏的。",
        "请核对表头里有姓名、身份证号这些列，或者用 --profile 写明是哪种台账。",
    ),
    "LEDGER_PROFILE": ("没有这种台账。", "可以写 L1 至 L10、X1 至 X5，例如 --profile L1。"),
    "LEDGER_LOOK_ONLY": (
        "这个文件里没有可以写入的台账。",
        "请先认好各张表是哪种台账，再写入。",
    ),
}


def refusal(code: str, do: str = "") -> BadValue:
    """The refusal of a `LEDGER_` code; `do` in place of the usual advice."""
    what, usual = _WORDS[code]
    return BadValue(code, what, _SAFE, do or usual)
