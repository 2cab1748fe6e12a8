"""The look is readable: contrast of every pair of tokens that is written with, in light and dark."""

import pytest
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QApplication

from ui import theme
from ui.theme import DARK, LIGHT, SCALES, Tokens

_TONES = ("accent", "red", "orange", "amber", "green")


def luminance(colour: str) -> float:
    parts = [channel / 12.92 if channel <= 0.03928 else ((channel + 0.055) / 1.055) ** 2.4
             for channel in (QColor(colour).redF(), QColor(colour).greenF(), QColor(colour).blueF())]  # fmt: skip
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]


def contrast(one: str, two: str) -> float:
    light, dark = sorted((luminance(one), luminance(two)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("tokens", [LIGHT, DARK], ids=["light", "dark"])
def test_words_stand_out_from_their_ground(tokens: Tokens) -> None:
    pairs = [
        *((ink, ground) for ink in (tokens.text, tokens.muted) for ground in (tokens.ground, tokens.card)),
        *((getattr(tokens, tone), getattr(tokens, f"{tone}_soft")) for tone in _TONES),
        *((getattr(tokens, tone), tokens.card) for tone in _TONES),
        (tokens.on_accent, tokens.accent), (tokens.nav_text, tokens.nav), (tokens.nav_text, tokens.nav_here),
        (tokens.text, tokens.accent_soft), (tokens.text, tokens.line), (tokens.ink, tokens.paper),
    ]  # fmt: skip
    assert [pair for pair in pairs if contrast(*pair) < 4.5] == []


@pytest.mark.parametrize("tokens", [LIGHT, DARK], ids=["light", "dark"])
def test_borders_of_inputs_and_the_focus_are_seen(tokens: Tokens) -> None:
    assert contrast(tokens.input_border, tokens.card) >= 3 and contrast(tokens.accent, tokens.card) >= 3


def test_the_night_has_no_pure_white() -> None:
    shown = {value for name, value in vars(DARK).items() if name != "paper"}
    assert "#ffffff" not in shown


@pytest.mark.parametrize("scale", SCALES)
def test_lengths_follow_the_scale(qapp: QApplication, scale: int) -> None:
    assert theme.use(qapp, False, scale).px(14) == round(14 * scale / 100)
    theme.use(qapp)
