"""Push on a real phone's browser: asked for by a tap, shown, clicked, renewed. One phone, in the order of its life."""
from __future__ import annotations

import json
import re

import pytest
from playwright.sync_api import expect

from mentorlog.models import Subscription
from tests import browser as finder
from tests.push.world import World

# What the browsers say of a page's requests while its server is stopped.
UNREACHED = ("^NetworkError when attempting to fetch", "^Manifest: Line: 1, column: 1, Syntax error")
HOUR = "You have something {}"
# What a page says without permission, and how that is sent away. Chromium has refused the app then; Firefox asks again.
GIVEN_UP = {"chromium": "This phone does not remind you", "firefox": "Shall this phone remind you?"}
ENOUGH = {"chromium": "Go without", "firefox": "Not now"}


@pytest.fixture(scope="module", params=finder.showing())
def world(request, tmp_path_factory, databases, playwright):
    """Ada's phone, signed in, with reminders allowed."""
    with World(tmp_path_factory.mktemp("push"), databases, playwright, engine=request.param) as made:
        for words in UNREACHED:
            made.console.allow(words)
        made.sign_in()
        made.remind_me()
        yield made
        assert not made.console.unexpected(), made.console.unexpected()


@pytest.fixture
def page(world, patience):
    """Its one window, on Today, with nothing on the screen before it."""
    world.area.clear()
    for other in world.context.pages[1:]:
        other.close()
    world.page.goto("/today")
    return world.page


def test_nothing_is_asked_before_the_tap(world, page):
    page.goto("/settings/reminders")
    page.get_by_role("button", name="Stop here").click()
    expect(page.get_by_role("heading", name="Shall this phone remind you?")).to_be_visible()
    assert world.subscriptions() == []
    page.reload()
    world.remind_me()
    assert len(world.subscriptions()) == 1


def test_test_arrives_and_the_page_says_so(world, page):
    page.goto("/settings/reminders")
    page.get_by_role("button", name="Send a test").click()
    world.area.wait("This is a test")
    expect(page.get_by_text("push service took it at")).to_be_visible()
    said = page.locator("[data-remind-words]")
    expect(said).to_contain_text("The test arrived at")
    world.until(lambda: world.rows(lambda: Subscription.get().test_arrived_at))
    page.reload()
    expect(said).to_have_text(re.compile(r"^The test arrived at \d\d:\d\d, \d+ seconds? after it was sent\.$"))


def test_test_with_no_network_says_that_it_needs_it(world, page):
    page.goto("/settings/reminders")
    world.server.stop()
    page.get_by_role("button", name="Send a test").click()
    expect(page.get_by_text("A test needs the network")).to_be_visible()
    world.start_server()


@pytest.mark.parametrize("status", [404, 410])
def test_f50_address_that_is_dead_is_replaced_and_the_page_says_so(world, page, status):
    [(before, _)] = world.subscriptions()
    page.goto("/settings/reminders")
    world.service.expire(before, status)
    page.get_by_role("button", name="Send a test").click()
    expect(page.get_by_text("It has a new one now: send the test again")).to_be_visible()
    [(after, _)] = world.subscriptions()
    assert after != before
    world.push('{"notification": {"title": "Here again"}}')  # the button has a limit of five a minute
    world.area.wait("Here again")


def test_reminder_betrays_nothing_and_a_tap_opens_the_session(world, page):
    session, hour = world.plan(20)
    shown = world.area.wait(HOUR.format(hour))
    world.area.click(shown)
    page.wait_for_url(f"/sessions/{session}")
    expect(page.get_by_role("heading", name="Agenda")).to_be_visible()
    assert len(world.context.pages) == 1
    assert world.area.history == [HOUR.format(hour)]
    assert world.area.shown == {}


def test_snoozed_it_goes_and_comes_again_later_with_no_page_open(world, page):
    page.goto("about:blank")
    session, hour = world.plan(25)
    shown = world.area.wait(HOUR.format(hour))
    world.area.press(shown, "Snooze 10 minutes")
    world.until(lambda: world.area.shown == {})
    assert world.deliveries(session) == [("", 10)]


def test_snoozed_with_no_network_it_stays_and_says_so(world, page):
    session, hour = world.plan(25)
    shown = world.area.wait(HOUR.format(hour))
    world.until(lambda: world.deliveries(session)[0][0] == "sent")
    world.server.stop()
    world.area.press(shown, "Snooze 10 minutes")
    world.until(lambda: "It stays here" in world.area.bodies[-1])
    assert list(world.area.shown.values()) == [HOUR.format(hour)]
    world.start_server()
    world.area.press([*world.area.shown][-1], "Snooze 10 minutes")
    world.until(lambda: world.area.shown == {})
    assert world.deliveries(session) == [("", 10)]


