"""How a calendar learns that nothing in the feed has changed: its ETag."""
from __future__ import annotations

from datetime import timedelta

import pytest

from mentorlog import clock
from mentorlog.calendar_feed import addresses
from mentorlog.models import CalendarFeed
from tests.counting import queries
from tests.sync.asking import change, edit, outcome
from tests.test_calendar_feed_alarms import NOW, WHEN, monday  # noqa: F401 - a fixture


@pytest.fixture
def path(cast) -> str:
    return f"/calendar/{addresses.make(cast.ada)}.ics"


def taken(handset, one) -> dict:
    assert outcome(handset, one)["outcome"] == "accepted"
    return one


def test_what_did_not_change_is_not_made_again(app, handset, path) -> None:
    session = taken(handset, change("session", **WHEN))
    client = app.test_client()
    tag = client.get(path).headers["ETag"]
    with queries() as asked:
        again = client.get(path, headers={"If-None-Match": tag})
    assert (again.status_code, again.data, again.headers["ETag"]) == (304, b"", tag)
    assert len([one for one in asked if '"session' in one]) == 0
    taken(handset, edit(session, starts_time="16:00"))
    moved = client.get(path, headers={"If-None-Match": tag})
    assert moved.status_code == 200 and moved.headers["ETag"] != tag


def test_it_is_made_again_when_the_day_is_another(app, handset, path) -> None:
    taken(handset, change("session", **WHEN))
    tag = app.test_client().get(path).headers["ETag"]
    with clock.at(NOW + timedelta(days=1)):
        assert app.test_client().get(path, headers={"If-None-Match": tag}).status_code == 200


@pytest.mark.parametrize("carries", ["names", "alarms", "goals"])
def test_it_is_made_again_when_it_carries_something_else(app, handset, path, carries: str) -> None:
    client, tag = app.test_client(), app.test_client().get(path).headers["ETag"]
    CalendarFeed.update({carries: not getattr(CalendarFeed.get(), carries)}).execute()
    again = client.get(path, headers={"If-None-Match": tag})
    assert again.status_code == 200 and again.headers["ETag"] != tag


@pytest.mark.parametrize(("asked", "status"), [
    ("*", 304), ("{}", 304), ('"other", {}', 304), ("{strong}", 304), ('W/"other"', 200), ('"*"', 200), ("", 200)])
def test_an_asked_tag_is_compared_as_http_says(app, path, asked: str, status: int) -> None:
    """RFC 9110, 13.1.2: weakly, and `*` is whatever there is."""
    tag = app.test_client().get(path).headers["ETag"]
    sent = asked.format(tag, strong=tag.removeprefix("W/"))
    assert app.test_client().get(path, headers={"If-None-Match": sent}).status_code == status
