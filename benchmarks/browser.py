"""The peer: Chromium, as a clinic without the kiosk would use it.

Driven over its DevTools pipe to prepare and to fill in what a password manager would; what is
timed is the click and what comes onto the glass. As root it needs --no-sandbox: here only.
"""

import fcntl
import json
import os
import subprocess
import sys
import time
from pathlib import Path
from typing import Any, Self

from benchmarks.glass import GlassDesk

FREE_DESCRIPTOR = 20
PUT_IN_PLACE = (
    "import os, sys; os.dup2(int(sys.argv[1]), 3); os.dup2(int(sys.argv[2]), 4);"
    " os.execvp(sys.argv[3], sys.argv[3:])"
)
PATIENCE_SECONDS = 30.0


def command(data: Path, address: str) -> list[str]:
    """How Chromium is started: full-screen, its own data, nothing in the background."""
    return [
        "chromium",
        *(["--no-sandbox"] if os.geteuid() == 0 else []),
        "--no-first-run",
        "--no-default-browser-check",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--password-store=basic",
        f"--user-data-dir={data}",
        "--window-position=0,0",
        "--window-size=1280,800",
        "--kiosk",
        address,
    ]


class Browser:
    """A running Chromium that can be told what to do."""

    def __init__(self, desk: GlassDesk, data: Path, address: str) -> None:
        """Starts it."""
        ours_in, theirs_out = os.pipe()
        theirs_in, ours_out = os.pipe()
        # Chromium reads from 3 and writes to 4.
        high_in = fcntl.fcntl(theirs_in, fcntl.F_DUPFD, FREE_DESCRIPTOR)
        high_out = fcntl.fcntl(theirs_out, fcntl.F_DUPFD, FREE_DESCRIPTOR)
        started = command(data, address)
        started.insert(1, "--remote-debugging-pipe")
        with (desk.home / "programs.log").open("ab") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-c", PUT_IN_PLACE, str(high_in), str(high_out), *started],
                env=desk.unread(),
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                pass_fds=(high_in, high_out),
            )
        for descriptor in (theirs_in, theirs_out, high_in, high_out):
            os.close(descriptor)
        self._from = os.fdopen(ours_in, "rb", buffering=0)
        self._to = os.fdopen(ours_out, "wb", buffering=0)
        self._rest = b""
        self._number = 0
        self._page = ""

    def __enter__(self) -> Self:
        deadline = time.monotonic() + PATIENCE_SECONDS
        while not self._page:
            told = self._call("Target.getTargets")
            pages = [t for t in told["targetInfos"] if t["type"] == "page"]
            if pages:
                target = {"targetId": pages[0]["targetId"], "flatten": True}
                self._page = str(self._call("Target.attachToTarget", **target)["sessionId"])
            elif time.monotonic() > deadline:
                raise RuntimeError("Chromium opened no page")
        return self

    def __exit__(self, *_: object) -> None:
        self._page = ""
        self._call("Browser.close")
        self.process.wait(PATIENCE_SECONDS)
        self._from.close()
        self._to.close()

    def tell(self, script: str) -> Any:
        """Run JavaScript in the page; its value."""
        told = self._call("Runtime.evaluate", expression=script, returnByValue=True)
        return told.get("result", {}).get("value")

    def until(self, script: str) -> None:
        """Wait until the script is true. Raises RuntimeError."""
        deadline = time.monotonic() + PATIENCE_SECONDS
        while not self.tell(script):
            if time.monotonic() > deadline:
                raise RuntimeError(f"the browser never came to {script}")
            time.sleep(0.05)

    def at(self, path: str) -> None:
        """Wait until a page of that path has loaded."""
        self.until(f"document.readyState === 'complete' && location.pathname === '{path}'")

    def go(self, address: str) -> None:
        """To that address, as if it was typed."""
        self._call("Page.navigate", url=address)
        self.until(f"document.readyState === 'complete' && location.href.startsWith('{address}')")

    def cookies(self) -> list[dict[str, Any]]:
        """Those of the page, the ones of its session too."""
        told: list[dict[str, Any]] = self._call("Network.getCookies").get("cookies", [])
        return told

    def give_cookies(self, cookies: list[dict[str, Any]]) -> None:
        """Have these, as a browser that goes on where it was left."""
        self._call("Network.setCookies", cookies=cookies)

    def drop_cookie(self, name: str, address: str) -> None:
        """The browser has it no more."""
        self._call("Network.deleteCookies", name=name, url=address)

    def _call(self, method: str, **parameters: object) -> dict[str, Any]:
        self._number += 1
        message: dict[str, object] = {"id": self._number, "method": method, "params": parameters}
        if self._page:
            message["sessionId"] = self._page
        self._to.write(json.dumps(message).encode() + b"\0")
        while True:
            told = self._next()
            if told.get("id") == self._number:
                result: dict[str, Any] = told.get("result", {})
                return result

    def _next(self) -> dict[str, Any]:
        while b"\0" not in self._rest:
            received = self._from.read(65536)
            if not received:
                return {"id": self._number}  # it closed, as it was told
            self._rest += received
        line, _, self._rest = self._rest.partition(b"\0")
        told: dict[str, Any] = json.loads(line)
        return told


def prepare(data: Path) -> None:
    """A browser that offers to save nothing: its bubble would lie over the picture."""
    quiet = {"credentials_enable_service": False, "profile": {"password_manager_enabled": False}}
    (data / "Default").mkdir(parents=True)
    (data / "Default" / "Preferences").write_text(json.dumps(quiet), "utf-8")


def remembered(browser: Browser, email: str, password: str, read_code: Any) -> None:
    """Sign in once with the provider's code and have this browser remembered."""
    browser.at("/signin")
    fill(browser, email, password)
    browser.tell("document.querySelector('form button').click()")
    browser.at("/signin/code")
    browser.tell("document.querySelector('form.choice button').click()")
    browser.until("!!document.querySelector('#code')")
    browser.tell(f"document.querySelector('#code').value = '{read_code()}'")
    browser.tell("document.querySelector('#code').form.querySelector('button').click()")
    browser.at("/today")


def fill(browser: Browser, email: str, password: str) -> None:
    """What the browser's password manager does."""
    browser.tell(f"document.querySelector('#email').value = '{email}'")
    browser.tell(f"document.querySelector('#password').value = '{password}'")


def sign_out(browser: Browser) -> None:
    """Back to the form, still remembered."""
    browser.tell(
        "(() => { const form = document.createElement('form'); form.method = 'post';"
        " form.action = '/signout'; document.body.append(form); form.submit(); })()"
    )
    browser.at("/signin")
