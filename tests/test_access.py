"""Every route × every member of the cast: what a person may not see does not exist."""
from __future__ import annotations

import uuid

import pytest

from tests.cast import OURS, sign_in

PUBLIC = "public"  # before signing in too
OWN = "own"  # one's own screens
# endpoint: PUBLIC, OWN, or the kind of record whose id stands in the address
ROUTES = {
    "files.file": PUBLIC, "files.favicon": PUBLIC, "near.worker": PUBLIC, "near.module": PUBLIC,
    "near.manifest": PUBLIC, "near.sync": PUBLIC, "healthz": PUBLIC, "readyz": PUBLIC,
    "people.start": PUBLIC, "people.sign_in": PUBLIC, "people.sign_out": PUBLIC,
    "people.arrive": OWN, "people.account": OWN, "people.password": OWN, "people.revoke": "device",
    "today.home": PUBLIC, "today.index": OWN, "search.index": OWN, "settings.index": OWN, "settings.copy": OWN,
    "settings.look": OWN, "settings.by_mail": OWN, "settings.install": OWN, "settings.reminders": OWN,
    "journal.index": OWN, "journal.new": OWN, "journal.show": "entry", "journal.edit": "entry",
    "journal.delete": "entry", "journal.bring_back": "entry", "journal.months": OWN, "journal.filter": OWN,
    "journal.size": "entry",
    "waiting.index": OWN, "waiting.line": OWN, "waiting.send": OWN, "waiting.edit": "change",
    "waiting.discard": "change", "waiting.again": "change", "waiting.drop": "change",
    "sessions.index": OWN, "sessions.new": OWN, "sessions.past": OWN, "sessions.show": "session",
    "sessions.edit": "session", "sessions.cancel": "session", "sessions.resume": "session", "sessions.held": "session",
    "sessions.notes": "session", "sessions.undo": "session", "sessions.undo_pause": "partner",
    "times.hours": OWN, "times.theirs": "partner", "times.show": "partner", "times.calendar": OWN, "times.forget": OWN,
    "sessions.fallback": "session",
    "agreement.show": "partner", "agreement.edit": "partner", "agreement.pause": "partner",
    "partners.new": OWN, "partners.show": "partner", "partners.edit": "partner",
    "agenda.index": OWN, "agenda.new": OWN, "agenda.share": OWN, "agenda.edit": "line", "agenda.discussed": "line",
    "agenda.delete": "line", "agenda.bring_back": "line",
    "goals.index": OWN, "goals.new": OWN, "goals.show": "goal", "goals.edit": "goal", "goals.rating": "goal",
    "goals.steps": "goal", "goals.waits": "goal", "goals.delete": "goal", "goals.bring_back": "goal",
    "goals.rated": OWN, "goals.which": OWN, "goals.look": OWN, "goals.run": OWN, "goals.carry": "goal",
    "goals.let_go": "goal", "goals.split": "goal",
    "questions.index": OWN, "questions.set_page": OWN, "questions.worksheet": "worksheet",
    "questions.answers": "worksheet", "questions.discussed": "worksheet", "questions.delete": "worksheet",
    "questions.bring_back": "worksheet", "questions.arrange": "worksheet", "questions.talk": "worksheet",
    "questions.worksheets": OWN, "questions.aim": OWN, "questions.new": OWN, "questions.copy": OWN,
    "questions.edit": "set", "questions.delete_set": "set", "questions.bring_back_set": "set",
    "copies.index": OWN, "copies.bring": OWN, "copies.leave": OWN, "knows.index": OWN,
    "history.index": "entry", "near.older": "entry", "versions.show": "kept", "versions.join": "kept",
    "bin.index": OWN, "bin.former": OWN, "bin.empty": OWN, "bin.bring_back": "entry",
    "calendar_feed.feed": PUBLIC, "calendar_feed.index": OWN, "calendar_feed.new": OWN,
    "calendar_feed.carries": OWN, "calendar_feed.revoke": OWN,
    "mail.unsubscribe": PUBLIC,
    "push.key": OWN, "push.subscribe": OWN, "push.forget": OWN, "push.test": OWN, "push.arrived": "test",
    "reminders.snooze": "reminder", "reminders.where": OWN, "reminders.test": OWN, "reminders.test_device": "device",
    "reminders.tried": "device",
}
LEAD_ON = {"agenda.index", "bin.former", "bin.empty"}  # to another screen of one's own
FIELDS = {
    "entry": {"title": "Mine", "text": "Only mine."}, "goal": {"text": "Mine"}, "partner": {"name": "R. O."},
    "session": {"starts_on": "2030-01-07", "starts_time": "15:00", "zone": "Europe/Berlin", "minutes": 60},
    "line": {"text": "Mine"}, "worksheet": {"title": "Mine"}, "set": {"title": "Mine"},
}
OTHERS = ("bela", "cleo", "dan")


