"""A kiosk as the contract describes it, for tests of the server: its own key, its own proofs."""

import base64
import hashlib
import http.client
import json
import secrets
from dataclasses import dataclass, field
from email.message import Message
from urllib.parse import urlsplit

from joserfc import jws
from joserfc.jwk import ECKey

DEMO_WORD = "sandbox-demo"
RIVERA = "acc-rivera"
CHEN = "acc-chen"
OFFICE = "acc-office"
MAIN_OP_3 = {"location": "Main Street", "operatory": "Op 3"}


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer of the server. ``body`` is the JSON object, empty when there is none."""

    status: int
    headers: Message
    body: dict[str, object]
    text: str

    @property
    def code(self) -> str:
        """The stable code of a refusal, or nothing."""
        return str(self.body.get("code", ""))

    @property
    def kind(self) -> str:
        """The content type."""
        return self.headers.get_content_type()


def plain(
    address: str,
    method: str,
    path: str,
    *,
    body: bytes | None = None,
    headers: dict[str, str] | None = None,
) -> Answer:
    """One HTTP request, exactly as given; redirects are not followed."""
    parts = urlsplit(address)
    connection = http.client.HTTPConnection(parts.netloc, timeout=20)
    try:
        connection.request(method, path, body, headers or {})
        response = connection.getresponse()
        raw = response.read().decode()
    finally:
        connection.close()
    parsed = {}
    if response.headers.get_content_type().endswith("json") and raw.startswith("{"):
        parsed = json.loads(raw)
    return Answer(response.status, response.headers, parsed, raw)


def base64url(raw: bytes) -> str:
    """Base64url without padding."""
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


@dataclass(slots=True)
class Kiosk:
    """One computer: a key, the newest nonce, and what the server gave it."""

    address: str
    key: ECKey = field(default_factory=lambda: ECKey.generate_key("P-256"))
    nonce: str = ""
    held: dict[str, str] = field(default_factory=dict)

    @property
    def jkt(self) -> str:
        """The thumbprint of the key (RFC 7638)."""
        return self.key.thumbprint()

    def claims(self, method: str, path: str, token: str | None) -> dict[str, object]:
        """What a right proof says (RFC 9449, section 4.2)."""
        made: dict[str, object] = {
            "jti": secrets.token_urlsafe(16),
            "htm": method,
            "htu": self.address + path.partition("?")[0],
            "iat": 1,
            "nonce": self.nonce,
        }
        if token is not None:
            made["ath"] = base64url(hashlib.sha256(token.encode()).digest())
        return made

    def proof(self, claims: dict[str, object]) -> str:
        """Sign claims as a DPoP proof."""
        header = {"typ": "dpop+jwt", "alg": "ES256", "jwk": self.key.as_dict(private=False)}
        return jws.serialize_compact(header, json.dumps(claims), self.key, ["ES256"])

    def send(
        self, method: str, path: str, proof: str, body: object = None, token: str | None = None
    ) -> Answer:
        """One request with this very proof."""
        headers = {"DPoP": proof}
        raw = None
        if body is not None:
            headers["Content-Type"] = "application/json"
            raw = json.dumps(body).encode()
        if token is not None:
            headers["Authorization"] = f"DPoP {token}"
        answer = plain(self.address, method, path, body=raw, headers=headers)
        self.nonce = answer.headers.get("DPoP-Nonce", self.nonce)
        return answer

    def call(self, method: str, path: str, body: object = None, token: str | None = None) -> Answer:
        """A proved request, repeated once with a fresh nonce."""
        answer = self.send(method, path, self.proof(self.claims(method, path, token)), body, token)
        if answer.code == "use_dpop_nonce":
            proof = self.proof(self.claims(method, path, token))
            answer = self.send(method, path, proof, body, token)
        return answer

    def password_factor(self, email: str, password: str) -> dict[str, str]:
        """The first factor of a new computer."""
        return {"kind": "password", "email": email, "password": password}

    def device_factor(self) -> dict[str, str]:
        """The first factor of a known computer."""
        return {
            "kind": "device",
            "account": self.held["account"],
            "device_password": self.held["device_password"],
        }

    def ask_to_join(
        self,
        email: str = "frontdesk@lakeside.example",
        password: str = DEMO_WORD,
        place: dict[str, str] = MAIN_OP_3,
    ) -> Answer:
        """``POST /v1/challenges`` for a new computer."""
        wish = {
            "purpose": "join",
            "first_factor": self.password_factor(email, password),
            "place": place,
            "computer": "OP3-PC",
        }
        return self.call("POST", "/v1/challenges", wish)

    def ask_again(self, purpose: str = "return") -> Answer:
        """``POST /v1/challenges`` for a known computer."""
        wish = {"purpose": purpose, "first_factor": self.device_factor()}
        return self.call("POST", "/v1/challenges", wish)

    def deliver(self, challenge: str, approver: str = RIVERA) -> Answer:
        """Text a code."""
        return self.call("POST", f"/v1/challenges/{challenge}/deliveries", {"approver": approver})

    def answer(self, challenge: str, code: str, approver: str = "") -> Answer:
        """Answer a challenge, with an approver by the code of their app; keep what it gives."""
        wish = {"code": code, "approver": approver} if approver else {"code": code}
        answer = self.call("POST", f"/v1/challenges/{challenge}/answer", wish)
        trust = answer.body.get("trust")
        if isinstance(trust, dict):
            self.held["trust_token"] = trust["token"]
        if "device_password" in answer.body:
            self.held["device_password"] = str(answer.body["device_password"])
        return answer

    def start(self, person: str = "per-maria", strength: str = "tile") -> Answer:
        """Start a session, and keep its token."""
        wish = {
            "account": self.held["account"],
            "device_password": self.held["device_password"],
            "trust_token": self.held["trust_token"],
            "person": person,
            "strength": strength,
        }
        answer = self.call("POST", "/v1/sessions", wish)
        if answer.status == 201:
            self.held["session"] = str(answer.body["id"])
            self.held["access_token"] = str(answer.body["access_token"])
        return answer

    def renew_password(self, password: str) -> Answer:
        """``POST /v1/device-passwords/{account}``: somebody types the account's new password."""
        path = f"/v1/device-passwords/{self.held['account']}"
        answer = self.call("POST", path, {"password": password}, self.held["trust_token"])
        if answer.status == 200:
            self.held["device_password"] = str(answer.body["device_password"])
        return answer

    def keep_pin(self) -> Answer:
        """``PUT /v1/pin-shares/{account}``: a PIN is chosen."""
        wish = {"device_password": self.held["device_password"]}
        path = f"/v1/pin-shares/{self.held['account']}"
        return self.call("PUT", path, wish, self.held["trust_token"])

    def release(self) -> Answer:
        """``POST /v1/pin-shares/{account}/release``: a PIN is tried."""
        path = f"/v1/pin-shares/{self.held['account']}/release"
        return self.call("POST", path, {}, self.held["trust_token"])

    def confirm(self, device_password: str = "") -> Answer:
        """``POST /v1/pin-shares/{account}/confirm``: it was right."""
        wish = {"device_password": device_password or self.held["device_password"]}
        path = f"/v1/pin-shares/{self.held['account']}/confirm"
        return self.call("POST", path, wish, self.held["trust_token"])

    def changes(self, cursor: str = "") -> Answer:
        """Pull changes."""
        path = f"/v1/changes?cursor={cursor}" if cursor else "/v1/changes"
        return self.call("GET", path, token=self.held["trust_token"])
