"""What becomes of an expected report or input: received, no input, excused, not asked for (K4)."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from core import clock, events
from core.actor import Actor
from core.errors import NotInThisState, Problem, RuleBroken
from core.transitions import bump, check_version
from reporting.models import ExpectedDelivery, ExpectedState
from reporting.permissions.calendar import require_expected
from reporting.signals import expected_changed

EVENTS: dict[str, str] = {
    ExpectedState.RECEIVED: "expected.received",
    ExpectedState.NO_INPUT: "expected.no_input",
    ExpectedState.EXCUSED: "expected.excused",
    ExpectedState.NOT_ASKED: "expected.not_asked",
    ExpectedState.COMING: "expected.reopened",
}


def mark_received(
    *,
    expected: ExpectedDelivery,
    received_on: date,
    actor: Actor,
    at: datetime,
    reason: str = "",
    expected_version: int | None = None,
) -> ExpectedDelivery:
    """Register that it came, also when it was sent outside the system (decision C3). ``reason`` says how.

    Raises NotAllowed, StaleVersion, NotInThisState, RuleBroken.
    """
    problems = []
    if received_on > clock.local_date(at):
        problems.append(Problem("received_ahead", _("Den kan ikke være mottatt etter i dag."), "received_on"))
    return _set(expected, ExpectedState.RECEIVED, actor, at, reason, problems, expected_version, received_on)


def mark_no_input(
    *, expected: ExpectedDelivery, actor: Actor, at: datetime, reason: str = "", expected_version: int | None = None
) -> ExpectedDelivery:
    """«Ingen innspill»: the agency has nothing to say this time, and that is an answer."""
    return _set(expected, ExpectedState.NO_INPUT, actor, at, reason, [], expected_version)


def excuse(
    *, expected: ExpectedDelivery, reason: str, actor: Actor, at: datetime, expected_version: int | None = None
) -> ExpectedDelivery:
    """The ministry excuses the agency from delivering, with a reason."""
    return _set(expected, ExpectedState.EXCUSED, actor, at, reason, _reason_needed(reason), expected_version)


def mark_not_asked(
    *, expected: ExpectedDelivery, reason: str, actor: Actor, at: datetime, expected_version: int | None = None
) -> ExpectedDelivery:
    """The ministry does not ask for it after all, with a reason."""
    return _set(expected, ExpectedState.NOT_ASKED, actor, at, reason, _reason_needed(reason), expected_version)


def reopen_expected(
    *, expected: ExpectedDelivery, reason: str, actor: Actor, at: datetime, expected_version: int | None = None
) -> ExpectedDelivery:
    """Take back what was registered by mistake; it is expected again."""
    return _set(expected, ExpectedState.COMING, actor, at, reason, _reason_needed(reason), expected_version)


def _reason_needed(reason: str) -> list[Problem]:
    return [] if reason.strip() else [Problem("reason_missing", _("Skriv en begrunnelse."), "reason")]


@transaction.atomic
def _set(
    expected: ExpectedDelivery,
    state: ExpectedState,
    actor: Actor,
    at: datetime,
    reason: str,
    problems: list[Problem],
    expected_version: int | None,
    received_on: date | None = None,
) -> ExpectedDelivery:
    row: ExpectedDelivery = ExpectedDelivery.objects.select_related("agency", "receiver").locked().get(pk=expected.pk)
    require_expected(actor, state, row.agency, clock.local_date(at))
    check_version(row, expected_version)
    if (row.state == ExpectedState.COMING) == (state == ExpectedState.COMING):
        raise NotInThisState(_("Dette er allerede registrert som «%(state)s».") % {"state": row.get_state_display()})
    if problems:
        raise RuleBroken(problems=problems)
    before = {"state": row.state, "received_on": row.received_on}
    row.state, row.received_on, row.reason = state, received_on, reason.strip()
    bump(row, fields=("state", "received_on", "reason"))
    ours = actor.organisation or row.receiver.uuid
    events.record(
        event=EVENTS[state],
        subject=row,
        actor=actor,
        at=at,
        organisation=ours,
        counterpart=row.agency.uuid if ours == row.receiver.uuid else row.receiver.uuid,
        reason=row.reason,
        before=before,
        after={"state": row.state, "received_on": row.received_on},
    )
    expected_changed.send(sender=ExpectedDelivery, agency=row.agency, actor=actor, at=at)
    return row
