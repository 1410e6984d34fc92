"""Each value of a calendar against the type that its property has (RFC 5545, 3.3; RFC 7986), by two parsers.

A parser that reads a whole calendar takes a value of a wrong type for a text, and says nothing.
"""
from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import urlsplit

import icalendar
import vobject
from icalendar.parser import Contentlines
from vobject import icalendar as vobject_types


def one_of(*words: str) -> Callable[[str], Any]:
    """Reads what is one of these."""
    return lambda value: words.index(value)


def whole(value: str) -> int:
    """3.3.8"""
    return int(re.fullmatch(r"[+-]?[0-9]{1,10}", value)[0])


def uri(value: str) -> None:
    """3.3.13: absolute, and where to."""
    parts = urlsplit(value)
    if not (parts.scheme and parts.netloc) or re.search(r"[^\x21-\x7e]", value):
        raise ValueError("not a URI")


def lasting(value: str) -> Any:
    """3.3.6, which names at least one unit."""
    found, = vobject_types.stringToDurations(value, strict=True)
    return found


def utc(value: str) -> None:
    """3.3.5, form 2."""
    if not re.fullmatch(r"[0-9]{8}T[0-9]{6}Z", value):
        raise ValueError("not in UTC")
    vobject_types.stringToDateTime(value, strict=True)


def day(value: str) -> Any:
    """3.3.4"""
    return vobject_types.stringToDate(re.fullmatch(r"[0-9]{8}", value)[0])


def text(value: str) -> None:
    """3.3.11 as the parser gives it: without escapes."""
    if not value:
        raise ValueError("empty")


TYPES = {  # name: how icalendar and how vobject read it
    "TEXT": (icalendar.vText.from_ical, text), "INTEGER": (icalendar.vInt.from_ical, whole),
    "URI": (icalendar.vUri.from_ical, uri), "DURATION": (icalendar.vDuration.from_ical, lasting),
    "DATE-TIME": (icalendar.vDatetime.from_ical, utc), "DATE": (icalendar.vDate.from_ical, day)}
OF = {  # component: property: the types it may have, first the one that needs no VALUE (RFC 5545, 3.2.20), or words
    "VCALENDAR": {"PRODID": ("TEXT",), "VERSION": one_of("2.0"), "CALSCALE": one_of("GREGORIAN"), "NAME": ("TEXT",),
                  "X-WR-CALNAME": ("TEXT",), "REFRESH-INTERVAL": (None, "DURATION"),  # RFC 7986, 5.7: VALUE is a must
                  "X-PUBLISHED-TTL": ("DURATION",)},
    "VEVENT": {"UID": ("TEXT",), "SEQUENCE": ("INTEGER",), "DTSTAMP": ("DATE-TIME",), "LAST-MODIFIED": ("DATE-TIME",),
               "CLASS": one_of("PRIVATE"), "DTSTART": ("DATE-TIME", "DATE"), "DTEND": ("DATE-TIME", "DATE"),
               "SUMMARY": ("TEXT",), "DESCRIPTION": ("TEXT",), "URL": ("URI",),
               "STATUS": one_of("CONFIRMED", "CANCELLED"), "TRANSP": one_of("TRANSPARENT", "OPAQUE")},
    "VALARM": {"ACTION": one_of("DISPLAY"), "TRIGGER": ("DURATION",), "DESCRIPTION": ("TEXT",)}}


def wrong(body: bytes) -> Iterator[str]:
    """The properties that are unknown where they stand, or whose value is not of their type."""
    lines = [line.parts() for line in Contentlines.from_ical(body.decode()) if line]
    yield from (f"icalendar: {one}" for one in _wrong(_placed(lines), 0))
    whole = vobject.readOne(body.decode(), transform=False)
    yield from (f"vobject: {one}" for one in _wrong(_found(whole), 1))


def _placed(lines: list[Any]) -> Iterator[tuple[str, str, dict[str, str], str]]:
    """Component, name, parameters and value of each line."""
    inside: list[str] = []
    for name, parameters, value in lines:
        if name == "BEGIN":
            inside.append(value)
        elif name == "END":
            assert inside.pop() == value
        else:
            yield inside[-1], name, dict(parameters), value


def _found(component: Any) -> Iterator[tuple[str, str, dict[str, str], str]]:
    """The same by vobject."""
    for line in component.lines():
        yield component.name, line.name, {name: values[0] for name, values in line.params.items()}, line.value
    for inner in component.components():
        yield from _found(inner)


def _wrong(found: Iterator[tuple[str, str, dict[str, str], str]], parser: int) -> Iterator[str]:
    for component, name, parameters, value in found:
        try:
            _reader(OF[component][name], parameters, parser)(value)
        except Exception as error:  # each parser has its own
            yield f"{component}: {name} {parameters or ''} {value!r}: {type(error).__name__} {error}"


def _reader(types: Any, parameters: dict[str, str], parser: int) -> Callable[[str], Any]:
    """How a parser reads what has these types."""
    if callable(types):
        assert not parameters
        return types
    said = parameters.get("VALUE")
    assert set(parameters) <= {"VALUE"} and said != types[0]
    assert (said or types[0]) in types
    return TYPES[said or types[0]][parser]
