"""The soak: one person, two devices, an hour of use at full speed, and everything that goes wrong."""
from __future__ import annotations

import collections
import json
import time
from typing import Any

import pytest

from mentorlog.records import KINDS
from tests.contracts.conversation import FlaskSide
from tests.devices import DESKTOP, PHONE
from tests.hands import held
from tests.soak import at_once, goals, hours, journal, meetings, questions, whole
from tests.soak.seat import Seat, come_home
from tests.soak.story import MEGABYTE, outcomes, tell, told_of
from tests.soak.use import Use
from tests.sync.simulator.checks import tokens

DEEDS = [deed for topic in (journal, meetings, hours, goals, questions, at_once, whole) for deed in topic.DEEDS]
DECK = sum(often for often, _ in DEEDS)
DECKS_FOR_ALL = 6  # after so many acts nothing is left out, and every kind was joined
ACTS_A_MINUTE = 30  # of use: one in two seconds, on one of the two devices
SAMPLES = 20
MOST_STUMBLES = 0.02  # of all acts: a page that was just closed, a worker that was just ended
NEVER_JOINED = {"aim", "busy"}  # said anew each time: changed by nobody, or replaced as a whole

@pytest.mark.long
def test_an_hour_of_use_at_two_devices_with_everything_that_goes_wrong(device, lines, server, request, capsys) -> None:
    acts = request.config.getoption("--soak-minutes") * ACTS_A_MINUTE
    paths = lines(), lines()
    seats = [Seat(name, device(kind, via=path), path)
             for name, kind, path in zip(("phone", "desktop"), (PHONE, DESKTOP), paths, strict=True)]
    use, figures, began = Use(seats, server, DEEDS, request.config.getoption("--soak-seed")), [], time.monotonic()
    for number in range(acts):
        if number % max(1, acts // SAMPLES) == 0:
            for seat in seats:
                use.at_home(seat.tabs[0])
            figures.append(sample(number, seats))
            with capsys.disabled():
                look_for_losses(use, seats, server)
        use.step()
    use.breaking.quiet()
    come_home(seats)
    figures.append(sample(acts, seats))
    with capsys.disabled():
        tell(use, figures, time.monotonic() - began)
    nothing_is_lost(use, seats, server)
    all_agree(seats, server)
    nothing_grows_without_end(use, seats, figures)
    if acts >= DECKS_FOR_ALL * DECK:
        all_was_met(use, server)
    assert len(use.stumbles) <= max(3, acts * MOST_STUMBLES), use.stumbles


def sample(number: int, seats: list[Seat]) -> dict[str, Any]:
    return {"act": number} | {seat.name: seat.figures() for seat in seats}


def look_for_losses(use: Use, seats: list[Seat], server: Any) -> None:
    """Say at once, and not after an hour, which words stand neither on a device nor on the server."""
    there = tokens([seat.stores() for seat in seats], server.rows("select fields from record"))
    missed = use.typed - use.removed - use.missed - there
    use.missed |= missed
    print(f"act {use.count}: {len(use.typed)} words, {len(use.stumbles)} stumbles", *use.stumbles[-3:], flush=True)
    told_of(use, sorted(missed))


def records_on(server: Any) -> list[dict[str, Any]]:
    """Every record that the server has and does not hide."""
    return json.loads(FlaskSide(server.url, "ada").ask("GET", "/settings/copy", {}, None).body)["records"]


def nothing_is_lost(use: Use, seats: list[Seat], server: Any) -> None:
    """Every word that was saved stands on the server, once, or as a draft on the device on which it was typed."""
    drafts = tokens([seat.stores()["drafts"] for seat in seats])
    found = records_on(server)
    lost = use.typed - use.removed - tokens([one["fields"] for one in found]) - drafts
    assert not lost, told_of(use, sorted(lost))
    standing = collections.Counter(token for one in found if one["kind"] != "kept" for token in set_of(one["fields"]))
    doubled = [token for token, count in standing.items() if count > 1 and token not in use.copied]
    assert not doubled, told_of(use, doubled)


def set_of(fields: dict[str, Any]) -> list[str]:
    """The words of one record; those of a field that says one twice come twice."""
    return [token for name, value in fields.items() if name != "earlier" for token in all_tokens(value)]


def all_tokens(value: Any) -> list[str]:
    text = str(value)
    return [token for token in tokens(value) for _ in range(text.count(token))]


def all_agree(seats: list[Seat], server: Any) -> None:
    """Both devices hold what the server has, and nothing waits."""
    phone, desktop = (held(seat.tabs[0]) for seat in seats)
    assert phone == desktop
    assert {one["id"]: one["fields"] for one in records_on(server)} == phone
    for seat in seats:
        assert [change for change in seat.stores()["changes"] if change["state"] != "refused"] == []


def nothing_grows_without_end(use: Use, seats: list[Seat], figures: list[dict[str, Any]]) -> None:
    first, last = figures[len(figures) // 4], figures[-1]
    for seat in seats:
        stores = seat.stores()
        assert len(stores["drafts"]) <= use.acts["leave_a_draft"] + len(use.stumbles) + 4
        assert len(stores["notices"]) + len(stores["former"]) <= 10
        early, late = first[seat.name], last[seat.name]
        assert late["indexeddb"] < 4 * late["json"] + 10 * MEGABYTE
        assert late["page"] < 1.5 * early["page"] + 2 * MEGABYTE
        assert late["worker"] < early["worker"] + 5 * late["json"] + 10 * MEGABYTE


def all_was_met(use: Use, server: Any) -> None:
    """Every deed was done, and every kind was made, and joined where two devices changed it."""
    assert use.left_out() == []
    met = outcomes(server)
    assert [kind for kind in KINDS if kind not in met] == []
    assert [kind for kind in KINDS if not met[kind]["merged"] and kind not in NEVER_JOINED] == []
