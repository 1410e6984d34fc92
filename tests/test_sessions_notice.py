"""The notice that was agreed on is said before a session is cancelled or moved, and refuses nothing."""
from __future__ import annotations

from datetime import timedelta

import pytest

from mentorlog import clock, records
from tests.cast import NOON
from tests.submitting import submit
from tests.test_sessions import page_of, plan

DAY = 1440  # minutes


def with_notice(client, cast, notice: str) -> str:
    """The id of a session on 24 December at noon, with somebody with whom this notice was agreed on."""
    submit(client, "/partners/new", name="R. O.")
    [card] = records.shelf(cast.ada, "partner")
    submit(client, f"/partners/{card['id']}/agreement/edit", notice=notice)
    return plan(client, partner=card["id"], starts_on="2026-12-24", starts_time="12:00")


@pytest.mark.parametrize(("notice", "minutes", "words"), [
    ("day", 14 * DAY, "asks for a day’s notice. You are 14 days ahead."),
    ("day", DAY, "asks for a day’s notice. You are 24 hours ahead."),
    ("day", DAY - 1, "asks for a day’s notice. It is 23 hours until then: that can happen, and"),
    ("hour", 60, "asks for an hour’s notice. You are 60 minutes ahead."),
    ("two_days", 119, "asks for two days’ notice. It is 119 minutes until then"),
    ("week", 1, "asks for a week’s notice. It is 1 minute until then"),
    ("", DAY, ""), ("day", -1, "")])
def test_the_notice_stands_before_a_session_is_cancelled_or_moved(ada, cast, notice, minutes, words):
    id = with_notice(ada, cast, notice)
    with clock.at(NOON + timedelta(days=30, minutes=-minutes)):
        for path in (f"/sessions/{id}/cancel", f"/sessions/{id}/edit"):
            shown = page_of(ada, path).replace("</a>", "")
            assert words in shown
            assert (" notice. " in shown) == bool(words)


def test_a_notice_that_is_too_short_refuses_nothing(ada, cast):
    id = with_notice(ada, cast, "week")
    with clock.at(NOON + timedelta(days=29)):
        assert "until then" in page_of(ada, f"/sessions/{id}/cancel")
        assert submit(ada, f"/sessions/{id}/edit", starts_time="15:00").status_code == 303
        assert submit(ada, f"/sessions/{id}/cancel", why="Flu").status_code == 303
        assert "until then" not in page_of(ada, f"/sessions/{id}/edit")


def test_a_session_that_is_planned_anew_has_no_notice(ada, cast):
    with_notice(ada, cast, "day")
    assert " notice. " not in page_of(ada, "/sessions/new")
