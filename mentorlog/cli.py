"""The commands of `python3 app.py`: each reads its words and calls the rule in the module that has it."""
from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
from pydantic import ValidationError

from . import clock, files
from .errors import Missing, Refused

if TYPE_CHECKING:
    from .config import Config

DEMO = "demo-data"
data_option = click.option("--data", type=click.Path(path_type=Path), metavar="FOLDER",
                           help="Where the database, the keys and the backups are.")


def main(words: list[str] | None = None) -> None:
    """Run one command; without any it serves. When a rule refuses, one line says why, and the exit status is 1."""
    words = sys.argv[1:] if words is None else words
    if not words or (words[0].startswith("-") and words[0] != "--help"):
        words = ["serve", *words]
    os.umask(0o077)  # what is made from here on is for its owner alone
    try:
        commands.main(words, prog_name="app.py")
    except ValidationError as problem:
        sys.exit("\n".join(f"{'.'.join(map(str, one['loc'])) or 'settings'}: {one['msg']}" for one in problem.errors()))
    except (Refused, Missing) as problem:
        sys.exit(str(problem) or "There is no such account.")


@click.group(epilog="Without a command it serves; --host, --port and --data work there too.")
def commands() -> None:
    """mentorlog: a private mentoring journal that works without a network."""


@commands.command()
@click.option("--host", help="Address to listen on; 0.0.0.0 for every address of this machine.")
@click.option("--port", type=int, help="Port to listen on; 0 lets the system choose.")
@data_option
def serve(**options: Any) -> None:
    """Serve, with a link for the first account."""
    from . import serving
    serving.serve(settings(**options))


@commands.command(context_settings={"ignore_unknown_options": True}, add_help_option=False)
@click.argument("words", nargs=-1)
def test(words: tuple[str, ...]) -> None:
    """Run the tests; further words go to pytest.

    --long adds the slow ones.
    """
    in_checkout("tests.browser")
    workers = [] if {"-n", "--pdb", "-s"} & set(words) else ["-n", str(os.cpu_count() or 2), "--dist", "worksteal"]
    in_checkout("pytest", *workers, *words)


@commands.command()
def check() -> None:
    """Check code, templates, scripts, licences."""
    from . import checks
    sys.exit(checks.run())


@commands.command()
@data_option
def reminders(**options: Any) -> None:
    """Send reminders in a process of its own.

    The processes that serve then get MENTORLOG_REMINDERS=off.
    """
    from . import serving
    serving.remind_alone(open_data(**options))


@commands.group()
def person() -> None:
    """People with an account: person add."""


@person.command()
@click.argument("name")
@click.argument("email")
@click.option("--zone", default="UTC", show_default=True, help="Time zone, such as Europe/Berlin.")
@data_option
def add(name: str, email: str, zone: str, **options: Any) -> None:
    """Create an account; asks for the password."""
    open_data(**options)
    from . import people
    people.add(people.NewPerson(name=name, email=email, password=ask_password(), zone=zone))
    click.echo(f"{email} can sign in now.")


@commands.command()
@click.argument("email")
@data_option
def password(email: str, **options: Any) -> None:
    """Give an account a new password; asks for it."""
    open_data(**options)
    from . import people
    people.set_password(email, ask_password())
    click.echo(f"{email} has a new password.")


@commands.command()
@click.argument("file", type=click.Path(path_type=Path), required=False)
@data_option
def backup(file: Path | None, **options: Any) -> None:
    """Copy the database while the server goes on.

    To FILE, or to the folder `backups` of the data; prints where.
    """
    config = open_data(**options)
    from . import database
    ending = "dump" if database.is_postgres() else "db"
    target = file or config.data / "backups" / f"mentorlog-{clock.now():%Y%m%dT%H%M%SZ}.{ending}"
    database.backup(target)
    click.echo(target)


@commands.command()
@data_option
def restored(**options: Any) -> None:
    """Say that an older copy was put in place.

    Devices then bring back what that copy has forgotten.
    """
    open_data(**options)
    from .sync import restore
    restore.restored()
    click.echo("At their next contact the devices bring back what this copy does not have.")


@commands.command()
@click.option("--port", type=int, help="Port to listen on; 0 lets the system choose.")
@click.option("--data", type=click.Path(path_type=Path), default=files.ROOT / DEMO, metavar="FOLDER",
              help="A folder of its own for the invented data.")
def demo(**options: Any) -> None:
    """Serve an invented year, to look around."""
    from . import demo as invented
    from . import serving

    invented.fill(open_data(**options))
    serving.serve(settings(**options))


def settings(**options: Any) -> Config:
    """The settings of the environment, under what was typed."""
    from .config import Config, prepare
    return prepare(Config.from_env(**options))


def open_data(**options: Any) -> Config:
    """Open the database of a data folder and bring its tables up to date."""
    from . import database
    found = settings(**options)
    database.open_database(found.database())
    database.migrate()
    return found


def ask_password() -> str:
    """Typed twice and not shown; from a pipe, its first line."""
    if sys.stdin.isatty():
        typed: str = click.prompt("Password", hide_input=True, confirmation_prompt=True)
        return typed
    return sys.stdin.readline().rstrip("\n")


def in_checkout(module: str, *words: str) -> None:
    """Run a module of the checkout in this Python; when it fails, so do we, with its status."""
    done = subprocess.run([sys.executable, "-m", module, *words], cwd=files.ROOT, check=False)
    if done.returncode:
        sys.exit(done.returncode)
