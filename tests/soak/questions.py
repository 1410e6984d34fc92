"""Questions in the soak: what one looks for, own sets, worksheets, answers that are talked over and carried on."""
from __future__ import annotations

from playwright.sync_api import Page

from mentorlog.library import SEEKING
from tests.soak.form import Form, push, visit
from tests.soak.journal import ENTRY
from tests.soak.seat import Seat
from tests.soak.use import Record, Use

LIBRARY = ("first-meeting", "is-it-still-working")
KINDS = ("text", "list", "scale", "yes_no")
MOST_LINES = 5
ONWARD = 'button[data-kind="primary"][data-onward]'


def say_aim(use: Use, seat: Seat, page: Page) -> None:
    visit(page, "/questions/looking-for")
    chosen = use.random.sample(sorted(SEEKING), 2)
    Form(use, seat, page, "form#aim").fill(seeking=chosen, first=chosen[0], text=use.sentence()).send()


def make_set(use: Use, seat: Seat, page: Page) -> None:
    visit(page, "/questions/new")
    typed = "\n".join(use.sentence().replace("I ", f"{n} ", 1) for n in range(use.random.randint(2, 5)))
    Form(use, seat, page, "form#set").fill(
        title=use.sentence(), about=use.sentence(), own=typed, kind=use.random.choice(KINDS)).send()


def change_set(use: Use, seat: Seat, page: Page) -> None:
    """One question goes up, another gets other words, one more comes in."""
    one = use.some(use.standing(page, "set"))
    use.carried(one["fields"])
    visit(page, f"/questions/{one['id']}/edit")
    move_up(page, "form#set")
    form = Form(use, seat, page, "form#set")
    question = use.random.choice(form.values()["question"])
    form.weave(f"text_{question}", 5_000).fill(own=use.sentence()).send()


def move_up(page: Page, selector: str) -> None:
    """The form comes anew, with a question further up; nothing is written."""
    if page.locator(f'{selector} button[name="up"]').count():
        push(page, selector, 'button[name="up"]')


def copy_set(use: Use, seat: Seat, page: Page) -> None:
    own = [one["id"] for one in use.standing(page, "set")]
    visit(page, f"/questions/{use.random.choice([*LIBRARY, *own])}/copy")
    Form(use, seat, page, "form#set").fill(title=use.sentence()).send()


def use_set(use: Use, seat: Seat, page: Page) -> None:
    """For a session or for none, with a question of one's own."""
    own, meetings = use.standing(page, "set"), use.standing(page, "session")
    use.carried([one["fields"] for one in own])
    query = f"?session={use.some(meetings)['id']}" if meetings and use.random.random() < 0.5 else ""
    visit(page, f"/questions/{use.random.choice([*LIBRARY, *(one['id'] for one in own)])}{query}")
    Form(use, seat, page, "form#form").fill(own=use.sentence(), kind=use.random.choice(KINDS)).send()


def arrange(use: Use, seat: Seat, page: Page) -> None:
    """Which questions a worksheet asks: one up, one left out, one more."""
    visit(page, f"/worksheets/{a_sheet(use, page)['id']}/questions")
    move_up(page, "form#arrange")
    form = Form(use, seat, page, "form#arrange")
    ticked = form.values().get("question", [])
    form.fill(question=ticked[:-1] if len(ticked) > 2 else ticked, own=use.sentence()).send()


def answer(use: Use, seat: Seat, page: Page) -> None:
    sheet = a_sheet(use, page)
    question = use.some([one for one in sheet["fields"].get("questions") or [] if not one.get("out")])
    fill_answer(use, open_question(use, seat, page, sheet["id"], question["id"])).send(ONWARD)


def open_question(use: Use, seat: Seat, page: Page, sheet: str, question: str) -> Form:
    visit(page, f"/worksheets/{sheet}?q={question}")
    return Form(use, seat, page, f"form#question-{question}")


def fill_answer(use: Use, form: Form) -> Form:
    """Something else than what stands there, whatever the type of the question."""
    values = form.values()
    if form.form.locator('[name="scale"]').count():
        return form.fill(scale=int((values.get("scale") or ["0"])[0]) % 5 + 1)
    lines = values.get("text", [])
    if len(lines) > 1:
        return form.fill(text=[use.sentence(), *filter(None, lines)][:MOST_LINES])
    if form.form.locator('[name="choice"]').count():
        form.fill(choice="no" if values.get("choice") == ["yes"] else "yes")
    return form.weave("text", 5_000) if lines else form


def skip(use: Use, seat: Seat, page: Page) -> None:
    """A question that was not answered."""
    sheet = a_sheet(use, page)
    known = {one["fields"].get("question") for one in use.here(page, "answer")
             if one["fields"].get("worksheet") == sheet["id"]}
    question = use.some([one for one in sheet["fields"].get("questions") or []
                         if not one.get("out") and one["id"] not in known])
    open_question(use, seat, page, sheet["id"], question["id"]).send('button[name="skip"]')


def talk(use: Use, seat: Seat, page: Page) -> None:
    """Tick an answer as discussed, on the page to talk from."""
    given = an_answer(use, page)
    visit(page, f"/worksheets/{given['fields']['worksheet']}/talk")
    Form(use, seat, page, f'#talk-{given["fields"]["question"]} form').tick('input[name="discussed"]')


def answer_to_journal(use: Use, seat: Seat, page: Page) -> None:
    given = an_answer(use, page)
    use.carried(given["fields"], use.here(page, "worksheet"))
    visit(page, f"/journal/new?answer={given['id']}")
    Form(use, seat, page, ENTRY).weave("text").send()


def answer_to_goal(use: Use, seat: Seat, page: Page) -> None:
    given = an_answer(use, page)
    use.carried(given["fields"])
    visit(page, f"/goals/new?answer={given['id']}")
    Form(use, seat, page, "form#form").fill(text=use.sentence(), session="", due_on="2027-03-01").send()


def a_sheet(use: Use, page: Page) -> Record:
    return use.some(use.standing(page, "worksheet"))


def an_answer(use: Use, page: Page) -> Record:
    """One that says something, of a worksheet that stands."""
    sheets = {one["id"] for one in use.standing(page, "worksheet")}
    return use.some([one for one in use.standing(page, "answer") if one["fields"].get("worksheet") in sheets
                     and any(one["fields"].get(name) for name in ("text", "scale", "choice"))
                     and not one["fields"].get("skipped")])


DEEDS = [(1, say_aim), (1, make_set), (1, change_set), (1, copy_set), (2, use_set), (2, arrange), (3, answer),
         (1, skip), (1, talk), (1, answer_to_journal), (1, answer_to_goal)]
