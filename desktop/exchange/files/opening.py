"""A ledger file of any kind becomes a workbook or a refusal in words; what it is decides its content, not its name."""

from collections.abc import Callable
from pathlib import Path, PurePath

from db.refused import BadValue
from desktop.casework.files import read_file
from desktop.exchange.files.cells import Workbook
from desktop.exchange.files.limits import Broken, NoWorkbook, TooLarge
from desktop.exchange.files.xlsx import read_xlsx
from desktop.exchange.refusals import refusal

_ZIP = b"PK"
_COMPOUND = bytes.fromhex("D0CF11E0A1B11AE1")
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_MACROS = (b"xl/vbaProject.bin", "_VBA_PROJECT_CUR".encode("utf-16-le"))
"""What only a workbook with macros has: of the new kind, of the old."""
_WITH_MACROS = (".xlsm", ".xltm", ".xlam")
_WPS = (".et", ".ett", ".ets")
_TEXTS = (".csv", ".txt", ".tsv")
_OTHER_PACKAGES = (".xlsb", ".ods", ".docx", ".pptx", ".zip", ".numbers")


def ledger_bytes(path: Path) -> bytes:
    """The bytes of a file that somebody chose; raises `BadValue` with a `LEDGER_` code."""
    try:
        return read_file(path)
    except BadValue as error:
        raise refusal("LEDGER_TOO_LARGE" if error.code == "file.too_big" else "LEDGER_MISSING") from error


def open_workbook(data: bytes, name: str, progress: Callable[[int], None] | None = None) -> Workbook:
    """The sheets of a file; raises `BadValue` with a `LEDGER_` code."""
    ending = PurePath(name).suffix.lower()
    if ending in _WPS:
        raise refusal("LEDGER_FORMAT", "这是 WPS 自己的格式（.et）。请在 WPS 里“另存为” xlsx，再来导入。")
    if ending in _WITH_MACROS or (data.startswith((_ZIP, _COMPOUND)) and any(sign in data for sign in _MACROS)):
        raise refusal("LEDGER_FORMAT", "表格带宏，本程序不读。请在 WPS 或 Excel 里“另存为”不带宏的 xlsx，再来导入。")
    try:
        return _open(data, name, ending, progress)
    except TooLarge as error:
        raise refusal("LEDGER_TOO_LARGE") from error
    except NoWorkbook as error:
        raise refusal("LEDGER_FORMAT") from error
    except Broken as error:
        raise refusal("LEDGER_BROKEN") from error


def _open(data: bytes, name: str, ending: str, progress: Callable[[int], None] | None) -> Workbook:
    if data.startswith(_COMPOUND):
        if _ENCRYPTED in data:
            raise refusal("LEDGER_ENCRYPTED")
        from desktop.exchange.files.xls import read_xls

        return read_xls(data)
    if data.startswith(_ZIP):
        if ending in _OTHER_PACKAGES:
            raise refusal("LEDGER_FORMAT")
        return read_xlsx(data, progress)
    if ending in _TEXTS:
        from desktop.exchange.files.plain import read_csv

        return read_csv(data, PurePath(name).stem)
    raise Broken("empty") if not data else refusal("LEDGER_FORMAT")
