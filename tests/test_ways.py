"""Ways to reach somebody: what can be tapped, and what is refused kindly because it cannot work."""
from __future__ import annotations

from urllib.parse import unquote, urlsplit

import pytest

from mentorlog import partners, ways


@pytest.mark.parametrize(("typed", "made"), [
    ("meet.example/room", "https://meet.example/room"), ("meet.example:8443", "https://meet.example:8443"),
    ("https://meet.example", "https://meet.example"), ("javascript:alert(1)", "javascript:alert(1)"),
    ("the café", "the café"), ("", "")])
def test_a_bare_address_becomes_a_link(typed, made):
    assert ways.web(typed) == made


@pytest.mark.parametrize("link", ["javascript:alert(1)", "data:text/html,x", "//meet.example", "https://", "ftp://a.b",
                                  "https://a b", " https://a.b", "ｈttps://a.b"])
def test_nothing_but_a_web_address_is_a_link(link):
    assert not ways.opens(link)
    assert partners.reach({"link": link}, {}) == {"href": "", "words": link}


@pytest.mark.parametrize(("phone", "digits"), [
    ("+351 21 0000000", "+351210000000"), ("(030) 12 34", "0301234"), ("+49 (0) 30/1234", "+49301234"),
    ("(+1) 555-0100", "+15550100"), ("٠١٢", ""), ("ask me", ""), ("12", "")])
def test_a_number_is_dialled_by_its_digits(phone, digits):
    assert ways.number(phone) == digits


@pytest.mark.parametrize("line", ["Room 1 - 2", "house 12"])
def test_words_with_a_few_digits_are_words(line):
    assert [(one["href"], one["own"]) for one in ways.of_card({"name": "R. O.", "fallback": line})] == [("", line)]


def test_ways_stand_in_the_order_of_the_card():
    typed = "phone +1 555 0100\nSMS: +1 555 0101\nvideo https://meet.example/x\nchat: https://chat.example\n\n" \
            "r.o@example.org\nthe café, at noon"
    found = ways.of_card({"name": "R. O.", "fallback": typed})
    assert [one["href"] for one in found] == ["tel:+15550100", "sms:+15550101", "https://meet.example/x",
                                              "https://chat.example", "mailto:r.o@example.org", ""]
    assert [one["icon"] for one in found] == ["call", "sms", "video", "chat", "letter", "people"]
    assert found[0]["title"] == "Call R. O."
    assert found[3]["own"] == "chat"
    assert found[5]["own"] == "the café, at noon"


def test_a_card_without_ways_offers_its_phone():
    assert [one["href"] for one in ways.of_card({"phone": "+1 555 0100"})] == ["tel:+15550100", "sms:+15550100"]
    assert ways.of_card({"phone": "none"}) == []




# -- what cannot work --------------------------------------------------------------------------------------------------

PUBLIC = ["https://meet.example/room", "https://meet.example:8443", "HTTPS://Meet.Example/a?b@c#d",
          "http://93.184.216.34/", "https://172.32.0.1", "https://100.128.0.1/", "https://m\u00fcller.example/x",
          "https://meet.example./x", "https://10.example.org/", "https://1.2.3.example/", "https://local.example",
          "https://xn--p1ai.example"]
PRIVATE = ["https://localhost", "https://intranet/x", "https://nas.local/", "https://a.home.arpa",
           "https://X.LAN:8080/", "http://10.0.0.1", "http://127.0.0.1:8000/", "http://172.16.0.1",
           "http://172.31.255.255", "http://192.168.1.1/", "http://169.254.169.254/latest", "http://100.64.0.1",
           "http://0.0.0.0", "http://224.0.0.1", "http://255.255.255.255", "http://2130706433/", "http://017700000001",
           "http://127.1", "http://0x7f.0.0.1", "http://1.2.3.256/", "http://127.0.0.1./", "https://example"]
DOTTED = ["https://meet..example/room", "https://a..example", "https://.example", "https://meet.example../x"]
PORTS = ["https://meet.example:99999/x", "https://meet.example:65536", "https://meet.example:0",
         "https://meet.example:000", "https://meet.example:" + "9" * 5000, "meet.example:99999"]
NONE = ["javascript:alert(1)", "JavaScript:alert(1)", "data:text/html,x", "mailto:a@b.example", "ftp://a.example",
        "//a.example", "the caf\u00e9", "", "https://", "https:///x", "https://[::1]/", "https://[2001:db8::1]/",
        "https://%6cocalhost.example/", "https://\uff11\uff12\uff17.0.0.1/", "https://127\u30020\u30020\u30021/",
        "https://127.0.0.1\u00ad/", "https://a_b.example", "https://--.--", "https://-meet.example",
        "https://meet-.example", f"https://{'a' * 64}.example"]
NAMED = ["https://meet.example@10.0.0.1/", "https://user:word@meet.example/", "https://@meet.example"]
NUMBERS = ["+49 30 1234567", "+49 (0) 30/1234", "(+1) 555-0100", "112", "4711 23", "+49 30\u20131234567",
           "+351.21.0000000", "0049 30 1234567", "(00) 49 30 1234567", "+683 4000"]
