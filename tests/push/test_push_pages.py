"""The addresses of push: the key, subscribe, forget, test, and that it is there."""
from __future__ import annotations

import json
from datetime import timedelta

import pytest

from mentorlog import clock, reminders
from mentorlog.models import Device, Reminder, Subscription
from mentorlog.push.testing import arrive
from mentorlog.records import name_id
from tests.cast import OURS, sign_in
from tests.push.test_sending import decrypt


@pytest.fixture
def phone(app, cast, client, sender):
    """Ada's phone, signed in, on an app that sends to the stand-in."""
    app.extensions["push"] = sender
    return sign_in(client, "ada")


@pytest.fixture
def post(phone):
    return lambda path, body=None: phone.post(path, json=body, headers=OURS)


def test_key_is_the_one_in_use_and_is_not_cached(phone, sender):
    reply = phone.get("/push/key")
    assert reply.json == {"key": sender.keys.current.public}
    assert "no-store" in reply.headers["Cache-Control"]


def test_subscription_belongs_to_the_device_that_told_it(post, told, cast):
    assert post("/push/subscribe", told()).status_code == 204
    [row] = Subscription.select()
    assert Device.get_by_id(row.device).person == cast.ada.id


def test_told_twice_it_stands_once(post, told):
    subscription = told()
    assert [post("/push/subscribe", subscription).status_code for _ in range(2)] == [204, 204]
    assert Subscription.select().count() == 1


@pytest.mark.parametrize(("status", "times"), [(404, 1), (410, 1), (405, 3)])
def test_address_that_reminders_found_dead_is_not_believed_again(
        post, told, cast, remind, tick, service, status, times):
    """What its browser tells at the next start may be the same one; the one that it makes then is kept."""
    dead = told()
    post("/push/subscribe", dead)
    for number in range(times):
        remind(cast.ada, 20 + number)
        service.fail_next(status)
        tick()
    reply = post("/push/subscribe", dead)
    assert (reply.status_code, "needs a new one" in reply.json["error"]) == (410, True)
    assert not Subscription.select().exists()
    fresh = told()
    assert [post("/push/subscribe", {**fresh, "anew": anew}).status_code for anew in (True, False)] == [204, 204]
    assert Subscription.get().endpoint == fresh["endpoint"]


def test_address_that_took_the_last_message_is_believed_after_stop(post, told, cast, remind, tick):
    kept = told()
    post("/push/subscribe", kept)
    remind(cast.ada, 20)
    tick()
    post("/push/forget")
    assert post("/push/subscribe", kept).status_code == 204


@pytest.mark.parametrize("body", [None, [], "x", 7, {"endpoint": "http://169.254.169.254/latest"}])
def test_anything_else_is_refused_in_words(post, body):
    reply = post("/push/subscribe", body)
    assert reply.status_code == 422
    assert reply.json["error"]


@pytest.mark.parametrize("body", [b"\xff{", b"[" * 100_000, b'{"keys":' * 100_000])
def test_what_is_no_json_is_refused_too(phone, body):
    reply = phone.post("/push/subscribe", data=body, headers={**OURS, "Content-Type": "application/json"})
    assert reply.status_code == 422


def test_forgotten_twice_is_forgotten(post, told):
    post("/push/subscribe", told())
    assert [post("/push/forget").status_code for _ in range(2)] == [204, 204]
    assert not Subscription.select().exists()


def test_test_goes_to_this_device_only(post, told, service, app, sender):
    post("/push/subscribe", told())
    other = sign_in(app.test_client(), "ada")
    other.post("/push/subscribe", json=told(), headers=OURS)
    before = clock.now()
    said = post("/push/test").json
    assert (said["outcome"], before <= clock.parse(said["at"]) <= clock.now()) == ("sent", True)
    [got] = service.received
    shown = json.loads(decrypt(got["body"]))["notification"]
    assert (shown["title"], shown["tag"]) == ("This is a test", "test")
    assert shown["navigate"] == "http://localhost/settings/reminders"


def test_second_test_is_another_so_that_it_is_heard(post, told, service):
    post("/push/subscribe", told())
    for _ in range(2):
        post("/push/test")
    first, second = [json.loads(decrypt(got["body"]))["notification"] for got in service.received]
    assert (first["tag"], first["data"] != second["data"]) == (second["tag"], True)


def test_test_of_an_address_that_was_forgotten_meanwhile_is_that_of_a_dead_one(post):
    reply = post("/push/test")
    assert (reply.status_code, reply.json["outcome"]) == (200, "gone")


