"""What a reminder says as a letter, and the whole way: due, handed over, stopped by the address that stands in it."""
from __future__ import annotations

from urllib.parse import urlsplit

import pytest

from mentorlog import agreement, clock, config, mail
from mentorlog.config import Config
from mentorlog.models import Reminder
from mentorlog.reminders.letters import open_post
from tests.mail_server import HOST
from tests.push.conftest import SITE
from tests.push.hours import said_at

WAYS = [{"id": "one", "way": "call", "address": "+49 30 1234567"},
        {"id": "two", "way": "chat", "address": "https://chat.example/x"}]


@pytest.fixture
def tick(tick_with_letters):
    return tick_with_letters


def read(letter):
    """(subject, text, HTML) of a letter."""
    return letter["Subject"], *(letter.get_body((kind,)).get_content().replace("\r\n", "\n") for kind in
                                ("plain", "html"))


def test_neutral_letter_betrays_nothing_and_leads_to_the_session(cast, choose, remind, tick, postbox, write):
    choose(cast.ada, zone="Asia/Kathmandu")
    card = write(cast.ada, "partner", name="R. O.", zone="Europe/Lisbon", fallback="phone +49 30 1234567")
    reminder = remind(cast.ada, partner=card.id)
    tick()
    subject, text, html = read(postbox.letters[0])
    hour = f"You have something {said_at(reminder.expires_at, 'Asia/Kathmandu')}"
    assert subject == hour
    page = f"{SITE}/sessions/{reminder.record}"
    assert text.partition("-- \n")[0] == (
        f"{hour}, by the clock in Asia/Kathmandu.\n\nOpen mentorlog: {page}\n\nIt isn't working: {page}/fallback\n\n")
    assert f'<a href="{page}">Open mentorlog</a>' in html and f'<a href="{page}/fallback">' in html
    assert not any(word in text + html for word in ("R. O.", "Session", "1234567", "Lisbon"))


def test_with_names_it_says_with_whom_on_both_clocks_and_all_ways_out(cast, choose, remind, tick, postbox, write):
    choose(cast.ada, zone="UTC", lock_screen="full", mail=True)
    card = write(cast.ada, "partner", name="Zoë Grüße", zone="Asia/Kathmandu")
    write(cast.ada, "agreement", agreement.id_of(cast.ada, card.id), partner=card.id, ways=WAYS)
    reminder = remind(cast.ada, partner=card.id, channel="video")
    tick()
    subject, text, _ = read(postbox.letters[0])
    assert subject == f"Session with Zoë Grüße {said_at(reminder.expires_at, 'UTC')}"
    theirs = clock.parts(reminder.expires_at, "Asia/Kathmandu")
    same_day = theirs["on"] == clock.parts(reminder.expires_at, "UTC")["on"]
    hour = theirs["time"] if same_day else f"day at {theirs['time']}"
    assert f"{hour} for Zoë Grüße." in text.splitlines()[0]
    assert "\n\nBy video.\n\nIf it isn't working: phone +49 30 1234567, then chat https://chat.example/x.\n\n" in text
    assert "You asked for reminders by e-mail." in text


def test_where_both_clocks_are_the_same_one_is_said(cast, choose, remind, tick, postbox, write):
    choose(cast.ada, zone="Europe/Berlin", lock_screen="full")
    card = write(cast.ada, "partner", name="R. O.", zone="Europe/Paris")
    remind(cast.ada, partner=card.id)
    tick()
    assert "That is" not in read(postbox.letters[0])[1]


def test_another_day_there_is_named(cast, choose, remind, tick, postbox, write):
    choose(cast.ada, zone="Etc/GMT+12", lock_screen="full")
    card = write(cast.ada, "partner", name="R. O.", zone="Etc/GMT-14")  # 26 hours ahead
    reminder = remind(cast.ada, partner=card.id)
    tick()
    there = clock.parts(reminder.expires_at, "Etc/GMT-14")
    day = ("Mon", "Tues", "Wednes", "Thurs", "Fri", "Satur", "Sun")[there["weekday"]]
    text = read(postbox.letters[0])[1]
    assert f"That is {day}day at {there['time']} for R. O." in text and ".." not in text


def test_what_ends_in_a_dot_already_gets_no_second_one(cast, choose, remind, tick, postbox, write, allow, shown):
    choose(cast.ada, zone="UTC", lock_screen="full", mail=True)
    allow(cast.ada)
    card = write(cast.ada, "partner", name="R. O.", zone="Asia/Tokyo", fallback="ask for Dr. W.")
    remind(cast.ada, partner=card.id)
    tick()
    [told] = shown()
    assert "ask for Dr. W." in told["body"] and ".." not in told["body"] + read(postbox.letters[0])[1]


