"""What the kiosk does not take from its environment: words that would bend trust or traffic.

Owns the list. Must never import anything but the standard library, nor read the real environment:
it is given one. Called before Qt, the keychain and the network are there to obey a variable
(threats.md T9, T11, T16).
"""

from collections.abc import MutableMapping

SHED = frozenset(
    {
        # Whom TLS trusts, and where its keys are written down.
        "SSL_CERT_FILE",
        "SSL_CERT_DIR",
        "SSLKEYLOGFILE",
        "REQUESTS_CA_BUNDLE",
        "CURL_CA_BUNDLE",
        # What every OpenSSL in the process loads before it does anything.
        "OPENSSL_CONF",
        "OPENSSL_ENGINES",
        "OPENSSL_MODULES",
        # Where traffic goes: the settings alone name a proxy.
        "HTTP_PROXY",
        "HTTPS_PROXY",
        "FTP_PROXY",
        "ALL_PROXY",
        "NO_PROXY",
        "AUTO_PROXY",
        "SOCKS_SERVER",
        # Whose code Qt loads.
        "QT_PLUGIN_PATH",
        "QT_QPA_PLATFORM_PLUGIN_PATH",
        # Which keychain keyring would choose.
        "PYTHON_KEYRING_BACKEND",
    }
)
SHED_BEGINNINGS = (
    "KEYRING_PROPERTY_",
    # Flags, debugging port, dictionaries and, as QTWEBENGINEPROCESS_PATH, the program itself.
    "QTWEBENGINE",
)
WITHOUT_SANDBOX = "QTWEBENGINE_DISABLE_SANDBOX"


def shed_environment(environ: MutableMapping[str, str], root: bool) -> tuple[str, ...]:
    """Take those variables out of ``environ``, in whatever case; the names that were there.

    Chromium cannot sandbox ``root``, so there alone its variable stays: only tests run as root.
    """
    shed = []
    for name in sorted(environ):
        said = name.upper()
        if root and said == WITHOUT_SANDBOX:
            continue
        if said in SHED or said.startswith(SHED_BEGINNINGS):
            del environ[name]
            shed.append(name)
    return tuple(shed)
