"""A pair begins: the sessions of the partner card become theirs."""
from __future__ import annotations

import pytest

from mentorlog import records
from mentorlog.models import Record
from mentorlog.sync import pairs
from tests.sync.asking import a_device, change, outcome, rows, sync


@pytest.fixture
def made(ada):
    """A card, a session and a line of it, and two of no card: name to change."""
    card = change("partner", name="Bela")
    session = change("session", partner=card["record"], notes="One. Two.")
    changes = {"card": card, "session": session, "other": change("session", notes="With somebody else."),
               "line": change("line", text="Ask.", session=session["record"]), "loose": change("line", text="Mine.")}
    sync(ada, list(changes.values()))
    return changes


def test_the_sessions_of_a_card_become_the_pairs(cast, ada, made):
    assert pairs.begin(cast.pair.id, made["card"]["record"]) == 2
    assert rows(a_device(cast.bela)).keys() == {made[name]["record"] for name in ("session", "line")}
    assert rows(ada)[made["session"]["record"]]["pair"] == cast.pair.id
    assert records.find(cast.bela, "line", made["line"]["record"])["fields"]["text"] == "Ask."
    assert pairs.begin(cast.pair.id, made["card"]["record"]) == 0


def test_what_waits_on_a_device_is_joined_with_it(cast, ada, made):
    pairs.begin(cast.pair.id, made["card"]["record"])
    base = {"base": made["session"]["id"]}
    late = change("session", made["session"]["record"], stands=base, notes="One. Two. Three.")
    assert outcome(ada, late) == {"outcome": "merged"}
    assert Record.get_by_id(late["record"]).fields == {
        "partner": made["card"]["record"], "notes": "One. Two. Three.", "pair": cast.pair.id}


def test_nothing_of_another_card_or_person_moves(cast, ada, made):
    assert pairs.begin(cast.pair.id, records.new_id()) == 0
    theirs = a_device(cast.dan)
    sync(theirs, [change("session", partner=made["card"]["record"], notes="x")])
    pairs.begin(cast.pair.id, made["card"]["record"])
    assert {row["pair"] for row in rows(theirs).values()} == {None}
    assert rows(ada)[made["other"]["record"]]["pair"] is None
    assert rows(ada)[made["loose"]["record"]]["pair"] is None
