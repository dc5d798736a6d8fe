"""The calls of the server contract (docs/server-contract.md), each an ordinary function.

Every answer is a value: a message, a ``Refusal`` or ``Unreachable``; nothing is raised. Proofs,
nonces and the server's time are dealt with here; what an answer means is not.
"""

from base64 import urlsafe_b64decode
from collections.abc import Callable, Sequence
from dataclasses import asdict
from datetime import datetime
from threading import Lock
from typing import TypeVar
from urllib.parse import quote

import msgspec

from kiosk.session.model.challenge import Purpose
from kiosk.session.model.commands import Command
from kiosk.session.model.people import Place
from kiosk.session.model.refusals import Refusal, Unreachable
from kiosk.sync.records.chain import LogEntry, written_at
from kiosk.sync.wire.answers import date_of, foreign, parsed, refusal_of, retry_at, says_done
from kiosk.sync.wire.messages import (
    AcceptanceMessage,
    AuditAnchorMessage,
    ChallengeMessage,
    ChangesMessage,
    CommandResultsMessage,
    DeliveryMessage,
    DevicePasswordMessage,
    HandoffMessage,
    InvitationMessage,
    Message,
    PinShareMessage,
    ProblemMessage,
    RemovalMessage,
    RenewalMessage,
    ServerMessage,
    SessionMessage,
)
from kiosk.sync.wire.proof import DeviceKey
from kiosk.sync.wire.transport import Answer, Transport

M = TypeVar("M", bound=Message)
JSON = "application/json"
PROBLEM = "application/problem+json"
SHARE_LENGTH = 32
IDEMPOTENT = frozenset({"GET", "DELETE"})
"""Not the contract's one PUT: each brings another share, and the one that arrives last counts."""
NEW_NONCE, PROOF_USED = "use_dpop_nonce", "proof_invalid"
COMMAND_MEMBERS = ("id", "sequence", "kind", "target", "to", "seen", "actor", "strength")


