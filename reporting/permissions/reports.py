"""May this actor do this to a report? One question each, asked by actions and by the buttons."""

from __future__ import annotations

from datetime import date

from agencies import access
from agencies.models import Organisation
from agencies.rights import Right
from core.actor import Actor
from governance.locks import lock_in_force, may_decide
from reporting.models import Report


def may_write(actor: Actor, report: Report, day: date) -> bool:
    """Write in the agency's own report."""
    return access.may(actor, Right.WRITE_REPORTS, report.agency_id, day)


def may_open(actor: Actor, agency: Organisation, day: date) -> bool:
    """Open a report for one's own agency."""
    return access.may(actor, Right.WRITE_REPORTS, agency, day)


def may_submit(actor: Actor, report: Report, day: date) -> bool:
    """Sign and submit: the head of the agency, or the one who stands in."""
    return access.may(actor, Right.SUBMIT_REPORTS, report.agency_id, day)


def may_correct(actor: Actor, report: Report, day: date) -> bool:
    """Open a sent report for a new edition: whom the lock rule in force names, else the head of the agency (R-33)."""
    lock = lock_in_force(report.agency, report.kind.correspondence, day)
    return may_decide(actor, lock, report.agency, day)


def may_see_lock(actor: Actor, report: Report, day: date) -> bool:
    """Read on what terms a sent report is opened: who may open it, and the head of the agency who would ask."""
    return may_submit(actor, report, day) or may_correct(actor, report, day)


def may_register(actor: Actor, agency: Organisation, day: date) -> bool:
    """Register a report that was sent outside: either side (decision C3)."""
    return access.may(actor, Right.REGISTER_SUBMISSIONS, agency, day)


def may_give_feedback(actor: Actor, report: Report, day: date) -> bool:
    """Write and send the ministry's feedback: from the receiver's side."""
    return actor.organisation == report.receiver.uuid and access.may(actor, Right.GIVE_FEEDBACK, report.agency_id, day)


def is_own_side(actor: Actor, report: Report, day: date) -> bool:
    """Sees the agency's own work with the report."""
    return access.may(actor, Right.SEE_OWN_WORK, report.agency_id, day)
