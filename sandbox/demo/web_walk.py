"""The walk at a site that has only a web sign-in: nothing between the kiosk and its own page."""

from collections.abc import Callable
from pathlib import Path

from sandbox.demo.desk import Desk
from sandbox.demo.site import OFFICE, WebSite
from sandbox.demo.stage import PASSWORD, Stage, play

MARIA, JO = "Maria L.", "Jo"
NEW_PASSWORD = "four quiet herons"
PATIENT = "Marisol Quintero"
OPENING = "Opening Xchart…"
HALF = "half a sentence"
COMPUTER = "op-3"
SETTINGS = """server = "{server}"
location = "Main Street"
operatory = "Op 3"

[site]
start = "/sign-in"
assistants = ["{maria}", "{jo}"]
code_phone = "Dr. Rivera"
code_phone_ending = "21"

[end]
"""


def provision(profile: Path, server: str) -> None:
    """Leave what IT leaves for a computer at that site; its first start takes it over."""
    profile.mkdir(parents=True, exist_ok=True)
    said = SETTINGS.format(server=server, maria=MARIA, jo=JO)
    (profile / "provisioning.toml").write_text(said, "utf-8")


class SiteStage(Stage):
    """A kiosk and the site; ``sent`` is how often a password has to have arrived there by now."""

    def __init__(self, desk: Desk, site: WebSite, pictures: Path) -> None:
        super().__init__(desk, pictures)
        self.site = site
        self.sent = 0

    def passwords(self, more: int, otherwise: str) -> None:
        """So many more arrived since this was asked last; it never sends one twice."""
        before, self.sent = self.sent, self.site.passwords_sent()
        self.expect(self.sent - before == more, f"{otherwise}: {self.sent - before}")

    def carry_code(self) -> None:
        """Read the provider's phone, and type the site's code on the kiosk's own keypad."""
        self.eyes.find("Enter Dr. Rivera's code")
        self.eyes.key_in("Code", self.site.code())

    def nothing_is_left(self) -> None:
        """In no file of the computer: a password, a patient, what somebody has typed."""
        secrets = (PASSWORD, NEW_PASSWORD, PATIENT, HALF)
        sought = [each.encode(how) for each in secrets for how in ("utf-8", "utf-16-le")]
        ours = (each for each in self.desk.home.rglob("*") if each.is_file())
        left = [each.name for each in ours if any(one in each.read_bytes() for one in sought)]
        self.expect(not left, f"a secret or a patient lies in {left}")

    def wait_for_page(self) -> None:
        """It is on show: while it signs in, a reader may find it behind the kiosk's own words."""
        self.wait_until(self._is_on_show, "Xchart's page is not on show")

    def is_in(self, name: str) -> None:
        """The page is signed in, below that name."""
        self.wait_for_page()
        self.expect(self.eyes.is_there(name), f"{name} is not in the bar")

    def is_covered(self) -> None:
        """Locked for Maria, and whoever reads a screen finds nothing of her page."""
        self.eyes.find(f"Locked for {MARIA}")
        left = [each for each in self.eyes.all_texts() if "Signed in" in each or PATIENT in each]
        self.expect(not left, f"the cover leaves something to read: {left}")

    def _is_on_show(self) -> bool:
        told = self.eyes.texts()
        return {"Lock", f"Signed in as {OFFICE}"} <= set(told) and OPENING not in told

    def click(self, name: str, role: str) -> None:
        """Click something on the page, as a hand does: the engine lets nothing press its links."""
        x, y = self.eyes.middle(name, role)
        self.desk.start("xdotool", "mousemove", str(x), str(y), "click", "1").wait(20)

    def type(self, text: str) -> None:
        """Type to whatever has the focus."""
        self.desk.start("xdotool", "type", "--delay", "12", text).wait(20)


