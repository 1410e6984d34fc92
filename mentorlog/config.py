"""Every setting of the server, typed, read from the environment."""
from __future__ import annotations

import os
import re
import secrets
from pathlib import Path
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator
from pydantic_core import PydanticCustomError

PREFIX = "MENTORLOG_"
SECRETS = ("database_url", "secret_key", "smtp_password")


class Config(BaseModel):
    """One frozen set of settings. In the environment each is `MENTORLOG_` and its name in capitals."""

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)

    data: Path = Field(Path("data"), description="folder of the database, the keys and the backups")
    database_url: str = Field("", description="postgresql://… ; empty: SQLite in the data folder")
    host: str = Field("127.0.0.1", description="address to listen on")
    port: int = Field(8000, ge=0, le=65535, description="port to listen on; 0 lets the system choose")
    base_url: str = Field("", description="address people use, such as https://journal.example.org")
    https: bool = Field(False, description="cookies only over https; set it behind a proxy that ends TLS")
    proxies: int = Field(0, ge=0, le=9, description="how many proxies in front add X-Forwarded-* headers")
    threads: int = Field(8, ge=1, le=256, description="requests answered at the same time by one process")
    packing: int = Field(11, ge=0, le=11, description="of what devices keep, by brotli; 11 takes a second, once")
    secret_key: str = Field("", description="signs the cookie; empty: made once and kept in the data folder")
    worker: Literal["on", "off"] = Field("on", description="off: devices send what waits, then go without")
    reminders: Literal["on", "off"] = Field("on", description="off: the command `reminders` does it")
    push_hosts: tuple[str, ...] = Field((), description="more push services to trust, separated by commas")
    contact: str = Field("", description="mailto: address that push services see")
    smtp_host: str = Field("", description="server that sends e-mail; empty: none is sent")
    smtp_port: int = Field(587, ge=1, le=65535, description="its port")
    smtp_security: Literal["starttls", "tls", "off"] = Field("starttls", description="off: only for a server beside us")
    smtp_user: str = Field("", description="name to sign in with there; empty: without")
    smtp_password: str = Field("", description="the password of that name")
    mail_from: str = Field("", description="address that e-mail comes from, such as journal@example.org")
    rate_limit_storage: str = Field("memory://", description="where flask-limiter counts")
    log_level: Literal["debug", "info", "warning", "error"] = Field("info", description="least level to log")
    testing: bool = Field(False, description="serves the seams that tests use; never on a real server")

    @model_validator(mode="after")
    def _mail_is_whole(self) -> Config:
        if self.smtp_host and not re.fullmatch(r"[^@\s<>]+@[^@\s<>]+", self.mail_from):
            raise PydanticCustomError("mail", "smtp_host needs mail_from, an address")
        if self.smtp_host and not self.base_url:
            raise PydanticCustomError("mail", "smtp_host needs base_url: letters lead there")
        if self.smtp_user and self.smtp_security == "off":
            raise PydanticCustomError("mail", "smtp_user needs smtp_security: no password is sent in the clear")
        return self

    @classmethod
    def from_env(cls, **overrides: Any) -> Config:
        """Read the environment; what is given here wins.

        An empty variable counts as not set. Of secrets, `<NAME>_FILE` names a file that holds the value.

        :raise pydantic.ValidationError: a value that does not fit; its text does not hold the value
        """
        found = {name: value for name in cls.model_fields if (value := _read(name)) is not None}
        if isinstance(found.get("push_hosts"), str):
            found["push_hosts"] = tuple(found["push_hosts"].replace(",", " ").split())
        return cls(**found | {name: value for name, value in overrides.items() if value is not None})

    def database(self) -> str:
        """The address of the database, also where none was set."""
        return self.database_url or f"sqlite:///{self.data.resolve() / 'mentorlog.db'}"


def _read(name: str) -> Any:
    key = PREFIX + name.upper()
    if name in SECRETS and (path := os.environ.get(key + "_FILE")):
        return Path(path).read_text(encoding="utf-8").strip()
    value = os.environ.get(key) or None
    return os.environ.get("DATABASE_URL") or None if name == "database_url" and value is None else value


def prepare(config: Config) -> Config:
    """Make the data folder (0700) and, where none was given, the secret key in it (0600)."""
    config.data.mkdir(mode=0o700, parents=True, exist_ok=True)
    if config.secret_key:
        return config
    secret = secret_file(config.data / "secret_key", secrets.token_hex(32))
    return config.model_copy(update={"secret_key": secret})


def secret_file(path: Path, fresh: str) -> str:
    """Read a secret, or keep `fresh` there (0600) if there is none yet; of two processes one wins."""
    try:
        with open(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as file:
            file.write(fresh + "\n")
        return fresh
    except FileExistsError:
        return path.read_text(encoding="utf-8").strip()
