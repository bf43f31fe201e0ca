"""`make run`: everything the program needs, started together and stopped together."""

import fcntl
import os
import subprocess
import time
import urllib.error
import urllib.request
from pathlib import Path
from typing import TextIO

from scripts import paths
from scripts.services import services
from scripts.supervisor import Interruption, Supervisor, listening_socket, python, wait_for_file

KIND = "run"
FOLDER = paths.VAR_DIR / KIND
ADDRESS_FILE = FOLDER / "address"
PID_FILE = FOLDER / "pid"


def main() -> None:
    """Start, say where, wait for Ctrl-C, stop."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    lock = _only_one()
    if lock is None:
        where = ADDRESS_FILE.read_text(encoding="utf-8") if ADDRESS_FILE.exists() else "its address, in a moment"
        print(f"Already running from this folder: {where}\nStop it with: make stop")
        return
    interruption = Interruption()
    PID_FILE.write_text(str(os.getpid()), encoding="utf-8")
    try:
        with services(KIND, throwaway=False) as running:
            _run(interruption, running.environment)
    finally:
        for leftover in (ADDRESS_FILE, PID_FILE, paths.LOCAL_ENV_FILE):
            leftover.unlink(missing_ok=True)
        lock.close()
    print("Stopped.")


def _run(interruption: Interruption, addresses: dict[str, str]) -> None:
    host = os.environ.get("HOST", "127.0.0.1")
    door = listening_socket(host, int(os.environ.get("PORT", "8000")))
    port = str(door.getsockname()[1])
    shown = f"http://localhost:{port}/"
    environment = {
        "DJANGO_SETTINGS_MODULE": "config.settings.dev",
        **os.environ,
        **addresses,
        "PORT": port,
        "BASE_URL": shown.rstrip("/"),
        "MAIL_SINK_ROOT": str(paths.VAR_DIR / "mail"),
        "PYTHONUNBUFFERED": "1",
    }
    supervisor = Supervisor(environment)
    try:
        _start_mail(supervisor, interruption)
        _write_local_env(environment)
        for step in (["compilemessages", "--verbosity", "0"], ["migrate", "--verbosity", "0"], ["load_reference"]):
            _manage(environment, interruption, *step)
        _demo_data(environment, interruption)
        _start_program(supervisor, door.fileno())
        door.close()
        _wait_until_healthy(f"{shown}helse/klar/", supervisor, interruption)
        ADDRESS_FILE.write_text(shown, encoding="utf-8")
        _greet(environment, shown)
        while not interruption.asked.wait(1):
            if (name := supervisor.ended()) is not None:
                raise SystemExit(f"{name} ended by itself. See var/log/{name}.log")
    finally:
        supervisor.stop()


def _start_mail(supervisor: Supervisor, interruption: Interruption) -> None:
    """The mail sink, unless mail goes to a server of the person's own."""
    if supervisor.environment.get("SMTP_URL"):
        return
    written = FOLDER / "smtp-address"
    written.unlink(missing_ok=True)
    folder = supervisor.environment["MAIL_SINK_ROOT"]
    supervisor.start("mail", python("-m", "scripts.smtp_sink", folder, str(written)))
    supervisor.environment["SMTP_URL"] = wait_for_file(written, 30, interruption)


def _start_program(supervisor: Supervisor, door: int) -> None:
    supervisor.start("worker", python("-m", "celery", "-A", "config", "worker", "--concurrency", "2", "-l", "INFO"))
    schedule = str(FOLDER / "celerybeat-schedule")
    supervisor.start("beat", python("-m", "celery", "-A", "config", "beat", "-s", schedule, "--pidfile=", "-l", "INFO"))
    web = [
        "-m",
        "gunicorn",
        "config.wsgi:application",
        "--bind",
        f"fd://{door}",
        "--workers",
        "2",
        "--threads",
        "4",
    ]
    web += ["--timeout", "120", "--no-control-socket"]
    supervisor.start("web", python(*web), pass_fds=(door,))


def _manage(environment: dict[str, str], interruption: Interruption, *arguments: str) -> str:
    """Run one management command to its end; what it says is shown if it fails."""
    interruption.check()
    command = python("manage.py", *arguments)
    done = subprocess.run(command, cwd=paths.BASE_DIR, env=environment, check=False, capture_output=True, text=True)
    if done.returncode:
        raise SystemExit(f"manage.py {' '.join(arguments)} failed:\n{done.stdout}{done.stderr}")
    return done.stdout


def _demo_data(environment: dict[str, str], interruption: Interruption) -> None:
    """Fill an empty database, and only an empty one, with the demonstration year. `DEMO=no` leaves it empty."""
    interruption.check()
    if environment.get("DEMO") == "no":
        return
    if _manage(environment, interruption, "shell", "--no-imports", "-c", EMPTY).strip() == "empty":
        print("Loading demonstration data …", flush=True)
        _manage(environment, interruption, "load_demo")


EMPTY = "from agencies.models import Organisation as o; print('used' if o.objects.exists() else 'empty')"


def _wait_until_healthy(address: str, supervisor: Supervisor, interruption: Interruption, seconds: float = 90) -> None:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        interruption.check()
        if (name := supervisor.ended()) is not None:
            raise SystemExit(f"{name} ended at once. See var/log/{name}.log")
        try:
            with urllib.request.urlopen(address, timeout=5) as answer:  # noqa: S310
                if answer.status == 200:
                    return
        except urllib.error.HTTPError as problem:
            problem.close()
        except OSError:
            pass
        time.sleep(0.2)
    raise SystemExit(f"The program did not answer at {address} within {seconds:.0f} seconds. See var/log/web.log")


def _greet(environment: dict[str, str], shown: str) -> None:
    print(f"\nStyringsdialog: {shown}\n", flush=True)
    done = subprocess.run(
        python("manage.py", "demo_logins"),
        cwd=paths.BASE_DIR,
        env=environment,
        check=False,
        capture_output=True,
        text=True,
    )
    if done.returncode == 0:
        print(done.stdout, flush=True)
    print(f"Mail that was sent: {shown}lokal-post/. Logs: var/log. Stop with Ctrl-C or make stop.", flush=True)


def _write_local_env(environment: dict[str, str]) -> None:
    """Let manage.py in another window find the same services."""
    names = ("DATABASE_URL", "REDIS_URL", "SMTP_URL", "BASE_URL", "MAIL_SINK_ROOT")
    lines = [f'{name}="{environment[name]}"\n' for name in names]
    Path(paths.LOCAL_ENV_FILE).write_text("".join(lines), encoding="utf-8")
    paths.LOCAL_ENV_FILE.chmod(0o600)


def _only_one() -> TextIO | None:
    """The lock of this folder's run, or None when another run holds it."""
    lock = (FOLDER / "lock").open("a", encoding="utf-8")
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        lock.close()
        return None
    return lock


if __name__ == "__main__":
    main()
