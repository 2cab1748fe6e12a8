"""Exact yuan: one rounding, half up to the fen, at the very end (WS-030)."""

from fractions import Fraction

ZERO = Fraction(0)

LIMIT = 10**12
"""Yuan: from here on no answer and no paper can hold an amount (contract §1, twelve digits)."""


def to_fen(yuan: Fraction) -> int:
    """Whole fen, half up away from the smaller one; amounts below zero round towards zero at the half."""
    return (yuan.numerator * 200 + yuan.denominator) // (2 * yuan.denominator)


def rounded(yuan: Fraction) -> Fraction:
    """The amount that is paid: rounded once."""
    return Fraction(to_fen(yuan), 100)


def writable(yuan: Fraction) -> bool:
    """Whether an amount, once rounded, has a place in answers and on papers."""
    return to_fen(yuan) < LIMIT * 100


def written(yuan: Fraction) -> str:
    """Two decimals without separators, for answers and words alike; rounds a copy, never the value."""
    fen = to_fen(yuan)
    sign = "-" if fen < 0 else ""
    return f"{sign}{abs(fen) // 100}.{abs(fen) % 100:02d}"


def plain(number: Fraction) -> str:
    """A ratio or multiple in words: 1.5, 24, 0.505; a fraction where no short decimal is exact."""
    for places in range(5):
        scaled = number * 10**places
        if scaled.denominator == 1:
            digits = f"{abs(scaled.numerator):0{places + 1}d}"
            text = f"{digits[:-places]}.{digits[-places:]}" if places else digits
            return f"-{text}" if number < 0 else text
    return f"{number.numerator}/{number.denominator}"
