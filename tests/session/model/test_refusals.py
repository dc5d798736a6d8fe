"""No is not silence, and silence is not a fault: three kinds, never confused."""

import re
from pathlib import Path

from kiosk.session.model.refusals import A_CODE_HELPS, ENDS_TRUST, Code, Fault, Unreachable

CONTRACT = Path(__file__).parents[3] / "docs" / "server-contract.md"


OF_THE_KIOSK = {
    *(
        "pin_needed",
        "pin_wrong",
        "pin_weak",
        "pin_differs",
        "not_personal",
        "not_offered",
        "computer_joined",
    ),
    *("badge_layout", "badge_caps_lock", "badges_none", "case_on"),
}
"""What this computer refuses by itself."""


def published() -> set[str]:
    """The stable codes of the contract's table of refusals."""
    table = CONTRACT.read_text("utf-8").partition("## Refusals")[2]
    rows = re.findall(r"^\| \d{3} \|([^|]*)\|", table, re.MULTILINE)
    return {code for row in rows for code in re.findall(r"`(\w+)`", row)}


def test_every_code_that_the_kiosk_knows_is_published() -> None:
    assert {code.value for code in Code} - {"other"} - OF_THE_KIOSK <= published()


def test_the_three_kinds_share_no_name() -> None:
    names = [member.value for kind in (Code, Unreachable, Fault) for member in kind]
    assert len(set(names)) == len(names)


def test_what_ends_trust() -> None:
    """Law 1's four, and whatever must not be undone by a pulled cable (laws 6, 12)."""
    assert {c for c in Code if c.value.startswith("trust_")} <= A_CODE_HELPS
    others = {Code.ACCOUNT_DEACTIVATED, Code.ACCOUNT_PRIVILEGED, Code.AUDIT_FORKED}
    assert others == ENDS_TRUST - A_CODE_HELPS
    assert not ENDS_TRUST & {Code.CODE_WRONG, Code.TOO_MANY_TRIES, Code.SESSION_ENDED, Code.OTHER}
