"""What the tests and the demonstration use of jeepney, which carries no types of its own."""

from enum import Enum
from typing import Any

class DBusAddress:
    object_path: str
    def __init__(
        self, object_path: str, bus_name: str | None = ..., interface: str | None = ...
    ) -> None: ...

class MessageType(Enum):
    method_call = 1
    method_return = 2
    error = 3
    signal = 4

class Header:
    message_type: MessageType

class Message:
    header: Header
    body: tuple[Any, ...]

class MatchRule:
    def __init__(
        self,
        *,
        type: str | None = ...,
        sender: str | None = ...,
        interface: str | None = ...,
        member: str | None = ...,
        path: str | None = ...,
    ) -> None: ...
    def add_arg_condition(self, argno: int, value: str, kind: str = ...) -> None: ...

class Properties:
    def __init__(self, obj: DBusAddress) -> None: ...

def new_method_call(
    remote_obj: DBusAddress,
    method: str,
    signature: str | None = ...,
    body: tuple[Any, ...] = ...,
) -> Message: ...
def new_signal(
    emitter: DBusAddress, signal: str, signature: str | None = ..., body: tuple[Any, ...] = ...
) -> Message: ...
