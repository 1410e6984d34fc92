"""What a reminder says, and what it does not say any more when it goes: moved, done, switched off."""
from __future__ import annotations

from datetime import timedelta
from itertools import product

import pytest

from mentorlog import clock, goals, records
from mentorlog.due import wishes_of
from mentorlog.models import Delivery, Device, Pair, Record, Reminder
from mentorlog.records import name_id
from mentorlog.reminders import still
from mentorlog.sync import pairs
from tests.push.hours import DAYS, said_at


@pytest.fixture
def ada(cast, allow, every_kind):
    """She has one reminder of each kind, due now, and one phone."""
    allow(cast.ada)
    every_kind(cast.ada)
    return cast.ada


@pytest.fixture
def record(ada):
    """The record of the reminder of a kind that is due now."""
    def find(kind):
        row = Reminder.select().where(Reminder.kind == kind).order_by(Reminder.due_at).first()
        return Record.get_by_id(row.record)
    return find


def titles(shown):
    return sorted(one["title"].partition("day at")[0] for one in shown())


def outcomes():
    return sorted(row.outcome for row in Delivery.select())


# -- words -------------------------------------------------------------------------------------------------------------

def test_neutral_words_betray_nothing(ada, tick, shown, now):
    tick()
    begins = clock.parts(now + timedelta(days=1), zone_of(ada))
    day = ("Mon", "Tues", "Wednes", "Thurs", "Fri", "Satur", "Sun")[begins["weekday"]]
    assert titles(shown) == sorted([
        f"You have something at {clock.parts(now + timedelta(minutes=20), zone_of(ada))['time']}",
        f"You have something on {day}", f"You have something open before {day}", "You have something today"])
    assert not any("body" in one or "otherwise" in one["data"] for one in shown())


def zone_of(person):
    return wishes_of([person.id])[person.id].zone


def test_each_opens_its_screen(ada, tick, shown):
    tick()
    assert sorted(one["navigate"].split("/")[3] for one in shown()) == ["goals", "sessions", "sessions", "worksheets"]
    assert len({one["tag"] for one in shown()}) == 4


def test_with_names_it_says_with_whom_and_the_way_out(cast, allow, remind, tick, shown, write, choose):
    allow(cast.ada)
    choose(cast.ada, lock_screen="full", zone="UTC")
    card = write(cast.ada, "partner", name="R. O.", fallback="phone +49 30 1234567\nchat https://chat.example/x")
    reminder = remind(cast.ada, 30, partner=card.id, channel="video")
    tick()
    [one] = shown()
    assert one["title"] == f"Session with R. O. {said_at(reminder.expires_at, 'UTC')}"
    assert one["body"] == "By video. If it isn't working: phone +49 30 1234567."
    assert one["data"]["otherwise"] == "If it isn't working: phone +49 30 1234567."


def test_a_way_out_longer_than_a_screen_stops_no_message(cast, allow, remind, tick, shown, write, choose):
    """A push service takes no more than 4 kB."""
    allow(cast.ada)
    choose(cast.ada, lock_screen="full", zone="UTC")
    card = write(cast.ada, "partner", fallback="Ask for me at the desk, " + "and wait, " * 500)
    remind(cast.ada, 30, partner=card.id)
    tick()
    assert [(len(one["body"]), len(one["data"]["otherwise"])) for one in shown()] == [(140, 140)]


def test_what_was_agreed_on_is_the_way_out(cast, allow, remind, tick, shown, write, choose):
    from mentorlog import agreement
    allow(cast.ada)
    choose(cast.ada, lock_screen="full", zone="UTC")
    card = write(cast.ada, "partner", name="R. O.", fallback="phone +49 30 1234567")
    ways = [{"id": "one", "way": "chat", "address": "https://chat.example/x"}]
    write(cast.ada, "agreement", agreement.id_of(cast.ada, card.id), partner=card.id, ways=ways)
    remind(cast.ada, 30, partner=card.id, channel="video")
    tick()
    [one] = shown()
    assert one["body"] == "By video. If it isn't working: chat https://chat.example/x."
    assert [action["navigate"].split("/")[-1] for action in one["actions"]][-1] == "fallback"


def test_with_names_it_says_what_is_left_to_prepare(ada, tick, shown, choose, record, write):
    choose(ada, lock_screen="full")
    write(ada, "line", text="The new team", session=record("prepare").id)
    tick()
    bodies = {one["tag"].partition("-")[0]: one.get("body") for one in shown() if "Snooze" in str(one)
              and len(one["actions"]) == 1}
    assert not any("otherwise" in one["data"] for one in shown() if len(one["actions"]) == 1)
    assert bodies == {"session": "Rate your goal.", "goal": "Ask for the talk", "worksheet": None}


