"""A session at the server: begun, gone on with, ended; and what its beginning brings kept.

Every outcome is a value of the core. Not for two threads at once: a lane has its own way.
"""

from collections.abc import Callable
from dataclasses import replace

from kiosk.session.model.origin import is_of
from kiosk.session.model.people import Strength
from kiosk.session.model.refusals import Code, Fault, Reason, Refusal, Unreachable
from kiosk.session.model.terms import Terms
from kiosk.session.model.trust import Trust
from kiosk.session.ports import Started
from kiosk.sync.account_calls import AccountCalls, CallContext
from kiosk.sync.secrets.safe import Safe, void
from kiosk.sync.wire.calls import Api


class SignIn:
    """One lane's way in. ``server`` is the origin that this computer has joined, or empty."""

    def __init__(
        self,
        safe: Safe,
        holding: AccountCalls,
        server: Callable[[], str],
        owe_end: Callable[[str], object],
        protection: str = "",
    ) -> None:
        """``protection`` is the level that the server is told of with each session."""
        self._safe = safe
        self._holding = holding
        self._server = server
        self._owe_end = owe_end
        self._protection = protection

    def start_session(
        self, account_id: str, person_id: str, strength: Strength, *, by_itself: bool = False
    ) -> Started | Reason:
        """Start a session in one round trip; the trust horizon moves with it (law 7).

        Whoever pressed, or nobody: the server is asked the same.
        """
        held = self._holding.held(account_id)
        if not isinstance(held, CallContext):
            return held
        api, credential, secret = held.api, held.credential, held.trust
        if not credential.device_password:
            return Refusal(Code.PASSWORD_CHANGED if void(credential) else Code.PIN_UNKNOWN)
        told = api.start_session(
            account_id,
            credential.device_password,
            secret.token,
            person_id,
            strength.value,
            self._protection,
        )
        self._holding.believe(credential, told)
        if isinstance(told, Refusal | Unreachable):
            return told
        grant = self._holding.grant(account_id, told.grant)
        if isinstance(grant, Terms) and not is_of(told.handoff.url, credential.server):
            grant = Unreachable.NOT_UNDERSTOOD
        if not isinstance(grant, Terms):
            api.end_session(told.id)  # it has begun there, and nobody will use it
            return grant
        self._safe.move_horizon(account_id, secret, told.trust.horizon_at)
        trust = Trust(account_id, told.trust.horizon_at)
        return Started(told.id, trust, grant, told.handoff.url)

    def renew_password(self, account_id: str, password: str) -> Reason | None:
        """Have another password of this computer's own; trust and its horizon stay (law 7)."""
        held = self._holding.held(account_id)
        if not isinstance(held, CallContext):
            return held
        told = held.api.renew_password(account_id, held.trust.token, password)
        if isinstance(told, Refusal | Unreachable):
            return told
        return self._safe.keep_credential(
            replace(held.credential, device_password=told.device_password)
        )

    def page_for(self, session_id: str, *, by_itself: bool = False) -> str | Reason:
        """Another one-time address; the access token is renewed first, by the proof alone."""
        server = self._server()
        api = self._holding.api(server)
        if not isinstance(api, Api):
            return api
        renewed = api.renew(session_id)
        if isinstance(renewed, Refusal | Unreachable):
            return renewed
        told = api.handoff(renewed.access_token)
        if isinstance(told, Refusal | Unreachable):
            return told
        if not is_of(told.url, server):
            return Unreachable.NOT_UNDERSTOOD
        return told.url

    def end_session(self, session_id: str) -> Reason | None:
        """End a session; an end that does not reach the server is sent later, by the key alone."""
        api = self._holding.api(self._server())
        told = api.end_session(session_id) if isinstance(api, Api) else api
        if isinstance(told, Unreachable | Fault):
            self._owe_end(session_id)
        return told
