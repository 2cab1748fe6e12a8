"""The trace of an answer as a list: sign, rule, the arithmetic in words, facts used and source; arrows go through."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import QAbstractItemView, QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from desktop.casework.case_views import StepView
from ui import theme
from ui.theme import px

Index = QModelIndex | QPersistentModelIndex
NOWHERE = QModelIndex()
_MARKS = {True: ("✓", "符合", "green"), False: ("✗", "不符合", "red"), None: ("·", "算到这里", "muted")}
_SIGN, _RULE, _EDGE, _GAP = 22, 78, 8, 3
_WRAP = int(Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignLeft)


def details(step: StepView) -> tuple[str, ...]:
    """What stands small below the sentence: the facts used, the source with the day since when it holds."""
    used = "，".join(f"{name} {value}" for name, value in step.inputs.items())
    since = f"（本条 {step.effective_from} 起施行）" if step.effective_from else ""
    return (*((f"用到：{used}",) if used else ()), f"依据：{step.source}{since}")


class Steps(QAbstractListModel):
    """The steps of one answer."""

    def __init__(self) -> None:
        super().__init__()
        self.steps: tuple[StepView, ...] = ()

    def show_steps(self, steps: Sequence[StepView]) -> None:
        """Another answer."""
        self.beginResetModel()
        self.steps = tuple(steps)
        self.endResetModel()

    def rowCount(self, parent: Index = NOWHERE) -> int:
        """How many steps."""
        return 0 if parent.isValid() else len(self.steps)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """The sentence; for a screen reader everything."""
        step = self.steps[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return step.text
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{_MARKS[step.passed][1]}，{step.rule_id}，{step.text}。{'。'.join(details(step))}"
        return None


class _Painted(QStyledItemDelegate):
    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        view = self.parent()
        assert isinstance(view, TraceList)
        width = view.viewport().width()
        return QSize(width, self._lay(view.model_.steps[index.row()], QRect(0, 0, width, 0), None))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        view, state, rect = self.parent(), option.state, option.rect
        assert isinstance(view, TraceList)
        painter.save()
        tokens = theme.current().tokens
        painter.setPen(QColor(tokens.line))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        self._lay(view.model_.steps[index.row()], rect, painter)
        if state & QStyle.StateFlag.State_HasFocus and view.hasFocus():
            painter.setPen(QPen(QColor(tokens.accent), px(2)))
            painter.drawRect(rect.adjusted(px(1), px(1), -px(1), -px(2)))
        painter.restore()

    def _lay(self, step: StepView, rect: QRect, painter: QPainter | None) -> int:
        """Paint a step, or only measure it without a painter; its height."""
        tokens, (sign, _, tone) = theme.current().tokens, _MARKS[step.passed]
        left = rect.left() + px(_EDGE + _SIGN + _RULE)
        width, y = max(px(80), rect.right() - px(_EDGE) - left), rect.top() + px(_EDGE - 2)
        if painter is not None:
            side = rect.left() + px(_EDGE)
            for x, wide, text, colour in (
                (side, _SIGN, sign, getattr(tokens, tone)),
                (side + px(_SIGN), _RULE, step.rule_id, tokens.muted),
            ):
                painter.setFont(_font(14 if text == sign else 12.5))
                painter.setPen(QColor(colour))
                painter.drawText(QRect(x, y, px(wide), px(20)), int(Qt.AlignmentFlag.AlignVCenter), text)
        for size, colour, text in (
            (14, tokens.text, step.text),
            *((12.5, tokens.muted, one) for one in details(step)),
        ):
            high = QFontMetrics(_font(size)).boundingRect(QRect(0, 0, width, 100_000), _WRAP, text).height()
            if painter is not None:
                painter.setFont(_font(size))
                painter.setPen(QColor(colour))
                painter.drawText(QRect(left, y, width, high), _WRAP, text)
            y += high + px(_GAP)
        return y + px(_EDGE - 4) - rect.top()


def _font(size: float) -> QFont:
    font = QFont(theme.current().family)
    font.setPixelSize(px(size))
    return font


class TraceList(QListView):
    """Steps one below the other, each as high as its words."""

    def __init__(self) -> None:
        super().__init__()
        self.model_ = Steps()
        self.setModel(self.model_)
        self.setItemDelegate(_Painted(self))
        self.setAccessibleName("逐条依据")
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.setMinimumHeight(px(120))

    def show_steps(self, steps: Sequence[StepView]) -> None:
        """Another answer, from its first step."""
        self.model_.show_steps(steps)
        if steps:
            self.setCurrentIndex(self.model_.index(0))
