"""Small parts: labels, tags, cards, buttons with their shortcut, banners, rows, clearing a layout."""

from collections.abc import Callable

from PySide6.QtCore import QPoint, QRect, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLayout,
    QLayoutItem,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from db.refused import Refused
from ui import theme
from ui.theme import px


def mark(widget: QWidget, name: str, value: object) -> None:
    """Set a property that the style sheet reads, and restyle."""
    if widget.property(name) != value:
        widget.setProperty(name, value)
        widget.style().unpolish(widget)
        widget.style().polish(widget)


def label(text: str = "", kind: str = "", wrap: bool = False) -> QLabel:
    """Plain text; names and reasons are never read as markup."""
    made = QLabel(text)
    made.setTextFormat(Qt.TextFormat.PlainText)
    made.setWordWrap(wrap)
    if kind:
        made.setProperty("kind", kind)
    return made


def tag(text: str, tone: str = "plain") -> QLabel:
    """A short status word; tones are accent, red, amber, green and plain."""
    made = label(text)
    made.setProperty("tone", tone)
    made.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Maximum)
    return made


def button(
    text: str, pressed: Callable[[], object] | None = None, kind: str = "", shortcut: str = "", icon: str = ""
) -> QPushButton:
    """A button; `kind` is primary, link or empty; a shortcut is shown in it: the page's or frame's deed has the key."""
    made = QPushButton(f"{text}  {shortcut}" if shortcut else text)
    made.setAccessibleName(text)
    made.setAutoDefault(False)
    if kind:
        made.setProperty("kind", kind)
    if icon:
        tokens = theme.current().tokens
        made.setIcon(theme.icon(icon, tokens.on_accent if kind == "primary" else tokens.text))
        made.setIconSize(QSize(px(18), px(18)))
    if pressed is not None:
        made.clicked.connect(lambda _=False: pressed())
    return made


def card(kind: str = "card", margin: float = 14, gap: float = 8) -> tuple[QFrame, QVBoxLayout]:
    """A framed ground with its column."""
    frame = QFrame()
    frame.setProperty("kind", kind)
    column = QVBoxLayout(frame)
    column.setContentsMargins(px(margin), px(margin - 2), px(margin), px(margin - 2))
    column.setSpacing(px(gap))
    return frame, column


class Elided(QLabel):
    """One line that ends in … where it has no room; the whole stands in its hint."""

    def minimumSizeHint(self) -> QSize:
        """A few characters are enough."""
        return QSize(px(30), super().minimumSizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        """As much of the text as fits."""
        painter = QPainter(self)
        text = self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, self.width())
        self.setToolTip(self.text() if text != self.text() else "")
        side = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        self.style().drawItemText(painter, self.rect(), int(side), self.palette(), True, text, self.foregroundRole())


def elided(text: str, kind: str = "") -> Elided:
    """Plain text that may be cut at the end."""
    made = Elided(text)
    made.setTextFormat(Qt.TextFormat.PlainText)
    if kind:
        made.setProperty("kind", kind)
    return made


def ends(
    text: str, state: str, pressed: Callable[[], object], here: bool, kind: str = "section", tone: str = "muted"
) -> QPushButton:
    """A button across a list: words at the left, a short state at the right."""
    made = QPushButton()
    made.setAccessibleName(f"{text}，{state}")
    made.setAutoDefault(False)
    made.setCheckable(True)
    made.setChecked(here)
    made.setProperty("kind", kind)
    inside = QHBoxLayout(made)
    inside.setContentsMargins(px(10), 0, px(10), 0)
    words, said = elided(text, "here" if here else "there"), label(state, tone)
    for part in (words, said):
        part.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
    inside.addWidget(words, 1)
    inside.addWidget(said)
    made.setMinimumHeight(px(30))
    made.clicked.connect(lambda _=False: pressed())
    return made


def row(*parts: QWidget | None, gap: float = 8) -> QHBoxLayout:
    """Widgets side by side; `None` is a stretch."""
    made = QHBoxLayout()
    made.setContentsMargins(0, 0, 0, 0)
    made.setSpacing(px(gap))
    for part in parts:
        if part is None:
            made.addStretch(1)
        else:
            made.addWidget(part)
    return made


def column(parent: QWidget, margin: float = 0, gap: float = 8) -> QVBoxLayout:
    """A column that fills a widget."""
    made = QVBoxLayout(parent)
    made.setContentsMargins(px(margin), px(margin), px(margin), px(margin))
    made.setSpacing(px(gap))
    return made


