"""The list as a file: only rows the reader may read, and no cell that a spreadsheet would calculate."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter

from assignments.models import StatusVersion
from assignments.selectors import words
from assignments.selectors.criteria import Criteria, condition, visible
from core.actor import Actor
from core.sheets import safe

MOST_ROWS = 20_000
_WIDTHS = (14, 60, 14, 10, 12, 20, 12, 14, 14, 30, 40)

Row = list[Any]


def heads() -> list[str]:
    """Names of the columns."""
    return [
        _("Nummer"),
        _("Oppdrag"),
        _("Virksomhet"),
        _("Avdeling"),
        _("Brevår"),
        _("Status"),
        _("Levert"),
        _("Frist i brevet"),
        _("Gjeldende frist"),
        _("Delt framdrift"),
        _("Delt status"),
    ]


def rows(actor: Actor, criteria: Criteria, today: date) -> Iterable[Row]:
    """One row per assignment the reader may read; exempt ones are left out for others (decision B2)."""
    found = visible(actor, today).filter(condition(criteria, actor, today)).filter(may_read=True)
    listed = list(found.for_list().by_deadline()[:MOST_ROWS])
    shared = StatusVersion.objects.filter(assignment__in=[row.pk for row in listed]).order_by("number")
    latest = {version.assignment_id: version for version in shared}
    for row in listed:
        yield [safe(value) for value in _values(row, latest.get(row.pk))]


def _values(row: Any, version: StatusVersion | None) -> Row:
    deliveries = list(row.deliveries.all())
    shown = words.next_delivery(deliveries)
    return [
        row.reference,
        row.title,
        row.responsible.short,
        row.department.code if row.department else row.department_text,
        row.letter_year,
        str(words.assignment_badge(row, deliveries).label),
        f"{row.delivered_count} av {row.delivery_count}",
        words.letter_words(shown) if shown else "",
        shown.deadline if shown and not shown.unclear else None,
        version.get_progress_display() if version else "",
        version.text if version else "",
    ]


def as_csv(actor: Actor, criteria: Criteria, today: date) -> bytes:
    """Semicolons and a byte order mark, as Norwegian Excel opens it."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    writer.writerow(heads())
    for row in rows(actor, criteria, today):
        writer.writerow([value.isoformat() if isinstance(value, date) else value for value in row])
    return out.getvalue().encode("utf-8-sig")


def as_excel(actor: Actor, criteria: Criteria, today: date) -> bytes:
    """One sheet with a fixed head."""
    book = Workbook(write_only=False)
    sheet = book.active
    assert sheet is not None
    sheet.title = _("Oppdrag")
    sheet.append(heads())
    for cell in sheet[1]:
        cell.font = Font(bold=True)
    for number, width in enumerate(_WIDTHS, start=1):
        sheet.column_dimensions[get_column_letter(number)].width = width
    for row in rows(actor, criteria, today):
        sheet.append([None if value == "" else value for value in row])
    sheet.freeze_panes = "A2"
    out = io.BytesIO()
    write_to = book.save
    write_to(out)
    return out.getvalue()


@dataclass(frozen=True)
class FileKind:
    """A form the list is downloaded in."""

    extension: str
    content_type: str
    write: Callable[[Actor, Criteria, date], bytes]


KINDS = {
    "xlsx": FileKind("xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", as_excel),
    "csv": FileKind("csv", "text/csv; charset=utf-8", as_csv),
}
