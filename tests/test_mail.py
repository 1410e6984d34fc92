"""Letters, as a real mail server gets them; what becomes of them when it refuses, hangs, or has no TLS."""
from __future__ import annotations

import re
import ssl
import time
from email.message import EmailMessage

import pytest
from pydantic import ValidationError

from mentorlog.config import Config
from mentorlog.logs import AsJson
from mentorlog.mail import Mailer, Words, open_mailer
from mentorlog.mail.sending import judge
from tests.mail_server import HOST, certificate, only, running, speaking

TO, STOP = "ada@example.org", "https://journal.example.org/unsubscribe/x"
WORDS = Words("6f2b0c1e-0000-4000-8000-000000000000", "Session at 15:00", ("You have something at 15:00.", "Now."),
              "https://journal.example.org/sessions/1", "Open it", "You asked for it.")
ACCENTS = "Grüße an Zoë, „schön“ – 文字 🦊"


@pytest.fixture
def server():
    with running() as one:
        yield one


def mailer(port: int, security: str = "off", trust: ssl.SSLContext | None = None, answer: float = 10,
           longest: float = 20, **more) -> Mailer:
    config = Config(smtp_host=HOST, smtp_port=port, smtp_security=security, mail_from="journal@example.org",
                    base_url="https://journal.example.org", **more)
    return Mailer(config, trust, answer, longest)


def said(subject: str = WORDS.subject, lines: tuple[str, ...] = WORDS.lines, **more) -> Words:
    return Words(**vars(WORDS) | {"subject": subject, "lines": lines} | more)


def got(server, words: Words, to: str = TO):
    assert mailer(server.port).send(to, words, STOP).what == "sent"
    return server.letters[-1]


# -- the letter --------------------------------------------------------------------------------------------------------

def test_a_letter_has_its_headers_and_both_parts(server) -> None:
    letter = got(server, WORDS)
    assert (letter["From"], letter["To"], letter["Subject"]) == (
        "mentorlog <journal@example.org>", TO, "Session at 15:00")
    assert letter["Message-ID"] == f"<{WORDS.id}@example.org>"
    assert (letter["List-Unsubscribe"], letter["List-Unsubscribe-Post"]) == (f"<{STOP}>", "List-Unsubscribe=One-Click")
    assert letter["Auto-Submitted"] == "auto-generated"
    assert letter.get_content_type() == "multipart/alternative"
    text, html = (letter.get_body((kind,)).get_content() for kind in ("plain", "html"))
    for words in (*WORDS.lines, WORDS.link, STOP, WORDS.why):
        assert words in text and words in html
    assert server.recipients == [[TO]]


def test_a_letter_that_comes_twice_has_the_same_name(server) -> None:
    assert got(server, WORDS)["Message-ID"] == got(server, WORDS)["Message-ID"]


def test_without_https_one_click_is_not_promised(server) -> None:
    assert mailer(server.port).send(TO, WORDS, "http://journal.example.org/unsubscribe/x").what == "sent"
    assert "List-Unsubscribe-Post" not in server.letters[0]
    assert server.letters[0]["List-Unsubscribe"] == "<http://journal.example.org/unsubscribe/x>"


def test_accents_and_other_scripts_arrive(server) -> None:
    letter = got(server, said(ACCENTS, (ACCENTS, "ß" * 2000)))
    assert letter["Subject"] == ACCENTS
    text = letter.get_body(("plain",)).get_content().replace("\r\n", "\n")
    assert ACCENTS in text and "ß" * 2000 in text
    assert ACCENTS in letter.get_body(("html",)).get_content()


def test_no_line_is_longer_than_a_server_takes(server) -> None:
    got(server, said("word " * 60, ("x" * 5_000, "🦊" * 3_000), link="https://x.example/" + "y" * 1_500))
    lines = server.raw[0].split(b"\r\n")
    assert max(map(len, lines)) <= 998  # RFC 5322, 2.1.1
    assert b"\n" not in server.raw[0].replace(b"\r\n", b"")


