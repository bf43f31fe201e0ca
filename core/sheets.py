"""A list as a file: CSV or Excel, and no cell that a spreadsheet would calculate."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from openpyxl import Workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter

_DANGEROUS = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True)
class Sheet:
    """One table. ``widths`` are in characters, one a column."""

    title: str
    heads: Sequence[str]
    rows: Iterable[Sequence[Any]]
    widths: Sequence[int] = ()


def safe(value: Any) -> Any:
    """A text that a spreadsheet takes as text: formulas get an apostrophe in front."""
    if not isinstance(value, str):
        return value
    value = ILLEGAL_CHARACTERS_RE.sub("", value)
    return f"'{value}" if value.startswith(_DANGEROUS) else value


def as_csv(sheet: Sheet) -> bytes:
    """Semicolons and a byte order mark, as Norwegian Excel opens it."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    writer.writerow(sheet.heads)
    for row in sheet.rows:
        writer.writerow([value.isoformat() if isinstance(value, date) else safe(value) for value in row])
    return out.getvalue().encode("utf-8-sig")


def as_excel(sheet: Sheet) -> bytes:
    """One sheet with a fixed head."""
    book = Workbook()
    page = book.active
    assert page is not None  # a new book has a sheet
    page.title = sheet.title[:31]
    page.append(list(sheet.heads))
    for cell in page[1]:
        cell.font = Font(bold=True)
    for number, width in enumerate(sheet.widths, start=1):
        page.column_dimensions[get_column_letter(number)].width = width
    for row in sheet.rows:
        page.append([None if value == "" else safe(value) for value in row])
    page.freeze_panes = "A2"
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


@dataclass(frozen=True)
class FileKind:
    """A form a list is downloaded in."""

    extension: str
    content_type: str
    write: Callable[[Sheet], bytes]


KINDS = {
    "xlsx": FileKind("xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", as_excel),
    "csv": FileKind("csv", "text/csv; charset=utf-8", as_csv),
}
