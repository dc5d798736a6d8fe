"""How the server says no: every stable code of the contract, its status and its title.

A refusal is an expected outcome. What was written before it (a failure counted, a proof used up)
is kept; ``sandbox.server.server_state.ServerState.unit`` commits it.
"""

from collections.abc import Mapping

TITLES: Mapping[str, tuple[int, str]] = {
    "use_dpop_nonce": (401, "Repeat with the server's nonce"),
    "proof_invalid": (401, "The proof does not fit"),
    "credentials_wrong": (401, "Wrong e-mail or password"),
    "device_password_wrong": (401, "This computer's own password no longer counts"),
    "password_changed": (401, "The account has a new password, and this computer has to know it"),
    "session_ended": (401, "The session is not alive"),
    "trust_missing": (403, "A code is needed"),
    "trust_lapsed": (403, "A code is needed: idle for too long"),
    "trust_revoked": (403, "A code is needed: trust was revoked"),
    "account_deactivated": (403, "The account was deactivated"),
    "account_privileged": (403, "A shared account may not be provider or admin"),
    "device_revoked": (403, "This computer was revoked"),
    "revoked_now": (403, "This computer was revoked, and a case is no reason to wait"),
    "role_forbids": (403, "The role may not do this"),
    "person_unlisted": (403, "The person is not on the list of this account"),
    "badge_unknown": (403, "The person has no badge"),
    "challenge_unknown": (404, "No such challenge"),
    "invitation_unknown": (404, "No such invitation"),
    "pin_unknown": (404, "No PIN is set here"),
    "unknown": (404, "No such thing"),
    "session_alive": (409, "A session is alive on this device"),
    "own_login": (409, "Nobody deactivates their own login"),
    "last_approver": (409, "Nobody else has codes that let a computer in"),
    "last_admin": (409, "Nobody else is an admin"),
    "email_taken": (409, "The e-mail belongs to another account"),
    "name_taken": (409, "The name is somebody else's, or looks like it"),
    "audit_gap": (409, "Records before these are missing"),
    "audit_forked": (409, "Another history of this audit is known"),
    "challenge_over": (410, "The challenge is over"),
    "invitation_over": (410, "The invitation is over"),
    "pin_spent": (410, "Too many wrong PINs: a new one is needed"),
    "place_unknown": (422, "No such location or operatory"),
    "code_wrong": (422, "Wrong code"),
    "code_over": (422, "The code is over"),
    "invalid": (422, "The request does not fit the contract"),
    "too_many_tries": (429, "Too many tries"),
    "resend_too_soon": (429, "Too soon for another text"),
    "texts_capped": (429, "Too many texts to this phone"),
}


class Refusal(Exception):
    """A refusal on its way to the caller.

    ``code`` is one of ``TITLES``; ``retry_after`` is in whole seconds; ``extra`` are the code's
    extra members. Carries no secret and no patient data.
    """

    def __init__(
        self, code: str, detail: str = "", *, retry_after: int | None = None, **extra: object
    ) -> None:
        super().__init__(code)
        self.code = code
        self.status, self.title = TITLES[code]
        self.detail = detail or self.title
        self.retry_after = retry_after
        self.extra = extra

    def problem(self) -> dict[str, object]:
        """The body (RFC 9457, section 3)."""
        return {
            "type": f"urn:xchart:problem:{self.code}",
            "title": self.title,
            "status": self.status,
            "code": self.code,
            "detail": self.detail,
            **self.extra,
        }
