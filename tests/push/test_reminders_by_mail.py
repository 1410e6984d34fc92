"""Reminders as letters: to whom, when, once; what becomes of a refusal; all by a real mail server."""
from __future__ import annotations

import threading
from datetime import timedelta

import pytest

from mentorlog import clock, mail, push, reminders
from mentorlog.config import Config
from mentorlog.database import db
from mentorlog.models import Delivery, Device, Record, Reminder, Subscription
from mentorlog.records import name_id
from mentorlog.reminders import loop
from mentorlog.reminders.letters import Post
from tests.mail_server import HOST, running
from tests.push.conftest import SITE


@pytest.fixture
def tick(tick_with_letters):
    return tick_with_letters


def outcomes():
    """What became of (the messages to devices, the letters)."""
    rows = list(Delivery.select())
    return [sorted(row.outcome for row in rows if (row.device is None) is letters) for letters in (False, True)]


# -- to whom -----------------------------------------------------------------------------------------------------------

def test_who_has_no_device_gets_one_letter(cast, remind, tick, postbox):
    remind(cast.ada)
    for _ in range(3):
        tick()
    assert postbox.recipients == [["ada@example.org"]]
    assert outcomes() == [[], ["sent"]]
    assert b"It comes by e-mail as it reached none of your devices." in postbox.raw[0]


def test_who_has_a_device_gets_none(cast, allow, remind, tick, postbox, service):
    allow(cast.ada)
    remind(cast.ada)
    tick()
    assert (len(service.received), postbox.raw) == (1, [])


def test_who_chose_letters_gets_both(cast, allow, remind, tick, postbox, service, choose):
    allow(cast.ada)
    choose(cast.ada, mail=True)
    remind(cast.ada)
    tick()
    assert (len(service.received), len(postbox.raw), outcomes()) == (1, 1, [["sent"], ["sent"]])
    assert b"You asked for reminders by e-mail." in postbox.raw[0]


def test_device_that_signed_out_is_none(cast, allow, remind, tick, postbox):
    device = allow(cast.ada)
    Device.update(ended_at=clock.now()).where(Device.id == device.id).execute()
    remind(cast.ada)
    tick()
    assert len(postbox.raw) == 1


def test_without_a_mail_server_there_is_no_letter(cast, remind, sender, now):
    remind(cast.ada)
    with clock.at(now):
        reminders.tick(sender, SITE)
    assert outcomes() == [[], []]


def test_letter_of_a_server_that_sends_none_any_more_ends(cast, remind, sender, now):
    remind(cast.ada)
    with clock.at(now):
        reminders.fan_out(letters=True)
        assert reminders.tick(sender, SITE) > 0
    assert outcomes() == [[], ["failed"]]


@pytest.mark.parametrize("off", ["join", "prepare", "goal", "worksheet"])
def test_kind_that_was_stopped_does_not_come(cast, every_kind, tick, postbox, choose, off):
    every_kind(cast.ada)
    choose(cast.ada, **{f"mail_{off}": False})
    tick()
    assert (len(postbox.raw), outcomes()) == (3, [[], ["sent"] * 3])


# -- when no device is reached -----------------------------------------------------------------------------------------

@pytest.mark.parametrize("status", [404, 410, 403])
def test_letter_comes_when_the_only_device_is_gone_or_refused(cast, allow, remind, tick, postbox, service, status):
    allow(cast.ada)
    if status == 403:
        service.fail_next(403)
    else:
        service.expire(Subscription.get().endpoint, status)
    remind(cast.ada)
    for _ in range(2):
        tick()
    assert len(postbox.raw) == 1
    assert outcomes() == [["failed" if status == 403 else "gone"], ["sent"]]


def test_letter_comes_when_all_devices_are_gone_not_when_one_is(cast, allow, remind, tick, postbox, service):
    for _ in range(2):
        allow(cast.ada)
    service.expire(Subscription.get().endpoint)
    remind(cast.ada)
    tick()
    assert (postbox.raw, outcomes()) == ([], [["gone", "sent"], []])
    service.expire(Subscription.get().endpoint)
    remind(cast.ada)
    tick()
    assert (len(postbox.raw), outcomes()) == (1, [["gone", "gone", "sent"], ["sent"]])


def test_while_one_is_tried_again_there_is_no_letter(cast, allow, remind, tick, postbox, service):
    for _ in range(2):
        allow(cast.ada)
    service.fail_next(410)
    service.fail_next(503)
    remind(cast.ada)
    tick()
    assert (postbox.raw, outcomes()) == ([], [["", "gone"], []])
    service.fail_next(410)
    tick(60)
    assert (len(postbox.raw), outcomes()) == (1, [["gone", "gone"], ["sent"]])


def test_device_that_signs_out_while_a_retry_waits_leaves_a_letter(cast, allow, remind, tick, postbox, service):
    device = allow(cast.ada)
    remind(cast.ada)
    service.fail_next(503)
    tick()
    Device.update(ended_at=clock.now()).where(Device.id == device.id).execute()
    tick(60)
    assert (service.received, len(postbox.raw)) == ([], 1)


def test_kind_that_was_stopped_does_not_come_instead_either(cast, allow, remind, tick, postbox, service, choose):
    allow(cast.ada)
    choose(cast.ada, mail_join=False)
    service.expire(Subscription.get().endpoint)
    remind(cast.ada)
    assert tick() > 0
    choose(cast.ada, mail_join=True)
    tick()
    assert (postbox.raw, outcomes()) == ([], [["gone"], ["done"]])


