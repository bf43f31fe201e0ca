"""Reminders for an agency: previewed, started and stopped by a person; planned rows kept in step (C5, D1, D3)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from agencies.models import Organisation
from core import clock, events
from core.actor import Actor, system_actor
from core.errors import NotAllowed, NotInThisState, Problem, RuleBroken
from core.transitions import bump
from reporting.leadtimes import DEFAULT_LEADS, due_at
from reporting.models import Reminder, ReminderPlan, ReminderState
from reporting.permissions.calendar import require_reminders
from reporting.selectors.duties import DesiredRow, DutyKey, RowKey, desired_rows, duties_of

JOB_ACTOR = "påminnelser"
MOST_DAYS = 60


@dataclass
class Planned:
    """What one pass over a plan changed, counted in reminders."""

    planned: int = 0
    superseded: int = 0
    failed: int = 0
    revived: int = 0
    rows: list[Reminder] = field(default_factory=list)

    def __iadd__(self, other: Planned) -> Planned:
        """Add another pass."""
        self.planned += other.planned
        self.superseded += other.superseded
        self.failed += other.failed
        self.revived += other.revived
        self.rows += other.rows
        return self


def reasons() -> dict[str, str]:
    """Why a planned reminder does not leave after all."""
    return {
        "before_start": _("Skulle vært sendt før påminnelsene ble startet"),
        "passed": _("Dagen var passert da fristen ble kjent"),
        "settled": _("Levert eller avsluttet"),
        "deadline": _("Fristen er endret"),
        "recipient": _("Mottakeren er endret"),
        "stopped": _("Påminnelsene er stanset"),
        "nobody": _("Ingen mottaker: registrer ansvarlig eller postmottak"),
    }


@transaction.atomic
def start_reminders(
    *, agency: Organisation, actor: Actor, at: datetime, leads: Iterable[int] = DEFAULT_LEADS
) -> ReminderPlan:
    """Start reminders for an agency. What should have left before this moment never leaves (decision C5).

    Raises NotAllowed, NotInThisState when a plan runs already, RuleBroken for lead times out of range.
    """
    require_reminders(actor, agency, clock.local_date(at))
    starter = Organisation.objects.filter(uuid=actor.organisation).first()
    if starter is None or actor.user is None:
        raise NotAllowed(_("Påminnelser startes av en person som handler for en organisasjon."))
    chosen = sorted(set(leads), reverse=True)
    if not chosen or any(abs(lead) > MOST_DAYS for lead in chosen):
        sentence = _("Velg minst én dag, og ikke mer enn %(most)s virkedager før eller etter fristen.")
        raise RuleBroken(problems=[Problem("lead_days", sentence % {"most": MOST_DAYS}, "lead_days")])
    Organisation.objects.locked().get(pk=agency.pk)
    if ReminderPlan.objects.filter(agency=agency, stopped_at__isnull=True).exists():
        raise NotInThisState(_("Påminnelser er allerede startet for %(agency)s.") % {"agency": agency.short})
    plan = ReminderPlan.objects.create(
        agency=agency, organisation=starter, lead_days=chosen, started_at=at, started_by_id=actor.user_id
    )
    made = sync_plan(plan, at)
    plan.preview = {"planned": made.planned + made.revived, "without_recipient": made.failed}
    bump(plan, fields=("preview",))
    _tell("reminders.started", plan, actor, at, {"leads": chosen, **plan.preview})
    return plan


@transaction.atomic
def stop_reminders(*, plan: ReminderPlan, actor: Actor, at: datetime) -> ReminderPlan:
    """Stop a plan: what is planned and not yet queued falls away. Raises NotAllowed, NotInThisState."""
    row = ReminderPlan.objects.select_related("agency", "organisation").locked().get(pk=plan.pk)
    require_reminders(actor, row.agency, clock.local_date(at))
    if row.stopped_at is not None:
        raise NotInThisState(_("Påminnelsene er allerede stanset."))
    row.stopped_at = at
    bump(row, fields=("stopped_at",))
    left = Reminder.objects.filter(plan=row, state=ReminderState.PLANNED)
    count = left.update(state=ReminderState.SUPERSEDED, state_reason=reasons()["stopped"], settled_at=at)
    _tell("reminders.stopped", row, actor, at, {"superseded": count})
    return row


def _tell(event: str, plan: ReminderPlan, actor: Actor, at: datetime, after: dict[str, Any]) -> None:
    other = plan.agency.uuid if plan.organisation_id != plan.agency_id else None
    events.record(
        event=event,
        subject=plan,
        actor=actor,
        at=at,
        organisation=plan.organisation.uuid,
        counterpart=other,
        after=after,
    )


@transaction.atomic
def sync_agency(*, agency_id: int, at: datetime) -> Planned:
    """Bring the rows of an agency's running plan in step after something changed. Nothing when none runs."""
    plan = running_plans().filter(agency_id=agency_id).locked().first()
    return sync_plan(plan, at) if plan is not None else Planned()


