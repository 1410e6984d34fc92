"""What is typed and not saved: kept at every pause, put back with a note, gone once it is saved or dropped."""
from __future__ import annotations

import uuid

import pytest
from playwright.sync_api import expect

TEXT = "Nobody minded, and then somebody asked for the reasons."
OPEN = """async (person) => {
  const { openStore } = await import('/near/t/store.js');
  await openStore(indexedDB, person, null).open();
}"""
# Resolves with the drafts when there are so many, or with those there are after ten seconds.
DRAFTS = """async (count) => {
  const { openStore } = await import('/near/t/store.js');
  const store = openStore(indexedDB, document.documentElement.dataset.person, null);
  let all = [];
  for (const end = Date.now() + 10_000; Date.now() < end;) {
    all = await store.drafts();
    if (all.length === count) break;
    await new Promise((resolve) => { setTimeout(resolve, 20); });
  }
  await store.close();
  return all;
}"""
SAVE = """async ([opened, now]) => {
  const { openStore } = await import('/near/t/store.js');
  const { write } = await import('/near/t/changes.js');
  const store = openStore(indexedDB, document.documentElement.dataset.person, null);
  const { change, ...stands } = opened;
  await write(store, [{ id: change, kind: 'entry', fields: { text: 'x' }, ...stands }], { now });
  await store.close();
}"""

FORGET = """async (change) => {
  const { openStore } = await import('/near/t/store.js');
  const store = openStore(indexedDB, document.documentElement.dataset.person, null);
  await store.dropDraft(change);
  await store.close();
}"""


@pytest.fixture
def form(lab, address):
    """Opens the form of a new person: `form("new")`, `form("edit", record=..., base=...)`, in a page of its own."""
    person, pages = str(uuid.uuid4()), []

    def load(where="new", page=None, **shown):
        if page is None:
            page = lab.context.new_page()
            pages.append(page)
        query = "&".join(f"{name}={value}" for name, value in shown.items())
        page.goto(f"{address}/form/{person}/{where}?{query}")
        return page

    lab.evaluate(OPEN, person)
    yield load
    for page in pages:
        page.close()


def drafts(page, count):
    return page.evaluate(DRAFTS, count)


def kept(page):
    """The one draft, once it is there."""
    draft, = drafts(page, 1)
    return draft


def hidden(page):
    """What the form stands on."""
    fields = page.locator("form input[type=hidden]").all()
    return {field.get_attribute("name"): field.get_attribute("value") for field in fields}


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


def test_a_form_sent_back_with_a_new_question_below_keeps_its_answer(form):
    page = form()
    page.get_by_label("Text").fill(f" {TEXT}\n")
    stands = {name: value for name, value in kept(page).items() if name in ("change", "record")}
    asks = '</textarea></label><label>Which <input type="radio" name="which" checked></label><label><textarea>'
    form(page=page, text="Sent before the last keys." + asks, **stands)
    expect(page.get_by_label("Text")).to_have_value(f" {TEXT}\n")
    expect(page.get_by_label("Which")).to_be_checked()
    form(page=page, text=TEXT + asks, **stands)
    page.get_by_label("Line 1").fill("one")
    expect(page.locator("[data-draft-state]")).to_contain_text("not finished")
    expect(page.locator("[data-draft-notice]")).to_have_count(0)
    expect(page.get_by_label("Which")).to_be_checked()


def test_a_form_sent_back_with_errors_never_deletes_its_draft(form):
    page = form()
    page.get_by_label("Text").fill(TEXT)
    stands = {name: value for name, value in kept(page).items() if name in ("change", "record")}
    form(page=page, text=TEXT, **stands)
    expect(page.locator("[data-draft-state]")).to_contain_text("not finished")
    page.get_by_label("Text").fill(f"{TEXT} x")
    page.get_by_label("Text").fill(TEXT)
    page.evaluate("dispatchEvent(new Event('pagehide'))")
    assert kept(page)["fields"]["text"] == [TEXT]
    page.evaluate("document.addEventListener('submit', (event) => event.preventDefault())")
    page.evaluate("document.forms[0].requestSubmit()")
    assert kept(page)["fields"]["text"] == [TEXT]


def test_a_form_that_comes_back_into_its_page_is_kept_at_once(form):
    page = form()
    page.evaluate("document.addEventListener('submit', (event) => event.preventDefault())")
    page.get_by_label("Text").fill(TEXT)
    page.get_by_label("Text").blur()
    page.evaluate("document.forms[0].requestSubmit()")
    change = kept(page)["change"]
    page.evaluate(FORGET, change)
    page.evaluate("""() => {
      const [form] = document.forms, text = form.elements.text.value;
      form.outerHTML = form.outerHTML;
      document.forms[0].elements.text.defaultValue = text;
      document.dispatchEvent(new CustomEvent('htmx:after:swap'));
    }""")
    draft = kept(page)
    assert (draft["change"], draft["fields"]["text"]) == (change, [TEXT])


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


def test_the_save_that_finishes_a_draft_takes_it_along(form):
    page = form()
    page.get_by_label("Text").fill(TEXT)
    kept(page)
    page.evaluate(SAVE, [hidden(page), "2026-11-24T12:00:00.000Z"])
    assert drafts(page, 0) == []


def test_a_draft_that_comes_after_its_own_save_is_forgotten(form):
    page = form()
    page.evaluate(SAVE, [hidden(page), "2199-11-24T12:00:00.000Z"])
    page.get_by_label("Text").fill(TEXT)
    kept(page)
    form(page=page)
    assert drafts(page, 0) == []
    expect(page.get_by_label("Text")).to_have_value("")


def test_a_submitted_form_writes_no_draft_on_its_way_out(form):
    page = form()
    page.evaluate("document.addEventListener('submit', (event) => event.preventDefault())")
    page.get_by_label("Text").fill(TEXT)
    page.evaluate("document.forms[0].requestSubmit()")
    change = kept(page)["change"]  # kept once more before it goes: the server may never answer
    page.evaluate(SAVE, [hidden(page), "2199-11-24T12:00:00.000Z"])
    page.evaluate("dispatchEvent(new Event('pagehide'))")
    assert drafts(page, 0) == [] and change == hidden(page)["change"]


def test_what_flask_took_is_forgotten_by_its_notice(form):
    page = form()
    page.get_by_label("Text").fill(TEXT)
    change = kept(page)["change"]
    page.evaluate("""(change) => {
      const said = Object.assign(document.createElement('span'), { hidden: true });
      said.dataset.change = change;
      document.body.append(said);
      document.dispatchEvent(new CustomEvent('htmx:after:swap'));
    }""", change)
    assert drafts(page, 0) == []


def test_without_a_database_of_the_worker_none_is_made(lab, address):
    page = lab.context.new_page()
    page.goto(f"{address}/form/{uuid.uuid4()}/new")
    page.get_by_label("Text").fill(TEXT)
    before = lab.evaluate("indexedDB.databases().then((all) => all.length)")
    page.goto("about:blank")
    assert lab.evaluate("indexedDB.databases().then((all) => all.length)") == before
    page.close()
