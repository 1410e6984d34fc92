"""The agreement with a mentor who has no account: its points, its ways, its versions."""
from __future__ import annotations

from datetime import timedelta

import pytest

from mentorlog import agreement, clock, partners, records
from tests.cast import sign_in
from tests.submitting import fill, send, submit
from tests.sync.asking import change, edit, sync

CARD = {"name": "R. O.", "phone": "", "fallback": "phone, after six +351 21 0000000\nchat https://chat.example/a-r"}
POINTS = {"rhythm": "two_weekly", "minutes": "45", "notice": "day", "blocked": "Mornings until eleven",
          "confidentiality": "It stays here.", "review_on": "2099-01-08", "wait_minutes": "5"}
WAYS = {"way1": "+49 30 1234567", "way1_kind": "call", "way2": "+49 30 1234567", "way2_kind": "text",
        "way3": "meet.example/x",
        "way3_kind": "video"}


@pytest.fixture
def ada(client, cast):
    return sign_in(client, "ada")


@pytest.fixture
def card(ada) -> str:
    """Where ada's card stands."""
    return submit(ada, "/partners/new", **CARD).headers["Location"]


def agree(client, card: str, **typed: str) -> str:
    """Write the agreement; the page of it."""
    reply = submit(client, f"{card}/agreement/edit", **(POINTS | WAYS | typed))
    assert reply.status_code == 303, reply.get_data(as_text=True)
    return page(client, card)


def page(client, card: str) -> str:
    return client.get(f"{card}/agreement").get_data(as_text=True)


def fields_of(person) -> dict:
    [record] = records.shelf(person, "agreement")
    return record["fields"]


# -- writing it down ---------------------------------------------------------------------------------------------------

def test_what_was_agreed_on_stands_in_words(ada, cast, card):
    assert "Nothing is agreed on yet" in page(ada, card)
    shown = agree(ada, card)
    for words in ("every two weeks, 45 minutes", "a day", "Mornings until eleven", "It stays here.", "8 Jan 2099",
                  "phone +49 30 1234567, then text message +49 30 1234567, then video https://meet.example/x, 5 min"):
        assert words in shown, words
    assert "Only you" in shown and "The first one" in shown


def test_there_is_one_for_each_card_and_its_id_has_a_meaning(ada, cast, card):
    agree(ada, card)
    agree(ada, card, rhythm="weekly")
    [record] = records.shelf(cast.ada, "agreement")
    assert record["id"] == records.name_id(cast.ada.names, f"agreement:{card.rpartition('/')[2]}")
    assert record["fields"]["partner"] == card.rpartition("/")[2]


def test_the_lines_of_the_card_are_offered_first_and_stay_on_it(ada, cast, card):
    form = fill(ada, f"{card}/agreement/edit")
    assert [form[f"way{n}"] for n in (1, 2, 3)] == ["+351 21 0000000", "https://chat.example/a-r", ""]
    assert [form[f"way{n}_kind"] for n in (1, 2)] == ["call", "chat"]
    before = ada.get(card).get_data(as_text=True)
    assert 'href="tel:+351210000000"' in before and "Also on the card" not in before
    agree(ada, card)
    after = ada.get(card).get_data(as_text=True)
    assert 'href="tel:+49301234567"' in after.split("Also on the card")[0]
    assert "after six" in after.split("Also on the card")[1]
    assert records.shelf(cast.ada, "partner")[0]["fields"]["fallback"].startswith("phone, after six")


def test_a_phone_number_alone_is_offered_as_two_ways(ada, cast):
    where = submit(ada, "/partners/new", name="X", phone="+1 555 0100").headers["Location"]
    form = fill(ada, f"{where}/agreement/edit")
    assert [(form[f"way{n}_kind"], form[f"way{n}"]) for n in (1, 2)] == [("call", "+1 555 0100"), ("text",
                                                                                                   "+1 555 0100")]


@pytest.mark.parametrize(("field", "typed", "words"), [
    ("way1", "call me", "such as +49 30 1234567"), ("way2", "12", "such as +49 30 1234567"),
    ("way3", "javascript:alert(1)", "such as https://meet.example/room"), ("way3", "http://192.168.0.1/",
                                                                           "one house or office"),
    ("rhythm", "hourly", "one of the answers"), ("minutes", "1000", "from 5 to 480"), ("wait_minutes", "0",
                                                                                       "from 1 to 60"),
    ("wait_minutes", "soon", "from 1 to 60"), ("notice", "never", "one of the answers"), ("blocked", "x" * 5001,
                                                                                          "5000 characters"),
    ("review_on", "2026-02-30", "between 1900 and 2199"), ("review_on", "2020-01-01", "still to come")])
def test_bad_input_gets_words_at_its_field_and_stays(ada, cast, card, field, typed, words):
    reply = submit(ada, f"{card}/agreement/edit", **(POINTS | WAYS | {field: typed}))
    shown = reply.get_data(as_text=True)
    assert reply.status_code == 422
    assert words in shown.split(f'id="e-{field}"')[1].split("</p>")[0]
    assert typed in shown or field in ("rhythm", "minutes", "notice")
    assert "It stays here." in shown
    assert records.count(cast.ada, "agreement") == 0


def test_one_way_is_not_enough_and_none_can_wait(ada, cast, card):
    reply = submit(ada, f"{card}/agreement/edit", **(POINTS | {"way1": "+49 30 1234567", "way2": ""}))
    assert reply.status_code == 422 and "Write a second way" in reply.get_data(as_text=True)
    agree(ada, card, way1="", way2="", way3="")
    assert fields_of(cast.ada)["ways"] == []