NO_COUNTRY = ["020 7946 0142", "(030) 12 34", "030\u20131234567", "1234567", "1234567890123456", "+030 1234567",
              "+0 1234567", "000 12", "00 030 1234567", "000"]
SHORT = ["+49 12", "+123", "00 12", "00 49 12", "+49 3012"]
LINES = ["phone +44 20 7946 0142", "sms: 4711", "the caf\u00e9, at noon", "call reception", "phone",
         "telling 020 7946 0142", "tel r.o@example.org", "chat https://meet.example/x", "smsing abc", ""]
NO_LINES = ["phone abc", "phone: 020 7946 0142", " Tel. 12", "SMS abc", "fine\nmobile ask me",
            "x\nchat https://a..example"]
NO_NUMBERS = ["ask me", "12", "", "+49 30 CALL-ME", "030 1234567 ext. 2", "tel:+4930123", "0301234;ext=5",
              "\u0660\u0661\u0662\u0663", "*21*123#", "+49+30", "030+1234567", "sms 030123456", "+",
              "+1234567890123456"]
PLACES = ["Room 5.12", "5.12", "the caf\u00e9: upstairs", "Phone box, Main Street", "tel:+4930123",
          "https://maps.example/x", "Room 5, https://maps.example/x", ""]
NO_PLACES = ["http://192.168.0.1/room", "the caf\u00e9, HTTPS://nas.local/map", "javascript:alert(1)",
             "Data:text/html,x", "ftp://a.example", "file:///etc/passwd", "https://a@b.example"]
MAILS = ["r.o@example.org", "a+b@x.example"]
NO_MAILS = ["nobody", "nobody@", "nobody@localhost", "a@10.0.0.1", "a@[10.0.0.1]", "a b@example.org",
            "a@example.org, b@example.org", "a@example.org\r\nbcc:b@example.org", "a@mail.local", "a@b..example"]


@pytest.mark.parametrize("link", PUBLIC)
def test_a_link_that_opens_from_everywhere_is_taken(link):
    assert ways.wrong_link(link) == ""


@pytest.mark.parametrize(("link", "words"), [*((link, ways.NOT_OUTSIDE) for link in PRIVATE),
                                             *((link, ways.NO_LINK) for link in NONE),
                                             *((link, ways.TOO_MANY_DOTS) for link in DOTTED),
                                             *((ways.web(link), ways.NO_PORT) for link in PORTS),
                                             *((link, ways.WITH_NAME) for link in NAMED)])
def test_a_link_that_cannot_work_is_refused_with_an_example(link, words):
    assert ways.wrong_link(link) == words
    assert "such as https://meet.example/room." in words


def test_a_place_is_words_but_a_link_in_it_works_from_everywhere():
    assert [ways.wrong_place(text) for text in PLACES] == [""] * len(PLACES)
    said = {text: ways.wrong_place(text) for text in NO_PLACES}
    assert all("such as https://meet.example/room." in words for words in said.values()), said


@pytest.mark.parametrize("link", [*PRIVATE, *DOTTED, *NAMED])
def test_a_link_that_was_kept_and_cannot_work_is_read_and_not_tapped(link):
    for channel in ("video", "chat", "in_person", None):
        assert partners.reach({"channel": channel, "link": link}, {}) == {"href": "", "words": link}
    line = f"chat: {link}"
    assert [(one["href"], one["own"]) for one in ways.of_card({"fallback": line})] == [("", line)]
    assert (ways.agreed("chat", link, "R")["href"], ways.agreed("chat", link, "R")["own"]) == ("", link)


@pytest.mark.parametrize("phone", [*NO_NUMBERS, *SHORT])
def test_a_number_that_was_kept_and_nobody_can_dial_is_read_and_not_tapped(phone):
    assert partners.reach({"channel": "phone", "phone": phone}, {}) == {"href": "", "words": phone}
    assert ways.by_phone(phone, "R") == []
    assert (ways.agreed("call", phone, "R")["href"], ways.agreed("text", phone, "R")["own"]) == ("", phone)


def test_a_number_that_was_kept_without_its_country_is_dialled_in_the_country():
    assert partners.reach({"channel": "phone", "phone": "030 1234567"}, {})["href"] == "tel:0301234567"


def test_a_number_that_cannot_be_dialled_is_refused_with_an_example():
    assert [ways.wrong_number(phone) for phone in NUMBERS] == [""] * len(NUMBERS)
    said = {phone: ways.wrong_number(phone) for phone in NO_NUMBERS}
    assert all("such as +49 30 1234567." in words for words in said.values()), said
    assert said["+1234567890123456"] == ways.LONG_NUMBER
    assert {ways.wrong_number(phone) for phone in NO_COUNTRY} == {ways.NO_COUNTRY}
    assert {ways.wrong_number(phone) for phone in SHORT} == {ways.SHORT_NUMBER}


