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


def test_a_part_that_is_gone_takes_the_page_along_once_nobody_types(page):
    page.get_by_label("two field").fill("typing")
    page.evaluate("document.cookie = 'gone=one; path=/'")
    say(page)
    expect(page.locator("#one")).to_be_empty()
    expect(page.get_by_label("two field")).to_have_value("typing")
    page.get_by_label("two field").fill("as shown")
    page.get_by_label("two field").blur()
    expect(page.locator("#one")).to_have_count(0)
    page.context.clear_cookies(name="gone")
