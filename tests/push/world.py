"""A server, a push service and a phone whose browser can subscribe, show and be clicked; the service alone is ours."""
from __future__ import annotations

import shutil
from collections.abc import Callable
from contextlib import ExitStack
from datetime import timedelta
from pathlib import Path
from typing import Any

from playwright.sync_api import Playwright, expect

from tests import cast
from tests.browser_sign_in import ARRIVE_MS, arrive
from tests.databases import Databases
from tests.devices import Console
from tests.processes import Server
from tests.push import phones
from tests.push.hours import said_at
from tests.push.notifications import NotificationArea

PAUSE_MS, PAUSES = 50, 400
LEAD_HERE = "from tests.push.world import lead_here; lead_here({port})"


def lead_here(port: int) -> None:
    """In a server's process: what goes to a browser's push service goes to the stand-in at this port, and soon."""
    import urllib3

    from mentorlog.outgoing import Outgoing
    from mentorlog.reminders import loop
    loop.LONGEST_PAUSE_SECONDS = 1
    pool = urllib3.HTTPConnectionPool("127.0.0.1", port, maxsize=16)
    Outgoing._pinned = lambda self, parts: pool


class World:
    """Ada's phone and her server. `with World(...) as world:`; the server is up, the browser is not."""

    def __init__(self, folder: Path, databases: Databases, playwright: Playwright, kind: str = "sqlite",
                 fill: Callable[[], Any] = cast.gather, engine: str = "chromium") -> None:
        self.folder, self.databases, self.playwright, self.kind, self.fill = folder, databases, playwright, kind, fill
        self.engine = engine
        self.console = Console()
        self.context: Any = None
        self._open = ExitStack()

    def __enter__(self) -> World:
        data = self.folder / "data"
        data.mkdir(mode=0o700)
        self.service = self._open.enter_context(phones.SERVICES[self.engine]())
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
        self.server.start(LEAD_HERE.format(port=self.service.port))

    def open_browser(self) -> None:
        """Start the phone's browser cold; its one page is blank."""
        self.context = phones.start(self.playwright, self.service, self.area, self.folder / "browser", self.server.url)
        self.console.listen(self.context)
        self.page = self.context.pages[0]

    def close_browser(self) -> None:
        if self.context:
            self.context.close()
        self.context = None

    def sign_in(self) -> None:
        self.open_browser()
        arrive(self.page)

    def permit(self, allowed: bool) -> None:
        """Let the app notify, or not any more; returns when its page knows."""
        phones.permit(self.context, self.service, self.server.url, allowed)
        if self.page.url.startswith(self.server.url):
            self.until(lambda: self.page.evaluate("Notification.permission === 'granted'") == allowed)

    def lose_subscription(self) -> None:
        """The subscription ends as the browser says so by itself: its push service was set up anew, or a person
        blocked the app and thought better of it."""
        if self.engine == "firefox":
            return self.service.forget()
        self.permit(False)
        self.service.wait(lambda: not self.service.subscriptions)
        return self.permit(True)

    def until(self, true: Callable[[], Any]) -> None:
        """Let the browser go on until it is true."""
        for _ in range(PAUSES):
            if true():
                return
            self.page.evaluate(f"new Promise(done => setTimeout(done, {PAUSE_MS}))")
        raise AssertionError("it never came true")

    def remind_me(self) -> None:
        """Allow reminders, as a person does."""
        self.page.goto("/settings/reminders")
        self.permit(True)
        self.page.get_by_role("button", name="Remind me").click()
        # the first time a browser makes itself known to its push service before it subscribes
        expect(self.page.get_by_role("button", name="Send a test", exact=True)).to_be_visible(timeout=ARRIVE_MS)

    def rows(self, read: Callable[[], Any]) -> Any:
        """What `read` finds in the server's database."""
        from mentorlog import database
        database.open_database(self.url)
        try:
            with database.db.connection_context():
                return read()
        finally:
            database.close()

    def subscriptions(self) -> list[tuple[str, str]]:
        """Where the server sends: endpoint and the name of the key."""
        from mentorlog.models import Subscription
        return self.rows(lambda: [(row.endpoint, row.key_id) for row in Subscription.select()])

    def deliveries(self, session: str) -> list[tuple[str, int]]:
        """How the reminders of a session stand: their outcome, and in how many minutes they go again."""
        def find() -> list[tuple[str, int]]:
            from mentorlog import clock
            from mentorlog.models import Delivery, Reminder
            rows = Delivery.select().join(Reminder).where(Reminder.record == session)
            return [(row.outcome, round((row.next_at - clock.now()).total_seconds() / 60)) for row in rows]
        return self.rows(find)

    def push(self, text: str) -> None:
        """A push in the name of the server that says this, whatever it is."""
        from mentorlog.models import Subscription
        from mentorlog.outgoing import PUSH_HOSTS, Outgoing
        from mentorlog.push.keys import load_keys
        from mentorlog.push.sending import Sender
        keys = load_keys(self.server.data, "mailto:ops@example.org")
        sender = Sender(keys, Outgoing(PUSH_HOSTS, connect=self.service.connect))

        def send() -> int:
            row = Subscription.get()
            _, headers = sender.message(row, {}, ttl=60)
            return sender.outgoing.post(row.endpoint, sender.encrypt(text.encode(), row), headers).status
        assert self.rows(send) == 201

    def plan(self, minutes: float, session: str | None = None, **fields: Any) -> tuple[str, str]:
        """Ada plans a session so many minutes from now, or moves one there; its id and its hour as it is said."""
        def write() -> tuple[str, str]:
            from mentorlog import clock, records
            begins = clock.now() + timedelta(minutes=minutes)
            start = clock.parts(begins, cast.ZONE)
            id = session or records.new_id()
            change("session", id, starts_on=start["on"], starts_time=start["time"], zone=cast.ZONE, **fields)
            return id, said_at(begins, cast.ZONE)
        return self.rows(write)

    def meet(self, **fields: Any) -> str:
        """Ada writes a card of a mentor; its id."""
        from mentorlog import records
        id = records.new_id()
        self.rows(lambda: change("partner", id, **fields))
        return id

    def name_things(self, lock_screen: str) -> None:
        """Whether a lock screen may say with whom: "full", or "neutral"."""
        def write() -> None:
            from mentorlog import records
            change("settings", records.name_id(cast.recall().ada.names, "settings"), lock_screen=lock_screen)
        self.rows(write)

    def hush(self, *minutes: float) -> list[str]:
        """Ada has quiet hours from so many minutes from now until so many, or none any more; their two wall times."""
        def write() -> list[str]:
            from mentorlog import clock, records
            hours = [clock.parts(clock.now() + timedelta(minutes=far), cast.ZONE)["time"] for far in minutes]
            start, end = hours or (None, None)
            settings = records.name_id(cast.recall().ada.names, "settings")
            change("settings", settings, quiet_from=start, quiet_until=end)
            return hours
        return self.rows(write)


def change(kind: str, record: str, **fields: Any) -> None:
    """Ada changes a record, or makes it, as by a device of hers; in the open database."""
    from mentorlog import clock, records
    from mentorlog.models import Record
    from mentorlog.sync import apply
    row = Record.get_or_none(Record.id == record)
    made = {"id": records.new_id(), "kind": kind, "record": record, "base": row.rev if row else None,
            "made_at": clock.iso(clock.now()), "fields": fields}
    outcomes = apply.take(cast.recall().ada, None, [made])
    assert outcomes[made["id"]]["outcome"] == "accepted", outcomes
