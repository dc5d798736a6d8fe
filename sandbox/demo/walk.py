"""The walk: the main job from a new computer to its removal, each step looked at and checked.

Driven only by what a screen reader finds; checked on the screen, on the server and on the phones.
"""

import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

from sandbox.demo.desk import Desk, end
from sandbox.demo.reader import NotThere, Reader
from sandbox.demo.server import Practice

EMAIL = "frontdesk@lakeside.example"
PASSWORD = "sandbox-demo"
MARIA, JAMES = "Maria Lopez", "James Carter"
FLOAT = "Lena P."
NINA, HER_EMAIL, HER_PIN = "Nina Patel", "patel@lakeside.example", "482915"
MARIAS_BADGE, NINAS_BADGE = "0004417290", "774A10B93"
HARBOR = "harbor@lakeside.example"
SOON_SECONDS = 15.0
WAITING = "Keep working; 1 change will send. The internet is there. Try again in a minute."


class StepFailed(Exception):
    """A step did not hold; the text says which and what was there instead."""


class Walk:
    """One kiosk on one desk, with a picture and a line for each step."""

    def __init__(self, desk: Desk, practice: Practice, pictures: Path) -> None:
        """``pictures`` is the folder for the numbered screenshots."""
        self._desk = desk
        self._practice = practice
        self._pictures = pictures
        self._number = 0
        self._kiosk: subprocess.Popen[bytes] | None = None
        self._eyes = Reader(desk.environment["DBUS_SESSION_BUS_ADDRESS"])

    def close(self) -> None:
        """Put everything away."""
        self.switch_off()
        self._eyes.close()

    def main_job(self) -> None:
        """All of it. Raises StepFailed."""
        steps: tuple[Callable[[], None], ...] = (
            self.new_computer,
            self.every_day,
            self.lock_and_resume,
            self.switch_and_done,
            self.float_and_change,
            self.own_login,
            self.two_at_the_chair,
            self.badges,
            self.restart,
            self.own_login_ends,
            self.outage,
            self.idle_for_a_month,
            self.another_computer,
            self.invitation,
            self.removal,
        )
        for step in steps:
            try:
                step()
            except NotThere as fault:
                self.picture("failed", "here it stopped")
                raise StepFailed(f"{step.__name__}: {fault}") from fault

    def new_computer(self) -> None:
        """S14, S15: place, account, condition, a provider's code, once."""
        self.switch_on("op-3")
        self.set_up()
        self.expect(not self._practice.texts(), "a text went out before anyone asked for one")
        self.picture("whose-phone", "nothing is texted until someone presses")
        self.approve("join")
        self._eyes.find("One tap from now on.")
        self.picture("one-tap", "the computer is remembered")
        self._eyes.press("Go to the login screen")

    def every_day(self) -> None:
        """S13: one tap, and Xchart is open as Office Assistant."""
        self._eyes.find(MARIA)
        self.picture("login", "the tiles are the assistants' names")
        self.tap(MARIA)
        self.picture("xchart", "one tap later, signed in as Office Assistant")
        self.expect(
            "Signed in as Office Assistant" in " ".join(self._eyes.texts()),
            "the page does not say who is signed in",
        )

    def lock_and_resume(self) -> None:
        """The same person comes back to the same page; nothing of it can be read meanwhile."""
        before = len(self._practice.requests())
        self._eyes.press("Lock")
        self._eyes.find(f"Locked for {MARIA}")
        left = [t for t in self._eyes.all_texts() if "Signed in" in t or "sedation" in t.lower()]
        self.expect(not left, f"the cover leaves something to read: {left}")
        self.picture("locked", "covered at once; Maria resumes with a tap")
        self._eyes.press(MARIA)
        self._eyes.find("Done")
        handoffs = [r for r in self._practice.requests()[before:] if "/handoff" in r]
        self.expect(not handoffs, "resuming opened Xchart anew")
        self.picture("resumed", "the same page, where she was")

    def switch_and_done(self) -> None:
        """Someone else starts clean; at five o'clock, Done keeps the computer remembered."""
        self._eyes.press("Switch")
        self._eyes.find("Who is next?")
        self.picture("switch", "who is next?")
        self.tap(JAMES)
        self.picture("next-person", "James starts clean")
        self._eyes.press("Done")
        self._eyes.find("Tap your name")
        self.picture("done", "the session is over, the computer still remembered")

    def float_and_change(self) -> None:
        """Who is not on the list types a name; a wrong one is put right, beside what stands."""
        self._eyes.press("Someone else")
        self._eyes.type_into("First name", "lena")
        self._eyes.type_into("Last initial", "p")
        self.picture("someone-else", "a float types a name, good until midnight")
        self._eyes.press("Continue")
        self.wait_for_page()
        self.expect(FLOAT in " ".join(self._eyes.texts()), "the typed name is not in the bar")
        self.picture("float", "and is at work under it")
        self._eyes.press("Change")
        self._eyes.find("Who is here?")
        self.picture("change", "a wrong name is put right, and nothing is erased")
        self.tap(MARIA)
        self._eyes.press("Done")
        self._eyes.find(FLOAT)
        self.picture("float-tile", "the float's own tile, until midnight")

    def own_login(self) -> None:
        """S1 to S3: one's own password and code once, and a PIN from then on."""
        eyes = self._eyes
        eyes.press("My own login")
        eyes.type_into("E-mail", HER_EMAIL)
        eyes.type_into("Password", PASSWORD)
        self.picture("own-login", "a login of one's own, the first time on this computer")
        eyes.press("Continue")
        self.approve("own-login", NINA)
        eyes.find("Choose a PIN")
        self.picture("choose-pin", "a PIN is chosen")
        eyes.key_in("PIN", HER_PIN)
        eyes.find("Type it once more")
        eyes.key_in("PIN", HER_PIN)
        self.wait_for_page()
        self.expect(
            f"Signed in as {NINA}" in " ".join(eyes.texts()), "Xchart does not know it is Nina"
        )
        self.picture("own-xchart", "signed in as herself, with her own role")

    def two_at_the_chair(self) -> None:
        """Switching between a login of one's own and the shared one; each starts clean."""
        eyes = self._eyes
        eyes.press("Lock")
        eyes.find(f"Locked for {NINA}")
        self.picture("own-locked", "a little while after her own lock the tile alone will do")
        eyes.press(NINA)
        eyes.find("Done")
        eyes.press("Switch")
        self.tap(MARIA)
        self.expect(
            "Signed in as Office Assistant" in " ".join(eyes.texts()), "Maria is taken for Nina"
        )
        eyes.press("Switch")
        eyes.press(NINA)
        eyes.find("Enter your PIN.")
        self.picture("pin", "tile and PIN")
        eyes.key_in("PIN", "719364")
        eyes.find("That is not the PIN.")
        self.picture("wrong-pin", "a wrong one is said")
        eyes.key_in("PIN", HER_PIN)
        self.wait_for_page()
        self.expect(f"Signed in as {NINA}" in " ".join(eyes.texts()), "Nina is taken for Maria")
        eyes.press("Done")
        eyes.find("Tap your name")

    def badges(self) -> None:
        """S1: a badge in place of the tap, and for a while after a PIN in place of that too."""
        eyes, desk = self._eyes, self._desk
        self.badge_for("per-maria", MARIAS_BADGE)
        self.badge_for("acc-patel", NINAS_BADGE)
        desk.read_badge(MARIAS_BADGE)
        self.wait_for_page()
        self.expect(MARIA in " ".join(eyes.texts()), "a badge enters somebody else")
        self.picture("badge", "a badge held to the reader enters its holder")
        desk.read_badge("5550001234")
        eyes.find("That badge is nobody's here.")
        self.picture("strange-badge", "a badge of nobody's is said, and changes nothing")
        desk.read_badge(NINAS_BADGE)
        eyes.find("Enter your PIN.")
        eyes.key_in("PIN", HER_PIN)
        self.wait_for_page()
        desk.read_badge(MARIAS_BADGE)
        self.wait_until(lambda: MARIA in " ".join(eyes.texts()), "a badge does not switch")
        self.wait_for_page()
        desk.read_badge(NINAS_BADGE)
        self.wait_until(
            lambda: f"Signed in as {NINA}" in " ".join(eyes.texts()),
            "a while after the PIN the badge alone does not enter",
        )
        self.picture("badge-back", "a while after her PIN her badge alone takes over")
        desk.read_badge(NINAS_BADGE)
        self.expect(eyes.is_there("Done"), "one's own badge signs out")
        eyes.press("Done")
        eyes.find("Tap your name")

    def own_login_ends(self) -> None:
        """S3: deactivated, and gone from this computer; nobody else notices."""
        self._eyes.find(NINA)
        self._practice.change_member("acc-patel", active=False)
        self.wait_until(
            lambda: NINA not in self._eyes.texts(), "whoever was deactivated still has a tile"
        )
        self.picture("deactivated", "deactivated by an admin: her tile is gone, nobody else's")

    def restart(self) -> None:
        """S13, S14: a restart, a tap, and no code."""
        texts = len(self._practice.texts())
        self.switch_off()
        self.switch_on("op-3")
        self.tap(MARIA)
        self.expect(len(self._practice.texts()) == texts, "a code was texted after a restart")
        self.picture("after-restart", "in again after a restart, without a code")
        self._eyes.press("Done")
        self._eyes.find("Tap your name")

    def outage(self) -> None:
        """No server: a tap still enters, the day is there, and what is set then is sent later."""
        self._practice.stop()
        self._eyes.press(MARIA)
        self._eyes.find("Xchart does not answer.")
        self._eyes.press("Turn over, Op 3")
        self._eyes.find(WAITING)
        self.picture("outage", "no server: she is in, the day is there, her change waits")
        self._practice.start()
        self._eyes.press("Try again")
        self.wait_for_page()
        self.wait_for("POST /v1/commands", "the change was not sent")
        self.picture("outage-over", "the server is back, and has what she set")
        self._eyes.press("Done")
        self._eyes.find("Tap your name")

    def idle_for_a_month(self) -> None:
        """S13: nobody signed in for an extended period; the provider's code again, then on."""
        self.switch_off()
        self._practice.travel(days=31)
        self.switch_on("op-3")
        self._eyes.find("Dr. Rivera's code is needed again.")
        self.picture("idle-too-long", "31 days later: the provider's code again")
        self._eyes.press(MARIA)
        self.approve("return")
        self.wait_for_page()
        self.picture("in-again", "and on, as Maria")
        self._eyes.press("Done")
        self._eyes.find("Tap your name")

    def another_computer(self) -> None:
        """S15: a second computer asks for a code of its own."""
        self.switch_off()
        self.switch_on("op-4")
        self.set_up(operatory="Op 4")
        self.picture("another-computer", "another computer: another code")
        self.switch_off()

    def invitation(self) -> None:
        """S8 to S10: the link of an e-mail becomes an account, and one tap from then on."""
        eyes, link = self._eyes, self._practice.invite("Harbor Front Desk", HARBOR)
        self.switch_on("op-1")
        eyes.type_into("Xchart server", self._practice.address)
        eyes.type_into("Location", "Main Street")
        eyes.type_into("Operatory", "Op 1")
        eyes.press("Continue")
        eyes.press("I have an invitation")
        eyes.type_into("Link", link)
        self.picture("invitation", "the link out of the e-mail that invited the account")
        eyes.press("Continue")
        eyes.type_into("New password", PASSWORD)
        eyes.type_into("Mobile phone", "+1 555 0100 021")
        self.picture("setting-up", "a password is chosen, and a provider's phone given")
        eyes.press("Continue")
        eyes.press("Yes, it is safe")
        self.approve("invited")
        eyes.find("One tap from now on.")
        self.picture("invited", "set up, and remembered")
        eyes.press("Go to the login screen")
        self.tap("Harbor Front Desk")
        self.switch_off()

    def removal(self) -> None:
        """*Remove this computer…* says before and after whose code is needed."""
        self.switch_on("op-3")
        self._eyes.press("More")
        self._eyes.find("This computer")
        self.picture("this-computer", "what this computer knows")
        self._eyes.press("Remove this computer…")
        self._eyes.find("Remove this computer?")
        self.picture("remove", "whose code will be needed is said before")
        self._eyes.press("Remove this computer")
        self.approve("remove", "Dr. Chen")
        self._eyes.find("This computer is removed.")
        self.picture("removed", "and after")
        self._eyes.press("OK")
        self._eyes.find("Tap your name")
        self.picture("code-needed", "every tile says so")

    def set_up(self, operatory: str = "Op 3") -> None:
        """The pages of a new computer, up to the choice of a phone."""
        eyes, new = self._eyes, operatory == "Op 3"
        eyes.type_into("Xchart server", self._practice.address)
        eyes.type_into("Location", "Main Street")
        eyes.type_into("Operatory", operatory)
        if new:
            self.picture("place", "a new computer: where does it stand?")
        eyes.press("Continue")
        eyes.type_into("E-mail", EMAIL)
        eyes.type_into("Password", PASSWORD)
        if new:
            self.picture("account", "the account; its password is used once and not kept")
        eyes.press("Continue")
        eyes.find("Yes, it is safe")
        if new:
            self.picture("safe-place", "an admin confirms that the place is safe")
        eyes.press("Yes, it is safe")
        eyes.find("Text Dr. Rivera")

    def approve(self, why: str, name: str = "Dr. Rivera") -> None:
        """Text one of the providers, read the phone, type the code."""
        before = len(self._practice.texts())
        self._eyes.press(f"Text {name}")
        self._eyes.find(f"Enter {name}'s code")
        texts = self._practice.texts()
        self.expect(len(texts) == before + 1, "not one text went out, but another number")
        self.picture(f"code-to-{why}", "whose phone, why, how long")
        self._eyes.key_in("Code", texts[-1]["code"])

    def tap(self, name: str) -> None:
        """Tap a tile and wait for Xchart."""
        self._eyes.press(name)
        self._eyes.find("Lock")
        self.wait_for_page()

    def wait_for_page(self) -> None:
        """Xchart is painted."""
        self._eyes.find("Signed in as…")

    def wait_for(self, request: str, otherwise: str) -> None:
        """The kiosk asks that of the server by itself, soon."""
        self.wait_until(lambda: request in self._practice.requests(), otherwise)

    def badge_for(self, holder: str, number: str) -> None:
        """An admin sets a badge, and the kiosk hears of it: it has asked for what comes next."""
        before = self._practice.requests().count("GET /v1/changes")
        self._practice.give_badge(holder, number)
        self.wait_until(
            lambda: self._practice.requests().count("GET /v1/changes") > before,
            "the kiosk does not ask for news",
        )

    def wait_until(self, held: Callable[[], bool], otherwise: str) -> None:
        """It holds, soon."""
        by = time.monotonic() + SOON_SECONDS
        while not held():
            self.expect(time.monotonic() < by, otherwise)
            time.sleep(0.1)

    def switch_on(self, profile: str) -> None:
        """Start the kiosk of that computer."""
        command = (sys.executable, "-m", "kiosk", "--profile", str(self._desk.home / profile))
        self._kiosk = self._desk.start(*command, "--fullscreen")

    def switch_off(self) -> None:
        """End it, as a shutdown does: in order, and by itself."""
        if self._kiosk is not None:
            kiosk, self._kiosk = self._kiosk, None
            end(kiosk)
            self.expect(kiosk.returncode == 0, f"the kiosk ended with {kiosk.returncode}")

    def picture(self, name: str, line: str) -> None:
        """Keep what is on the screen, with a line about it."""
        self._number += 1
        path = self._pictures / f"{self._number:02}-{name}.png"
        self._desk.start(sys.executable, "-m", "sandbox.demo.camera", str(path)).wait(20)
        print(f"{path.name}: {line}", flush=True)

    def expect(self, held: bool, otherwise: str) -> None:
        """Raise StepFailed where something did not hold."""
        if not held:
            raise StepFailed(otherwise)
