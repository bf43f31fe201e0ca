"""Our templates, in one format (djade) and without the mistakes djlint knows."""

import subprocess
import sys
from pathlib import Path

from scripts import paths

DJADE_TARGET = "6.1"


def html_files() -> list[str]:
    """All templates of the project."""
    return sorted(str(file.relative_to(paths.BASE_DIR)) for file in _folder().rglob("*.html"))


def main() -> int:
    """Check, or with --write format, and return the exit code."""
    files = html_files()
    if not files:
        return 0
    write = "--write" in sys.argv[1:]
    djade = [_program("djade"), "--target-version", DJADE_TARGET, *([] if write else ["--check"]), *files]
    formatted = subprocess.run(djade, cwd=paths.BASE_DIR, check=False).returncode
    if write:
        return 0
    linted = subprocess.run(
        [_program("djlint"), "--lint", "--quiet", *files], cwd=paths.BASE_DIR, check=False
    ).returncode
    return formatted or linted


def _folder() -> Path:
    return paths.BASE_DIR / "templates"


def _program(name: str) -> str:
    return str(Path(sys.executable).parent / name)


if __name__ == "__main__":
    sys.exit(main())
