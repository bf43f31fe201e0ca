"""What one person must do now, by right and not by role (picture 01, «Må gjøres»)."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _

from agencies.querysets import departments_with, organisations_with
from agencies.rights import DepartmentRight, Right
from assignments.models import OPEN_STATUSES, Assignment
from core import formatting as fmt
from core.actor import Actor
from core.calendars import add_working_days
from core.clock import local_date
from core.visuals.deadlines import time_left
from core.visuals.parts import Action
from governance.models import CalendarKind, DeadlineKind, DocumentState, SteeringDocument
from governance.selectors.enclosures import enclosures_to_send
from governance.selectors.removals import waiting_for
from reporting.addresses import address
from reporting.contexts import TodoRow
from reporting.models import CalendarEntry, ExpectedDelivery, ExpectedState, Report, ReportState
from reporting.selectors.happenings import readable_deliveries
from reporting.selectors.needs import waiting_rows
from reporting.selectors.todo_rounds import round_rows

AHEAD = 20
MOST_OF_A_KIND = 20
MEETING_BACK = 120  # days: a meeting older than this is history


def todo_rows(actor: Actor, today: date) -> list[TodoRow]:
    """Everything, the most pressing kind first. A fixed number of queries."""
    return [
        *_drafts_to_sign(actor, today),
        *round_rows(actor, today),
        *_removals(actor, today),
        *_enclosures(actor, today),
        *_reports_to_sign(actor, today),
        *_returned(actor, today),
        *_to_assess(actor, today),
        *_to_clarify(actor, today),
        *_without_owner(actor, today),
        *_reports_due(actor, today),
        *_mine(actor, today),
        *_meetings_to_register(actor, today),
        *waiting_rows(actor, today),
    ]


def words_of(row: Any) -> str:
    """Number and title of a delivery's assignment; number alone when it may not be read."""
    assignment = row.assignment
    number = assignment.reference or _("Oppdrag")
    if assignment.restricted and not row.is_reader:
        return _("%(number)s, unntatt offentlighet") % {"number": number}
    part = _(", leveranse %(n)s") % {"n": row.ordinal} if row.total > 1 else ""
    return f"{number}{part} {assignment.title}"


def _passport(row: Any) -> str:
    return address("assignments:passport", row.assignment.uuid)


def _drafts_to_sign(actor: Actor, today: date) -> list[TodoRow]:
    """Letters another person has drafted, for those who issue but do not draft."""
    issuing = organisations_with(actor, Right.ISSUE_DOCUMENTS, today)
    drafting = organisations_with(actor, Right.DRAFT_DOCUMENTS, today)
    rows = (
        SteeringDocument.objects.visible_to(actor, today)
        .filter(state__in=(DocumentState.DRAFT, DocumentState.APPROVED), recipient__in=issuing)
        .exclude(recipient__in=drafting)
        .exclude(last_edited_by_id=actor.user_id)
        .for_list()
        .select_related("recipient", "last_edited_by", "kind", "issuer")
    )
    return [
        TodoRow(
            title=_("Signer %(title)s") % {"title": row.title},
            url=address("governance:draft", row.uuid),
            meta=_("%(agency)s · sist endret av %(name)s")
            % {"agency": row.recipient.short, "name": row.last_edited_by},
            action=Action(_("Les og signer"), address("governance:draft", row.uuid)),
            icon="note-pencil",
        )
        for row in rows[:MOST_OF_A_KIND]
    ]


def _enclosures(actor: Actor, today: date) -> list[TodoRow]:
    """What one's letters said would come later, until it has been sent."""
    return [
        TodoRow(
            title=_("Ettersend %(title)s") % {"title": row.title},
            url=address("governance:document", row.document.uuid),
            meta=_("%(agency)s · lovet i %(letter)s")
            % {"agency": row.document.recipient.short, "letter": row.document.title},
            action=Action(_("Send"), address("governance:send_enclosure", row.document.uuid, row.uuid)),
            icon="paperclip",
            left=time_left(row.expected_on, today=today) if row.expected_on else None,
        )
        for row in enclosures_to_send(actor, today)[:MOST_OF_A_KIND]
    ]


