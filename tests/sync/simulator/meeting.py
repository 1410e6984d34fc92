"""Two devices write into one field of one record before either hears of the other: every join there is, on purpose."""
from __future__ import annotations

from typing import TYPE_CHECKING, Any

from mentorlog.records import KINDS, Fields, Spec
from tests.sync.simulator import joins
from tests.sync.simulator.device import Device
from tests.sync.simulator.typing import text_of

if TYPE_CHECKING:
    from tests.sync.simulator.people import People

SOON = 0.3  # what has a meaning is begun on both devices, in place of a change of what it is about
END = "end"
NEVER_ENDED = ("settings", "kept", "hours", "busy")
NEAR = 0.8  # mostly two devices of one person meet, else those of two people
TRIES = 5


def meet(people: People, device: Device) -> None:
    """Two devices that know the same make something else of it."""
    other = somebody_else(people, device)
    if other is None:
        return
    for one in (device, other):
        people.world.line.exchange(one, faults=False)
    found = [(join, record, kind) for record, kind in people.known_to(device) if is_known(device, record)
             and is_known(other, record) for join in open_to(people, device, record, kind)]
    if found:
        people.world.stats["met"] += 1
        meet_over(people, device, other, *one_of(people, found))


def one_of(people: People, found: list[tuple[str, str, str]]) -> tuple[str, str, str]:
    """Join, record and kind: of a join that is wanted, if there is one; each join as often as any other."""
    offered = {f"{kind} {join}" for join, _, kind in found}
    wanted = {one for one in offered & people.world.wanted if not people.world.stats[one]}
    chosen = people.random.choice(sorted(wanted or offered))
    return people.random.choice([one for one in found if f"{one[2]} {one[0]}" == chosen])


def meet_over(people: People, device: Device, other: Device, join: str, record: str, kind: str) -> None:
    same = other.person.id == device.person.id and device.names
    if same and kind in people.about and people.random.random() < SOON:
        write_about_it(people, device, other, record, kind, join)
    elif join == joins.WITHHELD:
        share_and_withdraw(people, device, other, record, kind)
    elif join == END:
        write_and_end(people, device, other, record, kind)
    else:
        write_into_one(people, (device, other), record, kind, join)


def open_to(people: People, device: Device, record: str, kind: str) -> list[str]:
    """The joins that a record can meet as it is."""
    shares = "shared" in KINDS[kind].specs and not device.view(record).get("shared") and people.mentors_of(device)
    found = [how for _, how in joins.parts(KINDS[kind], device.view(record))]
    kept = [f"{joins.TEXT} kept"] if joins.TEXT in found else []
    return sorted({*found, *kept, *([END] if kind not in NEVER_ENDED else []), *([joins.WITHHELD] if shares else [])})


def write_about_it(people: People, device: Device, other: Device, record: str, kind: str, join: str) -> None:
    """Both begin what has a meaning, or one does while the other ends what it is about."""
    if join == END:
        device.save(device.opening(kind, record), ended(people, device, record))
    else:
        people.write_about(device, record, kind)
    people.write_about(other, record, kind)


def write_and_end(people: People, device: Device, other: Device, record: str, kind: str) -> None:
    """One device deletes a record, another one writes into it; now this one is heard first, now that one."""
    form, field = other.opening(kind, record), text_of(kind)
    if field:
        after = people.hands.change_text(form["shown"].get(field) or "", KINDS[kind].specs[field].max or 60_000)
        other.save(form, {field: after})
    device.save(device.opening(kind, record), ended(people, device, record))
    people.world.line.exchange(people.random.choice((device, other)), faults=False)


def share_and_withdraw(people: People, device: Device, other: Device, record: str, kind: str) -> None:
    """One device shows a record and takes that back, the other one, which has heard of neither, shows it."""
    pair = people.random.choice(people.mentors_of(device))
    for shared in (pair, None):
        device.save(device.opening(kind, record), {"shared": shared})
        people.world.line.exchange(device, faults=False)
    other.save(other.opening(kind, record), {"shared": pair})


def ended(people: People, device: Device, record: str) -> Fields:
    people.hands.forget(device.view(record))
    return {"deleted": True}


def somebody_else(people: People, device: Device) -> Device | None:
    others = [one for one in people.world.devices if one is not device]
    near = [one for one in others if one.person.id == device.person.id]
    found = near if near and people.random.random() < NEAR else others
    return people.random.choice(found) if found else None


def is_known(device: Device, record: str) -> bool:
    """Whether a device may write it, and nothing of it waits."""
    rev = device.snapshot.get(record, {}).get("rev")
    return bool(rev) and not device.waiting_on(record) and not device.view(record).get("deleted")


def write_into_one(people: People, devices: tuple[Device, Device], record: str, kind: str, join: str) -> None:
    """Both make another value of what is joined as one."""
    shown = devices[0].view(record)
    found = [names for names, how in joins.parts(KINDS[kind], shown) if how == join.removesuffix(" kept")]
    full = [names for names in found if shown.get(names[0])]  # two texts in an empty field are never joined
    names, taken = people.random.choice(full or found), list[Fields]()
    for place, one in enumerate(devices):
        form = one.opening(kind, record)
        fields = {"binned_at": one.time()} if names == ("binned_at",) else another(
            people, one, form, names, taken, join if join != joins.TEXT else f"{join} {place}")
        taken.append(fields)
        one.save(form, fields)


def another(people: People, device: Device, form: dict[str, Any], names: tuple[str, ...], taken: list[Fields],
            join: str) -> Fields:
    """Something else than what stands there, and than what the other device makes of it."""
    shown, spec = form["shown"], KINDS[form["kind"]].specs[names[0]]
    if join.startswith("text"):
        return {names[0]: text(people, shown.get(names[0]) or "", spec, join)}
    fields: Fields = {}
    for _ in range(TRIES):
        fields = people.hands.others(KINDS[form["kind"]], shown, people.names(device, "session"), [names[0]])
        if fields not in taken and any(shown.get(name) != value for name, value in fields.items()):
            break
    return fields


def text(people: People, before: str, spec: Spec, join: str) -> str:
    """A sentence before all others, after them, or in place of them all."""
    sentence = f"I {people.hands.token()} wrote."
    after = {"text 0": f"{sentence} {before}", "text 1": f"{before} {sentence}"}.get(join, sentence).strip()
    if join == "text kept" or len(after) > (spec.max or 60_000):
        people.hands.forget(before)
        return sentence
    return after
