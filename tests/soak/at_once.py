"""Both devices at once in the soak: each kind is changed on both before either hears of the other."""
from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import Page

from mentorlog.records import KINDS
from tests import trouble
from tests.soak.form import Form, push, visit
from tests.soak.goals import LINE, PROSE
from tests.soak.hours import KEEP, busy, hours
from tests.soak.journal import ENTRY, TAGS
from tests.soak.meetings import an_hour
from tests.soak.questions import ONWARD, fill_answer, open_question
from tests.soak.seat import Seat, come_home
from tests.soak.use import Deed, Record, Use

Opened = Callable[[Use, Seat, Page, Record], Form]
MORE = 0.5  # a question more, in place of other words for one
CLASH = 0.4  # both write into one place, so that one text is kept beside the other
ROOM = PROSE - 100  # so many characters leave room for two sentences more


def entry(use: Use, seat: Seat, page: Page, one: Record) -> Form:
    visit(page, f"/journal/{one['id']}/edit")
    form = Form(use, seat, page, ENTRY).fill(tags=" ".join(use.random.sample(TAGS, 2)))
    return words(use, form, "text", PROSE)


def goal(use: Use, seat: Seat, page: Page, one: Record) -> Form:
    """Its words, and a step that both of them change."""
    visit(page, f"/goals/{one['id']}/edit")
    return words(use, words(use, Form(use, seat, page, "form#form"), "text", LINE), "step1", LINE)


def rating(use: Use, seat: Seat, page: Page, one: Record) -> Form:
    visit(page, f"/goals/{one['fields']['goal']}/rating")
    form = Form(use, seat, page, "form#rate").fill(value=use.random.randint(1, 5))
    return words(use, form, "reason", PROSE)


def set_(use: Use, seat: Seat, page: Page, one: Record) -> Form:
    visit(page, f"/questions/{one['id']}/edit")
    form = Form(use, seat, page, "form#set")
    if use.random.random() < MORE:
        return form.fill(own=use.sentence())
    return words(use, form, f"text_{form.value('question')}", PROSE)


def worksheet(use: Use, seat: Seat, page: Page, one: Record) -> Form:
    visit(page, f"/worksheets/{one['id']}/questions")
    return Form(use, seat, page, "form#arrange").fill(own=use.sentence())


def answer(use: Use, seat: Seat, page: Page, one: Record) -> Form:
    form = open_question(use, seat, page, one["fields"]["worksheet"], one["fields"]["question"])
    return fill_answer(use, form)


def session(use: Use, seat: Seat, page: Page, one: Record) -> Form:
    visit(page, f"/sessions/{one['id']}")
    return words(use, Form(use, seat, page, "form#notes"), "notes", PROSE)


def hour(use: Use, seat: Seat, page: Page, one: Record) -> Form:
    visit(page, f"/sessions/{one['id']}/edit")
    return Form(use, seat, page, "form#form").fill(**an_hour(use))


def line(use: Use, seat: Seat, page: Page, one: Record) -> Form:
    visit(page, f"/agenda/{one['id']}/edit")
    return words(use, Form(use, seat, page, "form#edit"), "text", 300)


def partner(use: Use, seat: Seat, page: Page, one: Record) -> Form:
    visit(page, f"/partners/{one['id']}/edit")
    return words(use, Form(use, seat, page, "form#form"), "fallback", PROSE)


def agreement(use: Use, seat: Seat, page: Page, one: Record) -> Form:
    visit(page, f"/partners/{one['fields']['partner']}/agreement/edit")
    return words(use, Form(use, seat, page, "form#form"), "confidentiality", PROSE)


def settings(use: Use, seat: Seat, page: Page, one: Record) -> Form:
    visit(page, "/settings/look")
    form = Form(use, seat, page, "form#form")
    size = use.random.choice(sorted({"normal", "large", "largest"} - {form.value("text_size")}))
    return form.fill(text_size=size, zone=use.random.choice(("", "Europe/Lisbon")))


def words(use: Use, form: Form, name: str, most: int) -> Form:
    """One sentence more, at this device's end of all; or one in place of all."""
    sentence = use.sentence()
    whole = at_its_end(use, form, name, sentence)
    clashes = use.random.random() < CLASH or len(whole) > most
    return form.fill(**{name: sentence if clashes else whole})


