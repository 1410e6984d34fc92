"""A device that is only a few lines of Python: it asks the server as a phone does, and keeps nothing."""
from __future__ import annotations

import gzip
import json
import re
import urllib.request
from typing import Any

from tests.contracts.conversation import FlaskSide

PERSON = re.compile(r'data-person="([^"]+)"')
DEVICE = re.compile(r'data-device="([^"]+)"')


class BareDevice(FlaskSide):
    """Ada, signed in over HTTP."""

    def __init__(self, url: str) -> None:
        super().__init__(url)
        page = self.ask("GET", "/arrive", {}, None).body
        self.person, self.device = PERSON.search(page)[1], DEVICE.search(page)[1]
        self.epoch: str | None = None
        self.cursor = 0

    def sync(self, changes: list[dict[str, Any]]) -> dict[str, Any]:
        """One request with these changes; the reply."""
        asked = {"v": 1, "person": self.person, "device": self.device, "zone": "Europe/Berlin", "epoch": self.epoch,
                 "cursor": self.cursor, "told": True, "changes": changes}
        headers = {"Content-Type": "application/json", "Content-Encoding": "gzip", "Accept-Encoding": "gzip",
                   "Sec-Fetch-Site": "same-origin"}
        body = gzip.compress(json.dumps(asked, ensure_ascii=False).encode(), 6)
        with self.opener.open(urllib.request.Request(f"{self.url}/sync", body, headers)) as reply:
            text = reply.read()
            packed = reply.headers.get("Content-Encoding") == "gzip"
        told = json.loads(gzip.decompress(text) if packed else text)
        self.epoch, self.cursor = told["epoch"], told["cursor"]
        return dict(told)

    def pull(self) -> int:
        """Page after page, until there are no more; how many records came."""
        count, more = 0, True
        while more:
            told = self.sync([])
            count, more = count + len(told["records"]), told["more"]
        return count
