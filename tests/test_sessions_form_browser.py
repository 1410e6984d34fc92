"""The forms of sessions in a real browser: what is refused is said, and what asks is in sight."""
from __future__ import annotations

from playwright.sync_api import Page, expect

from tests.browser_sign_in import arrive, sign_in
from tests.hands import open_form, pause, put, script
from tests.test_sessions_browser import plan, write_card

# What stands in a field while somebody is still at it.
TYPING = "(field, text) => { field.value = text; field.dispatchEvent(new InputEvent('input', { bubbles: true })); }"


def change(page: Page) -> None:
    """The form in which the session on the screen is changed."""
    expect(page.locator("#when")).to_be_visible()
    open_form(page, f"{page.url.partition('?')[0]}/edit")


def keep(page: Page) -> None:
    page.locator("#form button[type=submit]").last.click()


def test_a_change_that_cannot_be_taken_says_why_and_then_is(phone) -> None:
    arrive(phone)
    plan(phone, "2099-06-01", "15:00")
    change(phone)
    phone.get_by_label("Phone number").fill("abc")
    keep(phone)
    expect(phone.locator("#e-phone")).to_contain_text("country code")
    expect(phone.get_by_label("Phone number")).to_be_focused()
    phone.get_by_label("Phone number").fill("+49 30 1234567")
    phone.get_by_label("Hour", exact=True).fill("16:00")
    keep(phone)
    expect(phone.locator("#when")).to_contain_text("Was to be Mon 1 Jun, 15:00")


def test_a_past_session_of_the_future_is_refused_in_place(phone) -> None:
    arrive(phone)
    open_form(phone, "/sessions/past")
    phone.get_by_label("On", exact=True).fill("2099-06-01")
    phone.get_by_label("At", exact=True).fill("15:00")
    phone.get_by_label("What stuck").fill("Say no once.")
    phone.get_by_role("button", name="Log the session").click()
    expect(phone.locator("#e-starts_on")).to_contain_text("still to come")
    expect(phone.get_by_label("What stuck")).to_have_value("Say no once.")


def press(page: Page, says: str) -> None:
    """The button of the form, which says what happens."""
    button = page.locator("#form button[type=submit]").last
    expect(button).to_have_accessible_name(says)
    button.click()


def show_days(page: Page) -> None:
    """A weekly series of three from 1 June, not planned yet."""
    arrive(page)
    ask_for_days(page)
    expect(page.locator("[name=day]:checked")).to_have_count(3)


def ask_for_days(page: Page) -> None:
    """Its days stand on the screen, those ticked at whose hour there is nothing yet."""
    open_form(page, "/sessions/new")
    page.get_by_label("Day", exact=True).fill("2099-06-01")
    page.get_by_label("Hour", exact=True).fill("17:30")
    script(page, "press.js")
    page.get_by_text("More than once").click()
    page.get_by_text("Weekly", exact=True).click()
    page.get_by_label("How many").fill("3")
    press(page, "Show the days")
    expect(page.locator("[name=day]")).to_have_count(3)


def test_days_of_another_hour_are_looked_at_once_more_and_planned(phone) -> None:
    show_days(phone)
    phone.get_by_label("Hour", exact=True).fill("18:00")
    phone.get_by_text("Every two weeks").click()
    press(phone, "Show the days")
    expect(phone.locator("[name=day][value='2099-06-29']")).to_be_checked()
    expect(phone.locator("[data-draft-notice]")).to_have_count(0)
    expect(phone.locator("[data-anew] .row-title").first).to_contain_text("18:00")
    phone.get_by_label("29 Jun").uncheck()
    press(phone, "Plan 2 sessions")
    expect(phone.locator(".toasts")).to_contain_text("2 sessions are planned.")


def test_the_button_says_what_a_press_does_whatever_is_chosen(phone) -> None:
    show_days(phone)
    button = phone.locator("#form button[type=submit]").last
    says = expect(button).to_have_accessible_name
    says("Plan 3 sessions")
    for day, words in (("8 Jun", "Plan 2 sessions"), ("15 Jun", "Plan one session"), ("1 Jun", "Plan what is ticked")):
        phone.get_by_label(day).uncheck()
        says(words)
    phone.get_by_label("8 Jun").check()
    says("Plan one session")
    phone.get_by_text("Once", exact=True).click()
    says("Make it one session")
    phone.get_by_text("Every two weeks").click()
    says("Show the days")
    phone.get_by_text("Weekly", exact=True).click()
    says("Plan one session")


