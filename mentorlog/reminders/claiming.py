"""Deliveries claimed by a lease, each with all that its message needs."""
from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from time import monotonic
from typing import Any, cast

from peewee import JOIN, Case

from .. import agreement, clock, due
from ..database import db
from ..models import Delivery, Device, Person, Record, Reminder, Subscription
from ..ways import Way
from . import still
from .fanning import by_id, for_me

LEASE = timedelta(seconds=60)
MOST_TRIES = 10_000  # are counted
FRESH_SECONDS = 1  # after which what is to be said is looked up anew
Known = dict[tuple[str, str], "still.Left | None"]


@dataclass(frozen=True)
class Job:
    """A claimed delivery with all that its message needs.

    left: what is still to be done, None when nothing is; card, agreement: of the partner of a session; read_at: when
    all of this was read, by the steady clock.
    """

    delivery: Delivery
    reminder: Reminder
    subscription: Subscription | None
    zone: str
    wishes: due.Wishes
    record: Record | None
    session: Record | None
    card: Record | None
    agreement: Record | None
    left: still.Left | None
    person: Person
    read_at: float = field(default_factory=lambda: monotonic())

    @property
    def is_old(self) -> bool:
        """Whether it waited so long that it may say what is not so any more."""
        return monotonic() - self.read_at > FRESH_SECONDS

    @property
    def by_mail(self) -> bool:
        """Whether it goes out as a letter."""
        return self.delivery.device is None

    @property
    def wanted(self) -> bool:
        """Whether the person wants this kind, and in this way."""
        kind = self.reminder.kind
        return self.wishes.wants(kind) and (not self.by_mail or self.wishes.wants_letter(kind))

    @property
    def span(self) -> due.Span | None:
        """When it is due by what stands now; None when there is nothing to say."""
        return due.span(self.reminder.kind, self.record, self.session, self.wishes) if self.record else None

    @property
    def ways(self) -> list[Way]:
        """How to go on when it isn't working, in their order."""
        card, agreed = (one.fields if one else {} for one in (self.card, self.agreement))
        return agreement.ways_to(card, agreed, self.session.fields) if self.session else []


def claim(most: int, letters: bool = True) -> list[Job]:
    """Take what is due for the length of a lease, by conditional update: nobody else sends it meanwhile.

    most: how many to take; letters: of these too. Those that were tried less often come first, so that a push service
    that is down does not hold up the others. A lease that ends much later than one can was given by a clock that has
    gone back since; a little later, by another process whose clock is a little ahead, or that looked at it later.
    """
    now = clock.now()
    free = (Delivery.outcome == "") & (Delivery.next_at <= now) & (
        Delivery.leased_until.is_null() | (Delivery.leased_until <= now) | (Delivery.leased_until > now + 2 * LEASE))
    free = free if letters else free & Delivery.device.is_null(False)
    ripe = Delivery.select(Delivery.id).where(free).order_by(Delivery.tries, Delivery.next_at).limit(most)
    if most < 1 or not ripe.exists():
        return []
    more = Case(None, [(Delivery.tries < MOST_TRIES, Delivery.tries + 1)], Delivery.tries)
    with db.atomic():
        ids = [row.id for row in for_me(ripe)]
        Delivery.update(leased_until=now + LEASE, tries=more).where(Delivery.id.in_(ids), free).execute()
    return jobs(ids)


def anew(old: Sequence[Job]) -> list[Job]:
    """These jobs by what stands now; without those that are no more, or that another process or a snooze has taken."""
    leases = {job.delivery.id: job.delivery.leased_until for job in old}
    return [job for job in jobs(list(leases)) if job.delivery.leased_until == leases[job.delivery.id]] if leases else []


def jobs(ids: list[str]) -> list[Job]:
    """What the messages of these deliveries need; the same few queries for any number of sessions."""
    rows = cast(Any, list(Delivery.select(Delivery, Reminder, Device, Person, Subscription)
                .join(Reminder, attr="about").join(Person, attr="who").switch(Delivery)
                .join(Device, JOIN.LEFT_OUTER, attr="to")
                .join(Subscription, JOIN.LEFT_OUTER, on=(Subscription.device == Device.id), attr="by")
                .where(Delivery.id.in_(ids))))
    about = by_id({row.about.record for row in rows})
    about |= by_id({due.meeting_of(one) for one in about.values()} - about.keys() - {""})
    wishes = due.wishes_of(row.about.person for row in rows)
    partners = {str(one.fields.get("partner") or "") for one in about.values()} - {""}
    cards = by_id(partners | {agreement.id_of(one, card) for one in wishes.values() for card in partners})
    known: Known = {}
    return [job(row, about, cards, wishes[row.about.person], known) for row in rows]


def job(row: Any, about: dict[str, Record], cards: dict[str, Record], wishes: due.Wishes, known: Known) -> Job:
    """One delivery with what belongs to it. The hours on a device are in the zone that its pages show.

    known: what is left of a reminder, by its id and the zone; several devices hear of it, and it takes lists to tell.
    """
    device, who = getattr(row, "to", None), row.about.who
    record = about.get(row.about.record)
    session = about.get(due.meeting_of(record)) if record else None
    zone = wishes.fields.get("zone") or (device.zone if device else "") or wishes.zone
    subscription = getattr(device, "by", None) if device and device.ended_at is None else None
    partner = str(session.fields.get("partner") or "") if session else ""
    card, agreed = cards.get(partner), cards.get(agreement.id_of(wishes, partner))
    if (row.about.id, zone) not in known:
        known[row.about.id, zone] = still.left_or_all(
            row.about.kind, who, record, session, zone, wishes) if record else None
    return Job(row, row.about, subscription, zone, wishes, record, session,
               card if card and card.owner == who.id else None, agreed, known[row.about.id, zone], who)
