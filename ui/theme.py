"""The look: tokens, scale, palette, style sheet, fonts and icons; no colour or size stands elsewhere."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontDatabase, QIcon, QPainter, QPalette, QPixmap
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QApplication, QStyleFactory

from resources import names, read_bytes, read_text

Length = Callable[[float], int]
"""From a length of the design to pixels."""

SCALES = (100, 125, 150, 200)
"""The steps of the scale in per cent."""

_SYSTEM_SANS = (
    "Microsoft YaHei UI",
    "Microsoft YaHei",
    "PingFang SC",
    "Source Han Sans SC",
    "Noto Sans CJK SC",
    "Noto Sans SC",
    "WenQuanYi Micro Hei",
)
_BUNDLED_SANS = "NotoSansSC-Regular.ttf.zst"


@dataclass(frozen=True)
class Tokens:
    """The colours of one mode (ui/design.md, Tokens)."""

    ground: str
    card: str
    line: str
    text: str
    muted: str
    accent: str
    accent_soft: str
    red: str
    red_soft: str
    orange: str
    orange_soft: str
    amber: str
    amber_soft: str
    green: str
    green_soft: str
    input_border: str
    on_accent: str
    nav: str
    nav_here: str
    nav_text: str
    paper: str = "#ffffff"
    ink: str = "#1c2733"


LIGHT = Tokens(
    ground="#f4f6f8", card="#ffffff", line="#d8dee4", text="#1c2733", muted="#586573",
    accent="#0b6e75", accent_soft="#e0f1f2", red="#b42318", red_soft="#fde9e7",
    orange="#a34300", orange_soft="#fdeadb",
    amber="#8a5a00", amber_soft="#fff3d6", green="#1d6b3a", green_soft="#e3f4e8",
    input_border="#8b96a0", on_accent="#ffffff", nav="#18323b", nav_here="#2a5360", nav_text="#d5e2e6",
)  # fmt: skip
DARK = Tokens(
    ground="#14191d", card="#1c2329", line="#36424b", text="#e6e1d6", muted="#a3adb3",
    accent="#5cc2c8", accent_soft="#203a3e", red="#ff9d92", red_soft="#43221f",
    orange="#ffb37a", orange_soft="#45291a",
    amber="#f2c26b", amber_soft="#3d3015", green="#8ad3a0", green_soft="#1d3526",
    input_border="#71808b", on_accent="#10201f", nav="#0d1316", nav_here="#23424d", nav_text="#c9d3d6",
)  # fmt: skip
"""Borders of inputs are a shade stronger than the page's token, which misses its own contrast of 3."""


@dataclass(frozen=True)
class Theme:
    """Tokens and scale in force; `px` turns a length of the design into pixels."""

    tokens: Tokens
    scale: int
    family: str

    @property
    def dark(self) -> bool:
        """Whether the dark room is on."""
        return self.tokens is DARK

    def px(self, length: float) -> int:
        """A length of the design at this scale."""
        return max(1, round(length * self.scale / 100))


class _Holder:
    theme = Theme(LIGHT, 100, "")


def current() -> Theme:
    """The theme in force."""
    return _Holder.theme


def px(length: float) -> int:
    """A length of the design in pixels of the scale in force."""
    return _Holder.theme.px(length)


@lru_cache(maxsize=1)
def family() -> str:
    """The Chinese sans of the system, else the bundled one."""
    there = set(QFontDatabase.families())
    for name in _SYSTEM_SANS:
        if name in there:
            return name
    if _BUNDLED_SANS in names("fonts", suffix=".zst"):
        import zstandard

        data = zstandard.ZstdDecompressor().decompress(read_bytes("fonts", _BUNDLED_SANS))
        number = QFontDatabase.addApplicationFontFromData(QByteArray(data))
        if number >= 0:
            return QFontDatabase.applicationFontFamilies(number)[0]
    return QFont().family()


