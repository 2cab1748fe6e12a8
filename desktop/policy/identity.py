"""Identity numbers, certificates, accounts and phones: are they possible, and what do they say of a person."""

import re
from datetime import date

import msgspec

from desktop.policy.text import bare, bare_number

_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECK_CHARS = "10X98765432"
_SHAPE = re.compile(r"[0-9]{17}[0-9X]")
_SCIENTIFIC = re.compile(r"[0-9](\.[0-9]+)?E\+?[0-9]+")
_CERTIFICATE = re.compile(r"([0-9]{17}[0-9X])([1-7])([1-4])(B[0-9]+)?")
_MOBILE = re.compile(r"1[3-9][0-9]{9}")
_LANDLINE = re.compile(r"(0[0-9]{2,3})?[2-8][0-9]{6,7}")
_TRAVEL = {
    "hkmo_travel_permit": re.compile(r"[HM]([0-9]{8}|[0-9]{10})"),
    "tw_travel_permit": re.compile(r"[0-9]{8}"),
    "passport": re.compile(r"[0-9A-Z]{5,17}"),
}
_REGIONS = {"hkmo_residence_permit": ("810000", "820000"), "tw_residence_permit": ("830000",)}
_DOCUMENT_NAMES = {
    "hkmo_residence_permit": "港澳居民居住证",
    "tw_residence_permit": "台湾居民居住证",
    "foreigner_pr_id": "外国人永久居留身份证",
    "hkmo_travel_permit": "港澳居民来往内地通行证",
    "tw_travel_permit": "台湾居民来往大陆通行证",
    "passport": "护照",
}
_CENTURY_MARKERS = (
    "996",
    "997",
    "998",
    "999",
)  # GB 11643: the sequence codes once kept for people born before 1900

#: Kinds of identity document (SJ-001 to SJ-007).
ID_TYPES = ("resident_id", *_DOCUMENT_NAMES, "no_id")


class IdentityFinding(msgspec.Struct, frozen=True):
    """What a number says; `code` is empty when nothing stands against it.

    `number` is the normalised form and is always kept, right or wrong. `code` is one of `E_ID_BLANK`,
    `E_ID_PRECISION`, `E_ID_15`, `E_ID_LENGTH`, `E_ID_CHARS`, `E_ID_BIRTHDATE`, `E_ID_CHECKSUM`; `text` is the
    sentence for the person at the desk (ux.md §4); `birth`, `sex` (1 male, 2 female) and `region` are filled
    only when the number holds. `warning` never blocks.
    """

    number: str
    code: str = ""
    text: str = ""
    birth: date | None = None
    sex: int | None = None
    region: str = ""
    warning: str = ""

    @property
    def ok(self) -> bool:
        """Nothing stands against the number."""
        return not self.code


class CertificateFinding(msgspec.Struct, frozen=True):
    """A disability certificate: kind 1 to 7, grade 1 to 4 (SJ-009); codes `E_CERT_FORMAT`, `E_CERT_MISMATCH`."""

    number: str
    code: str = ""
    text: str = ""
    kind: int | None = None
    grade: int | None = None


class NumberFinding(msgspec.Struct, frozen=True):
    """An account or phone number: `code` is empty when nothing is to be said; `W_` codes only warn."""

    number: str
    code: str = ""
    text: str = ""


def normalize_id(text: str) -> str:
    """Half width, no blanks, quotes or dashes, letters upper case; never replaces O by 0 (ux.md §4)."""
    return bare_number(text)


def check_digit(first17: str) -> str:
    """The 18th character that belongs to 17 digits (ISO 7064 MOD 11-2, SJ-001)."""
    total = sum(int(digit) * weight for digit, weight in zip(first17, _WEIGHTS, strict=True))
    return _CHECK_CHARS[total % 11]


def age_on(birth: date, day: date) -> int:
    """Full years on `day`; whoever is born on 29 February becomes older on 1 March of a common year."""
    return day.year - birth.year - ((day.month, day.day) < (birth.month, birth.day))


