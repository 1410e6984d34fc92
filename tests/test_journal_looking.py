"""Looking for an entry: by month, by filter, from one to the next, in larger type."""
from __future__ import annotations

import re
from datetime import timedelta

import pytest

from mentorlog import clock, records
from mentorlog.journal import finding
from tests.cast import NOON
from tests.counting import queries
from tests.submitting import send, submit
from tests.test_today import write


def page_of(client, path: str, status: int = 200) -> str:
    reply = client.get(path)
    assert reply.status_code == status, path
    return reply.get_data(as_text=True)


def titles(page: str) -> list[str]:
    """The titles of the list, in order."""
    return re.findall(r'class="leaf-title"[^>]*><a [^>]*>([^<]+)</a>', page)


def heads(page: str) -> list[tuple[str, str]]:
    """The months of the list with their counts."""
    words = r'data-opens="months"><span[^>]*>(\w+ \d{4}).*?<span class="quiet">(\d+ entr\w+)</span>'
    return re.findall(words, page, re.DOTALL)


def link(page: str, words: str) -> str:
    """The address of the link that says this."""
    found = re.search(rf'href="([^"]+)"[^>]*>(?:<(?:svg.*?</svg|span[^>]*)>)?\s*{words}', page)
    assert found, words
    return found[1].replace("&amp;", "&")


def on(day: str, title: str, person, **fields) -> str:
    return write(person, "entry", clock.instant(day, "12:00", "Europe/Berlin"), title=title, text="x", **fields)


# -- months ------------------------------------------------------------------------------------------------------------

def test_a_month_is_jumped_to_and_the_list_goes_on_from_there(ada, cast):
    for day, title in (("2026-11-20", "Nov"), ("2026-03-31", "Late"), ("2026-03-01", "Early"), ("2025-03-31", "Old")):
        on(day, title, cast.ada)
    page = page_of(ada, "/journal?month=2026-03")
    assert titles(page) == ["Late", "Early", "Old"]
    assert heads(page) == [("March 2026", "2 entries"), ("March 2025", "1 entry")]
    assert link(page, "Newest entries") == "/journal"
    assert titles(page_of(ada, link(page, "November 2026"))) == ["Nov", "Late", "Early", "Old"]
    assert titles(page_of(ada, "/journal?month=2025-12")) == ["Old"]


def test_every_month_with_an_entry_is_offered_with_its_count(ada, cast):
    for day in ("2026-11-20", "2026-11-02", "2026-03-31", "2019-01-01"):
        on(day, day, cast.ada)
    binned = on("2018-01-01", "Binned", cast.ada)
    send(ada, f"/journal/{binned}/delete", {})
    page = page_of(ada, "/journal/months?month=2026-03")
    assert re.findall(r'month=([\d-]+)"( aria-current="true")?>(\w+) <small>\((\d+)\)', page) == [
        ("2026-11", "", "Nov", "2"), ("2026-03", ' aria-current="true"', "Mar", "1"), ("2019-01", "", "Jan", "1")]
    assert re.findall(r'id="year-(\d+)"', page) == ["2026", "2019"]


def test_a_month_is_the_one_on_my_clock(ada, cast):
    write(cast.ada, "entry", clock.parse("2026-10-31T23:30:00.000Z"), title="Half past midnight", text="x")
    assert heads(page_of(ada, "/journal")) == [("November 2026", "1 entry")]
    assert titles(page_of(ada, "/journal?month=2026-10")) == []
    assert "Nothing so far back" in page_of(ada, "/journal?month=2026-10")


def test_a_month_on_two_pages_is_counted_whole_on_both(ada, cast):
    for number in range(55):
        write(cast.ada, "entry", NOON - timedelta(hours=number), title=f"No. {number}", text="x")
    on("2026-10-01", "October", cast.ada)
    first = page_of(ada, "/journal")
    assert (len(titles(first)), heads(first)) == (50, [("November 2026", "55 entries")])
    second = page_of(ada, link(first, "Older entries"))
    assert titles(second) == [f"No. {number}" for number in range(50, 55)] + ["October"]
    assert heads(second) == [("November 2026", "55 entries"), ("October 2026", "1 entry")]
    assert "Older entries" not in second and "Newest entries" in second


