"""Start mentorlog: `python3 app.py`. The first run makes `.venv` and installs into it; only Python is needed for that.

This file uses nothing but the standard library, so that it can say what is missing on any machine.
"""
import os
import subprocess
import sys

if sys.version_info < (3, 11):  # noqa: UP036 - this is where an older Python learns that it is too old
    sys.exit("mentorlog needs Python 3.11 or newer, and this is {}.{}. Start it with a newer one: python3.12 app.py"
             .format(*sys.version_info))

import tomllib
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

    from flask import Flask

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
PYTHON = VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
VERSION = f"{sys.version_info[0]}.{sys.version_info[1]}"
MADE = VENV / ".made"  # written when the environment is whole; holds the Python it is for
BEGUN = "begun"
AGAIN = "MENTORLOG_STARTED_AGAIN"
DATABASE_SETTINGS = ("DATABASE_URL", "MENTORLOG_DATABASE_URL", "MENTORLOG_DATABASE_URL_FILE")
NO_VENV = f"""Python is here, but not the part of it that makes environments.
  Debian, Ubuntu:  apt-get install python{VERSION}-venv   (as root, or with sudo)
  Fedora:          dnf install python3
Then start this again."""


def main() -> None:
    """Run a command of mentorlog/cli.py in the project's own environment, which is made or mended first."""
    if not is_inside():
        make_environment()
        start_again(PYTHON)
    os.environ.pop(AGAIN, None)
    if MADE.read_text() != VERSION or is_half_installed():
        MADE.unlink()  # the system's Python moved on, or somebody pulled the plug: make it anew
        start_again(Path(os.path.realpath(sys.executable)))
    for part in parts():
        install(part)
    keep_data_here()
    from mentorlog.cli import main as run
    run()


def is_inside() -> bool:
    """Whether this process runs in the project's own environment, and that is whole."""
    return MADE.exists() and Path(sys.prefix).resolve() == VENV.resolve()


def make_environment() -> None:
    """Make `.venv` unless it is whole. One that was broken off, or whose Python is gone, is made anew."""
    with one_at_a_time():
        if MADE.exists() and PYTHON.exists():
            return
        try:
            import ensurepip  # noqa: F401 - Debian leaves it out of python3, and venv needs it
            import venv
        except ImportError:
            sys.exit(NO_VENV)
        say("Making the environment in .venv")
        venv.EnvBuilder(clear=True, symlinks=os.name != "nt", with_pip=True).create(VENV)
        MADE.write_text(VERSION)


def parts() -> list[str]:
    """What has to be installed for this command: the product, and an extra of pyproject.toml for some."""
    commands = [command for command in ("test", "check") if sys.argv[1:2] == [command]]
    database = any(os.environ.get(name, "sqlite")[:6] != "sqlite" for name in DATABASE_SETTINGS)
    return ["", *commands, *(["postgres"] if database else [])]


def requirements(part: str) -> list[str]:
    """The product's own requirements, or those of an extra."""
    project: dict[str, Any] = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    found: list[str] = project["optional-dependencies"][part] if part else project["dependencies"]
    return found


def install(part: str) -> None:
    """Install what this part needs, unless the stamp says that exactly this was installed, to its end."""
    stamp, wanted = VENV / f".installed{part and '-' + part}", requirements(part)
    if is_stamped(stamp, wanted):
        return
    with one_at_a_time() as held:
        if is_stamped(stamp, wanted):
            return
        stamp.write_text(BEGUN)
        say(f"Installing the packages of {part or 'mentorlog'} (this once, under a minute)")
        command = [sys.executable, "-m", "pip", "install", "-q", "--disable-pip-version-check", "--prefer-binary"]
        pip = subprocess.run([*command, *wanted], env={**os.environ, "PIP_USER": "0"}, pass_fds=held, check=False)
        if pip.returncode:
            stamp.unlink()
            sys.exit("Not everything could be installed; the reason stands above. Start this again to go on from here.")
        stamp.write_text("\n".join(wanted))


def is_half_installed() -> bool:
    """Whether an installation was killed, which may have left half a package that looks whole to pip."""
    with one_at_a_time():
        return any(stamp.read_text() == BEGUN for stamp in VENV.glob(".installed*"))


def is_stamped(stamp: Path, wanted: list[str]) -> bool:
    """Whether the stamp names exactly what is wanted."""
    return stamp.exists() and stamp.read_text() == "\n".join(wanted)


@contextmanager
def one_at_a_time() -> "Iterator[list[int]]":
    """Two processes that start together make one environment. A child that gets the yielded files holds on, too."""
    if os.name == "nt":
        yield []
        return
    import fcntl
    with open(__file__, "rb") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield [lock.fileno()]


def start_again(python: Path) -> None:
    """The same command in another Python; never returns."""
    if os.environ.get(AGAIN) == str(python):
        MADE.unlink(missing_ok=True)
        sys.exit(f"{VENV} does not work. It is made anew when you start this again.")
    os.environ[AGAIN] = str(python)
    command = [str(python), str(ROOT / "app.py"), *sys.argv[1:]]
    if os.name == "nt":
        sys.exit(subprocess.run(command, check=False).returncode)
    os.execv(command[0], command)  # noqa: S606 - our own Python with our own words


def keep_data_here() -> None:
    """Unless the environment names a data folder, it is `data` beside this file, whatever folder we were started in."""
    os.environ.setdefault("MENTORLOG_DATA", str(ROOT / "data"))


def say(words: str) -> None:
    """To standard error, so that standard output holds only what a command gives."""
    print(words, file=sys.stderr, flush=True)


def create_app() -> "Flask":
    """For `flask --app app run`, and WSGI servers that call a factory: `app:create_app()`."""
    keep_data_here()
    from mentorlog import create_app as create
    return create()


def __getattr__(name: str) -> Any:
    """For WSGI servers that want an object: `app:app` is made when it is asked for."""
    if name != "app":
        raise AttributeError(name)
    globals()["app"] = create_app()
    return globals()["app"]


if __name__ == "__main__":
    main()