def test_test_of_a_dead_subscription_forgets_it(post, told, service):
    post("/push/subscribe", told())
    service.expire(Subscription.get().endpoint)
    assert post("/push/test").json["outcome"] == "gone"
    assert not Subscription.select().exists()


@pytest.mark.parametrize(("status", "outcome"), [
    (400, "ours"), (401, "ours"), (403, "ours"), (413, "ours"), (405, "failed")])
def test_test_that_is_refused_says_whose_fault_it_is_and_the_log_names_the_device(
        post, told, service, caplog, status, outcome):
    post("/push/subscribe", told())
    service.fail_next(status)
    assert post("/push/test").json["outcome"] == outcome
    [line] = [line for line in caplog.records if "refused" in line.message]
    assert (line.device, line.status, line.host) == (Subscription.get().device, status, "fcm.googleapis.com")
    assert ("look at our key" in line.message) == (outcome == "ours")
    assert (line.levelname, Subscription.get().failed) == ("ERROR", 0)


def test_refusal_after_the_same_key_was_taken_is_the_subscriptions(post, told, service):
    post("/push/subscribe", told())
    assert post("/push/test").json["outcome"] == "sent"
    service.fail_next(403)
    assert post("/push/test").json["outcome"] == "failed"


def test_tests_are_five_a_minute(post, told):
    post("/push/subscribe", told())
    assert [post("/push/test").status_code for _ in range(6)] == [200] * 5 + [429]


# -- a test that is there ----------------------------------------------------------------------------------------------

@pytest.fixture
def tested(post, told, service):
    """Sends a test to ada's phone; the id that its message carries."""
    post("/push/subscribe", told())

    def test() -> str:
        post("/push/test")
        return json.loads(decrypt(service.received[-1]["body"]))["notification"]["data"]["test"]
    return test


def test_test_that_is_there_is_told_once_and_the_first_time_counts(post, tested):
    before, id = clock.now(), tested()
    row = Subscription.get()
    assert (row.test, row.test_arrived_at) == (id, None)
    assert before <= row.test_sent_at <= row.test_taken_at <= clock.now()
    assert post(f"/push/test/{id}/arrived").status_code == 204
    first = Subscription.get().test_arrived_at
    assert before <= first <= clock.now()
    with clock.at(clock.now() + timedelta(minutes=5)):
        assert post(f"/push/test/{id}/arrived").status_code == 204
    assert Subscription.get().test_arrived_at == first


def test_earlier_test_does_not_say_that_a_later_one_is_there(post, tested):
    first, second = tested(), tested()
    assert post(f"/push/test/{first}/arrived").status_code == 404
    assert (Subscription.get().test, Subscription.get().test_arrived_at) == (second, None)


@pytest.mark.parametrize("name", ["ada", "bela"])
def test_other_devices_cannot_say_that_it_is_there(app, told, tested, name):
    id, other = tested(), sign_in(app.test_client(), name)
    other.post("/push/subscribe", json=told(), headers=OURS)
    assert other.post(f"/push/test/{id}/arrived", headers=OURS).status_code == 404
    assert app.test_client().post(f"/push/test/{id}/arrived", headers=OURS).status_code == 303
    assert not Subscription.select().where(Subscription.test_arrived_at.is_null(False)).exists()


class Quick:
    """A push service with which a test is on the device before it answers."""

    def __init__(self, sender, device) -> None:
        self.sender, self.device = sender, device

    def send(self, to, payload, *more, **named):
        arrive(self.device, payload["notification"]["data"]["test"])
        return self.sender.send(to, payload, *more, **named)


def test_test_that_is_there_before_its_push_service_answers_counts(app, post, tested, sender):
    tested()
    app.extensions["push"] = Quick(sender, Device.get_by_id(Subscription.get().device))
    tested()
    row = Subscription.get()
    assert None not in (row.test_taken_at, row.test_arrived_at)


def test_refused_test_was_not_taken(post, tested, service):
    tested()
    service.fail_next(503)
    post("/push/test")
    assert (Subscription.get().test_taken_at, Subscription.get().test_arrived_at) == (None, None)


@pytest.mark.parametrize("path", ["/push/subscribe", "/push/forget", "/push/test"])
def test_other_sites_cannot_do_any_of_it(phone, path):
    reply = phone.post(path, json={}, headers={"Sec-Fetch-Site": "cross-site"})
    assert reply.status_code == 403


