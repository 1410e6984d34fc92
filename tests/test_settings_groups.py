"""Settings: the list of groups, what it says of each, and that it stands beside the one that is open."""
from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser_sign_in import arrive
from tests.cast import OURS, sign_in
from tests.submitting import fill, send, submit

GROUPS = {"/settings": "Reminders", "/settings/reminders": "Reminders", "/account/calendar": "Calendar feed",
          "/settings/look": "Zone, text, theme, keys", "/install": "This phoneThis device", "/copies": "Your copy",
          "/settings/knows": "What this app knows about me", "/account": "Account"}
ROW = re.compile(r'<a class="list-row" href="([^"]*)"( aria-current="true")?><span class="row-text">'
                 r'<span class="row-title">(.*?)</span><span class="quiet">(.*?)</span></span><svg')


@pytest.fixture
def ada(client, cast):
    return sign_in(client, "ada")


def rows(client, path: str) -> list[tuple[str, bool, str, str]]:
    """Address, whether it is open, name and status of each row of the list on a page."""
    page = client.get(path).get_data(as_text=True)
    listed = page.partition('class="pane-list"')[2].partition('class="pane-detail"')[0]
    return [(href, bool(current), plain(name), plain(said)) for href, current, name, said in ROW.findall(listed)]


def plain(html: str) -> str:
    return re.sub(r"<[^>]*>", "", html)


@pytest.mark.parametrize(("path", "name"), GROUPS.items())
def test_the_list_stands_beside_each_group_and_says_which_is_open(ada, path, name):
    assert [name for _, current, name, _ in rows(ada, path) if current] == [name]


def test_every_row_leads_to_a_page_of_ones_own(ada):
    found = [href for href, *_ in rows(ada, "/settings")]
    assert len(found) == 9
    assert {href: ada.get(href).status_code for href in found} == dict.fromkeys(found, 200)


def test_the_list_says_how_each_group_stands(ada):
    def said() -> dict[str, str]:
        return {href: words for href, _, _, words in rows(ada, "/settings")}
    assert said()["/settings/reminders"] == "On, where a device allowed it"
    assert said()["/settings/look"] == "Berlin · 100 % · theme as the phonetheme as the device"
    submit(ada, "/settings/look", theme="dark", text_size="large", zone="America/New_York")
    submit(ada, "/settings/reminders", quiet_from="20:00", quiet_until="08:00")
    assert said()["/settings/reminders"] == "On, quiet from 20:00"
    assert said()["/settings/look"] == "New York · 119 % · dark"
    assert {words for words in said().values() if "network" in words} == {
        "Can carry its own alarms. Needs the network.", "Save a file of it, or read one back. Works without a network.",
        "E-mail, password, devices, signing out. Needs the network."}


def test_a_page_from_before_sends_the_look_to_the_list(ada):
    fields = fill(ada, "/settings/look", theme="dark")
    reply = send(ada, "/settings", fields)
    assert (reply.status_code, reply.headers["Location"]) == (303, "/settings/look")
    assert 'value="dark" checked' in ada.get("/settings/look").get_data(as_text=True)
    refused = ada.post("/settings", data=fields | {"zone": "Mars"}, headers=OURS)
    assert (refused.status_code, 'value="Mars"' in refused.get_data(as_text=True)) == (422, True)


def test_on_a_phone_it_is_the_list_alone_and_asks_the_server_for_nothing(phone: Page) -> None:
    arrive(phone)
    asked: list[str] = []
    phone.context.on("request", lambda request: asked.append(request.url))
    phone.goto("/settings")
    expect(phone.get_by_role("heading", name="Settings")).to_be_visible()
    expect(phone.get_by_role("heading", name="Quiet hours")).to_be_hidden()
    phone.get_by_role("link", name="Zone, text, theme, keys").click()
    expect(phone.get_by_role("heading", name="Zone, text, theme, keys")).to_be_visible()
    expect(phone.get_by_role("heading", name="Settings")).to_be_hidden()
    phone.get_by_role("link", name="Settings", exact=True).last.click()
    expect(phone.get_by_role("heading", name="Settings")).to_be_visible()
    assert [url for url in asked if "/reminders/where" in url] == []


def test_on_a_desktop_the_reminders_stand_beside_the_list_and_can_be_kept_there(desktop: Page) -> None:
    arrive(desktop)
    desktop.goto("/settings")
    current = desktop.locator(".pane-list [aria-current]")
    expect(current).to_contain_text("Reminders")
    expect(desktop.locator("#elsewhere").get_by_text("E-mail", exact=True)).to_be_visible()
    desktop.get_by_label("From", exact=True).fill("20:00")
    desktop.get_by_label("Until", exact=True).fill("08:00")
    desktop.get_by_role("button", name="Keep these settings").click()
    expect(current).to_contain_text("On, quiet from 20:00")
    desktop.get_by_role("link", name="Your copy").click()
    expect(current).to_contain_text("Your copy")
    assert desktop.evaluate("document.documentElement.scrollWidth <= innerWidth")
