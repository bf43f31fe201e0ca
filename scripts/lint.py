"""`make lint`: everything CI checks besides the tests. What a check says is shown when it fails."""

import os
import subprocess
import sys
import time
from pathlib import Path

from scripts import paths
from scripts.services import services

BIN = Path(sys.executable).parent
PYTHON = sys.executable
CHECKS: dict[str, list[str]] = {
    "ruff": [str(BIN / "ruff"), "check", "."],
    "ruff format": [str(BIN / "ruff"), "format", "--check", "."],
    "lock files": [PYTHON, "-m", "scripts.lockfiles"],
    "forbidden words": [PYTHON, "-m", "scripts.forbidden"],
    "templates": [PYTHON, "-m", "scripts.templates"],
    "imports": [str(BIN / "lint-imports"), "--no-logo"],
    "migrations": [PYTHON, "-W", "ignore", "manage.py", "makemigrations", "--check", "--dry-run"],
    "messages": [PYTHON, "-m", "scripts.messages"],
    "types": [str(BIN / "mypy")],
}


def main() -> int:
    """Run all checks, or those named, and return 1 if any failed."""
    names = sys.argv[1:] or list(CHECKS)
    environment = {"DJANGO_SETTINGS_MODULE": "config.settings.test", **os.environ}
    # Django compares generated columns and migrations with a server, so one runs meanwhile.
    with services(f"test-lint-{os.getpid()}", throwaway=True) as running:
        environment |= running.environment
        failed = [name for name in names if not _passes(name, environment)]
    if failed:
        print(f"Failed: {', '.join(failed)}", flush=True)
    return 1 if failed else 0


def _passes(name: str, environment: dict[str, str]) -> bool:
    started = time.monotonic()
    done = subprocess.run(
        CHECKS[name],
        cwd=paths.BASE_DIR,
        env=environment,
        check=False,
        text=True,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    )
    verdict = "ok" if done.returncode == 0 else "FAILED"
    print(f"{name:16} {verdict} ({time.monotonic() - started:.0f} s)", flush=True)
    if done.returncode:
        print(done.stdout, flush=True)
    return done.returncode == 0


if __name__ == "__main__":
    sys.exit(main())
