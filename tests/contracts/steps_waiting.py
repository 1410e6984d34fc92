"""What *Waiting* says on both servers of what does not wait. Step n is asked at 9:00 UTC and n minutes."""
from __future__ import annotations

NOBODY = "00000000-0000-4000-8000-00000000ffff"

STEPS = [
    *[("GET", f"/waiting/{id}/{what}") for id in (NOBODY, "constructor", "x" * 300) for what in ("edit", "discard")],
    *[("GET", f"/waiting/drafts/{id}/drop") for id in (NOBODY, "__proto__")],
    ("POST", f"/waiting/{NOBODY}/edit", {"record": NOBODY, "text": "Too late."}),
    ("POST", "/waiting/send", {}),
    ("GET", "/waiting/line"),
]