def test_an_e_mail_address_needs_a_host_that_can_be_found():
    assert [ways.wrong_mail(address) for address in MAILS] == ["", ""]
    assert {ways.wrong_mail(address) for address in NO_MAILS} == {ways.NO_MAIL}


def test_a_line_that_begins_as_a_number_has_one_to_dial():
    assert [ways.wrong_lines(lines) for lines in LINES] == [""] * len(LINES)
    assert [ways.wrong_lines(lines) for lines in NO_LINES] == [
        ways.NO_NUMBER, ways.NO_COUNTRY, ways.NO_NUMBER, ways.NO_NUMBER, ways.NO_NUMBER, ways.TOO_MANY_DOTS]


def test_among_lines_the_first_link_that_cannot_work_is_told():
    assert ways.wrong_lines("phone +1 555 0100\nchat https://chat.example\nthe caf\u00e9") == ""
    assert ways.wrong_lines("chat https://chat.example\nvideo http://10.0.0.1\nhttps://a@b.example") == ways.NOT_OUTSIDE
    assert ways.wrong_lines("javascript:alert(1)") == ""  # words, and never a link


# -- an agreement's ----------------------------------------------------------------------------------------------------

@pytest.mark.parametrize(("by", "address", "href", "icon"), [
    ("call", "+49 (0)30 12345", "tel:+493012345", "call"), ("video", "https://meet.example", "https://meet.example",
                                                            "video"),
    ("chat", "https://chat.example", "https://chat.example", "chat"), ("mail", "a@b.example", "mailto:a@b.example",
                                                                       "letter"),
    ("other", "https://meet.example", "", "people"), ("video", "javascript:alert(1)", "", "people"), ("call", "ask", "",
                                                                                                      "people"),
    ("mail", "nobody", "", "people")])
def test_what_can_be_tapped_is_and_the_rest_stands_as_words(by, address, href, icon):
    found = ways.agreed(by, address, "R. O.")
    assert (found["href"], found["icon"]) == (href, icon)
    assert href or found["own"] == address


@pytest.mark.parametrize("address", [
    "a@b.example?bcc=c", "a?bcc=c&body=x#y@b.example", "a%3Fbcc=c@b.example", "a&b@c.example"])
def test_a_letter_goes_to_that_address_alone(address):
    for way in (ways.agreed("mail", address, "R. O."), *ways.of_card({"fallback": f"mail {address}"})):
        to, *rest = urlsplit(way["href"])[2:]
        assert (unquote(to), rest) == (address, ["", ""]) and way["small"] == address


def test_a_text_message_is_written_already():
    found = ways.agreed("text", "+49 30 12345", "R. O.")
    assert found["href"].startswith("sms:+493012345?body=It%20does%20not%20work%20here.")
    assert found["small"] == "+49 30 12345"


def test_ways_are_said_in_a_sentence():
    found = [ways.agreed("call", "+49 30 12345", ""), ways.agreed("other", "the caf\u00e9", "")]
    assert ways.in_words(found, 5) == "We wait 5 minutes, then phone, then the caf\u00e9."
    assert ways.in_words(found[:1], 1) == "We wait 1 minute, then phone."
    assert ways.in_words([], 5) == ""
    assert [ways.named(one) for one in found] == ["phone +49 30 12345", "the caf\u00e9"]


def test_a_session_goes_on_as_planned_or_by_one_of_the_ways():
    found = [ways.agreed("call", "+49 30 12345", ""), ways.agreed("text", "+49 30 12345", "")]
    assert ways.ways_on(found, "video") == ["video", "phone", "text"]
    assert ways.ways_on(found, "phone") == ["phone", "text"]
    assert ways.ways_on([], "in_person") == ["phone", "text"]


@pytest.mark.parametrize(("session", "first"), [
    ({"channel": "phone"}, "chat"), ({"channel": "phone", "phone": "+49 30 99999"}, "call"), ({}, "call"),
    ({"link": "https://chat.example/x"}, "call"), ({"channel": "in_person", "link": "https://chat.example/x"}, "call")])
def test_the_way_by_which_a_session_was_to_be_comes_last(session, first):
    card = {"phone": "+49 (0)30 12345"}
    found = [ways.agreed("call", "+49 30 12345", ""), ways.agreed("chat", "https://chat.example/x", ""),
             ways.agreed("other", "the caf\u00e9", "")]
    ordered = ways.others_first(found, session, card)
    assert ordered[0]["icon"] == first and sorted(map(str, ordered)) == sorted(map(str, found))


def test_of_one_way_alone_nothing_is_left_out():
    found = [ways.agreed("call", "+49 30 12345", "")]
    assert ways.others_first(found, {"channel": "phone", "phone": "+49 30 12345"}, {}) == found
    assert ways.others_first([ways.words("the caf\u00e9")], {"channel": "phone"}, {}) == [ways.words("the caf\u00e9")]