def _removals(actor: Actor, today: date) -> list[TodoRow]:
    """Content another person has asked to have taken out of a sent document."""
    return [
        TodoRow(
            title=_("Avgjør fjerning av innhold i %(title)s") % {"title": row.document.title},
            url=address("governance:removal", row.uuid),
            meta=_("%(agency)s · foreslått av %(name)s %(date)s")
            % {
                "agency": row.document.recipient.short,
                "name": row.asked_by,
                "date": fmt.full_date(local_date(row.asked_at)),
            },
            action=Action(_("Se hva som fjernes"), address("governance:removal", row.uuid)),
            icon="archive",
        )
        for row in waiting_for(actor, today)[:MOST_OF_A_KIND]
    ]


def _reports_to_sign(actor: Actor, today: date) -> list[TodoRow]:
    signing = organisations_with(actor, Right.SUBMIT_REPORTS, today)
    rows = Report.objects.visible_to(actor, today).filter(state=ReportState.FOR_SIGNATURE, agency__in=signing)
    return [
        TodoRow(
            title=_("Signer %(title)s") % {"title": row.title},
            url=address("reporting:report", row.uuid),
            meta=_("Klar til signering og innsending"),
            action=Action(_("Les og signer"), address("reporting:report", row.uuid)),
            icon="pencil-writing",
            left=time_left(row.due, today=today) if row.due else None,
        )
        for row in rows.order_by("due", "id")[:MOST_OF_A_KIND]
    ]


def _returned(actor: Actor, today: date) -> list[TodoRow]:
    """Answers that came back, for the agency that gave them."""
    answering = organisations_with(actor, Right.ANSWER, today)
    mine = Q(assignment__responsible__in=answering) | Q(assignment__owner_id=actor.user_id)
    rows = readable_deliveries(actor, today).filter(mine, state="returned", assignment__status__in=OPEN_STATUSES)
    return [
        TodoRow(
            title=_("Svar på nytt: %(what)s") % {"what": words_of(row)},
            url=_passport(row),
            meta=_("Svaret ble returnert av departementet"),
            action=Action(_("Se hvorfor"), _passport(row)),
            icon="arrow-undo",
            left=time_left(row.deadline, today=today) if row.deadline else None,
        )
        for row in rows.order_by("deadline", "id")[:MOST_OF_A_KIND]
    ]


def _to_assess(actor: Actor, today: date) -> list[TodoRow]:
    assessing = organisations_with(actor, Right.ASSESS_ANSWERS, today)
    departments = departments_with(actor, DepartmentRight.ASSESS_DEPARTMENT_ANSWERS, today)
    mine = Q(assignment__responsible__in=assessing) | Q(assignment__department__in=departments)
    mine |= Q(distributed_to__in=departments)
    rows = readable_deliveries(actor, today).filter(mine, state__in=("delivered", "under_assessment"))
    return [
        TodoRow(
            title=_("Vurder svar på %(what)s") % {"what": words_of(row)},
            url=_passport(row),
            meta=_assess_meta(row),
            action=Action(_("Vurder"), _passport(row)),
            icon="inbox-down",
            since=_since(row.delivered_on, today),
        )
        for row in rows.order_by("delivered_on", "id")[:MOST_OF_A_KIND]
    ]


def _assess_meta(row: Any) -> str:
    department = row.assignment.department
    parts = [row.assignment.responsible.short]
    if row.delivered_on:
        parts.append(_("levert %(date)s") % {"date": fmt.full_date(row.delivered_on)})
    if department is not None:
        parts.append(department.code)
    return " · ".join(parts)


def _since(day: date | None, today: date) -> str:
    if day is None:
        return ""
    days = (today - day).days
    if days < 1:
        return _("mottatt i dag")
    return _("mottatt i går") if days == 1 else _("mottatt for %(n)s dager siden") % {"n": days}


def _to_clarify(actor: Actor, today: date) -> list[TodoRow]:
    """Doubtful deadlines and those left to dialogue: the ministry owes the agency an answer."""
    deciding = organisations_with(actor, Right.DECIDE_DEADLINES, today)
    rows = (
        readable_deliveries(actor, today)
        .filter(assignment__responsible__in=deciding, assignment__status__in=OPEN_STATUSES)
        .filter(Q(unclear=True) | Q(deadline__isnull=True, letter_deadline_kind=DeadlineKind.DIALOG))
        .filter(state__in=("not_started", "in_progress", "returned"))
    )
    found = []
    for row in rows.order_by("-unclear", "assignment__given_on", "id")[:MOST_OF_A_KIND]:
        hidden = row.assignment.restricted and not row.is_reader
        written = _("Unntatt offentlighet") if hidden else row.letter_deadline_text.rstrip(".") or _("ingen frist")
        title = _("Avklar fristen for %(what)s") if row.unclear else _("Sett frist for %(what)s")
        words = {"agency": row.assignment.responsible.short, "text": written[:1].lower() + written[1:]}
        meta = _("%(agency)s · brevet sier %(text)s")
        if row.unclear:
            meta = _("%(agency)s · brevet sier %(text)s · ikke regnet som forsinket")
        days = (today - row.assignment.given_on).days
        found.append(
            TodoRow(
                title=title % {"what": words_of(row)},
                url=_passport(row),
                meta=meta % words,
                action=Action(_("Avklar frist") if row.unclear else _("Sett frist"), _passport(row)),
                glyph="clarify",
                tone="brand2",
                since=_("%(n)s dager uavklart") % {"n": days} if row.unclear else "",
            )
        )
    return found