def test_signed_out_nobody_can(app, client):
    assert client.get("/push/key").status_code == 303
    assert client.post("/push/subscribe", json={}, headers=OURS).status_code in (303, 401)


# -- what a notification asks ------------------------------------------------------------------------------------------

@pytest.fixture
def reminded(post, told, cast, remind, tick, sender):
    """Ada's phone has got a reminder of a session; its id."""
    assert post("/push/subscribe", told()).status_code == 204
    reminder = remind(cast.ada)
    tick()
    return reminder.id


def become(reminder: str, kind: str, left: timedelta) -> None:
    """It is the only one, of this kind, and of use for so long."""
    Reminder.delete().where(Reminder.id != reminder).execute()
    Reminder.update(kind=kind, expires_at=clock.now() + left).execute()


def test_snooze_says_when_it_comes_again(post, reminded):
    before = clock.now()
    said = post(f"/reminders/{reminded}/snooze").json
    assert before + reminders.SNOOZE <= clock.parse(said["at"]) <= clock.now() + reminders.SNOOZE
    assert post(f"/reminders/{reminded}/snooze").json == said


@pytest.mark.parametrize(("at", "hours", "cells", "words"), [
    ("21:40", ("22:00", "07:00"), [], "It comes again at 21:50."),
    ("23:55", ("", ""), [], "It comes again at 00:05 tomorrow."),
    ("21:55", ("22:00", "07:00"), [], "It comes again at 07:00 tomorrow, after your quiet hours."),
    ("21:55", ("22:00", "23:30"), [], "It comes again at 23:30, after your quiet hours."),
    ("10:55", ("", ""), ["tue-11"], "It comes again at 12:00, after your focus hours."),
    ("21:55", ("22:00", "07:00"), ["wed-07"], "It comes again at 08:00 tomorrow, after your quiet or focus hours.")])
def test_snooze_names_the_hour_and_the_day_at_which_it_comes(
        post, reminded, cast, choose, write, at, hours, cells, words):
    with clock.at(clock.instant("2026-11-24", at, "Europe/Berlin")):
        choose(cast.ada, zone="Europe/Berlin", quiet_from=hours[0] or None, quiet_until=hours[1] or None)
        write(cast.ada, "hours", name_id(cast.ada.names, "hours"), protected=cells)
        become(reminded, "goal", timedelta(days=3))
        said = post(f"/reminders/{reminded}/snooze").json
        assert (said["words"], said["later"]) == (words, "after" in words)
        assert post(f"/reminders/{reminded}/snooze").json == said


@pytest.mark.parametrize(("of", "until"), [
    ("join", "it has begun"), ("prepare", "it has begun"), ("worksheet", "the session has begun"),
    ("goal", "its day is over")])
def test_snooze_into_hours_that_outlast_its_use_is_refused_in_words(post, reminded, cast, choose, of, until):
    with clock.at(clock.instant("2026-11-24", "21:55", "Europe/Berlin")):
        choose(cast.ada, zone="Europe/Berlin", quiet_from="22:00", quiet_until="07:00")
        become(reminded, of, timedelta(hours=2))
        reply = post(f"/reminders/{reminded}/snooze")
    words = f"Your quiet hours begin before that and last until {until}, so it stays here."
    assert (reply.status_code, reply.json["error"]) == (422, words)


@pytest.mark.parametrize(("of", "words"), [
    ("join", "It begins before that"), ("prepare", "It begins before that"),
    ("worksheet", "The session begins before that"), ("goal", "Its day is over by then")])
def test_snooze_beyond_its_use_is_refused_in_words(post, reminded, write, now, of, words):
    Reminder.update(kind=of, expires_at=clock.now() + timedelta(minutes=9)).execute()
    reply = post(f"/reminders/{reminded}/snooze")
    assert (reply.status_code, reply.json["error"]) == (422, f"{words}, so it stays here.")


@pytest.mark.parametrize("name", ["ada", "bela"])
def test_other_devices_cannot_snooze_it(app, reminded, name):
    other = sign_in(app.test_client(), name)
    assert other.post(f"/reminders/{reminded}/snooze", headers=OURS).status_code == 404


def test_other_sites_cannot_snooze(phone, reminded):
    reply = phone.post(f"/reminders/{reminded}/snooze", headers={"Sec-Fetch-Site": "cross-site"})
    assert reply.status_code == 403
