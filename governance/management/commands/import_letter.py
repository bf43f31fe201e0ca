"""Reads letters and prints what they hold: the gold schema as JSON, or a summary. Needs no database.

Files and folders, as many as one likes; one that cannot be read is told of and the rest goes on. Exit status:
0 all read, 2 something refused, 3 nothing read at all.
"""

from __future__ import annotations

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand

from core.errors import Unreadable
from governance.importing import SourceFile, account, read_letter, to_gold
from governance.importing.extraction.sniff import natural
from governance.importing.records import DraftLetter


class Command(BaseCommand):
    """One JSON object for each letter (JSON Lines when several). Exit 2 when any is refused, 3 when all are."""

    help = "Leser styringsbrev og skriver ut det de inneholder. Lagrer ingenting."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "paths", nargs="+", metavar="PATH", help="fil (pdf, docx, odt, html, md, txt eller zip) eller mappe"
        )
        parser.add_argument("--json", action="store_true", help="skriv rader som JSON (steering-gold/1)")
        parser.add_argument("--as-one", action="store_true", help="les alle filene som ett brev")

    def handle(self, *args: Any, **options: Any) -> None:
        given = {path: _files(Path(path)) for path in options["paths"]}
        empty = [Path(path) for path, found in given.items() if not found]
        for path in empty:
            self.stderr.write(json.dumps(_empty(path), ensure_ascii=False))
        paths = [path for found in given.values() for path in found]
        groups = ([paths] if paths else []) if options["as_one"] else [[path] for path in paths]
        refused = len(empty)
        for group in groups:
            try:
                files = [SourceFile(path.name, path.read_bytes()) for path in group]
                draft = read_letter(files)
            except (Unreadable, OSError) as error:
                refused += 1
                self.stderr.write(json.dumps(_problem(group[0], error), ensure_ascii=False))
                continue
            if options["json"]:
                indent = 1 if len(groups) == 1 else None
                self.stdout.write(json.dumps(to_gold(draft, group[0].stem), ensure_ascii=False, indent=indent))
            else:
                self.stdout.write(_summary(group[0], draft))
        if refused:
            raise SystemExit(3 if refused == len(groups) + len(empty) else 2)


def _files(path: Path) -> list[Path]:
    """The path itself, or the files of a folder and the folders in it, by name; hidden ones left out."""
    if not path.is_dir():
        return [path]
    inside = (found for found in path.rglob("*") if found.is_file())
    kept = [found for found in inside if not any(part.startswith(".") for part in found.relative_to(path).parts)]
    return sorted(kept, key=lambda found: [natural(part) for part in found.relative_to(path).parts])


def _problem(path: Path, error: Unreadable | OSError) -> dict[str, object]:
    """The refusal as problem JSON: which file, stable code, sentence in bokmål."""
    if isinstance(error, Unreadable):
        return {
            "type": "about:blank",
            "status": error.status,
            "title": str(error.title),
            "detail": str(error.message),
            "code": error.code,
            "file": path.name,
        }
    return {
        "type": "about:blank",
        "status": 404,
        "title": "Filen kan ikke åpnes",
        "detail": f"Fant ikke filen «{path.name}», eller den kan ikke åpnes.",
        "code": "no_such_file",
        "file": path.name,
    }


def _empty(path: Path) -> dict[str, object]:
    """The problem of a folder without files."""
    return {
        "type": "about:blank",
        "status": 422,
        "title": "Mappen er tom",
        "detail": f"Mappen «{path.name}» har ingen filer. Velg mappen der brevene ligger.",
        "code": "empty_folder",
        "file": path.name,
    }


def _summary(path: Path, draft: DraftLetter) -> str:
    coverage = account(draft)
    facts = draft.facts
    lines = [
        f"{path.name}: {facts.title.value or 'uten tittel'}",
        f"  {facts.issuer.value or 'ukjent avsender'} til {facts.agency.value or 'ukjent virksomhet'}",
        f"  mål {len(draft.goals)}, styringsparametere {len(draft.parameters)}, nøkkeltall {len(draft.key_figures)},"
        f" oppdrag {len(draft.assignments)}, budsjettlinjer {len(draft.budget_lines)},"
        f" kalender {len(draft.calendar)}, rapporteringskrav {len(draft.reporting)}",
        f"  linjer {coverage.lines}: strukturert {coverage.structured}, prosa {coverage.prose},"
        f" sideskrap {coverage.furniture}",
    ]
    return "\n".join(lines)
