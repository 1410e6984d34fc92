"""Ways to reach somebody: what can be tapped, what cannot work, and how it is said. Twin: service_worker/ways.js."""
from __future__ import annotations

import re
from typing import Any

MOST_LINES = 10
# ASCII rules alone: \s, \w and ignored case are not the same in Python and in JavaScript.
LINK = re.compile(r"https?://[^\x00-\x20]+", re.IGNORECASE | re.ASCII)
NO_PLACE = re.compile(r"[a-z][a-z0-9+.-]*://|(javascript|vbscript|data|blob|file):", re.IGNORECASE | re.ASCII)
BARE_LINK = re.compile(r"[a-z0-9-]+(\.[a-z0-9-]+)+(:[0-9]+)?(/[^\x00-\x20]*)?", re.IGNORECASE | re.ASCII)
MAIL = re.compile(r"[^\x00-\x20@,<>]{1,64}@[^\x00-\x20@,<>]{1,180}\.[^\x00-\x20@,<>.]{1,60}")
NUMBER = re.compile(r"\+?[0-9][0-9 ()/.-]{2,38}[0-9]")
ALL_NUMBER = re.compile(r"[ (]*\+?[0-9 ()/.\u2010-\u2015-]+")
FEWEST_DIGITS, MOST_DIGITS = 3, 15  # the most by ITU-T E.164
FEWEST_ABROAD = 7  # with the code of the country; the shortest there are, of Niue
MOST_SHORT = 6  # digits of a number that has no country code, such as 112
ABROAD = re.compile(r"[ (]*\+")
FROM_ABROAD = re.compile(r"[ (]*(\+|00)")  # 00: how many countries write the plus
MESSAGE = re.compile("sms|text|message", re.IGNORECASE | re.ASCII)
VIDEO = re.compile("video", re.IGNORECASE | re.ASCII)
AUTHORITY = re.compile(r"[^/]*//([^/?#\\]*)")
PORT = re.compile(":([0-9]*)$")
LAST_PORT = 65535
BY_NUMBER = re.compile(r"(phone|telephone|tel|mobile|sms)[ :.]+[^ ]", re.IGNORECASE | re.ASCII)
# Letters that no browser maps to a digit or a dot (UTS 46), so that a name in them is never an IP address in disguise.
HOST = re.compile("[A-Za-z0-9.\u00df-\u00f6\u00f8-\u024f\u0370-\u10ff\u3041-\u30ff\u3400-\u9fff\uac00-\ud7a3-]+")
LABEL = re.compile("(?!-)[^.]{1,63}(?<!-)")  # RFC 1034, 3.5
# A browser takes a host whose last part looks like a number for an IPv4 address (URL Standard, 3.5).
NUMERIC = re.compile(r"[0-9]+|0x[0-9a-f]*", re.IGNORECASE | re.ASCII)
FOUR = re.compile(r"(0|[1-9][0-9]{0,2})\.(0|[1-9][0-9]{0,2})\.(0|[1-9][0-9]{0,2})\.(0|[1-9][0-9]{0,2})")
AT_HOME = re.compile(r".*\.(localhost|local|internal|intranet|lan|home|corp|home\.arpa)", re.IGNORECASE | re.ASCII)

NO_LINK = "Write the whole address, beginning with https://, such as https://meet.example/room."
WITH_NAME = "Leave out the part before the @, such as https://meet.example/room."
NOT_OUTSIDE = ("This link works in one house or office only. Write one that works from everywhere, such as "
               "https://meet.example/room.")
TOO_MANY_DOTS = "There is a dot too many in this address. Write it such as https://meet.example/room."
NO_PORT = "After the colon stands 65535 at most, and mostly nothing. Write it such as https://meet.example/room."
NO_COUNTRY = "Write the number with its country code, which works from everywhere, such as +49 30 1234567."
NO_NUMBER = "Write the number in digits, with its country code, such as +49 30 1234567."
SHORT_NUMBER = "Some digits are missing. Write the number such as +49 30 1234567."
LONG_NUMBER = "A phone number has 15 digits at most, such as +49 30 1234567."
NO_MAIL = "Write an e-mail address, such as name@example.org."
NEXT = "sms:{number}?body=It%20does%20not%20work%20here.%20Shall%20we%20try%20the%20next%20way%3F"
SAID = "“It does not work here. Shall we try the next way?”"
# The symbol of a way to its name in a sentence, and to how a session went on by it.
NAMES = {"call": "phone", "sms": "text message", "video": "video", "chat": "chat", "letter": "e-mail"}
WENT_ON = {"call": "phone", "sms": "text", "video": "video", "chat": "chat", "letter": "mail", "people": "other"}
BY_CHANNEL = ("video", "phone", "chat")
Way = dict[str, str]  # {href: "" for nothing to tap, icon, title, own: a person's words in place of the title, small}


# -- what can work -----------------------------------------------------------------------------------------------------

def web(typed: str) -> str:
    """A link as it was typed, with `https://` before a bare address such as meet.example/room."""
    return f"https://{typed}" if BARE_LINK.fullmatch(typed) else typed


