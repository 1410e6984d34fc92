"""Search: what is found, how it is counted and told, and what it costs."""
from __future__ import annotations

import re
from datetime import timedelta

from mentorlog import clock, memory, records
from tests.cast import NOON, sign_in
from tests.counting import queries
from tests.submitting import send
from tests.test_today import write

PART = {"HX-Request": "true", "HX-Request-Type": "partial", "HX-Target": "div#hits"}


def found(client, q: str, **more: str) -> str:
    """The page of the hits."""
    reply = client.get("/search", query_string={"q": q, **more})
    assert reply.status_code == 200
    return reply.get_data(as_text=True).partition('id="hits"')[2].partition('class="pane-detail"')[0]


def chips(page: str) -> list[str]:
    return re.findall(r'class="chip"[^>]*>([^<]+)</a>', page)


def everywhere(person) -> dict[str, str]:
    """The word *kiwi* in every place that is searched; kind to id."""
    session = write(person, "session", starts_on="2026-11-20", starts_time="15:00", zone="Europe/Berlin", minutes=45,
                    notes="Kiwi notes")
    goal = write(person, "goal", text="Eat a kiwi", due_on="2026-12-07")
    rating = write(person, "rating", id=records.name_id(person.names, f"rating:{goal}"), goal=goal, value=4,
                   reason="The kiwi was good")
    sheet = write(person, "worksheet", id=records.name_id(person.names, f"worksheet:{session}:x"), title="Kiwi set",
                  questions=[{"id": "q1", "text": "Which fruit?"}])
    return {
        "session": session, "goal": goal, "rating": rating, "worksheet": sheet,
        "answer": write(person, "answer", id=records.name_id(person.names, f"answer:{sheet}:q1"), worksheet=sheet,
                        question="q1", text="A kiwi"),
        "line": write(person, "line", text="Why kiwi?", session=session),
        "set": write(person, "set", title="Fruit", questions=[{"id": "q1", "text": "Why a kiwi?"}]),
        "aim": write(person, "aim", text="Somebody who eats kiwis"),
        "partner": write(person, "partner", name="R. O.", fallback="Leave a kiwi"),
        "entry": write(person, "entry", title="A kiwi", text="Once.")}


def test_every_kind_is_found_counted_and_told(ada, cast):
    ids = everywhere(cast.ada)
    page = found(ada, "KIWI")
    assert chips(page) == ["All 10", "Entries 1", "Goals 2", "Answers 3", "Question sets 1", "Agenda 1", "Sessions 1",
                           "Partners 1"]
    assert f'/journal/{ids["entry"]}?q=KIWI' in page
    told = [re.sub(r"<[^>]+>", "", one) for one in re.findall(r'<span class="meta"><span>(.*?)</span></span>', page)]
    assert sorted(told) == [
        "Agenda line, 20 Nov", "Answer, “Which fruit?”", "Goal, rated 4 on 24 Nov", "Partner card, “R. O.”",
        "Question set, “Fruit”", "Rating, “Eat a kiwi”, rated 4", "Session, 20 Nov", "What you look for, 24 Nov",
        "Worksheet"]
    assert f'/questions/{ids["set"]}"' in page and '/questions/looking-for"' in page
    assert f'/worksheets/{ids["worksheet"]}?q=q1' in page
    assert page.count("<mark>") == 10


def test_hits_are_chosen_by_group(ada, cast):
    everywhere(cast.ada)
    for group, count in (("entry", 1), ("goal", 2), ("answer", 3), ("set", 1), ("line", 1), ("session", 1),
                         ("partner", 1), ("", 10), ("__proto__", 10), ("rating", 10)):
        page = found(ada, "kiwi", group=group)
        assert f"{count} found for kiwi" in page, group
        assert page.count("<mark>") == count, group
        assert chips(page)[0] == "All 10", group


def test_a_group_without_a_hit_keeps_the_words_and_offers_all(ada, cast):
    write(cast.ada, "entry", text="kiwi")
    page = found(ada, "kiwi", group="goal")
    assert "Nothing under Goals" in page and "Show all 1" in page and "Goals 0" in page
    assert 'name="group" value="goal" form="search"' in page  # what is typed next stays there


def test_steps_tags_reasons_and_lessons_are_searched(ada, cast):
    goal = write(cast.ada, "goal", text="Rest", why="Tired of mangos", steps=[{"id": "a", "text": "Buy a papaya"}])
    write(cast.ada, "entry", title="A day", text="Nothing of it.", lesson="A **lychee** is small", tags=["durian"])
    assert f"/goals/{goal}" in found(ada, "papaya") and "Goal, “<bdi>Rest</bdi>”" in found(ada, "papaya")
    assert f"/goals/{goal}" in found(ada, "mango")
    page = found(ada, "lychee")
    assert "<mark>lychee</mark> is small" in page and "What stuck" in page
    assert "What stuck" not in found(ada, "lychee day nothing")  # the text holds a word of it
    assert "1 found for durian" in found(ada, "durian")


