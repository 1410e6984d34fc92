"""A session that does not work: which button when, what stands there, and what a tap makes of it."""
from __future__ import annotations

import html
import re

import pytest

from mentorlog import records
from tests.cast import sign_in
from tests.meeting import at, button, fields_of, page, plan
from tests.submitting import fill, send, submit

WAYS = {"way1": "+49 30 1234567", "way1_kind": "call", "way2": "https://chat.example/x", "way2_kind": "chat",
        "wait_minutes": "7"}


@pytest.fixture
def ada(client, cast):
    with at(-600):
        return sign_in(client, "ada")


def undo(client, where: str, notice: str, shown: str = "") -> None:
    """Tap *Undo* below a notice of a page."""
    found = re.search(rf'action="({re.escape(where)}/fallback[^"]*)"', (shown or page(client, where)).split(notice)[-1])
    assert found and send(client, html.unescape(found[1]), {}).status_code == 303


def agree(client, cast) -> str:
    """Write down what was agreed on; the address of the card."""
    where = f"/partners/{records.shelf(cast.ada, 'partner')[0]['id']}"
    assert submit(client, f"{where}/agreement/edit", **WAYS).status_code == 303
    return where


# -- when, and what stands there ---------------------------------------------------------------------------------------

@pytest.mark.parametrize(("minutes", "shown"), [(-11, "later"), (-10, "now"), (0, "now"), (44, "now"), (45, "")])
def test_the_button_is_there_from_ten_minutes_before_to_the_end(ada, cast, minutes, shown):
    where = plan(ada)
    with at(minutes):
        assert button(page(ada, where)) == shown
        assert button(page(ada, "/today")) == shown


def test_a_session_that_is_off_or_done_has_no_button(ada, cast):
    where = plan(ada)
    with at(5):
        submit(ada, where, f"{where}/held", state="held")
        assert button(page(ada, where)) == ""


def test_the_agreed_ways_stand_in_their_order_and_say_how_long_to_wait(ada, cast):
    where = plan(ada, partner_name="R. O.")
    with at(2):
        agree(ada, cast)
        shown = page(ada, f"{where}/fallback")
        own = page(ada, where)
    assert "We wait 7 minutes, then phone, then chat." in own
    for one in (shown, own):
        assert one.index('href="tel:+49301234567"') < one.index('href="https://chat.example/x"')
    assert 'data-minutes="7"' in shown and 'data-start="2026-11-24T15:02:00.000Z"' in shown
    assert re.search(r"Wait until <time[^>]*>16:09</time>, then phone\.", shown)
    assert "By video after all" in shown and "By phone" in shown and "In a chat" in shown and "By e-mail" not in shown


def test_the_wait_begins_with_the_session(ada, cast):
    where = plan(ada, phone="+1 555 0100")
    with at(-8):
        assert 'data-start="2026-11-24T15:00:00.000Z"' in page(ada, f"{where}/fallback")
    for minutes in (-11, 46):  # the ways are there at any time; there is nothing to wait for
        with at(minutes):
            shown = page(ada, f"{where}/fallback")
            assert "data-wait=" not in shown and 'href="tel:+15550100"' in shown


def test_without_an_agreement_the_lines_of_the_card_do(ada, cast):
    with at(-1500):
        submit(ada, "/partners/new", name="R. O.", fallback="text +1 555 0100\nthe café")
    where = plan(ada)
    with at(1):
        shown = page(ada, f"{where}/fallback")
    assert 'href="sms:+15550100"' in shown and "the café" in shown
    assert 'name="phone"' in shown  # nobody can be called yet


# -- a number, where none is known -------------------------------------------------------------------------------------

def test_the_card_says_truly_in_which_order_the_ways_stand(ada, cast):
    """On the card as they were written; in a session the one by which it was to be is tried already, and comes last."""
    number = "+49 30 1234567"
    submit(ada, "/partners/new", name="R. O.", phone=number, fallback=f"phone {number}\nchat https://chat.example/a")
    [card] = records.shelf(cast.ada, "partner")
    with at(5):
        by_phone = page(ada, f"{plan(ada, partner=card['id'], channel='phone')}/fallback")
    said = page(ada, f"/partners/{card['id']}")
    assert "in this order; only the way by which you meet there comes last" in said
    assert [re.findall('<li class="way" data-said="([a-z]+)"', one) for one in (said, by_phone)] == [
        ["phone", "chat"], ["chat", "phone"]]


def test_a_number_is_kept_on_the_card_and_can_be_called(ada, cast):
    where = plan(ada, partner_name="R. O.")
    with at(1):
        assert "No other way is known yet" in page(ada, f"{where}/fallback")
        reply = submit(ada, f"{where}/fallback", phone="+351 21 0000000")
        assert reply.headers["Location"] == f"{where}/fallback"
        shown = page(ada, f"{where}/fallback")
    assert 'href="tel:+351210000000"' in shown and 'name="phone"' not in shown
    assert fields_of(cast.ada, "partner")["phone"] == "+351 21 0000000"
    assert fields_of(cast.ada).get("phone", "") == ""


