"""What goes across kinds in the soak: looking, searching, the bin, the history, two versions, a file of all."""
from __future__ import annotations

from playwright.sync_api import Page, expect

from tests import trouble
from tests.soak.form import Form, push, visit
from tests.soak.seat import Seat
from tests.soak.use import NothingToDoError, Record, Use
from tests.sync.simulator.checks import tokens

SCREENS = ("/today", "/journal", "/journal/months", "/journal/filter", "/goals", "/goals/rated", "/goals/month",
           "/questions", "/questions?time=own", "/worksheets", "/sessions", "/agenda", "/waiting", "/settings",
           "/settings/look", "/settings/knows", "/copies", "/bin", "/install")
DELETED = {"entry": "/journal/{}", "goal": "/goals/{}", "worksheet": "/worksheets/{}/answers",
           "line": "/agenda/{}/edit", "set": "/questions/{}"}
WITH_VERSIONS = ("entry", "goal", "rating", "answer", "session")
FILE_ONLY_SOMETIMES = 0.25
MOST_FILES = 2


def look(use: Use, seat: Seat, page: Page) -> None:
    visit(page, use.random.choice(SCREENS))
    expect(page.locator("h1").filter(visible=True).first).to_be_visible()  # of two panes a phone shows one


def search(use: Use, seat: Seat, page: Page) -> None:
    """A word that stands in an entry is found."""
    word = sorted(tokens(use.some(use.standing(page, "entry"))["fields"].get("text")))
    if not word:
        raise NothingToDoError
    visit(page, f"/search?q={word[0]}")
    expect(page.locator("#hits mark").first).to_be_attached()


def set_up(use: Use, seat: Seat, page: Page) -> None:
    visit(page, "/settings/look")
    form = Form(use, seat, page, "form#form")
    others = {"auto", "light", "dark"} - {form.value("theme")}
    form.fill(theme=use.random.choice(sorted(others)), zone=use.random.choice(("", "Europe/Lisbon", "Asia/Tokyo")))
    form.send()


# -- bin and history

def put_into_the_bin(use: Use, seat: Seat, page: Page) -> None:
    kind = use.random.choice(sorted(DELETED))
    record = use.some(use.standing(page, kind))["id"]
    visit(page, DELETED[kind].format(record))
    push(page, f'form[action*="{record}/delete"]')


def take_out_of_the_bin(use: Use, seat: Seat, page: Page) -> None:
    visit(page, "/bin")
    rows = page.locator('form[action*="/bring-back"]')
    if not rows.count():
        raise NothingToDoError
    action = rows.nth(use.random.randrange(rows.count())).get_attribute("action")
    push(page, f'form[action="{action}"]')


def empty_the_bin(use: Use, seat: Seat, page: Page) -> None:
    """All that lies in it on this device, and was read when it was asked about."""
    visit(page, "/bin/empty")
    if not page.locator('form[action="/bin/empty"]').count():
        raise NothingToDoError
    found = [one["fields"] for kind in use.kinds for one in use.here(page, kind)]
    binned = [one for one in found if one.get("binned_at")]
    use.gone(sorted(tokens(binned) - tokens([one for one in found if one not in binned])))
    push(page, 'form[action="/bin/empty"]', 'button[data-kind="danger"]')


def bring_a_version_back(use: Use, seat: Seat, page: Page) -> None:
    kind = use.random.choice(WITH_VERSIONS)
    record = use.some(use.standing(page, kind))
    visit(page, f"/history/{record['id']}")
    links = page.locator('#history a[href*="version="]')
    if not links.count():
        raise NothingToDoError
    visit(page, str(links.nth(use.random.randrange(links.count())).get_attribute("href")))
    if not page.locator('#history form button[data-kind="primary"]').count():
        raise NothingToDoError
    change_all(use, page, kind, record, f'form[action="/history/{record["id"]}"]')