def test_card_of_the_other_of_a_pair_is_not_read_out(cast, allow, remind, tick, shown, write, choose):
    allow(cast.bela)
    choose(cast.bela, lock_screen="full")
    card = write(cast.ada, "partner", name="My mentor", phone="+49 30 1234567")
    remind(cast.ada, 30, pair=cast.pair, partner=card.id)
    tick()
    assert ["My mentor" in str(one) for one in shown()] == [False]


def test_only_a_session_that_begins_can_be_not_working(ada, tick, shown):
    tick()
    assert sorted(len(one["actions"]) for one in shown()) == [1, 1, 1, 2]


@pytest.mark.parametrize(("lock_screen", "title"), [
    ("neutral", "You have something tomorrow"), ("full", "A goal is due tomorrow")])
def test_goal_of_tomorrow_says_that_it_is_tomorrow(cast, allow, tick, shown, write, choose, now, lock_screen, title):
    allow(cast.ada)
    with clock.at(now - timedelta(minutes=1)):
        choose(cast.ada, goal_day="before", goal_time=f"{now:%H:%M}", lock_screen=lock_screen, zone="UTC")
        write(cast.ada, "goal", text="Ask for the talk", due_on=f"{now + timedelta(days=1):%Y-%m-%d}")
    tick()
    assert [one["title"] for one in shown()] == [title]


@pytest.mark.parametrize("desk", ["Etc/GMT-14", "Etc/GMT+12"])
def test_goal_is_said_by_the_day_where_its_owner_is(cast, allow, tick, shown, write, choose, now, desk):
    """A desk can stay where that day is over, or has not begun."""
    here = f"Etc/GMT{now.hour - 12:+}"  # where it is about noon
    allow(cast.ada, desk)
    with clock.at(now - timedelta(minutes=1)):
        choose(cast.ada, here=here, goal_time=clock.parts(now, here)["time"])
        write(cast.ada, "goal", text="Ask for the talk", due_on=clock.parts(now, here)["on"])
    tick()
    assert [one["title"] for one in shown()] == ["You have something today"]


@pytest.mark.parametrize(("lock_screen", "title"), [
    ("neutral", "You have something on {} at {}"), ("full", "Session on {} at {}")])
def test_session_of_tomorrow_names_its_day(cast, allow, choose, remind, tick, shown, now, lock_screen, title):
    ahead = (32 - now.hour) % 24 - 9  # hours of a zone where it is about 23:00
    zone = f"Etc/GMT{-ahead:+}"
    allow(cast.ada)
    choose(cast.ada, zone=zone, join_before=60, lock_screen=lock_screen)
    start = clock.parts(remind(cast.ada, 60).expires_at, zone)
    tick()
    assert [one["title"] for one in shown()] == [title.format(DAYS[start["weekday"]], start["time"])]


def test_goal_to_look_back_at_is_found_without_reading_any(cast, write, monkeypatch):
    """By the rule of the lists, for every state that a goal can be in."""
    states = [{}, {"waits": True}, {"waits": False}, {"ended": "let_go"}, {"ended": None}, {"text": 'So "waits":true'},
              {"binned_at": "2026-11-24T12:00:00.000Z"}]
    ratings = [None, {"value": 4}, {"value": None, "earlier": [{"value": 3}]},
               {"value": 4, "binned_at": "2026-11-24T12:00:00.000Z"}]
    for state, rating, due_on in product(states, ratings, [None, "2026-06-01", "2026-06-02"]):
        goal = write(cast.ada, "goal", due_on=due_on, **state).id
        if rating:
            write(cast.ada, "rating", name_id(cast.ada.names, f"rating:{goal}"), goal=goal, **rating)
        for on in ("2026-05-31", "2026-06-01"):
            wanted = bool(goals.due(goals.unrated(cast.ada), on))
            with monkeypatch.context() as patched:
                patched.setattr(records.reading, "_read", None)
                assert goals.any_due(cast.ada, on) == wanted, (state, rating, due_on, on)
                assert not goals.any_due(cast.dan, on)
        Record.delete().execute()


# -- what is not said --------------------------------------------------------------------------------------------------

@pytest.mark.parametrize("off", ["join", "prepare", "goal", "worksheet"])
def test_kind_that_is_off_is_not_said(ada, tick, shown, choose, off):
    choose(ada, **{f"remind_{off}": False})
    tick()
    assert (len(shown()), outcomes()) == (3, ["done", "sent", "sent", "sent"])


def test_goal_that_was_rated_is_not_said(ada, tick, shown, write, record):
    goal = record("goal").id
    write(ada, "rating", name_id(ada.names, f"rating:{goal}"), goal=goal, value=4)
    tick()
    assert "You have something today" not in titles(shown)


