"""Writing an entry: what stuck, the session it is about, its tags, and nothing typed is lost when one is refused."""
from __future__ import annotations

import re
from datetime import timedelta
from html import unescape

from mentorlog import clock, forms, records
from mentorlog.sync import apply
from tests.cast import NOON, sign_in
from tests.counting import queries
from tests.submitting import Forms, fill, send, submit
from tests.test_sessions import lately, page_of, plan
from tests.test_today import write

HOSTILE = "<script>alert(1)</script> \u202e** & \" '"


def enter(client, **typed: str) -> str:
    """Write an entry through the form; its id."""
    reply = submit(client, "/journal/new", **({"text": "A line."} | typed))
    assert reply.status_code == 303, reply.get_data(as_text=True)
    return reply.headers["Location"].rpartition("/")[2]


def refuse(client, path: str = "/journal/new", **typed: str) -> str:
    """The page that comes back with words for what was refused."""
    reply = submit(client, path, **typed)
    assert reply.status_code == 422
    return reply.get_data(as_text=True)


def fields_of(person, id: str) -> dict:
    return records.find(person, "entry", id)["fields"]


def form_of(client, path: str = "/journal/new") -> dict[str, str]:
    return fill(client, path)


# -- what stuck --------------------------------------------------------------------------------------------------------

def test_what_stuck_is_a_text_of_its_own(ada, cast):
    id = enter(ada, lesson="Say **it** first.\r\nThen stop.")
    assert fields_of(cast.ada, id)["lesson"] == "Say **it** first.\nThen stop."
    page = page_of(ada, f"/journal/{id}")
    assert "What stuck</h2>" in page and "<strong>it</strong>" in page
    assert form_of(ada, f"/journal/{id}/edit")["lesson"] == "Say **it** first.\nThen stop."


def test_a_lesson_alone_is_an_entry_and_blanks_are_none(ada, cast):
    id = enter(ada, text="", lesson="Only this stuck")
    assert "Only this stuck" in page_of(ada, "/journal")
    assert "Write something first" in refuse(ada, text=" ", lesson="\n\u2003")
    assert records.count(cast.ada, "entry") == 1 and fields_of(cast.ada, id)["text"] == ""


def test_today_shows_the_last_thing_that_stuck(ada, cast):
    enter(ada, text="Written last.")
    assert "The last thing that stuck" not in page_of(ada, "/today")
    write(cast.ada, "entry", NOON - timedelta(days=9), text="Old.", lesson="The older one")
    near = write(cast.ada, "entry", NOON - timedelta(days=2), text="New.", lesson="Ask for the *decision*")
    write(cast.ada, "entry", NOON - timedelta(days=1), text="Nothing stuck.", lesson=" \n")
    page = page_of(ada, "/today")
    assert "The last thing that stuck" in page and "Ask for the decision" in page and f'href="/journal/{near}"' in page
    send(ada, f"/journal/{near}/delete", {})
    assert "The older one" in page_of(ada, "/today")


def test_a_page_of_an_older_version_takes_nothing_away(ada, cast):
    session = plan(ada)
    id = enter(ada, lesson="It stays", session=session)
    older = {name: value for name, value in form_of(ada, f"/journal/{id}/edit").items()
             if name in ("change", "record", "base", "title", "tags")}
    send(ada, f"/journal/{id}/edit", older | {"text": "Changed."})
    kept = fields_of(cast.ada, id)
    assert (kept["text"], kept["lesson"], kept["session"]) == ("Changed.", "It stays", session)


# -- the session it is about -------------------------------------------------------------------------------------------

def test_the_session_that_just_ended_is_chosen(ada, cast):
    plan(ada, **lately(days=7))
    ended = plan(ada, **lately(hours=2))
    plan(ada, starts_on="2026-11-24", starts_time="18:00")
    assert form_of(ada)["session"] == ended
    id = enter(ada)
    assert fields_of(cast.ada, id)["session"] == ended
    assert f'href="/sessions/{ended}"' in page_of(ada, f"/journal/{id}")