def test_each_kind_has_its_words_and_its_screen(cast, choose, every_kind, tick, postbox):
    every_kind(cast.ada)
    choose(cast.ada, lock_screen="full")
    tick()
    found = {subject.partition(" on ")[0].partition(" before ")[0].partition(" at ")[0]: text for subject, text, _ in
             map(read, postbox.letters)}
    assert sorted(found) == ["A goal is due today", "Questions are open", "Session"]  # two of sessions
    assert "Ask for the talk\n\nLook at the goal: " + SITE + "/goals/" in found["A goal is due today"]
    assert "Open the questions: " + SITE + "/worksheets/" in found["Questions are open"]


def test_nothing_that_a_person_wrote_becomes_a_header(cast, choose, remind, tick, postbox, write):
    choose(cast.ada, zone="UTC", lock_screen="full")
    name, ways = "R.\r\nBcc: evil@example.org\r\n\r\n<b>", "say \x00\u2028" + "ü" * 3_000
    card = write(cast.ada, "partner", name=name, fallback=ways)
    remind(cast.ada, partner=card.id)
    tick()
    assert postbox.letters[0]["Bcc"] is None and postbox.recipients == [["ada@example.org"]]
    assert "<b>" not in read(postbox.letters[0])[2]
    assert max(map(len, postbox.raw[0].split(b"\r\n"))) <= 998


def test_card_of_the_other_of_a_pair_is_not_written_out(cast, choose, remind, tick, postbox, write):
    choose(cast.bela, lock_screen="full")
    card = write(cast.ada, "partner", name="My mentor", zone="Asia/Tokyo", phone="+49 30 1234567")
    remind(cast.ada, 30, pair=cast.pair, partner=card.id)
    tick()
    assert sorted(to for [to] in postbox.recipients) == ["ada@example.org", "bela@example.org"]
    assert not any("My mentor" in str(read(letter)) for letter in postbox.letters)


# -- the whole way -----------------------------------------------------------------------------------------------------

def test_address_in_the_letter_stops_that_kind_with_one_post(app, cast, every_kind, sender, postbox, now):
    chosen = app.extensions["config"].model_copy(update={
        "smtp_host": HOST, "smtp_port": postbox.port, "smtp_security": "off", "mail_from": "journal@example.org",
        "base_url": SITE})
    every_kind(cast.ada)
    send(sender, open_post(chosen), now)
    letter = next(one for one in postbox.letters if one["Subject"] == "You have something today")
    assert letter["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    path = urlsplit(letter["List-Unsubscribe"].strip("<>")).path
    assert path in letter.get_body(("html",)).get_content()
    reply = app.test_client().post(path, data={"List-Unsubscribe": "One-Click"})
    assert (reply.status_code, len(postbox.letters)) == (200, 4)
    with app.app_context():
        assert [mail.wants(cast.ada, kind) for kind in mail.KINDS] == [True, True, False, True]
        Reminder.delete().execute()
        every_kind(cast.ada)
        send(sender, open_post(chosen), now)
    assert "You have something today" not in [one["Subject"] for one in postbox.letters[4:]]
    assert len(postbox.letters) == 7


def send(sender, post, now):
    from mentorlog import reminders
    with clock.at(now):
        reminders.tick(sender, SITE, post)


def test_addresses_are_signed_with_the_secret_that_the_server_keeps(data):
    """A process that only sends reads the key of the one that answers."""
    given = Config(data=data, smtp_host=HOST, mail_from="a@b.example", base_url=SITE)
    post = open_post(given)
    assert post and post.key == config.prepare(given).secret_key != ""
    assert open_post(Config(data=data)) is None


def test_the_loop_sends_letters(database, cast, data, remind, postbox, monkeypatch):
    import threading

    from mentorlog import reminders
    from mentorlog.reminders import loop
    remind(cast.ada)
    stop = threading.Event()
    monkeypatch.setattr(loop, "went_back", lambda _before: stop.set())  # so that it goes round once
    reminders.run_forever(Config(data=data, smtp_host=HOST, smtp_port=postbox.port, smtp_security="off",
                                 mail_from="a@b.example", base_url=SITE), stop)
    assert postbox.recipients == [["ada@example.org"]]
