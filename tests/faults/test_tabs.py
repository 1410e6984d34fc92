"""Two tabs of one device, and another device: what arrives shows up everywhere, under nobody's hands."""
from __future__ import annotations

from playwright.sync_api import expect

from tests.browser_sign_in import arrive
from tests.devices import PHONE
from tests.faults.test_apart import NOW, one_sentence_twice
from tests.hands import LONG_MS, done, line, open_form, pause, save, send, texts, type_entry, write

MANY = 8
# Where a part of the page stands, and what is new in it.
PARTS = {"memory": ("/today", "Elsewhere"), "bin": ("/bin", "Elsewhere"), "worksheets": ("/worksheets", "Elsewhere"),
         "month": ("/goals/month?of={month}", "Elsewhere"), "found": ("/questions", "Own from elsewhere"),
         "months": ("/journal/months?tag=elsewhere", "(1)"), "signs": ("/goals/course", "Put off twice in a row")}
LOW = {"width": 360, "height": 360}


def in_view(page, title: str) -> float:
    """How far down the screen a page of the list stands."""
    return page.get_by_role("link", name=title).first.evaluate("link => link.getBoundingClientRect().top")


def test_what_arrives_shows_up_in_every_tab_and_moves_nothing(at_home, device) -> None:
    phone, other = at_home, device(PHONE)
    arrive(other)
    for number in range(MANY):
        write(phone, f"Page {number:02}", "Text.")
    line(phone, "sent", 0)
    tabs = [phone, phone.context.new_page(), phone.context.new_page()]
    tabs[1].set_viewport_size(LOW)
    tabs[1].goto("/journal")
    tabs[1].get_by_role("link", name="Page 02").first.scroll_into_view_if_needed()
    place = in_view(tabs[1], "Page 02")
    open_form(tabs[2])
    type_entry(tabs[2], "Half", "Nobody takes this from under my hands.")
    tabs[0].goto("/journal")
    write(other, "From elsewhere", "It arrives.")
    line(other, "sent", 0)
    send(tabs[0])
    for tab in tabs[:2]:
        expect(tab.locator("#entries")).to_contain_text("From elsewhere", timeout=LONG_MS)
    assert abs(in_view(tabs[1], "Page 02") - place) < 2
    assert tabs[1].evaluate("document.activeElement === document.body")
    expect(tabs[2].get_by_label("Text", exact=True)).to_be_focused()
    expect(tabs[2].get_by_label("Text", exact=True)).to_have_value("Nobody takes this from under my hands.")
    expect(tabs[2].locator("#line")).to_have_attribute("data-state", "sent")


def test_lists_beside_the_journal_follow_too(at_home, device) -> None:
    other = device(PHONE)
    arrive(other)
    tabs, month = {}, at_home.evaluate("new Date().toLocaleDateString('sv').slice(0, 7)")
    for part, (address, news) in PARTS.items():
        tabs[part] = at_home.context.new_page()
        tabs[part].goto(address.format(month=month))
        expect(tabs[part].locator(f"#{part}")).not_to_contain_text(news)
    save(other, "entry", title="Elsewhere", text="Elsewhere.", lesson="Elsewhere, too.", tags=["elsewhere"])
    save(other, "entry", title="Elsewhere in the bin", binned_at=NOW)
    save(other, "worksheet", title="Elsewhere in a sheet", questions=[{"id": "q1", "text": "What?"}])
    save(other, "set", title="Own from elsewhere", questions=[{"id": "q1", "text": "What?", "type": "text"}])
    for day in ("2026-03-02", "2026-03-09"):
        save(other, "session", starts_on=day, starts_time="10:00", zone="Europe/Berlin", state="cancelled")
    line(other, "sent", 0)
    send(at_home)
    for part, tab in tabs.items():
        expect(tab.locator(f"#{part}")).to_contain_text(PARTS[part][1], timeout=LONG_MS)


def test_two_versions_settled_elsewhere_offer_nothing_any_more(both, proxy, server) -> None:
    phone, desktop = both
    one_sentence_twice(both, proxy, server)
    (kept,) = server.rows("SELECT id FROM record WHERE kind = 'kept'")[0]
    for page in both:
        page.goto(f"/versions/{kept}")
        expect(page.locator("#versions")).to_contain_text("Keep this one")
    desktop.get_by_role("button", name="Keep this one").first.click()
    line(desktop, "sent", 0)
    send(phone)
    expect(phone.locator("#versions")).not_to_contain_text("Keep this one", timeout=LONG_MS)


def test_two_tabs_with_one_unfinished_text_lose_nothing_of_either(at_home, server) -> None:
    open_form(at_home)
    type_entry(at_home, "", "One.")
    pause(at_home)
    other = at_home.context.new_page()
    open_form(other)
    field = other.get_by_label("Text", exact=True)
    expect(field).to_have_value("One.")
    field.fill("One. Two.")
    expect(other.locator("[data-draft-notice]")).to_be_visible()
    other.evaluate("dispatchEvent(new Event('pagehide'))")
    at_home.bring_to_front()
    done(at_home)
    expect(at_home.locator("article")).to_contain_text("One.")
    other.close(run_before_unload=False)
    again = at_home.context.new_page()
    open_form(again)
    expect(again.get_by_label("Text", exact=True)).to_have_value("One. Two.")
    done(again)
    expect(again.locator("article")).to_contain_text("Two.")
    line(again, "sent", 0)
    assert texts(server) == ["One.", "One. Two."]
