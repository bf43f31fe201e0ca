"""Rules about where things live that the import contracts cannot say."""

import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from tests.architecture.code import APPS, BASE_DIR, python_files, relative

FIND_BY_KEY = re.compile(r"\.objects\.get\(|get_object_or_404\(\s*[A-Z]\w+\s*,")
SAVES = re.compile(r"\.(save|delete|bulk_create|bulk_update)\(|\.objects\.(create|update_or_create|get_or_create)\(")


def matching(rule: re.Pattern[str], files: list[Path]) -> list[str]:
    return [
        f"{relative(file)}:{number}"
        for file in files
        for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), 1)
        if rule.search(line)
    ]


def in_rooms(*rooms: str) -> list[Path]:
    """Files of an app's rooms (views, api …), whether a module or a package."""
    return [file for file in python_files(of_apps=True) if relative(file).with_suffix("").parts[1] in rooms]


def test_the_import_contracts_hold() -> None:
    program = Path(sys.executable).parent / "lint-imports"
    done = subprocess.run([program, "--no-logo"], cwd=BASE_DIR, check=False, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout


def test_every_private_room_is_named_in_a_contract() -> None:
    configured = tomllib.loads((BASE_DIR / "pyproject.toml").read_text(encoding="utf-8"))
    contracts = configured["tool"]["importlinter"]["contracts"]
    named = {module for contract in contracts for module in contract.get("protected_modules", [])}
    rooms = {
        f"{app}.{room}"
        for app in APPS[1:]
        for room in ("views", "forms", "api")
        if list((BASE_DIR / app).glob(f"{room}/__init__.py")) or (BASE_DIR / app / f"{room}.py").exists()
    }
    assert rooms - named == set()


def test_views_and_api_find_rows_only_among_the_visible() -> None:
    assert matching(FIND_BY_KEY, in_rooms("views", "api")) == []


def test_only_actions_write() -> None:
    assert matching(SAVES, in_rooms("views", "api", "forms", "selectors", "querysets", "tasks")) == []


def test_only_one_module_reads_the_environment() -> None:
    allowed = {"manage.py", "config/env.py", "config/celery.py", "config/wsgi.py"}
    files = [
        file
        for file in python_files()
        if str(relative(file)) not in allowed and relative(file).parts[0] not in {"scripts", "tests", "benchmarks"}
    ]
    assert matching(re.compile(r"\bos\.environ\b|\bgetenv\("), files) == []


@pytest.mark.parametrize(
    ("module", "home"),
    [("weasyprint", "core/pdf"), ("guardian", "core/permissions"), ("celery", "core/jobs")],
)
def test_a_large_library_is_known_in_one_place(module: str, home: str) -> None:
    rule = re.compile(rf"^\s*(from {module}\b|import {module}\b)")
    elsewhere = [file for file in python_files(of_apps=True) if not str(relative(file)).startswith(home)]
    if module == "celery":  # tasks declare themselves to it
        elsewhere = [file for file in elsewhere if "tasks" not in relative(file).with_suffix("").parts]
    if module == "guardian":  # the models that hold its rows
        elsewhere = [file for file in elsewhere if relative(file).parts[:2] != ("agencies", "models")]
    assert matching(rule, elsewhere) == []


def test_no_text_for_translation_is_an_f_string() -> None:
    assert matching(re.compile(r"\b(_|gettext|gettext_lazy|ngettext|pgettext)\(\s*f[\"']"), python_files()) == []


def test_no_year_and_no_organisation_is_named_in_code() -> None:
    rule = re.compile(
        r"\b20(1[5-9]|2\d|3[0-5])\b|[Hh]elsedirektorat|\bHOD\b|\bDMP\b|\bHelfo\b|Omsorgsdepartement", re.ASCII
    )
    found = []
    for file in python_files(of_apps=True):
        # Commands name their defaults; the gallery and the demonstration are content.
        if {"management", "demo"} & set(relative(file).parts) or file.name == "gallery.py":
            continue
        code = re.sub(r'"""[\s\S]*?"""', lambda match: "\n" * match.group().count("\n"), file.read_text("utf-8"))
        found += [
            f"{relative(file)}:{number}"
            for number, line in enumerate(code.splitlines(), 1)
            if rule.search(line.partition("#")[0]) and '_("' not in line  # an example in a sentence
        ]
    assert found == []


def test_nothing_forbidden_stands_in_the_repository() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "scripts.forbidden"], cwd=BASE_DIR, check=False, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stdout
