"""The reference server as a process of its own, and the providers' phones beside it."""

from collections.abc import Sequence
from pathlib import Path

from sandbox.demo.served import Served


class Practice(Served):
    """A seeded server that tests may steer."""

    def __init__(self, data: Path, port: int = 0, origins: Sequence[str] = ()) -> None:
        """``port`` 0 takes any; ``origins`` are what else it is called: whatever lies before it."""
        named = [word for origin in origins for word in ("--origin", origin)]
        super().__init__(data, port, ["--seed", "demo", *named], "sandbox")

    def texts(self) -> list[dict[str, str]]:
        """Every text on the providers' phones, oldest first."""
        told: list[dict[str, str]] = self._ask("texts")
        return told

    def requests(self) -> list[str]:
        """Every request so far, as "METHOD /path"."""
        return [str(r) for r in self._ask("requests")["requests"]]

    def travel(self, days: float) -> None:
        """Move the server's clock on."""
        self._ask("time", {"advance": int(days * 86_400)})

    def change_member(self, which: str, **change: object) -> None:
        """What an admin does on the Members page."""
        self._ask(f"members/{which}", change)

    def change_password(self, which: str, password: str) -> None:
        """An admin gives a shared account another password, and every computer has to ask."""
        self._ask(f"passwords/{which}", {"password": password})

    def give_badge(self, holder: str, number: str) -> None:
        """An admin reads a badge into the Members page."""
        self._ask(f"badges/{holder}", {"number": number})

    def invite(self, label: str, email: str) -> str:
        """An admin invites a shared account: the link in its mailbox."""
        wish = {"label": label, "email": email, "shared": True, "roles": ["member"]}
        self._ask("members", wish)
        return str(self._ask("mails")[-1]["link"])
