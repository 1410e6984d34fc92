"""Where tests hold the clock and count the ids; served only by an app that is `testing`.

A contract sends `X-Seam: <now> <step>` with every step to both servers, which then have the same now and make the same
ids in the same order.
"""
from __future__ import annotations

from collections.abc import Iterator
from itertools import count

from flask import Flask, g, request

from . import clock, records

HEADER = "X-Seam"


def counting_ids(step: int) -> Iterator[str]:
    """Ids that name the step and their place in it."""
    return (f"00000000-0000-4000-8000-{step:06x}{n:06x}" for n in count(1))


def hold() -> None:
    """Before a request of a contract."""
    if HEADER in request.headers:
        moment, step = request.headers[HEADER].split()
        g.held.enter_context(clock.at(clock.parse(moment)))
        g.held.enter_context(records.ids_from(counting_ids(int(step)).__next__))


def init_app(app: Flask) -> None:
    """After the clock is held for the request, before anything makes an id."""
    app.before_request(hold)