class Nonce:
    """The newest nonce that the server gave; kept warm by every answer, on every lane."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._newest: str | None = None

    def newest(self) -> str | None:
        """The one to use next."""
        with self._lock:
            return self._newest

    def heard(self, nonce: str) -> None:
        """The server gave one."""
        with self._lock:
            self._newest = nonce


class Api:
    """One server, spoken to as one device. Not for two threads at once: a lane has its own.

    ``heard`` is told the server's time after every understood answer.
    """

    def __init__(
        self,
        origin: str,
        key: DeviceKey,
        transport: Transport,
        nonce: Nonce,
        heard: Callable[[datetime], None],
    ) -> None:
        self._origin = origin
        self._key = key
        self._transport = transport
        self._nonce = nonce
        self._heard = heard
        self.retry_at: datetime | None = None
        """When the last answer wants to be asked again (``Retry-After``), by the server's clock."""

    def open_join(
        self, email: str, password: str, place: Place, computer: str
    ) -> ChallengeMessage | Refusal | Unreachable:
        """Ask for a code for a new computer; the password is the first factor."""
        factor = {"kind": "password", "email": email, "password": password}
        room = {"location": place.location, "operatory": place.operatory}
        body = {
            "purpose": Purpose.JOIN.value,
            "first_factor": factor,
            "place": room,
            "computer": computer,
        }
        return self._call("POST", "/v1/challenges", ChallengeMessage, body)

    def open_challenge(
        self, purpose: Purpose, account: str, device_password: str
    ) -> ChallengeMessage | Refusal | Unreachable:
        """Ask for a code for a known computer; its device password is the first factor."""
        factor = {"kind": "device", "account": account, "device_password": device_password}
        body = {"purpose": purpose.value, "first_factor": factor}
        return self._call("POST", "/v1/challenges", ChallengeMessage, body)

    def read_invitation(self, token: str) -> InvitationMessage | Refusal | Unreachable:
        """What an invitation is for; ``token`` is the last part of its link."""
        return self._call("GET", f"/v1/invitations/{named(token)}", InvitationMessage)

    def accept_invitation(
        self, token: str, password: str, phone: str
    ) -> Refusal | Unreachable | None:
        """Complete the set-up: only while no session is alive on this device (S9)."""
        body = {"password": password, "phone": phone}
        return self._done("POST", f"/v1/invitations/{named(token)}/accept", body)

    def text_code(self, challenge: str, approver: str) -> DeliveryMessage | Refusal | Unreachable:
        """Have a code texted."""
        path = f"/v1/challenges/{named(challenge)}/deliveries"
        return self._call("POST", path, DeliveryMessage, {"approver": approver})

    def answer(
        self, challenge: str, code: str, approver: str = ""
    ) -> AcceptanceMessage | Refusal | Unreachable:
        """Answer with the code, to join or to come back; ``approver`` if their app made it."""
        path = f"/v1/challenges/{named(challenge)}/answer"
        return self._call("POST", path, AcceptanceMessage, answered(code, approver))

    def answer_removal(
        self, challenge: str, code: str, approver: str = ""
    ) -> RemovalMessage | Refusal | Unreachable:
        """Answer with the code, to be removed; ``approver`` if their app made it."""
        path = f"/v1/challenges/{named(challenge)}/answer"
        return self._call("POST", path, RemovalMessage, answered(code, approver))

    def start_session(
        self,
        account: str,
        device_password: str,
        trust_token: str,
        person: str,
        strength: str,
        protection: str = "",
    ) -> SessionMessage | Refusal | Unreachable:
        """First factor, proof, trust instead of the code, and the computer's protection level."""
        body = {
            "account": account,
            "device_password": device_password,
            "trust_token": trust_token,
            "person": person,
            "strength": strength,
        } | ({"protection": protection} if protection else {})
        return self._call("POST", "/v1/sessions", SessionMessage, body, again=True)

    def renew_password(
        self, account: str, trust_token: str, password: str
    ) -> DevicePasswordMessage | Refusal | Unreachable:
        """Another device password, by the new password that a shared account was given."""
        path = f"/v1/device-passwords/{named(account)}"
        return self._call("POST", path, DevicePasswordMessage, {"password": password}, trust_token)

    def make_pin_share(
        self, account: str, trust_token: str, device_password: str
    ) -> bytes | Refusal | Unreachable:
        """A new share of the key that a PIN opens, kept by the server too."""
        body = {"device_password": device_password}
        path = f"/v1/pin-shares/{named(account)}"
        return share_of(self._call("PUT", path, PinShareMessage, body, trust_token))

    def release_pin_share(self, account: str, trust_token: str) -> bytes | Refusal | Unreachable:
        """The share again, for one try; the server counts it."""
        path = f"/v1/pin-shares/{named(account)}/release"
        return share_of(self._call("POST", path, PinShareMessage, {}, trust_token))

    def confirm_pin(
        self, account: str, trust_token: str, device_password: str
    ) -> Refusal | Unreachable | None:
        """The share that was released has opened the credential: it counts as no failure."""
        path = f"/v1/pin-shares/{named(account)}/confirm"
        body = {"device_password": device_password}
        return self._done("POST", path, body, trust_token, again=True)

    def renew(self, session: str) -> RenewalMessage | Refusal | Unreachable:
        """A fresh access token, by the proof alone."""
        return self._call(
            "POST", f"/v1/sessions/{named(session)}/renew", RenewalMessage, again=True
        )

    def end_session(self, session: str) -> Refusal | Unreachable | None:
        """End a session; ending an ended one is no fault."""
        return self._done("DELETE", f"/v1/sessions/{named(session)}")

    def handoff(self, access_token: str) -> HandoffMessage | Refusal | Unreachable:
        """Another one-time address for the session."""
        path = "/v1/handoffs"
        return self._call("POST", path, HandoffMessage, token=access_token, again=True)

    def changes(
        self, trust_token: str, cursor: str, seconds: int = 0
    ) -> ChangesMessage | Refusal | Unreachable | None:
        """News since the cursor, or None; held for some seconds while there is none.

        Never moves the trust horizon (law 7).
        """
        asked = [f"cursor={named(cursor)}"] if cursor else []
        asked += [f"wait={seconds}"] if seconds else []
        path = "/v1/changes" + ("?" + "&".join(asked) if asked else "")
        answer = self._proved("GET", path, None, trust_token, seconds)
        if isinstance(answer, Answer) and says_done(answer):
            self._told_time(answer)
            return None
        return self._understood(answer, ChangesMessage)

    def push_audit(
        self, chain: str, lines: Sequence[LogEntry], head: str
    ) -> AuditAnchorMessage | Refusal | Unreachable:
        """The next records of this computer, by the device key alone."""
        body = {"chain": chain, "records": [asdict(each) for each in lines], "head": head}
        return self._call("POST", "/v1/audit", AuditAnchorMessage, body, again=True)

    def push_commands(
        self, trust_token: str, commands: Sequence[Command]
    ) -> CommandResultsMessage | Refusal | Unreachable:
        """What was set at the chair, each with who did it."""
        told = [{name: getattr(each, name) for name in COMMAND_MEMBERS} for each in commands]
        for body, command in zip(told, commands, strict=True):
            body["at"] = written_at(command.at)
            if command.after:
                body["after"] = command.after
        path, asked = "/v1/commands", {"commands": told}
        return self._call("POST", path, CommandResultsMessage, asked, trust_token, again=True)

    def drop_trust(self, account: str) -> Refusal | Unreachable | None:
        """Forget this computer for that account, by the device key alone."""
        return self._done("DELETE", f"/v1/trust/{named(account)}")

    def _call(
        self,
        method: str,
        path: str,
        kind: type[M],
        body: object = None,
        token: str | None = None,
        *,
        again: bool = False,
    ) -> M | Refusal | Unreachable:
        return self._understood(self._proved(method, path, body, token, again=again), kind)

    def _done(
        self,
        method: str,
        path: str,
        body: object = None,
        token: str | None = None,
        *,
        again: bool = False,
    ) -> Refusal | Unreachable | None:
        answer = self._proved(method, path, body, token, again=again)
        if isinstance(answer, Answer) and says_done(answer):
            return None
        refused = self._understood(answer, Message)
        return refused if isinstance(refused, Refusal | Unreachable) else Unreachable.NOT_UNDERSTOOD

    def _proved(
        self,
        method: str,
        path: str,
        body: object,
        token: str | None,
        held: float = 0.0,
        *,
        again: bool = False,
    ) -> Answer | Unreachable:
        """One proved request, repeated once when the server wants another nonce.

        ``again``: a POST which the contract lets be repeated, as what is ``IDEMPOTENT`` may be (RFC
        9110 section 9.2.2). Such a call is made once more when it failed over a connection that was
        used before, and with the same proof: were the first only late, the server would carry it
        out after the second and undo that. It takes one of them; where it was the first, it may be
        asked anew.
        """
        self.retry_at = None
        again = again or method in IDEMPOTENT
        unused = {NEW_NONCE}
        proof = self._proof(method, path, token)
        answer = self._once(method, path, body, token, proof, held, again)
        if isinstance(answer, Unreachable) and again and self._transport.worth_another:
            unused.add(PROOF_USED)
            answer = self._once(method, path, body, token, proof, held, again)
        if isinstance(answer, Answer) and answer.status == 401:
            problem = parsed(answer, ProblemMessage, PROBLEM)
            if problem is not None and problem.code in unused:
                proof = self._proof(method, path, token)
                answer = self._once(method, path, body, token, proof, held, again)
        if isinstance(answer, Answer):
            self.retry_at = retry_at(answer.headers)
        return answer

    def _proof(self, method: str, path: str, token: str | None) -> str:
        return self._key.proof(method, self._origin + path, self._nonce.newest(), token)

    def _once(
        self,
        method: str,
        path: str,
        body: object,
        token: str | None,
        proof: str,
        held: float,
        again: bool,
    ) -> Answer | Unreachable:
        headers = {"DPoP": proof, "Accept": JSON}
        raw = None
        if body is not None:
            raw = msgspec.json.encode(body)
            headers["Content-Type"] = JSON
        if token is not None:
            headers["Authorization"] = f"DPoP {token}"
        answer = self._transport.send(method, self._origin + path, headers, raw, held, again)
        if isinstance(answer, Answer):
            fresh = answer.headers.get("dpop-nonce")
            if fresh is not None and len(fresh) < 500:
                self._nonce.heard(fresh)
        return answer

    def _understood(self, answer: Answer | Unreachable, kind: type[M]) -> M | Refusal | Unreachable:
        """The message, the refusal, or why it is neither."""
        if isinstance(answer, Unreachable):
            return answer
        if 200 <= answer.status < 300:
            message = parsed(answer, kind, JSON)
            if message is None:
                return foreign(answer)
            self._told_time(answer)
            return message
        problem = parsed(answer, ProblemMessage, PROBLEM)
        if problem is None or answer.status >= 500:
            return foreign(answer)
        self._told_time(answer)
        return refusal_of(problem, answer)

    def _told_time(self, answer: Answer) -> None:
        at = date_of(answer.headers)
        if at is not None:
            self._heard(at)


def share_of(told: PinShareMessage | Refusal | Unreachable) -> bytes | Refusal | Unreachable:
    """The share's bytes, 32 of them."""
    if not isinstance(told, PinShareMessage):
        return told
    try:
        share = urlsafe_b64decode(told.share + "=" * (-len(told.share) % 4))
    except ValueError:
        return Unreachable.NOT_UNDERSTOOD
    return share if len(share) == SHARE_LENGTH else Unreachable.NOT_UNDERSTOOD


def answered(code: str, approver: str) -> dict[str, str]:
    """The body of an answer. Nobody's name goes with a code that was texted."""
    return {"code": code, "approver": approver} if approver else {"code": code}


def named(opaque: str) -> str:
    """An id or cursor of the server as a part of an address, whatever it consists of."""
    return quote(opaque, safe="")


def ask_server(origin: str, transport: Transport) -> ServerMessage | Unreachable:
    """``GET /v1/server``, which needs no proof: for ``kiosk doctor``."""
    answer = transport.send("GET", f"{origin}/v1/server", {"Accept": JSON}, None)
    if isinstance(answer, Unreachable):
        return answer
    message = parsed(answer, ServerMessage, JSON) if answer.status == 200 else None
    return message if message is not None else foreign(answer)