def test_snoozed_when_signed_out_it_says_that_and_keeps_the_way_out(world, page, named):
    _, hour = world.plan(25, partner=named, channel="video")
    shown = world.area.wait(f"Session with R. O. {hour}")
    page.goto("about:blank")
    cookies = world.context.cookies()
    world.context.clear_cookies()
    world.area.press(shown, "Snooze 10 minutes")
    world.until(lambda: "you are signed out on this device" in world.area.bodies[-1])
    assert world.area.bodies[-1].endswith("Sign in again. It stays here. If it isn't working: phone +49 30 1234567.")
    world.context.add_cookies(cookies)


def test_what_begins_before_that_stays_and_says_so(world, page):
    session, hour = world.plan(9)
    shown = world.area.wait(HOUR.format(hour))
    world.until(lambda: world.deliveries(session)[0][0] == "sent")
    world.area.press(shown, "Snooze 10 minutes")
    world.until(lambda: "begins before" in world.area.bodies[-1])
    assert world.deliveries(session)[0][0] == "sent"


def test_snoozed_into_quiet_hours_it_says_quietly_when_it_comes_instead(world, page, quiet):
    session, hour = world.plan(29)
    shown = world.area.wait(HOUR.format(hour))
    world.until(lambda: world.deliveries(session)[0][0] == "sent")
    world.area.press(shown, "Snooze 10 minutes")
    world.until(lambda: f"It comes again at {quiet}" in world.area.bodies[-1])
    assert world.area.bodies[-1].endswith(", after your quiet hours.")
    [(last, title)] = world.area.shown.items()
    assert (title, world.area.sounds[-1]) == (HOUR.format(hour), False)
    assert "Snooze 10 minutes" not in world.area.actions[last] and "It isn't working" in world.area.actions[last]
    assert world.deliveries(session)[0][0] == ""


def test_it_is_not_working_opens_the_way_out(world, page):
    session, hour = world.plan(20)
    world.area.press(world.area.wait(HOUR.format(hour)), "It isn't working")
    page.wait_for_url(f"/sessions/{session}/fallback")
    assert world.area.shown == {}


def test_page_that_it_opens_offers_the_same_as_its_buttons(world, page):
    session, hour = world.plan(25)
    shown = world.area.wait(HOUR.format(hour))
    world.until(lambda: world.deliveries(session)[0][0] == "sent")
    world.area.click(shown)
    page.get_by_role("button", name="Snooze 10 minutes").click()
    expect(page.get_by_text("It comes again at")).to_be_visible()
    assert page.url.endswith(f"/sessions/{session}")
    assert world.deliveries(session) == [("", 10)]


def test_page_that_it_opens_offers_the_way_out_before_its_own_button_does(world, page):
    session, hour = world.plan(25)
    shown = world.area.wait(HOUR.format(hour))
    world.area.click(shown)
    expect(page.get_by_role("button", name="Snooze 10 minutes")).to_be_visible()
    assert page.get_by_role("main").get_by_role("link", name="It isn’t working").count() == 0
    page.locator("#toasts").get_by_role("link", name="It isn’t working").click()
    expect(page.get_by_role("dialog", name="It isn’t working")).to_be_visible()
    assert page.url.endswith(f"/sessions/{session}")


def test_moved_session_takes_the_place_of_what_was_shown(world, page):
    session, hour = world.plan(20)
    world.area.wait(HOUR.format(hour))
    _, moved_to = world.plan(25, session)
    world.area.wait(HOUR.format(moved_to))
    assert list(world.area.shown.values()) == [HOUR.format(moved_to)]


def test_with_no_window_of_the_app_a_tap_opens_one(world, page):
    page.goto("about:blank")
    session, hour = world.plan(20)
    shown = world.area.wait(HOUR.format(hour))
    with world.context.expect_page() as opened:
        world.area.click(shown)
    opened.value.wait_for_url(f"/sessions/{session}")


@pytest.mark.parametrize("text", [
    " ", "not JSON", "{}", '{"notification": {}}', '{"notification": {"title": "x", "dir": "sideways"}}'])
