"""The process that serves: waitress, the loop of reminders beside it, and what is printed at the start."""
from __future__ import annotations

import errno
import signal
import sys
import threading
from typing import Any

import click
from waitress.server import create_server

from . import create_app, database, logs, people
from .config import Config
from .push.keys import ensure_keys

ANY_ADDRESS = ("0.0.0.0", "::")  # noqa: S104 - how such an address is recognised
LARGEST_BODY_BYTES = 32_000_000  # above it waitress says 413 by itself; the limits of the app are lower


def serve(config: Config) -> None:
    """Serve until SIGTERM or Ctrl-C; what is under way then is still answered."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    logs.start(config.log_level)
    ensure_keys(config.data)
    app = create_app(config)
    server = listen(app, config)
    address = config.base_url or f"http://{shown(server)}"
    click.echo(f"mentorlog is at http://{shown(server)}")
    if link := people.invite_first(address):
        click.echo(f"To make the first account, open this link, once, within a day: {link}")
    database.db.close()
    if config.reminders == "on":
        threading.Thread(target=remind, args=[config], daemon=True, name="reminders").start()
    server.run()


def listen(app: Any, config: Config) -> Any:
    """The server, bound to its port and not yet answering."""
    try:
        return create_server(
            app, host=config.host, port=config.port, threads=config.threads, ident=None,
            max_request_body_size=LARGEST_BODY_BYTES, clear_untrusted_proxy_headers=not config.proxies)
    except OSError as problem:
        if problem.errno in (errno.EADDRINUSE, errno.EACCES, errno.EADDRNOTAVAIL):
            sys.exit(f"{config.host}:{config.port} cannot be used: {problem.strerror}. Try another --port.")
        raise


def shown(server: Any) -> str:
    """Where a browser on this machine finds it, as host:port. With several addresses, the first."""
    several = getattr(server, "effective_listen", None)
    host, port = several[0] if several else (server.effective_host, server.effective_port)
    host = "127.0.0.1" if host in ANY_ADDRESS else host
    return f"[{host}]:{port}" if ":" in host else f"{host}:{port}"


def remind_alone(config: Config) -> None:
    """The loop of reminders as a process of its own, until SIGTERM or Ctrl-C."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    logs.start(config.log_level)
    ensure_keys(config.data)
    remind(config)


def remind(config: Config) -> None:
    """Send reminders as they fall due, for ever."""
    from . import reminders
    reminders.run_forever(config)
