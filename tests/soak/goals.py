"""Goals in the soak: set, changed, ticked, rated, carried over, split, let go, made to wait and taken up again."""
from __future__ import annotations

from playwright.sync_api import Page, expect

from tests.hands import script
from tests.soak.form import Form, visit
from tests.soak.seat import Seat
from tests.soak.use import Record, Use

LINE, PROSE = 140, 5_000
AREAS = ("skill", "career", "people", "wellbeing", "other")
DAYS = ("2026-12-01", "2026-12-15", "2027-01-10", "")


def set_goal(use: Use, seat: Seat, page: Page) -> None:
    visit(page, "/goals/new")
    steps = {f"step{n}": use.sentence() for n in range(1, use.random.randint(2, 5))}
    Form(use, seat, page, "form#form").fill(
        text=use.sentence(), earns=use.sentence(), why=use.sentence(), area=use.random.choice(AREAS), session="",
        due_on=use.random.choice(DAYS), **steps).send()


def change_goal(use: Use, seat: Seat, page: Page) -> None:
    """Its words, and its steps: one in other words, one moved, one more."""
    visit(page, f"/goals/{a_goal(use, page)['id']}/edit")
    form = Form(use, seat, page, "form#form")
    script(page, "slots.js")
    page.locator('button[name="move"][value="2-up"]').evaluate("button => button.click()")
    form.weave("text", LINE).weave("step1", LINE).weave(f"step{use.random.randint(2, 6)}", LINE).send()


def tick_a_step(use: Use, seat: Seat, page: Page) -> None:
    goal = use.some([one for one in goals(use, page) if one["fields"].get("steps")])
    visit(page, f"/goals/{goal['id']}")
    Form(use, seat, page, f'form[action="/goals/{goal["id"]}/steps"]').tick('input[name="done"]')


def rate(use: Use, seat: Seat, page: Page) -> None:
    visit(page, f"/goals/{a_goal(use, page)['id']}/rating")
    form = Form(use, seat, page, "form#rate").fill(value=use.random.randint(1, 5)).weave("reason", PROSE)
    form.send('button[name="then"]')


def carry_over(use: Use, seat: Seat, page: Page) -> None:
    """The same goal by another day; one that was rated goes on as a goal of its own."""
    goal = a_goal(use, page)
    visit(page, f"/goals/{goal['id']}/carry")
    form = page.locator("form#carry, form#form").first
    expect(form).to_be_attached()
    days = {f"2027-0{use.random.randint(1, 9)}-{day}" for day in (10, 20)} - {goal["fields"].get("due_on")}
    day = use.random.choice(sorted(days))
    Form(use, seat, page, f"form#{form.get_attribute('id')}").fill(session="", due_on=day).send()


def split(use: Use, seat: Seat, page: Page) -> None:
    goal = an_open_goal(use, page)
    use.carried(goal["fields"].get("steps"), goal["fields"].get("why"))
    visit(page, f"/goals/{goal['id']}/split")
    Form(use, seat, page, "form#split").fill(
        text1=use.sentence(), text2=use.sentence() + " Twice.", session="", due_on="2027-02-01",
        reason=use.sentence(), second=use.random.choice(("later", "same"))).send()


def let_go(use: Use, seat: Seat, page: Page) -> None:
    visit(page, f"/goals/{an_open_goal(use, page)['id']}/let-go")
    Form(use, seat, page, "form#let_go").weave("reason", PROSE).send()


def wait_or_go_on(use: Use, seat: Seat, page: Page) -> None:
    """An open goal waits, one that waits or was let go is taken up again."""
    found = [one for one in goals(use, page) if one["id"] not in rated(use, page)]
    goal = use.some(found)["id"]
    visit(page, f"/goals/{goal}")
    Form(use, seat, page, f'form[action="/goals/{goal}/waits"]').send()


def say_course(use: Use, seat: Seat, page: Page) -> None:
    """Has it run its course? Not now, or ask again."""
    visit(page, "/goals/course")
    page.locator('form[action="/goals/course"]').evaluate("form => { form.dataset.sent = ''; }")
    page.locator('form[action="/goals/course"] button').first.click()
    expect(page.locator("form[data-sent]")).to_have_count(0)


def goals(use: Use, page: Page) -> list[Record]:
    return use.standing(page, "goal")


def a_goal(use: Use, page: Page) -> Record:
    return use.some(goals(use, page))


def an_open_goal(use: Use, page: Page) -> Record:
    closed = rated(use, page)
    return use.some([one for one in goals(use, page) if one["id"] not in closed and not one["fields"].get("ended")])


def rated(use: Use, page: Page) -> set[str]:
    return {one["fields"].get("goal") or "" for one in use.standing(page, "rating")}


DEEDS = [(2, set_goal), (2, change_goal), (2, tick_a_step), (1, carry_over), (1, split), (1, let_go),
         (2, wait_or_go_on), (2, rate), (1, say_course)]
