"""Mozilla's half of push for a real Firefox: the WebSocket on which it registers and messages come (autopush).

Firefox asks whatever `dom.push.serverURL` names. The endpoints that it is told are Mozilla's, as a real server's are;
`PushService.connect` leads them here.
"""
from __future__ import annotations

import uuid
from collections.abc import Awaitable, Callable
from typing import Any

from aiohttp import WSCloseCode, WSMsgType, web

from tests.push.service import PushService, decoded, unpadded

MOZILLA = "https://updates.push.services.mozilla.com"


class Autopush(PushService):
    """A push service with Firefoxes. A browser is here known by the id (`uaid`) that it was given."""

    def __init__(self) -> None:
        super().__init__()
        self.lines: dict[str, web.WebSocketResponse] = {}

    @property
    def preferences(self) -> dict[str, Any]:
        """What Firefox must be started with. Its remote agent would otherwise switch push off (`recommended`)."""
        return {"remote.prefs.recommended": False, "dom.push.connection.enabled": True,
                "dom.push.serverURL": f"ws://127.0.0.1:{self.port}/", "dom.push.retryBaseInterval": 200,
                "dom.push.testing.allowInsecureServerURL": True}

    def forget(self) -> None:
        """Lose every browser, as a service does that was set up anew: each gets a new id when it is here again."""
        for token in list(self.subscriptions):
            self.expire(token)
        self.queue.clear()
        for line in list(self.lines.values()):
            self.run(line.close(code=WSCloseCode.GOING_AWAY))

    def routes(self) -> list[web.RouteDef]:
        return [web.get("/", self.line), web.post("/wpush/v2/{token}", self.push)]

    async def line(self, request: web.Request) -> web.WebSocketResponse:
        """One browser's connection, until it ends."""
        line, browser = web.WebSocketResponse(protocols=("push-notification",)), ""
        await line.prepare(request)
        answers: dict[str | None, Callable[..., Awaitable[str | None]]] = {
            "hello": self.hello, "register": self.register, "unregister": self.unregister, "ack": self.ack}
        async for frame in line:
            if frame.type != WSMsgType.TEXT:
                break
            said = frame.json()
            answer = answers.get(said.get("messageType"))
            browser = (answer and await answer(line, browser, said)) or browser
            if not answer:
                await line.send_str("{}")  # a ping
        if self.lines.get(browser) is line:
            del self.lines[browser]
        self.tell()
        return line

    async def hello(self, line: web.WebSocketResponse, _: str, said: dict[str, Any]) -> str:
        """A browser is here: what waited for it follows."""
        browser = said.get("uaid") if said.get("uaid") in self.queue else uuid.uuid4().hex
        self.queue.setdefault(browser, {})
        self.lines[browser] = line
        await line.send_json({"messageType": "hello", "uaid": browser, "status": 200, "use_webpush": True,
                              "broadcasts": {}})
        for id in list(self.queue[browser]):
            await self.deliver(browser, id)
        self.tell()
        return browser

    async def register(self, line: web.WebSocketResponse, browser: str, said: dict[str, Any]) -> None:
        token = unpadded(uuid.uuid4().bytes)
        self.subscriptions[token] = {"browser": browser, "key": decoded(said["key"]), "channel": said["channelID"]}
        await line.send_json({"messageType": "register", "channelID": said["channelID"], "status": 200,
                              "pushEndpoint": f"{MOZILLA}/wpush/v2/{token}"})
        self.tell()

    async def unregister(self, line: web.WebSocketResponse, _: str, said: dict[str, Any]) -> None:
        for token in [token for token, one in self.subscriptions.items() if one["channel"] == said["channelID"]]:
            self.expire(token)
        await line.send_json({"messageType": "unregister", "channelID": said["channelID"], "status": 200})
        self.tell()

    async def ack(self, _: web.WebSocketResponse, browser: str, said: dict[str, Any]) -> None:
        self.acknowledge(browser, [one["version"] for one in said["updates"]])

    async def deliver(self, browser: str, id: str) -> None:
        message, line = self.queue[browser][id], self.lines.get(browser)
        subscription = self.subscriptions.get(message["token"])
        if self.outdated(browser, id) or not line or not subscription:
            return
        await line.send_json({
            "messageType": "notification", "channelID": subscription["channel"], "version": id, "ttl": message["ttl"],
            "data": unpadded(message["body"]), "headers": {"encoding": "aes128gcm"}})
