"""Set-up and local services, tried for real: they start without a port, meet nobody, and leave nothing behind."""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

import psycopg
import pytest
from redis import Redis

from config import env
from scripts import paths
from scripts.lockfiles import main as lock_files
from scripts.messages import messages
from scripts.services import services
from scripts.supervisor import listening_socket
from tests.architecture.code import BASE_DIR

pytestmark = pytest.mark.worker


@pytest.fixture
def on_our_own(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without the addresses that the test run itself uses."""
    for name in ("DATABASE_URL", "REDIS_URL"):
        monkeypatch.delenv(name, raising=False)


def test_both_services_start_answer_and_leave_nothing(on_our_own: None, monkeypatch: pytest.MonkeyPatch) -> None:
    kind = f"test-services-{os.getpid()}"
    with services(kind, throwaway=True) as running:
        for name, value in running.environment.items():
            monkeypatch.setenv(name, value)
        found = env.database()
        with psycopg.connect(dbname=found["NAME"], user=found["USER"], host=found["HOST"]) as connection:
            row = connection.execute("select current_setting('listen_addresses')").fetchone()
            assert row == ("",)
            names = connection.execute("select name from pg_available_extensions").fetchall()
            assert {("btree_gist",), ("pg_trgm",), ("unaccent",)} <= set(names)
        with Redis.from_url(env.redis()) as client:
            assert client.ping()
        sockets = Path(found["HOST"])
        assert len(str(sockets / ".s.PGSQL.5432")) < 107
        processes = [process for _, process, _ in running.processes]
    assert all(process.returncode is not None for process in processes)
    assert not sockets.exists()
    assert not (paths.VAR_DIR / kind).exists()


def test_a_long_temporary_folder_does_not_make_the_socket_too_long(
    on_our_own: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    long = tmp_path / ("mappe" * 20)
    long.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(long))
    folder = paths.socket_folder()
    try:
        assert len(str(folder)) < 60
    finally:
        folder.rmdir()


def test_addresses_of_ones_own_win(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgres://a@b/c")
    monkeypatch.setenv("REDIS_URL", "redis://d")
    with services(f"test-own-{os.getpid()}", throwaway=True) as running:
        assert running.environment == {"DATABASE_URL": "postgres://a@b/c", "REDIS_URL": "redis://d"}
        assert running.processes == []


def test_a_taken_port_leads_to_the_next_free_one() -> None:
    with listening_socket("127.0.0.1", 18000) as first:
        taken = first.getsockname()[1]
        with listening_socket("127.0.0.1", taken) as second:
            assert second.getsockname()[1] > taken


def test_python_is_found_or_its_absence_is_said_clearly(tmp_path: Path) -> None:
    script = str(BASE_DIR / "scripts" / "find-python")
    found = subprocess.run([script], check=True, capture_output=True, text=True).stdout.strip()
    version = subprocess.run([found, "-V"], check=True, capture_output=True, text=True).stdout
    assert tuple(map(int, version.split()[1].split(".")[:2])) >= (3, 12)

    old = tmp_path / "python3"
    old.write_text("#!/bin/sh\necho 309\n", encoding="utf-8")
    old.chmod(0o755)
    refused = subprocess.run(
        [script], env={**os.environ, "PYTHON": str(old)}, check=False, capture_output=True, text=True
    )
    assert refused.returncode == 1
    assert "Python 3.12 or newer" in refused.stderr
    assert "PYTHON=" in refused.stderr


def test_what_is_missing_is_named_in_one_message(tmp_path: Path) -> None:
    for tool in ("bash", "env", "id", "ls", "grep", "head", "sort", "cut", "find", "dirname", "readlink", "basename"):
        place = next(folder for folder in ("/usr/bin", "/bin") if Path(folder, tool).exists())
        (tmp_path / tool).symlink_to(Path(place, tool))
    environment = {"PATH": str(tmp_path), "DATABASE_URL": "postgres://a@b/c"}
    script = str(BASE_DIR / "scripts" / "system-packages")
    refused = subprocess.run(["bash", script], env=environment, check=False, capture_output=True, text=True)
    assert refused.returncode == 1
    for word in ("Redis", "Node", "gettext", "qpdf", "poppler", "Chromium", "apt-get install"):
        assert word in refused.stderr
    assert "PostgreSQL" not in refused.stderr


def test_the_lock_files_are_in_step() -> None:
    assert lock_files() == 0


def test_left_over_messages_are_not_counted(tmp_path: Path) -> None:
    catalogue = tmp_path / "django.po"
    catalogue.write_text(
        'msgid ""\nmsgstr ""\n\nmsgctxt "frist"\nmsgid "én "\n"dag"\nmsgid_plural "%(n)s dager"\nmsgstr[0] ""\n\n'
        '#~ msgid "borte"\n#~ msgstr ""\n',
        encoding="utf-8",
    )
    assert messages(catalogue) == {("frist", "én dag", "%(n)s dager")}


def test_a_second_start_says_where_the_first_one_runs(tmp_path: Path) -> None:
    """The second `make run` neither fails nor disturbs the first."""
    code = (
        "import fcntl, sys; from pathlib import Path; from scripts import run;"
        f"run.FOLDER = Path({str(tmp_path)!r}); run.ADDRESS_FILE = run.FOLDER / 'address';"
        "run.ADDRESS_FILE.write_text('http://localhost:8123/');"
        "held = (run.FOLDER / 'lock').open('a'); fcntl.flock(held, fcntl.LOCK_EX); run.main()"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=BASE_DIR, check=True, capture_output=True, text=True)
    assert "Already running" in done.stdout
    assert "http://localhost:8123/" in done.stdout
