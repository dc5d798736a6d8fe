"""One line a transition: what happened, where it led, what follows, for whoever looks at a kiosk.

``TileTapped | AtLogin -> Entering | ReadDay#3, KeepRecord#3, StartSession#3``; a no says why. Owns
what may be seen of a step: the names of classes, the numbers of attempts, and our own word for a
no. Must never look at anything else of an event, a state or an effect (law 10).
"""

from kiosk.app.runtime import Transition
from kiosk.session.model.events import Answered, Event, PageFailed, Ticked, said_by
from kiosk.session.model.refusals import Fault, Refusal, Unreachable
from kiosk.session.model.replies import No


def line_of(step: Transition) -> str:
    """The line of a step; empty where time passed and nothing came of it."""
    before, after = type(step.before.phase).__name__, type(step.after.phase).__name__
    if isinstance(step.event, Ticked) and before == after and not step.effects:
        return ""
    led = before if before == after else f"{before} -> {after}"
    follows = ", ".join(_numbered(effect, effect) for effect in step.effects)
    return " | ".join((_happened(step.event), led, follows or "-"))


def no_of(event: Event | None) -> str:
    """Our own word for why something did not happen; empty where it did."""
    match event:
        case Answered(reply=No(why=Refusal(code=code))):
            return code.value
        case Answered(reply=No(why=Unreachable() | Fault() as why)):
            return why.value
        case PageFailed(fault=fault):
            return fault.value
        case _:
            return ""


def _happened(event: Event | None) -> str:
    if event is None:
        return "Started"
    told = _numbered(said_by(event), event)
    why = no_of(event)
    return f"{told} {why}" if why else told


def _numbered(named: object, numbered: object) -> str:
    attempt = getattr(numbered, "attempt", None)
    name = type(named).__name__
    return f"{name}#{attempt}" if isinstance(attempt, int) else name
