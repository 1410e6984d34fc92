"""What is typed and not saved: kept at every pause, put back with a note, gone once it is dropped."""
from __future__ import annotations

import re
import uuid

from playwright.sync_api import expect

from tests.device.drafting import PUT, TEXT, drafts, hidden, kept


def test_a_pause_keeps_what_was_typed(form):
    page = form()
    page.get_by_label("Text").fill(TEXT)
    draft = kept(page)
    assert (draft["fields"]["text"], draft["kind"]) == ([TEXT], "entry")
    assert draft["form"] == page.evaluate("location.pathname")
    assert {name: draft[name] for name in ("change", "record", "base")} == hidden(page)
    expect(page.locator("[data-draft-state]")).to_contain_text("not finished")


def test_what_was_typed_before_the_script_came_is_kept(form):
    page, held = form("edit", record=str(uuid.uuid4()), base=str(uuid.uuid4()), text="As it stands."), []
    page.route("**/draft.js", lambda route: held.append(route))
    with page.expect_request("**/draft.js"):
        page.reload(wait_until="commit")
    page.get_by_label("Text").fill(TEXT)
    assert drafts(page, 0) == []
    held[0].continue_()
    assert kept(page)["fields"]["text"] == [TEXT]
    page.get_by_label("Text").fill("As it stands.")
    assert drafts(page, 0) == []


def test_every_kind_of_field_comes_back(form):
    page = form()
    page.get_by_label("Line 1").fill("one")
    page.get_by_label("Line 2").fill("two")
    page.get_by_label("Done").check()
    page.get_by_label("High").check()
    page.get_by_label("Area").select_option("skill")
    kept(page)
    again = form(page=page)
    expect(again.locator("[data-draft-notice]")).to_be_visible()
    assert [again.get_by_label(name).input_value() for name in ("Line 1", "Line 2", "Area")] == ["one", "two", "skill"]
    assert [again.get_by_label(name).is_checked() for name in ("Done", "High", "Low")] == [True, True, False]


def test_a_closed_tab_loses_nothing(form):
    page = form()
    page.get_by_label("Text").fill(TEXT)
    draft = kept(page)
    page.close(run_before_unload=False)
    again = form()
    expect(again.locator("[data-draft-notice] time")).to_have_attribute("datetime", draft["at"])
    expect(again.get_by_label("Text")).to_have_value(TEXT)


def test_a_draft_of_another_day_says_which(form):
    page = form()
    page.get_by_label("Text").fill(TEXT)
    draft = kept(page)
    form(page=page)
    expect(page.locator("[data-draft-time]")).to_have_text(re.compile(r"^\d\d:\d\d$"))
    page.evaluate(PUT, draft | {"at": "2025-09-04T22:05:00.000Z"})
    form(page=page)
    expect(page.locator("[data-draft-time]")).to_have_text("Fri 5 Sep, 00:05")  # in the lab it is Berlin


def test_leaving_the_page_keeps_the_last_keys(form):
    page = form()
    page.get_by_label("Text").fill(TEXT)
    page.goto("about:blank")
    expect(form().get_by_label("Text")).to_have_value(TEXT)


def test_a_restored_form_stands_on_what_its_own_form_showed(form):
    record, old, new = (str(uuid.uuid4()) for _ in range(3))
    for stands in ({"base": old}, {"after": old}):
        page = form("edit", record=record, **stands)
        page.get_by_label("Text").fill(TEXT)
        draft = kept(page)
        form("edit", page=page, record=record, base=new, text="Newer.")
        expect(page.get_by_label("Text")).to_have_value(TEXT)
        assert hidden(page) == {"change": draft["change"], "record": record} | stands
        page.locator("[data-draft-drop]").click()
        expect(page.get_by_label("Text")).to_have_value("Newer.")
        assert drafts(page, 0) == []


def test_what_a_form_asks_about_is_put_back_only_into_a_form_about_the_same(form):
    asks = '</textarea></label><input type="hidden" name="rate" value="{0}:{1}" data-about="{0}"><label><textarea>'
    page = form(text=asks.format("one", "old"))
    page.get_by_label("Line 1").fill("one")
    kept(page)
    for about, base, stands in (("other", "new", "other:new"), ("one", "new", "one:old")):
        form(page=page, text=asks.format(about, base))
        expect(page.locator("[data-draft-notice]")).to_be_visible()
        expect(page.locator("input[name=rate]")).to_have_value(stands)


def test_a_draft_is_for_its_own_record_only(form):
    page = form("edit", record=str(uuid.uuid4()), base=str(uuid.uuid4()))
    page.get_by_label("Text").fill(TEXT)
    kept(page)
    form("edit", page=page, record=str(uuid.uuid4()), base=str(uuid.uuid4()), text="Another.")
    drafts(page, 1)
    expect(page.get_by_label("Text")).to_have_value("Another.")


def test_a_draft_is_dropped_only_by_a_tap(form):
    page = form()
    page.get_by_label("Text").fill(TEXT)
    kept(page)
    form(page=page).locator("[data-draft-keep]").click()
    expect(page.locator("[data-draft-notice]")).to_have_count(0)
    expect(page.get_by_label("Text")).to_have_value(TEXT)
    form(page=page).locator("[data-draft-drop]").click()
    expect(page.get_by_label("Text")).to_have_value("")
    assert drafts(page, 0) == []


def test_typing_back_what_was_shown_needs_no_draft(form):
    page = form()
    page.get_by_label("Text").fill(TEXT)
    kept(page)
    page.get_by_label("Text").fill("")
    assert drafts(page, 0) == []


def test_without_a_database_of_the_worker_none_is_made(lab, address):
    page = lab.context.new_page()
    page.goto(f"{address}/form/{uuid.uuid4()}/new")
    page.get_by_label("Text").fill(TEXT)
    before = lab.evaluate("indexedDB.databases().then((all) => all.length)")
    page.goto("about:blank")
    assert lab.evaluate("indexedDB.databases().then((all) => all.length)") == before
    page.close()
