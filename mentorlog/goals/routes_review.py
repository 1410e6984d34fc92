"""The screens that look back further: a month, and whether it has run its course. Twins: service_worker/goals.js."""
from __future__ import annotations

from flask import Response, request, url_for

from .. import forms, pages, records, settings
from ..errors import Missing
from ..pages import me, today
from . import course, looking, month, planning
from .routes import bp


@bp.get("/goals/month")
def look() -> Response:
    """A month (`?of=2026-10`), else the one before this; the others in which something was.

    :raise Missing: no month, or one that is to come
    """
    person, zone, now = me().person, pages.zone(), today()[:7]
    name = request.args.get("of") or month.before(now)
    if not month.is_month(name) or name > now:
        raise Missing
    found, held = looking.everything(person), records.shelf(person, "session")
    return pages.show("goals/month.html", month=month.of(person, name, found, held, zone), now=name == now,
                      others=month.others(person, name, found, held, zone))


@bp.route("/goals/course", methods=["GET", "POST"])
def run() -> Response:
    """Has it run its course? What speaks for it, what one could do, and *not now*."""
    person, zone, on = me().person, pages.zone(), today()
    if request.method == "POST":
        return be_quiet(forms.line("how"), on)
    near = planning.offered(person, zone, "")
    signs = course.signs(looking.everything(person), course.lately(person), zone)
    name = course.partner_of(person, looking.linked(person, planning.soonest(near)))
    return pages.show("goals/course.html", signs=signs, quiet=course.is_quiet(pages.settings(), on), next=near[:1],
                      name=name, opening=forms.opening())


def be_quiet(how: str, on: str) -> Response:
    """Ask no more for three months (`later`), or never; any other word takes that back."""
    id, record = settings.own()
    until = course.quiet_until(how, on)
    forms.save(forms.change("settings", {"course_on": until}, forms.opening(record, id)))
    words = {"later": "It does not ask for three months.", "never": "It does not ask again."}.get(how)
    if not words:
        return pages.see_other("goals.run")
    pages.notice(words, undo=url_for("goals.run"))
    return pages.see_other("goals.index")