def test_a_rhythm_of_ones_own_needs_words(ada, cast, card):
    assert "Say it in a few words" in submit(ada, f"{card}/agreement/edit", rhythm="own").get_data(as_text=True)
    assert "Every third Tuesday, 45 minutes" in agree(ada, card, rhythm="own", rhythm_own="Every third Tuesday")
    agree(ada, card, rhythm="weekly")
    assert fields_of(cast.ada)["rhythm_own"] == ""


def test_ways_change_places_without_a_script(ada, cast, card):
    agree(ada, card)
    ids = [way["id"] for way in fields_of(cast.ada)["ways"]]
    fields = fill(ada, f"{card}/agreement/edit", move="3-up")
    shown = send(ada, f"{card}/agreement/edit", fields).get_data(as_text=True)
    assert shown.index("https://meet.example/x") < shown.index('name="way3"')
    agree(ada, card, way2="https://meet.example/x", way2_kind="video", way2_id=ids[2], way3="+49 30 1234567",
          way3_kind="text", way3_id=ids[1])
    assert [way["id"] for way in fields_of(cast.ada)["ways"]] == [ids[0], ids[2], ids[1]]


def test_sent_twice_is_one(ada, cast, card):
    fields = fill(ada, f"{card}/agreement/edit", **POINTS, **WAYS)
    first, second = (send(ada, f"{card}/agreement/edit", fields) for _ in range(2))
    assert first.headers["Location"] == second.headers["Location"] == f"{card}/agreement"
    assert "earlier" not in fields_of(cast.ada) or fields_of(cast.ada)["earlier"] == []


# -- versions ----------------------------------------------------------------------------------------------------------

def test_each_change_of_a_point_is_a_version(ada, cast, card):
    agree(ada, card)
    shown = agree(ada, card, rhythm="weekly", way3="", review_on="")
    assert "<del dir=\"auto\">every two weeks, 45 minutes</del> <ins dir=\"auto\">weekly, 45 minutes</ins>" in shown
    assert "<del><time" in shown.split("Look again: ")[1]
    [gone] = fields_of(cast.ada)["earlier"]
    assert gone["rhythm"] == "two_weekly" and len(gone["ways"]) == 3 and gone["review_on"] == "2099-01-08"
    assert shown.index("weekly, 45 minutes") < shown.index("The first one")


def test_what_is_no_point_makes_no_version(ada, cast, card):
    agree(ada, card)
    agree(ada, card)  # the same once more
    submit(ada, f"{card}/pause", until="other", pause_on="2099-01-01")
    assert fields_of(cast.ada).get("earlier", []) == []


def test_the_last_twenty_stay(ada, cast, card):
    agree(ada, card)
    for minutes in range(10, 32):
        agree(ada, card, minutes=str(minutes))
    assert len(fields_of(cast.ada)["earlier"]) == 20
    shown = page(ada, card)
    assert "The oldest that is kept" in shown and "The first one" not in shown


def test_two_devices_that_change_it_make_one_row_of_versions(cast, handset, laptop):
    made = change("agreement", rhythm="weekly", minutes=30, partner=records.new_id())
    sync(handset, [made])
    sync(handset, [edit(made, minutes=45)])
    sync(laptop, [edit(made, rhythm="monthly")])
    [record] = records.shelf(cast.ada, "agreement")
    assert [(one.get("rhythm"), one.get("minutes")) for one in record["fields"]["earlier"]] == [("weekly", 30),
                                                                                                ("weekly", 45)]
    assert (record["fields"]["rhythm"], record["fields"]["minutes"]) == ("monthly", 45)


def test_nobody_but_the_join_writes_what_gave_way():
    assert records.problems("agreement", {"earlier": []}) == {"earlier": "unknown_field"}


# -- the ways of a session, review, and whose it is --------------------------------------------------------------------

def test_a_review_that_is_due_is_said_in_a_quiet_line(ada, cast, card):
    on = clock.parts(clock.now() + timedelta(days=3), "Europe/Berlin")["on"]
    agree(ada, card, review_on=on)
    quiet = "You wanted to look at it again on"
    assert quiet not in page(ada, card) and quiet not in ada.get(card).get_data(as_text=True)
    with clock.at(clock.now() + timedelta(days=3)):
        assert quiet in page(ada, card) and quiet in ada.get(card).get_data(as_text=True)
        agree(ada, card, blocked="Evenings")  # its day may stay, though it is over


def test_what_cannot_be_tapped_any_more_is_not_hidden():
    found = agreement.ways_to({"name": "R. O."}, {"ways": [{"id": "a", "way": "video", "address": "not a link"}]})
    assert [one["own"] for one in found] == ["not a link"]


def test_an_agreement_of_somebody_else_is_not_there(ada, app, cast, card):
    agree(ada, card)
    bela = sign_in(app.test_client(), "bela")
    for name in ("agreement", "agreement/edit", "pause"):
        assert bela.get(f"{card}/{name}").status_code == 404
        assert send(bela, f"{card}/{name}", {"end": "1"}).status_code in (404, 405)
    assert "rhythm" in fields_of(cast.ada)


def test_it_goes_with_its_card_and_its_words_are_kept(cast, handset):
    card = change("partner", name="R. O.")
    made = change("agreement", partner=card["record"], confidentiality="It stays here.",
                  ways=[{"id": "a", "way": "call", "address": "+1 555 0100"}])
    sync(handset, [card, made])
    sync(handset, [edit(card, deleted=True)])
    assert records.shelf(cast.ada, "agreement") == []
    [kept] = records.shelf(cast.ada, "kept")
    assert kept["fields"]["text"] == "R. O.\n\nIt stays here.\n\n+1 555 0100"


def test_cards_bring_their_agreement_in_one_query_more(ada, cast, card):
    agree(ada, card)
    [found] = partners.cards(cast.ada).values()
    assert found["agreement"]["rhythm"] == "two_weekly"
