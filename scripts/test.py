"""`make test`: every test, on a PostgreSQL and a Redis that live as long as the run.

Two processes of pytest, one after the other: first the journeys in a browser and the tests that start
workers, then all others in parallel. What pytest says last is the last thing printed. Arguments go to pytest
as they are, and then only one process runs: `.venv/bin/python -m scripts.test tests/agencies -k letter`.
"""

import fcntl
import os
import signal
import subprocess
import sys
from types import FrameType

from scripts import paths
from scripts.services import remove_data, services, stop_leftover

OWN_PROCESS = "e2e or worker"
NOTHING_COLLECTED = 5


def main() -> int:
    """Run the tests and return pytest's exit code, the first bad one if there are two."""
    for number in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, _interrupted)
    kind = f"test-{os.getpid()}"
    _remove_leftovers()
    folder = paths.VAR_DIR / kind
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "lock").open("a", encoding="utf-8") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        try:
            with services(kind, throwaway=True) as running:
                return _run({**os.environ, **running.environment, "DJANGO_SETTINGS_MODULE": "config.settings.test"})
        finally:
            remove_data(kind)


def _run(environment: dict[str, str]) -> int:
    environment["STORED_FILES_ROOT"] = environment.get("STORED_FILES_ROOT", str(paths.VAR_DIR / "test-files"))
    subprocess.run(
        [sys.executable, "manage.py", "compilemessages", "--verbosity", "0"],
        cwd=paths.BASE_DIR,
        env=environment,
        check=True,
    )
    if sys.argv[1:]:
        return _pytest(environment, *sys.argv[1:])
    slow = _pytest({**environment, "DJANGO_ALLOW_ASYNC_UNSAFE": "1"}, "-m", OWN_PROCESS)
    if slow not in (0, NOTHING_COLLECTED):
        print(
            f"\nTests in their own process failed (exit code {slow}); see above. The others follow.\n",
            flush=True,
        )
    fast = _pytest(environment, "-m", f"not ({OWN_PROCESS})", "-n", environment.get("TEST_PROCESSES", "2"))
    return fast or (0 if slow == NOTHING_COLLECTED else slow)


def _pytest(environment: dict[str, str], *arguments: str) -> int:
    command = [sys.executable, "-m", "pytest", "-q", *arguments]
    return subprocess.run(command, cwd=paths.BASE_DIR, env=environment, check=False).returncode


def _remove_leftovers() -> None:
    """Stop and remove what earlier runs left when they were killed; a run that lives holds its lock."""
    for folder in paths.VAR_DIR.glob("test-*"):
        lock = folder / "lock"
        if not lock.exists():
            continue
        with lock.open("a", encoding="utf-8") as held:
            try:
                fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except OSError:
                continue
            stop_leftover(folder.name)
            remove_data(folder.name)


def _interrupted(number: int, frame: FrameType | None) -> None:
    raise SystemExit(128 + number)


if __name__ == "__main__":
    sys.exit(main())
