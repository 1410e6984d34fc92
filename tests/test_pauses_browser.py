"""The days of a pause follow its end while it is chosen, and goals move along with no network, in a real browser."""
from __future__ import annotations

from playwright.sync_api import Page, expect

from tests.browser_sign_in import arrive
from tests.hands import held, on_server, open_form, put, send
from tests.test_sessions_browser import plan, write_card


def test_the_ticks_follow_the_date_and_the_field_keeps_the_focus(phone) -> None:
    arrive(phone)
    write_card(phone)
    card = phone.url
    for day in ("2099-05-01", "2099-06-01"):
        plan(phone, day, "15:00")
        expect(phone.locator("#when")).to_be_visible()
    open_form(phone, f"{card}/pause")
    first, second = phone.locator("[name=cancel]").all()
    expect(first).not_to_be_checked()
    phone.get_by_text("Another date").click()
    date = phone.get_by_label("The first day on which you go on")
    for day, ticked in (("2099-06-02", True), ("2099-05-15", False)):
        date.fill(day)
        expect(first).to_be_checked()
        expect(second).to_be_checked(checked=ticked)
        expect(date).to_be_focused()
    phone.get_by_role("button", name="Pause until then").click()
    expect(phone.get_by_text("One session is cancelled.")).to_be_visible()
    expect(phone.get_by_role("button", name="Plan it again")).to_have_count(1)


def due(page: Page, goal: str) -> tuple[str | None, str | None]:
    """The day and the session of a goal, on this device."""
    fields = held(page)[goal]
    return fields["due_on"], fields.get("session")


def test_goals_move_along_and_back_with_no_network_and_arrive_so(phone, server) -> None:
    arrive(phone)
    write_card(phone)
    card = phone.url
    plan(phone, "2099-05-01", "15:00")
    expect(phone.locator("#when")).to_be_visible()
    session = phone.url.rpartition("/")[2]
    goal = put(phone, "goal", text="Read", due_on="2099-05-01", session=session)
    server.kill()
    open_form(phone, f"{card}/pause")
    move = phone.get_by_label("Move the dates of my open goals along")
    expect(move).to_be_checked()
    phone.get_by_text("Another date").click()
    phone.get_by_label("The first day on which you go on").fill("2099-05-02")
    expect(phone.locator("#resting")).to_contain_text("1 goal, due Fri 1 May 2099, by ")
    move.uncheck()
    phone.get_by_label("The first day on which you go on").fill("2099-05-03")
    expect(phone.locator("[name=seen]")).to_have_value("2099-05-03")
    expect(move).not_to_be_checked()
    move.check()
    phone.get_by_role("button", name="Pause until then").click()
    said = phone.locator(".toast").filter(has_text="One goal now has a later date.")
    expect(said).to_be_visible()
    moved = due(phone, goal)
    assert moved[0] > "2099-05-03" and moved[1] is None
    said.get_by_role("button", name="Undo").click()
    expect(phone.get_by_text("The goals have their former dates again.")).to_be_visible()
    assert due(phone, goal) == ("2099-05-01", session)
    open_form(phone, f"{card}/pause")
    expect(phone.locator("#resting")).to_contain_text(
        "1 goal, due Fri 1 May 2099: only an end after Sun 3 May 2099 moves")
    server.start()
    send(phone)
    [kept] = on_server(server, "goal")
    assert (kept["due_on"], kept["session"]) == ("2099-05-01", session)


def test_the_goals_below_follow_the_ticks_and_nothing_that_was_chosen_is_lost(phone) -> None:
    arrive(phone)
    write_card(phone)
    card = phone.url
    for day in ("2099-05-01", "2099-05-02", "2099-06-01"):
        plan(phone, day, "15:00")
        expect(phone.locator("#when")).to_be_visible()
        put(phone, "goal", text=day, due_on=day, session=phone.url.rpartition("/")[2])
    open_form(phone, f"{card}/pause")
    phone.get_by_text("Another date").click()
    phone.get_by_label("The first day on which you go on").fill("2099-05-15")
    goals, move = phone.locator("#resting"), phone.get_by_label("Move the dates of my open goals along")
    expect(goals).to_contain_text("2 goals, the first due Fri 1 May 2099, by ")
    phone.get_by_text("1 later one").click()
    phone.get_by_label("Mon 1 Jun, 15:00").check()
    first = phone.get_by_label("Fri 1 May, 15:00")
    first.focus()
    phone.keyboard.press("Space")
    expect(goals).to_contain_text("1 goal, due Sat 2 May 2099, by ")
    expect(first).to_be_focused()
    expect(first).not_to_be_checked()
    move.uncheck()
    phone.get_by_label("Sat 2 May, 15:00").uncheck()
    expect(goals).to_contain_text("None so far.")
    expect(move).not_to_be_checked()
    first.check()
    move.check()
    expect(goals).to_contain_text("1 goal, due Fri 1 May 2099, by ")
    phone.get_by_role("button", name="Pause until then").click()
    expect(phone.get_by_text("One session is cancelled.")).to_be_visible()
    expect(phone.get_by_text("One goal now has a later date.")).to_be_visible()
