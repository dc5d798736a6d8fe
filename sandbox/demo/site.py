"""The site that has only a web sign-in, as a process of its own, and what its phone shows."""

from pathlib import Path

from sandbox.demo.served import Served

OFFICE = "office@lakeside.example"


class WebSite(Served):
    """Started again, it knows its logins and their computers; sessions never."""

    def __init__(self, data: Path, port: int = 0, *, aloud: bool = False) -> None:
        """``port`` 0 takes any; ``aloud``: what it says, a code above all, is printed here too."""
        super().__init__(data, port, ["--web-only"], "test", aloud=aloud)

    def code(self) -> str:
        """The code that was texted last."""
        return str(self._ask("texts")[-1]["code"])

    def texts(self) -> int:
        """How many codes were texted since it was started."""
        return len(self._ask("texts"))

    def passwords_sent(self) -> int:
        """How often somebody sent a password since it was started, right or wrong."""
        sent: dict[str, int] = self._ask("seen")["submissions"]
        return sum(sent.values())

    def forget_sessions(self) -> None:
        """Everybody is signed out in the middle."""
        self._ask("sessions", method="DELETE")

    def forget_computers(self) -> None:
        """No computer is remembered any more, whatever it shows."""
        self._ask("devices", method="DELETE")

    def change_password(self, email: str, password: str) -> None:
        """Somebody has changed it in a browser elsewhere."""
        self._ask("passwords", {email: password})

    def turn(self, **turns: str | int | bool) -> None:
        """It does these otherwise from now on (``sandbox.web.turns``)."""
        self._ask("turns", turns)
