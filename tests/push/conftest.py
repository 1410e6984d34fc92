"""Fixtures of push: a stand-in service, a sender that reaches it, and people's phones that subscribed."""
from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from datetime import timedelta

import pytest

from tests.push.service import PushService

# Real clicks need a D-Bus. Where there is none these tests are not collected, which the last line of a run says.
CLICKED = ["test_push_browser.py", "test_push_arrived_browser.py"]
collect_ignore = [] if shutil.which("dbus-daemon") or os.environ.get("CI") else CLICKED
# A P-256 point and a secret that a browser could have (RFC 8291, appendix A).
P256DH = "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4"
AUTH = "BTBZMqHH6r4Tts7J_aSIgg"
SITE = "https://journal.example.org"


@pytest.fixture
def service():
    with PushService() as running:
        yield running


@pytest.fixture
def sender(tmp_path, service):
    """Sends to `service` with a key of its own."""
    from mentorlog.outgoing import PUSH_HOSTS, Outgoing
    from mentorlog.push.keys import load_keys
    from mentorlog.push.sending import Sender
    return Sender(load_keys(tmp_path, "mailto:ops@example.org"), Outgoing(PUSH_HOSTS, connect=service.connect))


@pytest.fixture
def told(sender, service) -> Callable[..., dict]:
    """What a browser tells when it subscribed: `told()`, or with another endpoint."""
    def subscription(endpoint: str = "") -> dict:
        return {"endpoint": endpoint or service.subscribe(sender.keys.current.public),
                "keys": {"p256dh": P256DH, "auth": AUTH}, "key": sender.keys.current.public}
    return subscription


@pytest.fixture
def add_device(database) -> Callable:
    """Signs a person in on one more device."""
    from mentorlog import clock
    from mentorlog.models import Device

    def add(person, zone: str = "Europe/Berlin"):
        number = Device.select().count()
        return Device.create(person=person.id, secret_hash=f"{number}", label="Chrome on Android", zone=zone,
                             seen_at=clock.now())
    return add


@pytest.fixture
def allow(add_device, sender, told) -> Callable:
    """One more device of a person, which allowed reminders: `allow(cast.ada)`."""
    from mentorlog import push

    def allow(person, zone: str = "Europe/Berlin"):
        device = add_device(person, zone)
        push.subscribe(device, sender, told())
        return device
    return allow


@pytest.fixture
def now():
    """A whole minute, as a session begins with one."""
    from mentorlog import clock
    return clock.now().replace(second=0, microsecond=0)


@pytest.fixture
def write(database, now) -> Callable:
    """Puts a record into the database as it stands after a change, and calls its hook: `write(cast.ada, "goal", ...)`.

    Again with the same id it is changed.
    """
    from mentorlog import clock
    from mentorlog.models import Record
    from mentorlog.records import KINDS, new_id, shelf_of

    def write(owner, kind: str, id: str = "", pair=None, **fields):
        row = Record.get_or_none(Record.id == id) if id else None
        before, is_new = row.fields if row else None, row is None
        row = row or Record(id=id or new_id(), kind=kind, owner=owner.id, pair=pair and pair.id, rev=new_id(), n=1)
        row.fields = {**(before or {}), **fields}
        row.at, row.shelf = KINDS[kind].at(row.fields, clock.iso(clock.now())), shelf_of(kind, row.fields)
        row.save(force_insert=is_new)
        KINDS[kind].after_write(row, before)
        return row
    return write


@pytest.fixture
def choose(write) -> Callable:
    """Settings: `choose(cast.ada, zone="Asia/Tokyo")`."""
    from mentorlog.records import name_id
    return lambda person, **fields: write(person, "settings", name_id(person.names, "settings"), **fields)