def opens(link: str) -> bool:
    """True for what opens from everywhere; nothing else becomes a link, however it came to be kept."""
    return not wrong_link(link)


def number(phone: str) -> str:
    """The digits of a phone number for `tel:` and `sms:`, with a leading plus; "" where nobody can dial it. One that
    was kept without its country code can be dialled in the country."""
    return digits(phone) if wrong_number(phone) in ("", NO_COUNTRY) else ""


def digits(phone: str) -> str:
    """What is typed on a phone, with a leading plus; "" where there are too few digits to call."""
    plus = "+" if ABROAD.match(phone) else ""
    typed = re.sub("[^0-9]", "", phone.replace("(0)", "", 1) if plus else phone)
    return plus + typed if len(typed) >= FEWEST_DIGITS else ""


def wrong_link(link: str) -> str:
    """Why a link cannot work for two people in different places, in words; "" where it may."""
    if not LINK.fullmatch(link):
        return NO_LINK
    authority = host_of(link)
    if "@" in authority:
        return WITH_NAME
    host = PORT.sub("", authority)
    if ".." in host or host.startswith("."):
        return TOO_MANY_DOTS
    if not is_name(host):
        return NO_LINK
    return NO_PORT if not can_be_port(authority) else "" if is_public(host) else NOT_OUTSIDE


def wrong_place(text: str) -> str:
    """What is wrong with a link that stands as the place or in it, "" where none is: a place is words."""
    if link := LINK.search(text):
        return wrong_link(link[0])
    return NO_LINK if NO_PLACE.match(text) else ""


def host_of(link: str) -> str:
    """Host of a link, with what stands before it and with its port."""
    found = AUTHORITY.match(link)
    return found[1] if found else ""


def can_be_port(authority: str) -> bool:
    """Whether the port behind a host is one that can be connected to (16 bits, RFC 9293); none behind it is fine."""
    found = PORT.search(authority)
    digits = found[1] if found else ""
    return not digits or (0 < len(digits.lstrip("0")) <= 5 and int(digits.lstrip("0")) <= LAST_PORT)


def is_name(host: str) -> bool:
    """Whether each part of it, between the dots, may be the name of a host."""
    return HOST.fullmatch(host) is not None and all(map(LABEL.fullmatch, host.removesuffix(".").split(".")))


def is_public(host: str) -> bool:
    """Whether a host may be found from everywhere: a name with a dot that no house or office keeps to itself, or an
    IPv4 address as it is usually written, outside the ranges of RFC 6890."""
    name = host.removesuffix(".")
    if not is_name(name) or "." not in name or AT_HOME.fullmatch(name):
        return False
    return not NUMERIC.fullmatch(name.rpartition(".")[2]) or is_public_address(name)


def is_public_address(text: str) -> bool:
    """The same of an IPv4 address in four plain numbers."""
    found = FOUR.fullmatch(text)
    a, b, c, d = map(int, found.groups()) if found else (0, 0, 0, 0)
    near = a in (0, 10, 127) or a >= 224 or (a == 100 and 64 <= b < 128) or (a == 169 and b == 254)
    near = near or (a == 172 and 16 <= b < 32) or (a == 192 and b == 168) or (a == 198 and b in (18, 19))
    return not near and max(b, c, d) < 256


def wrong_number(phone: str) -> str:
    """Why nobody can dial this, in words; "" where they can."""
    if not ALL_NUMBER.fullmatch(phone) or not digits(phone):
        return NO_NUMBER
    if FROM_ABROAD.match(phone):
        return wrong_abroad(digits(phone).removeprefix("+" if ABROAD.match(phone) else "00"))
    return NO_COUNTRY if len(digits(phone)) > MOST_SHORT else ""


def wrong_abroad(code: str) -> str:
    """The same of the digits that follow the plus: no code of a country begins with 0 (ITU-T E.164)."""
    if code.startswith("0"):
        return NO_COUNTRY
    return SHORT_NUMBER if len(code) < FEWEST_ABROAD else LONG_NUMBER if len(code) > MOST_DIGITS else ""


def wrong_mail(address: str) -> str:
    """Why no e-mail gets there, in words; "" where one may."""
    return "" if MAIL.fullmatch(address) and is_public(address.rpartition("@")[2]) else NO_MAIL


def wrong_lines(text: str) -> str:
    """What is wrong with the first link or number that cannot work among lines of free text, "" where none is."""
    return next((words for words in map(wrong_line, text.split("\n")) if words), "")


def wrong_line(line: str) -> str:
    """The same of one line. What begins as `phone`, `sms` and the like has a number to dial."""
    if link := LINK.search(line):
        return wrong_link(link[0])
    if not BY_NUMBER.match(line.strip(" ")) or MAIL.search(line):
        return ""
    dialled = NUMBER.search(line)
    return wrong_number(dialled[0]) if dialled else NO_NUMBER


# -- how it stands on a page -------------------------------------------------------------------------------------------

