"""The walk: the main job from a new computer to its removal, each step looked at and checked."""

from collections.abc import Callable

from sandbox.demo.own_logins import badges, own_login, own_login_ends, two_at_the_chair
from sandbox.demo.stage import JAMES, MARIA, PASSWORD, PracticeStage, play

FLOAT = "Lena P."
HARBOR = "harbor@lakeside.example"
NEW_PASSWORD = "four quiet herons"
WAITING = "Keep working; 1 change will send. The internet is there. Try again in a minute."


def new_computer(stage: PracticeStage) -> None:
    """S14, S15: place, account, condition, a provider's code, once."""
    stage.switch_on("op-3")
    stage.set_up()
    stage.expect(not stage.practice.texts(), "a text went out before anyone asked for one")
    stage.picture("whose-phone", "nothing is texted until someone presses")
    stage.approve("join")
    stage.eyes.find("One tap from now on.")
    stage.picture("one-tap", "the computer is remembered")
    stage.eyes.press("Go to the login screen")


def every_day(stage: PracticeStage) -> None:
    """S13: one tap, and Xchart is open as Office Assistant."""
    stage.eyes.find(MARIA)
    stage.picture("login", "the tiles are the assistants' names")
    stage.tap(MARIA)
    stage.picture("xchart", "one tap later, signed in as Office Assistant")
    stage.expect(
        "Signed in as Office Assistant" in " ".join(stage.eyes.texts()),
        "the page does not say who is signed in",
    )


def lock_and_resume(stage: PracticeStage) -> None:
    """The same person comes back to the same page; nothing of it can be read meanwhile."""
    before = len(stage.practice.requests())
    stage.eyes.press("Lock")
    stage.eyes.find(f"Locked for {MARIA}")
    left = [t for t in stage.eyes.all_texts() if "Signed in" in t or "sedation" in t.lower()]
    stage.expect(not left, f"the cover leaves something to read: {left}")
    stage.picture("locked", "covered at once; Maria resumes with a tap")
    stage.eyes.press(MARIA)
    stage.eyes.find("Done")
    handoffs = [r for r in stage.practice.requests()[before:] if "/handoff" in r]
    stage.expect(not handoffs, "resuming opened Xchart anew")
    stage.picture("resumed", "the same page, where she was")


def switch_and_done(stage: PracticeStage) -> None:
    """Someone else starts clean; at five o'clock, Done keeps the computer remembered."""
    stage.eyes.press("Switch")
    stage.eyes.find("Who is next?")
    stage.picture("switch", "who is next?")
    stage.tap(JAMES)
    stage.picture("next-person", "James starts clean")
    stage.eyes.press("Done")
    stage.eyes.find("Tap your name")
    stage.picture("done", "the session is over, the computer still remembered")


def float_and_change(stage: PracticeStage) -> None:
    """Who is not on the list types a name; a wrong one is put right, beside what stands."""
    stage.eyes.press("Someone else")
    stage.eyes.type_into("First name", "lena")
    stage.eyes.type_into("Last initial", "p")
    stage.picture("someone-else", "a float types a name, good until midnight")
    stage.eyes.press("Continue")
    stage.wait_for_page()
    stage.expect(FLOAT in " ".join(stage.eyes.texts()), "the typed name is not in the bar")
    stage.picture("float", "and is at work under it")
    stage.eyes.press("Change")
    stage.eyes.find("Who is here?")
    stage.picture("change", "a wrong name is put right, and nothing is erased")
    stage.tap(MARIA)
    stage.eyes.press("Done")
    stage.eyes.find(FLOAT)
    stage.picture("float-tile", "the float's own tile, until midnight")


def restart(stage: PracticeStage) -> None:
    """S13, S14: a restart, a tap, and no code."""
    texts = len(stage.practice.texts())
    stage.switch_off()
    stage.switch_on("op-3")
    stage.tap(MARIA)
    stage.expect(len(stage.practice.texts()) == texts, "a code was texted after a restart")
    stage.picture("after-restart", "in again after a restart, without a code")
    stage.eyes.press("Done")
    stage.eyes.find("Tap your name")


def outage(stage: PracticeStage) -> None:
    """No server: a tap still enters, the day is there, and what is set then is sent later."""
    stage.practice.stop()
    stage.eyes.press(MARIA)
    stage.eyes.find("Xchart does not answer.")
    stage.eyes.press("Turn over, Op 3")
    stage.eyes.find(WAITING)
    stage.picture("outage", "no server: she is in, the day is there, her change waits")
    stage.practice.start()
    stage.eyes.press("Try again")
    stage.wait_for_page()
    stage.wait_for("POST /v1/commands", "the change was not sent")
    stage.picture("outage-over", "the server is back, and has what she set")
    stage.eyes.press("Done")
    stage.eyes.find("Tap your name")


