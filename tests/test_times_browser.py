"""A week painted with mouse, thumb and keyboard in a real browser, and a time found with no network."""
from __future__ import annotations

from playwright.sync_api import Locator, Page, expect

from tests.browser_sign_in import arrive
from tests.hands import held, line, open_form, pause, put, script

HOURS = "/times/hours"


def cell(page: Page, value: str) -> Locator:
    return page.locator(f'button.slot[value="{value}"]')


def middle(page: Page, value: str) -> tuple[float, float]:
    box = cell(page, value).bounding_box()
    assert box is not None
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def drawn(page: Page) -> dict[str, str]:
    """Cell to what it says, without those that say never."""
    return page.evaluate("""() => Object.fromEntries([...document.querySelectorAll('button.slot')]
      .filter((one) => one.dataset.fit !== 'never').map((one) => [one.value, one.dataset.fit]))""")


def editor(page: Page, path: str = HOURS) -> None:
    open_form(page, path)
    script(page, "paint.js")


def take(page: Page, brush: str) -> None:
    page.locator(f'input[name="brush"][value="{brush}"]').check(force=True)


def keep(page: Page, name: str = "Keep my hours") -> None:
    page.get_by_role("button", name=name).click()
    expect(page.locator(".toasts")).to_contain_text("These hours are kept.")


def kept(page: Page) -> list[dict]:
    return [fields for fields in held(page).values() if "good" in fields]


def stroke(page: Page, *values: str) -> None:
    """The mouse goes down in the first cell and up in the last one."""
    page.mouse.move(*middle(page, values[0]))
    page.mouse.down()
    for value in values[1:]:
        page.mouse.move(*middle(page, value))
    page.mouse.up()


def test_a_mouse_paints_what_lies_between_and_nothing_is_kept_before_keep(phone):
    arrive(phone)
    editor(phone)
    stroke(phone, "mon-10", "wed-13", "tue-11")  # it went too far, and back
    assert drawn(phone) == dict.fromkeys(("mon-10", "mon-11", "tue-10", "tue-11"), "good")
    expect(cell(phone, "tue-11")).to_have_accessible_name("Tuesday 11:00, good")
    take(phone, "protected")
    cell(phone, "mon-10").click()
    assert drawn(phone)["mon-10"] == "protected" and kept(phone) == []
    keep(phone)
    [fields] = kept(phone)
    assert fields["good"] == ["mon-11", "tue-10", "tue-11"] and fields["protected"] == ["mon-10"]


def test_what_was_painted_and_not_kept_comes_back(phone):
    arrive(phone)
    editor(phone)
    stroke(phone, "thu-14", "fri-15")
    pause(phone)
    editor(phone)
    expect(phone.locator("[data-draft-notice]")).to_be_visible()
    assert drawn(phone) == dict.fromkeys(("thu-14", "thu-15", "fri-14", "fri-15"), "good")
    keep(phone)
    assert kept(phone)[0]["good"] == ["thu-14", "thu-15", "fri-14", "fri-15"]


def test_a_thumb_that_holds_paints_and_the_page_stays(phone):
    arrive(phone)
    editor(phone)
    cell(phone, "mon-09").scroll_into_view_if_needed()
    before = phone.evaluate("() => scrollY")
    finger = phone.context.new_cdp_session(phone)
    touch(finger, "touchStart", middle(phone, "mon-09"))
    expect(cell(phone, "mon-09")).to_have_attribute("data-fit", "good")
    for value in ("mon-10", "mon-11", "tue-11"):
        touch(finger, "touchMove", middle(phone, value))
    touch(finger, "touchEnd")
    assert sorted(drawn(phone)) == ["mon-09", "mon-10", "mon-11", "tue-09", "tue-10", "tue-11"]
    assert phone.evaluate("() => scrollY") == before