@transaction.atomic
def plan_reminders(at: datetime) -> Planned:
    """Bring the rows of every running plan in step with its duties. Safe to do again at any time."""
    total = Planned()
    for plan in running_plans().locked().order_by("id"):
        total += sync_plan(plan, at)
    return total


def running_plans() -> Any:
    """Plans that are started and not stopped, with what planning reads."""
    return ReminderPlan.objects.select_related("agency", "organisation").filter(stopped_at__isnull=True)


def sync_plan(plan: ReminderPlan, at: datetime) -> Planned:
    """Compare the rows that should exist with those that do, and mend the difference.

    A row is new, still wanted, wanted again, or not wanted any more; it is never deleted.
    """
    duties = duties_of(plan, plan.agency)
    wanted = desired_rows(duties, plan.lead_days)
    rows = Reminder.objects.filter(
        Q(plan__agency_id=plan.agency_id)
        | Q(delivery__in=[duty.delivery_id for duty in duties if duty.delivery_id])
        | Q(expected__in=[duty.expected_id for duty in duties if duty.expected_id])
    )
    existing = {_key(row): row for row in rows}
    result = Planned()
    result.rows = _create([row for key, row in wanted.items() if key not in existing], plan, at, result)
    current = {duty.key for duty in duties}
    changed = []
    for key, row in existing.items():
        if key in wanted:
            changed += [row] if _revive(row, wanted[key], plan, at, result) else []
        elif row.state == ReminderState.PLANNED or (row.state == ReminderState.FAILED and not row.to_address):
            row.state, row.state_reason, row.settled_at = ReminderState.SUPERSEDED, _why(key, current), at
            result.superseded += 1
            changed.append(row)
    Reminder.objects.bulk_update(changed, ["state", "state_reason", "settled_at", "plan", "send_on"], batch_size=500)
    return result


def _key(row: Reminder) -> RowKey:
    return (row.delivery_id, row.expected_id, row.deadline_version, row.to_address, row.kind, row.lead)


def _create(rows: list[DesiredRow], plan: ReminderPlan, at: datetime, result: Planned) -> list[Reminder]:
    made = []
    for wanted in rows:
        delivery_id, expected_id, version, address, kind, lead = wanted.key
        state, why = _first_state(wanted, plan, at)
        result.planned += state == ReminderState.PLANNED
        result.superseded += state == ReminderState.SUPERSEDED
        result.failed += state == ReminderState.FAILED
        made.append(
            Reminder(
                plan=plan,
                delivery_id=delivery_id,
                expected_id=expected_id,
                deadline=wanted.deadline,
                deadline_version=version,
                kind=kind,
                lead=lead,
                recipient_user_id=wanted.user_id,
                to_address=address,
                send_on=wanted.send_on,
                state=state,
                state_reason=why,
                settled_at=None if state == ReminderState.PLANNED else at,
            )
        )
    return list(Reminder.objects.bulk_create(made, batch_size=500))


def _first_state(wanted: DesiredRow, plan: ReminderPlan, at: datetime) -> tuple[ReminderState, str]:
    moment, why = due_at(wanted.send_on), reasons()
    if moment < plan.started_at:
        return ReminderState.SUPERSEDED, why["before_start"]
    if moment < at:
        return ReminderState.SUPERSEDED, why["passed"]
    if not wanted.key[3]:
        return ReminderState.FAILED, why["nobody"]
    return ReminderState.PLANNED, ""


def _revive(row: Reminder, wanted: DesiredRow, plan: ReminderPlan, at: datetime, result: Planned) -> bool:
    """A superseded row whose day has not come is planned again (returned answer, owner back, new plan)."""
    if row.state != ReminderState.SUPERSEDED or due_at(wanted.send_on) < at or not row.to_address:
        return False
    row.state, row.state_reason, row.settled_at = ReminderState.PLANNED, "", None
    row.plan, row.send_on = plan, wanted.send_on
    result.revived += 1
    return True


def _why(key: RowKey, current: set[DutyKey]) -> str:
    why = reasons()
    if key[:3] in current:
        return why["recipient"]
    if any((delivery, expected) == key[:2] for delivery, expected, _version in current):
        return why["deadline"]
    return why["settled"]


def job_actor() -> Actor:
    """Who is named when the timer acts."""
    return system_actor(JOB_ACTOR)
