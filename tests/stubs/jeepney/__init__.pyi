"""What is used of jeepney, which carries no types of its own."""

from enum import Enum, IntFlag
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

class MessageFlag(IntFlag):
    no_reply_expected = 1
    no_auto_start = 2
    allow_interactive_authorization = 4

class HeaderFields(Enum):
    path = 1
    interface = 2
    member = 3
    error_name = 4
    reply_serial = 5
    destination = 6
    sender = 7
    signature = 8
    unix_fds = 9

class Header:
    message_type: MessageType
    flags: MessageFlag
    fields: dict[HeaderFields, Any]

class FileDescriptor:
    def fileno(self) -> int: ...
    def close(self) -> None: ...

class DBusErrorResponse(Exception): ...

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
def new_method_return(
    parent_msg: Message, signature: str | None = ..., body: tuple[Any, ...] = ...
) -> Message: ...
def new_error(
    parent_msg: Message,
    error_name: str,
    signature: str | None = ...,
    body: tuple[Any, ...] = ...,
) -> Message: ...
def new_signal(
    emitter: DBusAddress, signal: str, signature: str | None = ..., body: tuple[Any, ...] = ...
) -> Message: ...

class DBus:
    def AddMatch(self, rule: MatchRule) -> Message: ...
    def RequestName(self, name: str, flags: int = ...) -> Message: ...
    def ReleaseName(self, name: str) -> Message: ...
    def GetConnectionUnixProcessID(self, name: str) -> Message: ...

message_bus: DBus
