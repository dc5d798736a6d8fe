"""The first factor, as the keychain holds it."""

from kiosk.sync.secrets.credential import Credential, credential_of, void, written_credential
from tests.support import worlds as w

KEPT = Credential(w.OFFICE, "https://xchart.example", "a secret of this computer's")


def test_what_was_written_is_read_and_in_no_repr() -> None:
    text = written_credential(KEPT)
    assert credential_of(w.OFFICE.id, text) == KEPT
    assert KEPT.device_password not in repr(KEPT)


def test_what_cannot_be_understood_is_none() -> None:
    assert credential_of(w.OFFICE.id, "[") is None
    assert credential_of(w.OFFICE.id, written_credential(KEPT).replace("member", "owner")) is None


def test_without_a_password_it_is_owed_by_the_shared_account_alone() -> None:
    assert void(Credential(w.OFFICE, "https://xchart.example", ""))
    assert not void(Credential(w.LENA, "https://xchart.example", ""))
    assert not void(KEPT)