def upgrade_15(number: str) -> str | None:
    """The 18-digit form of an old 15-digit number, for comparison with history only (SJ-001)."""
    number = normalize_id(number)
    if not re.fullmatch(r"[0-9]{15}", number):
        return None
    century = "18" if number[12:] in _CENTURY_MARKERS else "19"
    first17 = number[:6] + century + number[6:]
    return first17 + check_digit(first17)


def check_id(text: str, on: date, id_type: str = "resident_id") -> IdentityFinding:
    """Judge an identity number on the day `on` (birth dates after it cannot be).

    `id_type` is one of `ID_TYPES`; the order of the checks is that of excel.md §4.8, one code at most.
    """
    number = normalize_id(text)
    if id_type == "no_id":
        return IdentityFinding(number)
    if not number:
        return IdentityFinding(number, "E_ID_BLANK", "还没有填证件号码。没有证件的，请选“无证件”并写明原因。")
    if _SCIENTIFIC.fullmatch(number):
        return IdentityFinding(
            number, "E_ID_PRECISION", "这是 Excel 把号码变成了数字，后几位已经丢了，没法找回，请按证件补写。"
        )
    if id_type in _TRAVEL:
        return _check_travel(number, id_type)
    if id_type == "foreigner_pr_id" and re.fullmatch(r"[0-9A-Z]{3}[0-9]{12}", number):
        return IdentityFinding(number)  # SJ-005: the old card, format only
    return _check_18(number, on, id_type)


def _check_18(number: str, on: date, id_type: str) -> IdentityFinding:
    """Length, characters, birth date, check digit, in this order (SJ-002)."""
    if re.fullmatch(r"[0-9]{15}", number):
        return IdentityFinding(number, "E_ID_15", "这是 15 位的旧号码，现在要用 18 位的。请按现在的证件填写。")
    if len(number) != 18:
        return IdentityFinding(number, "E_ID_LENGTH", _length_sentence(len(number)))
    if not _SHAPE.fullmatch(number):
        return IdentityFinding(number, "E_ID_CHARS", _chars_sentence(number))
    text = number[6:14]
    birth = _real_date(text)
    if birth is None or birth.year < 1900 or birth > on:
        return IdentityFinding(number, "E_ID_BIRTHDATE", _birth_sentence(text, on))
    expected = check_digit(number[:17])
    if expected != number[17]:
        return IdentityFinding(
            number,
            "E_ID_CHECKSUM",
            f"第 18 位对不上（算出来应是 {expected}，您写的是 {number[17]}）。"
            "可能抄错了一位；拿身份证再看一次。可先存草稿。",
        )
    sex = 1 if int(number[16]) % 2 else 2
    return IdentityFinding(number, "", "", birth, sex, number[:6], _region_warning(number, id_type))


def _check_travel(number: str, id_type: str) -> IdentityFinding:
    """Travel documents have no check digit, only a shape (SJ-006)."""
    if _TRAVEL[id_type].fullmatch(number):
        return IdentityFinding(number)
    name = _DOCUMENT_NAMES[id_type]
    return IdentityFinding(number, "E_ID_CHARS", f"{name}的号码不是这个样子。请对着证件再看一次。")


def _region_warning(number: str, id_type: str) -> str:
    """A first part that does not go with the document; only ever a warning (SJ-002)."""
    name = _DOCUMENT_NAMES.get(id_type, "")
    if id_type in _REGIONS and number[:6] not in _REGIONS[id_type]:
        return f"{name}的前 6 位一般是 {'、'.join(_REGIONS[id_type])}，您写的是 {number[:6]}，请核对证件种类。"
    if id_type == "foreigner_pr_id" and number[0] != "9":
        return f"{name}的第 1 位是 9，您写的是 {number[0]}，请核对证件种类。"
    if id_type == "resident_id" and number[0] in "089":
        return f"前 6 位 {number[:6]} 不像居民身份证的地址，请核对证件种类。"
    return ""


def _length_sentence(length: int) -> str:
    """Which way and by how much the length is off."""
    if length < 18:
        return f"少 {18 - length} 位：现在 {length} 位。常见是漏了生日里的一个 0。"
    return f"多 {length - 18} 位：现在 {length} 位。看看是不是有一位写了两遍。"


