"""New versions of the app (F23 to F25): fetched, offered, taken, and what the old one still does meanwhile."""
from __future__ import annotations

from playwright.sync_api import Locator, Page, expect

from mentorlog import files
from tests import trouble
from tests.browser_sign_in import sign_in
from tests.devices import PHONE
from tests.hands import LONG_MS, line, open_form, send, stop_workers, texts, type_entry, write
from tests.processes import Server

ANOTHER_VERSION = "import mentorlog.files as files\nfiles.version = lambda: 'feedfacefeedface'"
# It understands neither the version of the wire that devices speak now nor the one before.
ANOTHER_WIRE = ANOTHER_VERSION + """
import mentorlog.near as near
from mentorlog.sync import wire
wire.VERSION, was = 3, near.modules
near.modules = lambda app: {name: text.replace("VERSION = 1;", "VERSION = 3;") for name, text in was(app).items()}
"""
UPDATE = "() => navigator.serviceWorker.getRegistration().then(found => found.update())"
# Fetch a new version and wait until it waits in place of another one.
WAIT_FOR_NEXT = """async () => {
  const registration = await navigator.serviceWorker.getRegistration(), before = registration.waiting;
  await registration.update();
  while (!registration.waiting || registration.waiting === before) await new Promise(done => setTimeout(done, 20));
}"""

# The next worker runs already; the one that answers the page has just been asked something, which starts it.
TAP_WHILE_IT_STARTS = """async button => {
  const { active, waiting } = await navigator.serviceWorker.getRegistration(), { port1, port2 } = new MessageChannel();
  const runs = new Promise(done => { port1.onmessage = done; });
  waiting.postMessage({ type: 'line' }, [port2]);
  await runs;
  active.postMessage({ type: 'line' });
  button.click();
}"""


def offered(page: Page, server: Server) -> Locator:
    """What takes the new version that the server has from now on, once the page offers it."""
    server.stop()
    server.start(ANOTHER_VERSION)
    page.evaluate(UPDATE)
    offer = page.get_by_role("button", name="Refresh")
    expect(offer).to_be_visible(timeout=LONG_MS)
    return offer


def test_f23_update_fails_half_way(at_home, proxy, server) -> None:
    server.stop()
    server.start(ANOTHER_VERSION)
    proxy.breaks(trouble.DOWN, only="GET /static/*")
    at_home.evaluate(f"({UPDATE})().catch(() => {{}})")
    proxy.wait_until_asked("GET /static/feedfacefeedface/*")
    at_home.wait_for_function("navigator.serviceWorker.getRegistration().then(found => !found.installing)")
    at_home.goto("/journal/new")
    expect(at_home.get_by_role("button", name="Refresh")).to_have_count(0)
    write(at_home, "Still the old one", "Whole as before.")
    line(at_home, "sent", 0)
    proxy.mend()
    at_home.evaluate(UPDATE)
    expect(at_home.get_by_role("button", name="Refresh")).to_be_visible(timeout=LONG_MS)


def test_f24_old_page_and_old_worker_send(at_home, server) -> None:
    server.stop()
    server.start(ANOTHER_VERSION)
    write(at_home, "From the old version", "Taken all the same.")
    line(at_home, "sent", 0)
    assert texts(server) == ["Taken all the same."]


def test_f24_server_that_speaks_otherwise(at_home, server) -> None:
    server.stop()
    address = write(at_home, "From the old version", "Kept until the new one is here.")
    server.start(ANOTHER_WIRE)
    assert send(at_home)["sync"] == "upgrade"
    offer = at_home.get_by_role("button", name="Refresh")
    expect(offer).to_be_visible(timeout=LONG_MS)
    at_home.goto("/waiting")
    expect(at_home.locator("#reason")).to_contain_text("Take the new version, and it is sent.")
    assert texts(server) == []
    at_home.goto(address)
    expect(at_home.locator(".prose")).to_have_text("Kept until the new one is here.")
    expect(offer).to_be_visible(timeout=LONG_MS)
    offer.click()
    expect(at_home.locator("html")).to_have_attribute("data-version", "feedfacefeedface", timeout=LONG_MS)
    line(at_home, "sent", 0)
    assert texts(server) == ["Kept until the new one is here."]


