"""Settings, Reminders: e-mail, with a mail server and without; where else reminders come; a letter to try it."""
from __future__ import annotations

from datetime import timedelta

import pytest

from mentorlog import clock, records
from mentorlog.mail import Mailer
from mentorlog.models import Delivery, Device, Reminder, Subscription
from mentorlog.reminders import open_post
from mentorlog.reminders.letters import Post
from tests.cast import OURS, sign_in
from tests.mail_server import HOST, running
from tests.submitting import fill, send

PAGE, WHERE, TEST = "/settings/reminders", "/reminders/where", "/reminders/test"
ADDRESS = "a…\u2060@example.org"  # it does not break there
SWITCHES = ["mail", "mail_prepare", "mail_join", "mail_goal", "mail_worksheet"]


@pytest.fixture
def postbox():
    with running() as one:
        yield one


@pytest.fixture
def mails(app, config, postbox):
    """The app has a mail server, one that is not patient."""
    chosen = config.model_copy(update={
        "smtp_host": HOST, "smtp_port": postbox.port, "smtp_security": "off", "mail_from": "journal@example.org",
        "base_url": "https://journal.example.org"})
    app.extensions["config"] = chosen
    by = open_post(chosen)
    app.extensions["post"] = Post(Mailer(chosen, answer_seconds=0.5), by.base_url, by.key)
    return chosen


@pytest.fixture
def ada(client, cast):
    return sign_in(client, "ada")


def text(reply) -> str:
    return " ".join(reply.get_data(as_text=True).split())


def kept(person) -> dict:
    id = records.name_id(person.names, "settings")
    found = records.many(person, [id]).get(id)
    return found["fields"] if found else {}


# -- the switches ------------------------------------------------------------------------------------------------------

def test_switches_stand_only_where_there_is_a_mail_server(ada):
    assert not set(SWITCHES) & set(fill(ada, PAGE))


def test_letters_are_off_and_each_kind_on_until_chosen_otherwise(mails, ada, cast):
    fields = fill(ada, PAGE)
    assert [fields.get(name) for name in SWITCHES] == [None, "1", "1", "1", "1"]
    del fields["mail_goal"]
    assert send(ada, PAGE, fields | {"mail": "1"}).status_code == 303
    assert [kept(cast.ada)[name] for name in SWITCHES] == [True, True, True, False, True]
    assert [fill(ada, PAGE).get(name) for name in SWITCHES] == ["1", "1", "1", None, "1"]


def test_a_form_without_the_switches_leaves_them_alone(mails, ada, cast):
    send(ada, PAGE, fill(ada, PAGE) | {"mail": "1"})
    fields = {name: value for name, value in fill(ada, PAGE).items() if name not in ("mails", *SWITCHES)}
    assert send(ada, PAGE, fields | {"goal_time": "07:00"}).status_code == 303
    assert [kept(cast.ada)[name] for name in ("goal_time", *SWITCHES)] == ["07:00", True, True, True, True, True]


def test_what_was_switched_is_still_there_when_something_else_is_refused(mails, ada):
    fields = fill(ada, PAGE) | {"mail": "1", "quiet_from": "20:00"}
    del fields["mail_join"]
    reply = send(ada, PAGE, fields)
    page = text(reply)
    assert reply.status_code == 422
    assert 'name="mail" value="1" type="checkbox" role="switch" checked' in page
    assert 'name="mail_join" value="1" type="checkbox" role="switch">' in page


# -- a tap on the card of a device that cannot remind ------------------------------------------------------------------

TAP = "/settings/by-mail"


def test_a_tap_switches_letters_on_and_leaves_the_kinds(mails, ada, cast):
    fields = fill(ada, PAGE)
    del fields["mail_goal"]
    send(ada, PAGE, fields)
    assert text(ada.get(PAGE)).count(f'action="{TAP}"') == 3  # not reached, denied, and impossible
    assert [send(ada, TAP, {}).status_code for _ in range(2)] == [303, 303]
    page = text(ada.get(PAGE))
    assert (TAP in page, page.count("You are reminded by e-mail in any case.")) == (False, 4)  # the toast, too
    assert [kept(cast.ada)[name] for name in ("mail", "mail_goal", "mail_join")] == [True, False, True]


def test_a_tap_brings_letters_where_no_kind_would_come(mails, ada, cast):
    fields = fill(ada, PAGE) | {"mail": "1"}
    send(ada, PAGE, {name: value for name, value in fields.items() if not name.startswith("mail_")})
    assert TAP in text(ada.get(PAGE))
    send(ada, TAP, {})
    assert [kept(cast.ada)[name] for name in SWITCHES] == [True] * 5


def test_no_tap_is_offered_or_taken_where_no_letter_could_come(app, ada, cast, mails):
    fields = fill(ada, PAGE)
    del fields["remind"]
    send(ada, PAGE, fields)
    assert TAP not in text(ada.get(PAGE))
    send(ada, TAP, {})
    assert kept(cast.ada)["mail"] is False


def test_without_a_mail_server_the_card_offers_the_calendar_alone(ada, cast):
    page = text(ada.get(PAGE))
    assert (TAP in page, page.count("Use my calendar")) == (False, 3)
    assert "Other ways can reach you" in page  # none does yet
    send(ada, TAP, {})
    assert kept(cast.ada) == {}


# -- where else --------------------------------------------------------------------------------------------------------

