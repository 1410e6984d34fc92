"""Where each fault begins: people who are signed in, with everything of theirs on their devices."""
from __future__ import annotations

import pytest

from tests.browser_sign_in import arrive


@pytest.fixture
def at_home(phone):
    """A phone on which ada has signed in, with everything of hers on it."""
    arrive(phone)
    return phone


@pytest.fixture
def both(phone, desktop):
    """Ada's phone and her desktop, both with everything of hers."""
    arrive(phone)
    arrive(desktop)
    return phone, desktop
