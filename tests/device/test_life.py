"""The device's JavaScript against the server's own sync, in a real browser: lives by seed, all faults of a line."""
from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from flask import Flask, Response

from mentorlog import database
from tests.databases import nobody
from tests.device import server
from tests.device.world import World

SEEDS = 10
MANY_SEEDS = 200


def make_app(world: World, bug: server.Bug | None = None) -> Flask:
    app = server.make_app(bug)
    database.init_app(app)

    @app.post("/door/<any(reset, backup, restore, end, truth):name>")
    def door(name: str) -> Response:
        return server.as_json(world.ask(name, server.body()))

    @app.post("/sync")
    def sync() -> Response:
        status, told = world.ask("sync", server.body())
        return server.as_json(told, status)

    return app


@pytest.fixture(scope="module")
def lives(browser, databases, page_rows, tmp_path_factory) -> Iterator[Any]:
    """A page in which lives are lived, against a server of their own."""
    with databases.copy("sqlite", tmp_path_factory.mktemp("lives") / "lives.sqlite3", nobody) as url:
        database.open_database(url)
        with server.serving(make_app(World())) as address:
            page = browser.new_page()
            page.goto(address)
            yield page
            page.close()
        database.close()


def live(page: Any, first: int, count: int) -> dict[str, int]:
    return page.evaluate("([first, count]) => import('/cases/t/life.js').then(({ live }) => live(first, count))",
                         [first, count])


def test_nothing_is_lost_nothing_stands_twice_and_all_agree(lives):
    happened = live(lives, 1, SEEDS)
    for name in ("old form", "back", "lost reply", "duplicate", "killed", "aborted save", "restore", "413"):
        assert happened.get(name), f"no life had: {name}; {happened}"


@pytest.mark.long
def test_many_lives(lives):
    for first in range(1_000, 1_000 + MANY_SEEDS, 10):
        live(lives, first, 10)
