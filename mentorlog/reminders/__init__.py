"""Reminders on their way: what is due goes out once to each device, whatever dies in between.

`due` writes what is to be said; here it is fanned out to deliveries, one for each device, which are claimed by a
lease and sent outside any transaction. A worker that is killed loses its lease and another one sends again; the
push service (by `Topic`) and the device (by `tag`) let the second message take the place of the first.
"""
from __future__ import annotations

from .claiming import LEASE, Job, claim
from .fanning import fan_out
from .letters import open_post
from .loop import run_forever, tick
from .pulse import told
from .routes import bp
from .snoozing import SNOOZE, snooze

__all__ = ["LEASE", "SNOOZE", "Job", "bp", "claim", "fan_out", "open_post", "run_forever", "snooze", "tick", "told"]
