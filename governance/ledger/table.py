"""A pasted table, a CSV file or a workbook as rows of the ledger: every bad line is told, nothing typed is lost."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from zipfile import BadZipFile

from django.utils.translation import gettext as _
from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from core.errors import Problem, Unreadable

MOST_ROWS = 2000
LARGEST = Decimal(10) ** 15
_HEADS = {
    "chapter": ("kapittel", "kap", "kap."),
    "post": ("post",),
    "name": ("posttekst", "benevnelse", "tekst", "navn"),
    "amount": ("beløp", "bevilgning", "bevilget", "endring", "sum", "1 000 kroner", "i 1 000 kroner"),
    "code": ("kap./post", "kap.post", "kapittel/post", "kap/post"),
}
_CODE = re.compile(r"^(\d{1,4})\s*[.,/]\s*(\d{1,2})$")


@dataclass(frozen=True)
class LedgerRow:
    """One row as read: ``line`` is its number in what was given, ``amount`` whole kroner with sign."""

    line: int
    chapter: int
    post: int
    name: str
    amount: int

    @property
    def code(self) -> str:
        """Chapter and post as in tables: 746.01."""
        return f"{self.chapter}.{self.post:02d}"


@dataclass
class Table:
    """What was read: the rows that can be used, and everything that is wrong, with line numbers."""

    rows: list[LedgerRow] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


def read_table(text: str) -> Table:
    """Rows of a table with tabs, semicolons or two spaces between the columns; a heading line is understood.

    Columns without headings are chapter, post, name, amount (1 000 kroner), or «746.01», name, amount.
    """
    table = Table()
    lines = [(number, line) for number, line in enumerate(text.replace("\r\n", "\n").split("\n"), start=1)]
    filled = [(number, line) for number, line in lines if line.strip()]
    if not filled:
        table.problems.append(Problem("no_rows", _("Lim inn en tabell, eller velg en fil med rader."), "text"))
        return table
    if len(filled) > MOST_ROWS:
        sentence = _("Tabellen har flere enn %(most)s rader. Del den opp.") % {"most": MOST_ROWS}
        table.problems.append(Problem("too_many_rows", sentence, "text"))
        return table
    columns = _columns(_cells(filled[0][1]))
    for number, line in filled[1:] if columns else filled:
        _read_line(table, number, _cells(line), columns)
    _say_doubles(table)
    return table


def _cells(line: str) -> list[str]:
    if "\t" in line:
        parts = line.split("\t")
    elif ";" in line:
        parts = next(csv.reader([line], delimiter=";"))
    else:
        parts = re.split(r"[ \u00a0]{2,}", line.strip())
    return [part.replace("\u00a0", " ").strip() for part in parts]


def _columns(cells: Sequence[str]) -> dict[str, int]:
    """Where each column stands, when the first line is a heading."""
    found: dict[str, int] = {}
    for place, cell in enumerate(cells):
        words = cell.casefold().strip(": ")
        for name, heads in _HEADS.items():
            if words in heads or (name == "amount" and words.startswith(("beløp", "bevilg", "endring"))):
                found.setdefault(name, place)
    known = "amount" in found and ("code" in found or {"chapter", "post"} <= set(found))
    return found if known else {}


def _read_line(table: Table, number: int, cells: Sequence[str], columns: dict[str, int]) -> None:
    values = _named(cells, columns) if columns else _placed(cells)
    wrong = []
    chapter, post = _number(values.get("chapter", "")), _number(values.get("post", ""))
    if chapter is None or not 1 <= chapter <= 9999:
        wrong.append(_("kapittelet «%(text)s» er ikke et tall fra 1 til 9999") % {"text": values.get("chapter", "")})
    if post is None or not 0 <= post <= 99:
        wrong.append(_("posten «%(text)s» er ikke to sifre") % {"text": values.get("post", "")})
    amount = read_amount(values.get("amount", ""))
    if amount is None:
        sentence = _("beløpet «%(text)s» kan ikke leses i 1 000 kroner")
        wrong.append(sentence % {"text": values.get("amount", "")})
    if wrong or chapter is None or post is None or amount is None:
        sentence = _("Linje %(line)s: %(what)s.") % {"line": number, "what": ", ".join(wrong)}
        table.problems.append(Problem("bad_line", sentence, "text"))
        return
    table.rows.append(LedgerRow(number, chapter, post, values.get("name", "")[:300], amount))


def _named(cells: Sequence[str], columns: dict[str, int]) -> dict[str, str]:
    values = {name: cells[place] if place < len(cells) else "" for name, place in columns.items()}
    match = _CODE.match(values.get("code", ""))
    if match:
        values |= {"chapter": match.group(1), "post": match.group(2)}
    return values


def _placed(cells: Sequence[str]) -> dict[str, str]:
    match = _CODE.match(cells[0]) if cells else None
    rest = list(cells[1:])
    if match:
        chapter, post = match.groups()
    else:
        chapter, post = cells[0] if cells else "", rest.pop(0) if rest else ""
    amount = rest.pop() if rest else ""
    return {"chapter": chapter, "post": post, "name": " ".join(part for part in rest if part), "amount": amount}


def _number(text: str) -> int | None:
    return int(text) if text.isdigit() else None


def read_amount(text: str) -> int | None:
    """«458 591» or «-3 400,5» in 1 000 kroner as whole kroner; None when it is no amount."""
    digits = re.sub(r"[\s\u00a0]", "", text).replace("\u2212", "-").replace("–", "-").replace(",", ".")
    try:
        kroner = Decimal(digits) * 1000
    except InvalidOperation:
        return None
    if not kroner.is_finite() or kroner != kroner.to_integral_value() or abs(kroner) > LARGEST:
        return None
    return int(kroner)


def _say_doubles(table: Table) -> None:
    seen: dict[str, int] = {}
    for row in table.rows:
        if row.code in seen:
            words = {"line": row.line, "code": row.code, "first": seen[row.code]}
            sentence = _("Linje %(line)s: %(code)s står også på linje %(first)s. Slå radene sammen.") % words
            table.problems.append(Problem("double_line", sentence, "text"))
        seen.setdefault(row.code, row.line)


# ---- files ----
def file_as_text(name: str, data: bytes) -> str:
    """The table of a file as text with tabs, so that what was uploaded can be seen and mended. Raises Unreadable."""
    if name.lower().endswith((".xlsx", ".xlsm")) or data[:2] == b"PK":
        return _workbook(name, data)
    for encoding in ("utf-8-sig", "cp1252"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\x00" not in text:
            return text
    raise _unreadable(name)


def _workbook(name: str, data: bytes) -> str:
    try:
        book = load_workbook(io.BytesIO(data), read_only=True, data_only=True)
        rows = list(book.worksheets[0].iter_rows(values_only=True, max_row=MOST_ROWS + 2))
    except (BadZipFile, InvalidFileException, KeyError, OSError, ValueError, IndexError):
        raise _unreadable(name) from None
    return "\n".join(_joined(row) for row in rows).strip("\n")


def _joined(cells: Iterable[object]) -> str:
    return "\t".join("" if cell is None else _plain(cell) for cell in cells).rstrip("\t")


def _plain(cell: object) -> str:
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell).replace("\t", " ").replace("\n", " ").strip()


def _unreadable(name: str) -> Unreadable:
    sentence = _("Filen «%(name)s» kan ikke leses som en tabell. Lagre den som .xlsx eller .csv, eller lim inn radene.")
    return Unreadable(problems=[Problem("unreadable_table", sentence % {"name": name}, "file")])