def test_the_button_follows_once_and_a_rhythm_without_scripts(browser, server) -> None:
    page = browser.new_context(base_url=server.url, java_script_enabled=False).new_page()
    sign_in(page)
    page.goto("/sessions/new")
    button = page.locator("#form button[type=submit]")
    expect(button).to_have_accessible_name("Plan the session")
    page.get_by_text("More than once").click()
    page.get_by_text("Weekly", exact=True).click()
    expect(button).to_have_accessible_name("Show the days")
    page.get_by_text("Once", exact=True).click()
    expect(button).to_have_accessible_name("Plan the session")
    page.context.close()


def test_the_button_names_the_hour_to_which_a_session_moves(phone) -> None:
    arrive(phone)
    plan(phone, "2098-12-30", "15:00")
    expect(phone.locator("#when")).to_be_visible()
    open_form(phone, f"{phone.url.partition('?')[0]}/edit?on=2098-12-09&at=14:00")
    says = expect(phone.locator("#form button[type=submit]").last).to_have_accessible_name
    says("Move it to Tue 9 December, 14:00")
    phone.get_by_label("Day", exact=True).fill("2099-01-05")
    says("Move it to Mon 5 January 2099, 14:00")
    phone.get_by_label("Hour", exact=True).fill("")
    says("Keep the change")
    phone.get_by_label("Hour", exact=True).fill("15:00")
    phone.get_by_label("Day", exact=True).fill("2098-12-30")
    says("Keep the change")
    phone.get_by_label("Day", exact=True).fill("2098-12-31")
    press(phone, "Move it to Wed 31 December, 15:00")
    expect(phone.locator("#when")).to_contain_text("Was to be Tue 30 Dec, 15:00")


def test_the_button_names_the_hour_on_both_clocks_and_not_on_that_of_the_form(phone) -> None:
    arrive(phone)
    write_card(phone)
    session = put(phone, "session", starts_on="2098-12-30", starts_time="02:00", zone="Asia/Tokyo", minutes=45,
                  partner=phone.url.rpartition("/")[2])
    open_form(phone, f"/sessions/{session}/edit?on=2098-12-09&at=14:00")
    says = expect(phone.locator("#form button[type=submit]").last).to_have_accessible_name
    says("Move it to Tue 9 December, 14:00 · 13:00 for R. O.")
    phone.get_by_label("Hour", exact=True).fill("08:30")
    says("Move it to Tue 9 December, 00:30 · Mon 8 December, 23:30 for R. O.")
    phone.get_by_label("With", exact=True).select_option("Somebody else")
    says("Move it to Tue 9 December, 00:30")
    phone.get_by_label("Hour", exact=True).evaluate(TYPING, "09:00")
    says("Move it to Tue 9 December, 09:00 (Asia/Tokyo)")


def test_weeks_are_asked_for_beside_their_own_rhythm_alone(phone) -> None:
    arrive(phone)
    open_form(phone, "/sessions/new")
    phone.get_by_text("More than once").click()
    phone.get_by_text("Weekly", exact=True).click()
    expect(phone.locator("#f-weeks")).to_be_hidden()
    phone.locator(".chip").get_by_text("Every so many weeks").click()
    expect(phone.locator("#f-weeks")).to_be_visible()
    tops = [phone.locator(name).bounding_box()["y"] for name in ("#f-count", "#f-weeks")]
    assert tops[0] == tops[1]
    phone.get_by_label("How many").fill("1")
    press(phone, "Show the days")
    expect(phone.locator("#e-count")).to_be_visible()
    tops = [phone.locator(name).bounding_box()["y"] for name in ("#f-count", "#f-weeks")]
    assert tops[0] == tops[1]


def test_a_draft_that_is_put_back_shows_both_clocks(phone) -> None:
    arrive(phone)
    write_card(phone)
    open_form(phone, "/sessions/new")
    phone.get_by_label("Day", exact=True).fill("2099-06-01")
    phone.get_by_label("Hour", exact=True).fill("15:00")
    expect(phone.locator("#clocks")).to_contain_text("14:00 for R. O.")
    pause(phone)
    open_form(phone, "/sessions/new")
    expect(phone.locator("[data-draft-notice]")).to_be_visible()
    expect(phone.locator("#clocks")).to_contain_text("14:00 for R. O.")


def in_sight(page: Page, words: str) -> None:
    """These words are inside the view, and what asks has the focus."""
    expect(page.locator("#form input[type=checkbox]:focus")).to_have_count(1)
    expect(page.get_by_text(words)).to_be_in_viewport(ratio=1)


