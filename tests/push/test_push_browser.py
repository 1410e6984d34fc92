"""Push on a real phone's browser: asked for by a tap, shown, clicked, renewed. One phone, in the order of its life."""
from __future__ import annotations

import json

import pytest
from playwright.sync_api import expect

from tests.push.world import World

HOUR = "You have something at {}"


@pytest.fixture(scope="module")
def world(tmp_path_factory, databases, playwright):
    """Ada's phone, signed in, with reminders allowed."""
    with World(tmp_path_factory.mktemp("push"), databases, playwright) as made:
        made.sign_in()
        made.remind_me()
        yield made
        assert not made.console.unexpected(), made.console.unexpected()


@pytest.fixture
def page(world):
    """Its one window, on Today, with nothing on the screen before it."""
    for number in list(world.area.shown):
        world.area.dismiss(number)
    world.area.history.clear()
    for other in world.context.pages[1:]:
        other.close()
    world.page.goto("/today")
    return world.page


def subscriptions(world):
    from mentorlog.models import Subscription
    return world.rows(lambda: [(row.endpoint, row.key_id) for row in Subscription.select()])


def until(page, true, tries=200):
    """Let the browser go on until it is true."""
    for _ in range(tries):
        if true():
            return
        page.evaluate("new Promise(done => setTimeout(done, 50))")
    pytest.fail("it never came true")


def test_nothing_is_asked_before_the_tap(world, page):
    page.goto("/settings/reminders")
    page.get_by_role("button", name="Stop here").click()
    expect(page.get_by_role("heading", name="Shall this phone remind you?")).to_be_visible()
    assert subscriptions(world) == []
    page.reload()
    world.remind_me()
    assert len(subscriptions(world)) == 1


def test_test_arrives_and_the_page_says_so(world, page):
    page.goto("/settings/reminders")
    page.get_by_role("button", name="Send a test").click()
    world.area.wait("This is a test")
    expect(page.get_by_text("push service took it at")).to_be_visible()
    expect(page.get_by_text("The test arrived at")).to_be_visible()


def test_test_with_no_network_says_that_it_needs_it(world, page):
    page.goto("/settings/reminders")
    world.server.stop()
    page.get_by_role("button", name="Send a test").click()
    expect(page.get_by_text("A test needs the network")).to_be_visible()
    world.start_server()


def test_reminder_betrays_nothing_and_a_tap_opens_the_session(world, page):
    session, hour = world.plan(20)
    shown = world.area.wait(HOUR.format(hour))
    page.reload()
    world.area.click(shown)
    page.wait_for_url(f"/sessions/{session}")
    assert len(world.context.pages) == 1
    assert world.area.history == [HOUR.format(hour)]
    assert world.area.shown == {}


@pytest.fixture
def deliveries(world):
    """How a reminder of a session stands: its outcome, and in how many minutes it goes again."""
    def find(session):
        from mentorlog import clock
        from mentorlog.models import Delivery, Reminder
        rows = Delivery.select().join(Reminder).where(Reminder.record == session)
        return [(row.outcome, round((row.next_at - clock.now()).total_seconds() / 60)) for row in rows]
    return lambda session: world.rows(lambda: find(session))


def test_snoozed_it_goes_and_comes_again_later(world, page, deliveries):
    session, hour = world.plan(25)
    shown = world.area.wait(HOUR.format(hour))
    world.area.press(shown, "Snooze 10 minutes")
    until(page, lambda: world.area.shown == {})
    assert deliveries(session) == [("", 10)]


def test_snoozed_with_no_network_it_stays_and_says_so(world, page, deliveries):
    session, hour = world.plan(25)
    shown = world.area.wait(HOUR.format(hour))
    until(page, lambda: deliveries(session)[0][0] == "sent")
    world.server.stop()
    world.area.press(shown, "Snooze 10 minutes")
    until(page, lambda: "It stays here" in world.area.bodies[-1])
    assert list(world.area.shown.values()) == [HOUR.format(hour)]
    world.start_server()
    world.area.press([*world.area.shown][-1], "Snooze 10 minutes")
    until(page, lambda: world.area.shown == {})
    assert deliveries(session) == [("", 10)]


def test_what_begins_before_that_stays_and_says_so(world, page, deliveries):
    session, hour = world.plan(9)
    shown = world.area.wait(HOUR.format(hour))
    until(page, lambda: deliveries(session)[0][0] == "sent")
    world.area.press(shown, "Snooze 10 minutes")
    until(page, lambda: "begins before" in world.area.bodies[-1])
    assert deliveries(session)[0][0] == "sent"


def test_it_is_not_working_opens_the_way_out(world, page):
    session, hour = world.plan(20)
    world.area.press(world.area.wait(HOUR.format(hour)), "It isn't working")
    page.wait_for_url(f"/sessions/{session}/fallback")
    assert world.area.shown == {}


