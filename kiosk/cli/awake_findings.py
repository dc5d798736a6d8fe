"""The doctor's sentences about what the computer can be kept from while a patient is treated.

Must never ask anybody itself: it is given what was tried. ``findings`` owns the other sentences.
"""

from collections.abc import Sequence

from kiosk.cli.findings import Finding, Verdict
from kiosk.desktop.awake import SeenAwake
from kiosk.session.model.awake import Held, Means

POLKIT = "org.freedesktop.login1."
"""How the names of logind's polkit actions begin."""

_CAN = {
    Means.SLEEP: "While a patient is treated the computer can be kept from sleep.",
    Means.BLANKING: "While a patient is treated the screen can be kept lit.",
    Means.SHUTDOWN: "While a patient is treated a shutdown can be objected to.",
}
_CANNOT = {
    Means.SLEEP: "While a patient is treated the computer cannot be kept from sleep",
    Means.BLANKING: "While a patient is treated the screen cannot be kept lit",
    Means.SHUTDOWN: "While a patient is treated a shutdown cannot be objected to",
}
_UNTIL_THEN = {
    Means.SLEEP: "Until then switch sleep off in the computer's power settings.",
    Means.BLANKING: "Until then switch screen saver and power saving of the monitors off.",
    Means.SHUTDOWN: "Until then let nothing shut it down by itself, updates included.",
}
_WITH = {
    Means.SLEEP: "a system with logind",
    Means.BLANKING: "X11, or a desktop with org.freedesktop.ScreenSaver",
    Means.SHUTDOWN: "a system with logind",
}


def judge_awake(seen: SeenAwake | None) -> list[Finding]:
    """Judge each means by itself; ``None``: outside the desktop it cannot be tried."""
    if seen is None:
        sentence = "From here it cannot be tried whether the computer can be kept awake."
        what_to_do = "Run `kiosk doctor` in the desktop's own session to see it."
        return [Finding(_topic(Means.SLEEP), Verdict.WARN, sentence, what_to_do)]
    return [_judge(means, seen.report[means], seen.refusing[means]) for means in Means]


def _judge(means: Means, held: Held, refusing: tuple[str, ...]) -> Finding:
    if held is Held.HELD:
        return Finding(_topic(means), Verdict.OK, _CAN[means])
    if held is Held.ABSENT:
        why, what_to_do = "there is nobody here to ask", f"Use {_WITH[means]}."
    else:
        why, what_to_do = f"refused or not answered by {_listed(refusing)}", _allow(refusing)
    sentence = f"{_CANNOT[means]}: {why}."
    return Finding(_topic(means), Verdict.WARN, sentence, f"{what_to_do} {_UNTIL_THEN[means]}")


def _allow(refusing: tuple[str, ...]) -> str:
    """What lets it: for logind a rule of polkit, for a desktop its own settings."""
    actions = [f"`{name}`" for name in refusing if name.startswith(POLKIT)]
    if actions:
        return (
            f"Grant this user {_listed(actions)} with a rule of polkit "
            "(in the IT guide, below *While a patient is treated*)."
        )
    return "Restart the desktop's session; if it happens again, use another desktop."


def _listed(names: Sequence[str]) -> str:
    return " and ".join(names)


def _topic(means: Means) -> str:
    return f"no {means}"
