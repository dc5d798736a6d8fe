"""One start with what a site remembers: ``-m tests.support.carried_start FOLDER ADDRESS SCRIPT``.

Puts back what the store in FOLDER has, opens ADDRESS, runs SCRIPT in the page, keeps what there is
then, prints what SCRIPT came to and the store's key, and is killed in the middle of it all. A start
each: what is on the disk is what a kill leaves, and the engine's switches are read once.
"""

import os
import signal
import sys
from datetime import UTC, datetime
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QObject, QTimer, QUrl
from PySide6.QtWebEngineCore import QWebEngineProfile
from PySide6.QtWidgets import QApplication

from kiosk.keychain.port import Item, ItemName
from kiosk.session.model.carried import Taken
from kiosk.sync.secrets.safe import Safe
from kiosk.sync.web.site_store import SiteStore
from kiosk.ui.xchart.fence import Fence, Origin
from kiosk.ui.xchart.fenced_page import FencedPage
from kiosk.ui.xchart.mirror import Mirror
from kiosk.ui.xchart.restoring import restore
from kiosk.ui.xchart.snapshots import Snapshots
from tests.support.fake_keychain import FakeKeychain

OFFICE = "acc-office"
KEY = ItemName(Item.SITE_KEY)
ENOUGH_MS = 300
PATIENCE_MS = 30_000


def now() -> datetime:
    return datetime.now(UTC)


def main(folder: Path, address: str, script: str) -> None:
    """Until it is killed. Its standard input is the store's key of the last start, if any."""
    keychain = FakeKeychain()
    if known := sys.stdin.read().strip():
        keychain.stored[KEY] = known
    store = SiteStore(folder / "sites.db", Safe(keychain, now), now)
    qt = QApplication([])
    owner = QObject()
    profile = QWebEngineProfile()
    site = QUrl(address)
    mirror = Mirror(
        profile,
        (site,),
        now,
        lambda cookie: said(store.keep_cookie(OFFICE, cookie)),
        lambda called: said(store.forget_cookie(OFFICE, called)),
    )
    fence = Fence(owner)
    profile.setUrlRequestInterceptor(fence)
    page = FencedPage(profile, owner)
    fence.allow(Origin(site))
    page.allow(Origin(site))
    snapshots = Snapshots(page, (site,), lambda taken: keep(store, taken))

    def end(came: object) -> None:
        def killed() -> None:
            print(came)
            print(keychain.stored[KEY], flush=True)
            os.kill(os.getpid(), signal.SIGKILL)

        # Databases that the script has begun are written by then.
        QTimer.singleShot(ENOUGH_MS, owner, lambda: snapshots.take_now(killed))

    def loaded(there: bool) -> None:
        assert there
        page.runJavaScript(script, end)

    def opened(_whole: bool) -> None:
        page.loadFinished.connect(loaded)
        page.setUrl(site)

    restore(mirror, page, fence, store.carried(OFFICE), opened)
    QTimer.singleShot(PATIENCE_MS, owner, QCoreApplication.quit)
    qt.exec()


def said(outcome: object) -> None:
    """Every change is kept."""
    assert outcome is None, outcome


def keep(store: SiteStore, taken: Taken) -> None:
    """Keep a snapshot."""
    assert taken.storage is not None
    said(store.keep_storage(OFFICE, taken.storage))


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2], sys.argv[3])
