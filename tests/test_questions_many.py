"""More questions than a form takes, as a file or two devices bring them: read, renamed, used; only more are refused."""
from __future__ import annotations

import re

import pytest

from mentorlog import records
from mentorlog.sync import apply
from tests.asking import TIMES, answer, page_of, use
from tests.submitting import fill, send

IDS = [f"q{number}" for number in range(500)]


def made(cast, kind: str, record: str = "", **fields) -> str:
    """Take what no form could make; its id."""
    change = {"id": records.new_id(), "kind": kind, "record": record or records.new_id(), "base": None,
              "made_at": "2026-11-24T09:00:00.000Z", "fields": fields}
    assert apply.take(cast.ada, None, [change])[change["id"]]["outcome"] == "accepted"
    return change["record"]


@pytest.fixture
def large(ada, cast) -> str:
    return made(cast, "set", title="Five hundred", questions=[{"id": id, "text": f"Question {id}?"} for id in IDS])


def change(client, path: str, questions: list[str], **typed: str):
    return send(client, path, fill(client, path) | {"question": questions} | typed)


def fields_of(person, kind: str, id: str) -> dict:
    return records.find(person, kind, id)["fields"]


def test_a_set_with_too_many_questions_is_renamed_and_keeps_them(ada, cast, large):
    assert "More than fifty are here already." in page_of(ada, f"/questions/{large}/edit")
    assert change(ada, f"/questions/{large}/edit", IDS, title="Half a thousand").status_code == 303
    found = fields_of(cast.ada, "set", large)
    assert (found["title"], [one["id"] for one in found["questions"]]) == ("Half a thousand", IDS)
    assert change(ada, f"/questions/{large}/edit", IDS[:400]).status_code == 303
    assert len(fields_of(cast.ada, "set", large)["questions"]) == 400


def test_one_more_is_refused_with_the_way_out(ada, cast, large):
    reply = change(ada, f"/questions/{large}/edit", IDS, title="Renamed", own="And this?\r\nAnd that?")
    body = reply.get_data(as_text=True)
    assert reply.status_code == 422 and "And this?" in body and "Renamed" in body and body.count("Question q") >= 500
    assert ("There are 500 questions already, more than 50, so none can be added; these would be 502. "
            "Leave out 2 of them. Nothing you typed here is lost.") in body
    assert change(ada, f"/questions/{large}/edit", IDS[2:], own="And this?\r\nAnd that?").status_code == 303
    assert len(fields_of(cast.ada, "set", large)["questions"]) == 500


def test_a_copy_is_as_long_as_what_is_copied(ada, cast, large):
    copy = change(ada, f"/questions/{large}/copy", IDS, title="Mine").headers["Location"].rpartition("/")[2]
    assert len(fields_of(cast.ada, "set", copy)["questions"]) == 500


def test_the_first_fifty_are_asked_when_it_is_used(ada, cast, large):
    body = page_of(ada, f"/questions/{large}")
    assert "450 left out" in body and "A worksheet has room for fifty." in body
    assert len(fields_of(cast.ada, "worksheet", use(ada, large))["questions"]) == 50
    reply = change(ada, f"/questions/{large}", IDS[:51])
    assert reply.status_code == 422
    assert "these would be 51. Leave out 1 of them." in reply.get_data(as_text=True)


def test_a_worksheet_with_too_many_is_put_into_another_order(ada, cast, large):
    questions = [{"id": id, "text": f"Question {id}?"} for id in IDS[:100]]
    sheet = made(cast, "worksheet", title="A hundred", set=large, questions=questions)
    path = f"/worksheets/{sheet}/questions"
    ticked = re.findall(r'name="question" value="(\w+)" checked', page_of(ada, path))
    assert change(ada, path, ticked[::-1]).status_code == 303
    assert [one["id"] for one in fields_of(cast.ada, "worksheet", sheet)["questions"]] == IDS[:100][::-1]
    assert change(ada, path, [*ticked, "q400"]).status_code == 422


def test_a_list_that_two_devices_made_longer_does_not_keep_one_from_going_on(ada, cast):
    sheet = use(ada, "working-agreement", TIMES)
    lines = [f"line {number}" for number in range(9)]
    id = records.name_id(cast.ada.names, f"answer:{sheet}:{TIMES}")
    made(cast, "answer", id, worksheet=sheet, question=TIMES, text="\n".join(lines))
    assert answer(ada, sheet, TIMES, text=lines).status_code == 303
    assert answer(ada, sheet, TIMES, text=lines[1:]).status_code == 303
    assert fields_of(cast.ada, "answer", id)["text"] == "\n".join(lines[1:])
    assert answer(ada, sheet, TIMES, text=lines).status_code == 422