def change_all(use: Use, page: Page, kind: str, record: Record, selector: str, button: str = "button") -> None:
    """Tap what puts other words in the place of those that stand in a record now; these are gone, then.

    What the other device wrote may have arrived since the record was chosen, and then the page shows that.
    """
    before = words_of(use, page, kind, record)
    push(page, selector, button)
    use.gone(sorted(before - words_of(use, page, kind, record)))


def words_of(use: Use, page: Page, kind: str, record: Record) -> set[str]:
    return tokens([one["fields"] for one in use.here(page, kind) if one["id"] == record["id"]])


# -- two versions

def settle(use: Use, seat: Seat, page: Page) -> None:
    """Decide on one of them: this one, that one, both."""
    kept, kind, record = a_case(use, page)
    visit(page, f"/versions/{kept['id']}")
    offered = page.locator('button[name="keep"]').evaluate_all("all => all.map(one => one.value)")
    if not offered:
        raise NothingToDoError  # settled on the other device meanwhile
    use.carried(kept["fields"], record["fields"])
    choice = use.random.choice(sorted(set(offered)))
    button = f'button[name="keep"][value="{choice}"]'
    change_all(use, page, kind, record, f'form[action="/versions/{kept["id"]}"]', button)
    use.acts[f"settled: {choice}"] += 1


def join_by_hand(use: Use, seat: Seat, page: Page) -> None:
    kept, _, record = a_case(use, page)
    visit(page, f"/versions/{kept['id']}")
    links = page.locator(f'a[href="/versions/{kept["id"]}/join"]')
    if not links.count():
        raise NothingToDoError
    use.carried(kept["fields"], record["fields"])
    visit(page, f"/versions/{kept['id']}/join")
    Form(use, seat, page, "form#join").weave("text", 100).send()


def a_case(use: Use, page: Page) -> tuple[Record, str, Record]:
    """A kept text that is not settled, with the kind of what it belongs to and that itself."""
    kept = use.some(use.standing(page, "kept"))
    found = [(kind, one) for kind in use.kinds for one in use.here(page, kind) if one["id"] == kept["fields"].get("of")]
    kind, record = found[0] if found else ("entry", {"id": "", "fields": {}})
    return kept, kind, record


# -- a file of everything

def save_a_file(use: Use, seat: Seat, page: Page) -> None:
    """With no network."""
    visit(page, "/copies")
    if page.locator('form[action="/copies/leave"]').count():
        push(page, 'form[action="/copies/leave"]')
    seat.line.breaks(trouble.DOWN)
    try:
        with page.expect_download() as saved:
            page.get_by_role("link", name="Save a file", exact=True).click()
        use.files.append(saved.value.path().read_bytes())
    finally:
        seat.line.mend()
    del use.files[:-MOST_FILES]


def read_a_file(use: Use, seat: Seat, page: Page) -> None:
    """On the device that saved it, or on the other one."""
    if not use.files:
        raise NothingToDoError
    text = use.random.choice(use.files)
    visit(page, "/copies")
    if page.locator('form[action="/copies/leave"]').count():
        push(page, 'form[action="/copies/leave"]')
    page.locator("#f-copy").set_input_files({"name": "mentorlog.json", "mimeType": "application/json", "buffer": text})
    push(page, 'form[action="/copies"]')
    if page.locator("form#bring").count():
        beside = page.locator('input[name="beside"]')
        if beside.count() and use.random.random() > FILE_ONLY_SOMETIMES:
            beside.uncheck()
        use.carried(text.decode())
        push(page, "form#bring")
    else:
        push(page, 'form[action="/copies/leave"]')


DEEDS = [(3, look), (2, search), (1, set_up), (2, put_into_the_bin), (2, take_out_of_the_bin),
         (2, bring_a_version_back), (2, settle), (1, join_by_hand), (1, save_a_file), (1, read_a_file),
         (1, empty_the_bin)]
