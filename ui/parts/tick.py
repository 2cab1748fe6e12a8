"""A box to tick, drawn from the tokens so that box and tick are seen in every theme."""

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QCheckBox

from ui import theme
from ui.theme import px

_BOX, _GAP = 16, 8


class Tick(QCheckBox):
    """A check box; space ticks it, the focus shows as everywhere."""

    def sizeHint(self) -> QSize:
        """Box, gap and words."""
        words = self.fontMetrics().size(0, self.text())
        return QSize(px(_BOX + _GAP + 8) + words.width(), max(words.height(), px(_BOX)) + px(8))

    def hitButton(self, pos: object) -> bool:
        """Box and words both answer to the mouse."""
        return True

    def paintEvent(self, event: QPaintEvent) -> None:
        """Box, tick, words, focus."""
        tokens, painter = theme.current().tokens, QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        side = px(_BOX)
        box = QRectF(px(3), (self.height() - side) / 2, side, side)
        painter.setPen(QPen(QColor(tokens.accent if self.isChecked() else tokens.input_border), 1.4))
        painter.setBrush(QColor(tokens.accent if self.isChecked() else tokens.card))
        painter.drawRoundedRect(box, px(3), px(3))
        if self.isChecked():
            painter.setPen(QPen(QColor(tokens.on_accent), max(1.6, side / 8)))
            points = [
                QPointF(box.x() + side * x, box.y() + side * y) for x, y in ((0.22, 0.52), (0.43, 0.73), (0.8, 0.3))
            ]
            painter.drawPolyline(points)
        painter.setPen(QColor(tokens.text if self.isEnabled() else tokens.muted))
        words = QRectF(box.right() + px(_GAP), 0, self.width(), self.height())
        painter.drawText(words, int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft), self.text())
        if self.hasFocus():
            painter.setPen(QPen(QColor(tokens.accent), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), px(4), px(4))