NAMES = ["Session with Анастасия Владимировна Преображенская-Константинопольская at 15:00",
         "Session with 山田太郎左衛門尉藤原朝臣景時" + " 山田太郎左衛門尉 at 15:00",
         "Session with Zoë Großmann at 15:00",
         "Session with عبد الرحمن بن محمد بن عبد الله at 15:00", "ü" * 300, "x" * 300, "word " * 60, "🦊 " * 150,
         "あ" * 300, "Session at 15:00"]
ENCODED = re.compile(rb"=\?utf-8\?[bq]\?[^?]*\?=")


@pytest.mark.parametrize("subject", NAMES, ids=range(len(NAMES)))
def test_every_line_of_a_letter_is_as_short_as_mail_wants_it(server, subject: str) -> None:
    """RFC 2047, 2: an encoded word of 75, its line of 76; RFC 2045, 6.7: 76; RFC 6152: 8 bits only if asked for."""
    letter = got(server, said(subject, (subject * 3, "x" * 3_000, ".", "From here on"), why=subject))
    head, _, body = server.raw[-1].partition(b"\r\n\r\n")
    assert max(server.raw[-1]) < 128 and b"8bit" not in server.raw[-1]
    assert all(len(word) <= 75 for word in ENCODED.findall(head))
    lines = [line for line in head.split(b"\r\n") if b"=?" in line]
    assert all(len(line) <= 76 for line in [*lines, *body.split(b"\r\n")])
    assert letter["Subject"] == subject.strip()
    assert all(subject * 3 in letter.get_body((kind,)).get_content() for kind in ("plain", "html"))


def test_a_long_address_to_stop_it_stays_in_one_piece(server) -> None:
    """RFC 8058: a program follows it; in encoded words nobody could."""
    stop = f"https://journal.example.org/unsubscribe/{'a-B_' * 200}"
    assert mailer(server.port).send(TO, WORDS, stop).what == "sent"
    lines = server.raw[0].partition(b"\r\n\r\n")[0].split(b"\r\n")
    assert f"<{stop}>".encode() in server.raw[0] and max(map(len, lines)) <= 998
    assert server.letters[0]["List-Unsubscribe"] == f"<{stop}>"


@pytest.mark.parametrize("end", ["\r\n", "\n", "\r", "\u2028", "\x85", "\x0b", "\0"])
def test_no_words_become_a_header(server, end: str) -> None:
    evil = f"Hello{end}Bcc: evil@example.org{end}{end}<script>alert(1)</script>"
    letter = got(server, said(evil, (evil,), why=evil, label=evil))
    assert letter["Bcc"] is None and server.recipients == [[TO]]
    assert sorted(letter.keys()) == sorted(got(server, WORDS).keys())
    assert "<script>" not in letter.get_body(("html",)).get_content()


@pytest.mark.parametrize("to", [
    "", "nobody", "a@b.example\r\nRCPT TO:<evil@example.org>", "a@b.example\nBcc: evil@example.org", "a@b, c@d",
    "<a@b.example>", "a b@c.example", "@b.example", "a@", "a@b..example", "zoë@example.org",
    "\0@b.example", "a@" + "b" * 300])
def test_what_is_no_address_gets_nothing(server, to: str) -> None:
    assert mailer(server.port).send(to, WORDS, STOP).what == "failed"
    assert server.raw == []


@pytest.mark.parametrize("id", ["x>\r\nBcc: evil@example.org", "", "a b", "<x>"])
def test_an_id_that_could_break_out_makes_no_letter(server, id: str) -> None:
    assert mailer(server.port).send(TO, said(id=id), STOP).what == "failed"
    assert server.raw == []


def test_a_domain_with_accents_is_written_as_mail_servers_know_it(server) -> None:
    assert mailer(server.port).send("ada@bücher.example", WORDS, STOP).what == "sent"
    assert server.recipients == [["ada@xn--bcher-kva.example"]]



