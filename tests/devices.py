"""Phones and desktops: contexts of a real browser that talk to the server through the proxy, and their fixtures."""
from __future__ import annotations

import contextlib
import re
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Error,
    Page,
    Playwright,
    WebError,
    expect,
    sync_playwright,
)

from tests import browser as finder
from tests.processes import kill_all_with
from tests.proxy import FaultProxy

PHONE = {"viewport": {"width": 360, "height": 780}, "has_touch": True, "is_mobile": True, "device_scale_factor": 2}
DESKTOP = {"viewport": {"width": 1280, "height": 800}}
COMMON = {"permissions": ["notifications"], "service_workers": "allow", "locale": "en-GB",
          "timezone_id": "Europe/Berlin"}
# Moving the old page out and the new one in is a tenth of what a browser does: who has this phone wants no motion.
STILL = {"reduced_motion": "reduce"}
WAIT_MS = 10_000
EXPECT_MS, PATIENT_MS = 5_000, 30_000  # how long a page may take: as the library has it, and on a loaded machine
# The list of features takes the place of Playwright's and begins with what that has for Chromium. The last of it:
# since 156 each window loads a page of Chromium's own for its address line, which took half of what a new device costs.
WITHOUT = (
    "AvoidUnnecessaryBeforeUnloadCheckSync", "BoundaryEventDispatchTracksNodeRemoval", "DestroyProfileOnBrowserClose",
    "DialMediaRouteProvider", "GlobalMediaControls", "HttpsUpgrades", "LensOverlay", "MediaRouter", "PaintHolding",
    "ThirdPartyStoragePartitioning", "Translate", "AutoDeElevate", "RenderDocument", "OptimizationHints",
    "WebUIOmniboxPopup", "WebUIOmniboxAimPopup", "WebUIOmniboxFullPopup",
)
# Nothing leaves the machine: a name that is not ours does not exist.
ARGUMENTS = ["--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE 127.0.0.1", "--disable-quic",
             f"--disable-features={','.join(WITHOUT)}"]
# Firefox has no such list: every other name goes to a proxy that is not there. The rest it would only ask for in vain.
PREFERENCES = {
    "network.proxy.type": 1, "network.proxy.http": "127.0.0.1", "network.proxy.http_port": 9,
    "network.proxy.ssl": "127.0.0.1", "network.proxy.ssl_port": 9,
    "network.proxy.no_proxies_on": "127.0.0.1, localhost",
    "network.captive-portal-service.enabled": False, "network.connectivity-service.enabled": False,
    "app.normandy.enabled": False, "extensions.update.enabled": False,
    "services.settings.server": "data:,#remote-settings-dummy/v1", "toolkit.telemetry.server": "http://127.0.0.1:9/",
}
NOT_IN_FIREFOX = {"is_mobile"}
# A browser says so of every reply from 400 on and of every broken line; the tests say themselves what they expect.
# A page that is left ends its own requests and its view transition, and says so on its last breath; Firefox also of its
# modules, Chromium of a worker on its way. (Of what is not there at all it says other words, and these fail a test.)
NO_ERROR = ("Failed to load resource", "Failed to load ‘", "htmx: htmx:error: Failed to fetch",
            "htmx: htmx:error: NetworkError when attempting to fetch", "Transition was ",
            "error loading dynamically imported module", "An unknown error occurred when fetching the script.")
# Chromium says the same of a module of a page that is left and of one that is not there: only the first is no error.
MODULE = re.compile(r"Failed to fetch dynamically imported module: \S+/(js/[\w-]+\.js)")
STATIC = Path(__file__).resolve().parent.parent / "static"


@dataclass
class Console:
    """What pages and workers complain about. Anything left at the end of the test fails it."""

    errors: list[str] = field(default_factory=list)
    allowed: list[str] = field(default_factory=list)

    def allow(self, pattern: str) -> None:
        """This test provokes errors like this one."""
        self.allowed.append(pattern)

    def listen(self, context: BrowserContext) -> None:
        context.on("console", self._message)
        context.on("weberror", self._error)

    def unexpected(self) -> list[str]:
        return [text for text in self.errors if not any(re.search(pattern, text) for pattern in self.allowed)]

    def _message(self, message: ConsoleMessage) -> None:
        if message.type == "error" and not message.text.startswith(NO_ERROR):
            self.errors.append(message.text)

    def _error(self, error: WebError) -> None:
        text = str(error.error)
        module = MODULE.match(text)
        if not text.startswith(NO_ERROR) and not (module and (STATIC / module[1]).exists()):
            self.errors.append(text)


