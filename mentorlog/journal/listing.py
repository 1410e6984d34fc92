"""The list of entries: one page of it, and the addresses that lead on from there."""
from __future__ import annotations

from typing import Any

from flask import request, url_for

from .. import clock, pages, prose, records
from ..pages import me
from . import finding, looking

PAGE = 50
Record = dict[str, Any]


def listed(open: str = "") -> dict[str, Any]:
    """The page that the address asks for: 50 entries from `?month=` on or after `?after=`, of those asked for.

    open: the entry that is open beside it. The list's place is in the addresses of its entries, so that it stays.
    """
    zone, asked = pages.zone(), finding.asked()
    place, start = finding.place(me().person, zone)
    kept, shelf = finding.query(asked), finding.shelf(me().person, asked, zone)
    found = shelf.page(start, PAGE + 1)
    items = [leaf(record, kept | place) for record in found[:PAGE]]
    return {"months": counted(shelf, looking.by_month(items), kept), "first": start is None, "open": open,
            "older": url_for("journal.index", **kept, after=items[-1]["id"]) if len(found) > PAGE else "",
            "newer": newer(shelf, found[0] if found else start, kept) if start else None,
            "newest": url_for("journal.index", **kept), "back": url_for("journal.index", **(kept | place)),
            "here": url_for("journal.show", id=open, **(kept | place)) if open else "",
            "filter": narrowed(asked), "q": prose.query(request.args.get("q", "")) if open else ""}


def leaf(record: Record, kept: dict[str, Any]) -> dict[str, Any]:
    """An entry as the list prints it, with its address."""
    return looking.item(record, pages.zone()) | {"url": url_for("journal.show", id=record["id"], **kept)}


def counted(shelf: finding.Shelf, months: list[dict[str, Any]], kept: dict[str, Any]) -> list[dict[str, Any]]:
    """The months of a page, each with how many entries it has: other pages may share the first and the last one."""
    zone = pages.zone()
    for at, one in enumerate(months):
        edges = (finding.start_of(one["name"], zone), finding.end_of(one["name"], zone))
        one["count"] = shelf.count(*edges) if at in (0, len(months) - 1) else len(one["entries"])
        one["url"] = url_for("journal.months", **kept, month=one["name"])
    return months


def newer(shelf: finding.Shelf, than: Record, kept: dict[str, Any]) -> dict[str, Any] | None:
    """The month of the entry just before a page that is not the first."""
    if not (found := shelf.newer(than)):
        return None
    day = clock.parts(clock.parse(found["at"]), pages.zone())
    name = finding.name_of(day["year"], day["month"])
    return {"year": day["year"], "month": day["month"], "url": url_for("journal.index", **kept, month=name)}


def narrowed(asked: finding.Asked) -> dict[str, Any]:
    """What narrows the list: {on, chips: see `finding.chips`, url: of all there is to choose}."""
    found = records.many(me().person, [asked["session"]]).get(asked["session"])
    meeting = found and found["kind"] == "session"
    day = clock.parts(clock.parse(found["at"]), pages.zone()) if found and meeting else None
    return {"on": finding.is_narrow(asked), "chips": finding.chips(asked, day),
            "url": url_for("journal.filter", **finding.query(asked))}


def beside(record: Record) -> dict[str, Any]:
    """The entries just before and after one, of those asked for: {newer, older}, None where there is none."""
    zone, asked = pages.zone(), finding.asked()
    if record["fields"].get("binned_at"):
        return {"newer": None, "older": None}
    kept, shelf = finding.query(asked), finding.shelf(me().person, asked, zone)
    found = {"newer": shelf.newer(record), "older": next(iter(shelf.page(record, 1)), None)}
    return {side: leaf(one, kept) if one else None for side, one in found.items()}
