"""Assignments with everything that belongs to them (domain.md 3.4, I-03..I-09, R-10..R-19h)."""

from __future__ import annotations

import re
from dataclasses import replace

from governance.importing.habits import assignments as habit
from governance.importing.habits import letterheads
from governance.importing.habits.labels import Label, heading_labels
from governance.importing.habits.markers import DEADLINE_LINE
from governance.importing.reading.units import Unit
from governance.importing.recognisers.assignment_changes import recognise_statements, with_doubts
from governance.importing.recognisers.assignment_duties import duty_starts
from governance.importing.recognisers.assignment_starts import (
    Start,
    find_starts,
    listed_starts,
    section_starts,
    unreferenced_starts,
)
from governance.importing.recognisers.assignment_tables import recognise_assignment_tables
from governance.importing.recognisers.assignment_titles import (
    Block,
    Title,
    first_sentence,
    title_of,
    without_department,
)
from governance.importing.recognisers.context import Reading, joined
from governance.importing.recognisers.deadlines import Part, deadlines_of, during_the_year, whole_deadline
from governance.importing.records import (
    AssignmentReference,
    ChangeKind,
    Doubt,
    DraftAssignment,
    DraftDelivery,
    Span,
    SubPoint,
)
from governance.importing.values.references import parse_reference, reference_key
from governance.importing.values.text import similar, squeeze

_ENDING = {
    Label.BUDGET,
    Label.ASSIGNMENT,
    Label.CALENDAR,
    Label.COMMON,
    Label.AUTHORISATION,
    Label.PARAMETER,
    Label.KEY_FIGURE,
    Label.GOAL,
}
_REPORT_PART = re.compile(
    r"^Frist(?:er|ar)?\s+og\s+rapportering|^Rapportering\s+og\s+frist|^Frister?\s*:?$|^Fristar\s*:?$|^Leveranser?\s*:?$",
    re.IGNORECASE,
)


def _ends(unit: Unit, start: Unit) -> bool:
    if letterheads.GREETING.match(unit.text) or letterheads.COPY_LINE.match(unit.text):
        return True
    if not unit.is_heading:
        return False
    if _REPORT_PART.match(unit.text) or DEADLINE_LINE.match(unit.text):
        return False
    if unit.number and not unit.weak:
        return True
    if letterheads.ANNEX.match(unit.text):
        return True
    if start.is_heading and start.styled and unit.styled:
        return unit.level <= start.level
    labels = heading_labels(unit.text)
    return bool(labels) and labels[0] in _ENDING and bool(set(labels) & _ENDING) and len(unit.text) < 80


def _blocks(reading: Reading, starts: list[Start]) -> list[Block]:
    opening = {start.unit.index for start in starts}
    blocks = []
    for start in starts:
        block = Block(start, [start.unit])
        for unit in reading.after(start.unit):
            if unit.index in opening or _ends(unit, start.unit) or reading.claimed(unit, "calendar", "budget"):
                break
            if start.unit.is_item and not start.learnt and unit.is_heading:
                break
            block.units.append(unit)
        blocks.append(block)
    return blocks


def _department(reading: Reading, block: Block) -> tuple[str, list[Span]]:
    for unit in block.units:
        match = habit.DEPARTMENT_LINE.search(unit.text)
        if match and (
            match.start() == 0 or unit.text[: match.start()].rstrip()[-1:] in ".;)" or DEADLINE_LINE.match(unit.text)
        ):
            text = match["dep"].strip(" .,")
            return text, [reading.span(unit, "avdeling", match.start("dep"), match.end("dep"))]
    return "", []


def _anchor(parts: list[tuple[str, int]], unit: Unit, count: int) -> str:
    own = re.sub(r"[^\w]", "", unit.marker) if re.search(r"\w", unit.marker) and unit.marker != "o" else ""
    if own:
        return own
    outer = parts[0][0] if parts else ""
    return f"{outer}•{count}" if outer else f"•{count}"


