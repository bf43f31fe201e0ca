"""A private PostgreSQL and a private Redis as child processes, without a port, stopped with their owner.

`DATABASE_URL` and `REDIS_URL` in the environment win: then nothing is started for that part.
"""

import contextlib
import os
import shutil
import signal
import subprocess
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, BinaryIO
from urllib.parse import urlencode

from scripts import paths
from scripts.lifeline import die_with_owner

DATABASE = "styringsdialog"
ROLE = "styringsdialog"
DURABLE: tuple[str, ...] = ()
THROWAWAY = ("fsync=off", "synchronous_commit=off", "full_page_writes=off", "max_wal_size=2GB")


@dataclass
class Services:
    """What is running, and the environment that leads to it."""

    kind: str
    environment: dict[str, str] = field(default_factory=dict)
    processes: list[tuple[str, subprocess.Popen[bytes], signal.Signals]] = field(default_factory=list)
    sockets: Path | None = None

    def stop(self) -> None:
        """Stop what was started, last first, and remove the sockets."""
        for name, process, how in reversed(self.processes):
            stop_process(name, process, how)
        self.processes.clear()
        if self.sockets:
            shutil.rmtree(self.sockets, ignore_errors=True)
            self.sockets = None


@contextlib.contextmanager
def services(kind: str, *, throwaway: bool) -> Iterator[Services]:
    """Run both services for as long as the block runs. Throwaway ones keep nothing and are faster."""
    running = Services(kind)
    folder = paths.VAR_DIR / kind
    folder.mkdir(parents=True, exist_ok=True)
    paths.LOG_DIR.mkdir(parents=True, exist_ok=True)
    try:
        for name, start in (("DATABASE_URL", _start_postgres), ("REDIS_URL", _start_redis)):
            given = os.environ.get(name)
            running.environment[name] = given if given else start(running, throwaway)
        yield running
    finally:
        running.stop()
        if throwaway:
            remove_data(kind)


def remove_data(kind: str) -> None:
    """Remove the data of one kind of service, which must not be running."""
    shutil.rmtree(paths.data_folder(kind), ignore_errors=True)
    shutil.rmtree(paths.VAR_DIR / kind, ignore_errors=True)


def stop_leftover(kind: str) -> None:
    """Stop a PostgreSQL whose owner was killed without being able to stop it."""
    pid_file = paths.data_folder(kind) / "postmaster.pid"
    with contextlib.suppress(OSError, ValueError, IndexError):
        lines = pid_file.read_text(encoding="utf-8").splitlines()
        pid = int(lines[0])
        if "postgres" in Path(f"/proc/{pid}/cmdline").read_text(encoding="utf-8"):
            os.kill(pid, signal.SIGINT)
            _wait(lambda: not Path(f"/proc/{pid}").exists(), 30)


def stop_process(name: str, process: subprocess.Popen[bytes], how: signal.Signals, seconds: float = 20) -> None:
    """Ask a process to end in its own way, and end it if it does not."""
    if process.poll() is None:
        process.send_signal(how)
    try:
        process.wait(seconds)
    except subprocess.TimeoutExpired:
        print(f"{name} did not stop by itself and was ended.", flush=True)
        process.kill()
        process.wait()


