"""Bad input to POST /sync: each gets a clear answer, and what is good in the same request is taken."""
from __future__ import annotations

import gzip
import json
import zlib

import pytest

from mentorlog import records
from mentorlog.models import Device, Record
from mentorlog.sync import wire
from tests.cast import OURS, sign_in
from tests.sync.asking import change, request

JSON = {"Content-Type": "application/json"} | OURS
ID = "00000000-0000-4000-8000-000000000001"


@pytest.fixture
def phone(client, cast):
    """ada's browser, signed in; `phone.device` is its row."""
    sign_in(client, "ada")
    client.device = Device.get(Device.person == cast.ada.id)
    return client


def post(phone, body, **headers):
    data = body if isinstance(body, bytes) else json.dumps(body).encode()
    return phone.post("/sync", data=data, headers=JSON | headers)


def sent(phone, *changes, **more):
    """The reply to a request that is well but for its changes."""
    reply = post(phone, request(phone.device, list(changes), **more))
    assert reply.status_code == 200, reply.get_data(as_text=True)
    return reply.json


def error(reply):
    return reply.status_code, reply.json["error"]


def test_a_good_request_is_answered(phone):
    made = change("entry", text="Hello.")
    told = sent(phone, made)
    assert told.keys() == {"epoch", "names", "home", "cursor", "more", "outcomes", "records"}
    assert told["outcomes"] == {made["id"]: {"outcome": "accepted"}}
    assert told["records"] == [{"id": made["record"], "rev": made["id"], "echo": True}]


NOT_JSON = [b"", b"{", b"\xff\xfe", b"[" * 100_000, b"{\"a\":" * 50_000, b"nope", b"9" * 5_000, b"\x1f\x8b", b"'a'"]


def test_what_is_no_json_is_said_to_be_none(phone):
    for body in NOT_JSON:
        assert error(post(phone, body)) == (422, "not_json"), body[:40]


def test_what_is_packed_wrongly_is_said_to_be_no_json(phone):
    for body in (b"", b"abc", gzip.compress(b"{}")[:-4], gzip.compress(b"{}")[:10] + b"\xff" * 20):
        assert error(post(phone, body, **{"Content-Encoding": "gzip"})) == (422, "not_json"), body


MALFORMED = [
    {"person": None}, {"person": 5}, {"person": ""}, {"person": "x" * 65}, {"device": []}, {"epoch": 7}, {"epoch": ""},
    {"cursor": -1}, {"cursor": 1.5}, {"cursor": "4"}, {"cursor": True}, {"cursor": None}, {"cursor": 2**53},
    {"cursor": 10**400}, {"cursor": float("nan")}, {"cursor": float("inf")}, {"told": 1}, {"told": "yes"}, {"zone": 5},
    {"sent_at": 5}, {"changes": None}, {"changes": {}}, {"changes": "x"}, {"changes": [None]}, {"changes": [[]]},
    {"changes": [{}]}, {"changes": [{"id": 5, "record": ID}]}, {"changes": [{"id": ID, "record": []}]}, {"v": "1"},
    {"changes": [{"id": "\ud83d", "record": ID}]}, {"changes": [{"id": "a\0", "record": ID}]}, {"v": True},
    {"changes": [{"id": "x" * 65, "record": ID}]}, {"v": None}, {"v": 1.0}, {"v": float("nan")}]


def test_a_request_that_cannot_be_answered_is_malformed(phone):
    for wrong in MALFORMED:
        assert error(post(phone, request(phone.device) | wrong)) == (422, "malformed"), str(wrong)[:60]


def test_another_shape_is_malformed(phone):
    for body in (None, [], "x", 5, {}, True, [[[]]], {"__proto__": {"v": 1}}):
        assert error(post(phone, body)) == (422, "malformed"), body


def test_another_version_is_told_to_reload(phone):
    for version in (wire.VERSION + 1, wire.VERSION - 2, 10**400):
        assert error(post(phone, request(phone.device, v=version))) == (422, "upgrade")
    assert post(phone, request(phone.device, v=wire.VERSION - 1)).status_code == 200


def test_too_many_changes_are_too_big(phone):
    one = {"id": "a", "record": "b"}
    assert error(post(phone, request(phone.device, [one] * 1_001))) == (413, "too_big")
    packed = gzip.compress(json.dumps(request(phone.device, [one] * 100_000)).encode())
    assert error(post(phone, packed, **{"Content-Encoding": "gzip"})) == (413, "too_big")


def test_too_many_bytes_are_too_big(phone):
    large = request(phone.device, [change("entry", text="x" * 10_000_000)])
    assert post(phone, large).status_code == 413
    bomb = zlib.compressobj(9, zlib.DEFLATED, 31)
    packed = b"".join(bomb.compress(b" " * 1_000_000) for _ in range(50)) + bomb.flush()
    assert error(post(phone, packed, **{"Content-Encoding": "gzip"})) == (413, "too_big")


def test_another_name_is_never_taken(phone, cast):
    assert error(post(phone, request(phone.device) | {"person": cast.bela.id})) == (409, "other_person")
    assert error(post(phone, request(phone.device) | {"device": ID})) == (409, "other_device")


def test_nobody_is_told_to_sign_in(client):
    assert error(post(client, {})) == (401, "signed_out")


