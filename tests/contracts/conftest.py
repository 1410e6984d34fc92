"""Two servers and one conversation: Flask in one process, the worker of a real browser in front of another."""
from __future__ import annotations

import shutil
from importlib import import_module
from pathlib import Path

import pytest

from tests.cast import gather
from tests.contracts.conversation import FlaskSide, WorkerSide
from tests.processes import Server
from tests.proxy import FaultProxy


@pytest.fixture
def two(request: pytest.FixtureRequest, tmp_path: Path, databases, device_at):
    """(flask, worker): the same people with the same secrets on two servers; ada is signed in with both.

    What the conversation of a feature finds already is written by its GIVEN; SETTINGS of its servers are its own.
    """
    steps = import_module(f"tests.contracts.steps_{request.node.callspec.params['feature']}")
    folders = [tmp_path / name for name in ("flask", "worker")]
    for folder in folders:
        folder.mkdir(mode=0o700)
    with databases.copy("sqlite", folders[0] / "mentorlog.db", getattr(steps, "GIVEN", gather)):
        shutil.copyfile(folders[0] / "mentorlog.db", folders[1] / "mentorlog.db")
        # where a device can have a worker and has none, Flask's pages offer to fetch it
        settings = {"MENTORLOG_TESTING": "1", "MENTORLOG_REMINDERS": "off"} | getattr(steps, "SETTINGS", {})
        servers = [Server(folder, MENTORLOG_WORKER=worker, **settings).start()
                   for folder, worker in zip(folders, ("off", "on"), strict=True)]
        try:
            with FaultProxy(lambda: servers[1].port) as line:
                yield FlaskSide(servers[0].url), WorkerSide(device_at(line))
        finally:
            for server in servers:
                server.stop()
