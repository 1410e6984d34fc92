"""An invented year of one mentee, to look around in. What she wrote stands in `demo.json`."""
from __future__ import annotations

import json
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import click

from . import clock, people, records
from .config import Config
from .database import db
from .errors import Refused
from .models import Person
from .questions import arranging, choosing, sets
from .sync import apply

FILE = Path(__file__).with_suffix(".json")
CHANGED = {"held": "session", "ended": "goal"}  # what a step changes that makes nothing new
OF_A_DAY = ("starts_on", "due_on", "review_on")  # fields that say a day as so many days from today
Step = dict[str, Any]
Change = dict[str, Any]


def fill(config: Config) -> None:
    """Fill the open database, unless that was done before, and say how to sign in.

    :raise Refused: somebody else has an account in it
    """
    story = json.loads(FILE.read_text("utf-8"))
    new = people.NewPerson(**story["person"])
    with clock.at(clock.now()), db.atomic():
        if not Person.select().where(Person.email == new.email).exists():
            if Person.select().exists():
                raise Refused(f"Somebody has an account in {config.data} already. Give the demo a folder of its own.")
            live(people.add(new), story["steps"])
    click.echo(f"Sign in as {new.email} with the password: {new.password}")


def live(person: Person, steps: list[Step]) -> None:
    """Take every step of the year through the one door."""
    story = Story(person, steps)
    changes = [story.change(step) for step in steps]
    outcomes = apply.take(person, None, changes)
    assert all(outcome["outcome"] == "accepted" for outcome in outcomes.values()), outcomes


class Story:
    """Steps become changes: names become ids, days become dates around today in the person's zone.

    A step is {kind, day: from today, time, name?, fields?}; `@name` in a field is the id of what a step names. `held`
    changes the session `of` which it is, `ended` the goal; `rating`, `answer`, `agreement` and `hours` are `of` another
    record. A worksheet is of a `set` of the library or, `@name`, of one's own.
    """

    def __init__(self, person: Person, steps: list[Step]) -> None:
        self.person, self.now = person, clock.now()
        self.ids = {step["name"]: records.new_id() for step in steps if "name" in step}
        self.own = {f"@{step['name']}": step["fields"] for step in steps if step["kind"] == "set"}
        sheets = [step for step in steps if step["kind"] == "worksheet" and "session" in step]
        self.ids |= {one["name"]: choosing.sheet_id(person, self.ids[one["session"]], one["set"]) for one in sheets}
        self.made: dict[str, str] = {}  # record to the change that made it

    def change(self, step: Step) -> Change:
        """The change of one step, backdated."""
        kind, id = self.record(step)
        change = records.new_id()
        base, self.made[id] = self.made.get(id), change
        return {"id": change, "kind": kind, "record": id, "fields": self.fields(step), "base": base,
                "made_at": clock.iso(self.moment(step))}

    def record(self, step: Step) -> tuple[str, str]:
        """Kind and id of the record that a step is about."""
        kind, of, names = step["kind"], self.ids.get(step.get("of", "")), self.person.names
        if kind in CHANGED and of:
            return CHANGED[kind], of
        meanings = {"settings": "settings", "rating": f"rating:{of}", "answer": f"answer:{of}:{step.get('question')}",
                    "agreement": f"agreement:{of}", "hours": f"hours:{of}" if of else "hours"}
        if kind in meanings:
            return kind, records.name_id(names, meanings[kind])
        return kind, self.ids.get(step.get("name", "")) or records.new_id()

    def fields(self, step: Step) -> dict[str, Any]:
        """The fields of a change, with the ids and days that a step only names."""
        named = {name: self.filled(name, value) for name, value in step.get("fields", {}).items()}
        if step["kind"] == "ended":
            return named | {"ended_at": clock.iso(self.moment(step))}
        if step["kind"] == "agreement":
            return named | {"partner": self.ids[step["of"]]}
        if step["kind"] == "rating":
            return named | {"goal": self.ids[step["of"]]}
        if step["kind"] == "answer":
            return named | {"worksheet": self.ids[step["of"]], "question": step["question"]}
        if step["kind"] == "worksheet":
            return self.worksheet(step["set"], self.ids.get(step.get("session", "")))
        return named

    def worksheet(self, of: str, session: str | None) -> dict[str, Any]:
        """The fields of a worksheet that asks what is ticked at first."""
        own = {"id": self.ids[of[1:]], "fields": self.own[of]} if of in self.own else None
        return arranging.as_offered(sets.of_person(own) if own else sets.find(self.person, of), session)

    def filled(self, name: str, value: Any) -> Any:
        """The value of a field."""
        if name in OF_A_DAY:
            return self.day(value)
        if name == "dates":
            return [{"id": self.day(day["id"])} for day in value]
        return self.ids[value[1:]] if isinstance(value, str) and value.startswith("@") else value

    def day(self, days: int) -> str:
        """A day so many days from today."""
        return str(clock.parts(self.now + timedelta(days=days), self.person.zone)["on"])

    def moment(self, step: Step) -> datetime:
        """When the step was made."""
        return clock.instant(self.day(step["day"]), step["time"], self.person.zone)
