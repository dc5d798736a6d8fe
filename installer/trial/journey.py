"""What a package goes through on one clean Debian: every promise made to IT, and bad luck.

Each step says what it does, and raises StepFailed with what was there instead.
"""

import json
import subprocess
from dataclasses import dataclass
from pathlib import Path

from installer.trial.desks import Person, RoomDesk
from installer.trial.door import Door
from installer.trial.process import InProcesses
from installer.trial.rooms import HOME, USER, Room
from installer.trial.steps import APP, CONFIG, LOG, expect
from installer.trial.wire import OnTheWire
from kiosk.cli.supervisor import MOST
from sandbox.demo.server import Practice

DATA = HOME / ".local/share/operatory-kiosk"
DOWN = "The kiosk does not start."
EXPORTED = "/var/backups/operatory-kiosk"
DECLARED = ("gnome-keyring", "libpam-gnome-keyring", "dbus-user-session")
"""The first of each alternative that the package recommends."""
OF_THE_TRIAL = ("xvfb", "at-spi2-core", "dbus", "tinyproxy-bin", "gdb", "xdotool")
ENGINE = "libQt6WebEngineCore.so"


@dataclass(frozen=True, slots=True)
class Packages:
    """The package under trial; one that comes after it, with and without its look for room."""

    first: Path
    later: Path
    heedless: Path