def test_a_goal_that_ended_without_a_number_says_how(ada, cast):
    write(cast.ada, "goal", text="Rest", ended="let_go", ended_at=clock.iso(NOON), ended_why="No papaya was ripe")
    page = found(ada, "papaya")
    assert "Goal, “<bdi>Rest</bdi>”, let go on" in page and "No <mark>papaya</mark> was ripe" in page


def test_the_newest_come_first_and_fifty_of_them_are_shown(ada, cast):
    for number in range(53):
        write(cast.ada, "entry", NOON - timedelta(days=number), title=f"Kiwi no. {number:02}", text="x")
    page = found(ada, "kiwi")
    shown = re.findall(r"no\. (\d\d)", page)
    assert shown == [f"{number:02}" for number in range(50)]
    assert chips(page) == ["All 53", "Entries 53"]
    assert "the newest 50 of 53" in page
    assert "2025" not in page
    write(cast.ada, "entry", NOON - timedelta(days=400), title="Mango", text="x")
    assert "<span>2025</span>" in found(ada, "mango")


def test_a_slip_of_the_finger_is_offered_as_it_is_spelt(ada, cast):
    write(cast.ada, "entry", text="The release, the Release lead and the Straße.")
    assert 'href="/search?q=release+lead"' in found(ada, "relase laed")
    assert 'href="/search?q=strasse"' not in found(ada, "strasze")  # no word is that near
    assert "Search for" not in found(ada, "zucchini")
    assert "Search for" not in found(ada, "release zucchini")


def test_nothing_to_search_is_no_search(ada, cast):
    write(cast.ada, "entry", title="Kiwi", text="x")
    for q in ("", " ", "\u00a0\t\r\n", "\u0301\u0302"):
        page = found(ada, q)
        assert 'data-for=""' in page and "found for" not in page and "Kiwi" not in page, q


def test_odd_words_are_only_words(ada, cast):
    odd = ["<i>", "__proto__", "(.*)+$", "[a-", "%_", "\\", "👍🏽", "\u202erelease", "\0", "\ufffd"]
    write(cast.ada, "entry", title="An odd one", text=" ".join(odd).replace("\0", "\ufffd"))
    for q in (*odd, "a " * 5_000):
        assert "1 found for" in found(ada, q) and "<i>" not in found(ada, q), q
    for q in ("x" * 10_000, "é" * 5_000):
        assert "Nothing found" in found(ada, q), q[0]


def test_marks_of_another_alphabet_are_found(ada, cast):
    write(cast.ada, "entry", text="Łódź, ΛΌΓΟΣ, שָׁלוֹם, مَرْحَبًا")
    for q in ("łodz", "λογος", "שלום", "مرحبا"):
        assert "1 found" in found(ada, q), q


def test_bin_and_what_is_not_mine_are_not_found(ada, cast, app):
    write(cast.dan, "entry", text="kiwi of dan")
    id = write(cast.ada, "entry", text="kiwi of ada")
    assert "of dan" not in found(ada, "kiwi")
    send(ada, f"/journal/{id}/delete", {})
    assert "Nothing found" in found(ada, "kiwi")
    send(ada, f"/journal/{id}/bring-back", {})
    assert "1 found" in found(ada, "kiwi")
    assert "of ada" not in found(sign_in(app.test_client(), "dan"), "kiwi")


def test_a_part_is_the_hits_alone(ada, cast):
    write(cast.ada, "entry", text="kiwi")
    part = ada.get("/search?q=kiwi", headers=PART).get_data(as_text=True)
    assert part.lstrip().startswith('<div id="hits"') and "<html" not in part
    assert 'data-live="/search?q=kiwi"' in part


def test_the_entry_beside_the_hits_is_the_current_one(ada, cast):
    ids = [write(cast.ada, "entry", text="kiwi") for _ in range(2)]
    page = found(ada, "kiwi", open=ids[0])
    assert re.findall(r'/journal/([\w-]+)\?q=kiwi" aria-current', page) == [ids[0]]


def test_the_next_letter_reads_only_what_is_shown(ada, cast):
    for number in range(60):
        write(cast.ada, "entry", NOON - timedelta(days=number), text=f"kiwi {number}")
    found(ada, "k")
    with queries() as heard:
        found(ada, "ki")
    heard = [query for query in heard if "'kept'" not in query]  # every page knows what has two versions
    assert len(heard) < 10
    assert all(' IN (' in query for query in heard if '"fields"' in query)
    write(cast.ada, "entry", text="mango")
    assert "1 found" in found(ada, "mango")


def test_no_more_people_are_kept_in_memory_than_that(app, cast, monkeypatch):
    monkeypatch.setattr(memory, "PEOPLE", 2)
    for person in cast:
        write(person, "entry", text=f"of {person.name}")
    from mentorlog.models import Person
    for person in (*cast, *cast):
        [row] = memory.rows(Person.get_by_id(person.id))
        assert row.text == f"\nof {person.name.lower()}\n"
    assert len(memory._kept) == 2
