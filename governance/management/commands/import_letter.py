"""Reads letters and prints what they hold: the gold schema as JSON, or a summary. Needs no database."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand

from core.errors import Unreadable
from governance.importing import SourceFile, account, read_letter, to_gold
from governance.importing.records import DraftLetter


class Command(BaseCommand):
    """One JSON object for each path (JSON Lines when several). Exit 2 when any path is refused."""

    help = "Leser styringsbrev og skriver ut det de inneholder. Lagrer ingenting."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("paths", nargs="+", metavar="PATH", help="fil (pdf, docx, odt, html, md, txt eller zip)")
        parser.add_argument("--json", action="store_true", help="skriv rader som JSON (steering-gold/1)")
        parser.add_argument("--as-one", action="store_true", help="les alle filene som ett brev")

    def handle(self, *args: Any, **options: Any) -> None:
        paths = [Path(path) for path in options["paths"]]
        groups = [paths] if options["as_one"] else [[path] for path in paths]
        refused = False
        for group in groups:
            try:
                files = [SourceFile(path.name, path.read_bytes()) for path in group]
                draft = read_letter(files)
            except (Unreadable, OSError) as error:
                refused = True
                self.stderr.write(json.dumps(_problem(group[0], error), ensure_ascii=False))
                continue
            if options["json"]:
                indent = 1 if len(groups) == 1 else None
                self.stdout.write(json.dumps(to_gold(draft, group[0].stem), ensure_ascii=False, indent=indent))
            else:
                self.stdout.write(_summary(group[0], draft))
        if refused:
            raise SystemExit(2)


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