class Journey(OnTheWire, InProcesses):
    """``main`` goes through all of it."""

    def __init__(
        self, room: Room, practice: Practice, door: Door, packages: Packages, offline: bool
    ) -> None:
        """``offline``: the end comes while records wait for a server that is gone."""
        super().__init__(room, practice, door)
        self._packages = packages
        self._offline = offline

    def main(self) -> None:
        """Everything, in the order of a computer's life."""
        self._step(self.install)
        self._step(self.nothing_strange)
        self._step(self.without_a_desktop)
        expect(self._room.install(*OF_THE_TRIAL).returncode == 0, "the trial's own tools")
        with RoomDesk(self._room, self._room.shared / "desk") as desk:
            self._desk = desk
            self._person = Person(self._room, desk, self._practice)
            try:
                for step in (
                    self.self_test,
                    self.broken_engine,
                    self.replaced_library,
                    self.private_ca,
                    self.provisioning,
                    self.main_job,
                    self.memory_is_nobodys,
                    self.renderer_dies,
                    self.ca_taken_away,
                    self.proxy_asks_for_a_password,
                    self.proxy_carries_everything,
                    self.proxy_asks_the_page,
                    self.root_sees_who_is_at_work,
                    self.crash,
                    self.no_room_for_an_upgrade,
                    self.disk_full_in_an_upgrade,
                    self.upgrade_under_a_running_kiosk,
                    self.no_way_back,
                    self.remove_keeps_data,
                    self.purge,
                ):
                    self._step(step)
            finally:
                self._person.close()

    def install(self) -> None:
        """Installed with what it declares, every library it is linked with is there"""
        done = self._room.install(str(self._packages.first), *DECLARED)
        expect(done.returncode == 0, done.stdout)
        ldd = f"find {APP}/dist -type f -exec ldd {{}} + 2>/dev/null | grep 'not found' || true"
        lost = self._room.must("sh", "-c", ldd)
        expect(not lost, f"no package that is declared has: {lost}")
        told = self._room.must("kiosk", "--version")
        expect(told == f"Operatory Kiosk {self._version()}\n", f"it calls itself {told}")
        expect(not self._room.must("dpkg", "--verify", "operatory-kiosk"), "not as packed")

    def nothing_strange(self) -> None:
        """What lies about, or what the environment names, is not run in the kiosk's place"""
        strange = "/strange"
        self._room.must("mkdir", "-p", f"{strange}/kiosk")
        # The last is one that the kiosk's Python is linked with: where it is taken, nothing starts.
        for name in ("kiosk/__init__.py", "os.py", "sitecustomize.py", "libz.so.1"):
            (self._room.root / strange.lstrip("/") / name).write_text("raise SystemExit('strange')")
        names = f"PYTHONPATH={strange} PYTHONHOME={strange} PYTHONSTARTUP={strange}/os.py"
        names += f" LD_LIBRARY_PATH={strange}"
        told = self._room.must("sh", "-c", f"cd {strange} && {names} kiosk --version")
        expect(told.startswith("Operatory Kiosk"), told)

    def without_a_desktop(self) -> None:
        """A user without display and keychain gets a sentence for each, and 1"""
        done = self._room.run_as_user("kiosk", "--self-test")
        expect(done.returncode == 1, f"the self-test ended with {done.returncode}")
        for words in ("There is no display", "This computer has no keychain"):
            expect(words in done.stdout, f"not said: {words}\n{done.stdout}")
        expect("OK    core" in done.stdout, done.stdout)

    def self_test(self) -> None:
        """On a desktop the self-test holds, Chromium's sandbox included"""
        done = self._on_desk("kiosk", "--self-test")
        expect(done.returncode == 0, done.stdout)

    def broken_engine(self) -> None:
        """A library of the web engine that is gone is named, and not taken for a lean package"""
        library = self._room.must("sh", "-c", f"ls {APP}/current/lib/*/PySide6/Qt/lib/{ENGINE}*")
        self._room.must("mv", library.strip(), "/aside")
        done = self._on_desk("kiosk", "--self-test")
        expect(done.returncode == 1, done.stdout)
        expect(f"The web view is there and cannot be loaded: {ENGINE}" in done.stdout, done.stdout)
        self._room.must("mv", "/aside", library.strip())

    def replaced_library(self) -> None:
        """A library that was put into what runs is named, which dpkg --verify cannot see"""
        library = self._room.must("sh", "-c", f"ls {APP}/current/lib/*/PySide6/Qt/lib/{ENGINE}*")
        library = library.strip()
        self._room.must("mv", library, "/aside")
        self._room.must("cp", "/aside", library)
        expect(not self._room.must("dpkg", "--verify", "operatory-kiosk"), "dpkg sees it")
        done = self._on_desk("kiosk", "--self-test")
        expect(done.returncode == 1, done.stdout)
        expect("Not as it was installed: lib/" in done.stdout, done.stdout)
        self._room.must("mv", "/aside", library)

    def provisioning(self) -> None:
        """A file that was left is refused half, taken over whole, and removed"""
        text = (
            f'server = "{self._door.address}"\nlocation = "Main Street"\n'
            'operatory = "Op 3"\nautostart = true\n'
        )
        folder = self._inside(CONFIG)
        self._room.must("install", "-d", "-o", USER, "-g", USER, str(CONFIG.parent), str(CONFIG))
        left = folder / "provisioning.toml"
        left.write_text(text)
        done = self._on_desk("kiosk", "--autostart")
        expect(done.returncode == 0, f"half a file started something: {done.stdout}")
        done = self._on_desk("kiosk", "provision", "--check", str(CONFIG / left.name))
        expect(done.returncode == 1 and "[end]" in done.stdout, done.stdout)
        left.write_text(text.replace(self._door.address, "http://127.0.0.1:1") + "[end]\n")
        done = self._on_desk("kiosk", "provision", str(CONFIG / left.name))
        expect(done.returncode == 1 and "Line 1: `server`" in done.stdout, done.stdout)
        expect(not (folder / "settings.toml").exists(), "a wrong server was taken over")
        left.write_text(text + "[end]\n")

    def main_job(self) -> None:
        """Enrol with a code, tap, restart, tap"""
        self._person.start()
        self._person.join()
        left = self._inside(CONFIG / "provisioning.toml")
        expect(not left.exists(), "the provisioning file is still there")
        self._person.enter()
        texts = len(self._practice.texts())
        self._restart()
        self._person.enter()
        expect(len(self._practice.texts()) == texts, "a code was asked for again")
        expect(self._inside(LOG).exists(), f"no log at {LOG}")
        first = self._log().partition("\n")[0]
        expect(first.endswith(f" started build={self._version()}"), f"the log begins with {first}")

    def root_sees_who_is_at_work(self) -> None:
        """Root, and the user outside the desktop, see who is at work, and leave nothing behind"""
        busy = ("kiosk", "status", "--busy")
        expect(self._room.run(*busy).returncode == 0, "root sees nobody at work")
        told = json.loads(self._room.must("kiosk", "status", "--json"))
        seen = [(each["user"], each["running"], each["busy"]) for each in told["kiosks"]]
        expect(seen == [(USER, True, True)], f"root sees {told}")
        expect(told["kiosks"][0]["trust_until"] is not None, f"root sees {told}")
        self._person.done()
        self._until(lambda: self._room.run(*busy).returncode == 1, "root sees somebody at work")
        done = self._room.run_as_user("kiosk", "doctor", "--json")
        verdicts = {each["topic"]: each["verdict"] for each in json.loads(done.stdout)}
        expect(verdicts["display"] == "warn", done.stdout)
        expect(verdicts["keychain"] in {"ok", "warn"}, done.stdout)
        expect({"disk", "trust", "unsent", "files"} <= set(verdicts), done.stdout)
        json.loads(self._room.run("kiosk", "doctor", "--json").stdout)
        made = self._room.run("sh", "-c", "ls -d /root/.local/share/operatory-kiosk")
        expect(made.returncode != 0, "root has a profile")

    def crash(self) -> None:
        """Killed, the kiosk is there again, and one tap opens it"""
        self._kill()
        texts = len(self._practice.texts())
        self._person.enter()
        expect(len(self._practice.texts()) == texts, "a code was asked for after a crash")
        expect("started_again code=killed count=1" in self._log(), "the log does not say it")

    def no_room_for_an_upgrade(self) -> None:
        """Without room for an upgrade nothing is unpacked, and a sentence says so"""
        self._room.leave_free(150)
        done = self._upgrade(self._packages.later)
        expect(done.returncode != 0, "an upgrade without room went through")
        expect("MB are needed below" in done.stdout, done.stdout)
        expect(self._state() == "install ok installed", self._state())
        self._person.lock_and_come_back()

    def disk_full_in_an_upgrade(self) -> None:
        """A disk that fills up on the way leaves the version before at work, and able to start"""
        done = self._upgrade(self._packages.heedless)
        expect(done.returncode != 0, "an upgrade onto a full disk went through")
        expect("No space left on device" in done.stdout, done.stdout)
        self._room.leave_free(50)
        self._person.lock_and_come_back()
        self._restart()
        self._person.enter()
        self._room.leave_plenty()

    def upgrade_under_a_running_kiosk(self) -> None:
        """Upgraded under somebody at work: not disturbed; what starts next is the new version"""
        before = self._room.must("readlink", f"{APP}/current")
        version = self._version()
        done = self._upgrade(self._packages.later)
        expect(done.returncode == 0, done.stdout)
        after = self._room.must("readlink", f"{APP}/current")
        expect(after != before, "the version before is still the one that starts")
        expect(self._person.at_work, "the kiosk was ended")
        self._person.lock_and_come_back()
        expect(self._runs() == version, f"what runs calls itself {self._runs()}")
        self._kill()
        self._person.enter()
        expect(self._runs() == self._version(), f"after a crash {self._runs()} runs")
        texts = len(self._practice.texts())
        self._restart()
        self._person.enter()
        expect(len(self._practice.texts()) == texts, "a code was asked for after an upgrade")
        expect(self._runs() == self._version() != version, f"what runs is {self._runs()}")
        settings = self._room.must("cat", str(CONFIG / "settings.toml"))
        expect('operatory = "Op 3"' in settings, "the settings are gone")
        self._room.must("dpkg-reconfigure", "operatory-kiosk")
        kept = self._room.must("ls", f"{APP}/run").split()
        expect(len(kept) == 2, f"snapshots that nobody runs from were kept: {kept}")

    def no_way_back(self) -> None:
        """An older version is refused, and nothing is changed"""
        version = self._version()
        done = self._upgrade(self._packages.first)
        expect(done.returncode != 0, "an older version was installed")
        expect("which is newer than" in done.stdout, done.stdout)
        expect((self._state(), self._version()) == ("install ok installed", version), self._state())

    def remove_keeps_data(self) -> None:
        """Not removed while somebody is at work; idle, the kiosk ends in order and data stay"""
        done = self._room.run("apt-get", "remove", "-y", "-q", "operatory-kiosk")
        expect(done.returncode != 0, "removed under somebody at work")
        expect(f"{USER}: The kiosk is running. Somebody is active." in done.stdout, done.stdout)
        expect(self._person.at_work, "the kiosk was ended")
        self._person.lock_and_come_back()
        self._person.done()
        self._until_sent()
        done = self._room.run("apt-get", "remove", "-y", "-q", "operatory-kiosk")
        expect(done.returncode == 0, done.stdout)
        expect(self._person.ended_by_itself() == 0, "the idle kiosk did not end in order")
        gone = self._room.run("test", "-e", APP)
        expect(gone.returncode != 0, "the program is still there")
        for place in (DATA / "audit.db", CONFIG / "settings.toml"):
            expect(self._room.run("test", "-e", str(place)).returncode == 0, f"{place} is gone")
        done = self._room.install(str(self._packages.later))
        expect(done.returncode == 0, done.stdout)
        texts = len(self._practice.texts())
        self._person.start()
        self._person.enter()
        expect(len(self._practice.texts()) == texts, "a code was asked for after a removal")
        self._person.done()
        self._until_sent()

    def purge(self) -> None:
        """Purged while the kiosk is down: only what was never sent is left, where it is named"""
        if self._offline:
            self._practice.stop()
            self._person.enter_offline()
            self._person.done()
        for _ in range(MOST):
            self._kill()
        self._room.must("kill", "-KILL", str(self._told("pid")))
        self._person.eyes.find(DOWN)
        # A user who comes before in the list, and whose records cannot be read as that user.
        unread = "/usr/games/.local/share/operatory-kiosk"
        self._room.must("mkdir", "-p", unread)
        self._room.must("install", "-m", "600", "/dev/null", f"{unread}/audit.db")
        done = self._room.run("apt-get", "purge", "-y", "-q", "operatory-kiosk")
        expect(done.returncode == 0, done.stdout)
        expect(f"They stay in {unread}" in done.stdout, done.stdout)
        self._room.must("rm", "-r", "/usr/games/.local")
        self._person.ended_by_itself()
        search = "find / -xdev -iname '*operatory-kiosk*' -not -path '/var/cache/*'"
        left = self._room.must("sh", "-c", search).split()
        told = self._room.run("sh", "-c", f"cat {EXPORTED}/*/audit.jsonl").stdout
        if not self._offline:
            expect(not left, f"left behind: {left}")
            return
        expect(left == [EXPORTED], f"left behind: {left}")
        expect(
            f"records of {USER} that were not sent are in {EXPORTED}" in done.stdout, done.stdout
        )
        acts = [json.loads(line).get("act") for line in told.splitlines()]
        expect({"entered", "left"} <= set(acts), f"the export holds {acts}")

    def _upgrade(self, package: Path) -> subprocess.CompletedProcess[str]:
        return self._room.run("dpkg", "--install", str(package))

    def _state(self) -> str:
        return self._room.must("dpkg-query", "-Wf", "${Status}", "operatory-kiosk")

    def _version(self) -> str:
        return self._room.must("dpkg-query", "-Wf", "${Version}", "operatory-kiosk")

    def _until_sent(self) -> None:
        """The server has every record, soon."""
        unsent = ("kiosk", "audit", "export", "--unsent", "-")
        self._until(lambda: not self._room.run_as_user(*unsent).stdout, "records are not sent")
