"""Fixtures for templates that are rendered twice."""
import pytest

from tests.jinja_js.both import Scratch


@pytest.fixture(scope="session")
def scratch() -> Scratch:
    """Renders small sources with Jinja2 and in JavaScript."""
    return Scratch()
