"""A workbook under an opening password (ECMA-376 agile encryption), all of it in memory."""

import zipfile
from io import BytesIO

import msgspec

from db.refused import BadValue, Refused
from desktop.casework.approvals import Approval

LEAST_PASSWORD, MOST_PASSWORD = 10, 255
"""Characters of an opening password: the rule book's least (13 §2.1) and what Excel takes at most."""
_LEAST_PACKAGE = 4096
"""What the library writes damaged: a compound file keeps shorter streams elsewhere than longer ones."""


class Sealing(msgspec.Struct, frozen=True):
    """What lets a protected ledger out: the second person's yes and the password that opens the file."""

    approval: Approval
    password: str

    def __repr__(self) -> str:
        return f"Sealing({self.approval!r})"


def check_file_password(password: str) -> None:
    """Refuse an opening password that is too short, too long or cannot be typed into Excel or WPS."""
    if not LEAST_PASSWORD <= len(password) <= MOST_PASSWORD or not password.isprintable():
        raise BadValue(
            "ledger.file_password",
            f"表格的打开密码要 {LEAST_PASSWORD} 至 {MOST_PASSWORD} 个能打出来的字符。",
            "没有生成文件。",
            "请换一个密码，用电话等另外的途径告诉收件人，不要和表格一起送；本程序不保存它。",
        )


def sealed(workbook: bytes, password: str) -> bytes:
    """The workbook encrypted, opened again with the password and compared before it is given away."""
    from msoffcrypto.exceptions import DecryptionError, EncryptionError, FileFormatError, InvalidKeyError
    from msoffcrypto.format.ooxml import OOXMLFile

    check_file_password(password)
    plain, out, back = _roomy(workbook), BytesIO(), BytesIO()
    try:
        OOXMLFile(BytesIO(plain)).encrypt(password, out)
        again = OOXMLFile(out)
        again.load_key(password=password, verify_password=True)
        again.decrypt(back, verify_integrity=True)
    except (DecryptionError, EncryptionError, FileFormatError, InvalidKeyError, ValueError) as error:
        raise _not_sealed() from error
    if back.getvalue() != plain:
        raise _not_sealed()
    return out.getvalue()


def _roomy(workbook: bytes) -> bytes:
    """The same workbook, its parts (XML all of them) filled up with blanks when the whole is too short."""
    if len(workbook) > _LEAST_PACKAGE:
        return workbook
    out = BytesIO()
    with zipfile.ZipFile(BytesIO(workbook)) as short, zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as long:
        for part in short.infolist():
            long.writestr(zipfile.ZipInfo(part.filename, part.date_time), short.read(part).ljust(_LEAST_PACKAGE))
    return out.getvalue()


def _not_sealed() -> Refused:
    return Refused(
        "ledger.not_sealed",
        "表格加密后没有通过核对，没有交出来。",
        "没有生成文件，资料没有受影响。",
        "请再做一次；还不行就把这句话告诉县里的管理员。",
    )
