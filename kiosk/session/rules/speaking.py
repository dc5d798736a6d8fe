"""Rules of what Xchart's page says and asks, and of what it is refused.

A page stands still while it asks, and the engine with it: whatever takes the person away answers
it with No, in the same step, and the same person is told of it when they come back.
"""

from dataclasses import replace
from datetime import datetime, timedelta

from kiosk.session.model.effects import AnswerPage, TurnPageBack
from kiosk.session.model.events import (
    Event,
    PageAsked,
    PageDeclined,
    PageSpoke,
    PageTurned,
    Ticked,
)
from kiosk.session.model.intents import PageBackWanted, QuestionAnswered, Ticket, WordsRead
from kiosk.session.model.session import Asked, Told
from kiosk.session.model.state import Active, Entering, Known, Over, Phase, Session, session_of
from kiosk.session.rules.moves import Step

ANSWERED_WITHIN = timedelta(seconds=60)
DECLINED_FOR = timedelta(seconds=8)
"""How long it is said that the page was refused something."""
QUIET_FOR = timedelta(seconds=8)
"""How long nothing more is said of it then: a page must not keep that line for itself."""
MOST_TOLD = 20
MOST_COUNTED = 99

Said = PageSpoke | PageAsked | PageDeclined | PageTurned


def page_said(known: Known, phase: Phase, event: Said, at: datetime) -> Step:
    """What the page reports, on whichever page of the kiosk."""
    if not isinstance(phase, Over | Entering) or phase.session is None:
        # Nobody is there to be told.
        answer = (AnswerPage(event.words, False),) if isinstance(event, PageAsked) else ()
        return Step(known, phase, answer)
    match event:
        case PageSpoke(words=words, question=question):
            return told(known, phase, phase.session, Told(words, question))
        case PageAsked():
            return asked(known, phase, phase.session, event, at)
        case PageTurned(aside=aside):
            return Step(known, replace(phase, session=replace(phase.session, aside=aside)))
        case PageDeclined(what=what):
            if not isinstance(phase, Active) or not may_be_said(phase, at):
                return Step(known, phase)
            return Step(known, replace(phase, declined=(what, at)))


def told(known: Known, phase: Over | Entering, session: Session, saying: Told) -> Step:
    """It waits for its OK; what finds no room any more is counted."""
    if len(session.told) >= MOST_TOLD:
        session = replace(session, untold=min(session.untold + 1, MOST_COUNTED))
        return Step(known, replace(phase, session=session))
    return Step(known, replace(phase, session=replace(session, told=(*session.told, saying))))


def asked(
    known: Known, phase: Over | Entering, session: Session, event: PageAsked, at: datetime
) -> Step:
    """Put it to whoever is at work; or No at once, and they are told."""
    if not isinstance(phase, Active) or not may_ask(phase):
        saying = Told(event.words, event.question)
        return told(known, phase, session, saying).after(AnswerPage(event.words, False))
    question = Asked(event.words, event.question, at + ANSWERED_WITHIN)
    return Step(known, replace(phase, question=question))


def may_ask(phase: Active) -> bool:
    """Whether the page may stand still for an answer, and every page of the engine with it."""
    return phase.session.shown and phase.question is None


def answered(known: Known, phase: Active, intent: QuestionAnswered, at: datetime) -> Step:
    """*Yes* or *No*, to the question on the screen."""
    if phase.question is None or phase.question.words != intent.words:
        return Step(known, phase)
    answer = AnswerPage(intent.words, intent.yes, intent.typed)
    return Step(known, replace(phase, question=None), (answer,))


def words_read(known: Known, phase: Active, intent: WordsRead, at: datetime) -> Step:
    """*OK*: the next saying stands there. With the last one its count goes too."""
    session = phase.session
    rest = tuple(each for each in session.told if each.words != intent.words)
    session = replace(session, told=rest, untold=session.untold if rest else 0)
    return Step(known, replace(phase, session=session))


def turned_back(known: Known, phase: Active, intent: PageBackWanted, at: datetime) -> Step:
    """*Back*, from a document."""
    return Step(known, phase, (TurnPageBack(),) if phase.session.aside else ())


def may_be_said(phase: Active, at: datetime) -> bool:
    """Whether the line is free for another refusal."""
    if phase.declined is None:
        return True
    _, since = phase.declined
    return not -QUIET_FOR <= at - since < DECLINED_FOR + QUIET_FOR


def settle_question(before: Phase, step: Step, event: Event) -> Step:
    """After every step: no question outlives what it was put to; whose it was is told of it."""
    asking = before.question if isinstance(before, Active) else None
    step = timed_out(step, event)
    now = step.phase.question if isinstance(step.phase, Active) else None
    stands = asking is not None and now is not None and asking.words == now.words
    if asking is None or stands or answers(step, asking.words):
        return step
    step = step.then(AnswerPage(asking.words, False))
    session, there = session_of(step.phase), session_of(before)
    if session is None or there is None or not session.continues(there):
        return step
    if not isinstance(step.phase, Over | Entering):
        return step
    told_of = told(step.known, step.phase, session, Told(asking.words, asking.question))
    return replace(step, phase=told_of.phase)


def timed_out(step: Step, event: Event) -> Step:
    """Nobody answered, or the page is not there any more.

    Time ends it when it is told, and not before: a late answer changes nothing (law 5).
    """
    phase, at = step.phase, event.at
    if not isinstance(phase, Active) or phase.question is None:
        return step
    told = isinstance(event, Ticked)
    if (told and at >= phase.question.until) or not phase.session.shown:
        return replace(step, phase=replace(phase, question=None))
    if not told:
        return step
    # Trusted time may have been corrected backwards: never longer than the whole wait from now.
    until = min(phase.question.until, at + ANSWERED_WITHIN)
    return replace(step, phase=replace(phase, question=replace(phase.question, until=until)))


def answers(step: Step, words: Ticket) -> bool:
    """Whether the step answers that question."""
    return any(isinstance(each, AnswerPage) and each.words == words for each in step.effects)
