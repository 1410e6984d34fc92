"""What the app knows about a person, in words: how much, since when, and who can read it."""
from __future__ import annotations

import pytest

from mentorlog import knows, records
from mentorlog.copies.naming import MEANINGS
from mentorlog.models import Record
from tests.browser_sign_in import arrive
from tests.cast import sign_in
from tests.contracts.conversation import FlaskSide
from tests.copying import NOON, write
from tests.counting import queries
from tests.devices import DESKTOP
from tests.hands import line, put

WHEN = {"starts_on": "2026-12-07", "starts_time": "15:00", "zone": "Europe/Berlin"}


def told(app, name: str) -> str:
    """The page, its spaces made one."""
    page = sign_in(app.test_client(), name).get("/settings/knows").get_data(as_text=True)
    return " ".join(page.partition("<main")[2].split())


def section(page: str, id: str) -> str:
    """The section under the heading of this id."""
    return page.partition(f'<h2 id="{id}">')[2].partition("</section>")[0]


def test_it_counts_and_says_since_when(app, cast):
    for title in ("One", "Two"):
        write(cast.ada, "entry", title=title, text="x")
    write(cast.ada, "entry", text="Away", binned_at=NOON)
    write(cast.ada, "goal", text="Say it")
    page = section(told(app, "ada"), "mine")
    assert "3 entries" in page and "1 goal<" in page
    assert '<time datetime="2026-11-03">3 Nov 2026</time>, 1 of them in the bin' in page


def test_it_says_who_can_read_it(app, cast):
    write(cast.ada, "entry", text="Shown.", shared=cast.pair.id)
    write(cast.ada, "entry", text="Only mine.")
    write(cast.ada, "session", pair=cast.pair.id, **WHEN)
    mentee, mentor = told(app, "ada"), told(app, "bela")
    assert "1 entry" in section(mentee, "mine") and "1 entry" in section(mentee, "shown")
    assert "1 session" in section(mentee, "both") and 'id="theirs"' not in mentee
    assert "1 entry" in section(mentor, "theirs") and "1 session" in section(mentor, "both")
    assert "Nothing yet" in section(mentor, "mine") and 'id="shown"' not in mentor


def test_what_lies_in_the_bin_is_shown_to_nobody(app, cast):
    write(cast.ada, "entry", text="Shown once.", shared=cast.pair.id, binned_at=NOON)
    assert 'id="shown"' not in told(app, "ada") and 'id="theirs"' not in told(app, "bela")


def test_another_person_is_told_nothing_of_it(app, cast):
    write(cast.ada, "entry", text="Only mine.")
    assert "entr" not in section(told(app, "dan"), "mine")


def test_the_page_costs_as_many_queries_for_much_as_for_little(app, cast):
    client, costs = sign_in(app.test_client(), "ada"), []
    for many in (1, 40):
        for _ in range(many):
            write(cast.ada, "entry", text="x")
        with queries() as heard:
            client.get("/settings/knows")
        costs.append(len(heard))
    assert costs[0] == costs[1]
    assert Record.select().count() == 41


@pytest.mark.parametrize("number", [1, 2])
def test_every_kind_has_its_words_and_its_place(app, number):
    with app.test_request_context():
        macros = app.jinja_env.get_template("macros/kinds.html").module
        said = {kind: str(macros.count(kind, number)) for kind in records.KINDS}
    assert [kind for kind, words in said.items() if "other page" in words] == []
    assert len(set(said.values())) == len(records.KINDS)
    assert sorted(records.KINDS.keys() - set(knows.ORDER)) == []


def test_every_id_with_a_meaning_can_be_made_anew():
    """Else a file of another account would bring such a record in under an id that nothing leads to."""
    assert {name for name, kind in records.KINDS.items() if kind.meaning} == MEANINGS.keys()


def test_a_phone_counts_the_same_from_its_own_copy(server, phone, device, lines):
    (pair,) = server.rows("SELECT id FROM pair")[0]
    arrive(phone)
    for fields in ({"shared": pair}, {"shared": pair, "binned_at": NOON}, {}, {"binned_at": NOON}):
        put(phone, "entry", text="One of some.", **fields)
    put(phone, "session", pair=pair, **WHEN)
    for _ in range(2):
        put(phone, "goal", text="Mine.")
    phone.goto("/settings/knows")
    line(phone, "sent", 0)
    mentor = device(DESKTOP, via=lines())
    arrive(mentor, "bela")
    for page, name, expected in (
            (phone, "ada", {"mine": ["3 entries", "2 of them in the bin", "2 goals"], "shown": ["1 entry"],
                            "both": ["1 session"]}),
            (mentor, "bela", {"theirs": ["1 entry"], "both": ["1 session"]})):
        page.goto("/settings/knows")
        at_server = FlaskSide(server.url, name).ask("GET", "/settings/knows", {}, None).body
        for id, words in expected.items():
            for said in (page.content(), at_server):
                assert all(one in " ".join(section(said, id).split()) for one in words), (id, section(said, id))
