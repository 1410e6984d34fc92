"""Which record a form changes its address says; what its hidden fields name is never touched."""
from __future__ import annotations

import pytest

from mentorlog.models import Record
from tests.cast import sign_in
from tests.contracts.steps_addresses import FORMS, MINE, OTHERS, given, sent
from tests.submitting import fill, send


@pytest.fixture
def ada(client):
    given()
    return sign_in(client, "ada")


def revs() -> dict[str, str]:
    return {row.id: row.rev for row in Record.select()}


def test_a_form_that_names_another_record_changes_the_one_of_its_address(ada):
    for n, (kind, address, *_) in enumerate(FORMS):
        before = revs()
        assert send(ada, *sent(n)).status_code in (204, 303), address
        moved = {id for id, rev in revs().items() if before.get(id) != rev}
        assert moved == {MINE[n]}, address
        assert revs()[OTHERS[kind]] == before[OTHERS[kind]], address


def test_so_does_the_form_of_a_rating_and_of_an_answer(ada):
    goal, sheet = OTHERS["goal"], OTHERS["worksheet"]
    before = revs()
    hidden = {"record": OTHERS["entry"]}
    assert send(ada, f"/goals/{goal}/rating", fill(ada, f"/goals/{goal}/rating") | hidden | {"value": "4"}
                ).status_code == 303
    assert send(ada, f"/worksheets/{sheet}", fill(ada, f"/worksheets/{sheet}") | hidden | {"text": "So."}
                ).status_code == 303
    assert {id: revs()[id] for id in before} == before
    assert sorted(row.kind for row in Record.select() if row.id not in before) == ["answer", "rating"]
