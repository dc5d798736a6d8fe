"""The kiosk's processes: what a dead one costs, and what the same user may read of a live one."""

from pathlib import Path

from installer.trial.steps import Steps, expect
from sandbox.demo.desk import end

CORE = "/tmp/core"  # noqa: S108 - the room's own


class InProcesses(Steps):
    """Steps with somebody at work and Xchart's page on show."""

    def renderer_dies(self) -> None:
        """The page's process killed, in its sandbox: that is said, and a press opens it again"""
        before = self._engine("renderer")
        expect(bool(before), "the page has no process of its own")
        for pid in before:
            self._sandboxed(pid)
            self._room.must("kill", "-KILL", str(pid))
        eyes = self._person.eyes
        eyes.find("Xchart's page ended by itself.…")
        expect("page_failed code=process" in self._log(), "the log does not say it")
        eyes.press("Try again")
        self._person.wait_for_page()
        after = self._engine("renderer")
        expect(bool(after) and not set(after) & set(before), "no other process draws the page")
        for pid in after:
            self._sandboxed(pid)

    def memory_is_nobodys(self) -> None:
        """The same user cannot dump the kiosk with gcore nor read its memory; of others it can"""
        other = self._desk.start("sleep", "60")
        expect(self._dumps(other.pid) and self._reads(other.pid), "gcore does not work here at all")
        kiosk = int(str(self._told("pid")))
        expect(not self._reads(kiosk), "the kiosk's memory can be read")
        expect(not self._dumps(kiosk), "the kiosk was dumped")
        end(other)

    def _engine(self, kind: str) -> list[int]:
        """The engine's processes of that kind."""
        return [pid for pid, words in self._room.processes() if f" --type={kind} " in words]

    def _sandboxed(self, pid: int) -> None:
        """An ordinary user's, in a user namespace of its own, behind a filter of system calls."""
        seen = Path(f"/proc/{pid}/status").read_text("ascii")
        expect("\nSeccomp:\t2\n" in seen, f"no filter: {seen}")
        own, rooms = (Path(f"/proc/{each}/ns/user").readlink() for each in (pid, "self"))
        expect(own != rooms, "no user namespace of its own")

    def _dumps(self, pid: int) -> bool:
        self._room.run_as_user("gcore", "-o", CORE, str(pid))
        made = self._room.run("rm", f"{CORE}.{pid}")
        return made.returncode == 0

    def _reads(self, pid: int) -> bool:
        done = self._room.run_as_user("sh", "-c", f"exec 3</proc/{pid}/mem")
        expect(done.returncode == 0 or "Permission denied" in done.stdout, done.stdout)
        return done.returncode == 0