def _without_owner(actor: Actor, today: date) -> list[TodoRow]:
    assigning = organisations_with(actor, Right.ASSIGN_OWNERS, today)
    rows = (
        Assignment.objects.visible_to(actor, today)
        .with_access(actor)
        .filter(responsible__in=assigning, owner__isnull=True, status__in=("given", "received", "in_progress"))
        .defer("body", "search")
        .by_deadline()
    )
    return [
        TodoRow(
            title=_("Gi %(what)s en ansvarlig")
            % {"what": str(row) if row.may_read else row.reference or _("et oppdrag")},
            url=address("assignments:passport", row.uuid),
            meta=_("Ingen får påminnelser om oppdraget ennå, bare postmottaket"),
            action=Action(_("Velg ansvarlig"), address("assignments:passport", row.uuid)),
            icon="person-checkmark",
            left=time_left(row.next_deadline, today=today) if row.next_deadline and not row.unclear else None,
        )
        for row in rows[:MOST_OF_A_KIND]
    ]


def _reports_due(actor: Actor, today: date) -> list[TodoRow]:
    writing = organisations_with(actor, Right.WRITE_REPORTS, today)
    rows = (
        ExpectedDelivery.objects.visible_to(actor, today)
        .filter(agency__in=writing, state=ExpectedState.COMING, due__lte=add_working_days(today, AHEAD))
        .select_related("receiver")
        .order_by("due", "id")
    )
    return [
        TodoRow(
            title=_("Lever %(title)s") % {"title": row.title},
            url=address("reporting:expected", row.uuid),
            meta=_("til %(receiver)s, frist %(date)s")
            % {"receiver": row.receiver.short, "date": fmt.date_with_weekday(row.due)},
            action=Action(_("Åpne"), address("reporting:expected", row.uuid)),
            icon="clipboard",
            left=time_left(row.due, today=today),
        )
        for row in rows[:MOST_OF_A_KIND]
        if row.due
    ]


def _mine(actor: Actor, today: date) -> list[TodoRow]:
    """Deliveries of assignments one owns, due within twenty working days or late."""
    rows = (
        readable_deliveries(actor, today)
        .filter(assignment__owner_id=actor.user_id, assignment__status__in=OPEN_STATUSES, unclear=False)
        .filter(state__in=("not_started", "in_progress"), deadline__lte=add_working_days(today, AHEAD))
        .order_by("deadline", "id")
    )
    return [
        TodoRow(
            title=_("Lever %(what)s") % {"what": words_of(row)},
            url=_passport(row),
            meta=_("frist %(date)s") % {"date": fmt.date_with_weekday(row.deadline)},
            action=Action(_("Åpne"), _passport(row)),
            icon="tasklist",
            left=time_left(row.deadline, today=today),
        )
        for row in rows[:MOST_OF_A_KIND]
    ]


def _meetings_to_register(actor: Actor, today: date) -> list[TodoRow]:
    managing = organisations_with(actor, Right.MANAGE_CALENDAR, today)
    rows = (
        CalendarEntry.objects.visible_to(actor, today)
        .filter(agency__in=managing, kind=CalendarKind.MEETING, held_on__isnull=True)
        .filter(date__lt=today, date__gte=today - timedelta(days=MEETING_BACK))
        .select_related("agency")
        .order_by("date", "id")
    )
    return [
        TodoRow(
            title=_("Registrer at %(title)s er holdt") % {"title": row.title[:1].lower() + row.title[1:]},
            url=address("reporting:entry", row.uuid),
            meta=f"{row.agency.short} · {fmt.full_date(row.date)}",
            action=Action(_("Registrer"), address("reporting:entry", row.uuid)),
            icon="person-group",
        )
        for row in rows[:MOST_OF_A_KIND]
        if row.date
    ]