def test_a_number_is_kept_on_the_session_of_nobody(ada, cast):
    where = plan(ada)
    with at(1):
        submit(ada, f"{where}/fallback", phone="+351 21 0000000")
    assert fields_of(cast.ada)["phone"] == "+351 21 0000000"


@pytest.mark.parametrize("typed", ["", "call me", "+49 30 CALL", "9" * 41])
def test_a_number_that_cannot_work_is_refused_and_stays(ada, cast, typed):
    where = plan(ada, partner_name="R. O.")
    with at(1):
        reply = submit(ada, f"{where}/fallback", phone=typed)
    shown = reply.get_data(as_text=True)
    assert reply.status_code == 422 and 'id="e-phone"' in shown
    assert f'value="{typed}"' in shown
    assert fields_of(cast.ada, "partner").get("phone", "") == ""


# -- how it went on ----------------------------------------------------------------------------------------------------

def test_a_tap_says_how_it_went_on_and_the_session_shows_it(ada, cast):
    where = plan(ada, phone="+1 555 0100")
    with at(9):
        reply = submit(ada, f"{where}/fallback", on="phone")
        assert reply.headers["Location"] == where
        shown = page(ada, where)
        assert "Went on: By phone" in shown and "Noted: by phone." in shown
    with at(60):
        submit(ada, where, f"{where}/held", state="held")
        assert re.search(r"<dt>Went on</dt><dd>By phone</dd>", page(ada, where))
    assert (fields_of(cast.ada)["went_on"], fields_of(cast.ada)["state"]) == ("phone", "held")


def test_it_fell_through_and_that_can_be_taken_back(ada, cast):
    where = plan(ada, phone="+1 555 0100")
    with at(9):
        submit(ada, f"{where}/fallback", on="text")
        submit(ada, f"{where}/fallback", on="nothing")
        assert (fields_of(cast.ada)["went_on"], fields_of(cast.ada)["state"]) == (None, "missed")
        undo(ada, where, "it fell through.")
        assert (fields_of(cast.ada)["went_on"], fields_of(cast.ada)["state"]) == ("text", "planned")


@pytest.mark.parametrize(("noted", "tap", "state"), [
    ([], "phone", "planned"), (["phone"], "text", "planned"), (["phone", "nothing"], "phone", "missed"),
    ([], "nothing", "planned")])
def test_undo_brings_back_what_was_noted_before(ada, cast, noted, tap, state):
    where = plan(ada, phone="+1 555 0100")
    with at(9):
        for one in noted:
            submit(ada, f"{where}/fallback", on=one)
        was = {name: fields_of(cast.ada).get(name) for name in ("went_on", "state")}
        assert was["state"] == state
        fields = fill(ada, f"{where}/fallback", on=tap)
        for _ in range(2):  # a second tap does not take the first one for what was there
            send(ada, f"{where}/fallback", fields)
        undo(ada, where, "Noted: ")
        assert {name: fields_of(cast.ada).get(name) for name in was} == was


def test_undo_leaves_alone_what_the_tap_did_not_change(ada, cast):
    where = plan(ada, phone="+1 555 0100")
    with at(9):
        submit(ada, f"{where}/fallback", on="phone")
        shown = page(ada, where)
        submit(ada, where, f"{where}/held", state="held")
        undo(ada, where, "by phone.", shown)
    assert (fields_of(cast.ada)["went_on"], fields_of(cast.ada)["state"]) == (None, "held")


@pytest.mark.parametrize("back", ["went_on=pigeon", "went_on=&state=", "went_on=phone&state=gone"])
def test_an_undo_to_what_never_was_is_refused(ada, cast, back):
    where = plan(ada, phone="+1 555 0100")
    with at(9):
        reply = send(ada, f"{where}/fallback?{back}", {})
    assert reply.status_code == 422
    assert fields_of(cast.ada).get("state") == "planned"


def test_what_was_not_offered_is_refused(ada, cast):
    where = plan(ada, phone="+1 555 0100")
    with at(1):
        reply = submit(ada, f"{where}/fallback", on="pigeon")
    assert reply.status_code == 422 and "Choose one of the answers offered." in reply.get_data(as_text=True)
    assert "went_on" not in fields_of(cast.ada)


def test_a_tap_sent_twice_is_one(ada, cast):
    where = plan(ada, phone="+1 555 0100")
    with at(1):
        fields = fill(ada, f"{where}/fallback", on="phone")
        replies = [send(ada, f"{where}/fallback", fields) for _ in range(2)]
    assert [reply.status_code for reply in replies] == [303, 303]
    assert fields_of(cast.ada)["went_on"] == "phone"


def test_a_session_of_somebody_else_is_not_there(ada, app, cast):
    where = plan(ada)
    with at(1):
        bela = sign_in(app.test_client(), "bela")
        assert bela.get(f"{where}/fallback").status_code == 404
        assert send(bela, f"{where}/fallback", {"on": "phone"}).status_code == 404
    assert "went_on" not in fields_of(cast.ada)
