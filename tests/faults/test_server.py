"""Faults of the server (F39, F40, F42 to F45): killed at the worst moment, raising on one change."""
from __future__ import annotations

import os
import re

import pytest
from playwright.sync_api import expect

from tests.browser_sign_in import arrive
from tests.databases import kinds
from tests.hands import done, held, line, on_server, open_form, rewrite, send, texts, write

ON_POSTGRES = pytest.mark.parametrize("server", [kind for kind in kinds() if kind == "postgres"], indirect=True)

BEFORE_COMMIT = """
import os
from mentorlog.sync.batch import Batch
was = Batch.write
def write(batch):
    was(batch)
    os.kill(os.getpid(), 9)
Batch.write = write
"""
AFTER_COMMIT = """
import os, mentorlog.near as near
def answer(*given, **named):
    os.kill(os.getpid(), 9)
near.answer = answer
"""
HELD_UP = """
from mentorlog.sync.batch import Batch
was = Batch.write
def write(batch):
    was(batch)
    if any(record.fields.get("title") == "First" for record in batch.records.values()):
        print("held up before the commit", flush=True)
        open("{gate}").read()
Batch.write = write
"""
LOST_ONCE = """
from mentorlog.database import db
from mentorlog.sync.batch import Batch
was = Batch.write
def write(batch):
    Batch.write = was
    was(batch)
    db.execute_sql("SELECT pg_terminate_backend(pg_backend_pid())")
Batch.write = write
"""
POISON = """
import mentorlog.sync.judge as judge
was = judge.judge
def raising(batch, change):
    if change.fields.get("title") == "Poison":
        raise ZeroDivisionError("a fault of ours")
    return was(batch, change)
judge.judge = raising
import mentorlog.sync.apply as apply
apply.judge = raising
"""


@pytest.mark.both_databases
@pytest.mark.parametrize("moment", ["before the commit", "after the commit"])
def test_f39_f40_killed_around_the_commit(at_home, server, moment: str) -> None:
    server.stop()
    write(at_home, "Receipt", "Sent again, stands once.")
    server.start(BEFORE_COMMIT if moment == "before the commit" else AFTER_COMMIT)
    send(at_home)
    server.wait_until_dead()
    server.start()
    line(at_home, "sent", 0)
    assert texts(server) == ["Sent again, stands once."]


@ON_POSTGRES
def test_f42_the_second_to_begin_is_ready_first(both, device, lines, proxy, server, tmp_path) -> None:
    phone, desktop = both
    tablet = device(via=lines())
    arrive(tablet)
    os.mkfifo(gate := tmp_path / "gate")
    server.stop()
    server.start(HELD_UP.format(gate=gate))
    write(phone, "First", "Begun first.")
    server.wait_for_line("held up before the commit")
    asked = proxy.count("POST /sync")
    write(desktop, "Second", "Begun second.")
    proxy.wait_until_asked("POST /sync", asked + 2)
    assert send(tablet)["sync"] == "done"
    gate.write_text("go on")
    for page in (phone, desktop):
        line(page, "sent", 0)
    assert send(tablet)["sync"] == "done"
    assert sorted(fields["title"] for fields in held(tablet).values()) == ["First", "Second"]


@ON_POSTGRES
def test_f43_connection_lost_in_a_transaction_and_database_restarted(at_home, server, databases) -> None:
    url = server.settings["DATABASE_URL"]
    server.stop()
    server.start(LOST_ONCE)
    write(at_home, "In a transaction", "Its connection was lost before the commit.")
    line(at_home, "sent", 0)
    write(at_home, "Between two", "The connections were lost behind its back.")
    line(at_home, "sent", 0)
    databases.cluster.cut(url)
    write(at_home, "After them", "On new connections.")
    line(at_home, "sent", 0)
    databases.cluster.shut(url)
    write(at_home, "Restart", "Nobody was there.")
    assert send(at_home)["sync"] == "later"
    line(at_home, "waiting", 1)
    databases.cluster.open(url)
    at_home.goto("/waiting")
    expect(at_home.locator("main")).to_contain_text("asked to be left alone until")
    at_home.get_by_role("button", name="Send now").click()  # the server wants half a minute
    line(at_home, "sent", 0)
    assert texts(server) == ["Its connection was lost before the commit.", "Nobody was there.", "On new connections.",
                             "The connections were lost behind its back."]


@pytest.mark.both_databases
def test_f44_one_change_makes_the_server_raise(at_home, server) -> None:
    server.stop()
    for title in ("Before", "Poison", "After"):
        write(at_home, title, f"{title}.")
    server.start(POISON)
    send(at_home)
    line(at_home, "refused", 1)
    assert texts(server) == ["After.", "Before."]
    at_home.goto("/waiting")
    expect(at_home.locator("main")).to_contain_text("fault of ours, not of your text")
    expect(at_home.locator("main")).to_contain_text("Poison")
    server.stop()
    server.start()  # mended
    at_home.get_by_role("button", name="Send again").click()
    line(at_home, "sent", 0)
    assert texts(server) == ["After.", "Before.", "Poison."]


REFUSE_LONG = """
import mentorlog.records.kind as kind
from mentorlog.errors import Refused
import mentorlog.sync.judge as judge
was = judge.judge
def refusing(batch, change):
    if "swearword" in change.fields.get("text", ""):
        raise Refused("no", "text", "invalid")
    return was(batch, change)
judge.judge = refusing
import mentorlog.sync.apply as apply
apply.judge = refusing
"""


