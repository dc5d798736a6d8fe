"""Linux: the Secret Service on the session bus, its default collection, and never a prompt.

Owns what D-Bus answers mean. Must never show a prompt, nor create a collection, which needs one:
both block until somebody types (facts.md section 4). A collection without a password opens
without a prompt; ``kiosk doctor`` names it (threats.md T21).
"""

import importlib
import socket
from contextlib import closing, suppress
from typing import Any

import secretstorage
from keyring.backends import SecretService
from keyring.errors import InitError, KeyringLocked, PasswordDeleteError
from secretstorage.defines import SS_PATH, SS_PREFIX
from secretstorage.util import DBusAddressWrapper

from kiosk.keychain.port import KeychainFault, Missing

_DBUS_FAULTS = {
    "org.freedesktop.Secret.Error.IsLocked": KeychainFault.LOCKED,
    "org.freedesktop.Secret.Error.NoSession": KeychainFault.ABSENT,
    "org.freedesktop.DBus.Error.NameHasNoOwner": KeychainFault.ABSENT,
    "org.freedesktop.DBus.Error.Disconnected": KeychainFault.ABSENT,
    "org.freedesktop.DBus.Error.NoServer": KeychainFault.ABSENT,
    "org.freedesktop.DBus.Error.Timeout": KeychainFault.SLOW,
    "org.freedesktop.DBus.Error.TimedOut": KeychainFault.SLOW,
}


_REPLIES = {
    "OpenSession": "vo",
    "Unlock": "aoo",
    "SearchItems": "ao",
    "GetSecret": "(oayays)",
    "CreateItem": "oo",
    "Delete": "o",
    "Dismiss": "",
    "Get": "v",
}
"""What a service answers to each call, in D-Bus signatures (Secret Service API)."""
_PROPERTIES = {"Label": "s", "Locked": "b"}


class WrongReply(Exception):
    """The service answered with something of another kind than what was asked for."""


class Unprompted:
    """A connection on which nobody is ever asked anything, and each reply is of its kind.

    Whatever the libraries above call: a prompt is shown by ``Prompt.Prompt`` and by nothing else
    (Secret Service API, "Prompts"), so here it is turned down instead.
    """

    def __init__(self, connection: Any) -> None:
        self._connection = connection
        jeepney = importlib.import_module("jeepney")
        self._member = jeepney.HeaderFields.member
        self._path = jeepney.HeaderFields.path
        self._signature = jeepney.HeaderFields.signature
        self._error = jeepney.MessageType.error

    def send_and_get_reply(self, message: Any) -> Any:
        """Raises ``PromptDismissedException``, ``WrongReply``, and what jeepney raises."""
        fields = message.header.fields
        member = str(fields[self._member])
        if member == "Prompt":
            self.dismiss(str(fields[self._path]))
            raise secretstorage.PromptDismissedException
        reply = self._connection.send_and_get_reply(message)
        if reply.header.message_type is not self._error:
            self._look(member, message.body, reply)
        return reply

    def dismiss(self, prompt: str) -> None:
        """Turn a prompt down. A service that no longer knows it has done so already."""
        dismissed = DBusAddressWrapper(prompt, f"{SS_PREFIX}Prompt", self._connection)
        with suppress(
            secretstorage.SecretStorageException,
            importlib.import_module("jeepney").DBusErrorResponse,
        ):
            dismissed.call("Dismiss", "")

    def filter(self, rule: Any) -> Any:
        """Signals, for whoever waits for a prompt: he is told before he does."""
        return self._connection.filter(rule)

    def close(self) -> None:
        """Close it; the parent of the vault does so as soon as all went well."""
        self._connection.close()

    def _look(self, member: str, asked: Any, reply: Any) -> None:
        told = reply.header.fields.get(self._signature, "")
        if told != _REPLIES.get(member, told):
            raise WrongReply
        kinds = {"Get": _PROPERTIES.get(str(asked[-1]))} if member == "Get" else {}
        if member == "OpenSession":
            # The key, or nothing, as the algorithm that was asked for has it.
            kinds = {"OpenSession": asked[1][0]}
        kind = kinds.get(member)
        if kind is not None and reply.body[0][0] != kind:
            raise WrongReply


