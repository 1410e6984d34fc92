"""A small journal of a Flask app, with awkward text in every entry: whole pages, rendered twice."""
import random
import re
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from jinja2 import StrictUndefined
from markupsafe import Markup

from tests.jinja_js.both import Twins

HERE = Path(__file__).parent
ROUTES = {"index": "/journal", "new": "/journal/new", "show": "/journal/<id>", "edit": "/journal/<id>/edit",
          "delete": "/journal/<id>/delete", "file": "/static/<path:name>"}
WORDS = ("walk café <b>bold</b> O'Neil \"quoted\" & co naïve 🎉 emoji 日本語 backslash\\ tick` mentor goal "
         "felt step</p> {{ x }} {% y %} slow river 100% a/b ${y} </script> <!-- -->").split(" ")
SHARED = {"nav": [{"section": "journal", "label": "Journal", "url": "/journal"},
                  {"section": "goals", "label": "Goals & ratings", "url": "/goals"}],
          "section": None, "offline": False, "pending": 0, "oob": False, "name": "", "q": ""}
# The product's markdown has its own twins and tests; these have the same few lines on both sides.
MARKDOWN = "(text) => new Safe(`<p>${text.replace(/[&<>'\"]/g, (char) => `&#${char.charCodeAt(0)};`)}</p>`)"


def entry(number: int) -> dict[str, Any]:
    """One entry, always the same."""
    chance = random.Random(number)

    def text(most: int) -> str:
        return " ".join(chance.choice(WORDS) for _ in range(chance.randint(1, most)))

    paragraphs = [text(60) for _ in range(chance.randint(1, 4))] + chance.choice([[], [""], [" \n"]])
    return {"id": f"e{number:05d}", "title": text(8)[:120], "paragraphs": paragraphs,
            "created": {"iso": f"2026-01-{1 + number % 28:02d}", "day": 1 + number % 28, "month": 1},
            "private": chance.random() < .3, "synced": chance.random() < .9,
            "mood": chance.choice([None, 1, 5]),
            "tags": chance.sample(["work", "a&b", "été", "x'y", "sleep", "run"], chance.randint(0, 3))}


def markdown(text: str) -> Markup:
    return Markup("<p>" + re.sub("[&<>'\"]", lambda char: f"&#{ord(char[0])};", text) + "</p>")


ENTRIES = [entry(number) for number in range(200)]
EMPTY = {"title": "", "body": "", "tags": "", "mood": None, "private": False}
KEPT = {**EMPTY, "title": "<x>'\"&`\\", "mood": 3, "private": True}
PAGES = [
    ("journal/list.html", {"entries": ENTRIES}),
    ("journal/list.html", {"entries": ENTRIES[:1], "q": 'a"b', "pending": 1, "offline": True, "lang": "de"}),
    ("journal/_list.html", {"entries": ENTRIES, "q": "x<y"}),
    ("journal/_list.html", {"entries": [], "q": "x<'y"}),
    ("journal/_list.html", {"entries": []}),
    ("journal/form.html", {"id": None, "form": EMPTY, "errors": {}}),
    ("journal/form.html", {"id": "a/b", "form": KEPT, "errors": {"title": ["<120>."], "body": ["A", "B"]}}),
    ("_status.html", {"oob": True, "pending": 2}),
    ("not_found.html", {"path": "/journal/<x>"}),
    *(("journal/entry.html", {"entry": one}) for one in ENTRIES[:30]),
]


@pytest.fixture(scope="module")
def twins() -> Twins:
    app = Flask(__name__, template_folder=HERE / "example", static_folder=None)
    for endpoint, rule in ROUTES.items():
        app.add_url_rule(rule, endpoint=endpoint, view_func=lambda **_: "")
    app.jinja_env.undefined = StrictUndefined
    app.jinja_env.filters["markdown"] = markdown
    made = Twins(app.jinja_env, filters={"markdown": MARKDOWN})
    made.compile(app.jinja_env.list_templates())
    return made


@pytest.mark.parametrize(("name", "data"), PAGES, ids=range(len(PAGES)))
def test_page_is_identical(twins, name, data):
    data = {**SHARED, **data}
    assert twins.javascript(name, data) == twins.python(name, data)
