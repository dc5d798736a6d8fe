"""What lies between kiosk and server: a CA of the clinic's own, and a proxy of the clinic's."""

import json
from pathlib import Path

from installer.trial.door import NAME
from installer.trial.proxy import FROM, Proxy
from installer.trial.proxy import NAME as PROXY
from installer.trial.steps import CONFIG, Steps, expect
from sandbox.demo.stage import MARIA

ADDED = "/usr/local/share/ca-certificates/clinic.crt"
NOT_TRUSTED = "The server's certificate is not trusted by this computer."
NO_PASSWORD = "A proxy asks for a password, and the kiosk has none for it (407)."
ASKS_FOR_PASSWORD = "The network's proxy asks for a password.…"


class OnTheWire(Steps):
    """Steps with somebody at work, but for the first."""

    _proxy: Proxy
    _settings: Path
    _before: str
    _since: int

    def private_ca(self) -> None:
        """A server behind a CA of the clinic's own is refused; with the CA added, it is in order"""
        names = f"127.0.0.1 {NAME} {PROXY}"
        self._room.must("sh", "-c", f"echo {names} >>/etc/hosts")
        file = self._room.shared / "provisioning.toml"
        file.write_text(f'server = "{self._door.address}"\n[end]\n')
        done = self._on_desk("kiosk", "provision", "--check", str(file))
        expect(done.returncode == 1 and NOT_TRUSTED in done.stdout, done.stdout)
        self._trust(True)
        done = self._on_desk("kiosk", "provision", "--check", str(file))
        expect(done.returncode == 0, done.stdout)

    def ca_taken_away(self) -> None:
        """The CA taken away, API calls and page both refuse, nothing is accepted; added, both go"""
        self._person.done()
        self._person.switch_off()
        self._trust(False)
        self._person.start()
        eyes = self._person.eyes
        eyes.press(MARIA)
        eyes.find("This is not a safe connection to Xchart.…")
        expect(self._doctor() == NOT_TRUSTED, self._doctor())
        # What only API calls read of the system's store: the page is left alone with its refusal.
        ask = ("openssl", "x509", "-noout", "-hash", "-in", str(self._door.ca))
        alone = f"/etc/ssl/certs/{self._room.must(*ask).strip()}.0"
        self._room.must("cp", str(self._door.ca), alone)
        eyes.press("Try again")
        eyes.find("This is not a safe connection to Xchart's page.…")
        expect("page_failed code=certificate error=-202" in self._log(), "the log has no code")
        self._room.must("rm", alone)
        self._trust(True)
        self._restart()
        self._person.enter()

    def proxy_asks_for_a_password(self) -> None:
        """A proxy that asks for a password is named, screen and doctor; nothing goes past it"""
        self._proxy = Proxy(self._desk)
        self._start_proxy(asks=True)
        self._settings = self._inside(CONFIG / "settings.toml")
        self._before = self._settings.read_text("utf-8")
        self._person.done()
        self._person.switch_off()
        self._since = len(self._door.asked())
        self._settings.write_text(f'proxy = "{self._proxy.address}"\n{self._before}', "utf-8")
        self._person.start()
        eyes = self._person.eyes
        eyes.press(MARIA)
        eyes.find(ASKS_FOR_PASSWORD)
        expect(not eyes.is_there("Xchart's page…"), "the page is called broken")
        expect(self._doctor() == NO_PASSWORD, self._doctor())
        expect(len(self._door.asked()) == self._since, "something went past the proxy")

    def proxy_carries_everything(self) -> None:
        """Its password taken out, API calls and Xchart's page go through it, and nothing past it"""
        self._start_proxy(asks=False)
        self._person.eyes.press("Try again")
        self._person.wait_for_page()
        expect(self._doctor().endswith(f"answers at {self._door.address}."), self._doctor())
        seen = self._door.asked()[self._since :]
        expect({who for who, _ in seen} == {FROM}, f"something went past the proxy: {seen}")
        expect(any(" /v1/" in line for _, line in seen), f"no API call: {seen}")
        expect(any(" /today" in line for _, line in seen), f"no page: {seen}")
        expect(f"CONNECT {NAME}:{self._door.port} " in self._proxy.log, self._proxy.log)

    def proxy_asks_the_page(self) -> None:
        """Where it asks again, a link in the page meets it: the same sentence in its place"""
        self._start_proxy(asks=True)
        eyes = self._person.eyes
        self._person.follow("Harbor")
        eyes.find(ASKS_FOR_PASSWORD)
        expect("page_failed code=proxy_sign_in status=407" in self._log(), "the log has no code")
        self._settings.write_text(self._before, "utf-8")
        self._restart()
        self._proxy.stop()
        self._person.enter()

    def _trust(self, trusted: bool) -> None:
        """What IT does with a CA: put it there or take it away, and have the store made anew."""
        if trusted:
            self._room.must("cp", str(self._door.ca), ADDED)
            self._room.must("update-ca-certificates")
        else:
            self._room.must("rm", ADDED)
            self._room.must("update-ca-certificates", "--fresh")

    def _doctor(self) -> str:
        """What it says of the server."""
        told = json.loads(self._on_desk("kiosk", "doctor", "--json").stdout)
        return "".join(each["sentence"] for each in told if each["topic"] == "server")

    def _start_proxy(self, *, asks: bool) -> None:
        self._proxy.start(asks=asks)
        self._until(lambda: self._proxy.answers, "the proxy does not start")