def test_push_that_cannot_be_read_shows_something_all_the_same(world, page, text):
    world.push(text)
    world.area.wait("You have something in mentorlog")


def test_f47_same_reminder_again_makes_no_sound_and_another_hour_does(world, page):
    def standing():
        return page.evaluate("""async () => (await (await navigator.serviceWorker.ready).getNotifications())
            .map(one => one.title)""")
    for number, hour in enumerate(["15:00", "15:00", "16:00"], 1):
        world.push(json.dumps({"notification": {
            "title": f"At {hour}, {number}", "tag": "session-1", "data": {"due": hour}}}))
        world.area.wait(f"At {hour}, {number}")
        world.until(lambda title=f"At {hour}, {number}": standing() == [title] == list(world.area.shown.values()))
    assert world.area.sounds == [True, False, True]


def test_tap_leads_to_our_own_site_whatever_the_push_says(world, page):
    world.push('{"notification": {"title": "x", "tag": "x", "navigate": "https://evil.example/goals"}}')
    world.area.click(world.area.wait("x"))
    page.wait_for_url(f"{world.server.url}/goals")


def test_f50_lost_subscription_is_made_anew_at_the_next_start(world, page):
    [(before, _)] = world.subscriptions()
    page.evaluate("""async () => (await (await navigator.serviceWorker.ready).pushManager.getSubscription())
        .unsubscribe()""")
    page.evaluate("sessionStorage.clear()")
    page.reload()
    token = before.rpartition("/")[2]
    world.service.wait(lambda: len(world.service.subscriptions) == 1 and token in world.service.gone)
    page.goto("/settings/reminders")
    expect(page.get_by_role("button", name="Send a test")).to_be_visible()
    [(after, _)] = world.subscriptions()
    assert after != before


def test_f50_server_with_a_new_key_gets_a_new_subscription(world, page):
    [(before, key)] = world.subscriptions()
    world.server.stop()
    (world.server.data / "vapid.pem").rename(world.server.data / "vapid-old.pem")
    world.start_server()
    page.evaluate("sessionStorage.clear()")
    page.goto("/settings/reminders")
    expect(page.get_by_role("button", name="Send a test")).to_be_visible()
    [(after, new_key)] = world.subscriptions()
    assert (after != before, new_key != key) == (True, True)
    page.get_by_role("button", name="Send a test").click()
    world.area.wait("This is a test")


def test_browser_that_was_closed_shows_it_once_when_it_is_opened_and_a_tap_leads_there(world, page):
    world.close_browser()
    session, hour = world.plan(20)
    world.service.wait(world.service.stored)
    world.open_browser()
    shown = world.area.wait(HOUR.format(hour))
    assert world.area.history == [HOUR.format(hour)]
    world.service.wait(lambda: not world.service.stored())
    with world.context.expect_page() as opened:
        world.area.click(shown)
    opened.value.wait_for_url(f"/sessions/{session}")


def test_subscription_that_the_browser_replaced_is_told_with_no_page_open(world, page):
    [(before, _)] = world.subscriptions()
    page.goto("about:blank")
    world.lose_subscription()
    world.until(lambda: [before] != [endpoint for endpoint, _ in world.subscriptions()])
    _, hour = world.plan(20)
    world.area.wait(HOUR.format(hour))


def test_f50_permission_that_was_taken_back_is_said_at_once_and_when_it_is_given_again(world, page):
    page.goto("/settings/reminders")
    expect(page.get_by_role("button", name="Send a test")).to_be_visible()
    world.permit(False)
    expect(page.get_by_role("heading", name=GIVEN_UP[world.engine])).to_be_visible()
    world.service.wait(lambda: not world.service.subscriptions)
    world.until(lambda: world.subscriptions() == [])
    world.permit(True)
    expect(page.get_by_role("button", name="Send a test")).to_be_visible()
    assert len(world.subscriptions()) == 1


def test_f50_session_says_that_no_reminder_comes_until_that_is_read(world, page):
    session, hour = world.plan(20)
    world.area.wait(HOUR.format(hour))
    world.permit(False)
    page.goto(f"/sessions/{session}")
    card, said = page.locator("[data-remind]"), page.get_by_role("heading", name=GIVEN_UP[world.engine])
    expect(said).to_be_visible()
    page.get_by_role("button", name=ENOUGH[world.engine]).click()
    expect(said).to_be_hidden()
    page.reload()
    expect(card).to_have_attribute("data-state", "denied" if world.engine == "chromium" else "ask")
    expect(said).to_be_hidden()