def mine(app, person, kind: str) -> str:
    """The id of one record of this kind that the person owns; a random id for what no form can make."""
    from mentorlog import database, records
    from mentorlog.sync import apply
    if kind not in FIELDS:
        return str(uuid.uuid4())
    id = records.new_id()
    change = {"id": records.new_id(), "kind": kind, "record": id, "fields": FIELDS[kind], "base": None,
              "made_at": "2026-11-24T09:00:00.000Z"}
    with database.db.connection_context():
        outcomes = apply.take(person, None, [change])
    assert outcomes[change["id"]]["outcome"] == "accepted", outcomes
    return id


def rules(app):
    """(endpoint, address with `<id>` in it, methods) of every route."""
    return [(rule.endpoint, rule.rule, rule.methods - {"HEAD", "OPTIONS"}) for rule in app.url_map.iter_rules()]


def addressed(rule: str, id: str) -> str:
    for name, value in (("<id>", id), ("<asked>", "0"), ("<path:name>", "x"), ("<set>", "first-meeting"),
                        ("<secret>", "x"), ("<token>", "x")):
        rule = rule.replace(name, value)
    return rule


@pytest.fixture
def places(app, cast):
    """Every route as (endpoint, what stands in the table, address with ada's record in it, methods)."""
    ids = {what: mine(app, cast.ada, what) for what in set(ROUTES.values())}
    return [(endpoint, ROUTES[endpoint], addressed(rule, ids[ROUTES[endpoint]]), methods)
            for endpoint, rule, methods in rules(app)]


def test_every_route_stands_in_the_table(app) -> None:
    assert {endpoint for endpoint, _, _ in rules(app)} == set(ROUTES)


def test_who_is_signed_out_sees_no_page_of_anybody(app, places) -> None:
    client = app.test_client()
    for endpoint, what, address, methods in places:
        for method in methods:
            reply = client.open(address, method=method, headers=OURS)
            if what == PUBLIC:
                assert "/sign-in" not in reply.headers.get("Location", "") or endpoint == "people.sign_out", endpoint
            else:
                assert reply.status_code == 303 and "/sign-in" in reply.headers["Location"], (endpoint, method)


@pytest.mark.parametrize("name", OTHERS)
def test_what_is_adas_is_not_there_for_anyone_else(app, places, name: str) -> None:
    client = sign_in(app.test_client(), name)
    for endpoint, what, address, methods in places:
        if what in (PUBLIC, OWN):
            continue
        for method in methods:
            reply = client.open(address, method=method, headers=OURS, data={})
            assert reply.status_code == 404, (endpoint, method, reply.status_code)
            assert b"Only mine" not in reply.data


def test_ada_sees_what_is_hers(app, places) -> None:
    client = sign_in(app.test_client(), "ada")
    for endpoint, what, address, methods in places:
        if what == PUBLIC or what in ("change", "device", "kept") or "GET" not in methods:
            continue
        assert client.get(address, follow_redirects=endpoint in LEAD_ON).status_code == 200, endpoint