def use(app: QApplication, dark: bool = False, scale: int = 100) -> Theme:
    """Put a theme in force for the whole program; unknown scales become 100."""
    theme = Theme(DARK if dark else LIGHT, scale if scale in SCALES else 100, family())
    _Holder.theme = theme
    icon.cache_clear()
    app.setStyle(QStyleFactory.create("Fusion"))
    font = QFont(theme.family)
    font.setPixelSize(theme.px(14))
    app.setFont(font)
    app.setPalette(_palette(theme.tokens))
    app.setStyleSheet(style_sheet(theme))
    app.setEffectEnabled(Qt.UIEffect.UI_AnimateMenu, False)
    app.setEffectEnabled(Qt.UIEffect.UI_AnimateCombo, False)
    return theme


def _palette(tokens: Tokens) -> QPalette:
    role = QPalette.ColorRole
    palette = QPalette()
    for where, colour in (
        (role.Window, tokens.ground),
        (role.WindowText, tokens.text),
        (role.Base, tokens.card),
        (role.AlternateBase, tokens.ground),
        (role.Text, tokens.text),
        (role.Button, tokens.card),
        (role.ButtonText, tokens.text),
        (role.Highlight, tokens.accent),
        (role.HighlightedText, tokens.on_accent),
        (role.PlaceholderText, tokens.muted),
        (role.ToolTipBase, tokens.card),
        (role.ToolTipText, tokens.text),
        (role.Link, tokens.accent),
    ):
        palette.setColor(where, QColor(colour))
    return palette


@lru_cache(maxsize=128)
def icon(name: str, colour: str = "") -> QIcon:
    """An icon of the Tabler set, tinted (text colour of the theme by default); empty when there is none such."""
    return QIcon(picture(name, 18, colour))


def picture(name: str, size: float, colour: str = "") -> QPixmap:
    """An icon drawn at `size` design pixels, sharp on dense screens."""
    side = px(size) * 2
    pixmap = QPixmap(side, side)
    pixmap.fill(Qt.GlobalColor.transparent)
    if f"{name}.svg" in names("icons", suffix=".svg"):
        text = read_text("icons", f"{name}.svg").replace("currentColor", colour or current().tokens.text)
        painter = QPainter(pixmap)
        QSvgRenderer(QByteArray(text.encode())).render(painter, QRectF(0, 0, side, side))
        painter.end()
    pixmap.setDevicePixelRatio(2)
    return pixmap


def style_sheet(theme: Theme) -> str:
    """The one style sheet, built from the tokens and the scale."""
    t, p = theme.tokens, theme.px
    tones = "".join(
        f'QLabel[tone="{tone}"] {{ color: {ink}; background: {soft}; border: 0; border-radius: {p(4)}px;'
        f" padding: {p(2)}px {p(8)}px; font-size: {p(12.5)}px; }}"
        f'QFrame[banner="{tone}"] {{ background: {soft}; border: 1px solid {ink}; border-radius: {p(8)}px; }}'
        f'QFrame[banner="{tone}"] QLabel {{ color: {ink}; }}'
        for tone, ink, soft in (
            ("accent", t.accent, t.accent_soft),
            ("red", t.red, t.red_soft),
            ("orange", t.orange, t.orange_soft),
            ("amber", t.amber, t.amber_soft),
            ("green", t.green, t.green_soft),
            ("plain", t.muted, t.ground),
            ("other", t.text, t.line),
        )
    )
    return tones + _widgets(t, p) + _buttons(t, p) + _inputs(t, p) + _lists(t, p) + _frame(t, p)