class SecretServiceVault(SecretService.Keyring):
    """``keyring``'s backend with its two blocking habits and its openness to variables removed."""

    per_item = False

    def __init__(self) -> None:
        # The parent's would let KEYRING_PROPERTY_* variables set any attribute of ours.
        self._connection: Any = None
        self._asked: Any = None

    def get_preferred_collection(self) -> secretstorage.Collection:
        """Open the default collection; where the parent would unlock or create one, raise."""
        try:
            self._connection = secretstorage.dbus_init()
            self._asked = Unprompted(self._connection)
            collection = secretstorage.Collection(self._asked)
        except secretstorage.ItemNotFoundException as fault:
            raise InitError("no default collection") from fault
        except RuntimeError as fault:  # an address that is not a Unix socket
            raise InitError("no usable session bus") from fault
        if collection.is_locked() and not self._opens_unasked(collection.collection_path):
            raise KeyringLocked
        return collection

    def _opens_unasked(self, collection: str) -> bool:
        """Unlock what has no password. A prompt that the service offers instead is turned down.

        Nothing shows before ``Prompt.Prompt`` is called (Secret Service API, "Prompts").
        """
        service = DBusAddressWrapper(SS_PATH, f"{SS_PREFIX}Service", self._asked)
        unlocked, prompt = service.call("Unlock", "ao", [collection])
        if prompt != "/":
            self._asked.dismiss(prompt)
        return bool(unlocked)

    def set_password(self, service: str, username: str, password: str) -> None:
        """As the parent, and no other item of that name is left: which one is read is not known.

        Two come from a keyring that was restored, or merged by another password manager.
        """
        collection = self.get_preferred_collection()
        label = f"Password for '{username}' on '{service}'"
        wanted = self._query(service, username, application=self.appid)
        with closing(collection.connection):
            kept = collection.create_item(label, wanted, password.encode(), replace=True)
            self._delete(collection, service, username, but=kept.item_path)

    def delete_password(self, service: str, username: str) -> None:
        """Every one; the parent deletes one of them."""
        collection = self.get_preferred_collection()
        with closing(collection.connection):
            self._delete(collection, service, username)

    def _delete(
        self, collection: secretstorage.Collection, service: str, username: str, but: str = ""
    ) -> None:
        for item in list(collection.search_items(self._query(service, username))):
            if item.item_path != but:
                item.delete()

    def unlock(self, item: secretstorage.Item) -> None:
        """Called by the parent for each item found: raise instead of asking."""
        if item.is_locked():
            raise KeyringLocked

    def diagnose(self, fault: Exception) -> KeychainFault | Missing | None:
        """Say what an exception means; ``None``: a bug."""
        match fault:
            case KeyringLocked() | secretstorage.LockedException():
                return KeychainFault.LOCKED
            case TimeoutError():
                return KeychainFault.SLOW
            case InitError() | secretstorage.SecretServiceNotAvailableException() | OSError():
                return KeychainFault.ABSENT
            case secretstorage.PromptDismissedException():
                return KeychainFault.REFUSED
            case PasswordDeleteError() | secretstorage.ItemNotFoundException():
                return Missing()
            case WrongReply():
                return KeychainFault.REFUSED
            case ValueError() | IndexError() | OverflowError():
                # A secret that cannot be decrypted, or is no text.
                return KeychainFault.CORRUPT
            case _:
                pass
        # jeepney carries no types, so its one exception is fetched by name.
        if isinstance(fault, importlib.import_module("jeepney").DBusErrorResponse):
            return _DBUS_FAULTS.get(str(vars(fault).get("name")), KeychainFault.REFUSED)
        return None

    def abandon(self) -> None:
        """Cut the connection under a call that hangs in another thread: it ends at once."""
        if self._connection is not None:
            with suppress(OSError):  # already closed: the call has just ended by itself
                self._connection.sock.shutdown(socket.SHUT_RDWR)

    def close(self) -> None:
        """Close the connection; the parent does so only when nothing went wrong."""
        if self._connection is not None:
            self._connection.close()
