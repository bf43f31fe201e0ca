"""Real processes for the tests that kill them: Redis, a Celery worker and beat, each in a session of its own."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlencode

import psycopg
from django.conf import settings
from django.db import connection

from scripts import paths

LEASE = 2
PATIENCE = LEASE + 60  # the longest anything may take (decision D2)
CELERY = [sys.executable, "-m", "celery", "-A", "config"]


def wait_for(true: Callable[[], bool], what: str) -> None:
    """Look often until it is so; fail with what was waited for when the patience is over."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        if true():
            return
        time.sleep(0.05)
    raise AssertionError(f"waited {PATIENCE} seconds for: {what}")


def database_url() -> str:
    """The test database of this process, as the environment variable names it."""
    found = connection.settings_dict
    query = urlencode({"host": found["HOST"], "port": found["PORT"]})
    return f"postgres://{found['USER']}@/{found['NAME']}?{query}"


def own_connection() -> psycopg.Connection[tuple[object, ...]]:
    """A second connection to the test database, to hold locks with."""
    found = connection.settings_dict
    return psycopg.connect(host=found["HOST"], port=found["PORT"], user=found["USER"], dbname=found["NAME"])


def waits_for_lock() -> bool:
    """Whether some other connection of this database stands in line for a lock."""
    with own_connection() as watcher:
        row = watcher.execute(
            "select count(*) from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'"
        ).fetchone()
    return row is not None and row[0] != 0


@dataclass
class Processes:
    """The processes of one test; all that still live are killed at its end."""

    smtp_url: str
    folder: Path = field(default_factory=lambda: Path(tempfile.mkdtemp(prefix="sdk-", dir="/tmp")))
    running: dict[str, subprocess.Popen[bytes]] = field(default_factory=dict)

    @property
    def environment(self) -> dict[str, str]:
        """What the processes are told."""
        return {
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "config.settings.test",
            "DATABASE_URL": database_url(),
            "REDIS_URL": f"unix://{self.folder}/redis.sock?db=0",
            "SMTP_URL": self.smtp_url,
            "JOB_LEASE_SECONDS": str(LEASE),
            "SWEEP_SECONDS": "1",
            "REMINDER_SECONDS": "3600",
            "STORED_FILES_ROOT": str(settings.STORED_FILES_ROOT),
        }

    def redis(self) -> None:
        """A Redis of our own on a socket."""
        socket = self.folder / "redis.sock"
        arguments = [str(paths.redis_program()), "--port", "0", "--unixsocket", str(socket), "--save", ""]
        self._start("redis", [*arguments, "--dir", str(self.folder)])
        wait_for(socket.exists, "Redis")

    def worker(self) -> None:
        """A worker with one child, as in production but for the number."""
        quiet = ["--without-gossip", "--without-mingle", "--without-heartbeat"]
        self._start("worker", [*CELERY, "worker", "--concurrency", "1", "-l", "WARNING", *quiet])

    def beat(self) -> None:
        """The timer."""
        schedule = str(self.folder / "schedule")
        self._start("beat", [*CELERY, "beat", "-s", schedule, "--pidfile=", "-l", "WARNING"])

    def kill(self, name: str) -> None:
        """SIGKILL to the process and its children: no handler runs, nothing is said."""
        process = self.running.pop(name, None)
        if process is not None:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()

    def stop(self) -> None:
        """Kill all that is left."""
        for name in list(self.running):
            self.kill(name)

    def call(self, task: str, *arguments: str) -> None:
        """Put a task in the queue of this test's Redis."""
        command = [*CELERY, "call", task]
        if arguments:
            command += ["--args", str(list(arguments)).replace("'", '"')]
        subprocess.run(command, env=self.environment, cwd=settings.BASE_DIR, check=True, capture_output=True)

    def _start(self, name: str, command: list[str]) -> None:
        with (self.folder / f"{name}.log").open("ab") as log:
            self.running[name] = subprocess.Popen(
                command, cwd=settings.BASE_DIR, env=self.environment, stdout=log, stderr=log, start_new_session=True
            )