def test_rating_that_was_thrown_away_does_not_count(ada, tick, shown, write, record):
    goal = record("goal").id
    write(ada, "rating", name_id(ada.names, f"rating:{goal}"), goal=goal, value=4,
          binned_at="2026-11-24T12:00:00.000Z")
    tick()
    assert "You have something today" in titles(shown)


@pytest.mark.parametrize(("answer", "said"), [
    ({"text": "That asking helps"}, False), ({"skipped": True}, False), ({"text": ""}, True)])
def test_worksheet_that_is_answered_whole_is_not_said(ada, tick, shown, write, record, answer, said):
    sheet = record("worksheet").id
    write(ada, "answer", name_id(ada.names, f"answer:{sheet}:one"), worksheet=sheet, question="one", **answer)
    tick()
    assert any("open before" in title for title in titles(shown)) == said


def test_session_that_is_prepared_is_not_said(ada, tick, shown, write, record):
    goal = record("goal").id
    write(ada, "rating", name_id(ada.names, f"rating:{goal}"), goal=goal, value=4)
    write(ada, "line", text="The new team", session=record("prepare").id)
    tick()
    assert not any("You have something on" in title for title in titles(shown))


@pytest.mark.parametrize("missing", ["goal", "line", "set"])
def test_session_that_lacks_one_thing_is_said_in_words_that_name_nothing(ada, tick, shown, write, record, missing):
    goal, sheet = record("goal").id, record("worksheet").id
    if missing != "goal":
        write(ada, "rating", name_id(ada.names, f"rating:{goal}"), goal=goal, value=4)
    if missing != "line":
        write(ada, "line", text="The new team", session=record("prepare").id)
    if missing == "set":
        write(ada, "worksheet", sheet, session="11111111-1111-4111-8111-111111111111")
    tick()
    assert any("You have something on" in title for title in titles(shown))


def test_what_is_left_is_looked_up_once_for_all_devices_of_a_person(ada, allow, tick, shown, monkeypatch):
    for _ in range(3):
        allow(ada)
    asked, left = [], still.left
    monkeypatch.setattr(still, "left", lambda kind, *more: asked.append(kind) or left(kind, *more))
    tick()
    assert (len(shown()), sorted(asked)) == (16, ["goal", "join", "prepare", "worksheet"])


def test_session_cancelled_while_a_retry_waits_is_not_said(cast, allow, remind, tick, service, write):
    allow(cast.ada)
    reminder = remind(cast.ada)
    service.fail_next(503)
    tick()
    write(cast.ada, "session", reminder.record, state="cancelled")
    tick(60)
    assert (service.received, outcomes()) == ([], [])


def said_to():
    """Deliveries, each with the person whose device it went to."""
    return Delivery.select(Delivery.outcome, Device.person).join(Device).objects()


def test_former_partner_is_not_reminded_any_more(cast, allow, remind, tick, service):
    for person in (cast.ada, cast.bela):
        allow(person)
    remind(cast.ada, pair=cast.pair)
    service.fail_next(503, times=2)
    tick()
    Pair.update(ended=True).execute()  # behind the hooks' back: what is under way is asked once more
    tick(60)
    assert sorted((row.person, row.outcome) for row in said_to()) == sorted([
        (cast.ada.id, "sent"), (cast.bela.id, "done")])


def test_end_of_a_pair_drops_what_its_former_partner_was_to_hear(cast, remind):
    for _ in range(2):
        remind(cast.ada, 60, pair=cast.pair)
    pairs.end(cast.pair.id)
    assert {row.person for row in Reminder.select()} == {cast.ada.id}
    assert Reminder.select().where(Reminder.kind == "join").count() == 2


def test_reminder_that_no_hook_moved_is_moved_when_it_is_due(cast, allow, remind, tick, service):
    allow(cast.ada)
    reminder = remind(cast.ada, 60)
    Reminder.update(due_at=reminder.due_at - timedelta(minutes=30)).where(Reminder.id == reminder.id).execute()
    tick()
    assert (service.received, Reminder.get_by_id(reminder.id).due_at) == ([], reminder.due_at)
    tick(1800)
    assert len(service.received) == 1


def test_reminder_of_what_is_not_there_any_more_is_dropped(cast, allow, remind, tick, service):
    allow(cast.ada)
    remind(cast.ada)
    Record.delete().execute()
    tick()
    assert (service.received, Reminder.select().where(Reminder.kind == "join").count()) == ([], 0)


def test_what_cannot_be_read_does_not_stop_the_others(ada, tick, shown, monkeypatch):
    monkeypatch.setattr(still, "unprepared", lambda *_: 1 / 0)
    tick()
    assert len(shown()) == 4
