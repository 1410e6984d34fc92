"""To prepare, a goal, a worksheet: when each is due, in whose hours, and how it moves with them."""
from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from mentorlog import clock
from mentorlog.due import Wishes, held_back
from mentorlog.models import Delivery, Pair, Record, Reminder
from mentorlog.records import name_id

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)  # a Tuesday, 13:00 in Berlin
LATER = datetime(2030, 1, 1, tzinfo=UTC)
FRIDAY = {"starts_on": "2026-11-27", "starts_time": "15:00", "zone": "Europe/Berlin"}
SHEET = {"title": "First meeting", "questions": [{"id": "one", "text": "What stuck?"}]}


@pytest.fixture(autouse=True)
def noon():
    with clock.at(NOW):
        yield


def rows(*kinds):
    """Of these kinds: when due and until when, as a clock in UTC shows it."""
    found = Reminder.select().where(Reminder.kind << kinds).order_by(Reminder.due_at, Reminder.kind)
    return [(row.kind, f"{row.due_at:%d %H:%M}", f"{row.expires_at:%d %H:%M}") for row in found]


# -- when --------------------------------------------------------------------------------------------------------------

def test_session_is_prepared_the_evening_before_at_seven_by_the_persons_clock(cast, write):
    write(cast.ada, "session", **FRIDAY)
    assert rows("prepare") == [("prepare", "26 18:00", "27 14:00")]


def test_evening_before_is_that_of_the_day_on_the_persons_clock(cast, write, choose):
    choose(cast.ada, zone="Asia/Tokyo")
    write(cast.ada, "session", **FRIDAY | {"starts_time": "17:00"})  # on Saturday at 01:00 in Tokyo
    assert rows("prepare") == [("prepare", "27 10:00", "27 16:00")]


def test_both_of_a_pair_prepare_by_their_own_clocks(cast, write, choose):
    choose(cast.bela, zone="America/New_York", prepare_time="20:30")
    write(cast.ada, "session", pair=cast.pair, **FRIDAY)
    assert rows("prepare") == [("prepare", "26 18:00", "27 14:00"), ("prepare", "27 01:30", "27 14:00")]


def test_goal_is_said_on_its_day_and_never_after_it(cast, write):
    write(cast.ada, "goal", text="Ask for the talk", due_on="2026-11-27")
    assert rows("goal") == [("goal", "27 08:00", "27 23:00")]


@pytest.mark.parametrize("how", [
    {"due_on": None}, {"ended": "let_go"}, {"waits": True}, {"binned_at": "2026-11-24T12:00:00.000Z"},
    {"deleted": True}])
def test_goal_that_is_not_open_or_has_no_day_is_not_said(cast, write, how):
    goal = write(cast.ada, "goal", due_on="2026-11-27")
    write(cast.ada, "goal", goal.id, **how)
    assert rows("goal") == []


def test_goal_of_today_that_is_set_after_its_hour_is_not_said(cast, write):
    write(cast.ada, "goal", due_on="2026-11-24")
    assert rows("goal") == []


def test_worksheet_is_said_the_evening_before_its_session(cast, write):
    session = write(cast.ada, "session", **FRIDAY)
    write(cast.ada, "worksheet", session=session.id, **SHEET)
    assert rows("worksheet") == [("worksheet", "26 18:00", "27 14:00")]


def test_worksheet_for_no_session_is_not_said(cast, write):
    write(cast.ada, "worksheet", **SHEET)
    assert rows("worksheet") == []


def test_worksheet_moves_with_its_session_and_goes_when_that_is_off(cast, write):
    session = write(cast.ada, "session", **FRIDAY)
    write(cast.ada, "worksheet", session=session.id, **SHEET)
    write(cast.ada, "session", session.id, starts_on="2026-11-30")
    assert rows("worksheet") == [("worksheet", "29 18:00", "30 14:00")]
    write(cast.ada, "session", session.id, state="cancelled")
    assert rows("worksheet", "prepare", "join") == []


def test_worksheet_that_arrives_before_its_session_is_said_all_the_same(cast, write):
    sheet = write(cast.ada, "worksheet", session="11111111-1111-4111-8111-111111111111", **SHEET)
    write(cast.ada, "session", sheet.fields["session"], **FRIDAY)
    assert rows("worksheet") == [("worksheet", "26 18:00", "27 14:00")]


def test_session_reads_none_of_the_worksheets_that_are_for_another(cast, write, monkeypatch):
    other = write(cast.ada, "session", **FRIDAY)
    for _ in range(20):
        write(cast.ada, "worksheet", session=other.id, **SHEET)
    read, python_value = [], Record.fields.python_value
    monkeypatch.setattr(Record.fields, "python_value", lambda value: read.append(value) or python_value(value))
    write(cast.ada, "session", **FRIDAY)
    assert [text for text in read if "What stuck?" in text] == []


def test_session_that_is_planned_for_today_is_not_prepared_the_evening_before(cast, write):
    write(cast.ada, "session", **FRIDAY | {"starts_on": "2026-11-24"})
    assert rows("prepare") == []


