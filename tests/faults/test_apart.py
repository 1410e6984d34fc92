"""Two devices that were apart (F30 to F36): what each wrote is joined, or kept whole, and the person is told."""
from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.hands import LONG_MS, held, line, on_server, rewrite, save, send, texts, write

NOW = "2026-11-24T12:00:00.000Z"


def apart(proxy, server, *edits) -> None:
    """Both devices are offline while they write; then the server is back."""
    server.kill()
    for edit in edits:
        edit()
    server.start()


def shared_entry(both, text: str) -> str:
    """An entry that both devices have; returns its path."""
    phone, desktop = both
    address = write(phone, "Shared", text)
    line(phone, "sent", 0)
    send(desktop)
    path = "/journal/" + address.rpartition("/")[2]
    desktop.goto(path)
    expect(desktop.get_by_role("heading", name="Shared").first).to_be_visible()
    return path


def settled(*pages: Page) -> None:
    """Every device has sent and heard everything."""
    for page in (*pages, *pages):
        page.goto("/today")
        line(page, "sent", 0)
        assert send(page)["sync"] in ("done", "busy")


def test_f30_different_fields_of_one_record(both, proxy, server) -> None:
    phone, desktop = both
    path = shared_entry(both, "The text.")

    def retitle() -> None:
        desktop.goto(f"{path}/edit")
        desktop.get_by_label("Title", exact=True).fill("A better title")
        desktop.get_by_role("button", name="Done").click()
        expect(desktop.get_by_role("heading", name="A better title").first).to_be_visible()

    apart(proxy, server, lambda: rewrite(phone, path, "A better text."), retitle)
    settled(phone, desktop)
    assert [(one["title"], one["text"]) for one in on_server(server)] == [("A better title", "A better text.")]
    assert on_server(server, "kept") == []


def test_f31_different_paragraphs_then_different_sentences(both, proxy, server) -> None:
    phone, desktop = both
    path = shared_entry(both, "First paragraph.\n\nOne. Two. Three.")
    apart(proxy, server, lambda: rewrite(phone, path, "First paragraph, longer.\n\nOne. Two. Three."),
          lambda: rewrite(desktop, path, "First paragraph.\n\nOne. Two. Three. Four."))
    settled(phone, desktop)
    assert texts(server) == ["First paragraph, longer.\n\nOne. Two. Three. Four."]
    apart(proxy, server, lambda: rewrite(phone, path, "First paragraph, longer.\n\nOne, at last. Two. Three. Four."),
          lambda: rewrite(desktop, path, "First paragraph, longer.\n\nOne. Two. Three, too. Four."))
    settled(phone, desktop)
    assert texts(server) == ["First paragraph, longer.\n\nOne, at last. Two. Three, too. Four."]
    assert on_server(server, "kept") == []


def test_f32_the_same_sentence(both, proxy, server) -> None:
    phone, desktop = both
    path = shared_entry(both, "The sentence.")
    apart(proxy, server, lambda: rewrite(phone, path, "The sentence of the phone."),
          lambda: rewrite(desktop, path, "The sentence of the desktop."))
    settled(phone, desktop)
    stands, kept = texts(server), [one["text"] for one in on_server(server, "kept")]
    assert sorted(stands + kept) == ["The sentence of the desktop.", "The sentence of the phone."]
    phone.goto("/waiting")
    expect(phone.locator("main")).to_contain_text("Two versions", timeout=LONG_MS)
    expect(phone.locator("main")).to_contain_text(kept[0])


