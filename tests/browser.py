"""Find the browsers of this machine; `python3 -m tests.browser` prints the path of Chromium, fetched if need be."""
from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from ctypes.util import find_library
from functools import cache
from pathlib import Path

ENGINES = ("chromium", "firefox")
SETTINGS = {"chromium": ("BROWSER_PATH", "CHROME_PATH"), "firefox": ("FIREFOX_PATH",)}
NAMES = {
    "chromium": ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "microsoft-edge",
                 "brave-browser"),
    "firefox": ("firefox-esr", "firefox"),
}
PLACES = {"chromium": (
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
    "/snap/bin/chromium",
), "firefox": ("/Applications/Firefox.app/Contents/MacOS/firefox",)}
QUESTION = {"chromium": ("--headless", "--no-sandbox", "--version"), "firefox": ("--headless", "--version")}
APT = ("apt-get", "-q", "-o", "DPkg::Lock::Timeout=600")
PACKAGES = ("chromium", "fonts-liberation", "fonts-noto-color-emoji")
NONE_HERE = "no browser: install Chromium or Chrome, or set BROWSER_PATH to one"
HOW_TO_GET_FIREFOX = "Firefox: `apt-get install firefox-esr`, or set FIREFOX_PATH to one"

HOW_TO_SHOW = "libnotify, with which Firefox shows notifications: `apt-get install libnotify4`"


def find(engine: str = "chromium") -> str | None:
    """The path of a browser that starts, or None. One that is named by a setting and does not start is an error."""
    for setting in SETTINGS[engine]:
        if named := os.environ.get(setting):
            if not _starts(engine, named):
                raise SystemExit(f"{setting}={named} is not a browser that starts")
            return named
    return next((path for path in _candidates(engine) if Path(path).exists() and _starts(engine, path)), None)


@cache
def path() -> str:
    """The browser of this run, fetched if need be; AssertionError without one: a missing browser never skips."""
    found = find() or fetch()
    assert found, NONE_HERE
    return found


@cache
def firefox() -> str | None:
    """The Firefox of this run; it is never fetched: a suite without it says so in its last line."""
    return find("firefox")


def engines() -> list[str]:
    """What the tests for several engines run in here. With CI set Firefox is never left out: it must be there."""
    return [engine for engine in ENGINES if engine == "chromium" or os.environ.get("CI") or firefox()]


@cache
def can_show(engine: str) -> bool:
    """Whether its notifications reach a desktop: Firefox loads a library for that, Chromium brings its own."""
    return engine == "chromium" or bool(find_library("notify"))


def showing() -> list[str]:
    """Those of `engines` whose notifications can be seen. With CI set none is left out here either."""
    return [engine for engine in engines() if os.environ.get("CI") or can_show(engine)]


def fetch() -> str | None:
    """Try Playwright's own download, then the system's packages; says each step. None when nothing helped.

    The installing step has no time limit: a package manager that is killed leaves a half-configured system.
    """
    for command, seconds in _ways():
        print("browser: " + " ".join(command), file=sys.stderr)
        try:
            subprocess.run(command, timeout=seconds, check=False, stdout=sys.stderr,
                           env={**os.environ, "DEBIAN_FRONTEND": "noninteractive"})
        except (OSError, subprocess.TimeoutExpired) as problem:
            print(f"browser: {problem}", file=sys.stderr)
        if found := find():
            return found
    return None


def node() -> str:
    """The Node that Playwright brings along: enough for `node --test`, and nobody has to install one."""
    import playwright
    return str(Path(playwright.__file__).parent / "driver" / "node")


def _candidates(engine: str) -> Iterator[str]:
    if engine == "chromium":
        yield from _playwrights_own()
    yield from filter(None, map(shutil.which, NAMES[engine]))
    yield from PLACES[engine]


def _playwrights_own() -> Iterator[str]:
    """Where Playwright keeps browsers that it downloaded (its documentation, Managing browser binaries)."""
    places = [os.environ.get("PLAYWRIGHT_BROWSERS_PATH"), "~/.cache/ms-playwright", "~/Library/Caches/ms-playwright"]
    for place in filter(None, places):
        for pattern in ("chromium-*/chrome-linux*/chrome", "chromium-*/chrome-mac*/*.app/Contents/MacOS/*"):
            yield from map(str, sorted(Path(place).expanduser().glob(pattern), reverse=True))


def _starts(engine: str, candidate: str) -> bool:
    """A file is not enough: on some systems it only says how to install the browser."""
    try:
        command = [candidate, *QUESTION[engine]]
        return subprocess.run(command, capture_output=True, timeout=60, check=False).returncode == 0
    except (OSError, subprocess.TimeoutExpired):
        return False


def _ways() -> Iterator[tuple[list[str], float | None]]:
    yield [sys.executable, "-m", "playwright", "install", "--no-shell", "chromium"], 600
    root = [] if os.geteuid() == 0 else ["sudo", "-n"]
    if shutil.which("apt-get"):
        yield [*root, *APT, "update"], 600
        yield [*root, *APT, "install", "-y", "--no-install-recommends", *PACKAGES], None
    elif shutil.which("dnf"):
        yield [*root, "dnf", "install", "-y", "chromium"], None
    elif shutil.which("brew"):
        yield ["brew", "install", "--cask", "chromium"], None


if __name__ == "__main__":
    print(path())
