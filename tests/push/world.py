"""A server, a push service and a phone whose browser can subscribe, show and be clicked: all real but Google's part."""
from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from contextlib import ExitStack
from datetime import timedelta
from pathlib import Path
from typing import Any

from playwright.sync_api import Playwright, expect

from tests import browser as finder
from tests import cast
from tests.browser_sign_in import arrive
from tests.databases import Databases
from tests.devices import ARGUMENTS, COMMON, PHONE, WAIT_MS, Console
from tests.processes import Server
from tests.push.gcm import Gcm
from tests.push.notifications import NotificationArea

LEAD_HERE = "from tests.push.world import lead_here; lead_here({port})"


def lead_here(port: int) -> None:
    """In a server's process: what goes to Google's push service goes to the stand-in at this port, and soon."""
    import urllib3

    from mentorlog.outgoing import Outgoing
    from mentorlog.reminders import loop
    loop.LONGEST_PAUSE_SECONDS = 1
    pool = urllib3.HTTPConnectionPool("127.0.0.1", port, maxsize=16)
    Outgoing._pinned = lambda self, parts: pool


class World:
    """Ada's phone and her server. `with World(...) as world:`; the server is up, the browser is not."""

    def __init__(self, folder: Path, databases: Databases, playwright: Playwright, kind: str = "sqlite",
                 fill: Callable[[], Any] = cast.gather) -> None:
        self.folder, self.databases, self.playwright, self.kind, self.fill = folder, databases, playwright, kind, fill
        self.console = Console()
        self.context: Any = None
        self._open = ExitStack()

    def __enter__(self) -> World:
        data = self.folder / "data"
        data.mkdir(mode=0o700)
        self.gcm = self._open.enter_context(Gcm())
        self.area = self._open.enter_context(NotificationArea(self.folder))
        self.url = self._open.enter_context(self.databases.copy(self.kind, data / "mentorlog.db", self.fill))
        self.server = Server(data, DATABASE_URL=self.url)
        self._open.callback(self.server.stop)
        self._open.callback(self.close_browser)
        self.start_server()
        return self

    def __exit__(self, *_: object) -> None:
        self._open.close()
        shutil.rmtree(self.folder / "browser", ignore_errors=True)

    def start_server(self) -> None:
        self.server.start(LEAD_HERE.format(port=self.gcm.port))

    def open_browser(self) -> None:
        """Start the phone's browser cold; its one page is blank."""
        self.context = self.playwright.chromium.launch_persistent_context(
            self.folder / "browser", executable_path=finder.path(), base_url=self.server.url,
            args=[*ARGUMENTS, *self.gcm.arguments], **PHONE, **COMMON,
            # a worker that a push wakes has no page whose time zone Playwright could set
            env={**os.environ, **self.area.environment, "TZ": cast.ZONE})
        self.context.set_default_timeout(WAIT_MS)
        self.console.listen(self.context)
        self.page = self.context.pages[0]

    def close_browser(self) -> None:
        if self.context:
            self.context.close()
        self.context = None

    def sign_in(self) -> None:
        self.open_browser()
        arrive(self.page)

    def remind_me(self) -> None:
        """Allow reminders, as a person does."""
        self.page.goto("/settings/reminders")
        self.page.get_by_role("button", name="Remind me").click()
        expect(self.page.get_by_role("button", name="Send a test")).to_be_visible()

    def rows(self, read: Callable[[], Any]) -> Any:
        """What `read` finds in the server's database."""
        from mentorlog import database
        database.open_database(self.url)
        try:
            with database.db.connection_context():
                return read()
        finally:
            database.close()

    def plan(self, minutes: float, session: str | None = None) -> tuple[str, str]:
        """Ada plans a session so many minutes from now, or moves one there; its id, and its hour on her phone."""
        def write() -> tuple[str, str]:
            from mentorlog import clock, records
            from mentorlog.models import Record
            from mentorlog.sync import apply
            start = clock.parts(clock.now() + timedelta(minutes=minutes), cast.ZONE)
            id = session or records.new_id()
            rev = Record.get_by_id(id).rev if session else None
            change = {"id": records.new_id(), "kind": "session", "record": id, "base": rev,
                      "made_at": clock.iso(clock.now()),
                      "fields": {"starts_on": start["on"], "starts_time": start["time"], "zone": cast.ZONE}}
            outcomes = apply.take(cast.recall().ada, None, [change])
            assert outcomes[change["id"]]["outcome"] == "accepted", outcomes
            return id, start["time"]
        return self.rows(write)
