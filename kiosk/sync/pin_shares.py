"""What a PIN needs beside itself: an account's factors, and whoever keeps a share of its key."""

from typing import Protocol

from kiosk.session.model.refusals import Reason, Refusal, Unreachable
from kiosk.sync.secrets.safe import Credential, TrustSecret


class Shares(Protocol):
    """Whoever keeps the third part of the key, and counts the tries that it gives it out for."""

    def make_pin_share(
        self, account: str, trust_token: str, device_password: str
    ) -> bytes | Refusal | Unreachable:
        """A new one."""

    def release_pin_share(self, account: str, trust_token: str) -> bytes | Refusal | Unreachable:
        """The same again, for one try."""

    def confirm_pin(
        self, account: str, trust_token: str, device_password: str
    ) -> Refusal | Unreachable | None:
        """It has opened the credential."""


class Held(Protocol):
    """What an account on this computer has (``account_calls.CallContext``)."""

    @property
    def api(self) -> Shares:
        """Who keeps its share."""

    @property
    def credential(self) -> Credential:
        """Empty until it is opened."""

    @property
    def trust(self) -> TrustSecret:
        """Its second factor."""


class Holding(Protocol):
    """The accounts of this computer (``account_calls.AccountCalls``)."""

    def held(self, account_id: str) -> Held | Reason:
        """What that one has, or why that is not enough."""
