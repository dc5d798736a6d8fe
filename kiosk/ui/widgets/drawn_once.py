"""Pictures that are drawn once and shown many times: shadows, icons.

A lock waits for every widget of the cover to be drawn, and a tap for every one of the workspace.
"""

from collections.abc import Callable

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPainter, QPixmap, QPixmapCache


def drawn_once(key: str, size: QSize, fine: float, draw: Callable[[QPainter], None]) -> QPixmap:
    """What ``draw`` draws on a clear ground of ``size``, from Qt's own cache where it is there.

    ``fine`` is the device's pixels to one of Qt's. ``key`` names everything else it depends on.
    """
    whole = f"{key} {size.width()} {size.height()} {fine}"
    picture = QPixmap()
    if QPixmapCache.find(whole, picture):
        return picture
    picture = QPixmap(size * fine)
    picture.setDevicePixelRatio(fine)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    draw(painter)
    painter.end()
    QPixmapCache.insert(whole, picture)
    return picture
