"""The installed app in a real browser: keys, launches while something is typed, the offer to install, what is kept."""
from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import Page, expect

from tests import trouble
from tests.browser_sign_in import ARRIVE_MS, arrive, sign_in
from tests.hands import done, open_form, put, save, type_entry, write

# What a browser has only for an installed app: the queue of launches, its offer, and whether it keeps what stands here.
STAND_IN = """Object.defineProperty(window, 'launchQueue', { value: { setConsumer(hear) { window.launch = hear; } } });
window.offer = () => {
  const event = new Event('beforeinstallprompt', { cancelable: true });
  window.asked = 0;
  event.prompt = async () => { window.asked += 1; };
  event.userChoice = Promise.resolve({ outcome: 'accepted' });
  window.dispatchEvent(event);
  return event.defaultPrevented;
};
let kept = false;
navigator.storage.persist = async () => { kept = true; return kept; };
navigator.storage.persisted = async () => kept;"""


@pytest.fixture
def app(desktop: Page) -> Page:
    desktop.add_init_script(STAND_IN)
    arrive(desktop)
    return desktop


def ready(page: Page, address: str) -> None:
    """The page is there and its scripts run."""
    page.goto(address)
    expect(page.locator("#line[data-htmx-powered], #line")).to_have_attribute("data-state", "sent")


def test_keys_lead_around_until_they_are_switched_off(app: Page) -> None:
    ready(app, "/today")
    app.keyboard.press("?")
    expect(app.get_by_role("dialog", name="Keys")).to_contain_text("New entry")
    app.keyboard.press("n")
    app.keyboard.press("Escape")
    expect(app.get_by_role("dialog")).to_have_count(0)
    app.keyboard.press("g")
    app.keyboard.press("j")
    app.wait_for_url("/journal")
    app.keyboard.press("/")
    expect(app.get_by_role("searchbox")).to_be_focused()
    app.keyboard.type("gsn")
    expect(app.get_by_role("searchbox")).to_have_value("gsn")
    app.get_by_role("searchbox").blur()
    app.keyboard.press("?")  # what the letters before it had done is done by now
    expect(app.get_by_role("dialog", name="Keys")).to_be_visible()
    assert app.url.endswith(("/journal", "/search?q=gsn"))  # what is typed into the search is looked for at once
    open_form(app, "/settings/look")
    app.get_by_role("switch", name="Keys by themselves").uncheck()
    app.get_by_role("button", name="Keep these settings").click()
    expect(app.locator("html[data-keys]")).to_have_count(0)
    app.keyboard.press("?")
    app.keyboard.press("n")
    ready(app, "/goals")
    app.keyboard.press("Control+g")
    expect(app.get_by_role("dialog")).to_have_count(0)
    assert app.url.endswith("/goals")


def test_a_launch_never_leads_away_from_what_is_being_typed(app: Page) -> None:
    ready(app, "/goals")
    app.evaluate("launch({ targetURL: new URL('/journal/new', location.href).href })")
    app.wait_for_url("/journal/new")
    open_form(app)
    app.get_by_label("Text", exact=True).fill("Half a thought")
    app.evaluate("launch({ targetURL: new URL('/agenda', location.href).href })")
    expect(app.get_by_role("link", name="Go there")).to_be_visible()
    expect(app.get_by_label("Text", exact=True)).to_have_value("Half a thought")
    app.get_by_role("link", name="Go there").click()
    app.wait_for_url("/sessions")
    open_form(app)
    expect(app.get_by_label("Text", exact=True)).to_have_value("Half a thought")


def test_a_launch_asks_every_form_that_was_touched(app: Page) -> None:
    ready(app, "/goals")
    goal = put(app, "goal", text="Ask first", due_on="2026-11-30")
    open_form(app, f"/goals/{goal}/carry")
    app.get_by_label("By when").fill("2027-01-30")
    app.evaluate("launch({ targetURL: new URL('/sessions', location.href).href })")
    expect(app.get_by_role("status").filter(has_text="not sent yet")).to_be_visible()
    expect(app.get_by_label("By when")).to_have_value("2027-01-30")


def test_installing_is_offered_once_after_the_first_entry(app: Page) -> None:
    ready(app, "/today")
    assert app.evaluate("offer()") is True
    expect(app.locator("[data-install]")).to_have_count(0)
    open_form(app)
    type_entry(app, "The first one", "A line.")
    done(app)
    expect(app.get_by_role("article")).to_contain_text("A line.")
    ready(app, "/today")
    card = app.get_by_role("region", name="Keep it on this")
    expect(card).to_be_hidden()
    app.evaluate("offer()")
    expect(card).to_be_visible()
    card.get_by_role("button", name="Install").click()
    expect(card).to_be_hidden()
    assert app.evaluate("asked") == 1
    ready(app, "/today")
    app.evaluate("offer()")
    expect(card).to_be_hidden()