def test_a_warning_that_asks_is_in_sight_and_has_the_focus(phone) -> None:
    arrive(phone)
    plan(phone, "2099-06-01", "15:00")
    expect(phone.locator("#when")).to_be_visible()
    plan(phone, "2099-06-01", "15:30")
    in_sight(phone, "Another session takes a part of that hour:")
    phone.get_by_label("Day", exact=True).fill("2099-06-02")
    phone.get_by_role("button", name="Plan the session").click()
    expect(phone.locator("#when")).to_be_visible()
    change(phone)
    phone.get_by_label("Day", exact=True).fill("2099-06-01")
    keep(phone)
    in_sight(phone, "Another session takes a part of that hour:")


def test_a_series_asks_about_a_session_that_came_meanwhile(phone) -> None:
    arrive(phone)
    plan(phone, "2099-06-08", "18:00")
    expect(phone.locator("#when")).to_be_visible()
    ask_for_days(phone)
    phone.get_by_label("8 Jun").check()
    phone.get_by_label("15 Jun").uncheck()
    put(phone, "session", starts_on="2099-06-08", starts_time="17:00", zone="Europe/Berlin", minutes=45)
    phone.get_by_label("Phone number").fill("abc")
    press(phone, "Plan 2 sessions")
    for words in ("#e-phone", "#e-day"):
        expect(phone.locator(words)).to_be_visible()
    for hour in ("17:00", "18:00"):
        expect(phone.locator("[data-anew] li").nth(1)).to_contain_text(f"Mon 8 Jun, {hour}")
    expect(phone.get_by_label("15 Jun")).not_to_be_checked()
    phone.get_by_label("Phone number").fill("")
    press(phone, "Plan 2 sessions")
    expect(phone.locator(".toasts")).to_contain_text("2 sessions are planned.")


def test_days_for_another_mentor_are_looked_at_once_more_and_planned(phone) -> None:
    arrive(phone)
    write_card(phone)
    ask_for_days(phone)
    expect(phone.locator("[data-anew] .row-text").first).to_contain_text("16:30 for R. O.")
    phone.get_by_label("With", exact=True).select_option("Somebody else")
    press(phone, "Show the days")
    expect(phone.locator("[data-anew] .row-text").first).not_to_contain_text("R. O.")
    press(phone, "Plan 3 sessions")
    expect(phone.locator(".toasts")).to_contain_text("3 sessions are planned.")


def test_days_that_are_shown_are_in_sight(phone) -> None:
    show_days(phone)
    in_sight(phone, "These will stand")


def test_once_after_the_days_were_shown_is_looked_at_and_planned_alone(phone) -> None:
    show_days(phone)
    phone.get_by_text("Once", exact=True).click()
    phone.get_by_label("Day", exact=True).fill("2099-06-03")
    press(phone, "Make it one session")
    expect(phone.get_by_text("One session alone")).to_be_in_viewport()
    expect(phone.locator("[data-draft-notice]")).to_have_count(0)
    expect(phone.get_by_role("button", name="Plan the session")).to_be_focused()
    phone.get_by_role("button", name="Plan the session").click()
    expect(phone.locator("#when")).to_contain_text("3 June 2099")


def test_an_hour_that_is_skipped_is_said_while_a_past_one_is_typed(phone) -> None:
    arrive(phone)
    open_form(phone, "/sessions/past")
    expect(phone.locator("#clocks")).to_be_hidden()
    phone.get_by_label("On", exact=True).fill("2026-03-29")
    phone.get_by_label("At", exact=True).fill("02:30")
    expect(phone.locator("#clocks")).to_contain_text("02:30 is skipped, so 03:30 is meant.")
    expect(phone.get_by_label("At", exact=True)).to_be_focused()


def test_a_move_is_taken_back_by_one_tap_with_no_network(phone) -> None:
    arrive(phone)
    plan(phone, "2099-06-01", "15:00")
    change(phone)
    phone.context.set_offline(True)
    phone.get_by_label("Hour", exact=True).fill("16:00")
    keep(phone)
    expect(phone.locator(".toast").filter(has_text="The session is moved.")).to_be_visible()
    expect(phone.locator("#when")).to_contain_text("Was to be Mon 1 Jun, 15:00")
    phone.get_by_role("button", name="Undo").click()
    expect(phone.locator("#when .clock")).to_contain_text("15:00")
    expect(phone.locator("#when")).not_to_contain_text("Was to be")
