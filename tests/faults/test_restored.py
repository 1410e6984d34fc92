"""The server is set back to yesterday (F41): nothing is lost, at no moment on the way back."""
from __future__ import annotations

import contextlib
import subprocess
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from tests import postgres
from tests.hands import held, line, on_server, send, texts, write


@contextlib.contextmanager
def yesterday(server, databases, copy) -> Iterator[None]:
    """The copy in place of the database of a server that stands, as the README says."""
    if server.settings["DATABASE_URL"].startswith("sqlite"):
        for file in server.data.glob("mentorlog.db*"):
            file.unlink()
        (server.data / "mentorlog.db").write_bytes(copy.read_bytes())
        yield
        return
    server.settings["DATABASE_URL"] = empty = databases.cluster.create()
    subprocess.run([postgres.program("pg_restore"), "--exit-on-error", "--no-owner", "-d", empty, copy], check=True)
    try:
        yield
    finally:
        server.stop()
        databases.cluster.drop(empty)


def on(page: Page) -> list[str]:
    """The texts that a device holds, in alphabetical order."""
    return sorted(fields["text"] for fields in held(page).values() if "text" in fields)


@pytest.mark.both_databases
def test_f41_yesterdays_backup_restored(both, server, databases, tmp_path) -> None:
    phone, desktop = both
    write(phone, "Yesterday", "In the backup.")
    line(phone, "sent", 0)
    backup = tmp_path / "yesterday"
    assert server.run("backup", str(backup)).returncode == 0
    write(phone, "Today", "Forgotten by the backup.")
    line(phone, "sent", 0)
    send(desktop)
    assert on(desktop) == ["Forgotten by the backup.", "In the backup."]
    server.stop()
    write(phone, "Meanwhile", "Waits on the phone.")
    with yesterday(server, databases, backup):
        assert server.run("restored").returncode == 0
        every = ["Forgotten by the backup.", "In the backup.", "Waits on the phone."]
        seen = [on(phone)]
        server.start()
        phone.goto("/today")
        for _ in range(20):
            told = send(phone)["sync"]
            seen.append(on(phone))
            assert set(every[:2]) <= set(on(desktop))
            if told == "done" and texts(server) == every:
                break
        assert seen == [every] * len(seen)  # also while the server did not know them
        line(phone, "sent", 0)
        assert texts(server) == every
        for _ in range(20):
            told = send(desktop)["sync"]
            assert set(every[:2]) <= set(on(desktop))
            if told == "done" and on(desktop) == every:
                break
        assert on(phone) == on(desktop) == texts(server) == every
        assert held(phone) == held(desktop)
        assert on_server(server, "kept") == []
        desktop.goto("/journal")
        expect(desktop.locator("main")).to_contain_text("Forgotten by the backup.")
