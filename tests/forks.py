"""Servers without the wait for imports: a process that has mentorlog in it becomes one when it is told (Linux)."""
from __future__ import annotations

import ctypes
import functools
import gc
import json
import os
import select
import signal
import socket
import subprocess
import sys
from pathlib import Path
from typing import IO, Any

ROOT = Path(__file__).resolve().parent.parent
PR_SET_PDEATHSIG, PR_SET_CHILD_SUBREAPER = 1, 36
MOST_BYTES = 1 << 18  # of a whole environment


def die_with_parent() -> None:
    """For `preexec_fn`: the child ends when the test run is killed, so nothing is left behind (Linux only)."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)


class Forked:
    """What `subprocess.Popen` is for a server that was started here."""

    def __init__(self, pid: int, stdout: IO[str], stderr: IO[str]) -> None:
        self.pid, self.stdout, self.stderr = pid, stdout, stderr
        self.returncode: int | None = None
        self._end = os.pidfd_open(pid)

    def poll(self) -> int | None:
        return self._look(0)

    def wait(self, timeout: float) -> int:
        """The exit code.

        :raise subprocess.TimeoutExpired: it still runs
        """
        code = self._look(timeout)
        if code is None:
            raise subprocess.TimeoutExpired("serve", timeout)
        return code

    def send_signal(self, number: int) -> None:
        signal.pidfd_send_signal(self._end, number)

    def _look(self, seconds: float) -> int | None:
        if self.returncode is None and select.select([self._end], [], [], seconds)[0]:
            self.returncode = os.waitstatus_to_exitcode(os.waitpid(self.pid, 0)[1])
            os.close(self._end)
        return self.returncode


def fork(command: list[str], environment: dict[str, str]) -> Forked:
    """`python app.py <command>` as a child of this process, with this environment."""
    told = json.dumps({"command": command, "environment": environment}).encode()
    out, err = os.pipe(), os.pipe()
    line, _ = spawner()
    socket.send_fds(line, [told], [out[1], err[1]])
    os.close(out[1])
    os.close(err[1])
    return Forked(int(line.recv(MOST_BYTES)), *(os.fdopen(one, encoding="utf-8") for one in (out[0], err[0])))


@functools.cache
def spawner() -> tuple[socket.socket, subprocess.Popen[bytes]]:
    """The line to the process that forks, one for each process of the suite. What it forks becomes our own child."""
    ctypes.CDLL(None).prctl(PR_SET_CHILD_SUBREAPER, 1)
    ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    process = subprocess.Popen(
        [sys.executable, "-c", f"from tests.forks import stand_by; stand_by({theirs.fileno()})"], cwd=ROOT,
        pass_fds=[theirs.fileno()], preexec_fn=die_with_parent, env={**os.environ, "PYTHONUNBUFFERED": "1"})
    theirs.close()
    return ours, process


def stand_by(number: int) -> None:
    """Import everything once, then fork for every word that comes over this socket, until its other end is closed."""
    from mentorlog import serving  # noqa: F401 - so that no server has to
    from mentorlog.cli import main
    from tests import compiled
    compiled.make_all()
    gc.freeze()  # or every server, at its end at the latest, makes its own copy of all that they share
    line = socket.socket(fileno=number)
    while True:
        told, outputs, _, _ = socket.recv_fds(line, MOST_BYTES, 2)
        if not told:
            return
        if is_server(line):
            break
        for output in outputs:
            os.close(output)
    line.close()
    become(json.loads(told), outputs)
    main()


def is_server(line: socket.socket) -> bool:
    """Fork twice: the process in between ends, and so the server is a child of whoever asked, who is told its id."""
    ended, end = os.pipe()
    if between := os.fork():
        os.waitpid(between, 0)
        os.close(end)
        os.close(ended)
        return False
    if server := os.fork():
        line.send(str(server).encode())
        os._exit(0)
    os.close(end)
    os.read(ended, 1)  # until the one in between is gone
    os.close(ended)
    return True


def become(told: dict[str, Any], outputs: list[int]) -> None:
    """Take on what a process is started with."""
    die_with_parent()
    os.environ.clear()
    os.environ.update(told["environment"])
    sys.argv = ["app.py", *told["command"]]
    for output, place in zip(outputs, (1, 2), strict=True):
        os.dup2(output, place)
        os.close(output)
