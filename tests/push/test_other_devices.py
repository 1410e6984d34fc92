"""A test to another device of one's own: whether it was taken and arrived, who may send one, and how often."""
from __future__ import annotations

import json
import re
from datetime import timedelta

import pytest

from mentorlog import clock, push
from mentorlog.models import Device, Subscription
from mentorlog.push.testing import arrive
from tests.cast import OURS, sign_in
from tests.push.test_sending import decrypt

WHERE = "/reminders/where"


@pytest.fixture
def ada(app, cast, client, sender):
    app.extensions["push"] = sender
    return sign_in(client, "ada")


def text(reply) -> str:
    return " ".join(reply.get_data(as_text=True).split())


def said(page: str) -> list[str]:
    """The words that stand in the rows."""
    found = re.findall(r'<span [^>]*class="quiet" role="status"[^>]*>(.*?)</span>', page)
    return [words for words in (re.sub("<[^>]*>", "", one).strip() for one in found) if words]


def tried(client, device) -> str:
    return text(client.post(f"/reminders/test/{device.id}", headers=OURS, follow_redirects=True))


def test_a_test_that_finds_an_address_dead_lets_the_device_make_another_one(ada, allow, cast, service, sender, told):
    phone = allow(cast.ada)
    service.fail_next(410)
    assert "Its push service no longer knows it" in tried(ada, phone)
    assert Device.get_by_id(phone.id).lost
    push.subscribe(phone, sender, told())
    assert not Device.get_by_id(phone.id).lost


def test_a_test_goes_to_that_device_alone_and_says_that_its_service_took_it(ada, allow, cast, service):
    phone, laptop = allow(cast.ada), allow(cast.ada)
    page = tried(ada, phone)
    [words] = said(page)
    assert re.fullmatch(r"Its push service took the test at \d\d:\d\d:\d\d\. It has not arrived yet\.", words)
    [got] = service.received
    assert json.loads(decrypt(got["body"]))["notification"]["title"] == "This is a test"
    again, first = page.index(f'action="/reminders/test/{phone.id}"'), page.index(f'"/reminders/test/{laptop.id}"')
    assert "Again<" in page[again:again + 500] and "Send a test<" in page[first:first + 500]


NOON = clock.parse("2026-11-24T12:00:02.400Z")
SENT = "The test was sent at 13:00 and has not arrived. Its browser may be closed."


@pytest.fixture
def sent(ada, allow, cast):
    """Ada's phone, to which a test was sent at noon, 13:00 in Berlin; `sent(arrived=…)` seconds after it."""
    def make(arrived=None, taken=0.9):
        device, after = allow(cast.ada), lambda seconds: seconds and NOON + timedelta(seconds=seconds)
        Subscription.update(test="one", test_sent_at=NOON, test_taken_at=after(taken), test_arrived_at=after(arrived)
                            ).where(Subscription.device == device.id).execute()
        return device
    return make


@pytest.mark.parametrize(("seconds", "words", "asks"), [
    (9, "Its push service took the test at 13:00:03. It has not arrived yet.", True),
    (10, f"{SENT} Opened now, it may still show it.", True),
    (69, f"{SENT} Opened now, it may still show it.", True),
    (70, f"{SENT} Open it there, then tap Again.", False), (43_200, f"{SENT} Open it there, then tap Again.", False)])
def test_test_that_has_not_arrived_says_what_can_be_done(ada, sent, seconds, words, asks):
    device = sent()
    with clock.at(NOON + timedelta(seconds=seconds)):
        page = text(ada.get(WHERE))
    assert said(page) == [words]
    assert (f'data-hx-get="/reminders/test/{device.id}" data-hx-trigger="every 2s"' in page) == asks
    assert "Again<" in page and "Send a test<" not in page


@pytest.mark.parametrize(("arrived", "words"), [
    (3.2, "13:00, 3 seconds"), (0.2, "13:00, 1 second"), (61, "13:01, 61 seconds")])
def test_test_that_arrived_says_when_and_after_how_long(ada, sent, arrived, words):
    sent(arrived)
    with clock.at(NOON + timedelta(hours=1)):
        page = text(ada.get(WHERE))
    assert said(page) == [f"The test arrived at {words} after it was sent."]
    assert "data-hx-get" not in page


def test_test_that_arrived_though_its_push_service_did_not_answer_is_said(ada, sent):
    sent(arrived=3, taken=None)
    with clock.at(NOON + timedelta(minutes=1)):
        assert said(text(ada.get(WHERE))) == ["The test arrived at 13:00, 3 seconds after it was sent."]


@pytest.mark.parametrize(("hours", "taken"), [(0.01, None), (12.01, 0.9)])
def test_test_that_was_not_taken_or_is_long_over_is_not_said(ada, sent, hours, taken):
    sent(taken=taken)
    with clock.at(NOON + timedelta(hours=hours)):
        page = text(ada.get(WHERE))
    assert said(page) == [] and "Send a test<" in page


@pytest.mark.parametrize(("arrived", "after", "words"), [
    (3.2, 3600, "The test arrived at 13:00, 3 seconds after it was sent."),
    (None, 20, "The test was sent at 13:00 and has not arrived here yet."),
    (None, 70, "The test was sent at 13:00 and has not arrived here.")])