def new_computer(stage: SiteStage) -> None:
    """What IT said is filled in, but not that there is a page only: it starts anew for that.

    Then the account, once, and the code that the site texts by itself.
    """
    eyes = stage.eyes
    provision(stage.desk.home / COMPUTER, stage.site.address)
    stage.switch_on(COMPUTER)
    eyes.find("Xchart server")
    stage.picture("place", "a new computer: IT has said where it stands")
    eyes.press("Xchart is only a website")
    eyes.find("Address of Xchart's sign-in page")
    stage.picture("website", "it has started anew for a site that has only a web sign-in")
    eyes.press("Continue")
    eyes.type_into("E-mail", OFFICE)
    eyes.type_into("Password", PASSWORD)
    stage.picture("account", "the login of the office, as Xchart has it")
    eyes.press("Continue")
    eyes.find("Yes, it is so")
    stage.expect(not stage.site.passwords_sent(), "the password was sent before that was affirmed")
    stage.picture("safe-place", "an admin confirms that the place is safe")
    eyes.press("Yes, it is so")
    eyes.find("Enter Dr. Rivera's code")
    stage.picture("code", "the site has texted its code: it is typed here, not on the page")
    stage.carry_code()
    eyes.find("One tap from now on.")
    eyes.find("After a restart of this computer: no code. It was just tried.")
    stage.passwords(1, "the password was not sent once")
    stage.picture("joined", "the site remembers this computer from now on")
    eyes.press("Go to the login screen")


def every_day(stage: SiteStage) -> None:
    """One tap, and Xchart's own page is open and signed in."""
    stage.eyes.find(JO)
    stage.picture("login", "the names that IT has set here")
    stage.tap(MARIA)
    stage.is_in(MARIA)
    stage.picture("xchart", "one tap: Xchart's own page, signed in, under the name of who tapped")
    stage.click("Notes", "text")
    stage.type(HALF)
    stage.wait_until(lambda: stage.eyes.text_of("Notes") == HALF, "the page takes no keys")


def lock_and_resume(stage: SiteStage) -> None:
    """Nothing of the page can be read meanwhile; whoever comes back finds it as it was."""
    eyes = stage.eyes
    eyes.press("Lock")
    stage.is_covered()
    stage.picture("locked", "covered at once")
    stage.tap(MARIA)
    stage.expect(eyes.text_of("Notes") == HALF, "the page is not as she left it")
    stage.picture("resumed", "the same page, in the middle of her sentence")


def two_people(stage: SiteStage) -> None:
    """Each has a page of their own, on one login."""
    eyes = stage.eyes
    eyes.press("Switch")
    eyes.find("Who is next?")
    stage.picture("switch", "who is next?")
    stage.tap(JO)
    stage.is_in(JO)
    stage.expect(not eyes.text_of("Notes"), "Jo was given what Maria had begun")
    stage.picture("next-person", "Jo has a page of her own, and starts clean")
    eyes.press("Switch")
    stage.tap(MARIA)
    stage.is_in(MARIA)
    stage.expect(eyes.text_of("Notes") == HALF, "Maria's page is not as she left it")
    stage.picture("first-person", "Maria is back at hers")
    stage.passwords(0, "a password was sent again")


def a_case(stage: SiteStage) -> None:
    """A patient is treated: the relief takes over the page, and a power cut ends nothing."""
    eyes = stage.eyes
    eyes.press("Start case")
    eyes.find("Case in progress, 0 min")
    stage.picture("case", "a patient is treated: nothing locks, and nothing is asked for")
    eyes.press("Take over")
    eyes.find("Who takes over?")
    stage.picture("case-cover", "the relief takes over by name")
    stage.tap(JO)
    stage.is_in(JO)
    stage.expect(eyes.text_of("Notes") == HALF, "the relief was not given the page")
    eyes.find(f"{MARIA}'s case, 0 min")
    stage.picture("case-taken-over", "the page stays; from now on it is Jo whom the record names")
    stage.kill()
    stage.nothing_is_left()
    stage.switch_on(COMPUTER)
    eyes.find(f"Locked for {JO}")
    stage.picture("case-after-kill", "killed in the middle: locked, and the case goes on")
    stage.tap(JO)
    stage.is_in(JO)
    stage.passwords(0, "the password was sent again after a restart")
    eyes.press("End case")
    eyes.find("Start case")


def killed(stage: SiteStage) -> None:
    """As a power cut does; what the site remembers was on the disk by then."""
    texts = stage.site.texts()
    stage.kill()
    stage.nothing_is_left()
    stage.switch_on(COMPUTER)
    stage.tap(MARIA)
    stage.is_in(MARIA)
    stage.passwords(0, "the password was sent again after a restart")
    stage.expect(stage.site.texts() == texts, "a code was texted after a restart")
    stage.picture("after-kill", "killed and started again: one tap, no code, no password")


