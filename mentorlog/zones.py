"""A time zone by what a person types: its city, or its name in any spelling. Twin: service_worker/zones.js."""
from __future__ import annotations

import re
from functools import cache
from importlib import resources

from . import clock, prose

STRAY = re.compile("[.'\u2019]")  # St. John's is St_Johns
GAP = re.compile("[ _-]+")
SLASH = re.compile(" ?/ ?")
FROM_GREENWICH = "Etc/"  # GMT+5 in there is what people call GMT-5: only by its whole name
SAME_BEGINNING = 4  # letters that make two names alike
MOST_EXAMPLES = 3
SEVERAL = "More than one time zone has this name. Write one of them: {}."
UNKNOWN = "This time zone is not known here. {}Choose the nearest large city, such as Berlin or New York."
ALIKE = "Names like it: {}. "


@cache
def cities() -> list[str]:
    """The zones that zone.tab names, one for each place whose clocks went their own way, by the alphabet."""
    table = resources.files("tzdata").joinpath("zoneinfo", "zone.tab").read_text("utf-8")
    found = [line.split("\t")[2].strip() for line in table.split("\n") if line and not line.startswith("#")]
    return sorted({*found} & clock.zones())


@cache
def others() -> list[str]:
    """The other names of zones, such as former ones."""
    return sorted(name for name in clock.zones() - {*cities()} if not name.startswith(FROM_GREENWICH))


def spelled(text: str) -> str:
    """What is compared of a name."""
    return SLASH.sub("/", GAP.sub(" ", STRAY.sub("", prose.fold(text)))).strip(" ")


def candidates(typed: str) -> list[str]:
    """The zones of this name: the one that is written so, else those of the city, else those that had it once."""
    if clock.is_zone(typed):
        return [typed]
    key = spelled(typed)
    return of(cities(), key) or of(others(), key)


def of(names: list[str], key: str) -> list[str]:
    """Those of these names that are the key, or end with it after a slash."""
    return [name for name in names if (said := spelled(name)) == key or said.endswith(f"/{key}")]


def named(typed: str) -> str:
    """The name of the zone that was typed; as it was typed where that means none, or more than one."""
    found = candidates(typed)
    return found[0] if len(found) == 1 else typed


def refused(typed: str) -> str:
    """Why that names no zone, in words, with examples near it."""
    if len(found := candidates(typed)) > 1:
        return SEVERAL.replace("{}", ", ".join(found))
    near = alike(typed)
    return UNKNOWN.replace("{}", ALIKE.replace("{}", ", ".join(near)) if near else "")


def alike(typed: str) -> list[str]:
    """The zones of cities whose names are a slip away, or begin as this one does."""
    key, towns = town(typed), {town(name): name for name in cities()}
    slip = prose.nearest(key, dict.fromkeys(towns, 1))
    begun = [one for one in towns if len(key) >= SAME_BEGINNING and one.startswith(key[:SAME_BEGINNING])]
    return [towns[one] for one in dict.fromkeys([slip, *begun]) if one][:MOST_EXAMPLES]


def town(name: str) -> str:
    """The last part of a name, in one word."""
    return spelled(name).rpartition("/")[2].replace(" ", "")