def scrolled(inner: QWidget) -> QScrollArea:
    """A widget that scrolls up and down, never sideways."""
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    inner.setProperty("kind", "plain")
    area.setWidget(inner)
    return area


def within(parent: QWidget, wide: float, high: float) -> QSize:
    """A size of the design for a dialog, but not larger than the window that it belongs to."""
    room = parent.window().size() - QSize(px(40), px(40))
    return QSize(px(wide), px(high)).boundedTo(room)


def clear(layout: QLayout) -> None:
    """Take everything out of a layout and let it go."""
    while layout.count():
        item = layout.takeAt(0)
        if item is None:
            break
        if (widget := item.widget()) is not None:
            widget.hide()
            widget.deleteLater()
        elif (inner := item.layout()) is not None:
            clear(inner)


def focus_soon(widget: QWidget) -> None:
    """Give the focus to a widget that its layout is about to show."""
    QTimer.singleShot(0, widget, widget.setFocus)


class Banner(QFrame):
    """Information, warning or refusal in words over the head of a page; hidden while there is nothing to say."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._text = label(wrap=True)
        line = QHBoxLayout(self)
        line.setContentsMargins(px(12), px(4), px(12), px(4))
        line.addWidget(self._text, 1)
        self.act = button("")
        self._do: Callable[[], object] = self.hide
        self.act.clicked.connect(lambda _=False: self._do())
        line.addWidget(self.act)
        line.addWidget(button("知道了", self.hide, "link"))
        self.hide()

    def high(self, wide: int) -> int:
        """How much height the words take at a width, at least that of a page's head."""
        return max(self.heightForWidth(wide), px(44))

    @property
    def text(self) -> str:
        """What it says now; empty while hidden."""
        return "" if self.isHidden() else self._text.text()

    def say(self, text: str, tone: str = "accent", act: tuple[str, Callable[[], object]] | None = None) -> None:
        """Show a sentence; `act` is the words of a button with what it does."""
        self.act.setVisible(act is not None)
        if act is not None:
            self.act.setText(act[0])
            self.act.setAccessibleName(act[0])
            self._do = act[1]
        sign = {"red": "✕ ", "amber": "! ", "green": "✓ "}.get(tone, "")
        self._text.setText(sign + text)
        self._text.setAccessibleName(text)
        mark(self, "banner", tone)
        self.show()
        self.changed.emit()

    def refuse(self, refusal: Refused) -> None:
        """Show what happened, what is safe and what to do."""
        self.say(refusal_text(refusal), "red")


def refusal_text(refusal: Refused) -> str:
    """The three sentences of a refusal."""
    return " ".join(part for part in (refusal.what, refusal.safe, refusal.do) if part)


class FlowLayout(QLayout):
    """Parts from left to right that wrap to the next line."""

    def __init__(self, parent: QWidget | None = None, gap: float = 6) -> None:
        super().__init__(parent)
        self._items: list[QLayoutItem] = []
        self._gap = gap
        self.setContentsMargins(0, 0, 0, 0)

    def addItem(self, item: QLayoutItem) -> None:
        """One more part at the end."""
        self._items.append(item)

    def count(self) -> int:
        """How many parts."""
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:
        """The part at a place."""
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:
        """Remove the part at a place."""
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    def hasHeightForWidth(self) -> bool:
        """The height follows from the width."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Height of the lines at a width."""
        return self._lay(QRect(0, 0, width, 0), move=False)

    def setGeometry(self, rect: QRect) -> None:
        """Put the parts in place."""
        super().setGeometry(rect)
        self._lay(rect, move=True)

    def sizeHint(self) -> QSize:
        """The smallest size that holds every part."""
        return self.minimumSize()

    def minimumSize(self) -> QSize:
        """The widest part."""
        size = QSize()
        for item in self._items:
            size = size.expandedTo(item.minimumSize())
        return size

    def _lay(self, rect: QRect, move: bool) -> int:
        x, y, height, gap = rect.x(), rect.y(), 0, px(self._gap)
        for item in self._items:
            hint = item.sizeHint()
            if x > rect.x() and x + hint.width() > rect.right() + 1:
                x, y, height = rect.x(), y + height + gap, 0
            if move:
                item.setGeometry(QRect(QPoint(x, y), hint))
            x, height = x + hint.width() + gap, max(height, hint.height())
        return y + height - rect.y()


def stretch(layout: QBoxLayout) -> None:
    """Push what came before to the beginning."""
    layout.addStretch(1)
