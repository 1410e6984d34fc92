"""The secret address of a calendar feed on its page: shown until one leaves it, and to nobody else."""
from __future__ import annotations

import re

import pytest

from tests.cast import OURS, sign_in

ADDRESS = re.compile(r'<code class="own" id="address" dir="ltr">http://localhost(/calendar/([\w-]{43})\.ics)</code>')


def test_the_address_stays_while_it_is_chosen_what_it_carries(app, cast) -> None:
    client = sign_in(app.test_client(), "ada")
    page = client.post("/account/calendar/new", headers=OURS).get_data(as_text=True)
    secret = ADDRESS.search(page)[2]
    assert f'<input type="hidden" name="secret" value="{secret}">' in page and "until you leave this page" in page
    for _ in range(2):
        reply = client.post("/account/calendar/carries", data={"goals": "1", "secret": secret}, headers=OURS)
        assert reply.status_code == 200 and reply.headers["Cache-Control"] == "no-store"
        kept = reply.get_data(as_text=True)
        assert ADDRESS.search(kept)[2] == secret and "the next time it asks" in kept
        assert 'name="goals" value="1" type="checkbox" role="switch" checked' in kept
    assert "address-h" not in client.get("/account/calendar").get_data(as_text=True)


@pytest.mark.parametrize("secret", ["x", "\x00", "<b>", "é" * 200])
def test_a_secret_that_is_not_ones_own_is_not_shown_again(app, cast, secret: str) -> None:
    page = sign_in(app.test_client(), "ada").post("/account/calendar/new", headers=OURS).get_data(as_text=True)
    theirs = ADDRESS.search(page)[2]
    dan = sign_in(app.test_client(), "dan")
    for typed in (secret, theirs):
        reply = dan.post("/account/calendar/carries", data={"secret": typed}, headers=OURS)
        assert reply.status_code == 303 and typed not in reply.get_data(as_text=True)
