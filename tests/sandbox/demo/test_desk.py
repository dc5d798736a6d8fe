"""The desk's own bus can be reached, wherever the desk stands."""

from contextlib import closing

import pytest

from tests.support.secret_service import PrivateBus


@pytest.mark.parametrize("name", ["plain", "a+b", "50%; ~<&'=*"])
def test_a_bus_is_reached_whatever_its_folder_is_called(
    tmp_path_factory: pytest.TempPathFactory, name: str
) -> None:
    """A ``+`` in the path of the temporary folder was no address: every keychain test failed."""
    # Not in a folder named after the test: a socket's path has 108 letters at most.
    bus = PrivateBus.with_keyring(tmp_path_factory.mktemp("d") / name, "open sesame")
    try:
        with closing(bus.connect()) as reached:
            assert reached.bus_proxy.NameHasOwner("org.freedesktop.secrets")[0]
    finally:
        bus.stop()
