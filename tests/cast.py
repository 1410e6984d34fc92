"""The people of every test: ada is mentored by bela, cleo coordinates, dan has nothing to do with them."""
from __future__ import annotations

import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from flask.testing import FlaskClient

    from mentorlog.models import Pair, Person

NAMES = ("ada", "bela", "cleo", "dan")
PASSWORD = "correct horse battery"
ZONE = "Europe/Berlin"
NOON = datetime(2026, 11, 24, 11, 0, tzinfo=UTC)  # there, on a Tuesday: when it is, where a test has `ada`
OURS = {"Sec-Fetch-Site": "same-origin"}


@dataclass(frozen=True)
class Cast:
    """Rows of the database. Pair: ada is the mentee, bela the mentor."""

    ada: Person
    bela: Person
    cleo: Person
    dan: Person
    pair: Pair

    def __iter__(self) -> Iterator[Person]:
        return iter((self.ada, self.bela, self.cleo, self.dan))


def email(name: str) -> str:
    return f"{name}@example.org"


def gather() -> Cast:
    """Create the cast in the open database. The password of each is PASSWORD, hashed cheaply."""
    from mentorlog import people
    from mentorlog.models import Pair
    new = [people.NewPerson(name.title(), email(name), PASSWORD, ZONE) for name in NAMES]
    ada, bela, cleo, dan = [people.add(one, hashing="pbkdf2:sha256:1") for one in new]
    return Cast(ada, bela, cleo, dan, Pair.create(id=str(uuid.uuid4()), mentee=ada.id, mentor=bela.id))


def recall() -> Cast:
    """The cast that stands in the open database already (a copy of one that `gather` filled)."""
    from mentorlog.models import Pair, Person
    people = [Person.get(Person.email == email(name)) for name in NAMES]
    return Cast(*people, pair=Pair.get(Pair.mentee == people[0].id))


def sign_in(client: FlaskClient, name: str) -> FlaskClient:
    """Sign in through the form, as a person would; returns the client."""
    typed = {"email": email(name), "password": PASSWORD, "zone": ZONE}
    reply = client.post("/sign-in", data=typed, headers=OURS)
    assert reply.status_code == 303, reply.get_data(as_text=True)
    return client
