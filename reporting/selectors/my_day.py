"""Min arbeidsdag (picture 01): what must I do, what is late, what came in, what waits for the journal.

One page for every role: each list asks what this person's rights let them see and do, so a department officer, a
controller and a director get their own day from the same code. The counts are the lengths of the lists shown.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.translation import gettext as _

from agencies.models import Organisation
from agencies.querysets import departments_with, organisations_with
from agencies.rights import DepartmentRight, Right
from core import formatting as fmt
from core.actor import Actor
from core.calendars import add_working_days, week_number, working_days_between
from core.clock import local_date
from core.models import Message
from core.visuals.deadlines import deadline_face
from core.visuals.parts import Action, Finding, Link, PageHead, Tag, Tally
from governance.models import Finding as FindingRow
from governance.models import JournalEntry, JournalState
from reporting.addresses import address
from reporting.contexts import LateRow, MyDay, NextMeeting, NextRow, SideRow
from reporting.selectors.agency_year_rows import finding_line
from reporting.selectors.arrived import arrived_rows
from reporting.selectors.happenings import ASSIGNMENT, MEETING, REPORT, Happening, Scope, happenings
from reporting.selectors.todo import todo_rows

CHASE = "chase"
AHEAD = 20  # working days
MOST_NEXT = 8
MOST_SIDE = 20
BACK = 400  # days: what is late is looked for this far back
OLD_JOURNAL = 5  # days until the age is red
MORE_THAN_ONE_LINE = 3


@dataclass(frozen=True)
class _Read:
    """What several parts of the page share."""

    actor: Actor
    today: date
    rows: list[Happening]
    agencies: list[Organisation]
    is_ministry: bool


def my_day(actor: Actor, today: date) -> MyDay:
    """The page of one person in one role."""
    agencies = list(Organisation.objects.with_right(actor, Right.SEE_CALENDAR, today).order_by("name"))
    scope = Scope(today - timedelta(days=BACK), today + timedelta(days=BACK))
    read = _Read(
        actor=actor,
        today=today,
        rows=happenings(actor, today, scope),
        agencies=agencies,
        is_ministry=any(one.uuid != actor.organisation for one in agencies) or _department_only(actor, today, agencies),
    )
    todo, late = todo_rows(actor, today), _late(read)
    arrived, journal = arrived_rows(actor, today), _journal(read)
    findings = _findings(read)
    tally = [Tally(len(todo), _("må gjøres"), "#gjor")]
    tally.append(Tally(len(late), _("forsinkede leveranser"), "#forsinket", late=bool(late)))
    tally.append(Tally(len(arrived), _("nye svar og meldinger"), "#kommet"))
    tally.append(Tally(len(journal), _("venter på journalføring"), "#journal"))
    if read.is_ministry:
        tally.append(Tally(len(findings), _("åpne funn"), "#funn"))
    return MyDay(
        head=_head(read),
        tally=tally,
        todo=todo,
        late=late,
        late_url=address("assignments:list", frist="late"),
        next_rows=_next(read),
        next_note=_("%(n)s virkedager fram") % {"n": AHEAD},
        calendar_url=address("reporting:calendar") if agencies else "",
        arrived=arrived,
        arrived_note=_("siste 30 dager"),
        arrived_url="",
        journal=journal,
        journal_url=address("governance:journal") if journal else "",
        findings=findings,
        findings_url="",
        meeting=_meeting(read),
        late_title=_("Forsinket fra virksomhetene") if read.is_ministry else _("Forsinket"),
        show_findings=read.is_ministry,
    )


def has_a_day(actor: Actor, today: date) -> bool:
    """Whether the role follows anything up. A reader of copies does not (decision C6)."""
    sees = Organisation.objects.with_right(actor, Right.SEE_DOCUMENTS, today).exists()
    return sees or Organisation.objects.with_right(actor, Right.MANAGE_APPOINTMENTS, today).exists()


def _department_only(actor: Actor, today: date, agencies: Sequence[Organisation]) -> bool:
    """A department officer sees no calendar, but sits in the ministry all the same."""
    right = DepartmentRight.SEE_DEPARTMENT_ASSIGNMENTS
    return not agencies and departments_with(actor, right, today).exists()


def _head(read: _Read) -> PageHead:
    today = read.today
    names = [one.name for one in read.agencies]
    if len(names) > MORE_THAN_ONE_LINE:
        whose = _("%(n)s virksomheter") % {"n": len(names)}
    else:
        whose = " og ".join((", ".join(names[:-1]), names[-1])) if len(names) > 1 else "".join(names)
    week = _("%(weekday)s %(date)s, uke %(week)s") % {
        "weekday": fmt.weekday(today).capitalize(),
        "date": fmt.full_date(today),
        "week": week_number(today),
    }
    drafts = organisations_with(read.actor, Right.DRAFT_DOCUMENTS, today).exists()
    actions = []
    if drafts:
        new, importing = address("governance:new_supplement"), address("governance:imports")
        actions = [Action(_("Nytt supplerende brev"), new, icon="plus")]
        actions += [Action(_("Importer brev"), importing, icon="file-import")] if importing != "/" else []
    return PageHead(title=_("Min arbeidsdag"), lead=f"{week} · {whose}" if whose else week, actions=actions)


def _late(read: _Read) -> list[LateRow]:
    rows = [row for row in read.rows if row.late and row.kind in (ASSIGNMENT, REPORT)]
    sent = Message.objects.filter(purpose=CHASE, about__in=[row.uuid for row in rows]).order_by("id")
    chased = {about: local_date(at) for about, at in sent.values_list("about", "not_before")}
    agencies = Organisation.objects.with_right(read.actor, Right.START_REMINDERS, read.today)
    chasing = set(agencies.values_list("uuid", flat=True)) if read.is_ministry else set()
    return [_late_row(row, read, chased.get(row.uuid), row.agency_uuid in chasing) for row in rows]


def _late_row(row: Happening, read: _Read, chased_on: date | None, may_chase: bool) -> LateRow:
    words = _("Ikke purret") if read.is_ministry else _("Gjenstår")
    if chased_on and read.is_ministry:
        words = _("Purret %(date)s") % {"date": fmt.day_month(chased_on)}
    link = Link(_("Åpne"), row.url)
    if may_chase:
        kind = "leveranse" if row.kind == ASSIGNMENT else "rapport"
        label = _("Purr på nytt") if chased_on else _("Skriv purring")
        link = Link(label, address("reporting:chase", kind, row.uuid))
    return LateRow(
        title=row.title,
        url=row.url,
        meta=row.note if row.kind == ASSIGNMENT else _("Rapportering"),
        agency=row.agency,
        deadline=deadline_face(row.day, today=read.today),
        next_words=words,
        next_link=link,
    )


def _next(read: _Read) -> list[NextRow]:
    last = add_working_days(read.today, AHEAD)
    rows = [row for row in read.rows if not row.done and not row.clarify and read.today <= row.day <= last]
    return [
        NextRow(
            day=fmt.date_comma_weekday(row.day),
            words=row.title.removeprefix(row.number) if row.number else "",
            agency=row.agency,
            left=row.left(read.today),
            link=Link(row.number or row.title, row.url),
            tag=Tag(_("Møte"), "person-group") if row.kind == MEETING else None,
        )
        for row in rows[:MOST_NEXT]
    ]


def _journal(read: _Read) -> list[SideRow]:
    rows = (
        JournalEntry.objects.visible_to(read.actor, read.today)
        .filter(state=JournalState.WAITING)
        .select_related("counterpart")
        .order_by("document_date", "id")
    )
    return [_journal_row(row, read.today) for row in rows[:MOST_SIDE]]


def _journal_row(row: JournalEntry, today: date) -> SideRow:
    age = (today - row.document_date).days
    words = _("%(n)s dager") % {"n": age} if age != 1 else _("1 dag")
    incoming = row.direction == JournalEntry.Direction.INCOMING
    meta = _("Inngående fra %(who)s") if incoming else _("Utgående til %(who)s")
    return SideRow(
        title=row.title,
        url=address("governance:journal_entry", row.uuid),
        meta=meta % {"who": row.counterpart.short},
        late=words if age > OLD_JOURNAL else "",
        more="" if age > OLD_JOURNAL else words,
    )


def _findings(read: _Read) -> list[Finding]:
    rows = (
        FindingRow.objects.visible_to(read.actor, read.today)
        .filter(state="open", severity__in=("F", "A"))
        .select_related("document")
        .order_by("severity", "-id")
    )
    return [finding_line(row) for row in rows[:MOST_SIDE]]


def _meeting(read: _Read) -> NextMeeting | None:
    row = next((row for row in read.rows if row.kind == MEETING and row.day >= read.today and not row.done), None)
    if row is None:
        return None
    when = fmt.date_with_weekday(row.day)
    if row.time and row.end_time:
        when = f"{when} {fmt.clock_range(row.time, row.end_time)}"
    days = working_days_between(read.today, row.day)
    note = " · ".join(text for text in (row.place, _("om %(n)s virkedager") % {"n": days} if days else "") if text)
    title = row.title.partition(" kl. ")[0]
    return NextMeeting(Link(f"{title}, {row.agency}", row.url), when, note)
