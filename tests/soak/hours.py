"""Hours of a week in the soak, one's own and those of a partner, and busy times as a calendar gives them."""
from __future__ import annotations

from itertools import combinations

from playwright.sync_api import Page

from tests.soak.form import Form, visit
from tests.soak.seat import Seat
from tests.soak.use import Record, Use
from tests.sync.simulator.typing import CELLS, SPANS

CALENDAR, KEEP = "form[data-calendar]", "[data-calendar-keep]"


def drawn(use: Use, form: Form) -> Form:
    """Other hours are good; those of the phone and of the desktop are joined."""
    there = set(form.value("good").split())
    others = [three for three in combinations(sorted(CELLS), 3) if set(three) != there]
    return form.fill(good=" ".join(use.random.choice(others)))


def draw(use: Use, seat: Seat, page: Page) -> None:
    visit(page, "/times/hours")
    drawn(use, Form(use, seat, page, "form#hours")).send()


def draw_theirs(use: Use, seat: Seat, page: Page) -> None:
    visit(page, f"/times/hours/{use.some(use.standing(page, 'partner'))['id']}")
    drawn(use, Form(use, seat, page, "form#hours")).send()


def read_calendar(use: Use, seat: Seat, page: Page) -> None:
    busy(use, seat, page, {}).send(KEEP)


def hours(use: Use, seat: Seat, page: Page, one: Record) -> Form:
    of = one["fields"].get("partner")
    visit(page, f"/times/hours/{of}" if of else "/times/hours")
    return drawn(use, Form(use, seat, page, "form#hours"))


def busy(use: Use, seat: Seat, page: Page, one: Record) -> Form:
    visit(page, "/times/hours")
    return Form(use, seat, page, CALENDAR).fill(spans="\n".join(use.random.sample(SPANS, 3)))


DEEDS = [(1, draw), (1, draw_theirs), (1, read_calendar)]
