"""Settings that cannot hold together are refused with the name of the one to change."""

import stat
from pathlib import Path

import pytest

from citizen.base.settings import Settings, SettingsError

SECRET = "s" * 40


def read(folder: Path, **env: str) -> Settings:
    return Settings.from_environment({"CITIZEN_DATA_FOLDER": str(folder), **env})


@pytest.mark.parametrize(("env", "named"), [
    ({"CITIZEN_BASE_URL": "http://ideas.example.org"}, "CITIZEN_BASE_URL"),
    ({"CITIZEN_SECRET_KEY": "short"}, "CITIZEN_SECRET_KEY"),
    ({"CITIZEN_WEB_PROCESSES": "2"}, "CITIZEN_WEB_PROCESSES"),
    ({"CITIZEN_HOLD_AFTER": "0"}, "CITIZEN_HOLD_AFTER"),
    ({"CITIZEN_FASTEST_FORM": "-1"}, "CITIZEN_FASTEST_FORM"),
    ({"CITIZEN_WEB_PROCESSES": "many"}, "CITIZEN_WEB_PROCESSES"),
    ({"CITIZEN_SECRET_KEY_FILE": "/nowhere/at/all"}, "CITIZEN_SECRET_KEY_FILE"),
])
def test_a_setting_that_cannot_hold_is_refused_by_name(
    tmp_path: Path, env: dict[str, str], named: str
) -> None:
    with pytest.raises(SettingsError, match=named):
        read(tmp_path, **env)


def test_several_processes_may_serve_where_they_count_together(tmp_path: Path) -> None:
    settings = read(tmp_path, CITIZEN_WEB_PROCESSES="2", BROKER_URL="redis://localhost:6379/0")
    assert settings.limits_url == "redis://localhost:6379/0"


@pytest.mark.parametrize("name", ["CITIZEN_SECRET_KEY", "DATABASE_URL", "BROKER_URL", "CITIZEN_MAIL_URL"])
def test_every_secret_can_come_from_a_file(tmp_path: Path, name: str) -> None:
    value = {
        "CITIZEN_SECRET_KEY": SECRET, "DATABASE_URL": "postgresql+psycopg://u:p@db/citizen",
        "BROKER_URL": "redis://:p@queue:6379/0", "CITIZEN_MAIL_URL": "smtp://u:p@mail:587",
    }[name]
    file = tmp_path / "secret"
    file.write_text(value + "\n")
    settings = read(tmp_path, **{f"{name}_FILE": str(file)})
    assert value in (settings.secret_key, settings.database_url, settings.broker_url, settings.mail_url)


def test_without_a_key_one_is_made_once_and_is_the_owners_alone(tmp_path: Path) -> None:
    first, second = read(tmp_path).secret_key, read(tmp_path).secret_key
    assert first == second
    assert len(first) >= 32
    assert stat.S_IMODE((tmp_path / "secret.key").stat().st_mode) == 0o600


@pytest.mark.parametrize("url", ["postgres://u@db/citizen", "postgresql://u@db/citizen"])
def test_a_usual_address_of_postgresql_is_understood(tmp_path: Path, url: str) -> None:
    assert read(tmp_path, DATABASE_URL=url).database_url == "postgresql+psycopg://u@db/citizen"


def test_without_settings_everything_lies_in_one_folder(tmp_path: Path) -> None:
    settings = read(tmp_path)
    for url in (settings.database_url, settings.broker_url, settings.mail_url):
        assert str(tmp_path) in url
    assert not settings.secure


def test_cookies_are_for_tls_alone_where_the_address_is(tmp_path: Path) -> None:
    assert read(tmp_path, CITIZEN_BASE_URL="https://ideas.example.org/").secure