def new_password(stage: PracticeStage) -> None:
    """S14: an admin has every computer ask for the new password, once; trust is as it was."""
    eyes, texts = stage.eyes, len(stage.practice.texts())
    stage.practice.change_password("acc-office", NEW_PASSWORD)
    eyes.press(MARIA)
    eyes.find("Type the new password")
    stage.picture("new-password", "an admin changed the shared password: it is asked for once")
    eyes.type_into("New password", PASSWORD)
    eyes.press("Continue")
    eyes.find("That is not the new password.")
    eyes.type_into("New password", NEW_PASSWORD)
    eyes.press("Continue")
    stage.wait_for_page()
    stage.expect(len(stage.practice.texts()) == texts, "a code was texted for a password")
    stage.picture("new-password-in", "and whoever tapped is in, without a code")
    eyes.press("Done")
    eyes.find("Tap your name")


def idle_for_a_month(stage: PracticeStage) -> None:
    """S13: nobody signed in for an extended period; the provider's code again, then on."""
    stage.switch_off()
    stage.practice.travel(days=31)
    stage.switch_on("op-3")
    stage.eyes.find("Dr. Rivera's code is needed again.")
    stage.picture("idle-too-long", "31 days later: the provider's code again")
    stage.eyes.press(MARIA)
    stage.approve("return")
    stage.wait_for_page()
    stage.picture("in-again", "and on, as Maria")
    stage.eyes.press("Done")
    stage.eyes.find("Tap your name")


def another_computer(stage: PracticeStage) -> None:
    """S15: a second computer asks for a code of its own, and for the password as it is now."""
    stage.switch_off()
    stage.switch_on("op-4")
    stage.set_up("Op 4", NEW_PASSWORD)
    stage.picture("another-computer", "another computer: another code")
    stage.switch_off()


def invitation(stage: PracticeStage) -> None:
    """S8 to S10: the link of an e-mail becomes an account, and one tap from then on."""
    eyes, link = stage.eyes, stage.practice.invite("Harbor Front Desk", HARBOR)
    stage.switch_on("op-1")
    eyes.type_into("Xchart server", stage.practice.address)
    eyes.type_into("Location", "Main Street")
    eyes.type_into("Operatory", "Op 1")
    eyes.press("Continue")
    eyes.press("I have an invitation")
    eyes.type_into("Link", link)
    stage.picture("invitation", "the link out of the e-mail that invited the account")
    eyes.press("Continue")
    eyes.type_into("New password", PASSWORD)
    eyes.type_into("Mobile phone", "+1 555 0100 021")
    stage.picture("setting-up", "a password is chosen, and a provider's phone given")
    eyes.press("Continue")
    eyes.press("Yes, it is safe")
    stage.approve("invited")
    eyes.find("One tap from now on.")
    stage.picture("invited", "set up, and remembered")
    eyes.press("Go to the login screen")
    stage.tap("Harbor Front Desk")
    stage.switch_off()


def removal(stage: PracticeStage) -> None:
    """*Remove this computer…* says before and after whose code is needed."""
    stage.switch_on("op-3")
    stage.eyes.press("More")
    stage.eyes.find("This computer")
    stage.picture("this-computer", "what this computer knows")
    stage.eyes.press("Remove this computer…")
    stage.eyes.find("Remove this computer?")
    stage.picture("remove", "whose code will be needed is said before")
    stage.eyes.press("Remove this computer")
    stage.approve("remove", "Dr. Chen")
    stage.eyes.find("This computer is removed.")
    stage.picture("removed", "and after")
    stage.eyes.press("OK")
    stage.eyes.find("Tap your name")
    stage.picture("code-needed", "every tile says so")


STEPS: tuple[Callable[[PracticeStage], None], ...] = (
    new_computer,
    every_day,
    lock_and_resume,
    switch_and_done,
    float_and_change,
    own_login,
    two_at_the_chair,
    badges,
    restart,
    own_login_ends,
    outage,
    new_password,
    idle_for_a_month,
    another_computer,
    invitation,
    removal,
)


def main_job(stage: PracticeStage) -> None:
    """All of it. Raises StepFailed."""
    play(stage, STEPS)
