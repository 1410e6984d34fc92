"""Fixtures of the suite. Real app, real databases, real browser; each fixture says what it gives.

The parts of mentorlog are imported inside fixtures, so a broken part fails its own tests only. Once `browser` is
in use, an asyncio loop is running in the main thread: a test that needs `asyncio.run` does it in a thread.
"""
from __future__ import annotations

import contextlib
import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from tests import browser as finder
from tests import cast as people
from tests import compiled, postgres
from tests.databases import Databases, kinds, nobody
from tests.devices import (  # noqa: F401 - fixtures
    browser,
    browsers,
    console,
    desktop,
    device,
    device_at,
    engine,
    own_phone,
    patience,
    phone,
    playwright,
)
from tests.processes import Server
from tests.proxy import FaultProxy


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--long", action="store_true", help="also the tests marked long (many more seeds)")
    parser.addoption("--soak-minutes", type=int, default=60, help="how long the soak uses the app, at full speed")
    parser.addoption("--soak-seed", type=int, default=1, help="another seed, another soak")


def pytest_configure(config: pytest.Config) -> None:
    """The product pins its own time zone data; nothing of the machine's settings reaches a test."""
    for name in [name for name in os.environ if name.startswith("MENTORLOG_") or name == "DATABASE_URL"]:
        del os.environ[name]
    compiled.share()


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    long = [item for item in items if item.get_closest_marker("long")]
    if config.getoption("--long"):
        for item in long:
            item.add_marker(pytest.mark.timeout(0))  # a night is theirs
        return
    config.hook.pytest_deselected(items=long)
    items[:] = [item for item in items if item not in long]


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if "kind" in metafunc.fixturenames:
        metafunc.parametrize("kind", kinds(), indirect=True)
    elif "server" in metafunc.fixturenames and metafunc.definition.get_closest_marker("both_databases"):
        metafunc.parametrize("server", kinds(), indirect=True)
    if "engine" in metafunc.fixturenames and metafunc.definition.get_closest_marker("all_engines"):
        metafunc.parametrize("engine", finder.engines(), indirect=True)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """What this machine could not run is said last, with how to get it."""
    if "postgres" not in kinds():
        terminalreporter.write_line(f"Not run, for want of {postgres.HOW_TO_GET}", yellow=True)
    if "firefox" not in finder.engines():
        terminalreporter.write_line(f"Not run, for want of {finder.HOW_TO_GET_FIREFOX}", yellow=True)
    if not shutil.which("dbus-daemon"):
        terminalreporter.write_line("Not run: clicks on real notifications; they need dbus-daemon.", yellow=True)
    elif finder.engines() != finder.showing():
        terminalreporter.write_line(f"Not run, for want of {finder.HOW_TO_SHOW}", yellow=True)


@pytest.fixture(scope="session")
def databases(tmp_path_factory: pytest.TempPathFactory):
    """Maker of databases, see tests/databases.py."""
    made = Databases(tmp_path_factory.mktemp("databases"))
    yield made
    made.close()


@pytest.fixture
def kind(request: pytest.FixtureRequest) -> str:
    """`sqlite` or `postgres`: whatever asks for it, also through another fixture, runs on both."""
    return request.param


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """An empty data folder, as `--data` names it."""
    folder = tmp_path / "data"
    folder.mkdir(mode=0o700)
    return folder


@pytest.fixture
def empty_database(kind: str, databases: Databases, tmp_path: Path):
    """The URL of a database without a table, for the tests of migrations."""
    with databases.empty(kind, tmp_path / "empty.sqlite3") as url:
        yield url


@pytest.fixture
def database_url(kind: str, databases: Databases, data: Path):
    """The URL of a migrated database without people."""
    with databases.copy(kind, data / "mentorlog.db", nobody) as url:
        yield url


@pytest.fixture
def database(database_url: str):
    """The module `mentorlog.database`, open on a migrated database without people."""
    from mentorlog import database
    database.open_database(database_url)
    yield database
    database.close()


@pytest.fixture
def config(data: Path, database_url: str):
    """The settings of `app`."""
    from mentorlog.config import Config
    return Config(data=data, database_url=database_url, secret_key="for tests only", testing=True, packing=5)


@pytest.fixture
def app(config):
    """The Flask app on its own database."""
    from mentorlog import create_app, database
    yield create_app(config)
    database.close()


@pytest.fixture
def cast(request: pytest.FixtureRequest, database_url: str):
    """The people, created in the database of `app` or of `database`, whichever the test uses."""
    request.getfixturevalue("app" if "app" in request.fixturenames else "database")
    return people.gather()


@pytest.fixture
def handset(cast):
    """A device of ada's that syncs and has no page."""
    from tests.sync.asking import a_device
    return a_device(cast.ada, label="Chrome on Android")


@pytest.fixture
def laptop(cast):
    """Another one."""
    from tests.sync.asking import a_device
    return a_device(cast.ada, label="Firefox on Linux")


@pytest.fixture
def clashed(handset, laptop):
    """An entry with two versions, written on both: the change that made it, the id of the kept text."""
    from tests import clashing
    return clashing.clash(handset, laptop, "entry", "text", clashing.OURS, clashing.THEIRS, title="The release",
                          tags=["work"])


@pytest.fixture
def client(app):
    """A browser without JavaScript, signed out. Sign in with `sign_in(client, "ada")` of tests/cast.py."""
    return app.test_client()


@pytest.fixture
def ada(client, cast):
    """Her browser without JavaScript, signed in; it is noon."""
    from mentorlog import clock
    with clock.at(people.NOON):
        yield people.sign_in(client, "ada")


@pytest.fixture
def server(request: pytest.FixtureRequest, databases: Databases, data: Path):
    """A running server process with the cast in it; marks: `both_databases`, `nobody_yet`."""
    kind = getattr(request, "param", "sqlite")
    fill = nobody if request.node.get_closest_marker("nobody_yet") else people.gather
    with databases.copy(kind, data / "mentorlog.db", fill) as url:
        running = Server(data, DATABASE_URL=url)
        try:
            yield running.start()
        finally:
            running.stop()


@pytest.fixture
def lines(server: Server):
    """Maker of more lines to `server`, for devices that are to be cut off one by one."""
    with contextlib.ExitStack() as stack:
        yield lambda: stack.enter_context(FaultProxy(lambda: server.port))


@pytest.fixture
def proxy(lines: Callable[[], FaultProxy]) -> FaultProxy:
    """The line between the devices of a test and `server`; see tests/proxy.py for how to break it."""
    return lines()