def test_other_devices_are_named_with_what_they_get(app, ada, cast):
    phone = device(cast.ada, "Chrome on Android")
    device(cast.ada, "Firefox on Linux")
    device(cast.ada, "Safari on Mac", ended_at=clock.now())
    device(cast.bela, "Edge on Windows")
    Subscription.create(device=phone.id, endpoint="https://x", p256dh="", auth="", key_id="")
    page = text(ada.get(WHERE))
    assert "Chrome on Android</span> <span class=\"quiet\">Gets reminders</span>" in page
    assert "Firefox on Linux</span> <span class=\"quiet\">Gets none" in page
    assert "Safari" not in page and "Edge" not in page and page.count("Firefox") == 1
    row = due(cast.ada)
    Delivery.create(reminder=row.id, device=phone.id, next_at=row.due_at, due_at=row.due_at, outcome="sent",
                    sent_at=clock.parse("2026-11-23T14:30:00.000Z"))
    assert 'Gets reminders, the last one <time datetime="2026-11-23T14:30:00.000Z">' in text(ada.get(WHERE))


def device(person, label: str, **more) -> Device:
    return Device.create(person=person.id, secret_hash=label, label=label, zone="UTC", seen_at=clock.now(), **more)


def due(person) -> Reminder:
    now = clock.now() - timedelta(minutes=1)
    return Reminder.create(record=records.new_id(), person=person.id, kind="join", due_at=now, expires_at=now)


def test_it_is_a_part_of_the_page_and_a_page_of_its_own(ada):
    part = ada.get(WHERE, headers={"HX-Request": "true", "HX-Request-Type": "partial", "HX-Target": "div#elsewhere"})
    assert text(part).startswith('<div id="elsewhere">')
    assert "<h1>Where reminders come" in text(ada.get(WHERE))
    assert f'href="{WHERE}"' in text(ada.get(PAGE))


@pytest.mark.parametrize(("more", "words"), [
    ({"outcome": "sent"}, f">{ADDRESS}, the last one"), ({"outcome": "failed"}, "refused the last one"),
    ({"outcome": "gone"}, f"There is no mailbox {ADDRESS}"), ({"tries": 2}, "One waits since"),
    ({}, f">{ADDRESS}</span>"), ({"outcome": "expired"}, f">{ADDRESS}</span>")])
def test_what_became_of_the_last_letter_is_said(mails, ada, cast, more, words):
    row = due(cast.ada)
    Delivery.create(reminder=row.id, device=None, next_at=clock.now(), due_at=row.due_at, **more)
    other = due(cast.bela)
    Delivery.create(reminder=other.id, device=None, next_at=clock.now(), due_at=clock.now(), outcome="failed")
    assert words in text(ada.get(WHERE))


def test_without_a_mail_server_it_says_so(ada):
    page = text(ada.get(WHERE))
    assert "No mail server is set here" in page and TEST not in page
    assert "No mail server is set here, so no letters come. Whoever" in text(ada.post(TEST, headers=OURS))


# -- a test ------------------------------------------------------------------------------------------------------------

def test_a_test_says_that_the_mail_server_took_it_and_when(mails, ada, postbox):
    page = text(ada.post(TEST, headers=OURS))
    hour = clock.parts(clock.now(), "Europe/Berlin")["time"]
    assert "The mail server took the letter for " + ADDRESS + " at " in page
    assert page.partition("org at ")[2][:2] == hour[:2] or hour.endswith(":00")
    [letter] = postbox.letters
    assert (letter["To"], letter["Subject"], letter["List-Unsubscribe"]) == ("ada@example.org", "This is a test", None)
    plain = letter.get_body(("plain",)).get_content()
    assert "https://journal.example.org/settings/reminders" in plain and "Stop" not in plain


@pytest.mark.parametrize(("reply", "words"), [
    ("550 5.1.1 Nobody", f"knows no mailbox {ADDRESS}"), ("550 5.7.1 Spam", "refused the letter"),
    ("451 4.7.1 Later", "takes no letters just now")])
def test_each_refusal_has_its_words(mails, ada, postbox, reply, words):
    postbox.says["RCPT"] = reply
    page = ada.post(TEST, headers=OURS)
    assert page.status_code == 200 and words in text(page)
    assert postbox.raw == []


def test_a_server_that_is_silent_or_away_has_its_words(mails, ada, postbox):
    postbox.hangs = True
    assert "did not answer. Try again in a minute." in text(ada.post(TEST, headers=OURS))


def test_an_address_to_which_none_can_be_written_has_its_words(mails, ada, cast):
    from mentorlog.models import Person
    Person.update(email="zoë@example.org").where(Person.id == cast.ada.id).execute()
    assert "No letter can be written to z…\u2060@example.org" in text(ada.post(TEST, headers=OURS))


def test_tests_are_five_a_minute(mails, ada, postbox):
    said = [text(ada.post(TEST, headers=OURS)) for _ in range(6)]
    assert ["That was many tests" in one for one in said] == [False] * 5 + [True]
    assert len(postbox.raw) == 5


def test_other_sites_send_none(mails, ada, postbox):
    assert ada.post(TEST, headers={"Sec-Fetch-Site": "cross-site"}).status_code == 403
    assert postbox.raw == []


def test_devices_hear_that_a_mail_server_was_set(app, client, config):
    before = client.get("/sw.js")
    app.extensions["config"] = config.model_copy(update={"smtp_host": HOST})
    after = client.get("/sw.js", headers={"If-None-Match": before.headers["ETag"]})
    assert (after.status_code, after.data != before.data) == (200, True)
    entry = after.get_data(as_text=True).partition('"./')[2].partition('"')[0]
    assert "mails = true" in client.get(f"/{entry}").get_data(as_text=True)
