"""Settings, Reminders on a phone: where else they come is fetched; a letter is tried; without a network it says so."""
from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.browser_sign_in import arrive
from tests.cast import gather
from tests.faults.test_version import UPDATE
from tests.mail_server import HOST, running
from tests.processes import Server


@pytest.fixture
def postbox():
    with running() as one:
        yield one


@pytest.fixture
def server(databases, data, postbox):
    """One that hands letters over to `postbox`."""
    mail = {"SMTP_HOST": HOST, "SMTP_PORT": str(postbox.port), "SMTP_SECURITY": "off",
            "MAIL_FROM": "journal@example.org", "BASE_URL": "https://journal.example.org"}
    with databases.copy("sqlite", data / "mentorlog.db", gather) as url:
        made = Server(data, DATABASE_URL=url, **{f"MENTORLOG_{name}": value for name, value in mail.items()})
        try:
            yield made.start()
        finally:
            made.stop()


def test_a_letter_is_tried_and_without_a_network_the_page_says_so(phone: Page, postbox) -> None:
    arrive(phone)
    phone.goto("/settings/reminders")
    test = phone.locator("#elsewhere").get_by_role("button", name=", by e-mail")
    test.click()
    expect(phone.get_by_text("The mail server took the letter for")).to_be_visible()
    assert [letter["Subject"] for letter in postbox.letters] == ["This is a test"]
    assert phone.evaluate("document.documentElement.scrollWidth <= innerWidth")
    expect(phone.get_by_role("switch", name="In any case")).not_to_be_checked()

    phone.context.set_offline(True)
    test.click()
    expect(phone.get_by_role("alert")).to_have_text(
        "Not sent. A test needs the network, and the server did not answer.")
    phone.goto("/settings/reminders")
    expect(phone.get_by_text("Seen and tried with a network only")).to_be_visible()
    expect(test).to_have_count(0)
    expect(phone.get_by_role("alert")).to_have_count(0)
    phone.get_by_role("switch", name="In any case").check()
    phone.get_by_role("button", name="Keep these settings").click()
    expect(phone.get_by_text("Your reminders are set.")).to_be_visible()
    expect(phone.get_by_role("switch", name="In any case")).to_be_checked()


def test_a_phone_hears_that_there_is_no_mail_server_any_more(phone: Page, server) -> None:
    arrive(phone)
    phone.goto("/settings/reminders")
    switch = phone.get_by_role("switch", name="In any case")
    expect(switch).to_be_visible()
    server.stop()
    server.settings["MENTORLOG_SMTP_HOST"] = ""
    server.start()
    phone.evaluate(UPDATE)
    with phone.expect_navigation():
        phone.get_by_role("button", name="Refresh").click()
    expect(phone.get_by_role("heading", name="Quiet hours")).to_be_visible()
    expect(switch).to_have_count(0)
    expect(phone.get_by_text("No mail server is set here, so no letters come.")).to_be_visible()