def _sub_points(block: Block) -> tuple[list[SubPoint], dict[int, Part]]:
    """Sub-points with anchors, and for each unit the part it stands in."""
    points: list[SubPoint] = []
    parts: dict[int, Part] = {}
    outer: list[tuple[str, int]] = []
    bullets = 0
    current = Part()
    for unit in block.body:
        if not unit.is_item:
            if unit.is_text and not unit.text.endswith(":") and unit.gap and not DEADLINE_LINE.match(unit.text):
                current = Part()
            parts[unit.index] = current
            continue
        if DEADLINE_LINE.match(unit.text):
            parts[unit.index] = current
            continue
        numbered = bool(re.search(r"\w", unit.marker)) and unit.marker != "o"
        bullets = 0 if numbered else bullets + 1
        anchor = _anchor(outer, unit, bullets)
        if numbered:
            outer = [(anchor, unit.index)]
        text = squeeze(unit.text)
        points.append(SubPoint(anchor, text, unit.start, unit.end))
        current = Part(anchor, text[: first_sentence(text)][:120].rstrip(" .:"))
        parts[unit.index] = current
    return points, parts


def _deliveries(reading: Reading, block: Block, parts: dict[int, Part], heading_text: str) -> list[DraftDelivery]:
    found: list[DraftDelivery] = []
    opened = False
    for unit in block.units:
        if _REPORT_PART.match(unit.text) and len(unit.text) < 60:
            opened = True
            continue
        inside = parts.get(unit.index, Part())
        if unit is block.start.unit:
            if not unit.is_heading:
                found.extend(deadlines_of(reading, unit, inside))
            elif heading_text:
                found.extend(deadlines_of(reading, replace_text(unit, f"Frist: {heading_text}"), inside))
            continue
        if DEADLINE_LINE.match(unit.text) and unit.is_text and unit.index in parts:
            inside = inside if inside.anchor and not unit.gap else Part()
        found.extend(deadlines_of(reading, unit, inside, opened=opened and unit.is_item))
    return found or during_the_year(reading, block.units if block.start.unit.is_item else block.body)


def replace_text(unit: Unit, text: str) -> Unit:
    """A copy of a unit with other text, for reading a field out of a heading."""
    return Unit(unit.form, text, unit.start, unit.end, unit.page, unit.lines, index=unit.index)


def _change(reading: Reading, block: Block, body: str) -> ChangeKind:
    if habit.WITHDRAWN_TEXT.search(body):
        return ChangeKind.WITHDRAWN
    if habit.MOVED_TEXT.search(body):
        return ChangeKind.MOVED
    for section in reading.outline.chain(block.start.unit):
        if section.heading is block.start.unit:
            continue
        for kind, pattern in habit.CHANGE_HEADINGS:
            if pattern.search(section.title) and not habit.NEW_HEADING.match(section.title):
                return ChangeKind(kind)
        if habit.NEW_HEADING.match(section.title):
            return ChangeKind.NEW
    if (
        reading.is_supplement
        and habit.SELF_REFERENCE.match(body.lstrip())
        and reference_key(block.start.written) in reference_key(body[:120])
    ):
        return ChangeKind.CLARIFIED
    return ChangeKind.NEW


def _earlier(body: str, own: str) -> tuple[AssignmentReference, ...]:
    found: dict[str, AssignmentReference] = {}
    for match in habit.MENTION.finditer(body):
        reference = parse_reference(match["ref"])
        if reference_key(match["ref"]) == reference_key(own):
            continue
        sub = re.sub(r"[\s,]+", " ", match["sub"] or "").strip()
        found.setdefault(
            reference_key(match["ref"]) + sub, replace(reference, written=match.group().strip(), sub_point=sub)
        )
    return tuple(found.values())


def _joint(title: str, body: str) -> tuple[str, ...]:
    match = habit.JOINT.search(title) or habit.JOINT.search(body[:1500])
    if not match:
        return ()
    names = re.split(r",\s*|\s+og\s+(?=[A-ZÆØÅ])", match["bodies"])
    return tuple(name.strip() for name in names if name.strip() and name.strip()[0].isupper())


