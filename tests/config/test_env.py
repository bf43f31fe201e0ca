"""The environment is read in one place, typed, and refuses what it does not understand."""

from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from config import env


def test_a_socket_is_written_differently_for_redis_and_for_celery(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("REDIS_URL", "unix:///run/redis.sock?db=7")
    assert env.redis() == "unix:///run/redis.sock?db=7"
    assert env.celery_broker() == "redis+socket:///run/redis.sock?virtual_host=7"


def test_the_celery_form_of_a_socket_is_understood_for_both(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("REDIS_URL", "redis+socket:///run/redis.sock?virtual_host=3")
    assert env.redis() == "unix:///run/redis.sock?db=3"
    assert env.celery_broker() == "redis+socket:///run/redis.sock?virtual_host=3"


def test_a_redis_on_a_host_is_the_same_for_both(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("REDIS_URL", "redis://:word@cache:6379/2")
    assert env.redis() == env.celery_broker() == "redis://:word@cache:6379/2"


def test_a_database_on_a_socket(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgres://app@/navn?host=%2Ftmp%2Fsd&port=5499")
    found = env.database()
    assert (found["NAME"], found["USER"], found["HOST"], found["PORT"]) == ("navn", "app", "/tmp/sd", "5499")  # noqa: S108


def test_a_database_on_a_host_keeps_its_other_options(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgresql://app:p%40ss@db:5433/navn?sslmode=verify-full")
    found = env.database()
    assert (found["PASSWORD"], found["HOST"], found["PORT"]) == ("p@ss", "db", "5433")
    assert found["OPTIONS"] == {"sslmode": "verify-full"}


@pytest.mark.parametrize("address", ["mysql://a/b", "postgres://host:notaport/b", "postgres://host/"])
def test_a_wrong_database_address_is_refused_without_repeating_it(
    address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DATABASE_URL", address)
    with pytest.raises(ImproperlyConfigured, match="DATABASE_URL") as refusal:
        env.database()
    assert address not in str(refusal.value)


def test_a_missing_value_names_the_variable_and_the_file_form(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SECRET_KEY", raising=False)
    with pytest.raises(ImproperlyConfigured, match="SECRET_KEY_FILE"):
        env.text("SECRET_KEY")


def test_a_value_and_its_file_at_once_is_refused(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("SOME_NAME", "one")
    monkeypatch.setenv("SOME_NAME_FILE", str(tmp_path / "other"))
    with pytest.raises(ImproperlyConfigured, match="not both"):
        env.text("SOME_NAME")


def test_a_file_that_is_not_there_is_refused(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv("SOME_NAME", raising=False)
    monkeypatch.setenv("SOME_NAME_FILE", str(tmp_path / "missing"))
    with pytest.raises(ImproperlyConfigured, match="cannot be read"):
        env.text("SOME_NAME", "default")


@pytest.mark.parametrize(("written", "meant"), [("1", True), ("Yes", True), ("off", False), ("FALSE", False)])
def test_yes_and_no_in_their_usual_spellings(written: str, meant: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOME_NAME", written)
    assert env.flag("SOME_NAME", not meant) is meant


def test_neither_yes_nor_no_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOME_NAME", "perhaps")
    with pytest.raises(ImproperlyConfigured, match="true or false"):
        env.flag("SOME_NAME", default=False)


def test_a_number_must_be_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOME_NAME", "8000a")
    with pytest.raises(ImproperlyConfigured, match="whole number"):
        env.number("SOME_NAME", 1)


def test_a_mail_server_with_and_without_encryption(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SMTP_URL", "smtp://bruker:o%2Frd@relay:587?tls=true")
    options = env.mailer()["OPTIONS"]
    assert (options["host"], options["port"], options["use_tls"], options["use_ssl"]) == (
        "relay",
        587,
        True,
        False,
    )
    assert (options["username"], options["password"]) == ("bruker", "o/rd")
    monkeypatch.setenv("SMTP_URL", "smtps://relay")
    options = env.mailer()["OPTIONS"]
    assert (options["port"], options["use_tls"], options["use_ssl"]) == (465, False, True)