# -- what becomes of it ------------------------------------------------------------------------------------------------

@pytest.mark.parametrize(("command", "reply", "what"), [
    ("RCPT", "450 4.2.1 Later, please", "retry"), ("RCPT", "451 Greylisted", "retry"),
    ("RCPT", "550 5.1.1 No such mailbox", "gone"), ("RCPT", "550 No such user", "gone"),
    ("RCPT", "550 5.2.1 Disabled", "gone"), ("RCPT", "550 5.7.1 We do not like you", "failed"),
    ("RCPT", "552 5.2.2 Full", "failed"), ("MAIL", "421 4.3.2 Going down", "retry"),
    ("MAIL", "550 5.7.1 Not from you", "failed"), ("DATA", "452 4.3.1 Disk full", "retry"),
    ("DATA", "554 5.6.0 Spam", "failed"), ("QUIT", "500 Never", "sent"), ("QUIT", "421 Bye", "sent")])
def test_a_refusal_has_its_rule(server, command: str, reply: str, what: str) -> None:
    server.says[command] = reply
    outcome = mailer(server.port).send(TO, WORDS, STOP)
    assert outcome.what == what
    assert outcome.status == (250 if what == "sent" else int(reply[:3]))
    assert len(server.raw) == (what == "sent")


@pytest.mark.parametrize(("command", "reply", "why"), [
    ("MAIL", "550 5.7.1 go away", "5.7.1 go away"),
    ("RCPT", "550 5.1.1 <ada@example.org>: no such user ADA here, see https://mail.example/why?id=3",
     "5.1.1 <…>: no such user … here, see https://mail.example/why?id=3"),
    ("RCPT", "550 5.1.1 mailto:ada@example.org not for journal@example.org", "5.1.1 mailto:… not for …"),
    ("DATA", f"554 Spam: Session at 15:00, {STOP}secret", "Spam: …, https://journal.example.org/unsubscribe/…"),
    ("DATA", "554-5.6.0 It is\r\n554 5.6.0 spam\x1b[31m\x07", "5.6.0 It is 5.6.0 spam [31m"),
    ("MAIL", "550 " + "x" * 400, "x" * 200)])
def test_the_log_says_why_a_letter_was_refused_and_nothing_of_the_person(server, caplog, command, reply, why) -> None:
    server.says[command] = reply
    with caplog.at_level("WARNING"):
        mailer(server.port).send(TO, WORDS, STOP)
    logged, = (one for one in caplog.records if one.getMessage() == "letter refused")
    assert logged.why == why
    assert "ada" not in AsJson().format(logged).lower()


def test_a_server_that_hangs_up_once_it_has_the_letter_has_it(server) -> None:
    server.hangs_up = True
    assert mailer(server.port).send(TO, WORDS, STOP).what == "sent"
    assert len(server.raw) == 1


def test_an_answer_that_is_no_refusal_is_tried_again() -> None:
    assert [judge(code, "?", EmailMessage()).what for code in (0, 250, 399, 499, 600)] == ["retry"] * 5


def test_a_server_that_is_not_there_is_tried_again() -> None:
    with running() as server:
        port = server.port
    assert mailer(port).send(TO, WORDS, STOP).what == "retry"


def test_a_server_that_takes_the_letter_and_never_answers_is_tried_again(server) -> None:
    server.hangs = True
    assert mailer(server.port, answer=0.3).send(TO, WORDS, STOP).what == "retry"


@pytest.mark.parametrize("greeting", [[], [b"220 hello\r\n"], [b"nonsense\r\n"]])
def test_a_server_that_says_nothing_more_is_tried_again(greeting: list[bytes]) -> None:
    with speaking(greeting, 0) as port:
        assert mailer(port, answer=0.3).send(TO, WORDS, STOP).what == "retry"