def signed_out(stage: SiteStage) -> None:
    """The site ends the session in the middle: said, and nothing by itself."""
    eyes = stage.eyes
    stage.site.forget_sessions()
    stage.click(PATIENT, "link")
    eyes.find("Xchart has signed this page out.")
    stage.passwords(0, "a password was sent with nobody asking")
    stage.picture("signed-out", "the site has ended the session")
    eyes.press("Try again")
    stage.is_in(MARIA)
    stage.passwords(1, "the password was not sent once")
    stage.picture("in-again", "one press, and in again: the computer is still remembered")
    eyes.press("Done")
    eyes.find("Tap your name")


def forgotten(stage: SiteStage) -> None:
    """The site forgets the computer: its code once more."""
    eyes = stage.eyes
    stage.site.forget_sessions()
    stage.site.forget_computers()
    eyes.press(MARIA)
    eyes.find("Enter Dr. Rivera's code")
    stage.picture("code-again", "the site has forgotten this computer: its code once more")
    stage.carry_code()
    stage.is_in(MARIA)
    stage.passwords(1, "the password was not sent once")
    stage.picture("let-in-again", "and on, as Maria")
    eyes.press("Done")
    eyes.find("Tap your name")


def new_password(stage: SiteStage) -> None:
    """Changed at the site: refused once, typed once, in."""
    eyes, texts = stage.eyes, stage.site.texts()
    stage.site.forget_sessions()
    stage.site.change_password(OFFICE, NEW_PASSWORD)
    eyes.press(MARIA)
    eyes.find("Type the new password")
    stage.passwords(1, "the old password was not tried once")
    stage.picture("new-password", "the password was changed at the site: it is asked for once")
    eyes.type_into("New password", NEW_PASSWORD)
    eyes.press("Continue")
    stage.is_in(MARIA)
    stage.passwords(1, "the new password was not sent once")
    stage.expect(stage.site.texts() == texts, "a code was texted for a password")
    stage.picture("new-password-in", "and whoever tapped is in, without a code")


def outage(stage: SiteStage) -> None:
    """The site goes down in the middle: said plainly, covered, and opened by itself afterwards."""
    eyes = stage.eyes
    stage.site.stop()
    stage.click(PATIENT, "link")
    eyes.find("Xchart does not answer.")
    stage.picture("outage", "the site is down: said plainly")
    eyes.press("Lock")
    stage.is_covered()
    eyes.press(MARIA)
    eyes.find("Xchart does not answer.")
    stage.site.start()
    stage.sent = 0
    stage.is_in(MARIA)
    stage.passwords(1, "the password was not sent once")
    stage.expect(not stage.site.texts(), "a code was texted after an outage")
    stage.picture("outage-over", "it is back, and the page has opened by itself")


def this_computer(stage: SiteStage) -> None:
    """What this computer knows, and what it cannot promise at such a site."""
    eyes = stage.eyes
    eyes.press("More")
    eyes.find("This computer")
    stage.picture("this-computer", "what this computer knows")
    eyes.press("Remove this computer…")
    eyes.find("Remove this computer?")
    stage.picture("remove", "what will be needed is said before")
    eyes.press("Keep it")
    eyes.press("Back")
    eyes.press("Switch")


def five_o_clock(stage: SiteStage) -> None:
    """Done, and the computer is switched off while Maria's page is still kept for her."""
    stage.tap(JO)
    stage.eyes.press("Done")
    stage.eyes.find("Tap your name")
    stage.picture("done", "five o'clock: the session is over, the computer still remembered")
    stage.switch_off()
    stage.nothing_is_left()


STEPS: tuple[Callable[[SiteStage], None], ...] = (
    new_computer,
    every_day,
    lock_and_resume,
    two_people,
    a_case,
    killed,
    signed_out,
    forgotten,
    new_password,
    outage,
    this_computer,
    five_o_clock,
)


def main_job(stage: SiteStage) -> None:
    """All of it. Raises StepFailed."""
    play(stage, STEPS)
