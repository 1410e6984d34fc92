"""Faults of time (F21, F37): a phone whose clock is wrong, and one that lay in a drawer for a year."""
from __future__ import annotations

from datetime import datetime, timedelta

from playwright.sync_api import expect

from mentorlog import clock
from tests import trouble
from tests.browser_sign_in import arrive
from tests.faults.by_http import ByHttp
from tests.hands import (
    DAY_MS,
    LONG_MS,
    clock_can_jump,
    held,
    line,
    on_server,
    rewrite,
    save,
    send,
    set_clock,
    texts,
    write,
)
from tests.sync.asking import change

YEAR = 365
IN_A_YEAR = """
from datetime import timedelta
from mentorlog import clock
right = clock._cut
clock._cut = lambda moment: right(moment + timedelta(days=365))
"""


def on_the_server(server, kind: str) -> dict[str, str]:
    """Record to the instant that orders it."""
    return dict(server.rows(f"SELECT id, at FROM record WHERE kind = '{kind}'"))


def test_f21_clock_three_years_ahead_then_two_behind(at_home, device, lines, server) -> None:
    desktop = device(via=lines())
    arrive(desktop)
    clock_can_jump(at_home)
    address = write(at_home, "Before", "One. Two. Three.")
    start = {"starts_on": "2031-05-06", "starts_time": "15:00", "zone": "Europe/Berlin"}
    session = save(at_home, "session", **start)
    line(at_home, "sent", 0)
    reminders = server.rows("SELECT record, due_at, expires_at, state FROM reminder")
    for days, word in ((3 * YEAR, "ahead"), (-2 * YEAR, "behind")):
        set_clock(at_home, days * DAY_MS)
        at_home.goto("/today")
        write(at_home, f"Written {word}", f"By a clock that is {word}.")
        save(at_home, "session", session, notes=f"Noted {word}.")
        line(at_home, "sent", 0)
    assert send(desktop)["sync"] == "done"
    rewrite(at_home, address, "One, here. Two. Three.")
    rewrite(desktop, "/journal/" + address.rpartition("/")[2], "One. Two. Three, there.")
    for page in (at_home, desktop, at_home):
        page.goto("/today")
        line(page, "sent", 0)
        assert send(page)["sync"] == "done"
    entries = on_the_server(server, "entry")
    right = datetime.now().astimezone()
    assert len(entries) == 3
    assert all(abs(datetime.fromisoformat(at) - right) < timedelta(minutes=10) for at in entries.values())
    assert on_the_server(server, "session") == {session: "2031-05-06T13:00:00.000Z"}
    assert server.rows("SELECT record, due_at, expires_at, state FROM reminder") == reminders != []
    assert "One, here. Two. Three, there." in texts(server)
    for page in (at_home, desktop):
        page.goto("/journal")
        expect(page.locator(".leaf-title")).to_have_text(["Written behind", "Written ahead", "Before"])
    assert held(at_home) == held(desktop)


def test_f37_away_for_a_year(at_home, lines, proxy, server) -> None:
    stays, goes, changes, binned = [save(at_home, "entry", title=word, text=f"{word}.", binned_at=at) for word, at in (
        ("Stays", None), ("Goes", None), ("Changes", None), ("Binned", clock.iso(clock.now())))]
    line(at_home, "sent", 0)
    proxy.breaks(trouble.DOWN)
    write(at_home, "On the island", "Written before the boat came.")
    server.stop()
    server.start(IN_A_YEAR)
    other = ByHttp(server)
    written = [change("entry", text=f"Number {number}. " + "All that happened in a year. " * 20)
               for number in range(1_500)]
    other.send(written)
    ended = [goes, *(one["record"] for one in written[:300])]
    revs = dict(server.rows("SELECT id, rev FROM record"))
    other.send([change("entry", id, stands={"base": revs[id]}, deleted=True) for id in ended])
    other.send([change("entry", changes, stands={"base": revs[changes]}, text="Changes, and how.")])
    proxy.mend()
    before = len(proxy.seen)
    at_home.context.clear_cookies(name="mentorlog")  # it lives for half a year
    at_home.goto("/journal")
    expect(at_home.locator("#line")).to_contain_text("Sign in to send", timeout=LONG_MS)
    arrive(at_home)
    line(at_home, "sent", 0)
    replies = [one for one in proxy.seen[before:] if one.what == "POST /sync" and one.status == 200]
    assert len(replies) > 3 and max(one.down for one in replies) < 100_000
    here = held(at_home)
    assert len(here) == 1_200 + 3 == len(on_server(server))
    assert (here[stays]["text"], here[changes]["text"]) == ("Stays.", "Changes, and how.")
    assert not {binned, *ended} & here.keys()
    assert "Written before the boat came." in texts(server)
    assert at_home.goto(f"/journal/{goes}").status == 404
