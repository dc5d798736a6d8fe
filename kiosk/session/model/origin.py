"""An origin: scheme, host and port (RFC 6454 section 4). The one reader of addresses.

The settings, the set-up form, proofs, invitations and handoffs all ask here, so that none takes
what another refuses. The page's fence alone reads addresses as its engine does.
"""

import re
from ipaddress import IPv4Address, IPv6Address
from urllib.parse import urlsplit

from kiosk.session.model.value import value

DEFAULT_PORT = {"http": 80, "https": 443}
LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})
HOST = re.compile(r"[a-z0-9_-]+(\.[a-z0-9_-]+)*\.?")
NUMBER = re.compile(r"[0-9]+|0x[0-9a-f]*")
LONGEST_HOST = 253


@value
class Origin:
    """Where a server is. ``host`` is in small letters, an IPv6 address without its brackets."""

    scheme: str
    host: str
    port: int

    @property
    def is_safe(self) -> bool:
        """Whether secrets may go there: HTTPS, or plain HTTP on this computer itself."""
        return self.scheme == "https" or self.host in LOOPBACK

    @property
    def with_port(self) -> str:
        """The same with its port said, for whoever would take another for the scheme's own."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"{self.scheme}://{host}:{self.port}"

    def __str__(self) -> str:
        """As RFC 3986 section 6.2.3 has it: the scheme's own port is not said."""
        return self.with_port.removesuffix(f":{DEFAULT_PORT[self.scheme]}")


def read_origin(text: str) -> Origin | None:
    """An origin and nothing else; one slash at its end is no fault."""
    origin = origin_of(text)
    if origin is None or "?" in text or "#" in text or urlsplit(text).path not in {"", "/"}:
        return None
    return origin


def origin_of(address: str) -> Origin | None:
    """The origin of an address, whatever comes after it; None where it is none or unclear.

    Nobody's name stands before the host, letters are ASCII, and nothing is there that one parser
    drops and another keeps: blanks, line feeds, backslashes.
    """
    if not address.isascii() or not address.isprintable() or " " in address or "\\" in address:
        return None
    try:
        parts = urlsplit(address)
        host, port = parts.hostname or "", parts.port
        if "[" in parts.netloc:
            host = IPv6Address(host).compressed
    except ValueError:
        return None
    if parts.scheme not in DEFAULT_PORT or "@" in parts.netloc or port == 0:
        return None
    if not is_host(host):
        return None
    return Origin(parts.scheme, host, DEFAULT_PORT[parts.scheme] if port is None else port)


def is_host(host: str) -> bool:
    """Whether that is a name or an address which everybody spells alike.

    What ends in a number is an IPv4 address or nothing (WHATWG URL, "ends in a number"): 0x7f.1 is
    a name to one parser and this computer to another. An IPv6 address has no zone.
    """
    if ":" in host:
        return "%" not in host
    if len(host) > LONGEST_HOST or not HOST.fullmatch(host):
        return False
    if not NUMBER.fullmatch(host.rstrip(".").rpartition(".")[2]):
        return True
    try:
        return IPv4Address(host).exploded == host
    except ValueError:
        return False


def is_of(address: str, server: str) -> bool:
    """Whether that address is the server's own."""
    origin = origin_of(address)
    return origin is not None and origin == origin_of(server)


def proved_as(address: str) -> str:
    """An address as a proof names it: without query and fragment, the scheme's own port unsaid.

    RFC 9449 sections 4.2 and 4.3: both sides compare after RFC 3986 section 6.2.3.
    """
    parts = urlsplit(address)
    return f"{origin_of(address) or f'{parts.scheme}://{parts.netloc}'}{parts.path or '/'}"
