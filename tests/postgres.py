"""A throw-away PostgreSQL cluster for the suite: own folder, own unix socket, gone at the end."""
from __future__ import annotations

import contextlib
import os
import pwd
import shutil
import subprocess
import tempfile
import uuid
from collections.abc import Iterator
from pathlib import Path

from tests.processes import die_with_parent

PLACES = ("/usr/lib/postgresql/*/bin", "/usr/pgsql-*/bin", "/opt/homebrew/opt/postgresql@*/bin",
          "/usr/local/opt/postgresql@*/bin")
READY_SECONDS = 30
FAST = ("fsync=off", "synchronous_commit=off", "full_page_writes=off", "listen_addresses=", "max_connections=60")
HOW_TO_GET = "PostgreSQL: `apt-get install postgresql`, or set TEST_POSTGRES_URL to a server we may create databases on"


def program(name: str) -> str | None:
    """The newest `name` of an installed PostgreSQL server, or None."""
    places = [path for pattern in PLACES for path in Path("/").glob(f"{pattern[1:]}/{name}")]
    newest = sorted(places, key=lambda path: [int(n) for n in path.parts if n.isdigit()], reverse=True)
    return str(newest[0]) if newest else shutil.which(name)


def is_here() -> bool:
    """Whether the suite can run on PostgreSQL on this machine."""
    return bool(os.environ.get("TEST_POSTGRES_URL") or (program("initdb") and program("postgres")))


@contextlib.contextmanager
def server() -> Iterator[str]:
    """Yield the URL of a maintenance database: `$TEST_POSTGRES_URL`, or one of a cluster made for this run."""
    given = os.environ.get("TEST_POSTGRES_URL")
    if given:
        yield given
        return
    folder = Path(tempfile.mkdtemp(prefix="mentorlog-pg-"))
    owner = _owner()
    if owner:
        os.chown(folder, owner["user"], owner["group"])
    process = _start(folder, owner)
    try:
        yield f"postgresql:///postgres?host={folder}&user=mentorlog"
    finally:
        process.terminate()
        process.wait(READY_SECONDS)
        shutil.rmtree(folder, ignore_errors=True)


def _owner() -> dict[str, int]:
    """initdb refuses root: the cluster then belongs to the user of the Debian package."""
    if os.geteuid() != 0:
        return {}
    user = pwd.getpwnam("postgres")
    return {"user": user.pw_uid, "group": user.pw_gid}


def _start(folder: Path, owner: dict[str, int]) -> subprocess.Popen[bytes]:
    run = {"cwd": folder, "env": {"PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8"}, "stdout": subprocess.DEVNULL,
           **owner, **({"extra_groups": []} if owner else {})}
    subprocess.run([program("initdb"), "-D", folder / "data", "-U", "mentorlog", "-A", "trust", "--no-sync",
                    "-E", "UTF8"], check=True, **run)
    options = [part for setting in (*FAST, f"unix_socket_directories={folder}") for part in ("-c", setting)]
    process = subprocess.Popen([program("postgres"), "-D", folder / "data", *options],
                               stderr=subprocess.DEVNULL, preexec_fn=die_with_parent, **run)
    _wait_until_ready(folder, run)
    return process


def _wait_until_ready(folder: Path, run: dict) -> None:
    """Ask until it answers: the socket appears before the server accepts connections."""
    for _ in range(READY_SECONDS * 100):
        ready = subprocess.run([program("pg_isready"), "-q", "-t", "1", "-h", folder, "-U", "mentorlog"],
                               check=False, **run)
        if ready.returncode == 0:
            return
    raise AssertionError("the throw-away PostgreSQL did not start")


class Cluster:
    """Databases of one test process on a running server; each gets a name nobody else has."""

    def __init__(self, url: str) -> None:
        self.url = url

    def create(self, template: str = "template1") -> str:
        """A new database, a copy of `template`; returns its URL."""
        name = f"t_{uuid.uuid4().hex[:12]}"
        self._run(f'CREATE DATABASE "{name}" TEMPLATE "{template}" STRATEGY FILE_COPY')
        place, mark, options = self.url.partition("?")
        return f"{place.rsplit('/', 1)[0]}/{name}{mark}{options}"

    def drop(self, url: str) -> None:
        self._run(f'DROP DATABASE IF EXISTS "{self.name(url)}" WITH (FORCE)')

    def cut(self, url: str) -> None:
        """End every connection to a database, as a restart of the server does."""
        self._run(f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{self.name(url)}'")

    def shut(self, url: str) -> None:
        """A database is away, as while its server restarts: connections break, and new ones are refused."""
        self._run(f'ALTER DATABASE "{self.name(url)}" ALLOW_CONNECTIONS false')
        self.cut(url)

    def open(self, url: str) -> None:
        """It is back."""
        self._run(f'ALTER DATABASE "{self.name(url)}" ALLOW_CONNECTIONS true')

    @staticmethod
    def name(url: str) -> str:
        return url.partition("?")[0].rsplit("/", 1)[1]

    def _run(self, statement: str) -> None:
        import psycopg
        with psycopg.connect(self.url, autocommit=True) as connection:
            connection.execute(statement)