@pytest.fixture
def hush(choose, now) -> Callable:
    """Quiet hours from so many minutes from now until so many: `hush(cast.ada, 5, 600)`."""
    from mentorlog import clock

    def hush(person, begin: int, end: int) -> None:
        hours = [clock.parts(now + timedelta(minutes=far), "UTC")["time"] for far in (begin, end)]
        with clock.at(now):
            choose(person, zone="UTC", quiet_from=hours[0], quiet_until=hours[1])
    return hush


@pytest.fixture
def remind(write, now) -> Callable:
    """Somebody has a session so many minutes from now; the reminder to join it, 30 minutes before or at once."""
    from mentorlog import clock
    from mentorlog.models import Reminder

    def remind(person, start: int = 30, pair=None, **fields):
        with clock.at(now):
            begins = clock.parts(now + timedelta(minutes=start), "UTC")
            wall = {"starts_on": begins["on"], "starts_time": begins["time"], "zone": "UTC"}
            session = write(person, "session", pair=pair, **wall, **fields)
            return Reminder.get(Reminder.record == session.id, Reminder.kind == "join", Reminder.person == person.id)
    return remind


@pytest.fixture
def every_kind(write, choose, now) -> Callable:
    """Of each kind one reminder of a person that is due now: `every_kind(cast.ada)`."""
    from mentorlog import clock
    zone = f"Etc/GMT{now.hour - 12:+}"  # where it is about noon, so that no day ends meanwhile
    here, then = clock.parts(now, zone), clock.parts(now + timedelta(minutes=20), zone)
    tomorrow = clock.parts(now + timedelta(days=1), zone)

    def every_kind(person) -> None:
        with clock.at(now - timedelta(minutes=1)):
            hour = {f"{kind}_time": here["time"] for kind in ("prepare", "goal", "worksheet")}
            choose(person, zone=zone, **hour)
            write(person, "session", starts_on=then["on"], starts_time=then["time"], zone=zone)
            next_one = write(person, "session", starts_on=tomorrow["on"], starts_time="15:00", zone=zone)
            write(person, "worksheet", session=next_one.id, questions=[{"id": "one", "text": "What stuck?"}])
            write(person, "goal", text="Ask for the talk", due_on=here["on"])
    return every_kind


@pytest.fixture
def tick(sender, now) -> Callable:
    """One tick, so many seconds from now."""
    from mentorlog import clock, reminders

    def at(seconds: float = 0) -> float:
        with clock.at(now + timedelta(seconds=seconds)):
            return reminders.tick(sender, SITE)
    return at


@pytest.fixture
def postbox():
    """A mail server."""
    from tests.mail_server import running
    with running() as one:
        yield one


@pytest.fixture
def post(postbox):
    """What hands letters over to it."""
    from mentorlog import mail
    from mentorlog.config import Config
    from mentorlog.reminders.letters import Post
    config = Config(smtp_host="127.0.0.1", smtp_port=postbox.port, smtp_security="off", mail_from="journal@example.org",
                    base_url=SITE)
    return Post(mail.Mailer(config, answer_seconds=0.5), SITE, "secret")


@pytest.fixture
def tick_with_letters(sender, now, post) -> Callable:
    """One tick of a server that sends letters, too."""
    from mentorlog import clock, reminders

    def at(seconds: float = 0) -> float:
        with clock.at(now + timedelta(seconds=seconds)):
            return reminders.tick(sender, SITE, post)
    return at


@pytest.fixture
def shown(service) -> Callable:
    """The notifications in the messages that the service took, in their order."""
    import json

    from tests.push.test_sending import decrypt
    return lambda: [json.loads(decrypt(got["body"]))["notification"] for got in service.received]


@pytest.fixture
def quiet(world):
    """Quiet hours that begin in a few minutes; when they end."""
    yield world.hush(5, 20)[1]
    world.hush()


@pytest.fixture
def named(world):
    """The lock screen may say with whom."""
    world.name_things("full")
    yield world.meet(name="R. O.", fallback="phone +49 30 1234567")
    world.name_things("neutral")
