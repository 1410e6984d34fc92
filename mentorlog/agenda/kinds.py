"""The kind: a line of an agenda."""
from __future__ import annotations

from typing import Annotated

from .. import records


class Line(records.Paired):
    """One line of an agenda."""

    text: records.Line300 = ""
    session: records.Ref | None = None
    pocket: Annotated[str, records.choice("progress", "question", "birds_eye")] = "question"
    discussed: records.Flag = False
