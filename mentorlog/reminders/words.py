"""The words of a reminder on a lock screen: neutral, unless the person wants to read with whom and what."""
from __future__ import annotations

from datetime import datetime
from typing import Any

from .. import clock, prose, ways
from ..due import GOAL, JOIN, PREPARE, WORKSHEET, Wishes
from .claiming import Job
from .snoozing import MINUTES, is_later

PAGES = {JOIN: "/sessions/{id}", PREPARE: "/sessions/{id}", GOAL: "/goals/{id}", WORKSHEET: "/worksheets/{id}"}
FALLBACK = "/sessions/{id}/fallback"  # the page of *It isn't working*
DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
CHANNELS = {"video": "By video", "phone": "By phone", "chat": "By chat", "in_person": "In person"}
LONGEST = 140  # characters of a body


def message(job: Job, base_url: str) -> dict[str, Any]:
    """Declarative web push (RFC 8030 is its number).

    What was prepared for the evening before may be read in the morning, when a phone was off: it names the day.
    `due` tells a second message about the same thing, which makes a sound, from the first one sent twice. `otherwise`
    is what of the body still stands where a device puts other words in its place.
    """
    record, base = job.reminder.record, base_url.rstrip("/")
    opens = f"{base}{page(job)}?reminder={job.reminder.id}"
    kind = "session" if job.reminder.kind in (JOIN, PREPARE) else job.reminder.kind
    data = {"due": clock.iso(job.delivery.due_at or job.reminder.due_at), "reminder": job.reminder.id} | otherwise(job)
    title, body = full(job) if job.wishes.names_things else (neutral(job), "")
    return {"web_push": 8030, "notification": {
        "title": title, **({"body": prose.clean(body)[:LONGEST]} if body else {}), "lang": "en", "dir": "ltr",
        "navigate": opens, "silent": False, "tag": f"{kind}-{record}", "data": data,
        "actions": actions(job, opens, base)}}


def page(job: Job) -> str:
    """The path of the screen to which it leads."""
    return PAGES[job.reminder.kind].format(id=job.reminder.record)


def way_out(job: Job) -> str:
    """The path of *It isn't working*."""
    return FALLBACK.format(id=job.reminder.record)


def fields_of(job: Job) -> dict[str, Any]:
    """The fields of the record that it is about."""
    return job.record.fields if job.record else {}


def actions(job: Job, opens: str, base: str) -> list[dict[str, str]]:
    """What can be done about it without opening it."""
    snooze = {"action": "snooze", "title": f"Snooze {MINUTES} minutes", "navigate": opens}
    broken = {"action": "fallback", "title": "It isn't working", "navigate": f"{base}{way_out(job)}"}
    return [snooze, broken] if job.reminder.kind == JOIN else [snooze]


def neutral(job: Job) -> str:
    """Words that betray nothing."""
    if job.reminder.kind == GOAL:
        return f"You have something {of_goal(job)}"
    if job.reminder.kind == WORKSHEET:
        return f"You have something open before {on_day(job)}"
    return f"You have something {at(job) if job.reminder.kind == JOIN else f'on {on_day(job)}'}"


def full(job: Job) -> tuple[str, str]:
    """Title and body that name things."""
    fields = fields_of(job)
    if job.reminder.kind == GOAL:
        return f"A goal is due {of_goal(job)}", str(fields.get("text") or "")
    if job.reminder.kind == WORKSHEET:
        return f"Questions are open before {on_day(job)}", str(fields.get("title") or "")
    name = str(job.card.fields.get("name") or "") if job.card else ""
    who = f"Session with {name}" if name else "Session"
    if job.reminder.kind == PREPARE:
        return f"{who} on {on_day(job)}", to_do(job)
    return f"{who} {at(job)}", ended(". ".join([CHANNELS[fields.get("channel") or "video"], *fallback(job)]))


def ended(sentence: str) -> str:
    """A sentence with its stop; a name such as *R. O.* brings its own."""
    return sentence if sentence.endswith(".") else f"{sentence}."


def of_goal(job: Job) -> str:
    """The day of a goal, as it is said now: by the person's clock, which a device that stays elsewhere is not on."""
    return "today" if fields_of(job).get("due_on") == today(job.wishes.zone) else "tomorrow"


def today(zone: str) -> str:
    """The day that it is there."""
    return str(clock.parts(clock.now(), zone)["on"])


def to_do(job: Job) -> str:
    """What is left to prepare."""
    assert job.left
    parts = [*(["Rate your goal."] if job.left.rate else []), *(["Choose questions."] if job.left.choose else []),
             *([] if job.left.lines else ["Write what you want to talk about."])]
    return " ".join(parts)


def fallback(job: Job) -> list[str]:
    """The first way out when it does not work."""
    return [f"If it isn't working: {ways.named(one)}" for one in job.ways[:1]]


def otherwise(job: Job) -> dict[str, str]:
    """The same where it stands in the body: {otherwise: a sentence}, or {}."""
    found = fallback(job) if job.wishes.names_things and job.reminder.kind == JOIN else []
    return {"otherwise": prose.clean(ended(found[0]))[:LONGEST]} if found else {}


def at(job: Job) -> str:
    """The hour of the session, with its day where that is not today: before quiet hours it can be said hours ahead."""
    start = clock.parts(job.reminder.expires_at, job.zone)
    return f"at {start['time']}" if start["on"] == today(job.zone) else f"on {on_day(job)}"


def on_day(job: Job) -> str:
    """Day and hour of the session."""
    start = clock.parts(job.reminder.expires_at, job.zone)
    return f"{DAYS[start['weekday']]} at {start['time']}"


def comes_again(moment: datetime, zone: str, wishes: Wishes) -> str:
    """When something that was put off comes, with the day where that is not today: *It comes again at 07:00 tomorrow,
    after your quiet hours.*"""
    then, today_on = clock.parts(moment, zone), clock.parts(clock.now(), zone)["on"]
    days = {"same": "", "tomorrow": " tomorrow"}
    day = days.get(clock.beside(then["on"], today_on), f" on {DAYS[then['weekday']]}")
    after = f", after your {wishes.silence} hours" if is_later(moment) and wishes.silence else ""
    return f"It comes again at {then['time']}{day}{after}."
