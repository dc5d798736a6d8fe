"""What Xchart's page says, asks and is refused, around its own words: those are never here."""

from datetime import datetime

from kiosk.session.model.session import Declined, Question, Session, Told
from kiosk.session.model.state import Active
from kiosk.session.pages.views import Notice, QuestionNote, SayingNote, Tone
from kiosk.session.rules.speaking import DECLINED_FOR

REFUSED = {
    Declined.DOWNLOAD: ("Files are not saved on this computer.", "Xchart wanted to save one."),
    Declined.FILE: ("Files cannot be added here.", "Use a computer at the desk."),
    Declined.ELSEWHERE: ("That link leads out of Xchart.", "It is not opened here."),
    Declined.PROGRAM: ("That link opens another program.", "It is not opened here."),
    Declined.WINDOW: ("Xchart cannot open another window here.", "Everything stays in this one."),
    Declined.FULL_SCREEN: ("Xchart cannot fill the whole screen.", "Lock has to stay in reach."),
    Declined.DEVICE: (
        "Xchart asked for more of this computer than it is given here.",
        "Camera, microphone, place and messages are off.",
    ),
    Declined.CERTIFICATE: ("Xchart's page is not safe to open.", "Tell IT."),
    Declined.NO_PRINTER: ("No printer is set up for Xchart here.", "IT can name one."),
    Declined.NOT_OPENED: (
        "That did not open.",
        "The page that was here before is still here, with what was typed.",
    ),
    Declined.NOT_PRINTED: ("That was not printed.", "Look at the printer, or tell IT."),
}


def saying(session: Session) -> SayingNote | None:
    """The oldest saying that nobody has dismissed."""
    if not session.told:
        return None
    first, *rest = session.told
    waiting = len(rest) + session.untold
    more = f"{waiting} more" if waiting else ""
    if session.untold and not rest:
        more = f"{session.untold} more could not be kept"
    return SayingNote(heading(first), first.words, more)


def heading(told: Told) -> str:
    """What stands above the page's own words."""
    match told.question:
        case None:
            return "Xchart says"
        case Question.LEAVE:
            return "Xchart's page was kept as it is. What was typed is still there."
        case _:
            return "Xchart asked this. It was answered No"


def question(phase: Active) -> QuestionNote | None:
    """What the page asks, with its two answers."""
    if phase.question is None:
        return None
    words = phase.question.words
    match phase.question.question:
        case Question.CONFIRM:
            return QuestionNote("Xchart asks", "", words, "Yes", "No")
        case Question.PROMPT:
            return QuestionNote("Xchart asks", "", words, "Send", "No answer", "Your answer")
        case Question.LEAVE:
            return QuestionNote(
                "Leave this page?",
                "What was typed here and not saved is lost.",
                words,
                "Leave",
                "Stay",
            )


def declined(phase: Active, at: datetime) -> Notice | None:
    """The sentence about what the page was refused, for a while."""
    if phase.declined is None:
        return None
    what, since = phase.declined
    # Trusted time may have been corrected backwards, by a little: it is said all the same.
    if not -DECLINED_FOR <= at - since < DECLINED_FOR:
        return None
    return Notice(Tone.WARNING, *REFUSED[what])
