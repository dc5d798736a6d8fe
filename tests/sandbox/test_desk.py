"""The desk's own bus can be reached, wherever the desk stands."""

from contextlib import closing
from pathlib import Path

import pytest

from tests.secret_service import PrivateBus


@pytest.mark.parametrize("name", ["plain", "a+b", "50%; ~<&'=*"])
def test_a_bus_is_reached_whatever_its_folder_is_called(tmp_path: Path, name: str) -> None:
    """A ``+`` in the path of the temporary folder was no address: every keychain test failed."""
    bus = PrivateBus.with_keyring(tmp_path / name, "open sesame")
    try:
        with closing(bus.connect()) as reached:
            assert reached.bus_proxy.NameHasOwner("org.freedesktop.secrets")[0]
    finally:
        bus.stop()