def test_what_is_over_by_then_does_not_come_instead(cast, allow, remind, tick, postbox, service):
    device = allow(cast.ada)
    remind(cast.ada, 1)
    service.fail_next(503)
    tick()
    push.forget(device)
    tick(60)
    assert (postbox.raw, outcomes()) == ([], [["expired"], []])


# -- by what stands when it goes ---------------------------------------------------------------------------------------

def test_session_cancelled_while_a_retry_waits_is_not_written_of(cast, remind, tick, postbox, write):
    reminder = remind(cast.ada)
    postbox.says["RCPT"] = "451 4.7.1 Greylisted"
    tick()
    del postbox.says["RCPT"]
    write(cast.ada, "session", reminder.record, state="cancelled")
    tick(60)
    assert (postbox.raw, outcomes()) == ([], [[], []])


def test_what_was_stopped_or_done_while_a_retry_waits_is_not_written_of(cast, every_kind, tick, postbox, write, choose):
    every_kind(cast.ada)
    postbox.says["MAIL"] = "421 4.3.2 Going down"
    tick()
    del postbox.says["MAIL"]
    goal = Reminder.get(Reminder.kind == "goal").record
    write(cast.ada, "rating", name_id(cast.ada.names, f"rating:{goal}"), goal=goal, value=4)
    choose(cast.ada, mail_join=False)
    tick(60)
    assert (len(postbox.raw), outcomes()) == (2, [[], ["done", "done", "sent", "sent"]])


def test_session_that_moves_is_written_of_again_as_another_letter(cast, remind, tick, postbox, write, now):
    reminder = remind(cast.ada)
    tick()
    later = clock.parts(now + timedelta(minutes=90), "UTC")
    write(cast.ada, "session", reminder.record, starts_on=later["on"], starts_time=later["time"])
    tick(3_600)
    assert len({letter["Message-ID"] for letter in postbox.letters}) == 2


def test_quiet_hours_hold_it_back(cast, every_kind, tick, postbox, now):
    every_kind(cast.ada)
    row = Record.get(Record.kind == "settings")
    start, end = (clock.parts(now + timedelta(minutes=far), row.fields["zone"])["time"] for far in (-1, 120))
    Record.update(fields=row.fields | {"quiet_from": start, "quiet_until": end}).where(Record.id == row.id).execute()
    Reminder.update(due_at=now).execute()  # a row that no hook has moved along
    tick()
    assert postbox.raw == []
    tick(7_200)
    assert len(postbox.raw) == 3


def test_session_that_has_begun_is_not_written_of(cast, remind, tick, postbox):
    remind(cast.ada, 30)
    tick(30 * 60)
    assert (postbox.raw, Reminder.get().state) == ([], "expired")


# -- what the mail server says -----------------------------------------------------------------------------------------

@pytest.mark.parametrize(("reply", "outcome"), [("550 5.1.1 No such mailbox", "gone"), ("550 5.7.1 Spam", "failed")])
def test_refusal_ends_it(cast, remind, tick, postbox, reply, outcome):
    postbox.says["RCPT"] = reply
    remind(cast.ada)
    for seconds in (0, 120):
        tick(seconds)
    assert (postbox.raw, outcomes()) == ([], [[], [outcome]])
    assert reminders.told()["letters_refused"] == 1


def test_handed_over_again_after_a_silence_it_has_the_same_name(cast, remind, tick, postbox, now):
    remind(cast.ada)
    postbox.hangs = True
    tick()
    assert outcomes() == [[], [""]]
    postbox.hangs = False
    [id] = [row.id for row in Delivery.select()]
    Delivery.update(next_at=now).execute()
    with clock.at(now):
        [job] = reminders.claim(1)
    assert job.delivery.id == id and job.by_mail


def test_server_that_is_down_does_not_hold_up_devices(cast, allow, remind, sender, service, now):
    with running() as gone:
        port = gone.port
    config = Config(smtp_host=HOST, smtp_port=port, smtp_security="off", mail_from="a@b.example", base_url=SITE)
    allow(cast.bela)
    remind(cast.ada)
    remind(cast.bela)
    with clock.at(now):
        reminders.tick(sender, SITE, Post(mail.Mailer(config), SITE, "secret"))
    assert (len(service.received), outcomes()) == (1, [["sent"], [""]])


def test_letters_that_take_long_do_not_hold_up_devices(cast, allow, remind, sender, post, now, monkeypatch):
    """More of them than are claimed at once, and each waits until the device, which is last, has its message."""
    told, claimed, send = threading.Event(), [], sender.outgoing.post

    def noted(*args):
        with db.connection_context():
            claimed.append(Delivery.select().where(Delivery.leased_until.is_null(False)).count())
        told.set()
        return send(*args)

    monkeypatch.setattr(sender.outgoing, "post", noted)
    monkeypatch.setattr(post.mailer, "send", lambda *_: push.Outcome("sent" if told.wait(10) else "failed"))
    for _ in range(60):
        remind(cast.ada)
    with clock.at(now):
        reminders.fan_out(letters=True)
    allow(cast.bela)
    remind(cast.bela)
    with clock.at(now + timedelta(seconds=1)):
        reminders.tick(sender, SITE, post)
    assert outcomes() == [["sent"], ["sent"] * 60]
    assert claimed == [loop.CLAIMED + 1]


def test_two_letters_of_one_reminder_cannot_be(cast, remind, tick, postbox):
    from peewee import IntegrityError
    remind(cast.ada)
    tick()
    [row] = Delivery.select()
    with pytest.raises(IntegrityError), db.atomic():
        Delivery.create(reminder=row.reminder, device=None, next_at=clock.now())
