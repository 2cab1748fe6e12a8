"""Money: exact inside, rounded once, half up (WS-030)."""

from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from desktop.policy.money import plain, rounded, to_fen, written

YUAN = st.fractions(min_value=0, max_value=10**9)


def test_half_a_fen_goes_up_and_less_goes_down_WS_030():
    assert [written(Fraction(n, 2000)) for n in (9, 10, 11, 29, 30)] == ["0.00", "0.01", "0.01", "0.01", "0.02"], (
        "WS-030"
    )


def test_a_sum_is_rounded_after_it_is_added_up_WS_030():
    third = Fraction(100, 3)
    assert written(third * 3) == "100.00" and written(rounded(third) * 3) == "99.99", "WS-030"


@given(YUAN)
def test_rounding_moves_an_amount_by_half_a_fen_at_most_and_only_once(yuan):
    assert abs(rounded(yuan) - yuan) <= Fraction(1, 200) and rounded(rounded(yuan)) == rounded(yuan)


@given(YUAN)
def test_what_is_written_is_what_is_paid(yuan):
    assert Fraction(written(yuan)) == rounded(yuan) == Fraction(to_fen(yuan), 100)


def test_ratios_are_written_without_needless_zeros():
    assert [plain(Fraction(text)) for text in ("1.50", "24", "0.505", "-0.5")] == ["1.5", "24", "0.505", "-0.5"]
    assert plain(Fraction(1, 3)) == "1/3"
