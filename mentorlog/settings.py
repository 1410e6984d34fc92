"""How the app looks and when it may remind: one record for each person."""
from __future__ import annotations

from typing import Annotated

from . import records


class Settings(records.Private):
    """One for each person: its id is `name_id(names, "settings")`."""

    meaning = True

    theme: Annotated[str, records.choice("auto", "light", "dark")] = "auto"
    text_size: Annotated[str, records.choice("normal", "large", "largest")] = "normal"
    zone: records.Zone | None = None  # None: follow my phone
    remind: records.Flag = False
    quiet_from: records.Time | None = None
    quiet_until: records.Time | None = None
