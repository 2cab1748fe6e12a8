"""How numbers of people are shown until somebody gives a reason (rule book 13 §2.6)."""


def mask_id(number: str | None) -> str | None:
    """`5132**********0011`: first and last four; anything shorter than nine characters keeps only the last two."""
    if not number:
        return number
    if len(number) < 9:
        return "*" * max(len(number) - 2, 0) + number[-2:]
    return number[:4] + "*" * (len(number) - 8) + number[-4:]


def mask_phone(number: str | None) -> str | None:
    """`138****1234`; short numbers keep only the last two."""
    if not number:
        return number
    if len(number) < 8:
        return "*" * max(len(number) - 2, 0) + number[-2:]
    return number[:3] + "*" * (len(number) - 7) + number[-4:]


def mask_account(number: str | None) -> str | None:
    """Only the last four digits of an account."""
    if not number:
        return number
    return "*" * max(len(number) - 4, 0) + number[-4:]


def mask_certificate(number: str | None) -> str | None:
    """A disability certificate holds the identity number: first and last four."""
    return mask_id(number)
