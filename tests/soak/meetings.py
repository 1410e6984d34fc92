"""Meetings in the soak: cards, sessions, their notes and agendas, and what another app shares."""
from __future__ import annotations

from playwright.sync_api import Page, expect

from tests.soak.form import Form, visit
from tests.soak.seat import Seat
from tests.soak.use import NothingToDoError, Record, Use

LINE = 300
POCKETS = ("progress", "question", "birds_eye")
SHARE = """([title, text]) => {
  document.body.insertAdjacentHTML('beforeend', `<form id="from-an-app" method="post" action="/share"
    enctype="multipart/form-data"><input name="title"><input name="text"><button>Share</button></form>`);
  const form = document.querySelector('#from-an-app');
  [form.elements.title.value, form.elements.text.value] = [title, text];
  form.querySelector('button').click();
}"""


def make_card(use: Use, seat: Seat, page: Page) -> None:
    visit(page, "/partners/new")
    Form(use, seat, page, "form#form").fill(
        name=use.sentence(), phone="+351 21 0000000", zone="Europe/Lisbon", fallback=use.sentence()).send()


def change_card(use: Use, seat: Seat, page: Page) -> None:
    visit(page, f"/partners/{use.some(use.standing(page, 'partner'))['id']}/edit")
    Form(use, seat, page, "form#form").weave("fallback", 5_000).fill(link=f"meet.example/{use.count}").send()


def agree(use: Use, seat: Seat, page: Page) -> None:
    """With whom one has a card: two ways, and what is said."""
    visit(page, f"/partners/{use.some(use.standing(page, 'partner'))['id']}/agreement/edit")
    form = Form(use, seat, page, "form#form").weave("confidentiality", 5_000)
    form.fill(minutes=use.random.choice(("30", "45")), way1="+351 21 0000000", way1_kind="call", way2=use.sentence(),
              way2_kind="other").send()


def plan(use: Use, seat: Seat, page: Page) -> None:
    """With somebody who has a card, or whose name becomes one."""
    visit(page, "/sessions/new")
    form = Form(use, seat, page, "form#form").fill(**an_hour(use))
    if use.random.random() < 0.3:
        form.fill(partner="", partner_name=use.sentence())
    form.send()


def an_hour(use: Use) -> dict[str, str]:
    return {"starts_on": f"2027-0{use.random.randint(1, 3)}-{use.random.randint(10, 28)}",
            "starts_time": f"{use.random.randint(8, 18):02}:30", "minutes": use.random.choice(("30", "60"))}


def move(use: Use, seat: Seat, page: Page) -> None:
    visit(page, f"/sessions/{a_session(use, page)['id']}/edit")
    form = Form(use, seat, page, "form#form").fill(**an_hour(use))
    form.fill(channel="in_person", link=use.woven(form.value("link").replace("https://", ""), LINE)).send()


def say_how_it_went(use: Use, seat: Seat, page: Page) -> None:
    """Called off, or planned again; or that it took place, once its hour has come."""
    session = a_session(use, page)["id"]
    visit(page, f"/sessions/{session}")
    found = [one for one in ("held", "cancel", "resume")
             if page.locator(f'form[action="/sessions/{session}/{one}"], a[href="/sessions/{session}/{one}"]').count()]
    if not found:
        raise NothingToDoError
    chosen = use.random.choice(found)
    if chosen == "cancel":  # on a page of its own
        visit(page, f"/sessions/{session}/cancel")
    Form(use, seat, page, f'form[action="/sessions/{session}/{chosen}"]').send()


def take_notes(use: Use, seat: Seat, page: Page) -> None:
    visit(page, f"/sessions/{a_session(use, page)['id']}")
    Form(use, seat, page, "form#notes").weave("notes").send()


def file_line(use: Use, seat: Seat, page: Page) -> None:
    """On Today: for whichever session comes next."""
    visit(page, "/agenda/new")
    Form(use, seat, page, "form#came_up").fill(text=use.sentence()).send()


def add_line(use: Use, seat: Seat, page: Page) -> None:
    """On the agenda of a session, in a pocket."""
    visit(page, f"/sessions/{a_session(use, page)['id']}")
    form = Form(use, seat, page, 'form[data-draft="line"][action*="session="]')
    form.fill(text=use.sentence(), pocket=use.random.choice(POCKETS)).send()


def change_line(use: Use, seat: Seat, page: Page) -> None:
    """Its words, its pocket, and onto which session it goes on."""
    line = use.some(use.standing(page, "line"))["id"]
    visit(page, f"/agenda/{line}/edit")
    form = Form(use, seat, page, "form#edit").fill(pocket=use.random.choice(POCKETS))
    offered = page.locator('select[name="session"] option').evaluate_all("all => all.map(one => one.value)")
    if offered:
        form.fill(session=use.random.choice(offered))
    form.weave("text", LINE).send()


def tick_line(use: Use, seat: Seat, page: Page) -> None:
    """Discussed, on the agenda of the session on which it stands or onto which it rolled."""
    lines = [one for one in use.standing(page, "line") if one["fields"].get("session")]
    line = use.some(lines)
    visit(page, f"/sessions/{line['fields']['session']}")
    selector = f'form[action="/agenda/{line["id"]}/discussed"]'
    if not page.locator(selector).count():
        raise NothingToDoError
    Form(use, seat, page, selector).tick('input[name="discussed"]')


def share(use: Use, seat: Seat, page: Page) -> None:
    """From another app: as a line, or into the journal."""
    visit(page, "/today")
    page.evaluate(SHARE, ["Shared", use.sentence()])
    expect(page.locator("form#came_up")).to_be_attached()
    form = Form(use, seat, page, "form#came_up")
    form.fill(text=use.sentence() + " " + use.sentence())
    form.send(use.random.choice(('button[data-kind="primary"]', 'button[name="into"]')))


def a_session(use: Use, page: Page) -> Record:
    return use.some(use.standing(page, "session"))


DEEDS = [(1, make_card), (1, change_card), (1, agree), (1, plan), (1, move), (1, say_how_it_went), (2, take_notes),
         (1, file_line), (2, add_line), (2, change_line), (2, tick_line), (1, share)]
