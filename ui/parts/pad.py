"""A pad to sign on with mouse, pen or finger; gives a PNG."""

from PySide6.QtCore import QBuffer, QIODevice, QPointF, Qt, Signal
from PySide6.QtGui import QColor, QImage, QMouseEvent, QPainter, QPaintEvent, QPen, QPixmap, QTabletEvent
from PySide6.QtWidgets import QWidget

from ui import theme
from ui.theme import px

_WIDTH, _HEIGHT = 600, 200


class Pad(QWidget):
    """White in every theme; strokes are kept as points of a 600 × 200 sheet."""

    drawn = Signal()

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.setFixedSize(px(270), px(90))
        self._strokes: list[list[QPointF]] = []
        self._kept: QPixmap | None = None

    @property
    def empty(self) -> bool:
        """Whether nothing was drawn since `clear`."""
        return not self._strokes

    def clear(self) -> None:
        """A white sheet."""
        self._strokes, self._kept = [], None
        self.update()

    def show_kept(self, data: bytes) -> None:
        """Show a signature that the store holds."""
        picture = QPixmap()
        picture.loadFromData(data)
        self._kept = picture
        self._strokes = []
        self.update()

    def png(self) -> bytes:
        """What was drawn."""
        image = QImage(_WIDTH, _HEIGHT, QImage.Format.Format_RGB32)
        image.fill(QColor(theme.current().tokens.paper))
        painter = QPainter(image)
        self._draw(painter, _WIDTH / self.width(), 4)
        painter.end()
        buffer = QBuffer()
        buffer.open(QIODevice.OpenModeFlag.WriteOnly)
        image.save(buffer, "PNG")  # type: ignore[call-overload]
        return bytes(buffer.data().data())

    def _draw(self, painter: QPainter, factor: float, thick: float) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ink = QColor(theme.current().tokens.ink)
        painter.setPen(QPen(ink, thick, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin))
        for stroke in self._strokes:
            painter.drawPolyline([point * factor for point in stroke])

    def paintEvent(self, event: QPaintEvent) -> None:
        """The sheet with what was drawn or kept."""
        tokens, painter = theme.current().tokens, QPainter(self)
        painter.fillRect(self.rect(), QColor(tokens.paper))
        painter.setPen(QColor(tokens.input_border))
        painter.drawRect(self.rect().adjusted(0, 0, -1, -1))
        if self._kept is not None and not self._strokes:
            scaled = self._kept.scaled(
                self.size(), Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation
            )
            painter.drawPixmap((self.width() - scaled.width()) // 2, (self.height() - scaled.height()) // 2, scaled)
        self._draw(painter, 1, 2)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A stroke begins."""
        self._begin(event.position())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """It goes on."""
        self._go(event.position())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """It ends."""
        self._go(event.position())
        self.drawn.emit()

    def tabletEvent(self, event: QTabletEvent) -> None:
        """The same with a pen."""
        if event.type() == event.Type.TabletPress:
            self._begin(event.position())
        elif event.type() == event.Type.TabletMove:
            self._go(event.position())
        else:
            self.drawn.emit()
        event.accept()

    def _begin(self, at: QPointF) -> None:
        self._strokes.append([at])
        self.update()

    def _go(self, at: QPointF) -> None:
        if self._strokes:
            self._strokes[-1].append(at)
            self.update()
