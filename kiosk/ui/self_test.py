"""Whether Qt can draw the kiosk on this computer: for ``kiosk --self-test``.

Owns the application that it draws with, and shows nothing: the pictures are made and looked at in
memory. The web engine is tried with an empty page, which starts its own process and its sandbox.
"""

from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtGui import QFontDatabase
from PySide6.QtWidgets import QApplication

from kiosk.session.model.intents import Ticket
from kiosk.session.pages.views import LoginView
from kiosk.ui.look.theme import FONTS, THEME, install, look
from kiosk.ui.window import KioskWindow

ENGINE_PATIENCE_MS = 20_000
SIZE = (1280, 800)


class Drawing:
    """One Qt application; made only where there is a display."""

    def __init__(self) -> None:
        self._qt = QApplication([])
        self._look = look()
        install(self._qt, self._look)

    def lost_fonts(self) -> tuple[str, ...]:
        """Which of the bundled fonts cannot be used."""
        places = [(name, str(THEME / "fonts" / name)) for name in FONTS]
        return tuple(
            name for name, place in places if QFontDatabase.addApplicationFont(place) == -1
        )

    def draws(self, view: LoginView) -> bool:
        """Whether a page leaves anything on the picture but one colour."""
        window = KioskWindow(self._look, lambda _secret: Ticket(0))
        window.resize(*SIZE)
        window.show_view(view)
        picture = window.grab().toImage()
        first = picture.pixel(0, 0)
        spots = [
            picture.pixel(x, y)
            for x in range(0, picture.width(), 8)
            for y in range(0, picture.height(), 8)
        ]
        window.deleteLater()
        return any(spot != first for spot in spots)

    def opens_page(self) -> bool:
        """Whether the web engine loads an empty page.

        Raises ImportError where there is none, or one that cannot be loaded.
        """
        from kiosk.ui.xchart.engine import empty_page

        loop = QEventLoop()
        loaded: list[bool] = []

        def finished(held: bool) -> None:
            loaded.append(held)
            loop.quit()

        put_away = empty_page(finished)
        QTimer.singleShot(ENGINE_PATIENCE_MS, loop, loop.quit)
        if not loaded:
            loop.exec()
        put_away()
        return loaded == [True]
