"""A paper as it will be printed: one page at a time, whole or in width, from bytes that never touch the disk."""

from PySide6.QtCore import QEvent, QObject, QSize, Qt
from PySide6.QtGui import QImage, QPainter, QPixmap
from PySide6.QtWidgets import QLabel, QScrollArea, QVBoxLayout, QWidget

from ui import theme
from ui.parts.basics import button, elided, label, row
from ui.printing import Pages
from ui.theme import px


class Sheet(QWidget):
    """`show_paper(data)` shows its first page; PageUp and PageDown are the page's deeds."""

    def __init__(self) -> None:
        super().__init__()
        self._pages: Pages | None = None
        self.page, self._wide = 0, False
        lines = QVBoxLayout(self)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setSpacing(px(6))
        self.place, self.about = label("", "strong"), elided("", "small")
        self._back, self._on = button("上一页", lambda: self.turn(-1)), button("下一页", lambda: self.turn(1))
        self._size = button("放大", self.zoom)
        across = row(self.place)
        across.addWidget(self.about, 1)
        lines.addLayout(across)
        self._shown = QLabel()
        self._shown.setAlignment(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop)
        self._shown.setMinimumSize(1, 1)
        self._area = QScrollArea()
        self._area.setWidgetResizable(True)
        self._area.setWidget(self._shown)
        self._area.setAccessibleName("文书预览")
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._area.viewport().installEventFilter(self)
        lines.addWidget(self._area, 1)
        lines.addLayout(row(None, self._back, self._on, self._size, None))
        self.show_nothing("")

    @property
    def count(self) -> int:
        """How many pages the paper has."""
        return self._pages.pageCount() if self._pages is not None else 0

    def show_paper(self, data: bytes, about: str) -> None:
        """Show the first page; `about` says what kind of print this is."""
        self._pages, self.page = Pages(data), 0
        self.about.setText(about)
        self._draw()

    def show_nothing(self, words: str) -> None:
        """No paper, with the reason in words."""
        self._pages = None
        self.place.setText("")
        self.about.setText(words)
        self._shown.setPixmap(QPixmap())
        for part in (self._back, self._on, self._size):
            part.hide()

    def turn(self, step: int) -> None:
        """Another page."""
        self.page = max(0, min(self.count - 1, self.page + step))
        self._draw()

    def zoom(self) -> None:
        """Between the whole page and its full width."""
        self._wide = not self._wide
        self._size.setText("整页" if self._wide else "放大")
        self._draw()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The page follows the room."""
        if event.type() == QEvent.Type.Resize:
            self._draw()
        return super().eventFilter(watched, event)

    def _draw(self) -> None:
        if self._pages is None or not self.count:
            return
        points, room = self._pages.pagePointSize(self.page), self._area.viewport().size()
        wide = (room.width() - px(12)) / points.width()
        factor = wide if self._wide else min(wide, (room.height() - px(4)) / points.height())
        size = QSize(round(points.width() * factor), round(points.height() * factor))
        if size.width() < 20:
            return
        image = QImage(size * 2, QImage.Format.Format_RGB32)
        image.fill(theme.current().tokens.paper)
        painter = QPainter(image)
        painter.drawImage(0, 0, self._pages.render(self.page, size * 2))
        painter.end()
        picture = QPixmap.fromImage(image)
        picture.setDevicePixelRatio(2)
        self._shown.setPixmap(picture)
        self.place.setText(f"第 {self.page + 1} / {self.count} 页")
        self._shown.setAccessibleName(f"第 {self.page + 1} 页，共 {self.count} 页")
        for part in (self._back, self._on, self._size):
            part.show()
        self._back.setEnabled(self.page > 0)
        self._on.setEnabled(self.page + 1 < self.count)