def test_what_is_no_month_is_the_newest_page(ada, cast):
    on("2026-11-20", "There", cast.ada)
    for month in ("0000-13", "2026-13", "9999-01", "2026-1", "2026-11-01", "", "constructor", "２０２６-11", "2200-01"):
        page = page_of(ada, f"/journal?month={month}")
        assert titles(page) == ["There"], month
        assert "Newest entries" not in page, month


def test_the_first_and_the_last_month_of_all_are_months(ada, cast):
    on("2026-11-20", "There", cast.ada)
    assert titles(page_of(ada, "/journal?month=1900-01")) == []
    assert titles(page_of(ada, "/journal?month=2199-12")) == ["There"]
    assert [finding.start_of("1900-01", "Asia/Tokyo"), finding.end_of("2199-12", "UTC")] == ["", records.LAST]


# -- filters -----------------------------------------------------------------------------------------------------------

@pytest.fixture
def four(cast):
    """Four entries that differ, newest first: A, B, C, D; B and C are of the same session, whose id it is."""
    met = write(cast.ada, "session", starts_on="2026-11-20", starts_time="15:00", zone="Europe/Berlin", minutes=45)
    on("2026-11-04", "A", cast.ada, tags=["career"], lesson="Say it first")
    on("2026-11-03", "B", cast.ada, tags=["career", "pace"], session=met)
    on("2026-10-02", "C", cast.ada, session=met, lesson="Rest")
    on("2025-09-01", "D", cast.ada, tags=["Career", "__proto__"])
    return met


NARROWED = [
    ("tag=career", "AB"), ("tag=career&tag=pace", "B"), ("tag=Career", "D"), ("tag=__proto__", "D"), ("tag=care", ""),
    ("lesson=1", "AC"), ("about=any", "BC"), ("about=none", "AD"), ("about=any&lesson=1", "C"), ("waiting=1", ""),
    ("since=2026-10", "ABC"), ("until=2026-10", "CD"), ("since=2026-10&until=2026-10", "C"),
    ("since=2026-11&until=2026-10", ""), ("since=1900-01&until=2199-12", "ABCD"), ("tag=career&about=none", "A"),
    # no answers to the question: not asked
    ("about=constructor", "ABCD"), ("since=0000-13&until=9999-12", "ABCD"), ("lesson=0&waiting=x&tag=", "ABCD")]


def test_the_list_is_narrowed(ada, four):
    for asked, shown in NARROWED:
        page = page_of(ada, f"/journal?{asked}")
        assert "".join(titles(page)) == shown, asked
        assert ("No entry is like that" in page) == (shown == ""), asked
        assert ('href="/journal">Show all entries' in page) == (shown == ""), asked


def test_the_entries_of_one_session_are_told_by_its_day(ada, four):
    page = page_of(ada, f"/journal?about={four}")
    assert titles(page) == ["B", "C"]
    assert "Session <time" in page and "20 Nov 2026</time>" in page


def test_the_session_of_a_new_entry_does_not_narrow_the_list_beside_it(ada, four):
    page = page_of(ada, f"/journal/new?session={four}")
    assert titles(page) == ["A", "B", "C", "D"] and f'name="session" value="{four}" checked' in page
    assert titles(page_of(ada, f"/journal/new?about={four}")) == ["B", "C"]


def test_a_session_of_somebody_else_says_nothing_of_itself(ada, four, cast):
    theirs = write(cast.dan, "session", starts_on="2026-11-19", starts_time="15:00", zone="Europe/Berlin", minutes=45)
    write(cast.dan, "entry", title="Dans", text="x", session=theirs)
    page = page_of(ada, f"/journal?about={theirs}")
    assert titles(page) == [] and "One session" in page and "19 Nov" not in page
    assert "19 Nov" not in page_of(ada, f"/journal/filter?about={theirs}")