def test_f25_new_version_while_typing(at_home, server) -> None:
    open_form(at_home)
    type_entry(at_home, "Typing", "Not to be lost by an update.")
    offer = offered(at_home, server)
    expect(at_home.get_by_label("Text", exact=True)).to_have_value("Not to be lost by an update.")
    with at_home.expect_navigation():
        offer.click()
    expect(at_home.locator("html")).to_have_attribute("data-version", "feedfacefeedface", timeout=LONG_MS)
    expect(at_home.get_by_label("Text", exact=True)).to_have_value("Not to be lost by an update.")
    manifest = at_home.evaluate("fetch('/manifest.webmanifest').then(found => found.json())")
    assert "feedfacefeedface" in manifest["icons"][0]["src"]


def test_a_new_version_does_not_wait_for_a_server_that_hangs(at_home, proxy, server) -> None:
    offer = offered(at_home, server)
    before = proxy.asked.count(("POST", "/sync"))
    proxy.breaks(trouble.HANG, only="POST /sync")
    at_home.goto("/today")
    proxy.wait_until_asked("POST /sync", before + 1)
    offer.click()  # the worker that is asking gives up after twenty seconds
    expect(at_home.locator("html")).to_have_attribute("data-version", "feedfacefeedface", timeout=LONG_MS / 2)


def test_a_new_version_comes_while_the_old_worker_is_only_starting(at_home, server) -> None:
    offer = offered(at_home, server)
    stop_workers(at_home)
    offer.evaluate(TAP_WHILE_IT_STARTS)
    expect(at_home.locator("html")).to_have_attribute("data-version", "feedfacefeedface", timeout=LONG_MS)


def test_page_of_the_version_before_loads_anew_where_flask_answers(device, server) -> None:
    page = device(PHONE, service_workers="block")
    sign_in(page)
    expect(page.get_by_role("link", name="Go on")).to_be_visible()
    page.goto("/search", wait_until="networkidle")
    server.stop()
    server.start(ANOTHER_VERSION)
    page.get_by_label("Search everything").press_sequentially("word")
    expect(page.locator("html")).to_have_attribute("data-version", "feedfacefeedface")
    page.wait_for_load_state("networkidle")  # or it ends while it fetches its scripts, and says so


def test_a_page_keeps_its_scripts_though_a_version_in_between_was_never_taken(at_home, server) -> None:
    script = at_home.locator("script[type=module]").first.get_attribute("src")
    other = at_home.context.new_page()
    other.goto("/today")
    for name in ("feedfacefeedface", "beefbeefbeefbeef"):
        server.stop()
        server.start(ANOTHER_VERSION.replace("feedfacefeedface", name))
        other.evaluate(WAIT_FOR_NEXT)
    other.get_by_role("button", name="Refresh").click()
    expect(other.locator("html")).to_have_attribute("data-version", "beefbeefbeefbeef", timeout=LONG_MS)
    server.stop()
    assert at_home.evaluate("script => fetch(script).then(found => found.status)", script) == 200
    assert len(at_home.evaluate("() => caches.keys()")) == 2


def test_every_script_stands_on_the_device_as_the_server_has_it(at_home) -> None:
    asked = [files.url(name) for name in sorted(files.names()) if name.startswith("js/")]
    there = at_home.evaluate("""urls => Promise.all(urls.map(async url => {
      const found = await caches.match(url);
      return found && [url, found.headers.get('Content-Type'), await found.text()];
    }))""", asked)
    assert there == [[url, "text/javascript", files.script(url.split("/", 3)[3]).decode()] for url in asked]