def test_late_at_night_it_is_still_the_session_of_the_evening(ada):
    evening = plan(ada, starts_on="2026-11-24", starts_time="21:00")
    with clock.at(NOON + timedelta(hours=14)):  # one o'clock the next day
        assert form_of(ada)["session"] == evening
    with clock.at(NOON + timedelta(hours=30)):
        assert form_of(ada)["session"] == ""


def test_a_session_later_today_is_chosen_one_that_fell_through_is_not(ada):
    fell = plan(ada, **lately(hours=2))
    send(ada, f"/sessions/{fell}/held", {"state": "missed"})
    assert "session" not in form_of(ada)  # there is nothing to choose from
    later = plan(ada, starts_on="2026-11-24", starts_time="18:00")
    assert form_of(ada)["session"] == later


def test_the_address_can_say_about_which_session(ada, cast):
    plan(ada, **lately(hours=2))
    old = plan(ada, **lately(days=70))
    for days in (7, 14, 21):
        plan(ada, **lately(days=days))
    assert form_of(ada, "/journal/new")["session"] != old
    page = page_of(ada, f"/journal/new?session={old}")
    assert Forms(page).found["/journal/new"]["session"] == old
    assert f'href="/journal/new?session={old}"' in page_of(ada, f"/sessions/{old}")
    enter(ada, session=old)


def test_what_is_no_session_of_mine_is_refused_in_words(ada, app, cast):
    with clock.at(NOON):
        others = plan(sign_in(app.test_client(), "bela"))
    for named in (enter(ada), records.new_id(), others, "constructor"):
        page = refuse(ada, text="Kept.", lesson="Kept, too.", tags="work", session=named)
        assert "Choose one of the sessions offered, or none" in page
        again = Forms(page).found["/journal/new"]
        assert [again[name] for name in ("text", "lesson", "tags")] == ["Kept.", "Kept, too.", "work"]
        assert page_of(ada, f"/journal/new?session={named}")
    assert send(ada, "/journal/new", again | {"session": ""}).status_code == 303


def test_an_entry_leaves_its_session(ada, cast):
    session = plan(ada, **lately(hours=2))
    id = enter(ada)
    assert fields_of(cast.ada, id)["session"] == session
    submit(ada, f"/journal/{id}/edit", session="")
    assert fields_of(cast.ada, id)["session"] is None


# -- tags --------------------------------------------------------------------------------------------------------------

def test_own_tags_are_offered_by_use_twelve_at_once(ada):
    for number in range(3):
        enter(ada, tags="often " + ("second " if number else "") + f"once-{number}")
    enter(ada, tags=" ".join(f"rare-{number}" for number in range(15)))
    page = page_of(ada, "/journal/new")
    offered = re.findall(r'class="chip"( data-more hidden)?><input [^>]*name="tag" value="(.*?)"', page)
    assert [name for _, name in offered][:2] == ["often", "second"] and len(offered) == 20
    assert [bool(hidden) for hidden, _ in offered] == [False] * 12 + [True] * 8


def test_a_tag_that_is_ticked_is_taken_once(ada, cast):
    enter(ada, tags="work pace")
    form = form_of(ada) | {"text": "x", "tags": "work, #new", "tag": ["work", "pace", " \0 "]}
    reply = send(ada, "/journal/new", form)
    id = reply.headers["Location"].rpartition("/")[2]
    assert fields_of(cast.ada, id)["tags"] == ["work", "new", "pace", "\ufffd"]
    assert 'name="tag" value="work"' not in page_of(ada, f"/journal/{id}/edit")  # it stands in the field already


def test_too_many_or_too_long_tags_are_refused_in_words(ada, cast):
    for tags in (" ".join(f"t{number}" for number in range(60)), "y" * 41):
        page = refuse(ada, text="Kept.", tags=tags, tag="ticked")
        assert "20 tags of 40 characters at most" in page
        again = Forms(page).found["/journal/new"]
        assert (again["tags"], again["tag"], records.count(cast.ada, "entry")) == (tags, "ticked", 0)