def _build(reading: Reading, block: Block, listed: str, number: int) -> DraftAssignment:
    title = title_of(reading, block, listed)
    body_units = [unit for unit in block.body if unit not in title.used]
    body = joined(body_units)
    inline_rest = ""
    if block.start.unit in title.used and not block.start.unit.is_heading:
        inline_rest = (
            block.start.title[block.start.title.find(title.text[-20:]) + 20 :].strip(" .") if title.text else ""
        )
    points, parts = _sub_points(block)
    deliveries = _deliveries(reading, block, parts, title.heading_deadline)
    department, department_spans = _department(reading, block)
    deadline, kind, text = whole_deadline(deliveries)
    whole = f"{block.start.title}\n{body}"
    exempt = bool(habit.EXEMPT.search(whole[:400]))
    basis = habit.EXEMPT_BASIS.search(whole[:600]) if exempt else None
    if exempt and habit.EXEMPT.match(title.text.strip("( ")):
        title.text = habit.EXEMPT.search(title.text).group() if habit.EXEMPT.search(title.text) else title.text  # type: ignore[union-attr]
    spans = list(title.spans) + department_spans
    if block.start.written and block.start.offset:
        at = block.start.unit.text.find(block.start.written)
        spans.append(reading.span(block.start.unit, "nummer", at, at + len(block.start.written)))
    spans.extend(Span("frist", item.start, item.end) for item in deliveries)
    code = department or title.department
    return DraftAssignment(
        key=f"assignment-{number}",
        confidence=_confidence(block, title, deliveries),
        passages=reading.claim("assignment", *block.units),
        unsure=tuple(title.doubts),
        spans=tuple(spans),
        reference=parse_reference(block.start.written) if block.start.written else None,
        title=title.text,
        body="\n".join(part for part in (inline_rest, body) if part),
        department=title.department or department,
        department_code=code if re.fullmatch(r"[A-ZÆØÅ]{2,6}", code) else "",
        sub_points=tuple(points),
        deliveries=tuple(deliveries),
        deadline=deadline,
        deadline_kind=kind,
        deadline_text=text,
        joint_recipients=_joint(title.text, body),
        exempt=exempt,
        exempt_basis=basis["basis"] if basis else "",
        change=_change(reading, block, body),
        earlier=_earlier(whole, block.start.written),
        listed_only=not body.strip() or (block.start.unit.is_item and not block.start.learnt and not deliveries),
    )


def _confidence(block: Block, title: Title, deliveries: list[DraftDelivery]) -> float:
    value = 0.97 if not block.start.learnt else 0.8
    if title.doubts:
        value -= 0.15
    if not deliveries:
        value -= 0.1
    if not title.text:
        value -= 0.4
    return max(round(value, 2), 0.1)


def _merge(items: list[DraftAssignment]) -> list[DraftAssignment]:
    """One item for each reference: the fullest block wins, lists of titles are added to it."""
    by_key: dict[str, DraftAssignment] = {}
    order: list[str] = []
    places: dict[str, set[int]] = {}
    for position, item in enumerate(items):
        key = reference_key(item.reference.written) if item.reference else f"none-{position}"
        held = by_key.get(key)
        if held is None:
            by_key[key] = item
            order.append(key)
            continue
        first, second = (held, item) if _weight(held) >= _weight(item) else (item, held)
        if not second.listed_only and not first.listed_only and similar(first.title, second.title) < 0.6:
            doubt = Doubt("duplicate_number", "reference", "Samme nummer står på to oppdrag i brevet. Se over begge.")
            by_key[f"{key}#{position}"] = replace(item, unsure=(*item.unsure, doubt))
            order.append(f"{key}#{position}")
            continue
        by_key[key] = first
        places.setdefault(key, {*held.passages}).update(item.passages)
    return [
        replace(by_key[key], passages=tuple(sorted(places[key]))) if key in places else by_key[key] for key in order
    ]


def _weight(item: DraftAssignment) -> int:
    return (0 if item.listed_only else 1_000_000) + len(item.deliveries) * 1_000 + len(item.body)


def _listed_titles(starts: list[Start]) -> dict[str, str]:
    """Titles given in a list at the top of the letter, by reference."""
    titles = {}
    for start in starts:
        if start.unit.is_item and start.written and len(start.title) < 260:
            rest, _, _ = without_department(start.title)
            titles[reference_key(start.written)] = rest.strip(" .")
    return titles


def recognise_assignments(reading: Reading) -> list[DraftAssignment]:
    """All assignments in the order of the text."""
    items = recognise_assignment_tables(reading)
    starts = find_starts(reading)
    starts += unreferenced_starts(reading, {start.unit.index for start in starts})
    starts += section_starts(reading, {start.unit.index for start in starts})
    starts += listed_starts(reading, {start.unit.index for start in starts})
    starts += duty_starts(reading, {start.unit.index for start in starts}, starts)
    starts.sort(key=lambda start: start.unit.index)
    listed = _listed_titles(starts)
    for number, block in enumerate(_blocks(reading, starts), start=1):
        known = "" if block.start.unit.is_item else listed.get(reference_key(block.start.written), "")
        items.append(_build(reading, block, known, number))
    items = _merge([item for item in items if item.title])
    items += recognise_statements(reading, items)
    items.sort(key=lambda item: item.passages[0] if item.passages else 0)
    return with_doubts(reading, items)
