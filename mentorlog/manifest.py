"""How the app is installed: the W3C Web Application Manifest, with what browsers added to it."""
from __future__ import annotations

from typing import Any

from flask import url_for

from . import files

NAME = "mentorlog"
PAPER = "#f5f2eb"
DESCRIPTION = "A private mentoring journal that works with no network."
SHORTCUT_PIXELS = 96
SHARED = ("title", "text", "url")
# Name, endpoint, icon of what a long press on the app's icon offers.
SHORTCUTS = (("Write an entry", "journal.new", "write"), ("Something came up", "agenda.new", "came-up"),
             ("Next session", "agenda.index", "sessions"))
# File, width, height, for which form of window, what it shows. A device does not keep them.
SCREENSHOTS = (
    ("phone-today", 540, 1170, "narrow", "Today: the next session, and what to prepare"),
    ("phone-journal", 540, 1170, "narrow", "The journal, tied to the sessions"),
    ("phone-goals", 540, 1170, "narrow", "Goals with their steps"),
    ("desktop-journal", 1280, 800, "wide", "The journal beside the entry that is read"),
    ("desktop-session", 1280, 800, "wide", "A session with its agenda"),
)


def described() -> dict[str, Any]:
    """The manifest.

    A launch keeps the window that is open, where `static/js/launch.js` decides: what is being typed comes first.
    """
    return {
        "name": NAME, "short_name": NAME, "id": "/", "start_url": url_for("today.index"), "scope": "/",
        "description": DESCRIPTION, "categories": ["productivity"], "lang": "en", "dir": "auto",
        "display": "standalone", "display_override": ["window-controls-overlay", "standalone"], "orientation": "any",
        "background_color": PAPER, "theme_color": PAPER,
        "launch_handler": {"client_mode": ["focus-existing", "auto"]}, "handle_links": "preferred",
        "icons": [*(icon(name, size, name) for name in ("any", "maskable") for size in (192, 512)),
                  icon("monochrome", 512, "monochrome")],
        "shortcuts": [{"name": name, "url": url_for(endpoint), "icons": [icon(f"shortcut-{sign}", SHORTCUT_PIXELS)]}
                      for name, endpoint, sign in SHORTCUTS],
        "share_target": {"action": url_for("agenda.share"), "method": "POST", "enctype": "multipart/form-data",
                         "params": {name: name for name in SHARED}},
        "screenshots": [screenshot(*one) for one in SCREENSHOTS],
    }


def icon(name: str, size: int, purpose: str = "any") -> dict[str, str]:
    """A square picture of ours."""
    return {"src": files.url(f"icons/{name}-{size}.png"), "sizes": f"{size}x{size}", "type": "image/png",
            "purpose": purpose}


def screenshot(name: str, width: int, height: int, form: str, label: str) -> dict[str, str]:
    """A picture of the app, for whoever is asked whether to install it."""
    return {"src": files.url(f"screenshots/{name}.webp"), "sizes": f"{width}x{height}", "type": "image/webp",
            "form_factor": form, "label": label}
