"""What the tests of dying processes take for an excuse: they are worth no more than that."""
from __future__ import annotations

import pytest

from mentorlog import clock
from tests.push.notes import DIED, LATE, NO_ANSWER, WRITTEN, Notes, Taken

LEASE = "2026-06-01T12:00:01.000Z"
OVER = clock.parse(LEASE).timestamp()
FIRST, SECOND = f"one/{LEASE}/7", "one/2026-06-01T12:00:02.000Z/8"


@pytest.mark.parametrize(("noted", "attempt", "at", "is_excused"), [
    ([(DIED, "7")], SECOND, OVER, True),
    ([(DIED, "7")], SECOND, OVER - 0.01, False),  # within the lease
    ([(DIED, "8")], SECOND, OVER, False),  # somebody else
    ([(WRITTEN, FIRST), (DIED, "7")], SECOND, OVER, False),  # it had written that down
    ([(WRITTEN, FIRST)], SECOND, OVER, False),
    ([(LATE, FIRST)], SECOND, OVER, True),
    ([(LATE, FIRST)], SECOND, OVER - 0.01, False),
    ([(NO_ANSWER, FIRST), (WRITTEN, FIRST)], SECOND, OVER - 0.01, True),
    ([(NO_ANSWER, FIRST)], FIRST, OVER, False),  # twice by one attempt
    ([], SECOND, OVER, False)])
def test_message_comes_again_only_with_an_excuse(tmp_path, noted, attempt, at, is_excused):
    notes = Notes(tmp_path)
    for what, about in noted:
        notes.add(what, about)
    again = Taken("one", attempt, at)
    assert notes.without_excuse([Taken("one", FIRST, OVER - 0.5), again]) == ([] if is_excused else [again])
    assert notes.without_excuse([Taken("one", FIRST, OVER - 0.5), again._replace(about="other")]) == []
