"""Input to our own windows, for desktops that do not tell about the whole computer (Wayland)."""

from datetime import timedelta

from PySide6.QtCore import QCoreApplication, QElapsedTimer, QEvent, QObject

INPUT = frozenset(
    {
        QEvent.Type.KeyPress,
        QEvent.Type.MouseButtonPress,
        QEvent.Type.MouseMove,
        QEvent.Type.TouchBegin,
        QEvent.Type.TouchUpdate,
        QEvent.Type.Wheel,
    }
)


class OwnInput(QObject):
    """Sees every event of the application, and lets all of them pass."""

    def __init__(self, application: QCoreApplication) -> None:
        super().__init__(application)
        self._since = QElapsedTimer()
        self._since.start()
        application.installEventFilter(self)

    def idle_for(self) -> timedelta:
        """How long no window of ours had input."""
        return timedelta(milliseconds=self._since.elapsed())

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Called by Qt for every event."""
        if event.type() in INPUT:
            self._since.restart()
        return False