# -- settings ----------------------------------------------------------------------------------------------------------

def everything(cast, write):
    session = write(cast.ada, "session", **FRIDAY)
    write(cast.ada, "worksheet", session=session.id, **SHEET)
    write(cast.ada, "goal", due_on="2026-11-27")


def test_what_waits_moves_when_the_hours_change(cast, write, choose):
    everything(cast, write)
    choose(cast.ada, join_before=10, prepare_time="18:00", worksheet_time="20:00", goal_time="07:30")
    assert rows("join", "prepare", "goal", "worksheet") == [
        ("prepare", "26 17:00", "27 14:00"), ("worksheet", "26 19:00", "27 14:00"), ("goal", "27 06:30", "27 23:00"),
        ("join", "27 13:50", "27 14:00")]


def test_what_waits_moves_when_the_person_is_in_another_zone(cast, write, choose):
    everything(cast, write)
    choose(cast.ada, here="America/New_York")
    assert rows("join", "prepare", "goal", "worksheet") == [
        ("prepare", "27 00:00", "27 14:00"), ("worksheet", "27 00:00", "27 14:00"), ("join", "27 13:30", "27 14:00"),
        ("goal", "27 14:00", "28 05:00")]


def test_chosen_zone_wins_over_where_the_phone_is(cast, write, choose):
    choose(cast.ada, zone="Europe/Berlin", here="America/New_York")
    everything(cast, write)
    assert rows("goal") == [("goal", "27 08:00", "27 23:00")]


def test_settings_of_one_leave_the_other_of_a_pair_alone(cast, write, choose):
    write(cast.ada, "session", pair=cast.pair, **FRIDAY)
    choose(cast.bela, join_before=60)
    assert {(row.person, f"{row.due_at:%H:%M}") for row in Reminder.select().where(Reminder.kind == "join")} == {
        (cast.ada.id, "13:30"), (cast.bela.id, "13:00")}


def test_look_of_the_app_moves_nothing(cast, write, choose):
    everything(cast, write)
    Reminder.update(state="handed").execute()
    choose(cast.ada, theme="dark")
    assert {row.state for row in Reminder.select()} == {"handed"}


def test_what_was_said_is_not_said_again_for_an_earlier_hour(cast, write, choose, add_device):
    session = write(cast.ada, "session", **FRIDAY)
    with clock.at(datetime(2026, 11, 27, 13, 40, tzinfo=UTC)):
        Reminder.update(state="handed").execute()
        Delivery.create(reminder=Reminder.get(Reminder.kind == "join").id, device=add_device(cast.ada).id,
                        next_at=clock.now(), outcome="sent")
        choose(cast.ada, join_before=60)
    assert Reminder.get(Reminder.record == session.id, Reminder.kind == "join").state == "handed"
    assert Delivery.select().count() == 1


def test_pair_that_is_over_is_not_found_by_settings(cast, write, choose):
    write(cast.ada, "session", pair=cast.pair, **FRIDAY)
    Reminder.delete().execute()
    Pair.update(ended=True).execute()
    choose(cast.bela, join_before=60)
    assert rows("join", "prepare") == []


# -- quiet hours -------------------------------------------------------------------------------------------------------

NIGHT = {"quiet_from": "20:00", "quiet_until": "08:00"}


@pytest.mark.parametrize(("at", "until"), [
    ("19:59", None), ("20:00", "25 08:00"), ("23:30", "25 08:00"), ("00:10", "24 08:00"), ("07:59", "24 08:00"),
    ("08:00", None)])
def test_quiet_hours_go_over_midnight(at, until):
    wishes = Wishes("", home="Europe/Berlin", fields=NIGHT)
    held = held_back(wishes, clock.instant("2026-11-24", at, "Europe/Berlin"), LATER)
    shown = held and clock.parts(held, "Europe/Berlin")
    assert until == (shown and f"{shown['day']} {shown['time']}")


@pytest.mark.parametrize("fields", [
    {}, {"quiet_from": "20:00"}, {"quiet_until": "20:00"}, {"quiet_from": "20:00", "quiet_until": "20:00"}])
def test_half_of_quiet_hours_and_those_of_a_whole_day_hold_nothing_back(fields):
    assert held_back(Wishes("", home="Europe/Berlin", fields=fields), NOW, LATER) is None


@pytest.mark.parametrize(("on", "from_", "until", "at", "ends"), [
    ("2026-10-24", "22:00", "07:00", "22:30", "2026-10-25T06:00"),  # the night has an hour more
    ("2027-03-27", "22:00", "07:00", "22:30", "2027-03-28T05:00"),  # and one less
    ("2027-03-28", "01:00", "02:30", "01:30", "2027-03-28T01:30"),  # 02:30 is skipped: its later reading
    ("2026-10-25", "01:00", "02:30", "01:30", "2026-10-25T00:30")])  # 02:30 comes twice: the first
def test_quiet_hours_are_wall_times(on, from_, until, at, ends):
    fields = {"quiet_from": from_, "quiet_until": until}
    held = held_back(Wishes("", home="Europe/Berlin", fields=fields), clock.instant(on, at, "Europe/Berlin"), LATER)
    assert clock.iso(held)[:16] == ends


