"""The soak: one person, two devices, an hour of use at full speed, and everything that goes wrong."""
from __future__ import annotations

import collections
import time
from typing import Any

import pytest

from tests.devices import DESKTOP, PHONE
from tests.hands import held, on_server, send
from tests.soak.seat import Seat
from tests.soak.use import Use
from tests.sync.simulator.checks import tokens

ACTS_A_MINUTE = 30  # of use: one in two seconds, on one of the two devices
SAMPLES = 20
MOST_STUMBLES = 0.02  # of all acts: a page that was just closed, a worker that was just ended
KINDS = ("entry", "goal", "rating", "line", "session", "worksheet", "answer", "settings", "kept")
MEGABYTE = 1_000_000


@pytest.mark.long
def test_an_hour_of_use_at_two_devices_with_everything_that_goes_wrong(device, lines, server, request, capsys) -> None:
    acts = request.config.getoption("--soak-minutes") * ACTS_A_MINUTE
    paths = lines(), lines()
    seats = [Seat(name, device(kind, via=path), path)
             for name, kind, path in zip(("phone", "desktop"), (PHONE, DESKTOP), paths, strict=True)]
    use, figures, began = Use(seats, server, request.config.getoption("--soak-seed")), [], time.monotonic()
    for number in range(acts):
        if number % max(1, acts // SAMPLES) == 0:
            figures.append(sample(number, seats))
        use.step()
    use.quiet()
    come_home(seats)
    figures.append(sample(acts, seats))
    with capsys.disabled():
        tell(use, figures, time.monotonic() - began)
    nothing_is_lost(use, seats, server)
    all_agree(seats, server)
    nothing_grows_without_end(use, seats, figures)
    assert len(use.stumbles) <= max(3, acts * MOST_STUMBLES), use.stumbles


def come_home(seats: list[Seat]) -> None:
    for seat in seats * 3:
        seat.home()
        while send(seat.tabs[0])["sync"] == "busy":
            seat.home()


def sample(number: int, seats: list[Seat]) -> dict[str, Any]:
    return {"act": number} | {seat.name: seat.figures() for seat in seats}


def nothing_is_lost(use: Use, seats: list[Seat], server: Any) -> None:
    """Every word that was saved stands on the server, once, or as a draft on the device on which it was typed."""
    drafts = tokens([seat.stores()["drafts"] for seat in seats])
    texts = {kind: on_server(server, kind) for kind in KINDS}
    lost = use.typed - use.removed - tokens(texts) - drafts
    assert not lost, f"typed and out of sight: {sorted(lost)}"
    standing = collections.Counter(token for kind, found in texts.items() if kind != "kept"
                                   for one in found for token in set_of(one))
    assert [token for token, count in standing.items() if count > 1] == []


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
    mine = [fields for kind in KINDS for fields in on_server(server, kind)]
    assert sorted(map(repr, map(sorted, map(dict.items, mine)))) == sorted(
        map(repr, map(sorted, map(dict.items, phone.values()))))
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


def tell(use: Use, figures: list[dict[str, Any]], seconds: float) -> None:
    """What happened, in figures."""
    print(f"\n{use.count} acts in {seconds:.0f} s: {dict(use.acts)}")
    print(f"{sum(use.faults.values())} faults: {dict(use.faults)}")
    print(f"{len(use.typed)} words typed, {len(use.removed)} taken out; stumbles: {use.stumbles}")
    for one in figures:
        columns = [f"{name} {kind} {size / MEGABYTE:6.2f}" for name, found in one.items() if name != "act"
                   for kind, size in found.items()]
        print(f"act {one['act']:5}  MB: " + "  ".join(columns))
