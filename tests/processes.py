"""A real mentorlog server in a process of its own: started, stopped, killed, and read."""
from __future__ import annotations

import contextlib
import os
import re
import signal
import sqlite3
import subprocess
import sys
import threading
from pathlib import Path

from tests.forks import ROOT, Forked, die_with_parent, fork

START_SECONDS = 60
STOP_SECONDS = 20
ADDRESS = re.compile(r"http://[\d.]+:(\d+)")


def environment(**settings: str) -> dict[str, str]:
    """The environment of a child: ours without any setting of mentorlog, plus `settings`; it packs in a hurry."""
    ours = {key: value for key, value in os.environ.items()
            if not key.startswith(("MENTORLOG_", "DATABASE_URL"))}
    return {**ours, "PYTHONUNBUFFERED": "1", "MENTORLOG_PACKING": "5", **settings}


def started(command: list[str], settings: dict[str, str], first: str) -> subprocess.Popen[str] | Forked:
    """The process; where nothing is to be run before the imports, one that has them already."""
    if not first and sys.platform == "linux":
        return fork(command, settings)
    return subprocess.Popen(
        [sys.executable, "-c", f"{first}\nfrom mentorlog.cli import main\nmain()", *command], cwd=ROOT, env=settings,
        text=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE, preexec_fn=die_with_parent)


class Server:
    """`python app.py serve` with a data folder of its own, on a port of the system's choice.

    The port stays the same over a restart, so that a phone finds the server again.
    `printed` and `logged` hold every line of standard output and standard error so far.
    """

    def __init__(self, data: Path, **settings: str) -> None:
        self.data, self.settings, self.port = data, settings, 0
        self.printed: list[str] = []
        self.logged: list[str] = []
        self.process: subprocess.Popen[str] | Forked | None = None
        self._news = threading.Condition()
        self._readers: list[threading.Thread] = []

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def start(self, first: str = "") -> Server:
        """Start and return when the address is printed. `first` is Python run in the process before anything else."""
        command = ["serve", "--host", "127.0.0.1", "--port", str(self.port), "--data", str(self.data)]
        seen = len(self.printed)
        self.process = started(command, environment(**self.settings), first)
        self._readers = [self._read(self.process.stdout, self.printed), self._read(self.process.stderr, self.logged)]
        line = self.wait_for_line(ADDRESS, start=seen)
        self.port = int(ADDRESS.search(line)[1])
        return self

    def wait_for_line(self, pattern: str | re.Pattern[str], start: int = 0, seconds: float = START_SECONDS) -> str:
        """The first printed line, from number `start` on, that matches; AssertionError when none comes."""
        def found() -> str | None:
            return next((line for line in self.printed[start:] if re.search(pattern, line)), None)
        with self._news:
            self._news.wait_for(lambda: found() or not self._reading(), timeout=seconds)
        line = found()
        assert line, f"no line like {pattern!r}; printed {self.printed[start:]}, logged {self.logged[-20:]}"
        return line

    def stop(self) -> None:
        """Ask it to end, as a service manager does, and wait until it has."""
        self._end(signal.SIGTERM)

    def kill(self) -> None:
        """SIGKILL: no clean-up of any kind."""
        self._end(signal.SIGKILL)

    def wait_until_dead(self, seconds: float = STOP_SECONDS) -> int:
        """The exit code, once the process has ended by itself (or by a seam inside it)."""
        assert self.process
        code = self.process.wait(seconds)
        self._close()
        return code

    def run(self, *command: str, text: str = "", data: bool = True) -> subprocess.CompletedProcess[str]:
        """Another command of the same installation, on the same data: `server.run("backup")`."""
        where = ["--data", str(self.data)] if data else []
        return subprocess.run(
            [sys.executable, "-c", "from mentorlog.cli import main\nmain()", *command, *where],
            cwd=ROOT, env=environment(**self.settings), text=True, input=text, capture_output=True, timeout=120,
            check=False)

    def rows(self, query: str) -> list[tuple[object, ...]]:
        """What a query finds in the database of a server on SQLite, while it runs."""
        with contextlib.closing(sqlite3.connect(f"file:{self.data / 'mentorlog.db'}?mode=ro", uri=True)) as found:
            return found.execute(query).fetchall()

    def _end(self, how: signal.Signals) -> None:
        if self.process and self.process.poll() is None:
            self.process.send_signal(how)
            self.process.wait(STOP_SECONDS)
        self._close()

    def _close(self) -> None:
        for reader in self._readers:
            reader.join(STOP_SECONDS)
        for stream in (self.process.stdout, self.process.stderr) if self.process else ():
            stream.close()

    def _reading(self) -> bool:
        return any(reader.is_alive() for reader in self._readers)

    def _read(self, stream, lines: list[str]) -> threading.Thread:
        def read() -> None:
            for line in stream:
                with self._news:
                    lines.append(line.rstrip("\n"))
                    self._news.notify_all()
            with self._news:
                self._news.notify_all()
        thread = threading.Thread(target=read, daemon=True)
        thread.start()
        return thread


def kill_all_with(argument: str) -> None:
    """SIGKILL every process of ours whose command line holds `argument` (a temporary folder's name)."""
    for folder in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError):
            if argument.encode() in (folder / "cmdline").read_bytes() and int(folder.name) != os.getpid():
                os.kill(int(folder.name), signal.SIGKILL)
