"""`make stop`: stop what `make run` started from this folder, and wait until it is gone."""

import contextlib
import os
import signal
import time

from scripts import paths

PID_FILE = paths.VAR_DIR / "run" / "pid"


def main() -> None:
    """Ask the supervisor to stop; it stops everything else."""
    try:
        pid = int(PID_FILE.read_text(encoding="utf-8"))
        os.kill(pid, signal.SIGTERM)
    except (OSError, ValueError):
        print("Nothing is running from this folder.")
        return
    end = time.monotonic() + 90
    with contextlib.suppress(ProcessLookupError):
        while time.monotonic() < end:
            os.kill(pid, 0)
            time.sleep(0.1)
        raise SystemExit("It did not stop within 90 seconds.")
    print("Stopped.")


if __name__ == "__main__":
    main()