def test_whether_the_browser_keeps_it_is_asked_and_said_in_words(app: Page) -> None:
    ready(app, "/install")
    row = app.get_by_role("region", name="Kept when room gets short")
    expect(row).to_contain_text("Not promised.")
    row.get_by_role("button", name="Ask for it").click()
    expect(row).to_contain_text("Yes: the browser keeps it")
    expect(row.get_by_role("button")).to_be_hidden()


# The icon is the worker's; it has none here. `shown` and `gone` come true when it gets a number, and when it loses it.
ICON = """() => {
  self.shown = new Promise(done => { navigator.setAppBadge = async number => done(number); });
  self.gone = new Promise(done => { navigator.clearAppBadge = async () => done(true); });
}"""


def test_the_number_is_on_the_icon_until_one_signs_out(app: Page) -> None:
    (worker,) = app.context.service_workers
    worker.evaluate(ICON)
    now = datetime.now(ZoneInfo("Europe/Berlin"))
    save(app, "session", starts_on=f"{now:%Y-%m-%d}", starts_time=f"{now:%H:%M}", zone="Europe/Berlin", minutes=45)
    assert worker.evaluate("shown") == 1
    ready(app, "/today")
    worker.evaluate(ICON)
    app.goto("/sign-out")
    app.get_by_role("button", name="Sign out", exact=True).click()
    expect(app.get_by_role("heading", name="You are signed out")).to_be_visible()
    assert worker.evaluate("gone") is True


def sign_in_without_worker(page: Page, proxy, console) -> None:
    """The worker's script is not to be had on arrival."""
    console.allow("A bad HTTP response code")
    proxy.breaks(trouble.broken(), "/sw.js", times=1)
    sign_in(page)
    expect(page.get_by_text("Not everything is on this device yet.")).to_be_visible()


@pytest.mark.all_engines
def test_who_went_on_without_a_worker_gets_it_behind_the_page(phone: Page, proxy, console) -> None:
    sign_in_without_worker(phone, proxy, console)
    phone.get_by_role("link", name="Go on").click()
    phone.wait_for_function("() => document.cookie.includes('worker=1')", timeout=ARRIVE_MS)
    proxy.breaks(trouble.DOWN)
    write(phone, "Early", "Typed where no network is.")
    expect(phone.locator("#line")).to_have_attribute("data-state", "waiting")


def test_a_worker_that_could_not_fetch_everything_takes_no_page_over(phone: Page, proxy, console) -> None:
    sign_in_without_worker(phone, proxy, console)
    proxy.breaks(trouble.broken(), "/sync", times=1)
    phone.get_by_role("link", name="Go on").click()
    proxy.wait_for("POST /sync")
    assert phone.evaluate("[navigator.serviceWorker.controller, document.cookie]") == [None, ""]
    phone.goto("/account")  # this page tries again
    phone.wait_for_function("() => document.cookie.includes('worker=1')", timeout=ARRIVE_MS)
    assert phone.evaluate("navigator.serviceWorker.controller !== null")


def test_the_first_page_asks_for_no_more_than_fifteen_files(phone: Page, proxy, console) -> None:
    sign_in_without_worker(phone, proxy, console)
    asked: list[str] = []
    phone.on("request", lambda request: asked.append(request.url) if request.service_worker is None else None)
    phone.goto("/today")
    phone.wait_for_function("() => document.cookie.includes('worker=1')", timeout=ARRIVE_MS)
    ours = [url for url in asked if "/static/" in url or url.endswith(("/today", "/manifest.webmanifest"))]
    assert len(ours) <= 15, ours


def test_what_is_typed_while_the_worker_comes_stays(phone: Page, proxy, console) -> None:
    sign_in_without_worker(phone, proxy, console)
    open_form(phone)
    type_entry(phone, "Early", "Typed before the worker came.")
    phone.wait_for_function("() => document.cookie.includes('worker=1')", timeout=ARRIVE_MS)
    expect(phone.get_by_label("Text", exact=True)).to_have_value("Typed before the worker came.")
    proxy.breaks(trouble.DOWN)
    done(phone)
    expect(phone.get_by_role("heading", name="Early")).to_be_visible()


def test_a_page_that_needs_the_server_is_a_page_also_without_it(phone: Page, proxy) -> None:
    arrive(phone)
    proxy.breaks(trouble.DOWN)
    shown = phone.goto("/never-seen")
    assert shown is not None and shown.status == 200
    expect(phone.get_by_role("heading", name="Not visited on this device yet")).to_be_visible()
