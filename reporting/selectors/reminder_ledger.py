"""The reminder ledger: what is planned, sent, delivered, failed, superseded, uncertain; and the preview (K5, C5)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Count, Q
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from agencies.models import Organisation
from agencies.rights import Right
from core import formatting as fmt
from core.actor import Actor
from core.visuals.badges import Badge, badge_for
from core.visuals.parts import Action, Link, PageHead, Tally
from reporting.addresses import address
from reporting.leadtimes import due_at
from reporting.models import Reminder, ReminderPlan, ReminderState
from reporting.selectors.duties import CLARIFY, delivery_words, desired_rows, duties_of

PAGE = 200

#: Filter of the ledger: name, words, condition. Every reminder is in exactly one.
FILTERS: tuple[tuple[str, Q], ...] = (
    ("planned", Q(state=ReminderState.PLANNED)),
    ("queued", Q(state=ReminderState.QUEUED)),
    ("sent", Q(state=ReminderState.SENT) & ~Q(message__state="uncertain")),
    ("uncertain", Q(state=ReminderState.SENT, message__state="uncertain")),
    ("failed", Q(state=ReminderState.FAILED)),
    ("superseded", Q(state=ReminderState.SUPERSEDED)),
)


@dataclass(frozen=True)
class LedgerRow:
    """One reminder as a person reads it."""

    send_on: str
    what: str
    url: str
    deadline: str
    lead: str
    to: str
    badge: Badge
    detail: str


@dataclass(frozen=True)
class PlanRow:
    """An agency with its running plan, or the way to start one."""

    agency: str
    words: str
    action: Action | None


@dataclass(frozen=True)
class Ledger:
    """The page."""

    head: PageHead
    plans: Sequence[PlanRow]
    tabs: Sequence[Link]
    tally: Sequence[Tally]
    rows: Sequence[LedgerRow]
    shown: str
    more: int


def filter_words() -> dict[str, str]:
    """The words of the filters."""
    return {
        "planned": _("Planlagt"),
        "queued": _("I kø"),
        "sent": _("Sendt"),
        "uncertain": _("Usikker"),
        "failed": _("Mislyktes"),
        "superseded": _("Bortfalt"),
    }


def ledger(actor: Actor, today: date, *, agency: str, state: str) -> Ledger:
    """The plans one may start, and the reminders of one agency or all."""
    agencies = list(Organisation.objects.with_right(actor, Right.START_REMINDERS, today).order_by("name"))
    chosen = next((one for one in agencies if str(one.uuid) == agency), None)
    seen = Reminder.objects.visible_to(actor, today)
    if chosen is not None:
        seen = seen.filter(plan__agency=chosen)
    counts = seen.aggregate(**{name: Count("pk", filter=condition) for name, condition in FILTERS})
    conditions = dict(FILTERS)
    state = state if state in conditions else "planned"
    rows = list(
        seen.filter(conditions[state])
        .select_related("plan__agency", "message", "delivery__assignment", "expected", "recipient_user")
        .defer("delivery__assignment__search", "delivery__assignment__body")
        .order_by("send_on" if state == "planned" else "-send_on", "id")[:PAGE]
    )
    words = filter_words()
    here: dict[str, Any] = {"virksomhet": chosen.uuid if chosen else ""}
    return Ledger(
        head=PageHead(
            _("Påminnelser"),
            _("Sendes til ansvarlig og postmottak når noen har startet dem. De endrer ingen frist."),
        ),
        plans=_plans(agencies, chosen),
        tabs=_tabs(agencies, chosen, state),
        tally=[
            Tally(
                counts[name],
                words[name].lower(),
                address("reporting:reminders", **here, tilstand=name),
                late=name == "failed" and counts[name] > 0,
            )
            for name, _condition in FILTERS
        ],
        rows=[_row(row, actor) for row in rows],
        shown=words[state],
        more=max(counts[state] - PAGE, 0),
    )


def _tabs(agencies: Sequence[Organisation], chosen: Organisation | None, state: str) -> list[Link]:
    if len(agencies) < 2:
        return []
    links = [Link(_("Alle"), address("reporting:reminders", tilstand=state), current=chosen is None)]
    return links + [
        Link(one.short, address("reporting:reminders", virksomhet=one.uuid, tilstand=state), current=one == chosen)
        for one in agencies
    ]


def _plans(agencies: Sequence[Organisation], chosen: Organisation | None) -> list[PlanRow]:
    running = {
        plan.agency_id: plan
        for plan in ReminderPlan.objects.filter(agency__in=agencies, stopped_at__isnull=True).select_related(
            "organisation", "started_by"
        )
    }
    return [_plan(one, running.get(one.pk)) for one in agencies if chosen is None or one == chosen]


def _plan(agency: Organisation, plan: ReminderPlan | None) -> PlanRow:
    if plan is None:
        start = Action(_("Start påminnelser"), address("reporting:reminders_start", agency.uuid))
        return PlanRow(agency.name, _("Ikke startet. Ingen får påminnelser."), start)
    words = _("Startet %(at)s av %(name)s, %(side)s · %(leads)s virkedager før, og etter fristen")
    leads = ", ".join(str(lead) for lead in plan.lead_days if lead >= 0)
    values = {
        "at": fmt.moment(plan.started_at),
        "name": str(plan.started_by),
        "side": plan.organisation.short,
        "leads": leads,
    }
    stop = Action(_("Stans"), address("reporting:reminders_stop", plan.uuid), post=True)
    return PlanRow(agency.name, words % values, stop)


def _row(row: Any, actor: Actor) -> LedgerRow:
    state = "uncertain" if row.message is not None and row.message.state == "uncertain" else row.state
    duty = row.delivery if row.delivery_id else row.expected
    what = delivery_words(duty) if row.delivery_id else duty.title
    url = address("reporting:expected", duty.uuid)
    if row.delivery_id:
        url = address("assignments:passport", duty.assignment.uuid)
    return LedgerRow(
        send_on=fmt.full_date(row.send_on),
        what=what,
        url=url,
        deadline=fmt.full_date(row.deadline),
        lead=_lead(row),
        to=_to(row, actor),
        badge=badge_for("mail", state),
        detail=row.state_reason,
    )


def _to(row: Any, actor: Actor) -> str:
    """The person or the mailbox. Who answers for a thing in an agency is known in the agency alone."""
    if not row.recipient_user_id:
        return row.to_address or _("ingen mottaker")
    if row.kind != CLARIFY and row.plan.agency.uuid != actor.organisation:
        return _("ansvarlig i %(agency)s") % {"agency": row.plan.agency.short}
    return str(row.recipient_user)


def _lead(row: Any) -> str:
    if row.kind == CLARIFY:
        return _("avklaring, %(n)s virkedager etter brevet") % {"n": -row.lead}
    if row.lead < 0:
        return _("dagen etter") if row.lead == -1 else _("%(n)s virkedager etter") % {"n": -row.lead}
    return fmt.working_days(row.lead) if row.lead else _("samme dag")


@dataclass(frozen=True)
class Preview:
    """What a start would do: «37 e-poster til 12 personer», and what nobody would be told."""

    sentence: str
    mails: int
    recipients: int
    first: str
    by_recipient: Sequence[tuple[str, int]]
    without_recipient: int
    skipped: int


def preview(actor: Actor, agency: Organisation, at: datetime, leads: Sequence[int]) -> Preview:
    """Count the mails the lead times give from now on: one per recipient and day, whatever the number of duties."""
    organisation = Organisation.objects.filter(uuid=actor.organisation).first() or agency
    plan = ReminderPlan(agency=agency, organisation=organisation, lead_days=list(leads), started_at=at)
    wanted = desired_rows(duties_of(plan, agency), leads).values()
    ahead = [row for row in wanted if due_at(row.send_on) >= at]
    own = agency.uuid == actor.organisation
    named = {row.key[3]: own or row.user_id is None or row.key[4] == CLARIFY for row in ahead}
    mails = sorted({(row.send_on, row.key[3]) for row in ahead if row.key[3]})
    people = sorted({to for _day, to in mails})
    sentence = ngettext("%(n)s e-post", "%(n)s e-poster", len(mails)) % {"n": len(mails)}
    to = ngettext("%(n)s mottaker", "%(n)s mottakere", len(people)) % {"n": len(people)}
    return Preview(
        sentence=_("%(mails)s til %(people)s") % {"mails": sentence, "people": to},
        mails=len(mails),
        recipients=len(people),
        first=fmt.full_date(mails[0][0]) if mails else "",
        by_recipient=_by_recipient(mails, people, named, agency),
        without_recipient=len({row.key[:3] for row in ahead if not row.key[3]}),
        skipped=sum(due_at(row.send_on) < at for row in wanted),
    )


def _by_recipient(
    mails: Sequence[tuple[date, str]], people: Sequence[str], named: dict[str, bool], agency: Organisation
) -> list[tuple[str, int]]:
    """Mails to each; the agency's own people are counted together for the other side."""
    count = {one: sum(to == one for _day, to in mails) for one in people}
    rows = [(one, count[one]) for one in people if named[one]]
    hidden = sum(count[one] for one in people if not named[one])
    return [*rows, (_("ansvarlige i %(agency)s") % {"agency": agency.short}, hidden)] if hidden else rows
