"""The screens of the journal. The same functions in the same order stand in service_worker/journal.js."""
from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, request, url_for

from .. import carried, clock, forms, pages, records, settings
from ..errors import Refused
from ..goals import looking as goals
from ..goals import planning
from ..pages import me
from . import finding, looking, meetings, prompts, writing
from .listing import beside, listed

Record = dict[str, Any]

bp = Blueprint("journal", __name__)


@bp.get("/journal")
def index() -> Response:
    """Entries by month, newest first."""
    return pages.show("journal/index.html", **listed())


@bp.get("/journal/months")
def months() -> Response:
    """Every month that has entries of those asked for, to jump to."""
    asked, zone = finding.asked(), pages.zone()
    found = finding.shelf(me().person, asked, zone).months(zone)
    for one in found:
        one["url"] = url_for("journal.index", **finding.query(asked), month=one["name"])
    back = url_for("journal.index", **finding.query(asked))
    return pages.show("journal/months.html", years=finding.years(found), month=finding.month("month"), back=back)


@bp.get("/journal/filter")
def filter() -> Response:
    """All there is to narrow the list by, and how many entries are left by what is chosen."""
    asked, zone, rows = finding.asked(), pages.zone(), finding.entries(me().person)
    count = len(finding.left(rows, asked, zone))
    return pages.show("journal/filter.html", asked=asked, count=count, **finding.choices(me().person, rows, zone))


@bp.route("/journal/new", methods=["GET", "POST"])
def new() -> Response:
    """Write an entry; `?session=` says about which session, `?answer=` begins it with an answer."""
    if request.method == "POST":
        return write(None, forms.typed_opening())
    opened, found, answer = forms.opening(), around(), request.args.get("answer", "")
    begun = carried.entry(me().person, answer)
    named = goals.linked(me().person, begun.get("session") or request.args.get("session", ""))
    about = named["id"] if named else meetings.at_hand(found["past"], found["near"], pages.zone())
    form = writing.shown(begun | {"session": about}) | {"answer": answer if begun else ""}
    return editor(None, opened, found, form)


def around() -> dict[str, Any]:
    """What an entry can be about: {goals: all, past: the last sessions, near: the next as {id, start}}."""
    person = me().person
    return {"goals": goals.everything(person), "past": meetings.lately(person),
            "near": planning.offered(person, pages.zone(), "")}


def editor(record: Record | None, opened: dict[str, str], found: dict[str, Any], typed: dict[str, Any],
           errors: dict[str, str] | None = None, others: list[Record] | None = None, need: int = 0) -> Response:
    """The form, with the list beside it on a desktop. others: the open goals, when `need` of them have to wait."""
    person, zone, fields = me().person, pages.zone(), record["fields"] if record else {}
    day = clock.parts(clock.parse(record["at"]) if record else clock.now(), zone)
    today, id = clock.parts(clock.now(), zone)["on"], record["id"] if record else ""
    form = prompts.EMPTY | {"rate": request.args.get("rate", "")} | typed
    ask = prompts.asked(person, found["goals"], form, fields.get("goal") or "", today)
    return pages.show(
        "journal/form.html", 422 if errors else 200, id=id, opening=opened, form=form, day=day,
        errors=errors or {}, ask=ask, touches=prompts.touches(person, fields, zone),
        sessions=meetings.choices(person, found["past"], found["near"], form["session"], zone),
        until=meetings.until(found["near"], form["session"]), tags=writing.familiar(person, form),
        others=planning.choices(others or [], need, today), need=need, **listed(id))


def write(record: Record | None, opened: dict[str, str]) -> Response:
    """Take the form, or show it again: with what is wrong and everything that was typed, or to say which goal waits."""
    person, found, wishes, fields = me().person, around(), prompts.typed(), writing.typed()
    about, before = goals.linked(person, fields.get("session") or ""), record["fields"] if record else {}
    errors = writing.in_order(writing.wrong(fields, about, before) | prompts.wrong(wishes, found["goals"]))
    first = forms.change("entry", fields, opened)
    goal = prompts.setting(first, wishes, meetings.until(found["near"], about["id"] if about else ""))
    others = prompts.beside(found["goals"], wishes, goal)
    need = planning.crowding(others, 1 if goal else 0)
    which = planning.chosen(need, [planning.NEW, *(one["id"] for one in others)])
    if not errors and which is not None:
        try:
            changes = prompts.changes(person, first, goal, others, which, wishes)
            return pages.see_other("journal.show", id=forms.save(*changes))
        except Refused as error:
            errors = {error.field or "text": str(error)}
    asked = [] if errors else others
    return editor(record, opened, found, writing.shown_again(fields) | wishes, errors or {"next": prompts.WHICH},
                  asked, need)


@bp.get("/journal/<id>")
def show(id: str) -> Response:
    """The reader, with the list beside it on a desktop."""
    record = records.find(me().person, "entry", id)
    kept = finding.query(finding.asked())
    entry = looking.whole(record, pages.zone()) | prompts.told(me().person, record["fields"], pages.zone())
    return pages.show("journal/show.html", entry=entry, beside=beside(record), kept=pages.unsettled(),
                      size=url_for("journal.size", id=id, **kept), **listed(id))


@bp.post("/journal/<id>/size")
def size(id: str) -> Response:
    """Read in larger or smaller type, here and everywhere: it is a setting."""
    records.find(me().person, "entry", id)
    own, record = settings.own()
    fields = {"text_size": forms.choice("text_size")}
    if not forms.problems("settings", fields):
        forms.save(forms.change("settings", fields, forms.typed_opening(record, own)))
    return pages.see_other("journal.show", id=id, _anchor="size", **finding.query(finding.asked()))


@bp.route("/journal/<id>/edit", methods=["GET", "POST"])
def edit(id: str) -> Response:
    """Change an entry."""
    record = records.find(me().person, "entry", id)
    if request.method == "POST":
        return write(record, forms.typed_opening(record))
    return editor(record, forms.opening(record), around(), writing.shown(record["fields"]))


@bp.post("/journal/<id>/delete")
def delete(id: str) -> Response:
    """Into the bin for 30 days; the next page offers the way back."""
    record = records.find(me().person, "entry", id)
    fields = {"binned_at": record["fields"].get("binned_at") or clock.iso(clock.now())}  # a second tap says the same
    forms.save(forms.change("entry", fields, forms.typed_opening(record)))
    pages.notice("Entry moved to the bin.", undo=url_for("journal.bring_back", id=id))
    return pages.see_other("journal.index")


@bp.post("/journal/<id>/bring-back")
def bring_back(id: str) -> Response:
    """Out of the bin again."""
    record = records.find(me().person, "entry", id)
    forms.save(forms.change("entry", {"binned_at": None}, forms.typed_opening(record)))
    return pages.see_other("journal.show", id=id)