@pytest.mark.parametrize(("security", "begin", "drop"), [
    ("off", b"220 hello\r\n", b"2"), ("off", b"2", b"2"), ("off", b"220-hello\r\n", b"220-and\r\n"),
    ("tls", b"\x16\x03\x03\x3f\xff\x02\x00\x3f\xfb", b"\0")])
def test_a_server_that_says_a_letter_now_and_then_is_cut_off(security: str, begin: bytes, drop: bytes) -> None:
    """Each byte comes in time; without a limit for the whole this would take minutes."""
    with speaking([begin, *[drop] * 1_000], 0.05) as port:
        began = time.monotonic()
        assert mailer(port, security, answer=5, longest=0.5).send(TO, WORDS, STOP).what == "retry"
        assert time.monotonic() - began < 10


# -- TLS and signing in ------------------------------------------------------------------------------------------------

def test_tls_from_the_first_byte(tmp_path) -> None:
    shows, trusts = certificate(tmp_path)
    with running(ssl_context=shows) as server:
        assert mailer(server.port, "tls", trusts).send(TO, WORDS, STOP).what == "sent"
        assert len(server.raw) == 1
        assert mailer(server.port, "tls").send(TO, WORDS, STOP).what == "retry"  # nobody vouches for it
        assert len(server.raw) == 1


def test_starttls_and_a_password(tmp_path) -> None:
    shows, trusts = certificate(tmp_path)
    more = {"smtp_user": "journal", "smtp_password": "right"}
    with running(tls_context=shows, require_starttls=True, authenticator=only("journal", "right"),
                 auth_required=True) as server:
        assert mailer(server.port, "starttls", trusts, **more).send(TO, WORDS, STOP).what == "sent"
        wrong = mailer(server.port, "starttls", trusts, **more | {"smtp_password": "wrong"}).send(TO, WORDS, STOP)
        assert (wrong.what, wrong.status) == ("failed", 535)
        assert mailer(server.port, "starttls", **more).send(TO, WORDS, STOP).what == "retry"
        assert len(server.raw) == 1


def test_without_starttls_there_nothing_goes_in_the_clear(server) -> None:
    assert mailer(server.port, "starttls").send(TO, WORDS, STOP).what == "retry"
    assert server.raw == []


# -- settings ----------------------------------------------------------------------------------------------------------

def test_no_server_no_mailer() -> None:
    assert open_mailer(Config()) is None
    assert open_mailer(mailer(25).config) is not None


@pytest.mark.parametrize("more", [
    {}, {"mail_from": "a@b.example", "base_url": ""}, {"mail_from": "nobody"},
    {"mail_from": "a@b.example\r\nBcc: c@d.example"},
    {"mail_from": "a@b.example", "smtp_security": "off", "smtp_user": "journal"}])
def test_settings_that_do_not_go_together_are_refused_at_the_start(more: dict) -> None:
    with pytest.raises(ValidationError):
        Config(smtp_host=HOST, **{"base_url": "https://journal.example.org"} | more)


def test_the_password_can_stand_in_a_file(monkeypatch, tmp_path) -> None:
    (tmp_path / "password").write_text("from a file\n")
    monkeypatch.setenv("MENTORLOG_SMTP_PASSWORD_FILE", str(tmp_path / "password"))
    assert Config.from_env().smtp_password == "from a file"


def test_a_wrong_setting_is_named_without_the_password(monkeypatch) -> None:
    monkeypatch.setenv("MENTORLOG_SMTP_HOST", HOST)
    monkeypatch.setenv("MENTORLOG_SMTP_PASSWORD", "very secret")
    with pytest.raises(ValidationError) as caught:
        Config.from_env()
    assert "very secret" not in str(caught.value)


def test_what_is_wrong_with_the_settings_is_said_in_words(monkeypatch, capsys) -> None:
    from mentorlog import cli
    monkeypatch.setenv("MENTORLOG_SMTP_HOST", HOST)
    with pytest.raises(SystemExit) as caught:
        cli.main(["serve"])
    assert str(caught.value) == "settings: smtp_host needs mail_from, an address"
