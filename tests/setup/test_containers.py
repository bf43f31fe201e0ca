"""The container files say what the program needs, and their commands start natively under production settings."""

import os
import re
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from socket import socket
from typing import Any

import pytest
import yaml

from tests.architecture.code import BASE_DIR
from tests.architecture.test_settings import PRODUCTION

OURS = ("web", "worker", "beat", "migrate")


@pytest.fixture(scope="module")
def compose() -> dict[str, Any]:
    return dict(yaml.safe_load((BASE_DIR / "docker-compose.yml").read_text(encoding="utf-8")))


def test_all_parts_of_an_installation_are_there(compose: dict[str, Any]) -> None:
    assert set(compose["services"]) == {*OURS, "postgres", "redis", "proxy"}


def test_everything_that_stays_up_has_a_health_check(compose: dict[str, Any]) -> None:
    staying = {name for name, service in compose["services"].items() if service.get("restart") != "no"}
    assert {name for name in staying if "healthcheck" not in compose["services"][name]} == set()


def test_secrets_come_from_files_and_stand_nowhere_in_the_clear(compose: dict[str, Any]) -> None:
    for name in OURS:
        environment = compose["services"][name]["environment"]
        assert {"SECRET_KEY_FILE", "DATABASE_PASSWORD_FILE", "SMTP_URL_FILE"} <= set(environment)
        assert not {"SECRET_KEY", "DATABASE_PASSWORD", "SMTP_URL"} & set(environment)
        assert ":" not in re.sub(r"^\w+://", "", environment["DATABASE_URL"]).partition("@")[0]
    assert all(entry["file"].startswith("./secrets/") for entry in compose["secrets"].values())


def test_our_containers_run_without_privileges_on_a_read_only_disk(compose: dict[str, Any]) -> None:
    for name in OURS:
        service = compose["services"][name]
        assert service["read_only"]
        assert service["cap_drop"] == ["ALL"]
        assert "no-new-privileges:true" in service["security_opt"]


def test_only_the_proxy_is_reachable_from_outside(compose: dict[str, Any]) -> None:
    assert [name for name, service in compose["services"].items() if "ports" in service] == ["proxy"]
    assert compose["networks"]["inside"]["internal"]


def test_the_image_runs_as_an_ordinary_user_and_takes_what_is_in_the_tree() -> None:
    lines = (BASE_DIR / "Dockerfile").read_text(encoding="utf-8").splitlines()
    user = [line.split()[1] for line in lines if line.startswith("USER ")]
    assert user
    assert user[-1] not in {"root", "0"}
    copied = [
        word for line in lines if line.startswith("COPY ") and "--from" not in line for word in line.split()[1:-1]
    ]
    assert [name for name in copied if not (BASE_DIR / name).exists()] == []
    apps = {"config", "core", "agencies", "governance", "assignments", "reporting", "templates", "static", "locale"}
    assert apps <= set(copied)
    ignored = (BASE_DIR / ".dockerignore").read_text(encoding="utf-8").split()
    assert [name for name in copied if f"!{name}" not in ignored] == []


def test_production_needs_nothing_that_compose_does_not_give(compose: dict[str, Any]) -> None:
    given = {name.removesuffix("_FILE") for name in compose["services"]["web"]["environment"]}
    assert set(PRODUCTION) - given == set()


def free_port() -> int:
    with closing(socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def natively(command: list[str]) -> list[str]:
    """The command of a container with the programs of this environment."""
    folder = Path(sys.executable).parent
    return [str(folder / command[0]) if (folder / command[0]).exists() else command[0], *command[1:]]


@pytest.fixture
def production(tmp_path: Path) -> dict[str, str]:
    environment = {**PRODUCTION, "PATH": os.environ["PATH"], "DJANGO_SETTINGS_MODULE": "config.settings.production"}
    environment |= {name: os.environ[name] for name in ("DATABASE_URL", "REDIS_URL")}
    environment |= {"HOST": "127.0.0.1", "PORT": str(free_port()), "STORED_FILES_ROOT": str(tmp_path / "files")}
    environment |= {"STATIC_ROOT": str(tmp_path / "static"), "SECURE_SSL_REDIRECT": "true", "WEB_WORKERS": "1"}
    return environment


@pytest.fixture
def started(production: dict[str, str], tmp_path: Path) -> Iterator[Any]:
    """Start commands of the compose file; each ends with SIGTERM and must then end well."""
    children: list[subprocess.Popen[bytes]] = []

    def start(command: list[str], log: str) -> Path:
        place = tmp_path / log
        with place.open("wb") as output:
            children.append(
                subprocess.Popen(natively(command), cwd=BASE_DIR, env=production, stdout=output, stderr=output)
            )
        return place

    yield start
    for child in children:
        child.send_signal(signal.SIGTERM)
    assert [child.wait(90) for child in children] == [0] * len(children)


def wait_for(ready: Any, seconds: float = 60) -> bool:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if ready():
            return True
        time.sleep(0.1)
    return False


@pytest.mark.worker
def test_the_web_command_answers_under_production_settings(
    compose: dict[str, Any], production: dict[str, str], started: Any
) -> None:
    collect = ["python", "manage.py", "collectstatic", "--noinput", "--verbosity", "0"]
    for slow_to_compress in ("drf_spectacular_sidecar", "rest_framework", "django_prose_editor", "vendor/inter"):
        collect += ["--ignore", slow_to_compress]
    subprocess.run(natively(collect), cwd=BASE_DIR, env=production, check=True)
    log = started(compose["services"]["web"]["command"], "web.log")
    check = natively(compose["services"]["web"]["healthcheck"]["test"][1:])

    def healthy() -> bool:
        return subprocess.run(check, cwd=BASE_DIR, env=production, check=False).returncode == 0

    assert wait_for(healthy), log.read_text(encoding="utf-8")
    page = urllib.request.Request(f"http://127.0.0.1:{production['PORT']}/konto/login/")
    page.add_header("Host", production["ALLOWED_HOSTS"])
    opener = urllib.request.build_opener(NoRedirect)
    with pytest.raises(urllib.error.HTTPError) as redirect:
        opener.open(page, timeout=10)
    redirect.value.close()
    assert redirect.value.code == 301
    assert redirect.value.headers["Location"] == "https://styringsdialog.example/konto/login/"


class NoRedirect(urllib.request.HTTPRedirectHandler):
    """Show a redirect instead of following it."""

    def redirect_request(self, *args: Any, **kwargs: Any) -> None:
        return None


@pytest.mark.worker
def test_the_worker_and_beat_commands_start_under_production_settings(
    compose: dict[str, Any], started: Any, tmp_path: Path
) -> None:
    worker = started(compose["services"]["worker"]["command"], "worker.log")
    schedule = str(tmp_path / "celerybeat-schedule")
    command = [
        schedule if word == "/tmp/celerybeat-schedule" else word  # noqa: S108
        for word in compose["services"]["beat"]["command"]
    ]
    beat = started(command, "beat.log")
    assert wait_for(lambda: b"ready." in worker.read_bytes()), worker.read_text(encoding="utf-8")
    assert wait_for(lambda: b"beat: Starting" in beat.read_bytes()), beat.read_text(encoding="utf-8")
