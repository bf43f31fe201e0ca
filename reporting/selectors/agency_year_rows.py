"""Rows of the agency page that need only themselves."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from assignments.models import DELIVERED_STATES, OPEN_STATUSES, Delivery
from core import formatting as fmt
from core.calendars import is_working_day
from core.visuals.badges import Badge
from core.visuals.deadlines import DeadlineFace, time_left
from core.visuals.parts import Finding, Tag
from governance.models import DocumentFamily, DocumentState, SteeringDocument
from governance.models import Finding as FindingRow
from reporting.addresses import address
from reporting.contexts import ExpectedRow, SideRow
from reporting.selectors.happenings import (
    Counts,
    Happening,
)

SEVERITIES = {"F": "stop", "A": "warning", "I": "info"}


def is_late(assignment: Any, today: date) -> bool:
    """An open assignment with an outstanding dated delivery that is over and not under clarification."""
    return (
        any(delivery_is_late(delivery, today) for delivery in assignment.deliveries.all())
        and assignment.status in OPEN_STATUSES
    )


def deadline_words(row: Any) -> str:
    """What stands instead of a date."""
    if row.standing:
        return _("Løpende")
    if not row.may_read:
        return _("Uten dato")
    dates = [delivery.letter_deadline_text for delivery in row.deliveries.all() if delivery.letter_deadline_text]
    return dates[0].rstrip(".") if dates else _("Uten frist")


def time_left_face(row: Any, today: date) -> DeadlineFace:
    """How long is left to the next deadline of an assignment."""
    deliveries = list(row.deliveries.all())
    if row.delivery_count and row.delivered_count == row.delivery_count:
        days = [one.delivered_on for one in deliveries if one.state in DELIVERED_STATES and one.delivered_on]
        return time_left(row.next_deadline, today=today, delivered_on=max(days, default=today))
    if row.unclear and not is_late(row, today):
        return DeadlineFace(_("uavklart"), tone="brand2", glyph="clarify", loud=True)
    return time_left(row.next_deadline, today=today)


def expected_row(row: Happening, today: date) -> ExpectedRow:
    """A report or input that is expected."""
    badge = row.badge
    if row.late:
        badge = Badge("late", fmt.distance(row.day, today), "danger", strong=True)
    return ExpectedRow(
        day=fmt.day_month(row.day),
        title=row.title,
        url=row.url,
        badge=badge,
        day_off="" if is_working_day(row.day) else fmt.weekday(row.day)[:3],
    )


def expected_words(counts: Counts) -> str:
    """12 ventet: 5 mottatt, 1 uten innspill, 1 forsinket, 5 kommer. The numbers add up (K4)."""
    words = {
        "received": _("%(n)s mottatt"),
        "no_input": _("%(n)s uten innspill"),
        "excused": _("%(n)s fritatt"),
        "not_asked": _("%(n)s ikke bedt om"),
    }
    parts = [text % {"n": counts.of(state)} for state, text in words.items() if counts.of(state)]
    parts += [_("%(n)s forsinket") % {"n": counts.late}] if counts.late else []
    coming = counts.of("coming") - counts.late
    parts += [_("%(n)s kommer") % {"n": coming}] if coming else []
    return _("%(n)s ventet: %(parts)s") % {"n": counts.total, "parts": ", ".join(parts) or "0"}


def document_row(row: SteeringDocument) -> SideRow:
    """A document of the year, for the column at the side."""
    draft = row.state == DocumentState.DRAFT
    icons = {DocumentFamily.INSTRUCTION: "book", DocumentFamily.SUPPLEMENT: "file-plus"}
    parts = [fmt.full_date(row.document_date)] if row.document_date else []
    parts += [_("sak %(number)s") % {"number": row.case_number}] if row.case_number else []
    if row.effective_on and row.kind.family == DocumentFamily.INSTRUCTION:
        parts.append(_("gjelder fra %(date)s") % {"date": fmt.full_date(row.effective_on)})
    tag = Tag(_("Utkast, internt i %(side)s") % {"side": row.issuer.short}, "padlock", "quiet") if draft else None
    return SideRow(
        title=row.title,
        url=address("governance:draft" if draft else "governance:document", row.uuid),
        meta=" · ".join(parts),
        icon="note-pencil" if draft else icons.get(DocumentFamily(row.kind.family), "file-text"),
        tag=tag,
    )


def meeting_row(row: Happening, today: date) -> SideRow:
    """A meeting of the year, for the column at the side."""
    when = fmt.full_date(row.day)
    if row.time and row.end_time:
        when = f"{when} {fmt.clock_range(row.time, row.end_time)}"
    ahead = row.day >= today
    return SideRow(
        title=row.title.partition(" kl. ")[0],
        url=row.url,
        meta=f"{when}, {row.place[:1].lower()}{row.place[1:]}" if row.place else when,
        icon="person-group",
        more=fmt.distance(row.day, today) if ahead and not row.done else _("Holdt") if row.done else "",
        warning="" if ahead or row.done else _("Ikke registrert som holdt"),
    )


def finding_line(row: FindingRow) -> Finding:
    """A finding of a document, linked to the document."""
    document = row.document
    parts = [document.title] if document is not None else []
    parts += [row.place] if row.place else []
    return Finding(
        SEVERITIES.get(row.severity, "info"),
        row.message,
        ", ".join(parts),
        url=address("governance:document", document.uuid) if document is not None else "",
    )


def delivery_is_late(delivery: Delivery, today: date) -> bool:
    """An outstanding delivery whose date is over and not under clarification."""
    outstanding = delivery.state in ("not_started", "in_progress", "returned")
    return outstanding and not delivery.unclear and delivery.deadline is not None and delivery.deadline < today
