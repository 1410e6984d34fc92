"""A letter: plain text and HTML of the same words, with the headers by which it is known again and stopped."""
from __future__ import annotations

import re
from dataclasses import dataclass
from email.header import Header
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import EmailPolicy
from email.utils import format_datetime
from typing import Any

from markupsafe import Markup

from .. import clock

NAME = "mentorlog"
LONGEST_LINE = 300  # of a subject
SUBJECT = "Subject"
LINE = 76  # RFC 2047, 2, of encoded words, and RFC 2045, 6.7, of a body
WHOLE_LINE = 998  # RFC 5322, 2.1.1
CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]+")
PLAIN_ID = re.compile(r"[A-Za-z0-9-]{1,100}")
STOP = "Stop these e-mails"
PAGE = Markup("""\
<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>{subject}</title></head>
<body>
{lines}
{links}
<hr>
<p><small>{why}{stop}</small></p>
</body>
</html>
""")


class Lines(EmailPolicy):
    """How a letter is written: in short lines of 7 bits, which need no server that takes more (RFC 6152). Only the
    subject is folded of its headers: an address would become encoded words, which nobody can follow."""

    def fold(self, name: str, value: Any) -> str:
        """A header as its lines. The new way of the standard library loses a space between two encoded words."""
        if name == SUBJECT and not str(value).isascii():
            return f"{name}: {Header(str(value), 'utf-8', LINE, name).encode(linesep=self.linesep)}{self.linesep}"
        folded: str = value.fold(policy=self if name == SUBJECT else self.clone(max_line_length=WHOLE_LINE))
        return folded

    def fold_binary(self, name: str, value: Any) -> bytes:
        """The same, as it is sent."""
        return self.fold(name, value).encode("ascii")


WRITTEN = Lines(linesep="\r\n", max_line_length=LINE, cte_type="7bit")


@dataclass(frozen=True)
class Words:
    """What a letter says. id: of the delivery, so that a letter that comes twice is known; why: why it comes.

    lines: a paragraph each; link and label: where it leads and what that is called; also: further (label, link).
    """

    id: str
    subject: str
    lines: tuple[str, ...]
    link: str
    label: str
    why: str
    also: tuple[tuple[str, str], ...] = ()

    @property
    def links(self) -> tuple[tuple[str, str], ...]:
        """All (label, link)."""
        return ((self.label, self.link), *self.also)


def letter(sender: str, to: str, words: Words, unsubscribe: str) -> EmailMessage:
    """The message (RFC 5322), in lines that every server takes.

    sender: an address; unsubscribe: the address that stops this kind; "" for what comes once, as it was asked for.

    :raise ValueError: `to` is no address, or the id could break out of a header
    """
    if not PLAIN_ID.fullmatch(words.id):
        raise ValueError("not an id")
    made = EmailMessage(policy=WRITTEN)
    made["From"] = Address(NAME, addr_spec=addressed(sender))
    made["To"] = Address(addr_spec=addressed(to))
    made[SUBJECT] = one_line(words.subject)
    made["Date"] = format_datetime(clock.now())
    made["Message-ID"] = f"<{words.id}@{domain(sender)}>"
    made["Auto-Submitted"] = "auto-generated"  # RFC 3834: no holiday replies, please
    if unsubscribe:
        made["List-Unsubscribe"] = f"<{unsubscribe}>"
    if unsubscribe.startswith("https://"):  # RFC 8058, 3.1 knows no other
        made["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    made.set_content(as_text(words, unsubscribe))
    made.add_alternative(as_html(words, unsubscribe), subtype="html")
    return made


def as_text(words: Words, stop: str) -> str:
    """The words for a reader without HTML."""
    links = [f"{label}: {link}" for label, link in words.links]
    body = [*words.lines, *links, f"-- \n{words.why}", *([f"{STOP}: {stop}"] if stop else [])]
    return "\n\n".join(body) + "\n"


def as_html(words: Words, stop: str) -> str:
    """The same as HTML; every word is escaped, each line has the direction of its own script."""
    lines = Markup("\n").join(Markup('<p dir="auto">{}</p>').format(line) for line in words.lines)
    links = Markup("\n").join(Markup('<p><a href="{1}">{0}</a></p>').format(*one) for one in words.links)
    ending = Markup(' <a href="{}">{}</a>').format(stop, STOP) if stop else ""
    return PAGE.format(subject=words.subject, lines=lines, links=links, why=words.why, stop=ending)


def one_line(text: str) -> str:
    """A text for a header: no control gets there, so it can end none."""
    return CONTROL.sub(" ", text).strip()[:LONGEST_LINE]


def addressed(address: str) -> str:
    """An address as mail servers know it, its domain in ASCII (IDNA). Names with accents need servers that few have.

    :raise ValueError: it is none
    """
    name, at, host = address.rpartition("@")
    if not at or not name or CONTROL.search(address):
        raise ValueError("not an address")
    try:
        spec = f"{name}@{host.encode('idna').decode()}"
        if Address(addr_spec=spec).addr_spec != spec:
            raise ValueError("not an address")
    except Exception as error:  # the parser of the standard library raises errors of many kinds
        raise ValueError("not an address") from error
    return spec


def domain(address: str) -> str:
    """What stands behind the @, in ASCII."""
    return addressed(address).rpartition("@")[2]