REFUSED = [
    ({"kind": "diary"}, "unknown_kind", None), ({"kind": "__proto__"}, "unknown_kind", None),
    ({"kind": None}, "unknown_kind", None), ({"kind": []}, "unknown_kind", None), ({"kind": {}}, "unknown_kind", None),
    ({"kind": "Entry"}, "unknown_kind", None), ({"kind": "Kind"}, "unknown_kind", None),
    ({"fields": None}, "malformed", None), ({"fields": {}}, "malformed", None), ({"fields": []}, "malformed", None),
    ({"fields": "text"}, "malformed", None), ({"record": "x"}, "malformed", None),
    ({"record": ID[:-1] + "A"}, "malformed", None), ({"id": "not-a-uuid"}, "malformed", None),
    ({"base": 5}, "malformed", None), ({"base": "x"}, "malformed", None),
    ({"after": ID}, "malformed", None), ({"was": {}}, "malformed", None), ({"made_at": 5}, "malformed", None),
    ({"made_at": "yesterday"}, "malformed", None), ({"made_at": "2026-11-24"}, "malformed", None),
    ({"fields": {"owner": ID}}, "unknown_field", "owner"), ({"fields": {"rev": ID}}, "unknown_field", "rev"),
    ({"fields": {"__proto__": {}}}, "unknown_field", "__proto__"), ({"fields": {"?": 1}}, "unknown_field", "?"),
    ({"fields": {"constructor": 1}}, "unknown_field", "constructor"), ({"fields": {"": 1}}, "unknown_field", ""),
    ({"fields": {"text": "x" * 60_001}}, "too_long", "text"), ({"fields": {"title": "😀" * 201}}, "too_long", "title"),
    ({"fields": {"text": "\0"}}, "invalid", "text"), ({"fields": {"text": "\ud83d"}}, "invalid", "text"),
    ({"fields": {"text": "a\r\nb"}}, "invalid", "text"), ({"fields": {"text": None}}, "invalid", "text"),
    ({"fields": {"text": 5}}, "invalid", "text"), ({"fields": {"text": ["x"]}}, "invalid", "text"),
    ({"fields": {"text": float("nan")}}, "invalid", "text"), ({"fields": {"deleted": 1}}, "invalid", "deleted"),
    ({"fields": {"binned_at": "0000-01-01T00:00:00.000Z"}}, "invalid", "binned_at"),
    ({"fields": {"tags": [[[[[[]]]]]]}}, "invalid", "tags"), ({"fields": {"session": "x"}}, "invalid", "session")]


def test_a_bad_change_is_refused_alone_by_its_field(phone):
    for wrong, why, field in REFUSED:
        bad, good = change("entry", text="Hello.") | wrong, change("entry", text="Hello.")
        told = sent(phone, bad, good)
        want = {"outcome": "refused", "why": why} | ({"field": field} if field else {})
        assert told["outcomes"] == {bad["id"]: want, good["id"]: {"outcome": "accepted"}}
        assert Record.get_or_none(Record.id == bad["record"]) is None
        assert Record.get_by_id(good["record"]).fields == {"text": "Hello."}
        assert records.words(why, "entry", field).endswith(".")


STRANGE = ["\u202eright to left\u202c", "👩‍🚀" * 100, "<script>alert(1)</script>", "__proto__", "constructor", "%00",
           "' OR 1=1 --", "[x](javascript:alert(1))", "\u2028\u2029", "a\nb", " ", "\\u0000", "\x1b[31m", "\ufeff"]


def test_a_strange_text_comes_back_as_it_was(phone):
    made = [change("entry", text=text, tags=["__proto__", "constructor"]) for text in STRANGE]
    assert {one["outcome"] for one in sent(phone, *made)["outcomes"].values()} == {"accepted"}
    rows = {row["id"]: row for row in sent(phone)["records"]}
    for one, text in zip(made, STRANGE, strict=True):
        assert rows[one["record"]]["fields"] == {"text": text, "tags": ["__proto__", "constructor"]}


def test_deep_nesting_is_refused_alone(phone):
    deep = "x"
    for _ in range(500):
        deep = [deep]
    bad = change("goal", text="a", steps=deep)
    assert sent(phone, bad)["outcomes"] == {bad["id"]: {"outcome": "refused", "why": "invalid", "field": "steps"}}


def test_what_an_author_saw_may_be_anything(phone):
    made = change("entry", text="Hello.")
    sent(phone, made)
    deep = {"text": [[[]]], "tags": {"a": 1}, "__proto__": {"text": "x"}, "title": "\ud83d", "binned_at": 10**400}
    late = change("entry", made["record"], stands={"was": deep}, text="Other.")
    assert sent(phone, late)["outcomes"][late["id"]]["outcome"] == "kept"


def test_a_clock_may_say_anything(phone):
    for sent_at in ("", "x", "0000-00-00T00:00:00.000Z", "+275760-09-13T00:00:00.000Z", "9999-12-31T23:59:59.999Z"):
        assert sent(phone, change("entry", text="x"), sent_at=sent_at)["outcomes"]


def test_keys_that_nobody_knows_are_passed_over(phone):
    made = change("entry", text="Hello.") | {"owner": ID, "rev": ID, "n": 5, "__proto__": {}, "person": ID}
    assert sent(phone, made, owner=ID, names="x")["outcomes"] == {made["id"]: {"outcome": "accepted"}}
    assert Record.get_by_id(made["record"]).owner == phone.device.person
