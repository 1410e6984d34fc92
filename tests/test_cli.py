"""The commands, each as a process of its own on real data."""
from __future__ import annotations

import socket
import sqlite3
import stat

import pytest

from tests import cast
from tests.processes import Server

COMMANDS = ["backup", "check", "demo", "password", "person", "reminders", "restored", "serve", "test"]


@pytest.fixture
def installation(data) -> Server:
    """A data folder with nothing in it, and the commands that work on it; nothing runs."""
    return Server(data)


def sign_in(data, email, password):
    """Status of signing in to the data folder, in this process."""
    from mentorlog import create_app, database
    from mentorlog.config import Config
    client = create_app(Config(data=data)).test_client()
    typed = {"email": email, "password": password, "zone": cast.ZONE}
    try:
        return client.post("/sign-in", data=typed, headers=cast.OURS).status_code
    finally:
        database.close()


def test_help_lists_the_commands(installation):
    listed = installation.run("--help", data=False).stdout.split("Commands:\n")[1].split("\n\n")[0]
    assert [line.split()[0] for line in listed.splitlines()] == COMMANDS
    assert "..." not in listed


def test_person_is_added_and_gets_a_new_password(installation, data):
    added = installation.run("person", "add", "Ada", "ada@example.org", "--zone", cast.ZONE, text=cast.PASSWORD)
    assert added.stdout == "ada@example.org can sign in now.\n"
    assert sign_in(data, "ada@example.org", cast.PASSWORD) == 303
    assert installation.run("password", "Ada@Example.org", text="another good one").returncode == 0
    assert sign_in(data, "ada@example.org", cast.PASSWORD) == 422
    assert sign_in(data, "ada@example.org", "another good one") == 303


@pytest.mark.parametrize(("command", "typed", "words"), [
    (["person", "add", "Ada", "ada@example.org"], "short", "Use at least 10 characters"),
    (["person", "add", "Ada", "no address"], cast.PASSWORD, "Write an e-mail address"),
    (["person", "add", "Ada", "ada@example.org", "--zone", "Mars/Base"], cast.PASSWORD, "time zone is not known"),
    (["password", "nobody@example.org"], cast.PASSWORD, "There is no such account."),
])
def test_refused_command_says_why_in_one_line(installation, command, typed, words):
    refused = installation.run(*command, text=typed)
    assert refused.returncode == 1
    assert words in refused.stderr
    assert refused.stderr.count("\n") == 1


def test_files_are_for_their_owner_alone(installation, data):
    assert installation.start().printed
    installation.run("backup")
    installation.stop()
    assert stat.S_IMODE(data.stat().st_mode) == 0o700
    made = {path.name: stat.S_IMODE(path.stat().st_mode) for path in data.rglob("*") if path.is_file()}
    assert {"mentorlog.db", "secret_key", "vapid.pem"} <= made.keys()
    assert set(made.values()) == {0o600}


def test_backup_while_running_is_a_whole_database(server, data, tmp_path):
    copied = server.run("backup", str(tmp_path / "copy.db"))
    assert copied.stdout == f"{tmp_path / 'copy.db'}\n"
    with sqlite3.connect(tmp_path / "copy.db") as copy:
        assert copy.execute("SELECT count(*) FROM person").fetchone() == (4,)
    copy.close()


def test_data_stays_over_a_restart_and_the_link_is_for_the_first_account(server):
    server.stop()
    server.start()
    assert not [line for line in server.printed if "/start" in line]


def test_port_that_is_taken_is_said(installation):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        told = installation.run("serve", "--port", str(taken.getsockname()[1]))
    assert told.returncode == 1
    assert "Try another --port." in told.stderr


def test_setting_that_does_not_fit_is_named_without_its_value(data):
    told = Server(data, MENTORLOG_THREADS="secret").run("serve")
    assert told.returncode == 1
    assert told.stderr.startswith("threads: ")
    assert "secret" not in told.stderr


def test_server_ends_well_when_it_is_told_to(server):
    server.stop()
    assert server.process.returncode == 0