def of_card(fields: dict[str, Any]) -> list[Way]:
    """The ways that stand as lines on a card, in their order; else its phone number."""
    typed = [line.strip(" ") for line in (fields.get("fallback") or "").split("\n")]
    name = fields.get("name") or "your mentor"
    return [way(line, name) for line in typed if line][:MOST_LINES] or by_phone(fields.get("phone") or "", name)


def by_phone(phone: str, name: str) -> list[Way]:
    """One number is two ways."""
    return [call(phone, "", name), message(phone, "", name)] if number(phone) else []


def way(line: str, name: str) -> Way:
    """One line of a card, such as `phone +49 30 1234567` or `chat https://…`."""
    if link := LINK.search(line):
        if not opens(link[0]):
            return words(line)
        said = without(line, link[0])
        return {"href": link[0], "icon": "video" if VIDEO.match(said) else "chat", "own": said,
                "title": "Open the link", "small": link[0]}
    if mail := MAIL.search(line):
        return letter(mail[0], name)
    if (dialled := NUMBER.search(line)) and number(dialled[0]):
        made = message if MESSAGE.match(line) else call
        return made(dialled[0], without(line, dialled[0]), name)
    return words(line)


def without(line: str, address: str) -> str:
    """What a person wrote beside an address."""
    return line.replace(address, " ", 1).strip(" :,-")


def call(phone: str, said: str, name: str) -> Way:
    """A way by phone."""
    return {"href": f"tel:{number(phone)}", "icon": "call", "own": "", "title": f"Call {name}",
            "small": beside(said, phone)}


def message(phone: str, said: str, name: str) -> Way:
    """A way by text message."""
    return {"href": f"sms:{number(phone)}", "icon": "sms", "own": "", "title": f"Text {name}",
            "small": beside(said, phone)}


def letter(address: str, name: str) -> Way:
    """A way by e-mail."""
    return {"href": mailto(address), "icon": "letter", "own": "", "title": f"Write to {name}", "small": address}


def mailto(address: str) -> str:
    """The link that writes to an address, and to nobody else: what would begin a subject, a body or a further receiver
    is a part of the address (RFC 6068, 2)."""
    return "mailto:" + re.sub("[%?&#]", lambda found: f"%{ord(found[0]):X}", address)


def words(own: str) -> Way:
    """A way that is nothing to tap."""
    return {"href": "", "icon": "people", "own": own, "title": "", "small": ""}


def beside(said: str, phone: str) -> str:
    """The number, with what a person wrote beside it when that is more than the name of the way."""
    return phone if " " not in said else f"{phone}, {said}"


def agreed(kind: str, address: str, name: str) -> Way:
    """A way of an agreement. One with an address that cannot be tapped stands as words: nothing typed is hidden."""
    if kind in ("call", "text") and number(address):
        return call(address, "", name) if kind == "call" else asking(address)
    if kind in ("video", "chat") and opens(address):
        title = "Open the video room" if kind == "video" else "Written chat"
        return {"href": address, "icon": kind, "own": "", "title": title, "small": address}
    return letter(address, name) if kind == "mail" and MAIL.fullmatch(address) else words(address)


def asking(phone: str) -> Way:
    """A text message that is written already (RFC 5724)."""
    return message(phone, "", "") | {"href": NEXT.replace("{number}", number(phone)), "title": f"Text {SAID}"}


def others_first(found: list[Way], session: dict[str, Any], card: dict[str, Any]) -> list[Way]:
    """The ways out of a session that does not work: the one by which it was to be comes last. session, card: fields."""
    channel = session.get("channel") or "video"
    name = "phone" if channel == "phone" else "link"
    address = session.get(name) or card.get(name) or ""
    own = f"tel:{number(address)}" if channel == "phone" else address if channel in BY_CHANNEL else ""
    return sorted(found, key=lambda way: bool(own) and way["href"] == own)


# -- how it is said ----------------------------------------------------------------------------------------------------

def name_of(one: Way) -> str:
    """A way in a word, or in those of the person."""
    return NAMES.get(one["icon"]) or one["own"]


def named(one: Way) -> str:
    """A way with its number, link or address, without what a person wrote beside a number."""
    return " ".join(filter(None, [name_of(one), address_of(one)]))


def address_of(one: Way) -> str:
    """The number, link or address of a way; "" for words."""
    return one["small"].partition(",")[0] if one["icon"] in ("call", "sms") else one["small"]


def in_words(found: list[Way], minutes: int) -> str:
    """The ways as a sentence: We wait 5 minutes, then phone, then text message. "" where there is none."""
    then = ", then ".join(name_of(one) for one in found)
    return f"We wait {minutes} {'minute' if minutes == 1 else 'minutes'}, then {then}." if found else ""


def ways_on(found: list[Way], channel: str) -> list[str]:
    """How a session may have gone on: as planned after all, then by one of the ways; by phone or text with neither."""
    first = [channel] if channel in BY_CHANNEL else []
    return list(dict.fromkeys([*first, *(WENT_ON[one["icon"]] for one in found)])) or ["phone", "text"]
