"""A test to another device: the page that sent it says whether it is there, without being loaded again."""
from __future__ import annotations

import json
import re

import pytest
from playwright.sync_api import expect

from tests import browser as finder
from tests.browser_sign_in import arrive
from tests.devices import DESKTOP
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
