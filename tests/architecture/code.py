"""The files that are ours, for tests that read code."""

import ast
import subprocess
from collections.abc import Iterator
from pathlib import Path

BASE_DIR = Path(__file__).resolve().parent.parent.parent
APPS = ("core", "agencies", "governance", "assignments", "reporting")


def tracked(*patterns: str) -> list[Path]:
    """Files in the repository (and new ones not yet added) that match, without what git ignores."""
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard", "--", *patterns]
    listed = subprocess.run(command, cwd=BASE_DIR, check=True, capture_output=True, text=True).stdout
    files = [BASE_DIR / name for name in listed.split("\0") if name]
    return sorted(file for file in files if file.is_file())


def python_files(*, of_apps: bool = False) -> list[Path]:
    """Our Python files without migrations; only those of the apps if wanted."""
    files = [file for file in tracked("*.py") if "migrations" not in file.parts]
    return [file for file in files if relative(file).parts[0] in APPS] if of_apps else files


def functions(file: Path) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    """All functions and methods of a file."""
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def relative(file: Path) -> Path:
    """The path as a person would say it."""
    return file.relative_to(BASE_DIR)
