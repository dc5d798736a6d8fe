"""What was carried over a restart, put back into a new profile: cookies, then storage, then go.

Once for each profile, before its first page is loaded. Never import this before the login screen is
painted.
"""

from collections.abc import Callable, Iterator

from PySide6.QtCore import QUrl

from kiosk.session.model.carried import Carried, Storage
from kiosk.ui.xchart.fence import Fence, Origin
from kiosk.ui.xchart.fenced_page import FencedPage
from kiosk.ui.xchart.mirror import Mirror
from kiosk.ui.xchart.storages import put_back


def restore(
    mirror: Mirror,
    page: FencedPage,
    fence: Fence,
    carried: Carried,
    then: Callable[[bool], None],
    *,
    session: bool = False,
) -> None:
    """Put it back; ``then`` is told whether all of it is there, and loads the site in any case.

    Only origins that the site has now get theirs. ``session`` is ``put_back``'s.
    """
    mirror.put_back(carried.cookies)
    known = {Origin(each) for each in mirror.origins}
    storages = [each for each in carried.storages if Origin(QUrl(each.origin)) in known]
    _put_next(page, fence, iter(storages), then, session, True)


def _put_next(
    page: FencedPage,
    fence: Fence,
    left: Iterator[Storage],
    then: Callable[[bool], None],
    session: bool,
    whole: bool,
) -> None:
    storage = next(left, None)
    if storage is None:
        forget_empty(page)
        then(whole)
        return

    def go_on(put: bool) -> None:
        _put_next(page, fence, left, then, session, whole and put)

    put_back(page, fence, storage, go_on, session=session)


def forget_empty(page: FencedPage) -> None:
    """There is no way back from the site to the empty document."""

    def forget(_there: bool) -> None:
        page.loadFinished.disconnect(forget)
        page.history().clear()

    if page.history().count():
        page.loadFinished.connect(forget)
