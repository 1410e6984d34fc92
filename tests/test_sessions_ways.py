"""The other ways to go on, on a session's own page."""
from __future__ import annotations

from mentorlog import records
from tests.submitting import submit
from tests.test_sessions import page_of, plan


def test_other_ways_stand_on_the_session(ada, cast):
    submit(ada, "/partners/new", name="R. O.", phone="+1 555 0100", fallback="text +1 555 0101")
    [card] = records.shelf(cast.ada, "partner")
    page = page_of(ada, f"/sessions/{plan(ada, partner=card['id'], channel='phone', link='')}")
    assert 'data-kind="primary" href="tel:+15550100"' in page
    assert page.index('id="not-working"') < page.index('href="sms:+15550101"')


def test_the_number_of_a_session_of_nobody_stands_there_as_another_way(ada, cast):
    plain, own = (page_of(ada, f"/sessions/{plan(ada, **typed)}").split('id="not-working"')[1].split("</section>")[0]
                  for typed in ({}, {"starts_on": "2026-12-08", "phone": "+1 555 0100"}))
    assert 'href="tel:+15550100"' in own and 'href="sms:+15550100"' in own
    assert "The number stands on this session" in own and "other ways stand here" not in own
    assert "Say with whom you meet" in own
    assert "other ways stand here" in plain and 'href="tel:' not in plain
