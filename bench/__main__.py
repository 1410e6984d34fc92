"""`python3 -m bench` prints one table; `python3 -m bench tap pull` only those groups."""
from __future__ import annotations

import os
import platform
import sys
from datetime import UTC, datetime
from importlib import import_module

import app

GROUPS = ("first_visit", "cold_start", "tap", "edit", "pull", "sending", "pouch", "large", "search", "applying", "push",
          "reminding", "feed", "planning")
PUSH = ("bare calls of cryptography", "≥ 0.50")  # what bench/push.py leaves for the table to say


def main() -> None:
    """Measure group after group; says on standard error where it is."""
    settle_in()
    from bench.table import Row, markdown
    wrong = sorted(set(sys.argv[1:]) - set(GROUPS))
    if wrong:
        sys.exit(f"There is no group {', '.join(wrong)}. There are: {', '.join(GROUPS)}.")
    found: list[Row] = []
    for name in sys.argv[1:] or GROUPS:
        print(f"measuring {name} …", file=sys.stderr, flush=True)
        found += [Row(*row, *(PUSH if name == "push" else ())) for row in import_module(f"bench.{name}").rows()]
    print(f"{datetime.now(UTC):%Y-%m-%d}, Python {platform.python_version()}, {os.cpu_count()} cores, load "
          f"{os.getloadavg()[0]:.1f}\n\n{markdown(found)}")


def settle_in() -> None:
    """Run in the project's own environment, with what the tests need."""
    if not app.is_inside():
        app.make_environment()
        os.execv(str(app.PYTHON), [str(app.PYTHON), "-m", "bench", *sys.argv[1:]])
    for part in ("", "test"):
        app.install(part)
    for name in [name for name in os.environ if name.startswith("MENTORLOG_") or name == "DATABASE_URL"]:
        del os.environ[name]


if __name__ == "__main__":
    main()
