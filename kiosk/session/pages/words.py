"""The sentences a person reads: one for each refusal and fault; a nurse's words.

Never: trust, grant, token, sync, or an error code alone (design.md section 1).
"""

from datetime import datetime, timedelta
from typing import assert_never

from kiosk.session.model.people import Approver
from kiosk.session.model.refusals import Code, Fault, Refusal
from kiosk.session.pages.dates import clock
from kiosk.session.pages.views import Notice, Tone


def whose(approvers: tuple[Approver, ...]) -> str:
    """ "Dr. Rivera's code", or "Dr. Rivera's or Dr. Chen's code"."""
    names = [f"{a.name}'s" for a in approvers]
    if not names:
        return "A provider's code"
    return f"{names[0]} code" if len(names) == 1 else f"{', '.join(names[:-1])} or {names[-1]} code"


def some_minutes(wait: timedelta) -> str:
    """ "40 seconds", "a minute", "5 minutes", "an hour"; rounded up, so that waiting is enough."""
    seconds = max(1, -(-wait // timedelta(seconds=1)))
    if seconds < 60:
        return f"{seconds} second{'' if seconds == 1 else 's'}"
    minutes = -(-seconds // 60)
    if minutes < 60:
        return "a minute" if minutes == 1 else f"{minutes} minutes"
    hours = -(-minutes // 60)
    return "an hour" if hours == 1 else f"{hours} hours"


def off_by(off: timedelta) -> str:
    """How wrong a clock is: "7 minutes slow", "a year fast" in whole units."""
    ahead = off > timedelta(0)
    off = abs(off)
    if off >= timedelta(days=365):
        years = round(off / timedelta(days=365))
        amount = f"{years} year{'' if years == 1 else 's'}"
    elif off >= timedelta(days=1):
        days = round(off / timedelta(days=1))
        amount = f"{days} day{'' if days == 1 else 's'}"
    else:
        amount = some_minutes(off)
    return f"{amount} {'fast' if ahead else 'slow'}"


def of_above(program: str) -> Notice:
    """Whose window lies above the kiosk's, and will not be put below it."""
    return Notice(Tone.WARNING, f"{program} is in front of the kiosk.", "Close it or move it away.")


def of_a_window(windowed: bool) -> Notice | None:
    """What a lock does not cover, where the kiosk is a window among others."""
    if not windowed:
        return None
    return Notice(Tone.INFO, "Only this window is covered.", "Other programs stay in sight.")


def of_refusal(refusal: Refusal, at: datetime, zone: str, code: str) -> Notice:
    """The server's no. ``code`` is whose code helps ("Dr. Rivera's code")."""
    match refusal.code:
        case Code.CREDENTIALS_WRONG:
            left = tries(refusal.tries_left)
            return problem(
                "That e-mail and password do not match.", f"Check both and try again.{left}"
            )
        case Code.DEVICE_PASSWORD_WRONG:
            return problem(
                "This computer has to be set up again.",
                f"Enter the account's e-mail and password once, then {lower(code)}.",
            )
        case Code.PASSWORD_CHANGED:
            return problem(
                "This account has a new password.", "Sign in with it here first, this once."
            )
        case Code.DEVICE_REVOKED:
            return problem(
                "An admin has removed this computer.",
                f"To use it again, enter the account's e-mail and password, then {lower(code)}.",
            )
        case Code.REVOKED_NOW:
            return problem(
                "An admin has taken this computer away at once.",
                f"To use it again, enter the account's e-mail and password, then {lower(code)}.",
            )
        case Code.CASE_ON:
            return warning(
                "A case is in progress here.",
                "Tap your name once more to end it and start clean.",
            )
        case Code.SESSION_ENDED:
            return warning("Xchart has ended this session.", "Tap your name to come back.")
        case Code.TRUST_MISSING | Code.TRUST_REVOKED:
            return warning(f"{code} is needed again.", "Tap your name to ask for it.")
        case Code.TRUST_LAPSED:
            return warning(
                f"{code} is needed again.",
                "Nobody has signed in here for a long time. Tap your name to ask for it.",
            )
        case Code.ACCOUNT_DEACTIVATED:
            return problem(
                "This account has been turned off.", "Ask an admin if that was not meant."
            )
        case Code.ACCOUNT_PRIVILEGED:
            return problem(
                "This shared account can sign records, so it is not used here.",
                "Ask an admin to make it a plain member on the Members page.",
            )
        case Code.PERSON_UNLISTED:
            return problem(
                "That name is not on Xchart's list any more.",
                "Ask an admin if that was not meant.",
            )
        case Code.CHALLENGE_UNKNOWN | Code.CHALLENGE_OVER:
            return warning("That request for a code is over.", "Start again when someone is ready.")
        case Code.BADGE_UNKNOWN:
            return warning(
                "That badge is nobody's here.",
                "An admin gives badges on the Members page.",
            )
        case Code.BADGE_LAYOUT:
            return warning(
                "The reader and the keyboard layout do not fit.",
                "Tap your name instead, and tell IT.",
            )
        case Code.BADGE_CAPS_LOCK:
            return warning(
                "Caps Lock is on.",
                "Turn it off and hold the badge to the reader again.",
            )
        case Code.BADGES_NONE:
            return warning(
                "This clinic has no badges yet.",
                "Tap your name instead. An admin gives badges on the Members page.",
            )
        case Code.PLACE_UNKNOWN if refusal.names:
            return problem(
                "That room is not known there.", f"Known are: {'; '.join(refusal.names)}."
            )
        case Code.PLACE_UNKNOWN:
            return problem("Location and operatory are both needed.", "They stand on the door.")
        case Code.INVITATION_UNKNOWN:
            return problem(
                "That is not an invitation from this server.",
                "Copy the whole link out of the e-mail; it has /invitations/ in it.",
            )
        case Code.INVITATION_OVER:
            return problem(
                "This invitation is over.",
                "If you have used it yourself, go back and sign in with the password you chose. "
                "If not, ask an admin for a new one.",
            )
        case Code.COMPUTER_JOINED:
            return problem(
                "This computer is set up for another address.",
                "Remove it first: More, This computer. A provider's code may be needed for that.",
            )
        case Code.SESSION_ALIVE:
            return problem(
                "Somebody is still signed in to Xchart here.",
                "Press Done, and sign out of Xchart in any browser on this computer. Then go on.",
            )
        case Code.INVALID:
            return problem(
                "Xchart does not take that.",
                "A password has 8 characters or more, a phone looks like +1 555 0100 021.",
            )
        case Code.CODE_WRONG:
            left = tries(refusal.tries_left)
            return problem(
                "That is not the code.", f"Ask for it again and type all six digits.{left}"
            )
        case Code.CODE_OVER:
            return warning("That code does not work any more.", "Text a new one.")
        case Code.TOO_MANY_TRIES:
            return problem("Too many tries.", f"Try again {when(refusal.retry_at, at, zone)}.")
        case Code.RESEND_TOO_SOON:
            return warning(
                "A code is already on its way.",
                f"Another one can be texted {when(refusal.retry_at, at, zone)}.",
            )
        case Code.TEXTS_CAPPED:
            return problem(
                "No more codes can be texted to this phone for now.",
                f"Ask someone else, or try again {when(refusal.retry_at, at, zone)}.",
            )
        case Code.PIN_NEEDED:
            return warning(
                "Your PIN is needed first.", "Sign in with it, and remove this computer from there."
            )
        case Code.PIN_WRONG:
            return problem("That is not the PIN.", f"Try again.{tries(refusal.tries_left)}")
        case Code.PIN_WEAK:
            return problem(
                "That PIN is too easily guessed.",
                "Choose six digits that are no row, no repetition and no date.",
            )
        case Code.PIN_DIFFERS:
            return problem("The two were not the same.", "Choose a PIN once more.")
        case Code.PIN_UNKNOWN:
            return warning(
                "Your PIN does not open this computer any more.",
                "Sign in with e-mail and password once; then choose a new PIN.",
            )
        case Code.PIN_SPENT:
            return problem(
                "Too many wrong PINs.",
                "Sign in with e-mail and password once; then choose a new PIN.",
            )
        case Code.NOT_PERSONAL:
            return problem(
                "Several people use that account.", "Enter the e-mail of your own account here."
            )
        case Code.NOT_OFFERED:
            return problem("That is not offered here.", "Ask IT how this computer is let in.")
        case Code.AUDIT_FORKED:
            return problem(
                "Another computer has used this one's keys.",
                f"Nobody is signed in here before that is looked into. Call IT. {code} is needed.",
            )
        case Code.AUDIT_GAP | Code.OTHER:
            return problem(
                "Xchart said no, for a reason this kiosk does not know.",
                f'Tell IT: "{refusal.told}".' if refusal.told else "Tell IT.",
            )
        case _:
            assert_never(refusal.code)


def of_refusal_here(refusal: Refusal) -> Notice | None:
    """The same where names and badges are kept at this computer; None for what is the same."""
    match refusal.code:
        case Code.BADGE_UNKNOWN:
            return warning(
                "That badge is nobody's here.",
                "Tap your name. Badges are read under More, Names.",
            )
        case Code.BADGES_NONE:
            return warning(
                "No badge is known here yet.",
                "Tap your name. Badges are read under More, Names.",
            )
        case Code.PERSON_UNLISTED:
            return problem(
                "That name is not on this computer's list any more.",
                "It was removed under More, Names.",
            )
        case _:
            return None


def of_fault(fault: Fault) -> Notice:
    """What is wrong with this computer, and who can mend it."""
    match fault:
        case Fault.KEYCHAIN_ABSENT:
            return problem(
                "There is no safe place for keys.",
                'IT: no keychain service runs for this user. "kiosk doctor" says more.',
            )
        case Fault.KEYCHAIN_LOCKED:
            return problem(
                "The keychain is locked.",
                "Sign out of the computer and in again with its password, or call IT.",
            )
        case Fault.KEYCHAIN_SLOW:
            return problem(
                "The keychain does not answer.",
                "Try again. If it stays so, restart the computer.",
            )
        case Fault.KEYCHAIN_CORRUPT:
            return problem(
                "This computer's keys cannot be read.",
                'The computer has to be set up again; IT can clear it with "kiosk wipe".',
            )
        case Fault.KEYCHAIN_TOO_LARGE | Fault.KEYCHAIN_REFUSED:
            return problem(
                "The keychain did not take the keys.",
                'Nothing is lost. Call IT; "kiosk doctor" says more.',
            )
        case Fault.RECORDS_FULL:
            return problem(
                "The disk is full.",
                "Every entry must be recorded, so nobody can be signed in. Call IT to free space.",
            )
        case Fault.RECORDS_BROKEN:
            return problem(
                "The records of this computer do not fit what Xchart has.",
                'Nothing was deleted. Call IT: "kiosk audit verify" says where.',
            )
        case Fault.RECORDS_NEWER:
            return problem(
                "A newer version of the kiosk was here before this one.",
                "This one cannot read its records. Nothing is lost. IT: install the newest again.",
            )
        case Fault.RECORDS_UNREADABLE:
            return problem(
                "Records cannot be written.",
                "Every entry must be recorded, so nobody can be signed in. Call IT.",
            )
        case Fault.SETTINGS_UNREADABLE:
            return problem("The settings cannot be read.", 'IT: "kiosk doctor" names the line.')
        case Fault.UNEXPECTED:
            return problem(
                "Something in the kiosk went wrong.",
                "Nothing is lost. Try again; if it stays so, tell IT to look at the log.",
            )
        case _:
            assert_never(fault)


def unset(refused: int) -> Notice:
    """What was set and Xchart will not have."""
    what = "A change" if refused == 1 else f"{refused} changes"
    return warning(f"{what} could not be set.", "The list shows how it stands. Ask an admin why.")


def unrecorded() -> Notice:
    """Someone came back, and the record of it waits (law 2, its one exception)."""
    return warning(
        "This computer's disk takes no records.",
        "Keep working; what you do is recorded as soon as it can be. Call IT.",
    )


def site_code_wrong(refusal: Refusal) -> Notice:
    """A code that the site has texted by itself was not right."""
    left = tries(refusal.tries_left)
    return problem("That is not the code.", f"Type the newest one that was texted.{left}")


def app_code_wrong(refusal: Refusal) -> Notice:
    """An app's code was mistyped, or is over, or was used before."""
    told = f"Type the six digits that the app shows now.{tries(refusal.tries_left)}"
    return problem("That is not the code.", told)


def tries(left: int | None) -> str:
    """ " 2 tries left.", or nothing where the server did not say."""
    if left is None:
        return ""
    return f" {left} {'try' if left == 1 else 'tries'} left."


def when(moment: datetime | None, at: datetime, zone: str) -> str:
    """ "in 40 seconds", "at 2:05 pm", or "later" where the server did not say."""
    if moment is None:
        return "later"
    if moment - at <= timedelta(minutes=2):
        return f"in {some_minutes(moment - at)}"
    return f"at {clock(moment, zone)}"


def lower(sentence: str) -> str:
    """The words inside a sentence: "A provider's code" becomes "a provider's code"."""
    return sentence[0].lower() + sentence[1:] if sentence.startswith("A ") else sentence


def problem(title: str, text: str) -> Notice:
    """It stops someone."""
    return Notice(Tone.PROBLEM, title, text)


def warning(title: str, text: str) -> Notice:
    """It may stop someone."""
    return Notice(Tone.WARNING, title, text)
