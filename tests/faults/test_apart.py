"""Two devices that were apart (F30 to F36): what each wrote is joined, or kept whole, and the person is told."""
from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.hands import LONG_MS, held, line, on_server, open_form, rate, rewrite, save, script, send, texts, write

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
        assert send(page)["sync"] == "done"


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


def one_sentence_twice(both, proxy, server) -> None:
    """Both devices change the same sentence, and have heard of it."""
    phone, desktop = both
    path = shared_entry(both, "The sentence.")
    apart(proxy, server, lambda: rewrite(phone, path, "The sentence of the phone."),
          lambda: rewrite(desktop, path, "The sentence of the desktop."))
    settled(phone, desktop)


def test_f32_the_same_sentence(both, proxy, server) -> None:
    phone, _ = both
    one_sentence_twice(both, proxy, server)
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

    apart(proxy, server, lambda: rate(phone, path, 3, "Slow."), lambda: rate(desktop, path, 5, "Both said yes."))
    settled(phone, desktop)
    (rating,) = on_server(server, "rating")
    (earlier,) = rating["earlier"]
    last, before = rating["value"], earlier["value"]
    assert {(last, rating["reason"]), (before, earlier["reason"])} == {(3, "Slow."), (5, "Both said yes.")}
    assert on_server(server, "kept") == []
    for page in both:
        page.goto(path)
        expect(page.locator("[aria-labelledby=rated-h]")).to_contain_text(f"rated {last} of 5")
        expect(page.locator("[aria-labelledby=history-h] li")).to_contain_text([str(last), str(before), "Set"])
        expect(page.locator("main")).to_contain_text("The last one counts, the others stay readable.")


def test_f36_both_reorder_one_list_and_one_adds_to_it(both, proxy, server) -> None:
    phone, desktop = both
    open_form(phone, "/goals/new")
    phone.get_by_label("Goal", exact=True).fill("Grow")
    phone.get_by_text("Why, and up to six steps").click()
    for number, words in enumerate(("One", "Two", "Three", "Four"), 1):
        phone.get_by_label(f"Step {number}", exact=True).fill(words)
    phone.get_by_role("button", name="Set the goal").click()
    phone.wait_for_url("/goals", timeout=LONG_MS)
    phone.get_by_role("link", name="Grow", exact=True).click()
    expect(phone.get_by_role("heading", name="Grow", exact=True)).to_be_visible()
    path = "/goals/" + phone.url.partition("?")[0].rpartition("/")[2]
    settled(phone, desktop)

    def arrange(page: Page, *moves: str, add: str = ""):
        def arranging() -> None:
            open_form(page, f"{path}/edit")
            script(page, "slots.js")
            for move in moves:
                page.get_by_role("button", name=move, exact=True).click()
            if add:
                page.get_by_label("Step 5", exact=True).fill(add)
            page.get_by_role("button", name="Keep the change").last.click()
            page.wait_for_url(lambda url: not url.endswith("/edit"), timeout=LONG_MS)
        return arranging

    apart(proxy, server, arrange(phone, "Step 4 up", "Step 3 up", "Step 2 up"),
          arrange(desktop, "Step 1 down", add="Five"))
    settled(phone, desktop)
    (stands,) = on_server(server, "goal")
    order = [step["text"] for step in stands["steps"]]
    assert sorted(order) == ["Five", "Four", "One", "Three", "Two"]
    for page in both:
        page.goto(path)
        expect(page.locator(".steps li")).to_have_text(order)
