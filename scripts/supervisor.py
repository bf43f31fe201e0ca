"""Child processes that live and die together."""

import os
import signal
import socket
import subprocess
import sys
import threading
import time
from pathlib import Path
from types import FrameType

from scripts import paths
from scripts.lifeline import die_with_owner
from scripts.services import stop_process


class Supervisor:
    """Starts children with one environment, watches them, and stops them in the reverse order."""

    def __init__(self, environment: dict[str, str]) -> None:
        self.environment = environment
        self.children: list[tuple[str, subprocess.Popen[bytes]]] = []

    def start(self, name: str, arguments: list[str], *, pass_fds: tuple[int, ...] = ()) -> None:
        """Start a child in a session of its own, so that Ctrl-C reaches it through us and in order."""
        with (paths.LOG_DIR / f"{name}.log").open("ab") as log:
            child = subprocess.Popen(
                arguments,
                cwd=paths.BASE_DIR,
                env=self.environment,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
                pass_fds=pass_fds,
                preexec_fn=die_with_owner(signal.SIGTERM),  # noqa: PLW1509
            )
        self.children.append((name, child))

    def ended(self) -> str | None:
        """The name of a child that ended by itself, if any."""
        return next((name for name, child in self.children if child.poll() is not None), None)

    def stop(self) -> None:
        """Stop all children, the last started first."""
        for name, child in reversed(self.children):
            stop_process(name, child, signal.SIGTERM)
        self.children.clear()


class Interruption:
    """SIGINT, SIGTERM and SIGHUP as one flag: the first asks for an orderly stop, more are ignored."""

    def __init__(self) -> None:
        self.asked = threading.Event()
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, self._ask)

    def _ask(self, number: int, frame: FrameType | None) -> None:
        self.asked.set()

    def check(self) -> None:
        """Leave now if somebody asked, by way of the surrounding `finally` blocks."""
        if self.asked.is_set():
            raise SystemExit(0)


def python(*arguments: str) -> list[str]:
    """A command line with the interpreter of this environment."""
    return [sys.executable, *arguments]


def listening_socket(host: str, first_port: int, tries: int = 50) -> socket.socket:
    """A listening socket on the first free port from the wanted one: held from now on, so nobody takes it."""
    for port in range(first_port, first_port + tries):
        candidate = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
        candidate.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            candidate.bind((host, port))
            candidate.listen(128)
        except OSError:
            candidate.close()
            continue
        os.set_inheritable(candidate.fileno(), True)
        return candidate
    raise SystemExit(f"No free port between {first_port} and {first_port + tries - 1}. Choose one with PORT=…")


def wait_for_file(path: Path, seconds: float, interruption: Interruption) -> str:
    """The text of a file that a child writes when it is ready."""
    end = time.monotonic() + seconds
    while not path.exists():
        interruption.check()
        if time.monotonic() > end:
            raise SystemExit(f"{path.name} was not written within {seconds:.0f} seconds. See var/log.")
        time.sleep(0.05)
    return path.read_text(encoding="utf-8")