# -- focus hours -------------------------------------------------------------------------------------------------------

FOCUS = {"protected": ["tue-09", "tue-10", "tue-14", "wed-08"]}  # 24 November is a Tuesday


@pytest.mark.parametrize(("at", "expires", "until"), [
    ("08:59", "25 12:00", None), ("09:00", "25 12:00", "24 15:00"), ("10:59", "25 12:00", "24 15:00"),
    ("11:00", "25 12:00", None), ("14:30", "25 12:00", "24 15:00"), ("15:00", "25 12:00", None),
    ("10:30", "24 12:00", "24 11:00"),  # what would be too late by the last one comes at the end of this stretch
    ("10:30", "24 10:45", "24 11:00")])  # and that is of no use any more
def test_what_falls_into_focus_hours_comes_after_the_last_of_the_day(at, expires, until):
    wishes = Wishes("", home="Europe/Berlin", week=FOCUS)
    day, hour = expires.split()
    held = held_back(wishes, clock.instant("2026-11-24", at, "Europe/Berlin"),
                     clock.instant(f"2026-11-{day}", hour, "Europe/Berlin"))
    shown = held and clock.parts(held, "Europe/Berlin")
    assert until == (shown and f"{shown['day']} {shown['time']}")


def test_focus_hours_after_quiet_hours_hold_back_longer():
    wishes = Wishes("", home="Europe/Berlin", fields=NIGHT, week=FOCUS)
    held = held_back(wishes, clock.instant("2026-11-24", "23:00", "Europe/Berlin"), LATER)
    assert held == clock.instant("2026-11-25", "09:00", "Europe/Berlin")


def test_painting_focus_hours_moves_what_waits(cast, write, choose):
    choose(cast.ada, goal_time="09:00", zone="Europe/Berlin")
    write(cast.ada, "goal", text="Ask", due_on="2026-11-25")
    assert [row[1] for row in rows("goal")] == ["25 08:00"]
    write(cast.ada, "hours", name_id(cast.ada.names, "hours"), protected=["wed-09", "wed-10"])
    assert [row[1] for row in rows("goal")] == ["25 10:00"]


def test_what_falls_into_quiet_hours_comes_at_their_end(cast, write, choose):
    choose(cast.ada, quiet_from="18:00", quiet_until="09:30")
    everything(cast, write)
    assert rows("prepare", "goal", "worksheet") == [
        ("goal", "27 08:30", "27 23:00"), ("prepare", "27 08:30", "27 14:00"), ("worksheet", "27 08:30", "27 14:00")]


def test_quiet_hours_that_end_bring_back_what_they_held(cast, write, choose):
    choose(cast.ada, **NIGHT)
    write(cast.ada, "session", **FRIDAY | {"starts_time": "20:30"})
    choose(cast.ada, quiet_from=None, quiet_until=None)
    assert rows("join") == [("join", "27 19:00", "27 19:30")]


def test_what_was_said_is_not_said_again_when_hours_change(cast, write, choose):
    choose(cast.ada, goal_time="09:00", zone="Europe/Berlin")
    with clock.at(NOW - timedelta(hours=6)):
        write(cast.ada, "goal", text="Ask", due_on="2026-11-24")
    Reminder.update(state="handed").execute()
    choose(cast.ada, zone="America/New_York")
    row = Reminder.get(Reminder.kind == "goal")
    assert (row.state, f"{row.expires_at:%d %H:%M}") == ("handed", "25 05:00")


def test_a_goal_on_the_last_day_of_the_calendar_is_kept(cast, write, choose):
    write(cast.ada, "goal", text="Far", due_on="2199-12-31")
    choose(cast.ada, quiet_from="20:00", quiet_until="08:00")
    assert rows("goal") == []


def test_what_a_former_version_did_not_know_is_written_once_a_day(cast, write):
    from mentorlog import due
    write(cast.ada, "session", **FRIDAY)
    Reminder.delete().where(Reminder.kind == "prepare").execute()
    list(due.follow_everybody())
    assert rows("prepare") == [("prepare", "26 18:00", "27 14:00")]


@pytest.mark.parametrize(("moment", "zone", "is_focus"), [
    ("2026-11-30T08:00:00.000Z", None, True), ("2026-11-30T08:59:59.999Z", None, True),
    ("2026-11-30T09:00:00.000Z", None, False), ("2026-12-01T08:00:00.000Z", None, False),
    ("2027-06-07T07:30:00.000Z", None, True), ("2027-06-07T08:00:00.000Z", None, False),
    ("2026-11-30T00:30:00.000Z", "Asia/Tokyo", True), ("2026-11-30T08:30:00.000Z", "Asia/Tokyo", False)])
def test_focus_hours_are_wall_time_in_summer_and_winter(moment, zone, is_focus):
    wishes = Wishes("ada", home="Europe/Berlin", week={"protected": ["mon-09"], "zone": zone})
    at = clock.parse(moment)
    assert (held_back(wishes, at, at + timedelta(days=1)) is not None) is is_focus
