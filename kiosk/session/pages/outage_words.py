"""Why there is no answer, in words: each cause has its own, and says who can do what about it."""

from typing import assert_never

from kiosk.session.model.refusals import Unreachable
from kiosk.session.pages.views import Notice
from kiosk.session.pages.words import problem, warning


def of_reach(reach: Unreachable) -> Notice:
    """Why there is no answer: each cause has its own sentence, none is called another's name."""
    match reach:
        case Unreachable.NO_INTERNET:
            return warning("No internet.", "Check the network cable or the Wi-Fi of this computer.")
        case Unreachable.NO_ANSWER:
            return warning(
                "Xchart does not answer.", "The internet is there. Try again in a minute."
            )
        case Unreachable.PORTAL:
            return warning(
                "The network asks for a sign-in of its own.",
                "Open a web browser, sign in to the network, then try again.",
            )
        case Unreachable.PROXY_SIGN_IN:
            return problem(
                "The network's proxy asks for a password.",
                "IT has to let this computer through without one.",
            )
        case Unreachable.PROXY_FAULT:
            return warning(
                "The network's proxy does not get through to Xchart.",
                "Try again in a minute. If it stays, IT has to look at the proxy.",
            )
        case Unreachable.BLOCKED:
            return problem(
                "The network blocks Xchart.",
                "IT has to allow the server's address in the filter or proxy.",
            )
        case Unreachable.NOT_THERE:
            return problem(
                "Something else answers at Xchart's address.",
                "Check the server address. If it is right, call IT.",
            )
        case Unreachable.TOO_LARGE:
            return problem(
                "The network holds up what this kiosk sends.",
                "IT: a proxy or filter takes it for too large. 1 MB has to pass.",
            )
        case Unreachable.BUSY:
            return warning(
                "The network asks this kiosk to wait.",
                "Try again in a minute. If it stays, IT has to look for a limit on requests.",
            )
        case Unreachable.UNTRUSTED:
            return problem(
                "This is not a safe connection to Xchart.",
                "Nothing was sent. Check the computer's date, then call IT.",
            )
        case Unreachable.SERVER_FAULT:
            return warning(
                "Xchart has a fault of its own.", "Nothing is lost. Try again in a minute."
            )
        case Unreachable.NOT_UNDERSTOOD:
            return problem(
                "This kiosk does not understand Xchart's answer.",
                "Check the server address. If it is right, IT has to update the kiosk.",
            )
        case Unreachable.ADDRESS:
            return problem(
                "That is not an address the kiosk may use.",
                "It starts with https:// and ends with the name: https://xchart.example",
            )
        case _:
            assert_never(reach)


def of_outage(reach: Unreachable, since: str, changes: int = 0) -> Notice:
    """The same, where it has lasted for a while; ``since`` is on the clinic's clock.

    ``changes`` set at the chair wait, and work goes on.
    """
    said = of_reach(reach)
    match reach:
        case Unreachable.NO_INTERNET:
            title = "No internet"
        case Unreachable.NO_ANSWER:
            title = "Xchart has not answered"
        case Unreachable.PORTAL:
            title = "The network has asked for a sign-in of its own"
        case Unreachable.PROXY_SIGN_IN:
            title = "The network's proxy has asked for a password"
        case Unreachable.PROXY_FAULT:
            title = "The network's proxy has not got through to Xchart"
        case Unreachable.BLOCKED:
            title = "The network has blocked Xchart"
        case Unreachable.NOT_THERE:
            title = "Something else has answered at Xchart's address"
        case Unreachable.TOO_LARGE:
            title = "The network has held up what this kiosk sends"
        case Unreachable.BUSY:
            title = "The network has asked this kiosk to wait"
        case Unreachable.UNTRUSTED:
            title = "No safe connection to Xchart"
        case Unreachable.SERVER_FAULT:
            title = "Xchart has had a fault of its own"
        case Unreachable.NOT_UNDERSTOOD:
            title = "This kiosk has not understood Xchart"
        case Unreachable.ADDRESS:
            title = "No address the kiosk may use"
        case _:
            assert_never(reach)
    text = said.text
    if changes:
        text = f"Keep working; {changes} change{'' if changes == 1 else 's'} will send. {text}"
    return Notice(said.tone, f"{title} since {since}.", text)
