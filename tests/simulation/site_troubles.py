"""What goes wrong at a site, kind by kind: each strikes one desk, by chance, and is over later."""

from collections.abc import Callable
from datetime import timedelta
from functools import partial
from random import Random

from kiosk.session.model.site import PageState, Press
from tests.simulation import troubles
from tests.simulation.site_pages import Side
from tests.simulation.troubles import Desk, Scene

NEXT_PRESS = 0.5
Strike = Callable[[Scene, Side, Desk, Random], None]


def site_down(scene: Scene, side: Side, desk: Desk, draw: Random) -> None:
    """The site answers 503 for a while."""
    side.is_down = True

    def over() -> None:
        side.is_down = False

    scene.hub.after(draw.uniform(1, 90), over)


def signed_out(scene: Scene, side: Side, desk: Desk, draw: Random) -> None:
    """The site has ended the session; the page that is there does not know."""
    side.end_sessions()


def forgotten(scene: Scene, side: Side, desk: Desk, draw: Random) -> None:
    """The site knows this computer no more, and has signed it out."""
    side.end_sessions()
    side.forget()


def changed_password(scene: Scene, side: Side, desk: Desk, draw: Random) -> None:
    """Somebody has changed it in a browser elsewhere, which signs everybody out."""
    side.end_sessions()
    side.change_password(f"four quiet herons {draw.randrange(1000)}")


def code_refused(scene: Scene, side: Side, desk: Desk, draw: Random) -> None:
    """The site takes no code for a while."""
    side.end_sessions()
    side.forget()
    side.site.takes_codes = False
    scene.hub.after(draw.uniform(1, 60), partial(setattr, side.site, "takes_codes", True))


def stands(scene: Scene, side: Side, desk: Desk, draw: Random) -> None:
    """What is pressed reaches the site, and its page stays: nobody sees what came of it."""
    side.end_sessions()
    side.site.stands = True
    scene.hub.after(draw.uniform(1, 90), partial(setattr, side.site, "stands", False))


def redrawn(scene: Scene, side: Side, desk: Desk, draw: Random) -> None:
    """The next pressings meet another page than was looked at, or a field that keeps nothing."""
    ways = [Press.GONE, Press.NOT_TAKEN, Press.UNSAFE]
    side.site.presses = [draw.choice(ways) for _ in range(draw.randint(1, 2))]


def by_hand(scene: Scene, side: Side, desk: Desk, draw: Random) -> None:
    """The site wants something that only a person can do."""
    side.end_sessions()
    side.site.says = draw.choice([PageState.PERSON_WANTED, PageState.CHANGE_WANTED])
    scene.hub.after(draw.uniform(5, 60), partial(setattr, side.site, "says", None))


def asks_anew(scene: Scene, side: Side, desk: Desk, draw: Random) -> None:
    """The site answers a password with the same form and no word: that is a no too."""
    side.end_sessions()
    side.site.says = PageState.ASKS_PASSWORD
    scene.hub.after(draw.uniform(5, 60), partial(setattr, side.site, "says", None))


def sign_out_refused(scene: Scene, side: Side, desk: Desk, draw: Random) -> None:
    """Its sign-out does nothing for a while."""
    side.site.takes_sign_out = False
    scene.hub.after(draw.uniform(5, 90), partial(setattr, side.site, "takes_sign_out", True))


def hour_off(scene: Scene, side: Side, desk: Desk, draw: Random) -> None:
    """The computer's clock is put an hour forward or back."""
    desk.computer.readings.skew += timedelta(hours=draw.choice([-1, 1]))


def no_room(scene: Scene, side: Side, desk: Desk, draw: Random) -> None:
    """The disk takes no new file: not the count of what was sent either.

    Now and then not from now on, but from the next press on: what comes of it cannot be kept.
    """
    if draw.random() < NEXT_PRESS:
        side.fills_up = True
    else:
        side.is_full = True
    scene.hub.after(draw.uniform(5, 90), partial(room_again, side))


def room_again(side: Side) -> None:
    """The disk takes files again."""
    side.is_full = side.fills_up = False


def file_flipped(scene: Scene, side: Side, desk: Desk, draw: Random) -> None:
    """A bit of what the site remembers here is another one while the kiosk is off."""
    scene.crash(desk)
    sites = desk.computer.profile.sites
    if sites.exists() and sites.stat().st_size:
        raw = bytearray(sites.read_bytes())
        raw[draw.randrange(len(raw))] ^= 0x41
        sites.write_bytes(bytes(raw))
    scene.hub.after(1.0, lambda: scene.start(desk))


def as_anywhere(kind: str) -> Strike:
    """The same as beside a server."""
    strike = troubles.TROUBLES[kind]
    return lambda scene, _side, desk, draw: strike(scene, desk, draw)


ANYWHERE = ("crash", "outage", "keychain", "full_disk", "clock", "sleep", "screen_lock")
SITE_TROUBLES: dict[str, Strike] = {
    **{kind: as_anywhere(kind) for kind in ANYWHERE},
    "site_down": site_down,
    "signed_out": signed_out,
    "forgotten": forgotten,
    "changed_password": changed_password,
    "code_refused": code_refused,
    "stands": stands,
    "redrawn": redrawn,
    "by_hand": by_hand,
    "asks_anew": asks_anew,
    "sign_out_refused": sign_out_refused,
    "hour_off": hour_off,
    "no_room": no_room,
    "file_flipped": file_flipped,
}


def healed(side: Side) -> None:
    """The site is as it was; whoever it has signed out stays so."""
    room_again(side)
    side.is_down = side.site.stands = False
    side.site.takes_codes = side.site.takes_sign_out = True
    side.site.says, side.site.presses = None, []
