"""A time zone by its city in a real browser, with a list to choose from that is there once somebody wants it."""
from __future__ import annotations

from playwright.sync_api import expect

from tests.browser_sign_in import arrive
from tests.hands import open_form


def test_a_city_is_offered_and_taken_and_another_one_is_said(phone) -> None:
    arrive(phone)
    open_form(phone, "/settings")
    field = phone.get_by_label("Time zone")
    assert phone.locator("datalist").count() == 0
    field.click()
    expect(phone.locator("datalist option[value='America/New_York']")).to_have_attribute("label", "New York, America")
    for typed, said in (("Lisboa", "Names like it: Europe/Lisbon"), ("eastern", "Canada/Eastern, US/Eastern")):
        field.fill(typed)
        phone.get_by_role("button", name="Keep these settings").click()
        expect(phone.locator("#e-zone")).to_contain_text(said)
        expect(field).to_have_value(typed)
    field.fill("new york")
    phone.get_by_role("button", name="Keep these settings").click()
    expect(field).to_have_value("America/New_York")
