"""The invented year: whole, once, of nobody, and every screen has something of them."""
from __future__ import annotations

import json
import re
from collections import Counter

import pytest

from mentorlog import clock, demo, goals, records
from mentorlog.errors import Refused
from mentorlog.goals import looking
from mentorlog.models import Person, Record, Reminder
from tests.cast import OURS
from tests.test_access import OWN, ROUTES

STORY = json.loads(demo.FILE.read_text("utf-8"))
MIRA = STORY["person"]
# Ranges and names that belong to nobody: Ofcom's numbers for drama, RFC 2606 and RFC 6761.
INVENTED_PHONE = re.compile(r"\+44 20 7946 0\d{3}")
INVENTED_HOST = re.compile(r"(?:[a-z.]+\.)?example(?:\.org)?")


@pytest.fixture
def mira(app, config) -> Person:
    demo.fill(config)
    return Person.get(Person.email == MIRA["email"])


@pytest.fixture
def signed_in(mira, client):
    typed = {"email": MIRA["email"], "password": MIRA["password"], "zone": MIRA["zone"]}
    assert client.post("/sign-in", data=typed, headers=OURS).status_code == 303
    return client


def test_a_year_stands_in_it(mira):
    sessions = records.shelf(mira, "session")
    states = [one["fields"]["state"] for one in sessions]
    assert states[0] == "planned" and Counter(states) == {"planned": 1, "held": 14, "missed": 1, "cancelled": 1}
    found = goals.everything(mira)
    given = [goal["rating"]["fields"]["value"] if goal["rating"] else 0 for goal in found]
    assert Counter(given) == {0: 5, 2: 1, 3: 5, 4: 8, 5: 5}
    assert sorted(filter(None, map(looking.ended, found))) == ["let_go", "split"]
    assert len(goals.open_ones(found)) == 2 and any(goal["fields"].get("dates") for goal in found)
    assert {kind: records.count(mira, kind) for kind in (
        "entry", "worksheet", "answer", "line", "set", "aim")} == {
        "entry": 44, "worksheet": 4, "answer": 23, "line": 10, "set": 1, "aim": 1}
    kinds = [row.kind for row in Reminder.select()]  # what is to be done on an evening depends on the hour
    assert (kinds.count("join"), kinds.count("goal")) == (1, 2)


def test_what_she_wrote_is_dated_back_and_the_next_session_is_tomorrow(mira):
    moment = clock.now()
    days = [(moment - clock.parse(one["at"])).days for one in records.shelf(mira, "entry")]
    assert min(days) >= 0 and max(days) >= 350 and days == sorted(days)
    ahead = clock.parse(records.shelf(mira, "session")[0]["at"]) - moment
    assert 0 < ahead.total_seconds() < 2 * 86_400


def test_twice_is_once_and_says_both_times_how_to_sign_in(mira, config, capsys):
    before = list(Record.select(Record.id, Record.n, Record.rev).order_by(Record.id).tuples())
    demo.fill(config)
    assert list(Record.select(Record.id, Record.n, Record.rev).order_by(Record.id).tuples()) == before
    assert Person.select().count() == 1
    assert MIRA["password"] in capsys.readouterr().out


def test_where_somebody_lives_already_nothing_is_filled_in(app, cast, config):
    with pytest.raises(Refused, match="a folder of its own"):
        demo.fill(config)
    assert Record.select().count() == 0 and Person.select().count() == 4


def test_every_address_and_number_is_of_nobody():
    told = json.dumps(STORY, ensure_ascii=False)
    hosts = re.findall(r"[\w.]+@([\w.]+)", told) + re.findall(r"https?://([\w.]+)", told)
    assert hosts and [host for host in hosts if not INVENTED_HOST.fullmatch(host)] == []
    numbers = re.findall(r"\+[\d ]+\d", told)
    assert numbers and [number for number in numbers if not INVENTED_PHONE.fullmatch(number)] == []


def test_every_screen_answers(mira, signed_in, app):
    pages = [rule.rule for rule in app.url_map.iter_rules() if ROUTES[rule.endpoint] == OWN and "GET" in rule.methods]
    shown = [f"/{folder}/{one['id']}" for kind, folder in (
        ("entry", "journal"), ("goal", "goals"), ("session", "sessions"), ("partner", "partners"),
        ("worksheet", "worksheets"), ("set", "questions")) for one in records.shelf(mira, kind)]
    for address in [*(rule.replace("<set>", "first-meeting") for rule in pages), *shown]:
        assert signed_in.get(address, follow_redirects=True).status_code == 200, address


SHOWS = {
    "/today": "Show the team what happens at gate 4", "/journal": "The hours of the gaps",
    "/goals": "Have lunch with somebody from another department", "/sessions": "R. O.",
    "/questions": "Five minutes before", "/questions?time=own": "Before a hard conversation",
    "/search?q=scanners": "Lunch with the yard",
}


def test_screens_show_her_year(signed_in):
    for address, words in SHOWS.items():
        assert words in signed_in.get(address).get_data(as_text=True), address
