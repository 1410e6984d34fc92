"""What a process does that hands letters over and dies at a named step."""
from __future__ import annotations

from pathlib import Path

from mentorlog import database
from mentorlog.config import Config
from mentorlog.mail import Mailer
from mentorlog.reminders import claiming, fanning, loop, settling
from mentorlog.reminders.letters import Post
from tests.push.worker import PAUSE, begin, deadly, work_left

SITE = "https://journal.example.org"
# step -> (where the function is, the function, whether it dies before or after it)
STEPS = {
    "in fan-out": (fanning, "wanted_letters", "after"),
    "before the letter instead": (fanning, "letters_instead", "before"),
    "after the letter instead": (fanning, "letters_instead", "after"),
    "after claim": (claiming, "claim", "after"),
    "before handing over": (Mailer, "hand_over", "before"),
    "after handing over": (Mailer, "hand_over", "after"),
    "in settling": (settling, "settle", "after"),
}


def mailer(port: int) -> Mailer:
    return Mailer(Config(smtp_host="127.0.0.1", smtp_port=port, smtp_security="off", mail_from="journal@example.org",
                         base_url=SITE))


def main(url: str, data: Path, push_port: int, mail_port: int, step: str) -> None:
    """Tick until it dies, or until nothing is left to do."""
    sender = begin(url, data, push_port, 60)
    where, name, when = STEPS[step]
    setattr(where, name, deadly(getattr(where, name), when, 1))
    with database.db.connection_context():
        while work_left():
            PAUSE.wait(min(loop.tick(sender, SITE, Post(mailer(mail_port), SITE, "secret")), 0.05))