def _start_postgres(running: Services, throwaway: bool) -> str:
    """Make the cluster if needed, start it and make the database. Returns its address."""
    stop_leftover(running.kind)
    data = paths.data_folder(running.kind)
    if not (data / "PG_VERSION").exists():
        _as_server(
            [paths.server_program("initdb"), "--pgdata", str(data), "--username", ROLE, "--auth", "trust"]
            + ["--encoding", "UTF8", "--locale", "C"]
            + (["--no-sync"] if throwaway else [])
        )
    sockets = _sockets(running)
    settings = [
        "listen_addresses=",
        f"unix_socket_directories={sockets}",
        "unix_socket_permissions=0700",
        "max_connections=120",
        "dynamic_shared_memory_type=mmap",
        "timezone=UTC",
        *(THROWAWAY if throwaway else DURABLE),
    ]
    arguments = [paths.server_program("postgres"), "-D", str(data)]
    for setting in settings:
        arguments += ["-c", setting]
    with _log(f"{running.kind}-postgres") as log:
        process = subprocess.Popen(
            arguments,
            cwd="/",
            stdout=log,
            stderr=log,
            start_new_session=True,
            env=_plain(),
            preexec_fn=die_with_owner(signal.SIGINT),  # noqa: PLW1509
            **_server_identity(),
        )
    running.processes.append(("PostgreSQL", process, signal.SIGINT))
    ready = [paths.server_program("pg_isready"), "-q", "-h", str(sockets)]
    if not _wait(
        lambda: process.poll() is not None or subprocess.run(ready, check=False, env=_plain()).returncode == 0,
        60,
    ):
        raise SystemExit("PostgreSQL did not start within a minute.")
    if process.poll() is not None:
        raise SystemExit(f"PostgreSQL stopped at once. See var/log/{_file_name(running.kind)}-postgres.log")
    _create_database(sockets)
    (paths.VAR_DIR / running.kind / "postgres.pointer").write_text(f"{data}\n{sockets}\n", encoding="utf-8")
    return f"postgres://{ROLE}@/{DATABASE}?{urlencode({'host': str(sockets)})}"


def _create_database(sockets: Path) -> None:
    psql = [paths.server_program("psql"), "-h", str(sockets), "-U", ROLE, "-d", "postgres", "-qAt", "-c"]
    query = f"select 1 from pg_database where datname = '{DATABASE}'"  # noqa: S608
    found = subprocess.run([*psql, query], check=True, capture_output=True, text=True, env=_plain()).stdout.strip()
    if not found:
        subprocess.run([*psql, f'create database "{DATABASE}"'], check=True, env=_plain())


def _start_redis(running: Services, throwaway: bool) -> str:
    """Start Redis on a socket. It keeps nothing: jobs and their state are rows in the database."""
    socket = _sockets(running) / "redis.sock"
    arguments = [paths.redis_program(), "--port", "0", "--unixsocket", str(socket), "--unixsocketperm", "700"]
    arguments += ["--save", "", "--appendonly", "no", "--dir", str(paths.VAR_DIR / running.kind)]
    with _log(f"{running.kind}-redis") as log:
        process = subprocess.Popen(
            arguments,
            stdout=log,
            stderr=log,
            start_new_session=True,
            preexec_fn=die_with_owner(signal.SIGTERM),  # noqa: PLW1509
        )
    running.processes.append(("Redis", process, signal.SIGTERM))
    if not _wait(lambda: process.poll() is not None or socket.exists(), 30) or process.poll() is not None:
        raise SystemExit(f"Redis did not start. See var/log/{_file_name(running.kind)}-redis.log")
    return f"unix://{socket}?db=0"


def _sockets(running: Services) -> Path:
    if running.sockets is None:
        running.sockets = paths.socket_folder()
    return running.sockets


def _as_server(arguments: list[str]) -> None:
    """Run a program as PostgreSQL's account and show what it said only if it failed."""
    done = subprocess.run(
        arguments, cwd="/", check=False, capture_output=True, text=True, env=_plain(), **_server_identity()
    )
    if done.returncode:
        raise SystemExit(f"{Path(arguments[0]).name} failed:\n{done.stdout}{done.stderr}")


def _server_identity() -> dict[str, Any]:
    """Arguments to subprocess that leave root behind; none for an ordinary user."""
    if not paths.running_as_root():
        return {}
    account = paths.server_account()
    return {"user": account.pw_uid, "group": account.pw_gid, "extra_groups": []}


def _plain() -> dict[str, str]:
    """The environment without what would lead PostgreSQL's programs elsewhere."""
    return {key: value for key, value in os.environ.items() if not key.startswith("PG")}


def _log(name: str) -> BinaryIO:
    return (paths.LOG_DIR / f"{_file_name(name)}.log").open("ab")


def _file_name(kind: str) -> str:
    return kind.replace("/", "-")


def _wait(ready: Callable[[], bool], seconds: float) -> bool:
    """Look often until it is so, or the time is over."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if ready():
            return True
        time.sleep(0.05)
    return False
