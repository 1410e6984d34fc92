"""Settings from the environment, and the secret that is made once."""
from __future__ import annotations

import pytest
from pydantic import ValidationError

from mentorlog.config import Config, prepare


def test_without_an_environment_all_has_a_default():
    config = Config.from_env()
    assert (config.host, config.port, config.worker, config.testing) == ("127.0.0.1", 8000, "on", False)


def test_the_environment_is_read(monkeypatch):
    monkeypatch.setenv("MENTORLOG_PORT", "9000")
    monkeypatch.setenv("MENTORLOG_HTTPS", "true")
    monkeypatch.setenv("MENTORLOG_PUSH_HOSTS", "push.example.org, other.example.org")
    config = Config.from_env()
    assert (config.port, config.https) == (9000, True)
    assert config.push_hosts == ("push.example.org", "other.example.org")


def test_what_is_given_wins_and_nothing_given_does_not(monkeypatch):
    monkeypatch.setenv("MENTORLOG_PORT", "9000")
    assert Config.from_env(port=9001).port == 9001
    assert Config.from_env(port=None).port == 9000


def test_an_empty_variable_counts_as_not_set(monkeypatch):
    monkeypatch.setenv("MENTORLOG_PORT", "")
    assert Config.from_env().port == 8000


def test_a_secret_can_stand_in_a_file(monkeypatch, tmp_path):
    (tmp_path / "secret").write_text("out of a file\n")
    monkeypatch.setenv("MENTORLOG_SECRET_KEY_FILE", str(tmp_path / "secret"))
    assert Config.from_env().secret_key == "out of a file"


def test_the_usual_name_of_the_database_is_taken_too(monkeypatch):
    monkeypatch.setenv("DATABASE_URL", "postgresql://there/one")
    assert Config.from_env().database() == "postgresql://there/one"
    monkeypatch.setenv("MENTORLOG_DATABASE_URL", "postgresql://there/two")
    assert Config.from_env().database() == "postgresql://there/two"


def test_without_one_the_database_is_a_file_in_the_data_folder(tmp_path):
    assert Config(data=tmp_path).database() == f"sqlite:///{tmp_path}/mentorlog.db"


@pytest.mark.parametrize(("name", "value"), [("PORT", "many"), ("WORKER", "perhaps"), ("LOG_LEVEL", "loud")])
def test_a_wrong_setting_is_named_without_its_value(monkeypatch, name, value):
    monkeypatch.setenv(f"MENTORLOG_{name}", value)
    with pytest.raises(ValidationError) as caught:
        Config.from_env()
    assert name.lower() in str(caught.value)
    assert value not in str(caught.value)


def test_settings_do_not_change():
    with pytest.raises(ValidationError):
        Config().port = 1


def test_the_secret_key_is_made_once_and_is_the_owners_alone(tmp_path):
    config = Config(data=tmp_path / "data")
    first = prepare(config)
    assert first.secret_key == prepare(config).secret_key
    assert len(first.secret_key) == 64
    assert (tmp_path / "data" / "secret_key").stat().st_mode & 0o777 == 0o600
    assert (tmp_path / "data").stat().st_mode & 0o777 == 0o700


def test_a_given_secret_key_is_not_written(tmp_path):
    assert prepare(Config(data=tmp_path, secret_key="given")).secret_key == "given"
    assert list(tmp_path.iterdir()) == []
