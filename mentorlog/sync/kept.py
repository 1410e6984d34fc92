"""Kept texts: what could not be joined stays as a record of its own."""
from __future__ import annotations

from typing import Annotated

from .. import records


class Kept(records.Private):
    """A text that could not be joined, its author's alone; the server makes it, a person may bin or delete it."""

    of: Annotated[str, records.Spec("ref", server=True)] | None = None
    field: Annotated[str, records.Spec("line", "text", max=64, server=True)] = ""
    text: Annotated[str, records.Spec("prose", "text", max=120_000, server=True)] = ""
