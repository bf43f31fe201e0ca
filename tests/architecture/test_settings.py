"""Every settings module starts, and production does not start with anything missing or open."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.architecture.code import BASE_DIR

PRODUCTION = {
    "SECRET_KEY": "b7" * 40 + "long-enough-and-of-many-different-characters-0123456789",
    "ALLOWED_HOSTS": "styringsdialog.example",
    "BASE_URL": "https://styringsdialog.example",
    "DATABASE_URL": "postgres://app:word@database/styringsdialog",
    "REDIS_URL": "redis://redis:6379/0",
    "SMTP_URL": "smtp://relay:587?tls=true",
    "DEFAULT_FROM_EMAIL": "styringsdialog@styringsdialog.example",
    "STORED_FILES_ROOT": "/srv/files",
}
BARE = {"PATH": os.environ["PATH"]}


def run(*arguments: str, environment: dict[str, str]) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, *arguments],
        cwd=BASE_DIR,
        env={**BARE, **environment},
        check=False,
        capture_output=True,
        text=True,
    )


def settings(module: str, expression: str, environment: dict[str, str]) -> subprocess.CompletedProcess[str]:
    code = f"from django.conf import settings; print({expression})"
    return run("-c", code, environment={"DJANGO_SETTINGS_MODULE": f"config.settings.{module}", **environment})


@pytest.mark.parametrize("module", ["base", "dev", "test", "production"])
def test_each_settings_module_starts(module: str) -> None:
    done = settings(module, "settings.TIME_ZONE", PRODUCTION)
    assert (done.returncode, done.stdout.strip()) == (0, "Europe/Oslo"), done.stderr


@pytest.mark.parametrize("name", sorted(PRODUCTION))
def test_production_does_not_start_without(name: str) -> None:
    done = settings("production", "settings.DEBUG", {key: PRODUCTION[key] for key in PRODUCTION if key != name})
    assert done.returncode != 0
    assert name in done.stderr


def test_production_reads_a_secret_from_a_file(tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text(PRODUCTION["SECRET_KEY"] + "\n", encoding="utf-8")
    environment = {key: value for key, value in PRODUCTION.items() if key != "SECRET_KEY"}
    done = settings("production", "settings.SECRET_KEY", {**environment, "SECRET_KEY_FILE": str(secret)})
    assert done.stdout.strip() == PRODUCTION["SECRET_KEY"], done.stderr


def test_production_passes_djangos_own_check() -> None:
    environment = {**PRODUCTION, "DJANGO_SETTINGS_MODULE": "config.settings.production"}
    environment["DATABASE_URL"] = os.environ["DATABASE_URL"]  # generated columns are checked against a server
    done = run("manage.py", "check", "--deploy", "--fail-level", "WARNING", environment=environment)
    assert done.returncode == 0, done.stdout + done.stderr


def test_demo_logins_cannot_be_switched_on_in_production() -> None:
    done = settings("production", "settings.DEMO_LOGINS, settings.DEBUG", {**PRODUCTION, "DEMO_LOGINS": "true"})
    assert done.stdout.strip() == "False False", done.stderr


def test_the_content_policy_allows_nothing_inline() -> None:
    done = settings("production", "settings.SECURE_CSP", PRODUCTION)
    assert "unsafe" not in done.stdout
    assert "'default-src': [<CSP.NONE" in done.stdout
    assert "http" not in done.stdout


def test_lazy_relations_raise_in_development_and_tests_and_not_in_production() -> None:
    seen = {
        module: settings(module, "type(settings.FETCH_MODE).__name__", PRODUCTION).stdout.strip()
        for module in ("dev", "test", "production")
    }
    assert seen == {"dev": "FetchRaise", "test": "FetchRaise", "production": "FetchPeers"}
