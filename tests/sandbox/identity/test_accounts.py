"""Who approves, and under which name."""

import pytest

from sandbox.identity.accounts import spoken
from tests.support.sandbox.client import OFFICE
from tests.support.sandbox.running import Xchart


@pytest.mark.parametrize(
    ("label", "said"),
    [
        ("Dr. Elena Rivera", "Dr. Rivera"),
        ("Nina Patel", "Nina Patel"),
        ("Dr.", "Dr."),
    ],
)
def test_a_doctor_is_called_as_the_team_says_it(label: str, said: str) -> None:
    assert spoken(label) == said


def test_the_approver_whose_phone_the_shared_account_has_comes_first(xchart: Xchart) -> None:
    asked = xchart.join().ask_again()
    assert asked.body["account"] == {
        "id": OFFICE,
        "label": "Office Assistant",
        "shared": True,
        "roles": ["member"],
    }
    approvers = asked.body["approvers"]
    assert isinstance(approvers, list)
    assert [each["name"] for each in approvers] == ["Dr. Rivera", "Dr. Chen"]
