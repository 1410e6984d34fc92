"""To join is said before quiet and focus hours where it would be too late after them."""
from __future__ import annotations

import pytest

from mentorlog.records import name_id
from tests.push.test_due_kinds import FRIDAY, NIGHT, noon, rows  # noqa: F401 - a fixture


def test_to_join_is_said_before_them_when_it_is_of_no_use_after_them(cast, write, choose):
    choose(cast.ada, **NIGHT)
    write(cast.ada, "session", **FRIDAY | {"starts_time": "20:20"})
    write(cast.ada, "session", **FRIDAY | {"starts_time": "20:30"})
    write(cast.ada, "session", **FRIDAY | {"starts_time": "23:30"})
    assert rows("join") == [("join", "27 18:50", "27 19:20"), ("join", "27 18:55", "27 19:30"),
                            ("join", "27 18:55", "27 22:30")]


def test_what_is_of_no_use_at_their_end_nor_hours_ahead_never_comes(cast, write, choose):
    choose(cast.ada, **NIGHT)
    write(cast.ada, "session", **FRIDAY | {"starts_time": "07:45"})
    write(cast.ada, "session", **FRIDAY | {"starts_time": "00:30"})
    assert rows("join") == []
    choose(cast.ada, quiet_from="00:00", quiet_until="23:59")
    write(cast.ada, "session", **FRIDAY)
    assert rows("join") == []


@pytest.mark.parametrize(("starts", "join"), [
    ("10:43", "27 07:55"),  # 08:55, as it would come at 10:13, in the second hour of focus
    ("11:10", "27 10:00"),  # at their end, which is early enough
    ("11:31", "27 10:01"), ("09:20", "27 07:50")])
def test_a_session_in_focus_hours_is_said_before_they_begin(cast, write, choose, starts, join):
    choose(cast.ada, zone="Europe/Berlin")
    write(cast.ada, "hours", name_id(cast.ada.names, "hours"), protected=["fri-09", "fri-10", "fri-14"])
    write(cast.ada, "session", **FRIDAY | {"starts_time": starts})
    assert [row[1] for row in rows("join")] == [join]


def test_what_is_brought_forward_also_leaves_the_quiet_hours_before(cast, write, choose):
    choose(cast.ada, zone="Europe/Berlin", quiet_from="07:00", quiet_until="09:00")
    write(cast.ada, "hours", name_id(cast.ada.names, "hours"), protected=["fri-09"])
    write(cast.ada, "session", **FRIDAY | {"starts_time": "09:45"})
    assert [row[1] for row in rows("join")] == ["27 05:55"]
