"""What rules raise; one place maps it to HTTP."""
from __future__ import annotations


class Refused(Exception):  # noqa: N818 - these three are answers, not faults
    """The request cannot be done as it stands (422); `message` is for the person, `why` for a program."""

    def __init__(self, message: str, field: str | None = None, why: str = "invalid") -> None:
        super().__init__(message)
        self.message, self.field, self.why = message, field, why


class Missing(Exception):  # noqa: N818
    """Not there, or not for this person (404): the same answer for both."""


class SignedOut(Exception):  # noqa: N818
    """Nobody is signed in (401)."""