def test_tags_that_two_devices_added_never_keep_an_entry_from_being_saved(ada, cast):
    sides = [[f"{device}-{number}" for number in range(15)] for device in ("phone", "desk")]
    id = enter(ada, text="A line.")
    rev = records.find(cast.ada, "entry", id)["rev"]
    for tags in sides:  # each device saw none
        apply.take(cast.ada, None, [forms.change("entry", {"tags": tags}, {
            "change": records.new_id(), "record": id, "base": rev, "after": ""})])
    both = fields_of(cast.ada, id)["tags"]
    assert sorted(both) == sorted(sides[0] + sides[1])
    assert submit(ada, f"/journal/{id}/edit", text="Another line.").status_code == 303
    assert submit(ada, f"/journal/{id}/edit", tags=" ".join(["new", *both[1:]])).status_code == 303
    page = refuse(ada, f"/journal/{id}/edit", text="Kept.", tags=" ".join(["new", *both]))
    assert "These are 30 tags" in page and "Kept." in page
    assert submit(ada, f"/journal/{id}/edit", tags=" ".join(both[:21])).status_code == 303
    assert submit(ada, f"/journal/{id}/edit", tags=" ".join(both[:22])).status_code == 422
    assert fields_of(cast.ada, id)["text"] == "Another line."


# -- what is refused, and what is sent twice ---------------------------------------------------------------------------

def test_nothing_typed_is_lost_when_a_field_is_refused(ada, cast):
    typed = {"title": "x" * 201, "text": "Kept.\n\nBoth.", "lesson": "y" * 5001, "tags": "a b"}
    page = refuse(ada, **typed)
    assert "200 characters at most" in page and "5000 characters at most" in page
    again = Forms(page).found["/journal/new"]
    assert {name: again[name] for name in typed} == typed
    assert send(ada, "/journal/new", again | {"title": "x", "lesson": "y" * 5000}).status_code == 303
    assert records.count(cast.ada, "entry") == 1


def test_hostile_text_and_nul_stay_text(ada, cast):
    id = enter(ada, text="\0" + HOSTILE, lesson="\0" + HOSTILE, tags="<b>\0")
    assert fields_of(cast.ada, id)["lesson"] == "\ufffd" + HOSTILE
    for path in (f"/journal/{id}", f"/journal/{id}/edit", "/journal/new", "/today"):
        page = page_of(ada, path)
        assert "<script>alert" not in page and "<b>\ufffd" not in page
    assert HOSTILE in unescape(page_of(ada, f"/journal/{id}/edit"))


def test_the_same_form_twice_is_one_entry(ada, cast):
    form = form_of(ada) | {"text": "Once.", "lesson": "Once.", "tags": "once"}
    first, second = (send(ada, "/journal/new", form).headers["Location"] for _ in range(2))
    assert first == second and records.count(cast.ada, "entry") == 1


def test_scripts_alone_bring_tools_that_need_scripts(ada):
    page = page_of(ada, "/journal/new")
    assert "data-toolbar hidden" in page and "data-prompts hidden" in page
    assert "<details" in page and 'name="lesson"' in page


def test_the_list_stands_beside_the_editor(ada):
    id = enter(ada, title="On the left")
    assert f'href="/journal/{id}" aria-current="true"' in page_of(ada, f"/journal/{id}/edit")
    assert "On the left" in page_of(ada, "/journal/new")


def test_the_form_costs_the_same_number_of_queries_however_much_there_is(ada, cast):
    plan(ada, **lately(hours=2))
    write(cast.ada, "goal", text="A goal")
    write(cast.ada, "entry", text="An entry", tags=["work"])
    with queries() as few:
        page_of(ada, "/journal/new")
    for number in range(12):
        plan(ada, starts_on=f"2026-12-{number + 1:02}")
        plan(ada, **lately(days=number + 1))
        write(cast.ada, "goal", text="Another")
        write(cast.ada, "entry", text="Another", tags=[f"tag-{number}"])
    with queries() as many:
        page_of(ada, "/journal/new")
    assert len(many) == len(few)