def ending(text: str) -> re.Pattern[str]:
    """A change with all its words, the last of which are these."""
    return re.compile(re.escape(text) + "$")


def test_f45_refused_then_two_more_on_the_same_record(at_home, server) -> None:
    server.stop()
    address = write(at_home, "Three", "A swearword.")
    rewrite(at_home, address, "A swearword, longer.")
    rewrite(at_home, address, "A swearword, even longer.")
    server.start(REFUSE_LONG)
    send(at_home)
    at_home.goto("/waiting")
    line(at_home, "refused", 3)
    wrong = ["A swearword.", "A swearword, longer.", "A swearword, even longer."]
    for number, said in enumerate(wrong):
        expect(at_home.locator(".change .own.pre")).to_have_text([ending(text) for text in wrong[number:]])
        at_home.get_by_role("link", name="Edit and send").first.click()
        expect(at_home.get_by_label("Text", exact=True)).to_have_value(said)
        at_home.get_by_label("Text", exact=True).fill(said.replace("swear", ""))
        at_home.get_by_role("button", name="Send it").click()
        left = len(wrong) - number - 1
        line(at_home, "refused" if left else "sent", left)
        assert texts(server) == [said.replace("swear", "")]
    assert on_server(server, "kept") == []


def test_f45_what_was_refused_is_discarded_one_by_one(at_home, server) -> None:
    server.stop()
    address = write(at_home, "Two", "A swearword.")
    rewrite(at_home, address, "A swearword, longer.")
    server.start(REFUSE_LONG)
    send(at_home)
    at_home.goto("/waiting")
    for left in (1, 0):
        at_home.get_by_role("link", name="Discard").first.click()
        at_home.get_by_role("button", name="Discard it").click()
        expect(at_home.get_by_role("heading", name="Waiting")).to_be_visible()
        line(at_home, "refused" if left else "sent", left)
    assert texts(server) == []


def test_refused_text_that_is_mended_in_two_tabs_loses_neither(at_home, server) -> None:
    server.stop()
    write(at_home, "Two tabs", "A swearword.")
    server.start(REFUSE_LONG)
    send(at_home)
    at_home.goto("/waiting")
    line(at_home, "refused", 1)
    at_home.get_by_role("link", name="Edit and send").click()
    other = at_home.context.new_page()
    other.goto(at_home.url)
    for page, text in ((at_home, "A word."), (other, "Another word.")):
        page.get_by_label("Text", exact=True).fill(text)
        page.get_by_role("button", name="Send it").click()
        expect(page.get_by_role("heading", name="Waiting")).to_be_visible()
        if page is other:
            expect(page.locator(".toasts")).to_contain_text("changed elsewhere")
        line(page, "sent", 0)
    assert [texts(server), [one["text"] for one in on_server(server, "kept")]] == [["A word."], ["Another word."]]
    other.goto("/waiting")
    expect(other.locator("main")).to_contain_text("Another word.")


def test_form_opened_on_what_was_refused_loses_neither(at_home, server) -> None:
    server.stop()
    address = write(at_home, "Left open", "One sentence. A swearword.")
    server.start(REFUSE_LONG)
    send(at_home)
    line(at_home, "refused", 1)
    other = at_home.context.new_page()
    open_form(other, f"{address}/edit")
    at_home.goto("/waiting")
    at_home.get_by_role("link", name="Edit and send").click()
    at_home.get_by_label("Text", exact=True).fill("One sentence. A word.")
    at_home.get_by_role("button", name="Send it").click()
    line(at_home, "sent", 0)
    server.stop()
    server.start()  # mended, too: it takes what it refused
    other.get_by_label("Text", exact=True).fill("One sentence, changed. A swearword.")
    done(other)
    expect(other.locator(".toasts")).to_contain_text("changed elsewhere")
    line(other, "sent", 0)
    assert texts(server) == ["One sentence, changed. A word."]


def test_f14_tab_killed_while_what_was_refused_is_mended(at_home, server) -> None:
    entry = write(at_home, "Killed", "A word.")
    line(at_home, "sent", 0)
    server.stop()
    rewrite(at_home, entry, "A swearword.")
    server.start(REFUSE_LONG)
    send(at_home)
    at_home.goto("/waiting")
    line(at_home, "refused", 1)
    at_home.get_by_role("link", name="Edit and send").click()
    address, text = at_home.url, at_home.get_by_label("Text", exact=True)
    text.fill("Half of a better one.")
    expect(at_home.locator("[data-draft-state]")).to_contain_text("not finished")
    at_home.close(run_before_unload=False)
    again = at_home.context.new_page()
    again.goto(address)
    expect(again.get_by_label("Text", exact=True)).to_have_value("Half of a better one.")
    expect(again.locator("[data-draft-notice]")).to_contain_text("is back")
    again.goto("/waiting")
    again.get_by_role("link", name="Discard").click()
    again.get_by_role("button", name="Discard it").click()
    again.get_by_role("link", name="Go on").click()  # what it was to mend is gone: it goes on top of the page
    expect(again.get_by_label("Text", exact=True)).to_have_value("Half of a better one.")
    again.get_by_role("button", name="Send it").click()
    expect(again.get_by_role("heading", name="Waiting")).to_be_visible()
    expect(again.get_by_role("link", name="Go on")).to_have_count(0)
    line(again, "sent", 0)
    assert texts(server) == ["Half of a better one."]
