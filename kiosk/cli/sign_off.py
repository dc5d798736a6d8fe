"""What this computer tells its server before it forgets everything: what waits, and farewell.

For ``kiosk wipe`` (law 11): records and changes go first, then its trust is dropped there too.
Where the server does not answer nothing is said twice and nothing is lost: whoever wipes decides.
"""

from kiosk.app.adapters import open_ports
from kiosk.app.effects import Ports
from kiosk.keychain.port import Keychain
from kiosk.local.clock import Clock, ComputerReadings
from kiosk.local.profile import Profile
from kiosk.session.model.replies import StartupState


class Parting:
    """One computer's last words; ``close`` lets go of its files."""

    def __init__(self, profile: Profile, keychain: Keychain) -> None:
        clock = Clock(ComputerReadings())
        opened = open_ports(profile, clock, clock.heard, lambda job: job(), keychain)
        self._ports = opened if isinstance(opened, Ports) else None
        memory = self._ports.recollection.memory() if self._ports else None
        self._account = ""
        self._own: tuple[str, ...] = ()
        if isinstance(memory, StartupState) and memory.account is not None:
            self._account = memory.account.id
            self._own = tuple(each.account.id for each in memory.own)

    def push(self) -> None:
        """Send what waits, as far as the server takes it."""
        if self._ports is not None:
            self._ports.outbox.send(self._account)

    def drop(self) -> None:
        """Have the server forget this computer for every account, by the device key alone."""
        if self._ports is not None and self._account:
            for account_id in (self._account, *self._own):
                self._ports.outbox.drop_trust(account_id)

    def close(self) -> None:
        """Let go of the files: they are to be deleted."""
        if self._ports is not None:
            self._ports.close()
