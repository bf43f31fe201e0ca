"""`make run` as a new user meets it: everything starts from one command and everything stops with it."""

import os
import re
import shutil
import signal
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.architecture.code import BASE_DIR, tracked

pytestmark = pytest.mark.worker


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[Path]:
    """A copy of the tree in a folder that nobody else may enter."""
    tmp_path.chmod(0o700)
    place = tmp_path / "ny bruker"  # with a space, as people do
    for file in tracked("."):
        target = place / file.relative_to(BASE_DIR)
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(file, target)
    for link in (".venv", "node_modules"):
        (place / link).symlink_to((BASE_DIR / link).resolve())
    yield place
    subprocess.run([sys.executable, "-m", "scripts.clean"], cwd=place, check=True)


def environment() -> dict[str, str]:
    """As in a new window: without the addresses of the test run."""
    dropped = {"DATABASE_URL", "REDIS_URL", "SMTP_URL", "DJANGO_SETTINGS_MODULE", "STORED_FILES_ROOT"}
    kept = {name: value for name, value in os.environ.items() if name not in dropped}
    return {**kept, "DEMO": "no", "PORT": "18200", "PYTHONUNBUFFERED": "1"}


def children(pid: int) -> set[int]:
    """All processes started by this one, and by those."""
    listed = subprocess.run(["ps", "-e", "-o", "pid=,ppid="], check=True, capture_output=True, text=True).stdout
    pairs = [tuple(map(int, line.split())) for line in listed.splitlines()]
    found: set[int] = set()
    waiting = [pid]
    while waiting:
        parent = waiting.pop()
        new = {child for child, above in pairs if above == parent} - found
        found |= new
        waiting += new
    return found


@pytest.fixture
def started(folder: Path) -> Iterator[Callable[[], tuple["subprocess.Popen[str]", str]]]:
    """Start it and wait for the line with the address; whatever is left is ended after the test."""
    running: list[subprocess.Popen[str]] = []

    def start() -> tuple["subprocess.Popen[str]", str]:
        process = subprocess.Popen(
            [sys.executable, "-m", "scripts.run"],
            cwd=folder,
            env=environment(),
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        running.append(process)
        assert process.stdout is not None
        said = []
        for line in process.stdout:
            said.append(line)
            if match := re.search(r"http://localhost:\d+/", line):
                return process, match.group()
        raise AssertionError("".join(said))

    yield start
    for process in running:
        process.kill()
        process.communicate()


def wait_until_gone(family: set[int], seconds: float = 40) -> set[int]:
    """Those still there when the time is over."""
    end = time.monotonic() + seconds
    while (left := {pid for pid in family if alive(pid)}) and time.monotonic() < end:
        time.sleep(0.1)
    return left


def alive(pid: int) -> bool:
    """Whether the process is there and not only waiting to be counted as dead."""
    try:
        return Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def test_everything_starts_with_one_command_and_stops_with_it(folder: Path, started: Any) -> None:
    process, address = started()
    with urllib.request.urlopen(f"{address}helse/klar/", timeout=20) as answer:  # noqa: S310
        assert answer.status == 200
    family = children(process.pid)
    assert len(family) >= 8  # PostgreSQL, Redis, mail, worker, beat, web and what they started

    command = [sys.executable, "-m", "scripts.run"]
    again = subprocess.run(command, cwd=folder, env=environment(), check=True, capture_output=True, text=True)
    assert "Already running" in again.stdout

    command = [sys.executable, "manage.py", "showmigrations", "--plan"]
    plan = subprocess.run(command, cwd=folder, env=environment(), check=True, capture_output=True, text=True)
    assert "[ ]" not in plan.stdout  # another window finds the same database, and it is up to date

    process.send_signal(signal.SIGINT)
    assert process.wait(60) == 0
    assert wait_until_gone(family) == set()
    assert not (folder / "var" / "local.env").exists()

    process, _ = started()
    family = children(process.pid)
    process.kill()  # no time to stop anything
    process.wait(10)
    assert wait_until_gone(family) == set()