class OwnPhone:
    """A phone whose browser is a process of its own with a folder of its own: it can be closed, killed and reopened."""

    def __init__(self, playwright: Playwright, folder: Path, console: Console, base_url: str) -> None:
        self.playwright, self.folder, self.console, self.base_url = playwright, folder, console, base_url
        self.context: BrowserContext | None = None

    def open(self, **options: Any) -> Page:
        """Start the browser; returns its one page, blank. options: of Playwright, beside ours or in their place."""
        self.context = self.playwright.chromium.launch_persistent_context(
            self.folder, executable_path=finder.path(), args=ARGUMENTS, base_url=self.base_url,
            **{**PHONE, **COMMON, **STILL, **options})
        self.context.set_default_timeout(WAIT_MS)
        self.console.listen(self.context)
        return self.context.pages[0]

    def close(self) -> None:
        """Close it as a person does."""
        if self.context:
            self.context.close()
        self.context = None

    def kill(self) -> None:
        """SIGKILL the whole browser."""
        kill_all_with(f"--user-data-dir={self.folder}")
        with contextlib.suppress(Error):  # Playwright may or may not have noticed yet
            self.close()
        self.context = None


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    """Playwright, once per process. From now on an asyncio loop runs in the main thread."""
    with sync_playwright() as running:
        yield running


def launch(playwright: Playwright, engine: str) -> Browser:
    """A browser of this engine; AssertionError when there is none on this machine."""
    if engine == "chromium":
        return playwright.chromium.launch(executable_path=finder.path(), args=ARGUMENTS)
    assert finder.firefox(), f"no {finder.HOW_TO_GET_FIREFOX}"
    # the channel says: by WebDriver BiDi, which an unchanged Firefox speaks
    return playwright.firefox.launch(channel="moz-firefox", executable_path=finder.firefox(),
                                     firefox_user_prefs=PREFERENCES)


@pytest.fixture(scope="session")
def browsers(playwright: Playwright) -> Iterator[Callable[[str], Browser]]:
    """Engine to browser: one of each per process, started when it is first asked for; devices are contexts in it."""
    started: dict[str, Browser] = {}

    def get(engine: str) -> Browser:
        if engine not in started:
            started[engine] = launch(playwright, engine)
        return started[engine]

    yield get
    for one in started.values():
        one.close()


@pytest.fixture(scope="session")
def browser(browsers: Callable[[str], Browser]) -> Browser:
    """The one Chromium of this process."""
    return browsers("chromium")


@pytest.fixture
def engine(request: pytest.FixtureRequest) -> str:
    """`chromium`, or what a test for several engines (mark `all_engines`) is just run in."""
    return getattr(request, "param", "chromium")


@pytest.fixture
def console() -> Iterator[Console]:
    """Collects errors on every device's console; `console.allow(pattern)` for those that the test provokes."""
    collected = Console()
    yield collected
    assert not collected.unexpected(), collected.unexpected()


@pytest.fixture
def device_at(browsers: Callable[[str], Browser], engine: str, console: Console) -> Iterator[Callable[..., Page]]:
    """Maker of devices on a line: `device_at(proxy, PHONE, timezone_id="Asia/Tokyo")` gives the page of a new one."""
    contexts: list[BrowserContext] = []

    def make(via: FaultProxy, kind: dict[str, Any] = PHONE, **options: Any) -> Page:
        wanted = {**kind, **COMMON, **STILL, **options}
        for name in NOT_IN_FIREFOX if engine == "firefox" else ():
            wanted.pop(name, None)
        context = browsers(engine).new_context(base_url=via.url, **wanted)
        context.set_default_timeout(WAIT_MS)
        console.listen(context)
        contexts.append(context)
        return context.new_page()

    yield make
    for context in contexts:
        context.close()


@pytest.fixture
def device(device_at: Callable[..., Page], proxy: FaultProxy) -> Callable[..., Page]:
    """The same on the line to `server`: `device(PHONE, via=another_proxy)`."""
    def make(kind: dict[str, Any] = PHONE, via: FaultProxy = proxy, **options: Any) -> Page:
        return device_at(via, kind, **options)
    return make


@pytest.fixture
def phone(device: Callable[..., Page]) -> Page:
    """The page of a phone of 360 × 780 that may show notifications. `phone.context` is the device."""
    return device(PHONE)


@pytest.fixture
def desktop(device: Callable[..., Page]) -> Page:
    """The page of a desktop of 1280 × 800: another device, on the same line."""
    return device(DESKTOP)


@pytest.fixture
def own_phone(playwright: Playwright, console: Console, proxy: FaultProxy, tmp_path: Path) -> Iterator[OwnPhone]:
    """A phone that can be killed and opened again cold; `page = own_phone.open()`."""
    made = OwnPhone(playwright, tmp_path / "browser", console, proxy.url)
    yield made
    made.close()
    shutil.rmtree(made.folder, ignore_errors=True)


@pytest.fixture
def patience() -> Iterator[None]:
    """What is expected of a page may take as long as a loaded machine needs."""
    expect.set_options(timeout=PATIENT_MS)
    yield
    expect.set_options(timeout=EXPECT_MS)