def test_each_chip_takes_away_what_it_says_and_keeps_the_rest(ada, four):
    page = page_of(ada, "/journal?tag=career&tag=pace&about=none&lesson=1&since=2026-10")
    assert link(page, "<bdi>#career</bdi>") == "/journal?about=none&tag=pace&lesson=1&since=2026-10"
    assert link(page, "Without a session") == "/journal?tag=career&tag=pace&lesson=1&since=2026-10"
    assert link(page, "From Oct 2026") == "/journal?about=none&tag=career&tag=pace&lesson=1"
    assert link(page, "Sessions") == "/journal?about=any&tag=career&tag=pace&lesson=1&since=2026-10"
    more = link(page, 'More<span class="vh"> to filter by</span>')
    assert more.startswith("/journal/filter?about=none&tag=career")
    assert link(page_of(ada, "/journal"), "Lessons") == "/journal?lesson=1"


def test_pages_months_and_the_reader_keep_the_filter(ada, cast):
    for number in range(52):
        write(cast.ada, "entry", NOON - timedelta(days=number), title=f"No. {number}", text="x", tags=["a b", "&"])
        write(cast.ada, "entry", NOON - timedelta(days=number), title="Not that", text="x")
    page = page_of(ada, "/journal?tag=a+b&tag=%26")
    older = link(page, "Older entries")
    assert titles(page_of(ada, older)) == ["No. 50", "No. 51"]
    assert heads(page_of(ada, older))[0] == ("October 2026", "28 entries")
    months = page_of(ada, link(page, "November 2026"))
    assert re.findall(r"month=([\d-]+)\"[^>]*>\w+ <small>\((\d+)\)", months) == [("2026-11", "24"), ("2026-10", "28")]
    beside = page_of(ada, link(page_of(ada, older), "No. 50"))
    assert titles(beside) == ["No. 50", "No. 51"]
    assert link(beside, "Journal") == older


def test_the_sheet_offers_what_there_is(ada, four):
    page = page_of(ada, "/journal/filter?tag=career&tag=gone&since=2020-02")
    tags = re.findall(r'name="tag" value="([^"]+)"( checked)?><bdi>[^<]+</bdi> ?(\d*)', page)
    assert tags == [("gone", " checked", ""), ("career", " checked", "2"), ("pace", "", "1"), ("Career", "", "1"),
                    ("__proto__", "", "1")]
    assert re.findall(r'<option value="([\w-]+)"[^>]*>Fri 20 Nov 2026 \(2\)', page) == [four]
    assert page.count('<option value="2026-10"') == 2 and "<option selected>2020-02" in page
    assert "No entry is like that" in page and "Show all again" in page and "Look again</button>" in page
    assert ">Show 2 entries<" in page_of(ada, "/journal/filter?lesson=1")
    assert ">Show 1 entry<" in page_of(ada, "/journal/filter?lesson=1&about=any")


def test_many_tags_are_folded_away_but_for_those_used_most(ada, cast):
    for number in range(3):
        on(f"2026-11-0{number + 1}", "x", cast.ada, tags=[f"tag-{n}" for n in range(number * 9, number * 9 + 15)])
    page = page_of(ada, "/journal/filter?tag=tag-32")
    shown, folded = page.split("All 33 tags")
    assert shown.count('name="tag"') == 9 and folded.count('name="tag"') == 24
    assert 'value="tag-9"' in shown and 'value="tag-32" checked' in shown


def test_the_count_on_the_button_is_a_part_of_its_own(ada, four):
    part = {"HX-Request": "true", "HX-Request-Type": "partial", "HX-Target": "div#found"}
    body = ada.get("/journal/filter?tag=career", headers=part).get_data(as_text=True)
    assert body.lstrip().startswith('<div class="row" id="found"') and "Show 2 entries" in body


def test_a_page_of_the_list_costs_the_same_whatever_there_is(ada, cast):
    costs = []
    for _ in range(2):
        for number in range(30):
            on(f"20{number + 20}-03-01", "x", cast.ada, tags=["a"])
        page_of(ada, "/journal?tag=a")
        for path in ("/journal", "/journal?month=2030-01", "/journal/months", "/journal/filter", "/journal?tag=a"):
            with queries() as heard:
                page_of(ada, path)
            costs.append(len(heard))
    assert costs[:5] == costs[5:]
    assert max(costs) < 30


# -- the reader --------------------------------------------------------------------------------------------------------

