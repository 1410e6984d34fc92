"""copies/typed.py: of every form that keeps a draft, what a person types is shown, and what they choose is not."""
from __future__ import annotations

import re
from html.parser import HTMLParser
from typing import Any

import pytest

from mentorlog.copies.typed import typed_words
from tests.cast import sign_in
from tests.copying import a_copy, a_draft, told, write
from tests.submitting import fill, send

TEXT_INPUTS = {"text", "email", "url", "tel", "search"}
ZONE = "zone"  # typed, but one of a list that is known
STANDS = {"change", "record", "base", "after"}  # static/js/draft-store.js
TYPES = {"a": "text", "b": "list", "c": "scale", "d": "yes_no"}
QUESTIONS = [{"id": id, "type": type, "text": "Why?", "more_if": "no", "more": "So?"} for id, type in TYPES.items()]


class Drafted(HTMLParser):
    """(kind, name of a control, whether one types into it) of the forms of a page that keep a draft."""

    def __init__(self, body: str) -> None:
        super().__init__()
        self.found: set[tuple[str, str, bool]] = set()
        self.kind = ""
        self.feed(body)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "form":
            self.kind = given.get("data-draft", "")
        elif self.kind and tag in ("input", "textarea", "select") and given.get("name", "change") not in STANDS:
            is_line = tag == "input" and given.get("type", "text") in TEXT_INPUTS and given.get("name") != ZONE
            self.found.add((self.kind, given["name"], tag == "textarea" or is_line))


@pytest.fixture
def ada(app, cast):
    return sign_in(app.test_client(), "ada")


def asking(client) -> list[Any]:
    """Answers of the form of a session that have more in them than it had: a draft of another version may hold it."""
    typed = {"starts_on": "2026-12-07", "starts_time": "15:10", "zone": "Europe/Berlin", "minutes": "45",
             "channel": "video"}
    days = send(client, "/sessions/new", fill(client, "/sessions/new", **typed, how="weekly", count="3"))
    [seen] = re.findall(r'name="seen" value="([^"]+)"', days.get_data(as_text=True))
    again = typed | {"how": "weekly", "count": "3", "seen": seen, "day": "2026-12-14", "starts_time": ""}
    refused = send(client, "/sessions/new", fill(client, "/sessions/new", **again))
    clash = send(client, "/sessions/new", fill(client, "/sessions/new", **typed))
    assert 'name="day"' in refused.get_data(as_text=True) and 'name="overlap"' in clash.get_data(as_text=True)
    return [days, refused, clash]


@pytest.fixture
def forms(ada, cast):
    """All that the pages with such forms hold."""
    ids = {"session": write(cast.ada, "session", starts_on="2026-12-07", starts_time="15:00", zone="Europe/Berlin"),
           "goal": write(cast.ada, "goal", text="Rest", due_on="2026-11-01", steps=[{"id": "a", "text": "Once"}]),
           "entry": write(cast.ada, "entry", text="Mine", tags=["people"]), "line": write(cast.ada, "line", text="It"),
           "sheet": write(cast.ada, "worksheet", title="Mine", questions=QUESTIONS), "partner": write(
               cast.ada, "partner", name="R. O."), "set": write(cast.ada, "set", title="Mine", questions=QUESTIONS)}
    pages = ["/journal/new", "/journal/{entry}/edit", "/goals/new", "/goals/{goal}/edit", "/goals/{goal}/rating",
             "/goals/{goal}/let-go", "/goals/{goal}/split", "/sessions/new", "/sessions/{session}",
             "/sessions/{session}/edit", "/agenda/new", "/agenda/{line}/edit", "/partners/{partner}/edit",
             "/partners/{partner}/agreement/edit", "/sessions/{session}/fallback", "/settings/look",
             "/questions/looking-for", "/questions/new", "/questions/{set}/edit", "/questions/first-meeting",
             "/worksheets/{sheet}", "/worksheets/{sheet}/questions", "/times/hours", "/times/hours/{partner}"]
    replies = [ada.get(page.format(**ids)) for page in pages]
    assert [page for page, reply in zip(pages, replies, strict=True) if reply.status_code != 200] == []
    replies, pages = [*replies, *asking(ada)], [*pages, "days", "days, refused", "an hour that is taken"]
    found = [Drafted(reply.get_data(as_text=True)).found for reply in replies]
    assert [page for page, controls in zip(pages, found, strict=True) if not controls] == []
    return set().union(*found)


def test_what_is_typed_into_a_form_is_words_and_what_is_chosen_is_not(forms) -> None:
    assert [one for one in sorted(forms) if (typed_words(one[0], {one[1]: ["x"]}) == ["x"]) is not one[2]] == []
    assert {kind for kind, _, _ in forms} == {"entry", "goal", "rating", "session", "line", "partner", "settings",
                                              "aim", "set", "worksheet", "answer", "agreement", "hours"}


def test_a_file_shows_what_was_typed_beside_the_fields_of_a_record(ada, cast) -> None:
    typed = {"reason": ["It was never <b>mine</b>."], "step1": ["Ask"], "step1_id": ["seen-by-nobody"], "2": ["two"]}
    page = told(ada, a_copy(cast.ada, drafts=[a_draft(kind="goal", form="/goals/new", fields=typed)]))
    assert "It was never &lt;b&gt;mine&lt;/b&gt;. Ask</p>" in page and "seen-by-nobody" not in page