def _chars_sentence(number: str) -> str:
    """The first position that holds something else than a digit (or X at the end)."""
    place = next(i for i, char in enumerate(number) if char not in ("0123456789X" if i == 17 else "0123456789"))
    wrong = number[place]
    like = {
        "O": "，像是数字 0 写成了字母 O",
        "I": "，像是数字 1 写成了字母 I",
        "L": "，像是数字 1 写成了字母 l",
    }
    return f"第 {place + 1} 位是“{wrong}”，这里应是数字{like.get(wrong, '')}。请对着证件改。"


def _birth_sentence(text: str, on: date) -> str:
    """What is wrong with the eight digits of the birth date."""
    year, month, day = int(text[:4]), int(text[4:6]), int(text[6:])
    if not 1 <= month <= 12:
        reason = f"没有 {month} 月（第 11、12 位）"
    elif _real_date(text) is None:
        reason = f"{month} 月没有 {day} 号"
    elif year < 1900:
        reason = "早于 1900 年（第 7 至 10 位）"
    else:
        reason = f"比 {on.isoformat()} 还晚（第 7 至 14 位）"
    return f"出生日期 {text}：{reason}。"


def _real_date(text: str) -> date | None:
    """The date of eight digits, or None when the calendar has no such day."""
    try:
        return date(int(text[:4]), int(text[4:6]), int(text[6:]))
    except ValueError:
        return None


def check_certificate(text: str, id_number: str | None) -> CertificateFinding:
    """Judge a disability certificate number; `id_number` is the person's, None when it is not known to hold."""
    number = bare_number(text)
    match = _CERTIFICATE.fullmatch(number)
    if match is None:
        return CertificateFinding(
            number,
            "E_CERT_FORMAT",
            "残疾人证号应是 20 位：18 位身份证号加 1 位类别、1 位等级。请对着证件再看一次。",
        )
    if id_number is not None and match[1] != id_number:
        place = next(i for i, (a, b) in enumerate(zip(match[1], id_number, strict=False)) if a != b) + 1
        return CertificateFinding(
            number, "E_CERT_MISMATCH", f"残疾人证号前 18 位和本人证件号不同，从第 {place} 位起对不上。"
        )
    return CertificateFinding(number, "", "", int(match[2]), int(match[3]))


def luhn_holds(digits: str) -> bool:
    """The check digit of bank cards; passbook accounts need not hold it (SJ-010)."""
    total = 0
    for place, char in enumerate(reversed(digits)):
        value = int(char)
        if place % 2:
            value = value * 2 - 9 if value > 4 else value * 2
        total += value
    return total % 10 == 0


def check_account(text: str) -> NumberFinding:
    """Judge a bank account: `E_BANK_PRECISION`, `E_BANK_LENGTH` stand against it, `W_BANK_LUHN` only warns."""
    number = bare_number(text)
    if not number:
        return NumberFinding(number, "E_BANK_BLANK", "还没有填银行账号。")
    if _SCIENTIFIC.fullmatch(number):
        return NumberFinding(
            number, "E_BANK_PRECISION", "这是 Excel 把账号变成了数字，后几位已经丢了，请按存折或卡补写。"
        )
    if not re.fullmatch(r"[0-9]{15,19}", number):
        return NumberFinding(number, "E_BANK_LENGTH", f"银行账号应是 15 至 19 位数字，现在 {len(number)} 位。")
    if not luhn_holds(number):
        return NumberFinding(number, "W_BANK_LUHN", "账号的校验位对不上。是存折账号就没关系，是卡号请再看一次。")
    return NumberFinding(number)


def check_phone(text: str) -> NumberFinding:
    """Judge a phone number, mobile or landline (SJ-011); only ever warns with `W_PHONE`."""
    number = bare(text).replace("-", "").replace("(", "").replace(")", "")
    number = number.removeprefix("+86")
    if not number or _MOBILE.fullmatch(number) or _LANDLINE.fullmatch(number):
        return NumberFinding(number)
    if number.startswith("1"):
        return NumberFinding(number, "W_PHONE", f"手机号应是 11 位，现在 {len(number)} 位。请再看一次。")
    return NumberFinding(number, "W_PHONE", "不像手机号或固定电话（本州区号 0837）。请再看一次。")