def test_f33_one_deletes_and_the_other_edits(both, proxy, server) -> None:
    phone, desktop = both
    path = shared_entry(both, "Worth keeping.")

    def bin_it() -> None:
        phone.goto(path)
        phone.get_by_role("button", name="Delete").click()
        expect(phone.locator(".toasts")).to_contain_text("moved to the bin")

    apart(proxy, server, bin_it, lambda: rewrite(desktop, path, "Worth keeping, and longer."))
    settled(phone)
    line(desktop, "sent", 0)
    desktop.goto("/journal")
    expect(desktop.locator(".toasts")).to_contain_text("Your edit is in it, in the bin.")
    settled(phone, desktop)
    phone.goto("/journal/bin")
    expect(phone.locator("main")).to_contain_text("Shared")
    phone.get_by_role("button", name="Bring back").first.click()
    line(phone, "sent", 0)
    assert texts(server) == ["Worth keeping, and longer."]


@pytest.mark.parametrize("first", ["the one who empties", "the one who writes"])
def test_f34_one_empties_the_bin_and_the_other_edits_what_lies_in_it(both, proxy, server, first: str) -> None:
    phone, desktop = both
    path = shared_entry(both, "Worth keeping.")
    entry = path.rpartition("/")[2]
    save(phone, "entry", entry, binned_at=NOW)
    settled(phone, desktop)
    apart(proxy, server, lambda: save(phone, "entry", entry, deleted=True),
          lambda: save(desktop, "entry", entry, binned_at=None, text="Worth keeping, and longer."))
    settled(*(both if first == "the one who empties" else reversed(both)))
    settled(phone, desktop)
    assert texts(server) == []
    assert {one["field"]: one["text"] for one in on_server(server, "kept")} == {
        "title": "Shared", "text": "Worth keeping, and longer."}
    for page in both:
        page.goto("/waiting")
        expect(page.locator("main")).to_contain_text("Worth keeping, and longer.")
        page.goto("/journal/bin")
        expect(page.locator("main")).not_to_contain_text("Shared")
        assert held(page) == held(phone)


def test_f35_both_rate_the_same_goal(both, proxy, server) -> None:
    phone, desktop = both
    phone.goto("/goals/new")
    phone.get_by_label("Goal", exact=True).fill("Say the sentence first")
    phone.locator("#form button[type=submit]").last.click()
    phone.wait_for_url(lambda url: not url.partition("?")[0].endswith("/new"), timeout=LONG_MS)
    phone.goto("/goals")
    phone.get_by_role("link", name="Say the sentence first", exact=True).click()
    expect(phone.get_by_role("heading", name="Say the sentence first")).to_be_visible()
    path = "/goals/" + phone.url.partition("?")[0].rpartition("/")[2]
    settled(phone, desktop)

    def rate(page: Page, value: int):
        def rating() -> None:
            page.goto(f"{path}/rating")
            page.locator(f"input[name=value][value='{value}']").check(force=True)
            page.locator("#rate button[type=submit]").first.click()
            page.wait_for_url(lambda url: not url.endswith("/rating"), timeout=LONG_MS)
            page.goto(path)
            expect(page.locator("main")).to_contain_text(str(value))
        return rating

    apart(proxy, server, rate(phone, 3), rate(desktop, 5))
    settled(phone, desktop)
    (rating,) = on_server(server, "rating")
    assert {rating["value"], rating["earlier"][0]["value"]} == {3, 5}


def test_f36_both_reorder_one_list_and_one_adds_to_it(both, proxy, server) -> None:
    phone, desktop = both
    one, two, three, four = ({"id": word, "text": word.title()} for word in ("one", "two", "three", "four"))
    goal = save(phone, "goal", text="Grow", steps=[one, two, three, four])
    settled(phone, desktop)
    five = {"id": "five", "text": "Five"}
    apart(proxy, server, lambda: save(phone, "goal", goal, steps=[four, three, two, one]),
          lambda: save(desktop, "goal", goal, steps=[two, one, five, four, three]))
    settled(phone, desktop)
    (stands,) = on_server(server, "goal")
    order = [step["id"] for step in stands["steps"]]
    assert sorted(order) == ["five", "four", "one", "three", "two"]
    for page in both:
        page.goto(f"/goals/{goal}")
        expect(page.locator(".steps li")).to_have_text([word.title() for word in order])
