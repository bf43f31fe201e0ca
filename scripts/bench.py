"""`make bench`: every measurement of benchmarks/ one after the other, on services that live as long as the run.

One at a time, since two at once would measure each other. All are run however the first ones end; what is said last
is which limits were broken. Names after the command run only those: `.venv/bin/python -m scripts.bench letters pdf`.
"""

import os
import subprocess
import sys

from scripts import paths
from scripts.services import remove_data, services

#: the modules of benchmarks/ that measure; the others are what they measure on
MEASUREMENTS = ("pages", "letters", "importer", "pdf", "report_pdf")


def main() -> int:
    """Run the measurements and return 1 when one of them broke its limit or did not finish."""
    wanted = sys.argv[1:] or list(MEASUREMENTS)
    unknown = [name for name in wanted if name not in MEASUREMENTS]
    if unknown:
        print(f"No such measurement: {', '.join(unknown)}. There are: {', '.join(MEASUREMENTS)}.")
        return 2
    kind = f"bench-{os.getpid()}"
    try:
        with services(kind, throwaway=True) as running:
            environment = {**os.environ, **running.environment, "DJANGO_SETTINGS_MODULE": "config.settings.test"}
            environment.setdefault("STORED_FILES_ROOT", str(paths.VAR_DIR / "test-files"))
            broken = [name for name in wanted if _measure(name, environment) != 0]
    finally:
        remove_data(kind)
    print(f"\nBroken: {', '.join(broken)}." if broken else "\nAll limits are kept.")
    return 1 if broken else 0


def _measure(name: str, environment: dict[str, str]) -> int:
    print(f"\n== {name}", flush=True)
    command = [sys.executable, "-m", f"benchmarks.{name}"]
    return subprocess.run(command, cwd=paths.BASE_DIR, env=environment, check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