def test_last_test_of_this_device_is_told_for_its_card(ada, cast, told, arrived, after, words):
    ada.post("/push/subscribe", json=told(), headers=OURS)
    assert "data-remind-last" not in text(ada.get(WHERE))
    Subscription.update(test="one", test_sent_at=NOON, test_taken_at=NOON,
                        test_arrived_at=arrived and NOON + timedelta(seconds=arrived)).execute()
    with clock.at(NOON + timedelta(seconds=after)):
        page = text(ada.get(WHERE))
    assert re.sub("</?time[^>]*>", "", page).count(f"<p hidden data-remind-last>{words}</p>") == 1


def test_a_part_says_how_one_stands_and_stops_asking_once_it_arrived(app, ada, sent, cast):
    device = sent()
    part = {"HX-Request": "true", "HX-Request-Type": "partial", "HX-Target": f"span#tried-{device.id}"}
    with clock.at(NOON + timedelta(seconds=4)):
        first = text(ada.get(f"/reminders/test/{device.id}", headers=part))
        arrive(device, "one")
        then = text(ada.get(f"/reminders/test/{device.id}", headers=part))
    assert first.startswith(f'<span id="tried-{device.id}" class="quiet" role="status" data-hx-get=')
    assert said(first) == ["Its push service took the test at 13:00:03. It has not arrived yet."]
    assert said(then) == ["The test arrived at 13:00, 4 seconds after it was sent."] and "data-hx" not in then
    here = Device.get(Device.person == cast.ada.id, Device.id != device.id)
    assert ada.get(f"/reminders/test/{here.id}", headers=part).status_code == 404


def test_a_page_without_scripts_can_be_loaded_again_without_another_test(ada, allow, cast, service):
    phone = allow(cast.ada)
    reply = ada.post(f"/reminders/test/{phone.id}", headers=OURS)
    assert (reply.status_code, reply.headers["Location"]) == (303, WHERE)
    part = {"HX-Request": "true", "HX-Request-Type": "partial", "HX-Target": "div#elsewhere"}
    reply = ada.post(f"/reminders/test/{phone.id}", headers={**OURS, **part})
    assert reply.status_code == 200 and text(reply).startswith('<div id="elsewhere">')


@pytest.mark.parametrize(("status", "words"), [
    (503, "did not answer, or is busy"), (405, "refused the test"),
    *((status, "refused this server, not that device") for status in (400, 401, 403, 413))])
def test_what_was_not_taken_is_said(ada, allow, cast, service, status, words):
    service.fail_next(status)
    [line] = said(tried(ada, allow(cast.ada)))
    assert words in line
    assert ("Stop here" in line) == (status == 405)  # which would cost the device its subscription


def test_a_dead_address_is_said_and_its_device_gets_none(ada, allow, cast, service):
    phone = allow(cast.ada)
    service.expire(Subscription.get().endpoint)
    page = tried(ada, phone)
    assert "no longer knows it, so it gets none" in said(page)[0]
    assert "Gets none" in page and not Subscription.select().exists()
    assert said(tried(ada, phone)) == ["Not sent: reminders were stopped there."]


def test_tests_to_all_devices_together_are_five_a_minute(ada, allow, cast, service, told):
    phone, laptop = allow(cast.ada), allow(cast.ada)
    ada.post("/push/subscribe", json=told(), headers=OURS)
    assert [ada.post("/push/test", headers=OURS).status_code for _ in range(2)] == [200] * 2
    found = [said(tried(ada, one))[0] for one in (phone, laptop, phone, laptop)]
    assert ["That was many tests" in words for words in found] == [False] * 3 + [True]
    assert len(service.received) == 5


def test_only_ones_own_other_devices_can_be_tried(ada, allow, cast, service, add_device):
    here = Device.get(Device.person == cast.ada.id)
    for device in (allow(cast.bela), here):
        assert ada.post(f"/reminders/test/{device.id}", headers=OURS).status_code == 404
    reply = ada.post(f"/reminders/test/{allow(cast.ada).id}", headers={"Sec-Fetch-Site": "cross-site"})
    assert (reply.status_code, service.received) == (403, [])


def test_devices_that_get_none_fold_behind_e_mail_and_calendar(ada, allow, add_device, cast):
    allow(cast.ada)
    add_device(cast.ada)
    page = text(ada.get(WHERE))
    assert page.index("Gets reminders") < page.index("E-mail") < page.index("Calendar feed") < page.index("Gets none")
    assert "<details" not in page
    for _ in range(2):
        add_device(cast.ada)
    page = text(ada.get(WHERE))
    assert page.index("Calendar feed") < page.index("3 others get none")
    assert page.partition("<details")[2].count("Gets none") == 3 and page.count("Gets none") == 3


@pytest.mark.parametrize("off", [("remind",), ("remind_join", "remind_prepare", "remind_goal", "remind_worksheet")])
def test_where_every_reminder_is_off_no_device_is_said_to_get_any(ada, allow, cast, choose, off):
    allow(cast.ada)
    choose(cast.ada, **dict.fromkeys(off, False))
    page = text(ada.get(WHERE))
    assert "Allowed there, but reminders are off" in page and "Gets reminders" not in page