def around(page: str) -> list[str]:
    return re.findall(r'<span class="row-title own" dir="auto">([^<]+)</span>', page)


def test_the_reader_leads_to_the_entries_around_it(ada, four, cast):
    ids = {one["fields"]["title"]: one["id"] for one in records.shelf(cast.ada, "entry")}
    assert around(page_of(ada, f"/journal/{ids['B']}")) == ["A", "C"]
    assert around(page_of(ada, f"/journal/{ids['A']}")) == ["B"]
    page = page_of(ada, f"/journal/{ids['C']}?lesson=1")
    assert around(page) == ["A"]
    assert f"/journal/{ids['A']}?lesson=1" in page
    send(ada, f"/journal/{ids['B']}/delete", {})
    assert around(page_of(ada, f"/journal/{ids['B']}")) == []
    assert around(page_of(ada, f"/journal/{ids['A']}")) == ["C"]


def test_the_reader_knows_the_search_it_came_from(ada, four, cast):
    id = records.shelf(cast.ada, "entry")[0]["id"]
    page = page_of(ada, f"/journal/{id}?q=say+it")
    assert 'value="say it"' in page and 'href="/search?q=say+it"' in page and "revealed" in page
    assert "revealed" not in page_of(ada, f"/journal/{id}")


def test_a_copy_is_markdown_with_all_that_the_reader_shows(ada, cast):
    id = write(cast.ada, "entry", title="A <b>day</b>", text="One.\n\n* Two", lesson="Three.")
    page = page_of(ada, f"/journal/{id}")
    copied = page.partition(f'<template id="copy-{id}">')[2].partition("</template>")[0]
    assert copied.strip() == ("# A &lt;b&gt;day&lt;/b&gt;\n\nTuesday, 24 November 2026\n\nOne.\n\n* Two\n\n"
                              "**What stuck:** Three.")
    goals = [write(cast.ada, "goal", text=text) for text in ("Say it", "Ask more")]
    submit(ada, f"/goals/{goals[1]}/rating", value="4", then="stop")
    full = write(cast.ada, "entry", text="One.", goal=goals[0], rated=goals[1], tags=["work", "pace"])
    assert page_of(ada, f"/journal/{full}").partition("One.\n\n**")[2].startswith(
        "What next:** Say it\n\n**How the last goal went:** Ask more (4 of 5)\n\n#work #pace\n</template>")
    bare = page_of(ada, f"/journal/{write(cast.ada, 'entry', text='Alone')}")
    assert ">\nTuesday, 24 November 2026\n\nAlone\n</template>" in bare


def test_the_size_of_type_is_chosen_in_the_reader_and_holds_everywhere(ada, cast):
    id = write(cast.ada, "entry", text="x")
    for _ in range(2):
        reply = send(ada, f"/journal/{id}/size?tag=a", {"text_size": "largest"})
        assert (reply.status_code, reply.headers["Location"]) == (303, f"/journal/{id}?tag=a#size")
    page = page_of(ada, f"/journal/{id}")
    assert 'data-text="largest"' in page and 'value="largest" aria-pressed="true"' in page
    assert 'data-text="largest"' in page_of(ada, "/today")
    settings = records.many(cast.ada, [records.name_id(cast.ada.names, "settings")])
    [own] = settings.values()
    assert own["fields"] == {"text_size": "largest"}


def test_another_size_changes_nothing(ada, cast):
    id = write(cast.ada, "entry", text="x")
    for typed in ({}, {"text_size": ""}, {"text_size": "__proto__"}, {"text_size": "huge"}):
        assert send(ada, f"/journal/{id}/size", typed).status_code == 303
    assert "data-text=" not in page_of(ada, f"/journal/{id}")
    assert records.count(cast.ada, "settings") == 0


def test_the_size_keeps_the_other_settings(ada, cast):
    id = write(cast.ada, "entry", text="x")
    write(cast.ada, "settings", id=records.name_id(cast.ada.names, "settings"), theme="dark", text_size="large")
    send(ada, f"/journal/{id}/size", {"text_size": "normal"})
    page = page_of(ada, f"/journal/{id}")
    assert 'data-theme="dark"' in page and "data-text=" not in page
