"""The journal in the soak: entries that are written, changed in one tab or two, left unfinished."""
from __future__ import annotations

from playwright.sync_api import Page

from tests.hands import pause
from tests.soak.form import Form, visit
from tests.soak.seat import Seat
from tests.soak.use import NothingToDoError, Use

ENTRY = "form.editor"
MORE = " " + "And so on, and so on" * 30 + "."
TAGS = ("career", "pace", "review", "first-week", "talks")
NEWEST = 8


def write(use: Use, seat: Seat, page: Page) -> None:
    visit(page, "/journal/new")
    form = Form(use, seat, page, ENTRY).fill(title=f"Number {use.count}", tags=" ".join(use.random.sample(TAGS, 2)))
    form.fill(text=use.woven(form.value("text")) + MORE).send()


def write_with_prompts(use: Use, seat: Seat, page: Page) -> None:
    """What stuck, and the goal that follows from it; at times also how the last goal went."""
    visit(page, "/journal/new")
    form = Form(use, seat, page, ENTRY).weave("text").weave("lesson")
    form.fill(next=use.sentence() if use.random.random() < 0.6 else "")
    if "rate" in form.values() and use.random.random() < 0.5:
        form.fill(value=use.random.randint(1, 5), reason=use.woven(form.value("reason"), 5_000))
    form.send()


def edit(use: Use, seat: Seat, page: Page) -> None:
    visit(page, f"/journal/{an_entry(use, page)}/edit")
    Form(use, seat, page, ENTRY).weave("text").send()


def tag(use: Use, seat: Seat, page: Page) -> None:
    visit(page, f"/journal/{an_entry(use, page)}/edit")
    Form(use, seat, page, ENTRY).fill(tags=" ".join(use.random.sample(TAGS, 3))).weave("lesson", 5_000).send()


def edit_in_both_tabs(use: Use, seat: Seat, page: Page) -> None:
    """Both forms are open before either is sent."""
    entry, forms = an_entry(use, page), []
    for tab in seat.tabs:
        visit(tab, f"/journal/{entry}/edit")
        forms.append(Form(use, seat, tab, ENTRY).weave("text"))
    for form in forms:
        form.send()


def leave_a_draft(use: Use, seat: Seat, page: Page) -> None:
    """Type, pause, and turn to something else."""
    visit(page, "/journal/new")
    form = Form(use, seat, page, ENTRY).weave("text")
    form.note(typed=True)
    pause(page)
    visit(page, "/today")


def an_entry(use: Use, page: Page) -> str:
    """One of the newest, mostly."""
    found = sorted(use.standing(page, "entry"), key=lambda one: one["fields"].get("title", ""))
    if not found:
        raise NothingToDoError
    return use.some(found[-NEWEST:] if use.random.random() < 0.7 else found)["id"]


DEEDS = [(4, write), (2, write_with_prompts), (5, edit), (2, tag), (2, edit_in_both_tabs), (2, leave_a_draft)]
