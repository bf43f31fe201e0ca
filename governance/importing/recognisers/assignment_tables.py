"""Assignments in tables: one row each, or one table of «Oppdrag | …», «Frist | …» rows each."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from governance.importing.habits import assignments as habit
from governance.importing.reading.units import Unit
from governance.importing.recognisers.assignment_starts import is_assignment_part
from governance.importing.recognisers.context import Reading
from governance.importing.recognisers.deadlines import Part, deadlines_of, sentences, whole_deadline
from governance.importing.records import Cell, ChangeKind, DraftAssignment, DraftDelivery, Span
from governance.importing.values.references import parse_reference
from governance.importing.values.text import squeeze

_HEADS: tuple[tuple[str, re.Pattern[str]], ...] = (
    (
        "ref",
        re.compile(
            r"^(?:nr\.?|nummer|id|ref(?:eranse|\.)?|oppdrag(?:s)?\s*(?:nr\.?|nummer|id)|oppdragsnummer|løpenr\.?)$",
            re.IGNORECASE,
        ),
    ),
    (
        "deadline",
        re.compile(
            r"^(?:(?:ny|nye|endra|endret|revidert)\s+)?(?:(?:leverings|svar|tids)?frist(?:ar|er)?|dato|når|ferdig|leveringsdato)\b",
            re.IGNORECASE,
        ),
    ),
    (
        "department",
        re.compile(
            r"^(?:ansvar(?:lig|leg)?(?:\s+(?:avdeling|i\s+\w+))?|avdeling|avd\.?|fagavdeling|kontakt\w*)\b",
            re.IGNORECASE,
        ),
    ),
    (
        "body",
        re.compile(
            r"^(?:beskrivelse|beskriving|innhold|innhald|omtale|oppdragstekst|nærmere|nærare|merknad|kommentar|leveranse|bakgrunn|rapportering)\b",
            re.IGNORECASE,
        ),
    ),
    ("goal", re.compile(r"^(?:(?:hoved|hovud|del)?mål)\b", re.IGNORECASE)),
    (
        "title",
        re.compile(
            r"^(?:(?:nye?\s+)?oppdrag(?:et|a|ene)?|tittel|oppgave|oppgåve|tiltak|bestilling|oppdragstittel)\b",
            re.IGNORECASE,
        ),
    ),
)


_TOKEN = re.compile(r"^(?P<ref>(?:[A-ZÆØÅ]{1,6}[-–]?)?\d[\w./–-]{0,9})[.:]?\s+(?P<rest>\S.*)$")
"""«OED-3 Oppdatere analysen»: number and title in one cell below two heads."""
_DUTY = re.compile(r"\b(?:skal|bes|ber|må|bør|vil|er|blir|har)\b", re.IGNORECASE)


@dataclass(slots=True)
class Entry:
    """An assignment gathered from one or more rows."""

    units: list[Unit] = field(default_factory=list)
    fields: dict[str, str] = field(default_factory=dict)
    spans: list[Span] = field(default_factory=list)


def _role(text: str) -> str:
    stripped = squeeze(text).strip(" :")
    return next((role for role, pattern in _HEADS if pattern.match(stripped)), "") if len(stripped) < 45 else ""


def _tables(reading: Reading) -> list[list[Unit]]:
    tables: list[list[Unit]] = []
    for unit in reading.body():
        if unit.is_row and not reading.claimed(unit, "budget"):
            if tables and tables[-1][-1].table == unit.table:
                tables[-1].append(unit)
            else:
                tables.append([unit])
    return tables


def _columns(rows: list[Unit]) -> tuple[dict[str, int], int]:
    """(role: column, header rows) of a table that lists assignments, else an empty mapping."""
    for number, row in enumerate(rows[:2]):
        roles: dict[str, int] = {}
        for cell in row.cells:
            role = _role(cell.text)
            if role and role not in roles:
                roles[role] = cell.column
        if "title" in roles and len(roles) > 1:
            return roles, number + 1
        if "ref" in roles and "deadline" in roles and ("body" in roles or len(row.cells) > 2):
            roles.setdefault("title", roles.pop("body", roles["ref"] + 1))
            return roles, number + 1
    return {}, 0


def _cell(row: Unit, column: int) -> Cell | None:
    return next((cell for cell in row.cells if cell.column <= column < cell.column + cell.width), None)


def _listed(reading: Reading, rows: list[Unit]) -> list[Entry]:
    roles, heads = _columns(rows)
    if not roles:
        return []
    head_text = " ".join(cell.text for cell in rows[heads - 1].cells)
    if not re.search(r"oppdrag", head_text, re.IGNORECASE) and not is_assignment_part(reading, rows[0]):
        return []
    entries: list[Entry] = []
    for row in rows[heads:]:
        fields = {
            role: cell.text for role, column in roles.items() if (cell := _cell(row, column)) and cell.text.strip()
        }
        if not fields or all(_role(text) == role for role, text in fields.items()):
            continue
        if entries and "ref" not in fields and "title" not in fields:
            for role, text in fields.items():
                entries[-1].fields[role] = f"{entries[-1].fields.get(role, '')}\n{text}".strip()
            entries[-1].units.append(row)
            continue
        entry = Entry([row], fields)
        for name, role in (("nummer", "ref"), ("tittel", "title"), ("frist", "deadline"), ("avdeling", "department")):
            cell = _cell(row, roles[role]) if role in roles else None
            if cell and cell.text:
                entry.spans.append(Span(name, cell.start, cell.end))
        entries.append(entry)
    return entries


def _stacked(rows: list[Unit]) -> list[Entry]:
    """Tables of two columns, label and value, one or more assignments under each other."""
    entries: list[Entry] = []
    known = 0
    for row in rows:
        cells = [cell for cell in row.cells if cell.text.strip()]
        role = _role(cells[0].text) if cells else ""
        if len(cells) == 1 and not role:
            match = habit.STRONG.match(cells[0].text) or habit.NAMED_START.match(cells[0].text)
            if match:
                entries.append(Entry([row], {"title": cells[0].text}))
            continue
        if len(cells) != 2 or not role:
            continue
        known += 1
        opens = role == "ref" or (role == "title" and (not entries or "title" in entries[-1].fields))
        if opens and (not entries or entries[-1].fields.keys() & {role, "deadline", "body"}):
            entries.append(Entry())
        if entries:
            entries[-1].fields[role] = cells[1].text
            entries[-1].units.append(row)
    return entries if known >= 2 and known * 2 >= len(rows) else []


def _split(entry: Entry) -> tuple[str, str, str, str]:
    """(reference, title, body, department) of an entry."""
    reference = squeeze(entry.fields.get("ref", ""))
    text = entry.fields.get("title", "")
    token = _TOKEN.match(squeeze(text)) if reference == squeeze(text) else None
    if token:
        reference, text = token["ref"], token["rest"]
    if not reference:
        match = habit.STRONG.match(text.strip()) or habit.NAMED_START.match(text.strip())
        if match:
            reference, text = match["ref"], match["rest"]
    elif habit.STRONG.match(reference):
        reference = habit.STRONG.match(reference)["ref"]  # type: ignore[index]
    first, _, rest = text.strip().partition("\n")
    flat = squeeze(text)
    told = "." in rest or len(flat) > 160
    if rest and told and len(first) > 8 and not rest[:1].islower() and first.rstrip()[-1:] not in ",-":
        title, body = squeeze(first), squeeze(rest)
    else:
        first_end = sentences(flat)[0][1]
        end = first_end if len(flat) > 200 or not _DUTY.search(flat[:first_end]) else len(flat)
        title, body = flat[:end], flat[end:].strip()
    more = squeeze(entry.fields.get("body", ""))
    return (
        reference,
        title.strip(" :"),
        " ".join(part for part in (body, more) if part),
        squeeze(entry.fields.get("department", "")),
    )


def _deadlines(reading: Reading, entry: Entry, body: str) -> list[DraftDelivery]:
    unit = entry.units[0]
    found: list[DraftDelivery] = []
    text = squeeze(entry.fields.get("deadline", ""))
    if text:
        found.extend(deadlines_of(reading, _copy(unit, f"Frist: {text}"), Part()))
    if not found and body:
        found.extend(deadlines_of(reading, _copy(unit, body), Part()))
    return found


def _copy(unit: Unit, text: str) -> Unit:
    return Unit(unit.form, text, unit.start, unit.end, unit.page, unit.lines, index=unit.index)


def recognise_assignment_tables(reading: Reading) -> list[DraftAssignment]:
    """Assignments that stand in tables, in the order of the text."""
    items: list[DraftAssignment] = []
    for rows in _tables(reading):
        if all(reading.claimed(row, "calendar") for row in rows[1:]) and not _columns(rows)[0]:
            continue
        for entry in _listed(reading, rows) or _stacked(rows):
            item = _item(reading, entry, len(items) + 1)
            if item:
                items.append(item)
    return items


def _item(reading: Reading, entry: Entry, number: int) -> DraftAssignment | None:
    reference, title, body, department = _split(entry)
    if len(title) < 3 or re.match(r"^(?:sum|totalt?)\b", title, re.IGNORECASE):
        return None
    deliveries = _deadlines(reading, entry, body)
    deadline, kind, text = whole_deadline(deliveries)
    exempt = bool(habit.EXEMPT.search(f"{title} {body}"[:400]))
    return DraftAssignment(
        key=f"assignment-t{number}",
        confidence=0.9 if reference else 0.75,
        passages=reading.claim("assignment", *entry.units),
        spans=tuple(entry.spans),
        reference=parse_reference(reference) if reference else None,
        title=title,
        body=body,
        department=department,
        department_code=department if re.fullmatch(r"[A-ZÆØÅ]{2,6}", department) else "",
        goal=squeeze(entry.fields.get("goal", "")),
        deliveries=tuple(deliveries),
        deadline=deadline,
        deadline_kind=kind,
        deadline_text=text,
        exempt=exempt,
        change=ChangeKind.WITHDRAWN if habit.WITHDRAWN_TEXT.search(body) else ChangeKind.NEW,
    )
