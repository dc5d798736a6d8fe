"""Windows: persistence, one target for each item, and what its error numbers mean.

Its credential interface is stood in for by a table, in a process of its own; the real one is
proven on its own runner.
"""

import os
import subprocess
import sys
from pathlib import Path

STAND_IN = """
import sys, types
class error(Exception):
    def __init__(self, winerror, funcname):
        self.winerror, self.funcname = winerror, funcname
table, broken = {}, []
def check():
    if broken:
        raise error(broken[0], "Cred")
def read(Type, TargetName):
    check()
    if TargetName not in table:
        raise error(1168, "CredRead")
    kept = table[TargetName]
    return dict(kept, CredentialBlob=kept["CredentialBlob"].encode("utf-16"))
def write(credential, flags):
    check()
    table[credential["TargetName"]] = credential
def delete(Type, TargetName):
    check()
    del table[TargetName]
cred = types.SimpleNamespace(
    CRED_TYPE_GENERIC=1, CRED_PERSIST_SESSION=1, CRED_PERSIST_LOCAL_MACHINE=2,
    CRED_PERSIST_ENTERPRISE=3, CredRead=read, CredWrite=write, CredDelete=delete, error=error)
package = types.ModuleType("win32ctypes.pywin32")
package.pywintypes, package.win32cred = types.SimpleNamespace(error=error), cred
sys.modules["win32ctypes"] = types.ModuleType("win32ctypes")
sys.modules["win32ctypes.pywin32"] = package
from kiosk.keychain.port import *
from kiosk.keychain.os_keychain import open_keychain
keychain = open_keychain("p", platform="win32")
key, token = ItemName(Item.DEVICE_KEY), ItemName(Item.TRUST_TOKEN, "acc_1")
assert keychain.read(key) == Missing()
assert keychain.keep(key, "one") == Kept() and keychain.keep(token, "two") == Kept()
assert keychain.read(key) == Found("one") and keychain.read(token) == Found("two")
assert sorted(table) == ["Operatory Kiosk p device-key", "Operatory Kiosk p trust-token/acc_1"]
assert {credential["Persist"] for credential in table.values()} == {2}, "roams"
assert keychain.forget(key) == Forgotten() and keychain.forget(key) == Forgotten()
assert keychain.read(token) == Found("two")
for number, fault in ((1312, KeychainFault.ABSENT), (1783, KeychainFault.TOO_LARGE),
                      (5, KeychainFault.REFUSED)):
    broken[:] = [number]
    assert keychain.keep(key, "x") is fault and keychain.read(key) is fault
"""


def test_items_stay_on_this_machine_each_under_its_own_target() -> None:
    done = subprocess.run(
        [sys.executable, "-c", STAND_IN],
        env={
            **os.environ,
            "PYTHONPATH": str(Path.cwd()),
            "KEYRING_PROPERTY_PERSIST": "enterprise",
        },
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
