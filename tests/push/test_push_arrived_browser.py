"""A test to another device: the page that sent it says whether it is there, without being loaded again.

And where nothing arrives any more, as a reminder found: the next start of that browser mends it.
"""
from __future__ import annotations

import json
import re

import pytest
from playwright.sync_api import expect

from mentorlog.models import Device, Subscription
from tests import browser as finder
from tests.browser_sign_in import arrive
from tests.cast import recall
from tests.devices import DESKTOP
from tests.push.test_push_browser import UNREACHED
from tests.push.world import World

pytestmark = pytest.mark.usefixtures("patience")


@pytest.fixture(scope="module", params=finder.showing())
def world(request, tmp_path_factory, databases, playwright):
    """Ada's phone, signed in, with reminders allowed, and no page open."""
    with World(tmp_path_factory.mktemp("push"), databases, playwright, engine=request.param) as made:
        made.sign_in()
        made.remind_me()
        made.page.goto("about:blank")
        yield made
        assert not made.console.unexpected(), made.console.unexpected()


@pytest.fixture
def desk(world, browsers, console):
    """The reminders' page at her desk, and on it the row of the phone."""
    context = browsers(world.engine).new_context(base_url=world.server.url, **DESKTOP, timezone_id="Europe/Berlin")
    console.listen(context)
    page = context.new_page()
    arrive(page)
    page.goto("/settings/reminders")
    yield page.locator("#elsewhere li").filter(has_text="Gets reminders")
    context.close()


def test_test_is_shown_also_where_the_server_does_not_know_it_or_is_not_reached(world):
    def test(title: str) -> None:
        world.push(json.dumps({"notification": {"title": title, "tag": title, "data": {"test": "none of ours"}}}))
        world.area.wait(title)
    test("Not known")
    world.server.stop()
    test("Not reached")
    world.start_server()
    world.area.clear()


@pytest.fixture
def laptop(world):
    """One more device of hers, to which a test was sent just now; what signs it out."""
    def make() -> str:
        from mentorlog import clock
        now = clock.now()
        made = Device.create(
            person=recall().ada.id, secret_hash="laptop", label="Opera on Windows", zone="Europe/Berlin", seen_at=now)
        Subscription.create(
            device=made, endpoint="https://example.org/laptop", p256dh="", auth="", key_id="", test="one",
            test_sent_at=now, test_taken_at=now)
        return made.id
    id = world.rows(make)
    yield lambda: world.rows(Device.update(ended_at=Device.created_at).where(Device.id == id).execute)
    world.rows(Device.delete().where(Device.id == id).execute)


@pytest.fixture
def row(desk, laptop, console):
    """What the desk says of the laptop; it asks again and again."""
    for said in (*UNREACHED, "Failed to load resource: "):
        console.allow(said)
    desk.page.reload()
    said = desk.page.get_by_role("listitem").filter(has_text="Opera on Windows").get_by_role("status")
    expect(said).to_contain_text("not arrived")
    expect(said).to_have_attribute("data-hx-trigger", "every 2s")
    return said


def test_row_of_a_device_that_was_signed_out_says_so_and_asks_no_more(row, laptop):
    laptop()
    expect(row).to_have_text("It was signed out: whether it arrived is not known here.")
    expect(row).not_to_have_attribute("data-hx-trigger", "every 2s")


def test_row_that_the_server_does_not_answer_says_so_and_asks_no_more(world, row):
    world.server.stop()
    expect(row).to_have_text("The server does not answer: whether it arrived is not known here.")
    expect(row).not_to_have_attribute("data-hx-trigger", "every 2s")
    world.start_server()


def test_page_says_that_a_test_arrived_on_another_device_and_that_the_next_one_does_not(world, desk):
    desk.get_by_role("button", name="Send a test").click()
    world.area.wait("This is a test")
    said = desk.get_by_role("status")
    expect(said).to_have_text(re.compile(r"^The test arrived at \d\d:\d\d, \d+ seconds? after it was sent\.$"))
    assert world.area.history == ["This is a test"]
    world.close_browser()
    desk.get_by_role("button", name="Again").click()
    expect(said).to_have_text(re.compile(r"^Its push service took the test at .* It has not arrived yet\.$"))
    expect(said).to_have_text(re.compile(r"has not arrived\. Its browser may be closed\. Opened now"))
    world.open_browser()
    expect(said).to_have_text(re.compile(r"^The test arrived at"))


def test_f50_address_that_a_reminder_found_dead_is_replaced_at_the_next_start(world):
    [(before, _)] = world.subscriptions()
    world.service.expire(before, 410)
    world.plan(20)
    world.until(lambda: world.subscriptions() == [])
    world.page.goto("/today")
    world.until(lambda: [endpoint for endpoint, _ in world.subscriptions()] not in ([], [before]))
    hour = world.plan(25)[1]
    world.area.wait(f"You have something {hour}")
