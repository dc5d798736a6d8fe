"""The walk of those who have a login of their own: password and code once, then PIN and badge."""

from sandbox.demo.stage import MARIA, PASSWORD, PracticeStage

NINA, HER_EMAIL, HER_PIN = "Nina Patel", "patel@lakeside.example", "482915"
MARIAS_BADGE, NINAS_BADGE = "0004417290", "774A10B93"


def own_login(stage: PracticeStage) -> None:
    """S1 to S3: one's own password and code once, and a PIN from then on."""
    eyes = stage.eyes
    eyes.press("My own login")
    eyes.type_into("E-mail", HER_EMAIL)
    eyes.type_into("Password", PASSWORD)
    stage.picture("own-login", "a login of one's own, the first time on this computer")
    eyes.press("Continue")
    stage.approve("own-login", NINA)
    eyes.find("Choose a PIN")
    stage.picture("choose-pin", "a PIN is chosen")
    eyes.key_in("PIN", HER_PIN)
    eyes.find("Type it once more")
    eyes.key_in("PIN", HER_PIN)
    stage.wait_for_page()
    stage.expect(
        f"Signed in as {NINA}" in " ".join(eyes.texts()), "Xchart does not know it is Nina"
    )
    stage.picture("own-xchart", "signed in as herself, with her own role")


def two_at_the_chair(stage: PracticeStage) -> None:
    """Switching between a login of one's own and the shared one; each starts clean."""
    eyes = stage.eyes
    eyes.press("Lock")
    eyes.find(f"Locked for {NINA}")
    stage.picture("own-locked", "a little while after her own lock the tile alone will do")
    eyes.press(NINA)
    eyes.find("Done")
    eyes.press("Switch")
    stage.tap(MARIA)
    stage.expect(
        "Signed in as Office Assistant" in " ".join(eyes.texts()), "Maria is taken for Nina"
    )
    eyes.press("Switch")
    eyes.press(NINA)
    eyes.find("Enter your PIN.")
    stage.picture("pin", "tile and PIN")
    eyes.key_in("PIN", "719364")
    eyes.find("That is not the PIN.")
    stage.picture("wrong-pin", "a wrong one is said")
    eyes.key_in("PIN", HER_PIN)
    stage.wait_for_page()
    stage.expect(f"Signed in as {NINA}" in " ".join(eyes.texts()), "Nina is taken for Maria")
    eyes.press("Done")
    eyes.find("Tap your name")


def badges(stage: PracticeStage) -> None:
    """S1: a badge in place of the tap, and for a while after a PIN in place of that too."""
    eyes, desk = stage.eyes, stage.desk
    stage.badge_for("per-maria", MARIAS_BADGE)
    stage.badge_for("acc-patel", NINAS_BADGE)
    desk.read_badge(MARIAS_BADGE)
    stage.wait_for_page()
    stage.expect(MARIA in " ".join(eyes.texts()), "a badge enters somebody else")
    stage.picture("badge", "a badge held to the reader enters its holder")
    desk.read_badge("5550001234")
    eyes.find("That badge is nobody's here.")
    stage.picture("strange-badge", "a badge of nobody's is said, and changes nothing")
    desk.read_badge(NINAS_BADGE)
    eyes.find("Enter your PIN.")
    eyes.key_in("PIN", HER_PIN)
    stage.wait_for_page()
    desk.read_badge(MARIAS_BADGE)
    stage.wait_until(lambda: MARIA in " ".join(eyes.texts()), "a badge does not switch")
    stage.wait_for_page()
    desk.read_badge(NINAS_BADGE)
    stage.wait_until(
        lambda: f"Signed in as {NINA}" in " ".join(eyes.texts()),
        "a while after the PIN the badge alone does not enter",
    )
    stage.picture("badge-back", "a while after her PIN her badge alone takes over")
    desk.read_badge(NINAS_BADGE)
    stage.expect(eyes.is_there("Done"), "one's own badge signs out")
    eyes.press("Done")
    eyes.find("Tap your name")


def own_login_ends(stage: PracticeStage) -> None:
    """S3: deactivated, and gone from this computer; nobody else notices."""
    stage.eyes.find(NINA)
    stage.practice.change_member("acc-patel", active=False)
    stage.wait_until(
        lambda: NINA not in stage.eyes.texts(), "whoever was deactivated still has a tile"
    )
    stage.picture("deactivated", "deactivated by an admin: her tile is gone, nobody else's")
