"""The list of sessions: what will be stands first, and each one says what became of it."""
from __future__ import annotations

import re
from datetime import timedelta

import pytest

from mentorlog import clock, records
from tests.cast import NOON
from tests.submitting import send, submit
from tests.test_sessions import lately, page_of, plan

DAYS = ("2026-11-26", "2026-12-03", "2026-12-10", "2026-12-17", "2026-12-24")


def cancel(client, id: str, why: str = "") -> None:
    assert submit(client, f"/sessions/{id}/cancel", why=why).status_code == 303


def test_the_next_session_that_will_be_is_the_first_in_sight(ada, cast):
    ids = [plan(ada, starts_on=day) for day in DAYS]
    for id in ids[:4]:
        cancel(ada, id, "A pause")
    in_sight, _, folded = page_of(ada, "/sessions").split('id="before"')[0].partition("<details")
    assert (in_sight.count('class="row-title"'), in_sight.count("Thu 24 Dec")) == (1, 1)
    assert folded.count("cancelled: ") == 4 == folded.count("A pause")
    assert "4 cancelled that were to come" in folded
    assert "Plan it again" in page_of(ada, f"/sessions/{ids[0]}")


def test_agenda_lines_are_counted_at_the_session_that_is_planned(ada, cast):
    off, on = plan(ada, starts_on=DAYS[0]), plan(ada, starts_on=DAYS[1])
    submit(ada, f"/agenda/new?session={on}", text="One", pocket="progress")
    submit(ada, f"/agenda/new?session={off}", text="Two", pocket="progress")
    cancel(ada, off)
    in_sight, _, folded = page_of(ada, "/sessions").split('id="before"')[0].partition("<details")
    assert "2 agenda lines" in in_sight
    assert "agenda line" not in folded


def test_with_all_of_them_cancelled_nothing_is_planned_and_they_stay_in_reach(ada, cast):
    id = plan(ada)
    cancel(ada, id)
    in_sight, _, folded = page_of(ada, "/sessions").split('id="before"')[0].partition("<details")
    assert "No session planned" in in_sight
    assert "1 cancelled that was to come" in folded
    assert f'href="/sessions/{id}"' in folded


@pytest.mark.parametrize(("channel", "on", "words"), [
    ("video", "phone", "held by phone, the video failed"), ("video", "video", "held by video after all"),
    ("phone", "other", "held another way, the phone failed"), ("in_person", "text", "held by text message")])
def test_how_a_session_went_on_stands_in_the_list(ada, cast, channel, on, words):
    id = plan(ada, **lately() | {"channel": channel, "minutes": "30", "partner_name": "R. O."})
    send(ada, f"/sessions/{id}/fallback", {"on": on})
    assert "running now, " in page_of(ada, "/sessions")
    with clock.at(NOON + timedelta(minutes=40)):
        assert f"went on {words.removeprefix('held ')}</span>" in page_of(ada, "/sessions")
        submit(ada, f"/sessions/{id}", f"/sessions/{id}/held", state="held")
        shown = page_of(ada, "/sessions").split('id="before"')[1].split("</ul>")[0]
        assert f"<span>{words}</span>" in shown and "<span>30 minutes</span>" in shown
        assert "Video, 30 minutes" not in shown
        submit(ada, f"/sessions/{id}", f"/sessions/{id}/held", state="missed")
        assert words.removeprefix("held ") not in page_of(ada, "/sessions")


def test_with_no_number_known_a_call_a_text_and_another_way_can_be_said(ada, cast):
    id = plan(ada, **lately())
    shown = page_of(ada, f"/sessions/{id}/fallback")
    assert re.findall('name="on" value="([a-z]+)"', shown) == ["video", "phone", "text", "other", "nothing"]


def test_beside_the_sessions_stand_their_hour_the_agreement_and_my_hours(ada, cast):
    submit(ada, "/partners/new", name="R. O.", zone="Europe/London", phone="+49 30 1234567",
           fallback="phone +49 30 1234567\ntext +49 171 1234567\nchat https://chat.example/a?b=c\nthe café")
    [card] = records.shelf(cast.ada, "partner")
    where = f"/partners/{card['id']}"
    submit(ada, f"{where}/agreement/edit", rhythm="weekly", review_on="2026-12-07", way1_kind="call",
           way1="+49 30 1234567", way2_kind="text", way2="+49 171 1234567", way3="", way4="")
    beside = page_of(ada, "/sessions").split('id="cards"')[1]
    assert re.search('now <time [^>]*data-there="Europe/London">11:00</time> there', beside)
    assert f'href="{where}/agreement"' in beside and "weekly · look again on" in beside
    assert 'href="/times/hours"' in beside
    shown = page_of(ada, where)
    assert re.search("now <time [^>]*>11:00</time> · <span[^>]*>Europe/London", shown)
    also = re.findall("<li>(.*?)</li>", shown.split("Also on the card")[1].split("</ul>")[0])
    own = '<span class="own" dir="auto">{}</span>'.format
    assert also == [own("chat https://chat.example/a?b=c"), own("the café ")]


def test_a_clock_that_is_mine_is_not_said(ada, cast):
    submit(ada, "/partners/new", name="R. O.", zone="Europe/Berlin")
    assert "data-there" not in page_of(ada, "/sessions")


def test_a_session_of_today_says_so_and_on_the_next_day_its_date(ada, cast):
    plan(ada, starts_on="2026-11-24", starts_time="23:50")
    assert re.search("Today, <time[^>]*>23:50</time>", page_of(ada, "/sessions"))
    with clock.at(clock.parse("2026-11-24T23:05:00.000Z")):  # midnight in Berlin is over
        listed = page_of(ada, "/sessions")
        assert re.search("<time[^>]*>Tue 24 Nov, 23:50</time>", listed) and "Today, " not in listed


@pytest.mark.parametrize(("count", "above", "folded"), [(8, 8, 0), (9, 6, 3)])
def test_of_many_that_were_the_earlier_ones_stand_in_a_fold(ada, cast, count, above, folded):
    for days in range(1, count + 1):
        plan(ada, **lately(days=days))
    first, _, rest = page_of(ada, "/sessions").split('id="before"')[1].split('id="mentor"')[0].partition("<details")
    assert [part.count('class="row-title"') for part in (first, rest)] == [above, folded]
    assert (f"{folded} more since" in rest) == bool(folded)
