"""One letter to the operator's mail server, and what that made of it."""
from __future__ import annotations

import logging
import re
import smtplib
import ssl
from contextlib import closing, suppress
from email.message import EmailMessage
from typing import Any

from .. import deadline
from ..config import Config
from ..logs import SECRET
from ..push import Outcome, Resting
from .letters import CONTROL, Words, addressed, domain, letter

ANSWER_SECONDS = 10  # for each reply; RFC 5321, 4.5.3.2 grants minutes, which a lease has not
LONGEST_SECONDS = 20  # for a whole letter
NO_MAILBOX = {550, 551, 553}
NO_SUCH_ADDRESS = re.compile(rb"5\.(?:1\.[0-9]+|2\.1)\b")  # RFC 3463: addressing, and a mailbox that is disabled
ADDRESS = re.compile(r"[^\s<>()\[\]:;,\"']+@[^\s<>()\[\]:;,\"']+")
LONGEST_REASON = 200  # characters
ENHANCED = re.compile(rb"[245]\.[0-9]{1,3}\.[0-9]{1,3}\b")

log = logging.getLogger(__name__)


class _Plain(smtplib.SMTP):
    """A connection that a deadline can cut, from the greeting on."""

    def connect(self, *place: Any, **more: Any) -> tuple[int, bytes]:
        deadline.speaks_over(lambda: self.sock)
        return super().connect(*place, **more)


class _Secure(_Plain, smtplib.SMTP_SSL):
    """The same with TLS."""


class Mailer:
    """Sends letters by the server of the settings, each over a connection of its own. Used by many threads at once.

    trust: the certificates to believe; those of the system when left out.
    """

    def __init__(self, config: Config, trust: ssl.SSLContext | None = None,
                 answer_seconds: float = ANSWER_SECONDS, longest_seconds: float = LONGEST_SECONDS) -> None:
        self.config, self.trust = config, trust
        self.answer_seconds, self.longest_seconds = answer_seconds, longest_seconds
        self.resting = Resting()

    def send(self, to: str, words: Words, unsubscribe: str = "") -> Outcome:
        """Send once. `gone`: there is no such mailbox; `retry`: later; `failed`: never the same again."""
        try:
            message = letter(self.config.mail_from, to, words, unsubscribe)
        except ValueError:
            log.warning("letter not made", extra={"delivery": words.id[:36]})
            return Outcome("failed")
        if left := self.resting.left(self.config.smtp_host):
            return Outcome("retry", left)
        outcome = self.tried(message, to)
        if outcome.what == "retry" and outcome.status is None:
            self.resting.failed(self.config.smtp_host)
        else:
            self.resting.answered(self.config.smtp_host)
        return outcome

    def tried(self, message: EmailMessage, to: str) -> Outcome:
        """What became of handing it over. A server that said nothing has no status."""
        try:
            self.hand_over(message, addressed(to))
        except smtplib.SMTPRecipientsRefused as error:
            code, text = next(iter(error.recipients.values()))
            return judge(code, text, message, of_the_mailbox=True)
        except smtplib.SMTPResponseException as error:
            return judge(error.smtp_code, error.smtp_error, message)
        except (smtplib.SMTPException, OSError) as error:  # no line, no TLS, cut off, too slow
            log.info("mail server unreachable", extra={"why": type(error).__name__})
            return Outcome("retry")
        return Outcome("sent", status=250)

    def hand_over(self, message: EmailMessage, to: str) -> None:
        """Speak to the server. Once it has the letter, what goes wrong while parting does not count.

        :raise smtplib.SMTPException, OSError: it does not have the letter, or did not say so
        """
        with deadline.within(self.longest_seconds), closing(self.connect()) as server:
            if self.config.smtp_security == "starttls":
                server.starttls(context=self.trust or ssl.create_default_context())
            if self.config.smtp_user:
                server.login(self.config.smtp_user, self.config.smtp_password)
            server.send_message(message, addressed(self.config.mail_from), [to])
            with suppress(smtplib.SMTPException, OSError):
                server.quit()

    def connect(self) -> smtplib.SMTP:
        """A connection, with TLS from its first byte where the settings say so. Says the domain we write from: the
        machine's own name could take a look-up that hangs."""
        place, own = (self.config.smtp_host, self.config.smtp_port), domain(self.config.mail_from)
        if self.config.smtp_security == "tls":
            trust = self.trust or ssl.create_default_context()
            return _Secure(*place, own, timeout=self.answer_seconds, context=trust)
        return _Plain(*place, own, timeout=self.answer_seconds)


def judge(code: int, text: bytes | str, message: EmailMessage, of_the_mailbox: bool = False) -> Outcome:
    """What a refusal means (RFC 5321, 4.2.1): 4yz is for now, 5yz for good. Where the server says more (RFC 3463), a
    mailbox that it does not know is told from one whose post it does not want."""
    said = text.encode("utf-8", "replace") if isinstance(text, str) else text
    if not 500 <= code <= 599:
        return Outcome("retry", status=code)
    log.warning("letter refused", extra={"status": code, "why": reason(said.decode("utf-8", "replace"), message)})
    gone = bool(NO_SUCH_ADDRESS.match(said)) if ENHANCED.match(said) else code in NO_MAILBOX
    return Outcome("gone" if of_the_mailbox and gone else "failed", status=code)


def reason(said: str, message: EmailMessage) -> str:
    """What a server said of a letter, in one line for a log: without addresses, the mailbox's name, the subject and the
    address that stops letters, all of which servers repeat."""
    line = SECRET.sub(r"\1…", ADDRESS.sub("…", CONTROL.sub(" ", said.replace("\r\n", " "))))
    person = str(message["To"] or "").rpartition("@")[0].strip('"')
    for words in filter(None, (str(message["Subject"] or ""), person)):
        line = re.sub(rf"(?<!\w){re.escape(words)}(?!\w)", "…", line, flags=re.IGNORECASE)
    return line.strip()[:LONGEST_REASON]


def open_mailer(config: Config) -> Mailer | None:
    """The mailer of a server; None where no mail server is set."""
    return Mailer(config) if config.smtp_host else None
