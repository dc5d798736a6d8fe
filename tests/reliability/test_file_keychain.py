"""The keychain of the kill runs is one: it passes the contract of the real ones."""

from pathlib import Path

import pytest

from tests.reliability.file_keychain import FileKeychain
from tests.support.keychain_contract import KeychainContract


class TestFileKeychain(KeychainContract):
    """And outlives its process, which is what it is for."""

    @pytest.fixture
    def keychain(self, tmp_path: Path) -> FileKeychain:
        return FileKeychain(tmp_path / "keychain.json")
