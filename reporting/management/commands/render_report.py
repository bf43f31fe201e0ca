"""``manage.py render_report UUID OUT.pdf``: the reading copy of a report, as the worker makes it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from core import clock, files
from core.errors import DomainError
from reporting.actions.report_files import render, render_submitted
from reporting.models import Report, ReportFile


class Command(BaseCommand):
    """A submitted report gives its stored file; one that is being written gives a draft."""

    help = "Skriver rapporten som PDF."

    def add_arguments(self, parser: CommandParser) -> None:
        """The report and the file."""
        parser.add_argument("uuid")
        parser.add_argument("out", type=Path)
        parser.add_argument("--archive", action="store_true", help="arkivutgaven (PDF/A-2a)")

    def handle(self, *args: Any, **options: Any) -> None:
        """Render and write. Exit code 1 with a sentence when it cannot be done."""
        report = Report.objects.for_detail().by_uuid(options["uuid"]).first()
        if report is None:
            raise CommandError("Fant ingen rapport med denne id-en.")
        try:
            content = self._content(report, archive=options["archive"])
        except DomainError as error:
            raise CommandError(str(error)) from error
        options["out"].write_bytes(content)
        self.stdout.write(f"{options['out']} {len(content)}")

    def _content(self, report: Report, *, archive: bool) -> bytes:
        if not report.is_submitted:
            rendered = render(report, at=clock.now(), draft=True)
            return rendered.archive.content if archive else rendered.reading.content
        wanted = ReportFile.Role.ARCHIVE if archive else ReportFile.Role.READING
        made = {row.role: row for row in render_submitted(report=report)}
        row = ReportFile.objects.select_related("file").get(pk=made[wanted].pk)
        return files.read(row.file)