def test_page_offers_it_where_a_notification_has_no_buttons(world, page, deliveries):
    from mentorlog.models import Reminder
    session, hour = world.plan(25)
    world.area.wait(HOUR.format(hour))
    until(page, lambda: deliveries(session)[0][0] == "sent")
    reminder = world.rows(lambda: Reminder.get(Reminder.record == session, Reminder.kind == "join").id)
    page.goto(f"/sessions/{session}?reminder={reminder}")
    page.get_by_role("button", name="Snooze 10 minutes").click()
    expect(page.get_by_text("It comes again at")).to_be_visible()
    assert page.url.endswith(f"/sessions/{session}")
    assert deliveries(session) == [("", 10)]


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


@pytest.fixture
def deliver(world, page):
    """Hands the worker a push that no service carried: `deliver(text)`."""
    cdp, found = world.context.new_cdp_session(page), []
    cdp.on("ServiceWorker.workerRegistrationUpdated", lambda event: found.extend(
        one["registrationId"] for one in event["registrations"] if one["scopeURL"].startswith(world.server.url)))
    cdp.send("ServiceWorker.enable")
    until(page, lambda: found)
    return lambda text: cdp.send("ServiceWorker.deliverPushMessage", {
        "origin": f"{world.server.url}/", "registrationId": found[-1], "data": text})


@pytest.mark.parametrize("text", [
    "", "not JSON", "{}", '{"notification": {}}', '{"notification": {"title": "x", "dir": "sideways"}}'])
def test_push_that_cannot_be_read_shows_something_all_the_same(world, deliver, text):
    deliver(text)
    world.area.wait("You have something in mentorlog")


def test_f47_same_reminder_again_makes_no_sound_and_another_hour_does(world, page, deliver):
    def shown():
        return page.evaluate("""async () => (await (await navigator.serviceWorker.ready).getNotifications())
            .map(one => [one.title, one.renotify])""")
    for number, hour in enumerate(["15:00", "15:00", "16:00"], 1):
        deliver(json.dumps({"notification": {
            "title": f"At {hour}, {number}", "tag": "session-1", "data": {"due": hour}}}))
        world.area.wait(f"At {hour}, {number}")
        until(page, lambda at=hour, n=number: shown() == [[f"At {at}, {n}", n == 3]])
    until(page, lambda: list(world.area.shown.values()) == ["At 16:00, 3"])


def test_tap_leads_to_our_own_site_whatever_the_push_says(world, page, deliver):
    deliver('{"notification": {"title": "x", "tag": "x", "navigate": "https://evil.example/goals"}}')
    world.area.click(world.area.wait("x"))
    page.wait_for_url(f"{world.server.url}/goals")


def test_f50_lost_subscription_is_made_anew_at_the_next_start(world, page):
    [(before, _)] = subscriptions(world)
    page.evaluate("""async () => (await (await navigator.serviceWorker.ready).pushManager.getSubscription())
        .unsubscribe()""")
    page.evaluate("sessionStorage.clear()")
    page.reload()
    world.gcm.wait(lambda: len(world.gcm.subscriptions) == 1 and before.rpartition("/")[2] in world.gcm.gone)
    page.goto("/settings/reminders")
    expect(page.get_by_role("button", name="Send a test")).to_be_visible()
    [(after, _)] = subscriptions(world)
    assert after != before


def test_f50_server_with_a_new_key_gets_a_new_subscription(world, page):
    [(before, key)] = subscriptions(world)
    world.server.stop()
    (world.server.data / "vapid.pem").rename(world.server.data / "vapid-old.pem")
    world.start_server()
    page.evaluate("sessionStorage.clear()")
    page.goto("/settings/reminders")
    expect(page.get_by_role("button", name="Send a test")).to_be_visible()
    [(after, new_key)] = subscriptions(world)
    assert (after != before, new_key != key) == (True, True)
    page.get_by_role("button", name="Send a test").click()
    world.area.wait("This is a test")


def test_browser_that_was_closed_shows_it_once_when_it_is_opened(world, page):
    world.close_browser()
    _, hour = world.plan(20)
    world.gcm.wait(world.gcm.stored)
    world.open_browser()
    world.area.wait(HOUR.format(hour))
    assert world.area.history == [HOUR.format(hour)]
    assert not world.gcm.stored()


def test_f50_permission_that_was_taken_back_is_said(world, page):
    world.context.new_cdp_session(page).send("Browser.setPermission", {
        "permission": {"name": "notifications"}, "setting": "denied", "origin": world.server.url})
    page.goto("/settings/reminders")
    expect(page.get_by_role("heading", name="This phone does not remind you")).to_be_visible()
    page.evaluate("sessionStorage.clear()")
    page.reload()
    expect(page.get_by_role("heading", name="This phone does not remind you")).to_be_visible()
    world.gcm.wait(lambda: not world.gcm.subscriptions)
    until(page, lambda: subscriptions(world) == [])
