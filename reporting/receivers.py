"""What reporting does when something happens below: connected in apps.py, each calls one action."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from agencies.models import Organisation
from assignments.models import Assignment
from core.actor import Actor
from core.models import Message
from governance.models import SteeringDocument
from reporting.actions.calendar import open_calendar
from reporting.actions.corrected import follow
from reporting.actions.needs import answer_needs
from reporting.actions.reminder_plan import sync_agency
from reporting.actions.reminders import settle_from_message
from reporting.models import Report


def on_document_issued(*, document: SteeringDocument, actor: Actor, at: datetime, **_rest: Any) -> None:
    """An issued document opens its calendar, and gives the needs from expert meetings that stand in it."""
    open_calendar(document=document, actor=actor, at=at)
    answer_needs(document=document, actor=actor, at=at)


def on_registration_corrected(
    *,
    document: SteeringDocument,
    rows: list[dict[str, Any]],
    gone: set[UUID],
    actor: Actor,
    at: datetime,
    **_rest: Any,
) -> None:
    """The record of a letter was put right: its calendar and what is expected follow."""
    follow(document, rows, gone, actor=actor, at=at)


def on_assignment_changed(*, assignment: Assignment, at: datetime, **_rest: Any) -> None:
    """An act on an assignment stops or plans reminders of it."""
    sync_agency(agency_id=assignment.responsible_id, at=at)


def on_expected_changed(*, agency: Organisation, at: datetime, **_rest: Any) -> None:
    """A changed expected delivery stops or plans reminders of it."""
    sync_agency(agency_id=agency.pk, at=at)


def on_report_submitted(*, report: Report, at: datetime, **_rest: Any) -> None:
    """A submitted report stops what is left of its reminders."""
    sync_agency(agency_id=report.agency_id, at=at)


def on_message_settled(*, message: Message, at: datetime, **_rest: Any) -> None:
    """What became of a mail is written on its reminders."""
    settle_from_message(message=message, at=at)
