"""One start of the engine for an address: ``-m tests.support.one_page ADDRESS [alone | PROXY]``.

Prints how an API call to the address ended, and how the page did. ``alone``: the engine is left
with what it trusts by itself. A start each, because the engine reads trust and switches only once.
"""

import os
import sys
from pathlib import Path

from PySide6.QtCore import QCoreApplication, Qt, QTimer
from PySide6.QtWidgets import QApplication, QWidget

from kiosk.local.page_trust import share_trust, trust_module
from kiosk.sync.wire.transport import Answer, Transport
from kiosk.ui.xchart.page import XchartPage

PATIENCE_MS = 20_000


def main(address: str, alone: bool, proxy: str) -> None:
    """Two lines: the API's outcome, the page's."""
    transport = Transport(proxy)
    told = transport.send("GET", address, {}, None)
    print(told.status if isinstance(told, Answer) else told.value, flush=True)
    transport.close()
    if not alone:
        share_trust(Path.home(), trust_module())
    QCoreApplication.setAttribute(Qt.ApplicationAttribute.AA_ShareOpenGLContexts)
    qt = QApplication([])
    stage = QWidget()
    page = XchartPage(stage, address, proxy, 1.0)

    def end(outcome: str) -> None:
        print(outcome, flush=True)
        os._exit(0)

    page.opened.connect(lambda: end("opened"))
    page.broke.connect(lambda why, number: end(f"{why} {number}"))
    QTimer.singleShot(PATIENCE_MS, lambda: end("silence"))
    stage.show()
    page.open_at(address)
    qt.exec()


if __name__ == "__main__":
    wanted = "".join(sys.argv[2:])
    main(sys.argv[1], wanted == "alone", wanted if wanted.startswith("http") else "")
