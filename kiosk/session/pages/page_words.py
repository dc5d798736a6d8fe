"""What stands in the place of Xchart's page when it is not on show, and who can mend it."""

from typing import assert_never

from kiosk.session.model.refusals import Unreachable
from kiosk.session.model.session import PageFault
from kiosk.session.model.site import PageState
from kiosk.session.pages.outage_words import of_reach
from kiosk.session.pages.views import Notice
from kiosk.session.pages.words import problem, warning


def of_page(fault: PageFault) -> Notice:
    """One sentence for each cause."""
    title = "Xchart's page did not open."
    match fault:
        case PageFault.ENGINE_LEFT_OUT | PageFault.ENGINE_BROKEN:
            return problem(title, 'This computer cannot show it. Call IT: "kiosk --self-test".')
        case PageFault.CERTIFICATE:
            return problem(
                "This is not a safe connection to Xchart's page.",
                'Check the computer\'s date, then call IT: "kiosk doctor" says what to do.',
            )
        case PageFault.ELSEWHERE:
            return warning(
                title, "It was sent on to another address. Try again; if it stays so, call IT."
            )
        case PageFault.ANSWER:
            return warning(title, "Xchart answered with an error. Try again in a minute.")
        case PageFault.PROXY_SIGN_IN:
            return of_reach(Unreachable.PROXY_SIGN_IN)
        case PageFault.NETWORK:
            return warning(title, "It was not reached. Check the network, then try again.")
        case PageFault.NO_PAGE:
            return warning(title, "What came is no page. Try again; if it stays so, call IT.")
        case PageFault.PROCESS:
            return warning("Xchart's page ended by itself.", "Try again.")
        case PageFault.SIGNED_OUT:
            return warning("Xchart has signed this page out.", "Try again to sign in once more.")
        case PageFault.NOT_ASKED:
            return warning(title, "Try again.")
        case _:
            assert_never(fault)


def of_wanted(state: PageState) -> Notice:
    """What only a person can do on a page that is shown."""
    if state is PageState.CHANGE_WANTED:
        return warning(
            "Xchart wants a new password.",
            "Who looks after the account chooses it below; this computer asks for it afterwards.",
        )
    if state is PageState.PERSON_WANTED:
        return warning("Xchart asks for a person.", "Go on below, on Xchart's own page.")
    if state is PageState.UNSENT:
        return warning(
            "Xchart's next page did not open.", "What you typed is still below: save it once more."
        )
    return warning(
        "This computer does not know this page of Xchart.",
        "If it asks to sign in, do so by hand. If it stays so, call IT.",
    )