def _widgets(t: Tokens, p: Length) -> str:
    return f"""
QWidget {{ color: {t.text}; }}
QMainWindow, QWidget[kind="ground"] {{ background: {t.ground}; }}
QFrame[kind="card"] {{ background: {t.card}; border: 1px solid {t.line}; border-radius: {p(8)}px; }}
QFrame[kind="inset"] {{ background: {t.ground}; border: 1px solid {t.line}; border-radius: {p(8)}px; }}
QLabel {{ background: transparent; }}
QLabel[kind="title"] {{ font-size: {p(20)}px; font-weight: 700; }}
QLabel[kind="brand"] {{ font-size: {p(24)}px; font-weight: 700; }}
QLabel[kind="head"] {{ font-size: {p(15)}px; font-weight: 700; }}
QLabel[kind="muted"] {{ color: {t.muted}; }}
QLabel[kind="small"] {{ color: {t.muted}; font-size: {p(12.5)}px; }}
QLabel[kind="good"] {{ color: {t.green}; }}
QPushButton[kind="section"] QLabel {{ font-size: {p(13)}px; }}
QPushButton[kind="section"] QLabel[kind="here"] {{ color: {t.accent}; font-weight: 700; }}
QLabel[kind="warn"] {{ color: {t.amber}; }}
QLabel[kind="strong"] {{ font-weight: 700; }}
QLabel[kind="error"] {{ color: {t.red}; font-size: {p(12.5)}px; }}
QLabel[kind="code"] {{ font-size: {p(20)}px; font-weight: 700; }}
QLabel[kind="picture"] {{ background: {t.line}; border-radius: {p(4)}px; }}
QToolTip {{ background: {t.card}; color: {t.text}; border: 1px solid {t.line}; padding: {p(4)}px; }}
QScrollArea, QScrollArea > QWidget > QWidget[kind="plain"] {{ background: transparent; border: 0; }}
QScrollBar:vertical {{ background: transparent; width: {p(10)}px; margin: 0; }}
QScrollBar:horizontal {{ background: transparent; height: {p(10)}px; margin: 0; }}
QScrollBar::handle {{ background: {t.input_border}; border-radius: {p(4)}px; min-height: {p(24)}px;
  min-width: {p(24)}px; margin: {p(1)}px; }}
QScrollBar::add-line, QScrollBar::sub-line {{ width: 0; height: 0; }}
QScrollBar::add-page, QScrollBar::sub-page {{ background: transparent; }}
QProgressBar {{ background: {t.line}; border: 0; border-radius: {p(4)}px; height: {p(8)}px; max-height: {p(8)}px; }}
QProgressBar::chunk {{ background: {t.accent}; border-radius: {p(4)}px; }}
QSplitter::handle {{ background: transparent; }}
QMenu {{ background: {t.card}; border: 1px solid {t.line}; padding: {p(4)}px; }}
QMenu::item {{ padding: {p(6)}px {p(20)}px; border-radius: {p(4)}px; }}
QMenu::item:selected {{ background: {t.accent_soft}; color: {t.accent}; }}
QDialog {{ background: {t.card}; }}
"""


def _buttons(t: Tokens, p: Length) -> str:
    return f"""
QPushButton {{ background: {t.card}; border: 1px solid {t.line}; border-radius: {p(6)}px;
  padding: {p(5)}px {p(12)}px; min-height: {p(20)}px; }}
QPushButton:hover {{ border-color: {t.accent}; }}
QPushButton:focus {{ border: 2px solid {t.accent}; padding: {p(5) - 1}px {p(12) - 1}px; }}
QPushButton:disabled {{ color: {t.muted}; background: {t.ground}; }}
QPushButton[kind="primary"] {{ background: {t.accent}; color: {t.on_accent}; border-color: {t.accent}; }}
QPushButton[kind="primary"]:focus {{ border: 2px solid {t.text}; }}
QPushButton[kind="primary"]:disabled {{ background: {t.line}; color: {t.muted}; border-color: {t.line}; }}
QPushButton[kind="link"] {{ background: transparent; border: 0; color: {t.muted}; padding: {p(2)}px; }}
QPushButton[kind="link"]:focus {{ border: 2px solid {t.accent}; }}
QPushButton[kind="chip"] {{ background: {t.ground}; color: {t.muted}; border: 1px solid {t.input_border};
  border-radius: {p(4)}px; padding: {p(2)}px {p(8)}px; font-size: {p(12.5)}px; min-height: {p(18)}px; }}
QPushButton[kind="chip"]:checked {{ background: {t.accent_soft}; color: {t.accent}; border-color: {t.accent};
  font-weight: 700; }}
QPushButton[kind="chip"][here="true"] {{ border: 2px solid {t.accent};
  padding: {p(2) - 1}px {p(8) - 1}px; }}
QPushButton[kind="choice"] {{ text-align: left; border-color: {t.input_border}; }}
QPushButton[kind="choice"]:checked {{ background: {t.accent_soft}; font-weight: 700; }}
QPushButton[kind="choice"]:focus {{ border: 2px solid {t.accent}; }}
QPushButton[kind="section"] {{ background: transparent; border: 0; text-align: left; padding: {p(4)}px {p(10)}px;
  font-size: {p(13)}px; }}
QPushButton[kind="section"]:checked {{ background: {t.accent_soft}; color: {t.accent}; font-weight: 700; }}
QPushButton[kind="section"]:focus {{ border: 2px solid {t.accent}; }}
QCheckBox:focus {{ outline: none; border: 2px solid {t.accent}; border-radius: {p(4)}px; }}
"""


