"""Who keeps a PIN's share fits what a PIN asks for, with a server and without."""

import inspect

import pytest

from kiosk.sync import pin_shares
from kiosk.sync.account_calls import AccountCalls
from kiosk.sync.none import NoPinServer
from kiosk.sync.web.own_logins import OwnLogins
from kiosk.sync.wire.calls import Api

PAIRS = [
    (pin_shares.Shares, Api),
    (pin_shares.Shares, NoPinServer),
    (pin_shares.Holding, AccountCalls),
    (pin_shares.Holding, OwnLogins),
]


@pytest.mark.parametrize(("asked", "real"), PAIRS)
def test_each_takes_the_same(asked: type, real: type) -> None:
    for name, call in vars(asked).items():
        if inspect.isfunction(call) and not name.startswith("_"):
            takes = list(inspect.signature(getattr(real, name)).parameters)
            assert takes == list(inspect.signature(call).parameters)
