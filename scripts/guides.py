"""Write docs/guides/rights.md, states.md and the list in checks.md from the code that decides.

`python -m scripts.guides` writes them; a test fails when they are not what the code says.
"""

import os
from collections.abc import Iterator
from importlib import import_module
from importlib.util import find_spec
from typing import TYPE_CHECKING

from scripts import paths

if TYPE_CHECKING:
    from core.transitions import StateTable

GUIDES = paths.BASE_DIR / "docs" / "guides"
APPS = ("agencies", "governance", "assignments", "reporting")


def main() -> None:
    """Write the files."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.test")
    import django

    django.setup()
    for name, text in pages().items():
        (GUIDES / name).write_text(text, encoding="utf-8")


def pages() -> dict[str, str]:
    """The files by name, as they should be."""
    from django.utils import translation

    with translation.override("nb"):
        return {"rights.md": _rights(), "states.md": _states(), "checks.md": _checks()}


RULES = "## All rules"


def _checks() -> str:
    """How to write a check stays as written; the list of rules below it is the registry's."""
    from governance.selectors.rules import rule_lines

    written = (GUIDES / "checks.md").read_text(encoding="utf-8").partition(RULES)[0].rstrip()
    lines = [
        written,
        "",
        RULES,
        "",
        "Written from the registries by `python -m scripts.guides`, in the words of the page «Regler».",
        "",
        "| rule | severity | looks for | documents | where it runs | rests on |",
        "| --- | --- | --- | --- | --- | --- |",
    ]
    letters = {"stop": "F", "warning": "A", "info": "I"}
    lines += [
        f"| {line.check_id} | {letters[line.severity]} | {line.title} | {line.kinds} | {line.stages} | {line.source} |"
        for line in rule_lines({})
    ]
    return "\n".join(lines) + "\n"


def _rights() -> str:
    from agencies.rights import DEPARTMENT_RIGHTS, RIGHTS, SCOPES, DepartmentRight, Right, RoleCode

    roles = list(RoleCode)
    lines = [
        "# Rights",
        "",
        "Written from `agencies/rights.py` by `python -m scripts.guides`. A right is held on an organisation or a",
        "department, through an appointment that is valid on the day.",
        "",
        "| role | its rights are written on | rights |",
        "| --- | --- | --- |",
    ]
    for role in roles:
        held = sorted(right.value for right in RIGHTS.get(role, frozenset()))
        held += sorted(right.value for right in DEPARTMENT_RIGHTS.get(role, frozenset()))
        lines.append(f"| `{role.value}` | {SCOPES[role].value} | {', '.join(held) or 'none by role'} |")
    lines += ["", "| right | roles |", "| --- | --- |"]
    for right in [*Right, *DepartmentRight]:
        holders = [
            role.value
            for role in roles
            if right in RIGHTS.get(role, frozenset()) or right in DEPARTMENT_RIGHTS.get(role, frozenset())
        ]
        lines.append(f"| `{right.value}` | {', '.join(holders) or 'none'} |")
    return "\n".join(lines) + "\n"


def _states() -> str:
    lines = [
        "# States",
        "",
        "Written from the tables in each app's `states.py` by `python -m scripts.guides`. The same tables feed the",
        "buttons, the API and the checks of every act.",
    ]
    for app, name, table in _tables():
        title = name.lower().replace("_", " ")
        lines += ["", f"## {app}: {title}", "", "```mermaid", "stateDiagram-v2"]
        for step in table.transitions.values():
            lines += [f"    {source} --> {step.target}: {step.label}" for source in sorted(step.sources)]
        lines += ["```"]
    return "\n".join(lines) + "\n"


def _tables() -> "Iterator[tuple[str, str, StateTable]]":
    from core.transitions import StateTable

    for app in APPS:
        if find_spec(f"{app}.states") is None:
            continue
        for name, value in sorted(vars(import_module(f"{app}.states")).items()):
            if isinstance(value, StateTable):
                yield app, name, value


if __name__ == "__main__":
    main()