def _inputs(t: Tokens, p: Length) -> str:
    inputs = "QLineEdit, QPlainTextEdit, QComboBox"
    return f"""
{inputs} {{ background: {t.card}; border: 1px solid {t.input_border}; border-radius: {p(6)}px;
  padding: {p(4)}px {p(9)}px; selection-background-color: {t.accent}; selection-color: {t.on_accent}; }}
QLineEdit, QComboBox {{ min-height: {p(22)}px; }}
QLineEdit:focus, QPlainTextEdit:focus, QComboBox:focus {{ border: 2px solid {t.accent};
  padding: {p(4) - 1}px {p(9) - 1}px; }}
QLineEdit[wrong="true"], QPlainTextEdit[wrong="true"], QComboBox[wrong="true"] {{ border-color: {t.red}; }}
QLineEdit:read-only {{ background: {t.ground}; color: {t.muted}; }}
QComboBox::drop-down {{ border: 0; width: {p(22)}px; }}
QComboBox QAbstractItemView {{ background: {t.card}; border: 1px solid {t.line};
  selection-background-color: {t.accent_soft}; selection-color: {t.accent}; }}
QWidget[kind="pad"] {{ background: {t.paper}; border: 1px solid {t.input_border}; border-radius: {p(6)}px; }}
"""


def _lists(t: Tokens, p: Length) -> str:
    return f"""
QTableView {{ background: {t.card}; border: 0; gridline-color: transparent; outline: 0;
  selection-background-color: {t.accent_soft}; selection-color: {t.text}; }}
QTableView::item {{ border-bottom: 1px solid {t.line}; padding: 0 {p(8)}px; }}
QTableView::item:selected {{ background: {t.accent_soft}; color: {t.text}; }}
QTableView[framed="true"] {{ border: 1px solid {t.line}; border-radius: {p(6)}px; }}
QHeaderView {{ background: {t.card}; border: 0; }}
QHeaderView::section {{ background: {t.card}; color: {t.muted}; border: 0; border-bottom: 1px solid {t.line};
  padding: {p(6)}px {p(8) + 3}px; font-size: {p(13)}px; }}
QTableCornerButton::section {{ background: {t.card}; border: 0; }}
QListView {{ background: {t.card}; border: 0; outline: 0; }}
QListView::item {{ padding: {p(6)}px {p(8)}px; border-radius: {p(4)}px; }}
QListView::item:selected {{ background: {t.accent_soft}; color: {t.accent}; }}
"""


def _frame(t: Tokens, p: Length) -> str:
    return f"""
QFrame[kind="nav"] {{ background: {t.nav}; border: 0; }}
QFrame[kind="nav"] QLabel {{ color: {t.nav_text}; }}
QFrame[kind="nav"] QLabel[kind="small"] {{ font-size: {p(11)}px; }}
QFrame[kind="nav"] QPushButton {{ background: transparent; border: 0; color: {t.nav_text}; text-align: left;
  padding: {p(7)}px {p(10)}px; border-radius: {p(6)}px; }}
QFrame[kind="nav"] QPushButton:hover, QFrame[kind="nav"] QPushButton:checked {{ background: {t.nav_here}; }}
QFrame[kind="nav"] QPushButton:focus {{ border: 2px solid {t.nav_text};
  padding: {p(7) - 2}px {p(10) - 2}px; }}
QFrame[kind="status"] {{ background: {t.card}; border: 0; border-top: 1px solid {t.line}; }}
QFrame[kind="status"] QLabel {{ font-size: {p(13)}px; }}
QFrame[kind="training"] {{ background: {t.amber_soft}; border: 0; }}
QFrame[kind="training"] QLabel {{ color: {t.amber}; font-size: {p(12.5)}px; }}
QWidget[kind="door"] {{ background: {t.nav}; }}
"""
