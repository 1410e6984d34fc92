"""A test to another device of one's own: what its push service made of it, who may send one, and how often."""
from __future__ import annotations

import json
import re

import pytest

from mentorlog.models import Device, Subscription
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
    found = re.findall(r'<span class="quiet" role="status">(.*?)</span>', page)
    return [words for words in map(str.strip, found) if words]


def tried(client, device) -> str:
    return text(client.post(f"/reminders/test/{device.id}", headers=OURS))


def test_a_test_goes_to_that_device_alone_and_says_that_its_service_took_it(ada, allow, cast, service):
    phone, laptop = allow(cast.ada), allow(cast.ada)
    page = tried(ada, phone)
    [words] = said(page)
    assert re.fullmatch(r"Its push service took the test at \d\d:\d\d:\d\d\. If nothing shows there, its browser "
                        r"may be closed\.", words)
    [got] = service.received
    assert json.loads(decrypt(got["body"]))["notification"]["title"] == "This is a test"
    again, first = page.index(f'"/reminders/test/{phone.id}"'), page.index(f'"/reminders/test/{laptop.id}"')
    assert "Again<" in page[again:again + 500] and "Send a test<" in page[first:first + 500]
    assert said(text(ada.get(WHERE))) == []


@pytest.mark.parametrize(("status", "words"), [
    (503, "did not answer, or is busy"), (400, "refused the test"), (401, "refused this server, not that device"),
    (403, "refused this server, not that device")])
def test_what_was_not_taken_is_said(ada, allow, cast, service, status, words):
    service.fail_next(status)
    [line] = said(tried(ada, allow(cast.ada)))
    assert words in line
    assert ("Stop here" in line) == (status == 400)  # which would cost the device its subscription


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