def test_a_thumb_that_swipes_up_scrolls_and_paints_nothing_and_one_that_taps_paints_one(phone):
    arrive(phone)
    editor(phone)
    x, y = middle(phone, "wed-12")
    finger = phone.context.new_cdp_session(phone)
    touch(finger, "touchStart", (x, y))
    for number in range(1, 12):
        touch(finger, "touchMove", (x, y - 15 * number))
    touch(finger, "touchEnd")
    phone.wait_for_function("() => scrollY > 50")
    assert drawn(phone) == {}
    cell(phone, "wed-12").tap()
    assert drawn(phone) == {"wed-12": "good"}


def test_a_thumb_that_moves_sideways_paints_at_once(phone):
    arrive(phone)
    editor(phone)
    finger = phone.context.new_cdp_session(phone)
    touch(finger, "touchStart", middle(phone, "mon-12"))
    for value in ("tue-12", "wed-12"):
        touch(finger, "touchMove", middle(phone, value))
    touch(finger, "touchEnd")
    assert sorted(drawn(phone)) == ["mon-12", "tue-12", "wed-12"]


def touch(finger, kind: str, *points: tuple[float, float]) -> None:
    finger.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": [{"x": x, "y": y} for x, y in points]})


def test_arrows_move_space_paints_and_shift_paints_on_the_way(phone):
    arrive(phone)
    editor(phone)
    cell(phone, "mon-09").focus()
    for key in ("ArrowRight", "ArrowDown", "Space", "Shift+ArrowDown", "Shift+ArrowRight", "ArrowUp", "Enter"):
        phone.keyboard.press(key)
    assert sorted(drawn(phone)) == ["tue-10", "tue-11", "wed-10", "wed-11"]
    assert phone.url.endswith(HOURS)
    take(phone, "never")
    cell(phone, "tue-10").focus()
    phone.keyboard.press("Space")
    assert sorted(drawn(phone)) == ["tue-11", "wed-10", "wed-11"]
    expect(phone.locator("[data-paint-said]")).to_have_text("Tuesday 10:00, never")


def test_a_time_is_found_and_planned_with_no_network(phone, server):
    arrive(phone)
    card = put(phone, "partner", name="R. O.", zone="America/New_York")
    server.kill()
    editor(phone)
    stroke(phone, "mon-14", "fri-17")
    keep(phone)
    editor(phone, f"{HOURS}/{card}")
    stroke(phone, "mon-09", "fri-09")
    phone.get_by_role("button", name="Keep these hours").click()
    expect(phone.get_by_role("heading", name="Three that fit")).to_be_visible()
    expect(phone.get_by_role("link", name="Plan it")).to_have_count(3)
    expect(phone.locator("main")).to_contain_text("Good for both, 09:00 there")
    assert phone.get_by_label("Message", exact=True).input_value().count("(America/New_York)") == 3
    phone.get_by_role("link", name="Plan it").first.click()
    phone.get_by_role("button", name="Plan the session").click()
    expect(phone.locator("#when")).to_contain_text("09:00 for R. O.")
    line(phone, "waiting")


def test_without_javascript_a_tap_asks_the_server(browser, server):
    page = browser.new_context(java_script_enabled=False, base_url=server.url, reduced_motion="reduce").new_page()
    page.goto("/sign-in?next=/times/hours")
    page.get_by_label("E-mail").fill("ada@example.org")
    page.get_by_label("Password").fill("correct horse battery")
    page.get_by_role("button", name="Sign in").click()
    page.goto(HOURS)
    take(page, "possible")
    cell(page, "mon-09").click()
    cell(page, "fri-17").click()
    for value in ("mon-09", "fri-17"):
        expect(cell(page, value)).to_have_attribute("data-fit", "possible")
    page.get_by_role("button", name="Keep my hours").click()
    expect(page.locator(".toasts")).to_contain_text("These hours are kept.")
    expect(cell(page, "fri-17")).to_have_attribute("data-fit", "possible")
    page.context.close()
