"""Another device of ada's that speaks HTTP and nothing else: quick enough to write for a year."""
from __future__ import annotations

import json
import re
from typing import Any

from tests.cast import ZONE
from tests.contracts.conversation import FlaskSide
from tests.processes import Server

JSON = {"Content-Type": "application/json"}
MOST = 500


class ByHttp(FlaskSide):
    """Signed in with a device of its own. It hears nothing of what others write."""

    def __init__(self, server: Server, name: str = "ada") -> None:
        super().__init__(server.url, name)
        page = self.ask("GET", "/arrive", {}, None).body
        self.person, self.device = (re.search(f'data-{word}="([^"]+)"', page)[1] for word in ("person", "device"))

    def send(self, changes: list[dict[str, Any]]) -> None:
        """All of them are taken as they are."""
        for at in range(0, len(changes), MOST):
            some = changes[at:at + MOST]
            asked = {"v": 1, "person": self.person, "device": self.device, "zone": ZONE, "sent_at": None,
                     "epoch": None, "cursor": 0, "told": False, "changes": some}
            told = json.loads(self.ask("POST", "/sync", JSON, json.dumps(asked)).body)
            assert {one["outcome"] for one in told["outcomes"].values()} == {"accepted"}, told["outcomes"]
