"""Browsers with a folder of their own that subscribe at a stand-in and show on our notification area.

A folder of its own: Chromium's incognito contexts cannot subscribe, and one that is closed must find itself again.
"""
from __future__ import annotations

import os
from pathlib import Path

from playwright.sync_api import BrowserContext, Playwright

from tests import browser as finder
from tests import cast
from tests.devices import ARGUMENTS, COMMON, NOT_IN_FIREFOX, PHONE, PREFERENCES, WAIT_MS
from tests.push.autopush import Autopush
from tests.push.gcm import Gcm
from tests.push.notifications import NotificationArea

SERVICES = {"chromium": Gcm, "firefox": Autopush}
# Ours through D-Bus, as on a desktop. A click must open a window within the second that Firefox grants by itself.
NOTIFYING = {"alerts.useSystemBackend": True}


def start(playwright: Playwright, service: Gcm | Autopush, area: NotificationArea, folder: Path,
          base_url: str) -> BrowserContext:
    """The browser of this service, started cold; its one page is blank."""
    # a worker that a push wakes has no page whose time zone Playwright could set
    common = {**PHONE, **COMMON, "base_url": base_url, "env": {**os.environ, **area.environment, "TZ": cast.ZONE}}
    del common["permissions"]  # see `permit`
    begin = start_firefox if isinstance(service, Autopush) else start_chromium
    context = begin(playwright, service, folder, common)
    context.set_default_timeout(WAIT_MS)
    return context


def start_chromium(playwright: Playwright, service: Gcm, folder: Path, common: dict) -> BrowserContext:
    return playwright.chromium.launch_persistent_context(
        folder, executable_path=finder.path(), args=[*ARGUMENTS, *service.arguments], **common)


def start_firefox(playwright: Playwright, service: Autopush, folder: Path, common: dict) -> BrowserContext:
    """With its own arguments Playwright would also wait for a `load` that the first blank page of Firefox never has."""
    assert finder.firefox(), f"no {finder.HOW_TO_GET_FIREFOX}"
    assert finder.can_show("firefox"), f"no {finder.HOW_TO_SHOW}"
    wanted = {name: value for name, value in common.items() if name not in NOT_IN_FIREFOX}
    return playwright.firefox.launch_persistent_context(
        folder, channel="moz-firefox", executable_path=finder.firefox(), ignore_default_args=True,
        args=["--remote-debugging-port=0", "--headless", "--profile", str(folder)],
        firefox_user_prefs={**PREFERENCES, **NOTIFYING, **service.preferences}, **wanted)


def permit(context: BrowserContext, service: Gcm | Autopush, site: str, allowed: bool) -> None:
    """Let a site notify, or not any more, as a person does in the browser's settings.

    What Playwright grants Chromium is an override, of which the part of it that keeps subscriptions never hears. Taken
    back, Chromium has blocked the site and Firefox will ask again: Playwright knows no other way with that one.
    """
    if isinstance(service, Gcm):
        page = context.new_page()
        page.goto("chrome://settings/content/notifications")
        page.evaluate("choice => chrome.send('setOriginPermissions', choice)",
                      [site, "notifications", "allow" if allowed else "block"])
        page.close()
    else:
        context.grant_permissions(["notifications"], origin=site)
        if not allowed:
            context.clear_permissions()  # of those that it knows of, hence the line before it