def at_its_end(use: Use, form: Form, name: str, sentence: str) -> str:
    """All that stands in a field with a sentence more: before it at the phone, after it at the desktop."""
    before = form.value(name)
    return (f"{sentence} {before}" if form.seat is use.seats[0] else f"{before} {sentence}").strip()


def both(kind: str, opened: Opened, button: str = "") -> Deed:
    """The deed: open a record of a kind on both devices, fill both forms in, then send both."""
    def deed(use: Use, seat: Seat, page: Page) -> None:
        tabs = [use.at_home(one.tabs[0]) for one in use.seats]
        there = {one["id"] for one in use.standing(tabs[1], kind)}
        here = [one for one in use.standing(tabs[0], kind) if one["id"] in there]
        record = use.some([one for one in here if is_whole(use, tabs, kind, one)])
        forms = [opened(use, one, tab, record) for one, tab in zip(use.seats, tabs, strict=True)]
        for form in forms:
            form.send(*([button] if button else []))
    deed.__name__ = f"{opened.__name__.strip('_')}_at_once"
    return deed


def is_whole(use: Use, tabs: list[Page], kind: str, one: Record) -> bool:
    """Whether what it is a part of stands on both devices, too."""
    part_of = KINDS[kind].part_of  # the field has the name of the whole's kind
    whole = KINDS[kind].whole_of(one["fields"])
    return not whole or all(whole in [other["id"] for other in use.standing(tab, part_of)] for tab in tabs)


def card_apart(use: Use, seat: Seat, page: Page) -> None:
    """One device is offline while both write at their ends of one card. Once all is heard, both sentences stand there:
    what chance may leave out above is met for certain."""
    use.breaking.quiet()
    come_home(use.seats)
    tabs = [use.at_home(one.tabs[0]) for one in use.seats]
    there = [one for one in use.standing(tabs[0], "partner") if 0 < len(one["fields"].get("fallback") or "") < ROOM]
    card = use.some(there)["id"]
    seat.line.breaks(trouble.DOWN)
    try:
        said = [more_on_card(use, one, tab, card) for one, tab in zip(use.seats, tabs, strict=True)]
    finally:
        seat.line.mend()
    come_home(use.seats)
    for tab in tabs:
        [text] = [one["fields"]["fallback"] for one in use.here(tab, "partner") if one["id"] == card]
        assert all(sentence in text for sentence in said), f"of {said} on {card} there is {text}"


def more_on_card(use: Use, seat: Seat, page: Page, card: str) -> str:
    """A sentence more at this device's end of a card; returns it."""
    visit(page, f"/partners/{card}/edit")
    form, sentence = Form(use, seat, page, "form#form"), use.sentence()
    form.fill(fallback=at_its_end(use, form, "fallback", sentence)).send()
    return sentence


def kept_at_once(use: Use, seat: Seat, page: Page) -> None:
    """Both devices decide on the same two versions: to let what stands stand."""
    tabs = [use.at_home(one.tabs[0]) for one in use.seats]
    there = {one["id"] for one in use.standing(tabs[1], "kept")}
    kept = use.some([one for one in use.standing(tabs[0], "kept") if one["id"] in there])["id"]
    for tab in tabs:
        visit(tab, f"/versions/{kept}")
    for tab in tabs:
        push(tab, f'form[action="/versions/{kept}"]', 'button[name="keep"][value="this"]')


DEEDS: list[tuple[int, Deed]] = [
    (2, both("entry", entry)), (2, both("goal", goal)), (1, both("rating", rating, 'button[name="then"]')),
    (1, both("set", set_)), (1, both("worksheet", worksheet)), (1, both("answer", answer, ONWARD)),
    (1, both("session", session)), (1, both("session", hour)), (1, both("line", line)), (1, both("partner", partner)),
    (1, card_apart), (1, both("agreement", agreement)),
    (1, both("settings", settings)), (1, both("hours", hours)), (1, both("busy", busy, KEEP)), (1, kept_at_once)]
