"""Parts of a page that follow the store: fetched anew when records moved, never under somebody's hands."""
from __future__ import annotations

import json
import re
import uuid

import pytest
from playwright.sync_api import expect

from tests.contracts.conversation import TELL


@pytest.fixture
def page(lab, address):
    """A page with the line and two parts, on which live.js runs."""
    opened = lab.context.new_page()
    opened.person = str(uuid.uuid4())
    opened.goto(f"{address}/live/{opened.person}")
    yield opened
    opened.close()


def say(page, records=("r",), person=None):
    """What the worker says after a sync."""
    message = {"type": "sync:moved", "person": person or page.person, "records": list(records)}
    page.evaluate(f"new BroadcastChannel('mentorlog').postMessage({json.dumps(message)})")


def shown(page, name):
    return page.locator(f"#{name} p, #line").filter(has_text=name).inner_text()


def after(page, name, before):
    expect(page.locator(f"#{name} p" if name != "line" else "#line")).not_to_have_text(before)


def test_parts_and_line_are_fetched_anew_with_their_attributes(page):
    line, one = shown(page, "line"), shown(page, "one")
    say(page)
    after(page, "line", line)
    after(page, "one", one)
    expect(page.locator("#one")).to_have_attribute("data-count", re.search(r"\d+", shown(page, "one"))[0])
    assert page.locator("#one #one, #line #line").count() == 0


def test_only_the_line_follows_when_no_record_moved(page):
    line, one = shown(page, "line"), shown(page, "one")
    say(page, records=())
    after(page, "line", line)
    assert shown(page, "one") == one


def test_a_part_with_the_focus_waits_until_it_is_left(page):
    one, two = shown(page, "one"), shown(page, "two")
    page.get_by_label("one field").focus()
    say(page)
    after(page, "two", two)
    assert shown(page, "one") == one
    page.get_by_label("two field").focus()
    after(page, "one", one)


def test_a_part_with_a_dirty_form_is_left_alone(page):
    one, two = shown(page, "one"), shown(page, "two")
    page.get_by_label("one field").fill("typed")
    page.get_by_label("two field").focus()
    page.get_by_label("two field").blur()
    say(page)
    after(page, "two", two)
    assert shown(page, "one") == one
    expect(page.get_by_label("one field")).to_have_value("typed")


def test_many_words_are_one_fetch(page):
    one = shown(page, "one")
    page.evaluate("""(person) => {
      const channel = new BroadcastChannel('mentorlog');
      for (let n = 0; n < 20; n += 1) channel.postMessage({ type: 'sync:moved', person, records: ['r'] });
    }""", page.person)
    after(page, "one", one)
    assert int(re.search(r"\d+", shown(page, "one"))[0]) == int(re.search(r"\d+", one)[0]) + 1


def test_another_person_is_not_listened_to(page):
    line, one = shown(page, "line"), shown(page, "one")
    say(page, person="somebody else")
    say(page, records=())
    after(page, "line", line)
    assert shown(page, "one") == one


def opened(origin, moved):
    """How often part one was made for a new page in the end."""
    origin.evaluate(TELL, {"type": "answer", "moved": moved})
    page = origin.context.new_page()
    page.goto(f"/live/{uuid.uuid4()}", wait_until="networkidle")
    text = shown(page, "one")
    page.close()
    return int(text.split()[1])


def test_what_moved_before_the_page_listened_is_fetched(origin):
    first = opened(origin, moved=False)
    assert opened(origin, moved=True) == first + 2
    assert opened(origin, moved=False) == first + 3


@pytest.fixture
def long(lab, address):
    """Opens a page with a fold, a sheet and a list that grows at its top."""
    pages = []

    def load(query=""):
        opened = lab.context.new_page()
        pages.append(opened)
        opened.person = str(uuid.uuid4())
        opened.goto(f"{address}/long/{opened.person}{query}")
        return opened

    yield load
    for opened in pages:
        opened.close()


def count(page):
    return int(page.locator("#many").get_attribute("data-count"))


def grown(page, before):
    expect(page.locator("#many")).to_have_attribute("data-count", str(before + 1))


def test_what_was_opened_stays_open(long):
    page = long()
    page.locator("#fold summary").click()
    page.locator("#fold summary").blur()
    before = count(page)
    say(page)
    grown(page, before)
    expect(page.locator("#fold")).to_have_attribute("open", "")


def test_words_that_are_marked_stay_marked(long):
    page = long()
    before, line = count(page), shown(page, "line")
    page.evaluate("getSelection().selectAllChildren(document.querySelector('#row-150'))")
    say(page)
    after(page, "line", line)
    assert (count(page), page.evaluate("getSelection().toString()")) == (before, "Row 150")
    page.evaluate("getSelection().removeAllRanges()")
    grown(page, before)


def test_an_open_sheet_is_left_alone(long):
    page = long()
    before, line = count(page), shown(page, "line")
    page.evaluate("document.querySelector('#sheet').show(); document.activeElement.blur()")
    say(page)
    after(page, "line", line)
    assert count(page) == before
    page.evaluate("document.querySelector('#sheet').close()")
    grown(page, before)


@pytest.mark.parametrize("query", ["", "?bare=1"])
def test_what_is_looked_at_stays_where_it_is(long, query):
    page = long(query)
    page.locator("#row-100").scroll_into_view_if_needed()
    place = "document.querySelector('#row-100').getBoundingClientRect().top"
    top, before = page.evaluate(place), count(page)
    say(page)
    grown(page, before)
    expect(page.locator(f"#row-{200 + before + 1}")).to_have_count(1)
    assert abs(page.evaluate(place) - top) < 2
    assert page.evaluate("[scrollY > 0, document.documentElement.style.overflowAnchor]") == [True, ""]


def test_at_the_top_of_the_page_what_is_new_comes_into_sight(long):
    page = long()
    before = count(page)
    say(page)
    grown(page, before)
    assert page.evaluate("scrollY") == 0


def test_a_hand_that_comes_while_the_news_are_on_their_way_keeps_them_out(page):
    one, two, held = shown(page, "one"), shown(page, "two"), []
    page.route("**/part/one", lambda route: held.append(route))
    with page.expect_request("**/part/one"):
        say(page)
    after(page, "two", two)
    page.get_by_label("one field").focus()
    with page.expect_response("**/part/one"):
        held[0].continue_()
    page.unroute("**/part/one")
    assert shown(page, "one") == one
    page.get_by_label("two field").focus()
    after(page, "one", one)


def test_what_is_gone_goes_from_the_screen(lab, address):
    page = lab.context.new_page()
    page.person = str(uuid.uuid4())
    page.goto(f"{address}/going/{page.person}")
    expect(page.locator("#gone")).to_contain_text("Shown")
    say(page)
    expect(page.locator("#gone")).to_contain_text("This is not here any more")
    page.close()
