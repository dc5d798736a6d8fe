"""An authenticator app as RFC 6238 describes it; written from it, not from the server's code."""

import base64
import hmac
from dataclasses import dataclass
from datetime import datetime

from tests.support.sandbox.running import MONDAY_MORNING, Xchart


@dataclass(frozen=True, slots=True)
class App:
    """The app on somebody's phone, by its secret in base32."""

    secret: str

    def at(self, when: datetime, steps: int = 0) -> str:
        """What it shows then, or so many half minutes later."""
        step = int(when.timestamp()) // 30 + steps
        mac = hmac.digest(base64.b32decode(self.secret), step.to_bytes(8), "sha1")
        first = mac[-1] & 15
        number = int.from_bytes(mac[first : first + 4]) & 0x7FFFFFFF
        return f"{number % 1_000_000:06d}"

    def now(self, xchart: Xchart, steps: int = 0) -> str:
        """What it shows at the server's time."""
        return self.at(MONDAY_MORNING + xchart.state.clock.offset, steps)

    def wrong(self, xchart: Xchart) -> str:
        """Six digits that it shows neither now nor a step beside."""
        shown = {self.now(xchart, steps) for steps in (-1, 0, 1)}
        return next(code for code in ("000000", "000001", "000002", "000003") if code not in shown)


def app_of(xchart: Xchart, account: str) -> App:
    """That account has an app from now on."""
    return App(str(xchart.control("POST", f"/apps/{account}").body["secret"]))
